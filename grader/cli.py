"""The commands: parse words, call, print, show progress, exit. No logic lives here.

Exit 0: clean. 1: there is something to mend. 2: cannot run. Imports are lazy, so that a command starts at once.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Optional

import typer

app = typer.Typer(
    help="Candor: checks, assembles and scores the curriculum.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
export = typer.Typer(help="Write what other tools read.", no_args_is_help=True)
app.add_typer(export, name="export")

Root = Annotated[Optional[Path], typer.Option("--library", help="The folder of the cards; the nearest one by default.")]
Private = Annotated[Optional[list[Path]], typer.Option("--private", help="A folder with a program's own cards, in the same rooms.")]


def main() -> None:
    """The door: whatever goes wrong, a person gets a line, not a trace."""
    try:
        app()
    except KeyboardInterrupt:
        _stop("Stopped. Nothing was left half done; run the command again to go on.", 130)
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:
        if "--trace" in sys.argv:
            raise
        _stop(f"This is our mistake, not yours: {type(error).__name__}: {error}\nPlease report it with the command that you typed.", 2)


def _stop(message: str, code: int) -> None:
    print(message, file=sys.stderr)
    sys.exit(code)


def _root(given: Path | None) -> Path:
    from .library import find_root

    root = find_root((given or Path.cwd()).resolve())
    if root is None:
        _stop(f"There is no card library at or above {given or Path.cwd()}. Go to its folder, or give it with --library.", 2)
    return root


@contextmanager
def _progress(words: str, quiet: bool = False):
    """A bar on the error stream for what takes long; it shows only at a desk, and only after a second."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn

    class Rate(ProgressColumn):
        def render(self, task):
            return f"{task.speed:.0f} a second" if task.speed else ""

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=None)

        def step(total: int) -> None:
            bar.update(task, total=total, advance=1)

        yield step


def _load(given: Path | None, private: list[Path] | None, quiet: bool = False):
    from .library import load

    root = _root(given)
    with _progress("Reading cards", quiet) as step:
        return load(root, *(private or ()), progress=step)


@app.command()
def check(
    library: Root = None,
    private: Private = None,
    format: Annotated[str, typer.Option(help="text, github or json.")] = "",
    warnings: Annotated[bool, typer.Option(help="Show warnings too; --no-warnings for errors alone.")] = True,
    counts: Annotated[bool, typer.Option("--report", help="Count what the library holds and how it reads, before the problems.")] = False,
) -> None:
    """Read every card and chapter, and say what to mend: file, line, what, and what to do."""
    import os

    from . import checks, report

    format = format or ("github" if os.environ.get("GITHUB_ACTIONS") else "text")
    if format not in report.FORMATS:
        _stop(f"--format cannot be `{format}`: text, github or json.", 2)
    found = _load(library, private, quiet=format != "text")
    problems = checks.check(found)
    if counts:
        from .counts import report as counted

        print(counted(found) + "\n")
    if not warnings:
        problems = [problem for problem in problems if problem.level == "error"]
    print(report.FORMATS[format](problems, found))
    sys.exit(1 if any(problem.level == "error" for problem in problems) else 0)


@app.command()
def explain(code: Annotated[str, typer.Argument(help="A rule's code, such as Q001.")]) -> None:
    """A rule's page: what it sees, why it matters to a learner, before and after."""
    from . import checks, report  # noqa: F401 - checks registers every rule

    text, known = report.explain(code)
    print(text)
    sys.exit(0 if known else 1)


