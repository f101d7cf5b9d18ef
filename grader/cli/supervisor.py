"""For those who mark."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from .desk import Private, Root, app, export, kept_private, letter, load_library, marks, progress, stop


@app.command()
def course(
    folder: Annotated[
        Path, typer.Argument(help="Where the course will live: outside the library, private to the program.")
    ],
    library: Root = None,
    private: Private = None,
    book: Annotated[
        str, typer.Option(help="The address of the published book, to which feedback links: https://...")
    ] = "",
    version: Annotated[
        str,
        typer.Option(
            help=(
                "A letter, A at first: which story of each set is asked, so that two cohorts, or a second attempt, meet"
                " others."
            )
        ),
    ] = "",
    name: Annotated[
        str,
        typer.Option("--id", help="nbgrader's course id, as a JupyterHub or an exchange knows it; candor by default."),
    ] = "",
) -> None:
    """Make a private nbgrader course from the library's assignments."""
    from ..grading.create import CannotCreate, create

    try:
        print(create(folder, load_library(library, private), book, letter(version) if version else "", name))
    except CannotCreate as error:
        stop(str(error), 2)


@app.command()
def autograde(
    assignment: Annotated[str, typer.Argument(help="The assignment; every released one by default.")] = "",
    course: Annotated[Path, typer.Option(help="The course's folder.")] = Path(),
    trainee: Annotated[list[str] | None, typer.Option(help="Only this trainee; may be given several times.")] = None,
    jobs: Annotated[int, typer.Option(help="Workers; 0 for one on each core.")] = 0,
    force: Annotated[
        bool, typer.Option("--force", help="Grade again what has not changed; marks and comments stay.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="The outcome for machines.")] = False,
    executor: Annotated[
        str, typer.Option(help="Other machines: dask:tcp://host:8786, or another installed executor.")
    ] = "",
) -> None:
    """Grade a cohort without running anything: the same rows and files as `nbgrader autograde`, in seconds."""
    from ..grading import run as engine

    try:
        names = [assignment] if assignment else engine.released_assignments(course)
        others = engine.executor_by_name(executor) if executor else None
        outcomes = []
        for name in names:
            with progress(f"Grading {name}", quiet=json) as step:
                outcomes.append(engine.autograde(course, name, trainee or (), jobs, force, step, others))
    except engine.Unsupported as error:
        stop(str(error), 2)
    print(engine.as_json(outcomes) if json else engine.as_text(outcomes))
    sys.exit(1 if any(outcome.refused for outcome in outcomes) else 0)


@app.command()
def feedback(
    assignment: Annotated[str, typer.Argument(help="The assignment.")],
    course: Annotated[Path, typer.Option(help="The course's folder.")] = Path(),
    trainee: Annotated[list[str] | None, typer.Option(help="Only this trainee; may be given several times.")] = None,
    jobs: Annotated[int, typer.Option(help="Workers; 0 for one on each core.")] = 0,
) -> None:
    """Write the feedback pages that `nbgrader generate_feedback` writes, faster."""
    from ..grading import run as engine
    from ..reports.feedback import feedback as write

    try:
        with progress(f"Feedback for {assignment}") as step:
            outcome = write(course, assignment, trainee or (), jobs, step)
    except engine.Unsupported as error:
        stop(str(error), 2)
    print(f"{assignment}: {len(outcome.graded)} pages in {course.resolve() / 'feedback'}.")
    for line in outcome.refused.values():
        print(f"  {line}")
    sys.exit(1 if outcome.refused else 0)


@app.command()
def summary(
    assignment: Annotated[str, typer.Argument(help="The assignment.")],
    course: Annotated[Path, typer.Option(help="The course's folder.")] = Path(),
    to: Annotated[
        Path | None, typer.Option(help="The page to write; summary-ASSIGNMENT.html in the course by default.")
    ] = None,
) -> None:
    """One page on a cohort: who waits, which objectives to teach next, and how each question did. It holds keys."""
    from ..grading import run as engine
    from ..grading.course import Course
    from ..reports.item_analysis import copies
    from ..reports.summary import missing, read
    from ..reports.summary_page import page
    from ..reports.summary_view import waiting
    from ..web.files import write

    try:
        place = Course(course)
        library = place.as_released(assignment)
        card = library.assignments[assignment]
        rows = read(course, card)
    except engine.Unsupported as error:
        stop(str(error), 2)
    if not rows:
        stop(f"Nothing of `{assignment}` has been graded yet. Run `grader autograde {assignment}` first.", 2)
    to = kept_private(to or course / f"summary-{assignment}.html")
    write(to, page(rows, copies(place.folder("autograded"), assignment), card, library, missing(course, assignment)))
    print(f"{to}: {len({row.trainee for row in rows})} trainees. It holds keys: keep it with the course.")
    for trainee, names in waiting(rows, card, library).items():
        print(f"  waits for a person: {trainee}: {engine.first_of(names)}")


@export.command("grades")
def export_grades(
    course: Annotated[Path, typer.Option(help="The course's folder.")] = Path(),
    to: Annotated[Path, typer.Option(help="The CSV file to write.", callback=kept_private)] = Path("grades.csv"),
    form: Annotated[
        str, typer.Option("--for", help="canvas, moodle, blackboard or csv; nbgrader's own columns by default.")
    ] = "",
    assignment: Annotated[list[str] | None, typer.Option(help="Only this one; may be given several times.")] = None,
    questions: Annotated[bool, typer.Option("--questions", help="A column for each question, too.")] = False,
    decimal: Annotated[str, typer.Option(help="The decimal sign: a point, or a comma.")] = ".",
) -> None:
    """Write every score as CSV: the columns of `nbgrader export`, or the form that a learning platform takes back."""
    from ..grading import run as engine
    from ..grading.course import Course
    from ..reports import export as sheets
    from ..reports import grades_out

    if (form and form not in grades_out.FORMS) or decimal not in (".", ","):
        stop(f"--for is one of {', '.join(grades_out.FORMS)}, and --decimal a point or a comma.", 2)
    try:
        if not form:
            print(f"{to}: {sheets.export(course, to)} rows.")
            return
        found = grades_out.write(Course(course), form, assignment or (), to, questions, decimal)
    except engine.Unsupported as error:
        stop(str(error), 2)
    print(f"{to}: {found.rows} trainees.")
    for line in found.left:
        print(f"  left empty: {line}")


@export.command("feedback")
def export_feedback(
    assignment: Annotated[str, typer.Argument(help="The assignment.")],
    course: Annotated[Path, typer.Option(help="The course's folder.")] = Path(),
    to: Annotated[Path, typer.Option(help="The archive to write.", callback=kept_private)] = Path("feedback.zip"),
) -> None:
    """Pack the feedback pages as the learning platform takes them back: under the names of what was collected."""
    from ..grading.course import Course
    from ..grading.gradebook import Unsupported
    from ..reports.feedback_out import write

    try:
        count, left = write(Course(course), assignment, to)
    except Unsupported as error:
        stop(str(error), 2)
    print(*[f"{to}: {count} pages.", *(f"  {line}" for line in left)], sep="\n")


CourseFolder = Annotated[Path, typer.Option(help="The course's folder.")]
Marked = Annotated[str, typer.Argument(help="The assignment.")]
Reflected = Annotated[str, typer.Argument(help="The reflection.")]
Who = Annotated[str, typer.Option("--as", help="Your name or initials, for the log; the account's name by default.")]


def _desk(course: Path, assignment: str, reflection: str):
    from ..marking import board as desks

    try:
        return desks.Desk(course, assignment, reflection)
    except desks.Unsupported as error:
        stop(str(error), 2)


def _who(given: str) -> str:
    import getpass

    return given or getpass.getuser()


@marks.command("export")
def marks_export(
    assignment: Marked,
    reflection: Reflected,
    course: CourseFolder = Path(),
    to: Annotated[
        Path | None, typer.Option(help="The sheet, ending in .csv or .xlsx; ASSIGNMENT--REFLECTION.xlsx by default.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a sheet that is there.")] = False,
) -> None:
    """Write a sheet with every trainee's answer under an anonymous id, the criteria, and a column for comments."""
    from ..marking import sheet

    path = kept_private(to or Path(f"{assignment}--{reflection}.xlsx"))
    if path.suffix.lower() not in (".csv", ".xlsx"):
        stop(f"--to cannot be `{path}`: a sheet ends in .csv or .xlsx.", 2)
    if path.exists() and not force:
        stop(
            f"{path} is there already, perhaps with marks in it. Import it first, give another name with --to, or write"
            " over it with --force.",
            1,
        )
    desk = _desk(course, assignment, reflection)
    print(
        f"{path}: {sheet.write(desk, path)} answers. Mark it, then run: grader marks import"
        f" {assignment} {reflection} {path}"
    )


@marks.command("import")
def marks_import(
    assignment: Marked,
    reflection: Reflected,
    path: Annotated[Path, typer.Argument(help="The marked sheet.")],
    course: CourseFolder = Path(),
    who: Who = "",
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
) -> None:
    """Check a sheet against the rubric, show what would change, and write it in one transaction."""
    from ..marking import sheet

    desk = _desk(course, assignment, reflection)
    try:
        found = sheet.read(desk, path)
    except sheet.Unreadable as error:
        stop(str(error), 2)
    for line in found.refused:
        print(f"  left out: {line}")
    rows = {row.id: row for row in desk.rows()}
    todo = [change for change in found.changes if change.id not in rows or _changes(desk, rows[change.id], change)]
    for change in todo:
        if change.id in rows:
            print(f"  {change.id}: {_changes(desk, rows[change.id], change)}")
    if not todo:
        print("Nothing to write.")
        sys.exit(1 if found.refused else 0)
    if not yes and not typer.confirm(f"Write {len(todo)} rows?"):
        stop("Nothing was written.", 1)
    done = desk.save(todo, _who(who))
    for line in done.refused.values():
        print(f"  not written: {line}")
    print(f"{len(done.rows)} rows written. Who marked what: grader log {assignment}")
    sys.exit(1 if done.refused or found.refused else 0)


def _changes(desk, row, change) -> str:
    """What a change would do to a row, in words; empty where nothing."""
    pairs = zip(desk.card.criteria, row.marks, change.marks)
    said = [
        f"{criterion.name}: {old if old is not None else 'none'} to {new}"
        for criterion, old, new in pairs
        if new is not None and new != old
    ]
    if change.comment is not None and change.comment != row.comment:
        said.append(f"comment: {change.comment[:60]!r}" if change.comment else f"comment removed: {row.comment[:60]!r}")
    return "; ".join(said)


@marks.command("serve")
def marks_serve(
    assignment: Marked,
    reflection: Reflected,
    course: CourseFolder = Path(),
    who: Who = "",
    port: Annotated[int, typer.Option(help="A port of this machine; a free one by default.")] = 0,
) -> None:
    """A page on this machine alone for marking by key: answers, anchors, autosave, next unmarked."""
    from ..marking import page

    desk = _desk(course, assignment, reflection)
    try:
        page.serve(
            desk,
            _who(who),
            lambda address: print(f"Open {address}\nIt opens once. Stop with Ctrl+C.", flush=True),
            port,
        )
    except OSError as error:
        stop(f"Port {port} cannot be used ({error.strerror}). Leave --port out, and a free one is taken.", 2)


@marks.command("who")
def marks_who(
    assignment: Marked,
    reflection: Reflected,
    id: Annotated[str, typer.Argument(help="The anonymous id, as the sheet or the page shows it.")],
    because: Annotated[str, typer.Option(help="Why you must know: what you found in the answer.")],
    course: CourseFolder = Path(),
    who: Who = "",
) -> None:
    """Who wrote an answer that a person must act on. Asking is logged, with the reason."""
    from ..marking.board import Unsupported

    try:
        print(_desk(course, assignment, reflection).reveal(id, _who(who), because))
    except Unsupported as error:
        stop(str(error), 2)
