"""For those who mark."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from .desk import Private, Root, app, export, load_library, progress, stop


@app.command()
def course(
    folder: Annotated[Path, typer.Argument(help="Where the course will live: outside the library, private to the program.")],
    library: Root = None,
    private: Private = None,
) -> None:
    """Make a private nbgrader course from the library's assignments."""
    from ..course.create import CannotCreate, create

    try:
        print(create(folder, load_library(library, private)))
    except CannotCreate as error:
        stop(str(error), 2)


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
    from .. import engine

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
    course: Annotated[Path, typer.Option(help="The course's folder.")] = Path("."),
    trainee: Annotated[Optional[list[str]], typer.Option(help="Only this trainee; may be given several times.")] = None,
    jobs: Annotated[int, typer.Option(help="Workers; 0 for one on each core.")] = 0,
) -> None:
    """Write the feedback pages that `nbgrader generate_feedback` writes, faster."""
    from .. import engine
    from ..course.feedback import feedback as write

    try:
        with progress(f"Feedback for {assignment}") as step:
            outcome = write(course, assignment, trainee or (), jobs, step)
    except engine.Unsupported as error:
        stop(str(error), 2)
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
    from .. import engine
    from ..engine import export as sheets

    try:
        print(f"{to}: {sheets.export(course, to)} rows.")
    except engine.Unsupported as error:
        stop(str(error), 2)
