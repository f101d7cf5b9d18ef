"""Every score of a course as CSV: nbgrader's columns, by one plain statement, properly quoted."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import sqlalchemy as sa

from ..grading.course import Course
from ..web.files import write

COLUMNS = [
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
]

_SCORES = sa.text(
    """
    select a.name as assignment, a.duedate, sa.timestamp, s.id as student_id, s.last_name, s.first_name, s.email,
           coalesce(n.raw, 0) as raw_score, coalesce(n.penalty, 0) as late_submission_penalty,
           coalesce(n.raw, 0) - coalesce(n.penalty, 0) as score, coalesce(m.points, 0) as max_score
    from assignment a
    cross join student s
    left join submitted_assignment sa on sa.assignment_id = a.id and sa.student_id = s.id
    left join (
        select sn.assignment_id as submission, sum(g.raw) as raw, sum(coalesce(sn.late_submission_penalty, 0)) as penalty
        from submitted_notebook sn
        left join (
            select notebook_id, sum(coalesce(manual_score, auto_score, 0) + coalesce(extra_credit, 0)) as raw from grade group by notebook_id
        ) g on g.notebook_id = sn.id
        group by sn.assignment_id
    ) n on n.submission = sa.id
    left join (
        select nb.assignment_id as assignment, sum(coalesce(gc.max_score, 0) + coalesce(tc.max_score, 0)) as points
        from notebook nb join base_cell c on c.notebook_id = nb.id
        left join grade_cells gc on gc.id = c.id left join task_cells tc on tc.id = c.id
        group by nb.assignment_id
    ) m on m.assignment = a.id
    order by a.name, s.id
    """  # noqa: E501
)


def export(course: Path, to: Path) -> int:
    """Write the scores of every trainee in every assignment; the number of rows. Raises Unsupported."""
    engine = Course(course).connect()
    with engine.connect() as connection:
        rows = connection.execute(_SCORES).all()
    engine.dispose()
    written(to, [COLUMNS, *rows], ",")
    return len(rows)


def written(to: Path, rows: Iterable[Iterable[object]], separator: str) -> None:
    """Write a table whole, or not at all, with formulas made harmless."""
    made = io.StringIO()
    csv.writer(made, delimiter=separator).writerows([harmless(value) for value in row] for row in rows)
    write(to, made.getvalue())


def is_ours(path: Path, head: Sequence[str]) -> bool:
    """Whether a file is an export that may be made anew: a table that begins with these columns, whatever parts
    them."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
            line = stream.readline(10_000)
    except OSError:
        return False
    return any(next(csv.reader([line], delimiter=sign), [])[: len(head)] == list(head) for sign in ",;\t")


#: Where a cell may begin: the start, and in a CSV file that is read with another separator, behind that as well.
_STARTS = re.compile(r"(^|[;\t\r\n])(?=[=+\-@\t\r])")


def harmless(value: object, whole: bool = False) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front of each place that could begin a cell; all else stays.

    `whole`: the text is one cell for certain, as in a workbook, so that its beginning alone matters.
    """  # noqa: E501
    if not isinstance(value, str):
        return value
    return f"'{value}" if whole and _STARTS.match(value) else value if whole else _STARTS.sub(r"\1'", value)


def as_written(value: str) -> str:
    """A text as it was before `harmless`."""
    return re.sub(r"(^|[;\t\r\n])'(?=[=+\-@\t\r])", r"\1", value)
