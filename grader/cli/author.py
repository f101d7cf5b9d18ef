"""For those who write cards."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .desk import (
    Edition,
    Private,
    Root,
    app,
    learners,
    load_library,
    root,
    stop,
    written,
)
from ..language import t

if TYPE_CHECKING:
    from ..cards.library import Library

LEARNERS = (
    "Read beside the learner's part that came with the package: it holds no graded question, case, reflection or "
    "assignment. Where your cards name one, give the whole library with --library."
)

ROOMS = ("exercises", "case_vignettes")  # one of them is in every folder of cards


@app.command()
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Only these cards, chapters or folders; all that is read by default.")
    ] = None,
    library: Root = None,
    edition: Edition = None,
    private: Private = None,
    format: Annotated[str, typer.Option(help="text, github or json.")] = "",
    warnings: Annotated[bool, typer.Option(help="Show warnings too; --no-warnings for errors alone.")] = True,
    counts: Annotated[
        bool, typer.Option("--report", help="Count what the library holds and how it reads, before the problems.")
    ] = False,
    worst: Annotated[
        bool, typer.Option("--worst", help="With --report: list the questions whose options give most away.")
    ] = False,
) -> None:
    """Read every card and chapter, and say what to mend: file, line, what, and what to do.

    With --private beside the learner's part that a package carries, of the private cards alone.

    The whole library is read for one card, too, since what it names stands elsewhere.
    """
    import os

    from ..checks import report
    from ..checks import run as checks

    format = format or ("github" if os.environ.get("GITHUB_ACTIONS") else "text")
    if format not in report.FORMATS:
        stop(f"--format cannot be `{format}`: text, github or json.", 2)
    library, edition, private = _home(files or [], library, edition, private)
    home = root(library) if private else written(library)
    found = load_library(home, private, quiet=format != "text", edition=edition, whole=False)
    problems = checks.check(found)
    if learners(home):
        problems = [problem for problem in problems if Path(problem.path).is_absolute()]
        print(LEARNERS, file=sys.stderr)
    if files:
        problems, found, nothing = report.of_files(problems, found, files)
        if nothing:
            stop(f"{nothing[0]}: no card, chapter or page is read there. Cards end in .yml, chapters in .md.", 2)
    if counts or worst:
        from ..checks.counts import report as counted

        print(counted(found, worst) + "\n")
    if not warnings:
        problems = [problem for problem in problems if problem.level == "error"]
    print(report.FORMATS[format](problems, found))
    sys.exit(1 if any(problem.level == "error" for problem in problems) else 0)


def _home(
    files: Sequence[Path], library: Path | None, edition: Path | None, private: list[Path] | None
) -> tuple[Path | None, Path | None, list[Path] | None]:
    """Where files that were named belong, where nobody said it: the library or the edition around the first, or the
    private folder whose rooms they stand in."""
    from ..cards.library import find_root
    from ..cards.program import find_edition

    if absent := next((file for file in files if not file.exists()), None):
        stop(f"{absent}: there is no such file or folder.", 2)
    for file in map(Path.resolve, files[:1]):
        around = (file, *file.parents)
        if find_root(file):
            library = library or find_root(file)
        elif find_edition(file):
            edition = edition or find_edition(file)
        elif home := next((one for one in around if any((one / room).is_dir() for room in ROOMS)), None):
            private = private or [home]
        else:
            stop(f"{file} is in no library, edition or private folder: those have a folder `exercises`.", 2)
    return library, edition, private


@app.command()
def explain(
    code: Annotated[
        str, typer.Argument(help="A rule's code, such as Q001; without one, all rules in a line each.")
    ] = "",
) -> None:
    """A rule's page: what it sees, why it matters to a learner, before and after."""
    from ..checks import report
    from ..checks import run as checks  # noqa: F401

    if not code:
        print(report.codes())
        return
    text, known = report.explain(code)
    if not known:
        stop(text, 1)
    print(text)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="A card's name.")],
    library: Root = None,
    private: Private = None,
    edition: Edition = None,
) -> None:
    """Show a card as a trainee and a supervisor would read it: with its key and its reasons; a set with all its
    stories."""
    from ..cards import render
    from ..cards.problem import near

    found = load_library(library, private, edition=edition)
    shown = [
        (
            card.path,
            render.plain_set(
                card,
                [
                    story
                    for story in found.questions.values()
                    if story.set and card.name in (story.set, story.path.stem)
                ],
            ),
        )
        for card in found.sets.values()
        if card.name == name
    ]
    for card in found.cards():
        if card.name == name:
            case = render.of_case(card, found)
            shown.append((card.path, f"{case}\n{render.plain(card)}" if case else render.plain(card)))
    for path, text in shown:
        print(f"---- {found.shown(path)}\n\n{text}\n" if len(shown) > 1 else text)
    if why := _not_shown(found, name):
        stop(why, 1)
    if not shown:
        known = [card.name for card in (*found.cards(), *found.sets.values())]
        stop(t("There is no card `{name}`. {near}", name=name, near=near(name, known)), 1)


def _not_shown(found: Library, name: str) -> str:
    """What of a name is not shown as a card would be, and what to do; empty where there is nothing to say."""
    from ..checks.shelf import blanks

    for path, places in blanks(found).items():
        if Path(path).stem == name:
            where = ", ".join(str(place.line) for place in places)
            return t(
                "{path}: `???` is left on line {lines}. Write what the comment above each asks; see: grader check",
                path=path,
                lines=where,
            )
    if unread := found.unread_file(name):
        first = next((problem for problem in sorted(found.problems) if problem.path == found.shown(unread)), None)
        if first:
            return f"{first.path}:{first.line}:{first.column}: {first.message}. {first.hint}"
    for page in found.sources(f"book/*/{name}.md"):
        shown = found.shown(page)
        if page.parent.name == "kit":
            return t(
                "{page} is a sheet of the kit: read it there, or make its files with grader kit FOLDER.", page=shown
            )
        if name not in found.chapters and found.program:
            return t("{page} is left out of this edition, or has no place in it: see program.yml.", page=shown)
        if name not in found.chapters:
            return t("{page} is no chapter yet: put it into book/_toc.yml, below its part.", page=shown)
    return ""


@app.command()
def make(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; say which notebooks are not up to date.")
    ] = False,
    library: Root = None,
    edition: Edition = None,
) -> None:
    """Write the source notebook of every assignment of the library. Those of a private folder are written by `grader
    course`; those of an edition are tried here, and written by `grader course` and `grader lite`."""
    from ..notebook.assemble import CannotAssemble, notebook, target
    from ..web.files import write

    found = load_library(library, None, edition=edition)
    stale = failed = 0
    assignments = [assignment for assignment in found.assignments.values() if not assignment.retired]
    for assignment in assignments:
        path = target(assignment, found.root / "exercises")
        try:
            text = notebook(assignment, found)
        except CannotAssemble as error:
            print(error, file=sys.stderr)
            failed += 1
            continue
        if found.program or (path.is_file() and path.read_text(encoding="utf-8") == text):
            continue
        stale += 1
        print(f"{found.shown(path)}: {'is not up to date. Run `grader make`.' if check else 'written.'}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path, text)
    if not stale and not failed:
        can = "can be made: `grader course` and `grader lite` do" if found.program else "are up to date"
        print(f"{len(assignments)} notebooks {can}.")
    sys.exit(1 if failed or (check and stale) else 0)
