"""Grades in the form that a learning platform takes back: Canvas, Moodle, Blackboard, or plain CSV.

A status is never a plain 0: what is missing or still waits for a person is left empty for the platform, and said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from .export import written
from ..grading import gradebook as db
from ..grading.course import Course
from ..grading.gradebook import Unsupported
from ..grading.roster import sis_numbers
from ..grading.scores import Standing, standings
from ..language import t

FORMS = ("csv", "canvas", "moodle", "blackboard")


#: (title, (points of the whole, a value for each person)).
Column: TypeAlias = tuple[str, tuple[Any, Sequence[str | float | None]]]


@dataclass(frozen=True)
class Written:
    """What was written, and whose scores were left empty: assignment and status -> trainees."""

    rows: int
    left: dict[str, list[str]]


def head(form: str) -> list[str]:
    """The columns with which a form begins."""
    return _PEOPLE[form][0]


def write(course: Course, form: str, assignments: Iterable[str], to: Path, by_question: bool, decimal: str) -> Written:
    """Write the grades of some assignments, of all that were handed out by default. Raises Unsupported."""
    known = course.handed_out()
    names = list(assignments) or known
    if unknown := [name for name in names if name not in known]:
        raise Unsupported(
            t(
                "`{name}` was not handed out in this course. Handed out: {names}.",
                name=unknown[0],
                names=", ".join(known),
            )
        )
    with db.reading(course.settings.db_url) as connection:
        found = {name: standings(connection, name) for name in names}
        sis = sis_numbers(connection)
        orders = {name: course.released(connection, name).order for name in names} if by_question else {}
        titles = {name: str(course.released(connection, name).assignment.title) for name in names}
    columns = [column for name in names for column in _columns(name, found[name], titles[name], orders.get(name), form)]
    people = list(next(iter(found.values()), []))
    rows = [[*head(form), *(title for title, _ in columns)]]
    if form == "canvas":
        rows.append(["    Points Possible", "", "", "", "", *(_number(points, decimal) for _, (points, _) in columns)])
    for place, person in enumerate(people):
        cells = [_cell(values[place], decimal) for _, (_, values) in columns]
        rows.append([*_PEOPLE[form][1](person, sis.get(person.trainee, "")), *cells])
    written(to, rows, "\t" if form == "blackboard" else "," if decimal == "." else ";")
    left: dict[str, list[str]] = {}
    for name in names:
        for one in found[name]:
            if one.status != "marked":
                left.setdefault(f"{name}: {_status(one)}", []).append(one.trainee)
    return Written(len(people), left)


def _canvas(one: Standing, sis: str) -> list[str]:
    return [f"{one.last_name}, {one.first_name}".strip(", ") or one.trainee, one.lms_user_id, sis, one.trainee, ""]


#: What stands in front of the grades, so that the platform knows its people: the columns, and a person's, by
#: what is known of them and their institution's number.
_PEOPLE: dict[str, tuple[list[str], Callable[[Standing, str], list[str]]]] = {
    "csv": (
        ["trainee", "last_name", "first_name", "email", "lms_user_id"],
        lambda one, _: [one.trainee, one.last_name, one.first_name, one.email, one.lms_user_id],
    ),
    "canvas": (["Student", "ID", "SIS User ID", "SIS Login ID", "Section"], _canvas),
    "moodle": (
        ["First name", "Last name", "ID number", "Email address"],
        lambda one, _: [one.first_name, one.last_name, one.trainee, one.email],
    ),
    "blackboard": (
        ["Last Name", "First Name", "Username", "Student ID"],
        lambda one, _: [one.last_name, one.first_name, one.trainee, one.lms_user_id],
    ),
}


def _columns(
    name: str, found: list[Standing], title: str, order: Mapping[str, int] | None, form: str
) -> Iterator[Column]:
    """(title, (points, a value for each person)): the score, what there is to say beside it, and each question."""
    points = found[0].points if found else 0.0
    shown = f"{title} [Total Pts: {points:g} Score]" if form == "blackboard" else title if form != "csv" else name
    yield shown, (points, [_counts(one) for one in found])
    if form == "csv":
        yield f"{name} points", (points, [points for _ in found])
        yield f"{name} status", ("", [_status(one) for one in found])
        yield f"{name} penalty", ("", [one.penalty for one in found])
    if order is None:
        return
    cells = {cell: one.points for standing in found for cell, one in standing.cells.items() if one.points}
    for cell in sorted(cells, key=lambda cell: (order.get(cell, len(order)), cell)):
        own = [standing.cells.get(cell) for standing in found]
        values = [None if one is None or one.waits else one.score for one in own]
        yield f"{name}: {cell}", (cells[cell], values)


def _status(one: Standing) -> str:
    return ("to mark" if one.status == "open" else one.status) + ", late" * (one.late > 0)


def _counts(one: Standing) -> float | None:
    """A score that counts. One that waits for a person is none yet; what was never handed in is none at all."""
    return one.score if one.status == "marked" else None


def _cell(value: str | float | None, decimal: str) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else _number(value, decimal)


def _number(value: float, decimal: str) -> str:
    return f"{round(value, 4):g}".replace(".", decimal)