@app.command()
def new(
    kind: Annotated[str, typer.Argument(help="question, vignette, reflection, assignment, exam, body or chapter.")],
    name: Annotated[str, typer.Argument(help="The card's name; for a question CHAPTER/NAME, for a chapter PART/NAME.")],
    library: Root = None,
) -> None:
    """Write a card with a question above each blank."""
    from .new import place, template
    from .problem import near
    from .model import KIND_OF_CARD

    if kind not in KIND_OF_CARD:
        _stop(f"There is no card of kind `{kind}`. {near(kind, KIND_OF_CARD)}", 2)
    try:
        path = place(kind, name, _root(library))
    except ValueError as error:
        _stop(str(error), 2)
    if path.exists():
        _stop(f"{path} is there already; nothing was changed.", 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(template(kind), encoding="utf-8")
    print(f"{path}\nFill in each ???, then run: grader check")


@app.command()
def show(name: Annotated[str, typer.Argument(help="A card's name.")], library: Root = None, private: Private = None) -> None:
    """Show a card as a trainee and a supervisor would read it: with its key and its reasons."""
    from . import render
    from .problem import near

    found = _load(library, private)
    for card in found.cards():
        if card.name == name:
            print(render.plain(card))
            return
    _stop(f"There is no card `{name}`. {near(name, [card.name for card in found.cards()])}", 1)


@app.command()
def make(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; say which notebooks are not up to date.")] = False,
    library: Root = None,
    private: Private = None,
) -> None:
    """Write the source notebook of every assignment."""
    from .assemble import CannotAssemble, notebook, target

    found = _load(library, private)
    stale = failed = 0
    for assignment in found.assignments.values():
        if assignment.retired:
            continue
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
            path.write_text(text, encoding="utf-8", newline="\n")
    if not stale and not failed:
        print(f"{len(found.assignments)} notebooks are up to date.")
    sys.exit(1 if failed or (check and stale) else 0)


@app.command()
def course(
    folder: Annotated[Path, typer.Argument(help="Where the course will live: outside the library, private to the program.")],
    library: Root = None,
    private: Private = None,
) -> None:
    """Make a private nbgrader course from the library's assignments."""
    from .course.create import CannotCreate, create

    try:
        print(create(folder, _load(library, private)))
    except CannotCreate as error:
        _stop(str(error), 2)


@app.command()
def autograde(
    assignment: Annotated[str, typer.Argument(help="The assignment; every released one by default.")] = "",
    course: Annotated[Path, typer.Option(help="The course's folder.")] = Path("."),
    trainee: Annotated[Optional[list[str]], typer.Option(help="Only this trainee; may be given several times.")] = None,
    jobs: Annotated[int, typer.Option(help="Workers; 0 for one on each core.")] = 0,
    force: Annotated[bool, typer.Option("--force", help="Grade again what has not changed; marks and comments stay.")] = False,
    json: Annotated[bool, typer.Option("--json", help="The outcome for machines.")] = False,
    executor: Annotated[str, typer.Option(help="Other machines: dask:tcp://host:8786, or another installed executor.")] = "",
) -> None:
    """Grade a cohort without running anything: the same rows and files as `nbgrader autograde`, in seconds."""
    from . import engine

    try:
        names = [assignment] if assignment else engine.released_assignments(course)
        others = engine.executor_by_name(executor) if executor else None
        outcomes = []
        for name in names:
            with _progress(f"Grading {name}", quiet=json) as step:
                outcomes.append(engine.autograde(course, name, trainee or (), jobs, force, step, others))
    except engine.Unsupported as error:
        _stop(str(error), 2)
    print(engine.as_json(outcomes) if json else engine.as_text(outcomes))
    sys.exit(1 if any(outcome.refused for outcome in outcomes) else 0)


@app.command()
def feedback(
    assignment: Annotated[str, typer.Argument(help="The assignment.")],
    course: Annotated[Path, typer.Option(help="The course's folder.")] = Path("."),
    trainee: Annotated[Optional[list[str]], typer.Option(help="Only this trainee; may be given several times.")] = None,
    jobs: Annotated[int, typer.Option(help="Workers; 0 for one on each core.")] = 0,
) -> None:
    """Write the feedback pages that `nbgrader generate_feedback` writes, faster."""
    from . import engine
    from .course.feedback import feedback as write

    try:
        with _progress(f"Feedback for {assignment}") as step:
            outcome = write(course, assignment, trainee or (), jobs, step)
    except engine.Unsupported as error:
        _stop(str(error), 2)
    print(f"{assignment}: {len(outcome.graded)} pages in {course.resolve() / 'feedback'}.")
    for line in outcome.refused.values():
        print(f"  {line}")
    sys.exit(1 if outcome.refused else 0)


@export.command("grades")
def export_grades(
    course: Annotated[Path, typer.Option(help="The course's folder.")] = Path("."),
    to: Annotated[Path, typer.Option(help="The CSV file to write.")] = Path("grades.csv"),
) -> None:
    """Write every score as CSV: the columns of `nbgrader export`, quoted, with formulas made harmless."""
    from . import engine
    from .engine import export as sheets

    try:
        print(f"{to}: {sheets.export(course, to)} rows.")
    except engine.Unsupported as error:
        _stop(str(error), 2)


@app.command(hidden=True)
def demo(
    folder: Annotated[Path, typer.Argument(help="Where the demonstration is built.")] = Path(".demo"),
    serve: Annotated[bool, typer.Option(help="Serve the book, the feedback and the summary at the end.")] = True,
    library: Root = None,
) -> None:
    """The whole loop with a synthetic cohort: book, course, submissions, grades, feedback, summary."""
    from .demo import Failed, run

    try:
        run(_root(library), folder, serve)
    except Failed as error:
        _stop(str(error), 1)
