"""When work is due."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .desk import CourseFolder, Who, app, stop, who_runs
from .grades import course_at, trainees_of, tried
from ..language import t

if TYPE_CHECKING:
    from ..grading.course import Course
    from ..grading.due import Due


@app.command("due")
def due(
    assignment: Annotated[str, typer.Argument(help="The assignment; all that have a date by default.")] = "",
    when: Annotated[
        str | None,
        typer.Argument(help="2026-12-04 18:00, on this machine's clock; with another zone: 2026-12-04 18:00+01:00."),
    ] = None,
    trainee: Annotated[
        list[str] | None,
        typer.Option("--for", help="An extension: the date holds for this trainee; may be given several times."),
    ] = None,
    none: Annotated[bool, typer.Option("--none", help="Take the date, or the extension, away.")] = False,
    course: CourseFolder = Path(),
    who: Who = "",
) -> None:
    """Say when an assignment is due, and until when for whom; without a date, show what is set.

    Trainees read it on the desk, in their own time zone, and in the notebook that is released after it was set.
    """
    from ..grading import due as dates

    place = course_at(course)
    if when is not None and not when.strip():
        stop(t("The date is empty. Write it as '2026-12-04 18:00', or take it away with --none."), 2)
    if (when or none or trainee) and not assignment:
        stop(t("Say which assignment: grader due NAME '2026-12-04 18:00'"), 2)
    if (when and none) or (trainee and not (when or none)):
        stop(t("Give either a date or --none."), 2)
    if when or none:
        at = tried(dates.moment, when) if when else None
        if trainee:
            trainee = trainees_of(place, trainee)
            tried(dates.extend, place, assignment, trainee, at, who_runs(who))
        else:
            tried(dates.set_due, place, assignment, at, who_runs(who))
    found = tried(dates.read, place, [assignment] if assignment else [])
    print(
        "\n".join(line for one in found for line in _lines(place, one, trainee or [])) or t("No assignment has a date.")
    )


def _lines(place: Course, one: Due, asked: list[str]) -> list[str]:
    """What is set for an assignment, and what is left to do until trainees see it."""
    from ..grading.late import COSTS

    if one.due is None:
        lines = [t("{assignment}: no due date.", assignment=one.assignment)]
    else:
        lines = [t("{assignment}: due {due:%Y-%m-%d %H:%M} UTC.", assignment=one.assignment, due=one.due)]
        lines[0] += f" {t(COSTS)}" * (place.settings.late == "zero")
    desk = f"{place.settings.book.rstrip('/')}/desk/" if place.settings.book else ".../desk/"
    for trainee, until in one.later.items():
        lines.append("  " + t("{trainee}: until {until:%Y-%m-%d %H:%M} UTC", trainee=trainee, until=until))
        if trainee in asked:
            link = f"{desk}index.html#until={one.assignment},{until:%Y-%m-%dT%H:%M}Z"
            lines.append("  " + t("Send them this link, so that the desk in their browser shows it: {link}", link=link))
    if one.stale:
        lines.append(
            "  "
            + t(
                "The notebook that was handed out says another date, or none: nbgrader generate_assignment "
                "{assignment} --force, and grader lite FOLDER --course . for the desk",
                assignment=one.assignment,
            )
        )
    return lines
