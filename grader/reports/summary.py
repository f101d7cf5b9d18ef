"""What the gradebook has on an assignment: every score, and who has not handed in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from ..cards.model import Assignment
from ..grading.course import Course
from ..grading.plan import waits

_GRADES = text(
    """
    select submitted_assignment.student_id as trainee, base_cell.name as cell, base_cell.type as type,
           coalesce(grade_cells.max_score, task_cells.max_score) as points,
           coalesce(grade.manual_score, grade.auto_score, 0) + coalesce(grade.extra_credit, 0) as score,
           grade.needs_manual_grade as needs, grade.manual_score as manual
    from grade
    join base_cell on base_cell.id = grade.cell_id
    left join grade_cells on grade_cells.id = base_cell.id
    left join task_cells on task_cells.id = base_cell.id
    join submitted_notebook on submitted_notebook.id = grade.notebook_id
    join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
    join assignment on assignment.id = submitted_assignment.assignment_id
    where assignment.name = :assignment
    order by submitted_assignment.student_id, base_cell.name
    """
)


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
    """Every score of an assignment, by one plain statement. Raises engine.Unsupported."""
    engine = Course(course).connect()
    with engine.connect() as connection:
        found = connection.execute(_GRADES, {"assignment": assignment.name}).mappings().all()
    engine.dispose()
    return [
        Row(
            r["trainee"],
            r["cell"],
            r["type"] == "TaskCell",
            r["points"],
            r["score"],
            bool(r["needs"]),
            waits(r["needs"], r["manual"]),
        )
        for r in found
    ]


def missing(course: Path, assignment: str) -> list[str]:
    """Trainees whom the gradebook knows and who have handed in nothing that was graded. Raises engine.Unsupported."""
    engine = Course(course).connect()
    with engine.connect() as connection:
        found = [row.id for row in connection.execute(_MISSING, {"assignment": assignment})]
    engine.dispose()
    return found
