"""For those who write cards."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .desk import ROOMS, Private, Root, app, kept_private, learners, load_library, root, stop, written

if TYPE_CHECKING:
    from ..cards.library import Library

#: Kinds of cards that a program may keep in a folder of its own.
OWN = ("question", "set", "vignette", "reflection", "assignment", "exam")
LEARNERS = (
    "Read beside the learner's part that came with the package: it holds no graded question, case, reflection or "
    "assignment. Where your cards name one, give the whole library with --library."
)


@app.command()
def check(
    library: Root = None,
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
    """
    import os

    from ..checks import report
    from ..checks import run as checks

    format = format or ("github" if os.environ.get("GITHUB_ACTIONS") else "text")
    if format not in report.FORMATS:
        stop(f"--format cannot be `{format}`: text, github or json.", 2)
    home = root(library) if private else written(library)
    found = load_library(home, private, quiet=format != "text")
    problems = checks.check(found)
    if learners(home):
        problems = [problem for problem in problems if Path(problem.path).is_absolute()]
        print(LEARNERS, file=sys.stderr)
    if counts or worst:
        from ..checks.counts import report as counted

        print(counted(found, worst) + "\n")
    if not warnings:
        problems = [problem for problem in problems if problem.level == "error"]
    print(report.FORMATS[format](problems, found))
    sys.exit(1 if any(problem.level == "error" for problem in problems) else 0)


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
def new(
    kind: Annotated[
        str,
        typer.Argument(
            help=(
                "question, set, story, vignette, reflection, assignment, exam, body, chapter, evidence, place or sheet."
            )
        ),
    ],
    name: Annotated[
        str,
        typer.Argument(
            help=(
                "The card's name; for a question or set CHAPTER/NAME, for a chapter PART/NAME, for evidence the work's"
                " key, for a story the SET it belongs to."
            )
        ),
    ],
    library: Root = None,
    private: Annotated[
        Path | None,
        typer.Option(help=f"Your program's own folder DIR; the card is kept there, not in the library: DIR/{ROOMS}."),
    ] = None,
    new_part: Annotated[
        bool, typer.Option("--new-part", help="With chapter: its part is a new one of the book.")
    ] = False,
) -> None:
    """Write a card with a question above each blank; a story is added to its set."""
    from ..cards.kinds import BY_WORD
    from ..cards.problem import near
    from ..cards.templates import place, template
    from ..web.files import write

    if kind == "ledger":
        stop(f"A ledger is no card: `grader ledger new {name}` makes one.", 2)
    if kind == "story":
        return _story(name, library, private)
    if kind not in BY_WORD:
        stop(f"There is no card of kind `{kind}`. {near(kind, [*BY_WORD, 'story'])}", 2)
    if (new_part and kind != "chapter") or (private and kind not in OWN):
        stop(f"--new-part goes with a chapter, --private with {', '.join(OWN)} or story.", 2)
    home = root(library) if private else written(library)
    try:
        path = place(kind, name, kept_private(private) or home)
    except ValueError as error:
        stop(str(error), 2)
    if kind in ("question", "set"):
        chapters = [page.stem for page in home.glob("book/*/*.md")]
        if path.parent.name not in chapters:
            stop(f"There is no chapter `{path.parent.name}`. {near(path.parent.name, chapters)}", 2)
    if kind == "chapter":
        _in_a_part(path, home, new_part)
    if path.exists():
        stop(f"{path} is there already; nothing was changed.", 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, template(kind), fresh=True)
    toc = f"\nPut it into book/_toc.yml, below its part: - file: {path.parent.name}/{path.stem}"
    print(f"{path}{toc if kind == 'chapter' else ''}\nFill in each ???, then run: grader check{_with(private)}")


def _with(private: Path | None) -> str:
    """The option that reads a private folder too, as it is typed."""
    import shlex

    return f" --private {shlex.quote(str(private))}" if private else ""


