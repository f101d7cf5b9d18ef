"""What in an assignment still waits for a person: the one rule, for all that names it or says what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from . import gradebook
from .course import Course
from .scores import scores
from ..cards.model import Reflection
from ..notebook.assemble import criterion_cell


@dataclass(frozen=True)
class StillOpen:
    """`answers`: trainee -> the questions whose answer could not be read and nobody has settled. `reflections`:
    reflection -> the trainees of whom a mark in it is not given yet, those alone that have any. `ungraded`: trainees of
    whom something waits that nobody can be shown, since there is no graded copy; they are in neither."""

    answers: Mapping[str, list[str]]
    reflections: Mapping[str, list[str]]
    ungraded: Sequence[str] = ()

    @property
    def trainees(self) -> list[str]:
        """Everybody of whom something waits."""
        marked = (one for trainees in self.reflections.values() for one in trainees)
        return sorted({*self.answers, *marked, *self.ungraded})


class Score(Protocol):
    """What the rule looks at in a score; `rubric`: whether it is of a reflection's criterion."""

    @property
    def trainee(self) -> str: ...
    @property
    def cell(self) -> str: ...
    @property
    def rubric(self) -> bool: ...
    @property
    def waits(self) -> bool: ...


def still_open(found: Iterable[Score], reflections: Iterable[Reflection]) -> StillOpen:
    """What waits among some scores of an assignment that has these reflections. Trainees and answers keep their
    order."""
    owner = {criterion_cell(card, one): str(card.name) for card in reflections for one in card.criteria}
    answers: dict[str, list[str]] = {}
    marked: dict[str, dict[str, None]] = {name: {} for name in owner.values()}
    for one in found:
        if one.waits and not one.rubric:
            answers.setdefault(one.trainee, []).append(one.cell)
        elif one.waits and one.cell in owner:
            marked[owner[one.cell]][one.trainee] = None
    return StillOpen(answers, {name: list(trainees) for name, trainees in marked.items() if trainees})


def in_course(course: Course, assignment: str) -> StillOpen:
    """What waits in an assignment, by the gradebook. Raises Unsupported."""
    with gradebook.reading(course.settings.db_url) as connection:
        cards = course.released(connection, assignment)
        found = [one for one in scores(connection, assignment) if one.waits]
    copies = {one.trainee: course.folder("autograded") / one.trainee / assignment for one in found}
    there = {trainee for trainee, copy in copies.items() if (copy / f"{assignment}.ipynb").is_file()}
    made = still_open((one for one in found if one.trainee in there), cards.reflections.values())
    return replace(made, ungraded=sorted(copies.keys() - there))
