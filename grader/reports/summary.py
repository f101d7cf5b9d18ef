"""What the gradebook has on an assignment: every score, who has not handed in, and what waits for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import text

from .item_analysis import copies
from ..cards.library import Library
from ..cards.model import Assignment
from ..grading import gradebook, kept
from ..grading.alike import Place, alike
from ..grading.course import Course
from ..grading.read import Read
from ..grading.roster import people
from ..grading.scores import scores
from ..grading.still_open import still_open
from ..notebook.assemble import questions, reflections

_MISSING = text(
    """
    select student.id from student
    where student.id not in (
        select submitted_assignment.student_id from submitted_assignment
        join assignment on assignment.id = submitted_assignment.assignment_id
        where assignment.name = :assignment
    )
    order by student.id
    """
)


@dataclass(frozen=True)
class Row:
    """One score: `points` are the most that there are; `needs` says that a person has to look, `waits` that nobody
    has marked it."""

    trainee: str
    cell: str
    rubric: bool
    points: float
    score: float
    needs: bool
    waits: bool


def read(course: Path, assignment: Assignment) -> list[Row]:
    """Every score of an assignment. Raises Unsupported."""
    engine = Course(course).connect()
    with engine.connect() as connection:
        found = [
            Row(one.trainee, one.cell, one.rubric, one.points, one.score, one.needs, one.waits)
            for one in scores(connection, assignment.name)
        ]
    engine.dispose()
    return found


def reads(course: Course, assignment: str) -> dict[str, list[Read]]:
    """Trainee -> what was read in the graded copy, by a person where one settled it. Raises Unsupported."""
    with gradebook.reading(course.settings.db_url) as connection:
        settled = kept.answers(connection, assignment)
    return {
        trainee: [_as_settled(one, settled.get(trainee, {}).get(one.cell)) for one in own]
        for trainee, own in copies(course.folder("autograded"), assignment).items()
    }


def _as_settled(one: Read, words: kept.Words | None) -> Read:
    return replace(one, chosen=tuple(words.chosen), state=words.state) if words and words.settled else one


def same_text(course: Course, assignment: str, library: Library) -> list[list[Place]]:
    """The reflections of an assignment in which one text stands, a list for each text. Raises Unsupported."""
    with gradebook.reading(course.settings.db_url) as connection:
        graded = kept.answers(connection, assignment)
    return alike(graded, reflections(library.assignments[assignment], library))


def names(course: Course) -> dict[str, str]:
    """Trainee -> what they are called, of those whose name a roster gave. Raises Unsupported."""
    with gradebook.reading(course.settings.db_url) as connection:
        called = {one.id: f"{one.first} {one.last}".strip() for one in people(connection)}
    return {trainee: name for trainee, name in called.items() if name}


def missing(course: Path, assignment: str) -> list[str]:
    """Trainees whom the gradebook knows and who have handed in nothing that was graded. Raises Unsupported."""
    engine = Course(course).connect()
    with engine.connect() as connection:
        found = [row.id for row in connection.execute(_MISSING, {"assignment": assignment})]
    engine.dispose()
    return found


def waiting(rows: Sequence[Row], assignment: Assignment, library: Library) -> dict[str, list[tuple[int, str]]]:
    """Trainee -> the questions whose answer waits for a person, by number and name, in order; 0 for one that is no
    longer asked.

    What a rubric waits for is not among them.
    """
    numbers = {name: number for number, name in enumerate(questions(assignment, library), 1)}
    waits = still_open(sorted(rows, key=lambda row: (row.trainee, numbers.get(row.cell, 0))), ()).answers
    return {trainee: [(numbers.get(name, 0), name) for name in names] for trainee, names in waits.items()}