def _in_a_part(path: Path, home: Path, new: bool) -> None:
    """Ends the command where a chapter would go into a part that is not there, or into a folder that is none."""
    from ..cards.library import PLAIN

    part = path.parent.name
    parts = sorted({page.parent.name for page in home.glob("book/*/*.md")} - set(PLAIN))
    if part in PLAIN or (part not in parts and not new):
        there = f" Its parts: {', '.join(parts)}." if parts else ""
        begin = "" if part in PLAIN else " To begin a new one, add --new-part."
        stop(f"The book has no part `{part}`.{there}{begin}", 2)


def _story(name: str, library: Path | None, private: Path | None) -> None:
    from ..cards.problem import near
    from ..cards.templates import another_story, own_stories
    from ..web.files import write

    found = load_library(library, [private] if private and private.is_dir() else None)
    card = found.sets.get(name)
    parent = found.sets.get(str(card.adds_to)) if card and card.adds_to else card
    if card is None or parent is None:
        unfinished = (
            "It cannot be read yet: finish what it has first, with `grader check`."
            if found.there("sets", name)
            else near(name, found.sets)
        )
        stop(f"There is no set `{name}` to add to. {unfinished}", 2)
    path = private / "exercises" / "bank" / parent.chapter / f"{parent.name}-own.yml" if private else card.path
    try:
        text = (
            another_story(path.read_text(encoding="utf-8"), parent.options)
            if path.exists()
            else own_stories(parent.theme, parent.name, parent.options)
        )
    except ValueError as error:
        stop(f"{path}: {error}", 2)
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, text)
    print(f"{path}: a blank story was added. Fill in each ???, then run: grader check{_with(private)}")


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="A card's name.")], library: Root = None, private: Private = None
) -> None:
    """Show a card as a trainee and a supervisor would read it: with its key and its reasons; a set with all its
    stories."""
    from ..cards import render
    from ..cards.problem import near

    found = load_library(library, private)
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
    shown += [(card.path, render.plain(card)) for card in found.cards() if card.name == name]
    for path, text in shown:
        print(f"---- {found.shown(path)}\n\n{text}\n" if len(shown) > 1 else text)
    if why := _not_shown(found, name):
        stop(why, 1)
    if not shown:
        known = [card.name for card in (*found.cards(), *found.sets.values())]
        stop(f"There is no card `{name}`. {near(name, known)}", 1)


def _not_shown(found: Library, name: str) -> str:
    """What of a name is not shown as a card would be, and what to do; empty where there is nothing to say."""
    from ..checks.shelf import blanks

    for path, places in blanks(found).items():
        if Path(path).stem == name:
            where = ", ".join(str(place.line) for place in places)
            return f"{path}: `???` is left on line {where}. Write what the comment above each asks; see: grader check"
    if unread := found.unread_file(name):
        first = next((problem for problem in sorted(found.problems) if problem.path == found.shown(unread)), None)
        if first:
            return f"{first.path}:{first.line}:{first.column}: {first.message}. {first.hint}"
    for page in found.root.glob(f"book/*/{name}.md"):
        if page.parent.name == "kit":
            return (
                f"{found.shown(page)} is a sheet of the kit: read it there, or make its files with grader kit FOLDER."
            )
        if name not in found.chapters:
            return f"{found.shown(page)} is no chapter yet: put it into book/_toc.yml, below its part."
    return ""


@app.command()
def make(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; say which notebooks are not up to date.")
    ] = False,
    library: Root = None,
) -> None:
    """Write the source notebook of every assignment of the library. Those of a private folder are written by `grader
    course`."""
    from ..notebook.assemble import CannotAssemble, notebook, target
    from ..web.files import write

    found = load_library(library, None)
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
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        print(f"{found.shown(path)}: {'is not up to date. Run `grader make`.' if check else 'written.'}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path, text)
    if not stale and not failed:
        print(f"{len(assignments)} notebooks are up to date.")
    sys.exit(1 if failed or (check and stale) else 0)
