"""For those who mark."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from .desk import (
    Edition,
    Force,
    Private,
    Root,
    app,
    export,
    kept_private,
    letter,
    load_library,
    progress,
    replaces,
    stop,
)
from .grades import course_at, trainees_of
from .then import MOST, after_grading, before_sending, command, say, waits
from ..counted import counted
from ..language import t


@app.command()
def course(
    folder: Annotated[
        Path, typer.Argument(help="Where the course will live: outside the library, private to the program.")
    ],
    library: Root = None,
    edition: Edition = None,
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
    calibrate: Annotated[
        bool | None,
        typer.Option(
            "--calibrate/--no-calibrate", help="Whether markers mark a reflection's anchors before they mark it."
        ),
    ] = None,
    shares: Annotated[
        bool | None,
        typer.Option(
            "--shares/--no-shares", help="Whether feedback says what share of the cohort chose each option (from 15)."
        ),
    ] = None,
) -> None:
    """Make a private nbgrader course from the library's assignments."""
    from ..grading.create import CannotCreate, create

    try:
        found, as_letter = load_library(library, private, edition=edition), letter(version) if version else ""
        print(create(folder, found, book, as_letter, name, calibrate, shares))
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
        asked = trainees_of(course_at(course), trainee or [])
        others = engine.executor_by_name(executor) if executor else None
        outcomes = []
        for name in names:
            with progress(t("Grading {name}", name=name), quiet=json) as step:
                outcomes.append(engine.autograde(course, name, asked, jobs, force, step, others))
    except engine.Unsupported as error:
        stop(str(error), 2)
    print(engine.as_json(outcomes) if json else engine.as_text(outcomes))
    for one in outcomes if not json else ():
        if one.graded or one.unchanged:
            say(after_grading(course, one.assignment))
    # Of all assignments some may still be to come; where none has anything, the folder is wrong.
    nothing = bool(outcomes) and all(outcome.nothing_in for outcome in outcomes)
    sys.exit(1 if nothing or any(outcome.refused for outcome in outcomes) else 0)


@app.command()
def feedback(
    assignment: Annotated[str, typer.Argument(help="The assignment.")],
    course: Annotated[Path, typer.Option(help="The course's folder.")] = Path(),
    trainee: Annotated[list[str] | None, typer.Option(help="Only this trainee; may be given several times.")] = None,
    jobs: Annotated[int, typer.Option(help="Workers; 0 for one on each core.")] = 0,
) -> None:
    """Write the feedback pages that `nbgrader generate_feedback` writes, faster."""
    from ..grading import run as engine
    from ..grading.course import Course
    from ..reports.feedback import feedback as write

    asked = trainees_of(course_at(course), trainee or [])
    try:
        with progress(t("Feedback for {assignment}", assignment=assignment)) as step:
            outcome = write(course, assignment, asked, jobs, step)
    except engine.Unsupported as error:
        stop(str(error), 2)
    pages, place = counted(len(outcome.graded), "page"), Course(course).folder("feedback")
    print(f"{assignment}: {t('{pages} in {folder}', pages=pages, folder=place)}.")
    for line in outcome.refused.values():
        print(f"  {line}")
    run = command(course, "export", "feedback", assignment)
    then = t("Next: {command}, or on a hub nbgrader release_feedback {assignment}", command=run, assignment=assignment)
    say(before_sending(course, assignment, outcome.graded, then))
    sys.exit(1 if outcome.refused else 0)


@app.command()
def summary(
    assignment: Annotated[str, typer.Argument(help="The assignment.")],
    course: Annotated[Path, typer.Option(help="The course's folder.")] = Path("."),
    to: Annotated[
        Path | None, typer.Option(help="The page to write; summary-ASSIGNMENT.html in the course by default.")
    ] = None,
    force: Force = False,
) -> None:
    """One page on a cohort: who waits, which objectives to teach next, and how each question did. It holds keys."""
    from ..grading import run as engine
    from ..grading.course import Course
    from ..reports.summary import missing, names, read, reads, same_text, waiting
    from ..reports.summary_page import page
    from ..web.files import write
    from ..web.shell import is_page

    try:
        place = Course(course)
        library = place.as_released(assignment)
        card = library.assignments[assignment]
        rows, waived = read(course, card), place.waived(assignment)
        own, gone, called = reads(place, assignment), missing(course, assignment), names(place)
        same, ungraded = same_text(place, assignment, library), engine.ungraded(place, assignment)
    except engine.Unsupported as error:
        stop(str(error), 2)
    if not rows:
        stop(
            t(
                "Nothing of `{assignment}` has been graded yet. Run `grader autograde {assignment}` first.",
                assignment=assignment,
            ),
            2,
        )
    to = kept_private(to or course / f"summary-{assignment}.html")
    replaces(to, force, lambda: is_page(to))
    write(to, page(rows, own, card, library, gone, waived=waived, names=called, alike=same, ungraded=ungraded))
    people = len({row.trainee for row in rows})
    print(f"{to}: {counted(people, 'trainee')}.", t("It holds keys: keep it with the course."))
    for line in ungraded.values():
        print("  " + t("not graded: {line}", line=line))
    for trainee, found in waiting(rows, card, library).items():
        if trainee in ungraded:
            continue
        asked = [f"{number}. {name}" if number else name for number, name in found]
        print("  " + t("waits for a person: {trainee}: {names}", trainee=trainee, names=engine.first_of(asked)))
    say(waits(course, assignment))


