"""Two courses, field by field: every row by its names (ids differ), and every file by its bytes."""

import sqlite3
from pathlib import Path

ROWS = {
    "student": "select id, first_name, last_name, email, lms_user_id from student",
    "assignment": "select name, duedate, course_id from assignment",
    "submission": (
        """select a.name, s.student_id, s.timestamp, s.extension from submitted_assignment s
        join assignment a on a.id = s.assignment_id"""
    ),
    "notebook": (
        """select n.name, s.student_id, sn.flagged, sn.late_submission_penalty from submitted_notebook sn
        join notebook n on n.id = sn.notebook_id join submitted_assignment s on s.id = sn.assignment_id"""
    ),
    "grade": (
        """select s.student_id, c.name, c.type, g.auto_score, typeof(g.auto_score), g.manual_score, g.extra_credit, g.needs_manual_grade
        from grade g join base_cell c on c.id = g.cell_id join submitted_notebook sn on sn.id = g.notebook_id
        join submitted_assignment s on s.id = sn.assignment_id"""  # noqa: E501
    ),
    "comment": (
        """select s.student_id, c.name, c.type, g.auto_comment, g.manual_comment
        from comment g join base_cell c on c.id = g.cell_id join submitted_notebook sn on sn.id = g.notebook_id
        join submitted_assignment s on s.id = sn.assignment_id"""
    ),
}


def rows(database: Path) -> dict[str, list]:
    connection = sqlite3.connect(database)
    try:
        return {name: sorted(connection.execute(query).fetchall(), key=repr) for name, query in ROWS.items()}
    finally:
        connection.close()


def files(folder: Path) -> dict[str, tuple[str, bytes]]:
    """Path -> (permissions, bytes) of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): (oct(path.stat().st_mode & 0o777), path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differences(one: Path, other: Path) -> list[str]:
    """What differs between two courses' gradebooks and graded copies; an empty list where nothing does."""
    found = []
    mine, yours = rows(one / "gradebook.db"), rows(other / "gradebook.db")
    for name in ROWS:
        if mine[name] != yours[name]:
            found += [f"{name}: {left} / {right}" for left, right in zip(mine[name], yours[name]) if left != right][:5]
            found.append(f"{name}: {len(mine[name])} / {len(yours[name])} rows")
    left, right = files(one / "autograded"), files(other / "autograded")
    found += [f"only in one: {name}" for name in sorted(left.keys() ^ right.keys())]
    found += [f"file differs: {name}" for name in sorted(left.keys() & right.keys()) if left[name] != right[name]]
    return found
