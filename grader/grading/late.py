"""Due dates and what lateness costs: nbgrader's rule, for the fast path, and the words of it for trainees.

A due date stands in nbgrader's gradebook (`grader due`, Formgrader), an extension beside each trainee's submission.
Until something has been handed in there is no submission, so `grader due` keeps an extension in the log, too. The
penalty is that of nbgrader's own `LateSubmissionPlugin`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from . import gradebook as db
from . import kept
from .plan import Plan

BY, COSTS = "Hand it in by", "What comes later scores nothing."


def seconds_late(handed_in: datetime | None, due: datetime | None, extension: timedelta | None) -> float:
    """How late a submission is; 0 where it is in time, or nobody set a due date. Times are naive UTC."""
    if handed_in is None or due is None:
        return 0.0
    return max(0.0, (handed_in - due - (extension or timedelta())).total_seconds())


def due_dates(connection: sa.Connection) -> dict[str, datetime | None]:
    """Assignment -> when it is due, in naive UTC; None where nobody set a date."""
    return {row.name: row.duedate for row in connection.execute(sa.select(db.assignment))}


def extensions(connection: sa.Connection, assignment: str) -> dict[str, timedelta]:
    """Trainee -> the time given beyond the due date: what stands beside their submission, or was logged before it."""
    found = _logged(connection, assignment)
    work, task = db.submitted_assignment.c, db.assignment.c
    rows = sa.select(work.student_id, work.extension).join(db.assignment, task.id == work.assignment_id)
    for row in connection.execute(rows.where(task.name == assignment, work.extension.is_not(None))):
        found[row.student_id] = row.extension
    return found


def _logged(connection: sa.Connection, assignment: str) -> dict[str, timedelta]:
    entries = kept.entries(connection, assignment, what="extended")
    given = {entry.trainee: timedelta(seconds=entry.said["seconds"]) for entry in entries}
    return {trainee: extra for trainee, extra in given.items() if extra}


def extend(connection: sa.Connection, assignment: str, submissions: Mapping[str, str]) -> None:
    """Put the extensions that were logged beside submissions (trainee -> id) that say nothing of one."""
    table = db.submitted_assignment
    for trainee, extra in _logged(connection, assignment).items():
        if trainee in submissions:
            row = (table.c.id == submissions[trainee]) & table.c.extension.is_(None)
            connection.execute(table.update().where(row).values(extension=extra))


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
        .where(one.c.notebook_id == plan.notebook_id, work.c.student_id.in_(list(trainees)))
    )
    late = {
        row.id: row.student_id
        for row in connection.execute(query)
        if seconds_late(row.timestamp, row.duedate, row.extension)
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
    cost = f" {COSTS}" if method == "zero" else ""
    return f"**{BY} {due.day} {due:%B %Y, %H:%M} UTC.**{cost}"


def told(due: datetime, method: str) -> dict[str, str]:
    """What the desk is told of a due date: when (UTC, as JavaScript reads it), and what lateness costs."""
    return {"due": f"{due:%Y-%m-%dT%H:%M:%SZ}", "late": method}