@export.command("grades")
def export_grades(
    course: Annotated[Path, typer.Option(help="The course's folder.")] = Path(),
    to: Annotated[
        Path | None,
        typer.Option(
            help="The CSV file to write; here, by the platform and the assignments that were given, by default.",
            callback=kept_private,
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("--for", help="canvas, moodle, blackboard or csv; nbgrader's own columns by default.")
    ] = "",
    assignment: Annotated[list[str] | None, typer.Option(help="Only this one; may be given several times.")] = None,
    questions: Annotated[bool, typer.Option("--questions", help="A column for each question, too.")] = False,
    decimal: Annotated[str, typer.Option(help="The decimal sign: a point, or a comma.")] = ".",
    force: Force = False,
) -> None:
    """Write every score as CSV: the columns of `nbgrader export`, or the form that a learning platform takes back.

    An earlier export of the same kind is made anew; another file of that name stays as it is.
    """
    from ..grading import run as engine
    from ..grading.course import Course
    from ..reports import export as sheets
    from ..reports import grades_out

    form = form.lower()
    if (form and form not in grades_out.FORMS) or decimal not in (".", ","):
        stop(t("--for is one of {names}, and --decimal a point or a comma.", names=", ".join(grades_out.FORMS)), 2)
    if not form and (assignment or questions or decimal != "."):
        stop(t("--assignment, --questions and --decimal need --for: the columns of `nbgrader export` are fixed."), 2)
    named = ["grades", *[form] * bool(form), *(assignment or ()), *["questions"] * questions]
    to = to or kept_private(Path("--".join(named) + ".csv"))
    head = grades_out.head(form) if form else sheets.COLUMNS
    replaces(to, force, lambda: sheets.is_ours(to, head))
    try:
        if not form:
            print(f"{to}: {counted(sheets.export(course, to), 'row')}.")
            return
        found = grades_out.write(Course(course), form, assignment or (), to, questions, decimal)
    except engine.Unsupported as error:
        stop(str(error), 2)
    print(f"{to}: {counted(found.rows, 'trainee')}.")
    for where, who in found.left.items():
        print(
            "  "
            + t(
                "left empty: {where}: {trainees}: {names}",
                where=where,
                trainees=counted(len(who), "trainee"),
                names=engine.first_of(who),
            )
        )


@export.command("feedback")
def export_feedback(
    assignment: Annotated[str, typer.Argument(help="The assignment.")],
    course: Annotated[Path, typer.Option(help="The course's folder.")] = Path(),
    to: Annotated[
        Path | None,
        typer.Option(help="The archive to write; feedback--ASSIGNMENT.zip here by default.", callback=kept_private),
    ] = None,
    force: Force = False,
) -> None:
    """Pack the feedback pages as the learning platform takes them back: under the names of what was collected.

    An earlier archive of the same kind is made anew; another file of that name stays as it is.
    """
    from ..grading.course import Course
    from ..grading.gradebook import Unsupported
    from ..grading.outcome import first_of
    from ..reports.feedback_out import is_ours, write

    to = to or kept_private(Path(f"feedback--{assignment}.zip"))
    replaces(to, force, lambda: is_ours(to, assignment))
    try:
        found = write(Course(course), assignment, to)
    except Unsupported as error:
        stop(str(error), 2)
    print(f"{to}: {counted(len(found.sent), 'page')}.")
    if found.own:
        why = t("in a folder of their own, since no platform's name for their file is known")
        print(f"  {counted(len(found.own), 'trainee')} {why}: {first_of(list(found.own))}")
    reasons = (t("the page is older than the grades"), found.old), (t("no page is written yet"), found.unwritten)
    for why, names in reasons:
        if names:
            line = f"{counted(len(names), 'trainee')}: {why}: {first_of(list(names), MOST)}"
            print("  " + t("left out: {line}", line=line))
    run = command(course, "export", "grades", "--for", "moodle", "--assignment", assignment)
    then = t(
        "Next: give it to the learning platform; the scores (canvas, blackboard or csv as well): {command}", command=run
    )
    if left := bool(found.old or found.unwritten):
        run = command(course, "feedback", assignment)
        then = t("Next: write the pages that are left out, then pack them all: {command}", command=run)
    say(before_sending(course, assignment, found.sent, then))
    sys.exit(1 if left else 0)
