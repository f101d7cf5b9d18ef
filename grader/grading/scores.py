"""The one query for scores: reports, regrade and exports for a platform read here what counts for whom. Only the export
in nbgrader's own columns (`reports/export.py`) has a statement of its own, over all assignments at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from . import gradebook as db
from .kept import Words, answers, tell
from .late import seconds_late
from .plan import awarded, waits
from ..language import t


@dataclass(frozen=True, slots=True)
class CellScore:
    """What one trainee has in one graded cell. `type`: GradeCell, or TaskCell for a rubric's criterion. `grade`,
    `notebook`: the gradebook's ids. `comment`: what our grading wrote, where it was asked for."""

    trainee: str
    cell: str
    type: str
    points: float
    auto: float | None
    manual: float | None
    extra: float | None
    needs: bool
    comment: str | None
    grade: str
    notebook: str

    @property
    def score(self) -> float:
        return awarded(self.manual, self.auto, self.extra)

    @property
    def rubric(self) -> bool:
        """Whether it is of a reflection's criterion."""
        return self.type == "TaskCell"

    @property
    def waits(self) -> bool:
        return waits(self.needs, self.manual)


def scores(connection: sa.Connection, assignment: str, comments: bool = False) -> Iterator[CellScore]:
    """Every score of an assignment, by trainee and cell; with the automatic `comments` where they are asked for."""
    cell, work, one = db.base_cell, db.submitted_assignment, db.submitted_notebook
    said = sa.select(db.comment.c.auto_comment).join(
        solution := db.base_cell.alias(), solution.c.id == db.comment.c.cell_id
    )
    said = said.where(
        db.comment.c.notebook_id == one.c.id,
        solution.c.name == cell.c.name,
        solution.c.notebook_id == cell.c.notebook_id,
    )
    query = (
        sa.select(
            work.c.student_id,
            cell.c.name,
            cell.c.type,
            sa.func.coalesce(db.grade_cells.c.max_score, db.task_cells.c.max_score, 0.0).label("points"),
            db.grade.c.auto_score,
            db.grade.c.manual_score,
            db.grade.c.extra_credit,
            db.grade.c.needs_manual_grade,
            (said.limit(1).scalar_subquery() if comments else sa.null()).label("comment"),
            db.grade.c.id,
            one.c.id.label("notebook"),
        )
        .select_from(db.grade)
        .join(cell, cell.c.id == db.grade.c.cell_id)
        .outerjoin(db.grade_cells, db.grade_cells.c.id == cell.c.id)
        .outerjoin(db.task_cells, db.task_cells.c.id == cell.c.id)
        .join(one, one.c.id == db.grade.c.notebook_id)
        .join(work, work.c.id == one.c.assignment_id)
        .join(db.assignment, db.assignment.c.id == work.c.assignment_id)
        .where(db.assignment.c.name == assignment)
        .order_by(work.c.student_id, cell.c.name)
    )
    for row in connection.execute(query):
        values = list(row)
        values[7] = bool(values[7])  # SQLite keeps 0 and 1
        for place in (4, 5, 6):  # SQLite keeps a text where a number belongs, too
            if values[place] is not None and not isinstance(values[place], int | float):
                tell(
                    t(
                        "The gradebook: a score of {trainee} in {assignment}, {cell}, is no number ({value!r}). It "
                        "waits for a person; `grader restore` lists the copies that were kept.",
                        trainee=row.student_id,
                        assignment=assignment,
                        cell=row.name,
                        value=values[place],
                    )
                )
                values[place], values[5], values[7] = None, None, True
        yield CellScore(*values)


@dataclass(frozen=True, slots=True)
class Standing:
    """One trainee in one assignment. `status`: missing, blank, open (something waits for a person), marked.

    `score` is what counts: the cells together less the penalty for handing in late. `late`: seconds. `blank`: cells in
    which nothing was written.
    """

    trainee: str
    first_name: str
    last_name: str
    email: str
    lms_user_id: str
    assignment: str
    status: str
    score: float
    points: float
    penalty: float
    late: float
    cells: dict[str, CellScore]
    blank: frozenset[str] = frozenset()


def standings(connection: sa.Connection, assignment: str) -> list[Standing]:
    """Everybody of the gradebook in an assignment, those who handed in nothing among them."""
    cells: dict[str, dict[str, CellScore]] = {}
    for one in scores(connection, assignment):
        cells.setdefault(one.trainee, {})[one.cell] = one
    handed = {row.student_id: row for row in connection.execute(_handed(assignment))}
    points: float = connection.execute(_points(assignment)).scalar() or 0.0
    read = answers(connection, assignment)
    found = []
    for row in connection.execute(sa.select(db.student).order_by(db.student.c.id)):
        own, work = cells.get(row.id, {}), handed.get(row.id)
        penalty = (work.late_submission_penalty or 0.0) if work else 0.0
        found.append(
            Standing(
                row.id,
                row.first_name or "",
                row.last_name or "",
                row.email or "",
                row.lms_user_id or "",
                assignment,
                _status(own, read.get(row.id, {})) if work else "missing",
                sum(one.score for one in own.values()) - penalty,
                points,
                penalty,
                seconds_late(work.timestamp, work.duedate, work.extension) if work else 0.0,
                own,
                frozenset(cell for cell, words in read.get(row.id, {}).items() if words.state == "blank"),
            )
        )
    return found


def _status(cells: dict[str, CellScore], read: dict[str, Words]) -> str:
    if (
        read
        and all(words.state == "blank" for words in read.values())
        and not any(one.manual is not None for one in cells.values())
    ):
        return "blank"
    return "open" if any(one.waits for one in cells.values()) else "marked"


def _handed(assignment: str) -> sa.Select[Any]:
    work, one, task = db.submitted_assignment, db.submitted_notebook, db.assignment
    return (
        sa.select(work.c.student_id, work.c.timestamp, work.c.extension, task.c.duedate, one.c.late_submission_penalty)
        .select_from(work)
        .join(task, task.c.id == work.c.assignment_id)
        .outerjoin(one, one.c.assignment_id == work.c.id)
        .where(task.c.name == assignment)
    )


def _points(assignment: str) -> sa.Select[Any]:
    return (
        sa.select(sa.func.sum(sa.func.coalesce(db.grade_cells.c.max_score, db.task_cells.c.max_score, 0.0)))
        .select_from(db.base_cell)
        .join(db.notebook, db.notebook.c.id == db.base_cell.c.notebook_id)
        .join(db.assignment, db.assignment.c.id == db.notebook.c.assignment_id)
        .outerjoin(db.grade_cells, db.grade_cells.c.id == db.base_cell.c.id)
        .outerjoin(db.task_cells, db.task_cells.c.id == db.base_cell.c.id)
        .where(db.assignment.c.name == assignment)
    )
