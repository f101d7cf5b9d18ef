"""Due dates and what lateness costs: nbgrader's rule, for the fast path, and the words of it for trainees.

A due date stands in nbgrader's gradebook (`nbgrader db assignment add NAME --duedate ...`, or Formgrader), an extension
beside each trainee's submission; the penalty is that of nbgrader's own `LateSubmissionPlugin`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from . import gradebook as db
from .plan import Plan


def seconds_late(handed_in: datetime | None, due: datetime | None, extension: timedelta | None) -> float:
    """How late a submission is; 0 where it is in time, or nobody set a due date. Times are naive UTC."""
    if handed_in is None or due is None:
        return 0.0
    return max(0.0, (handed_in - due - (extension or timedelta())).total_seconds())


def due_dates(connection: sa.Connection) -> dict[str, datetime | None]:
    """Assignment -> when it is due, in naive UTC; None where nobody set a date."""
    return {row.name: row.duedate for row in connection.execute(sa.select(db.assignment))}


def penalise(connection: sa.Connection, plan: Plan, trainees: Iterable[str], method: str) -> list[str]:
    """Write the penalties of some submissions, once their grades are written; who is late.

    With the method `zero` a late submission loses all that it scores, as nbgrader has it: what marks that are given
    later add is taken off when it is graded again.
    """
    work, one, task = db.submitted_assignment, db.submitted_notebook, db.assignment
    query = (
        sa.select(work.c.student_id, work.c.timestamp, work.c.extension, task.c.duedate, one.c.id)
        .join(one, one.c.assignment_id == work.c.id)
        .join(task, task.c.id == work.c.assignment_id)
        .where(one.c.notebook_id == plan.notebook_id)
    )
    wanted = set(trainees)
    late = {
        row.id: row.student_id
        for row in connection.execute(query)
        if row.student_id in wanted and seconds_late(row.timestamp, row.duedate, row.extension)
    }
    if method == "zero":
        for notebook in late:
            penalty = max(0.0, connection.execute(_score(notebook)).scalar() or 0.0)
            connection.execute(one.update().where(one.c.id == notebook).values(late_submission_penalty=penalty))
    return sorted(late.values())


def _score(notebook: str) -> sa.Select[Any]:
    grade = db.grade.c
    counts = sa.func.coalesce(grade.manual_score, grade.auto_score, 0.0) + sa.func.coalesce(grade.extra_credit, 0.0)
    return sa.select(sa.func.sum(counts)).where(grade.notebook_id == notebook)


def words(due: datetime, method: str) -> str:
    """What trainees read about a due date, in Markdown."""
    cost = " What comes later scores nothing." if method == "zero" else ""
    return f"**Hand it in by {due.day} {due:%B %Y, %H:%M} UTC.**{cost}"
