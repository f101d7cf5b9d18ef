"""For those who run a course for others."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from .desk import Edition, Root, app, letter, load_library, root, stop, written
from .grades import course_at, tried
from ..counted import counted
from ..language import t


@app.command(hidden=True)
def demo(
    folder: Annotated[Path, typer.Argument(help="Where the demonstration is built.")] = Path(".demo"),
    serve: Annotated[bool, typer.Option(help="Serve the book, the feedback and the summary at the end.")] = True,
    library: Root = None,
) -> None:
    """The whole loop with a synthetic cohort: book, course, submissions, grades, feedback, summary."""
    from ..demo.run import Failed, run

    try:
        run(root(library), folder, serve)
    except Failed as error:
        stop(str(error), 1)


@app.command()
def lite(
    folder: Annotated[Path, typer.Argument(help="Where the site is built; beside the book by default.")] = Path(
        "_build/html/desk"
    ),
    library: Root = None,
    edition: Edition = None,
    version: Annotated[str, typer.Option(help="The version of the course that it serves: a letter, A at first.")] = "A",
    course: Annotated[
        Path | None, typer.Option(help="A course whose cards, version and due dates it shows; none by default.")
    ] = None,
) -> None:
    """Build the desk without installation: the library's assignments in JupyterLite, with no kernel, for any web
    server. Forms stay out."""
    from ..lite import CannotBuild, build
    from ..notebook.assemble import CannotAssemble

    try:
        if course:
            print(_for_course(course, folder))
            return
        print(build(load_library(library, None, edition=edition, version=letter(version)), folder))
    except (CannotAssemble, CannotBuild) as error:
        stop(str(error), 2)


def _for_course(course: Path, folder: Path) -> str:
    """The desk of a course, with its dates and nothing of its trainees."""
    from ..grading import due, late
    from ..lite import build

    place = course_at(course)
    dates = {one.assignment: late.told(one.due, place.settings.late) for one in tried(due.read, place) if one.due}
    return build(place.library, folder, dates)


class Paper(StrEnum):
    a4 = "a4"
    letter = "letter"


@app.command("build")
def build_edition(
    library: Root = None,
    edition: Edition = None,
    desk: Annotated[
        bool, typer.Option(help="With the desk beside the book, to answer assignments in a browser.")
    ] = True,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="With the book and each chapter as PDF, in _build/html/pdf.")
    ] = False,
    epub: Annotated[bool, typer.Option("--epub", help="With the book as EPUB, in _build/html/epub.")] = False,
    paper: Annotated[Paper, typer.Option(help="The size of a PDF's pages.")] = Paper.a4,
    quick: Annotated[
        bool, typer.Option("--quick", help="Only the pages that changed; to look at, not to publish.")
    ] = False,
) -> None:
    """Build the site of a program's own edition, in its folder _build/html: any web server can give it out. With the
    book to keep and to print, if asked for."""
    from ..book.stage import SITE, CannotBuild, build, empty, keep, looked_at
    from ..cards.book_config import Unreadable
    from ..lite import CannotBuild as NoDesk
    from ..lite import build as build_desk
    from ..notebook.assemble import CannotAssemble, nothing_to_hand_out

    found = load_library(written(library), None, edition=edition)
    program = found.program
    if program is None:
        stop(t("This is no edition. Stand in the folder of one, or give it with --edition; the library: make book."), 2)
    try:
        if not quick:
            empty(program)
            if desk and not found.assignments:
                print(t("No desk: {why}", why=nothing_to_hand_out(found)))
            elif desk:
                print(build_desk(found, program.folder / SITE / "desk"))
        kinds = [kind for kind, asked in (("pdf", pdf), ("epub", epub)) if asked]
        for kind in kinds:  # the pages lead to these files, so they come first
            made = keep(found, program, kind, paper.value, whole=not quick and kind == kinds[0])
            print(f"{made[0].parent}: {counted(len(made), 'file')}.", *map(looked_at, made if kind == "epub" else ()))
        site = build(found, program, whole=not quick and not kinds)  # all pages were just read
    except (CannotBuild, CannotAssemble, NoDesk, Unreadable) as error:
        stop(str(error), 1)
    print(
        t("{site}: the site of {program}.", site=site, program=program.name),
        t("Look whether its links lead somewhere: {command}", command=f"grader links {site}"),
    )


@app.command()
def kit(
    folder: Annotated[Path, typer.Argument(help="Where the files are written; it is made where it is not there.")],
    library: Root = None,
    edition: Edition = None,
) -> None:
    """Write the sheets of the kit (consent, safety plans, letters and more) as PDF to fill in and as DOCX, A4 and US
    Letter."""
    from ..kit import CannotMake, make

    found = load_library(library, None, edition=edition)
    unread = [problem for problem in found.problems if problem.path.startswith("book/kit/")]
    if unread:
        stop(f"{unread[0].path}:{unread[0].line}:{unread[0].column}: {unread[0].message}. {unread[0].hint}", 2)
    try:
        written = list(make(found, folder))
    except (CannotMake, OSError) as error:
        stop(str(error), 2)
    if not written:
        stop(t("This library has no sheets: they stand in book/kit."), 2)
    print(
        t(
            "{folder}: {files} of {sheets}.",
            folder=folder,
            files=counted(len(written), "file"),
            sheets=counted(len({path.name.rsplit("-", 1)[0] for path in written}), "sheet"),
        )
    )


@app.command()
def links(site: Annotated[Path, typer.Argument(help="The built site.")] = Path("_build/html")) -> None:
    """Whether every link, image and anchor of a built site leads somewhere. Asks no other host."""
    from ..web.links import Site

    found = Site(site)
    if not found.pages:
        stop(t("{site}: there are no pages. Build them first: make book", site=site), 2)
    broken = found.broken()
    print(
        *broken,
        t(
            "{links} on {pages}: {broken} broken.",
            links=counted(len(found.links), "link"),
            pages=counted(len(found.pages), "page"),
            broken=len(broken),
        ),
        sep="\n",
    )
    raise typer.Exit(1 if broken else 0)
