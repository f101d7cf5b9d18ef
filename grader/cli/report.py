"""`grader report`: a cohort over all its assignments, as a folder of pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .desk import CourseFolder, app, kept_private, progress, stop
from ..counted import counted
from ..language import t


@app.command()
def report(
    course: CourseFolder = Path(),
    to: Annotated[
        Path | None, typer.Option(help="The folder to write; `report` in the course by default.", callback=kept_private)
    ] = None,
    without_names: Annotated[
        bool, typer.Option("--without-names", help="Numbers for trainees and markers: to show to others.")
    ] = False,
    beside: Annotated[
        list[Path] | None,
        typer.Option(help="Another course, whose figures for the same questions stand beside; several times."),
    ] = None,
) -> None:
    """A site of plain pages on a cohort: safety first, who may need a talk, each trainee, questions, tests, marking."""
    from ..grading.course import Course
    from ..grading.gradebook import Unsupported
    from ..insight.cohort import read
    from ..insight.site import Occupied, write_site

    try:
        place = Course(course)
        cohort = read(place)
        others = [read(Course(other)) for other in beside or ()]
    except Unsupported as error:
        stop(str(error), 2)
    if not any(sitting.sheets for sitting in cohort.sittings.values()):
        stop(t("Nothing has been graded in this course yet. Run `grader autograde` first."), 2)
    to = to or kept_private(place.root / ("report-without-names" if without_names else "report"))
    try:
        with progress(t("Pages of trainees")) as step:
            pages = write_site(cohort, to, others=others, named=not without_names, book=place.settings.book, step=step)
    except Occupied as error:
        stop(str(error), 2)
    held = t("It holds keys.") if without_names else t("It holds names, marks and keys: keep it with the course.")
    print(
        t(
            "{file}: {pages} on {trainees}.",
            file=to / "index.html",
            pages=counted(pages, "page"),
            trainees=counted(len(cohort.trainees), "trainee"),
        ),
        held,
    )
