"""One reflection across all trainees: read from the gradebook, marked in a sheet or on a page, written back in one transaction.

A row knows what it looked like when it was read (`seen`). Whoever writes over a row that has changed since
is told so and writes nothing: of two supervisors neither loses a mark.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from functools import cached_property
from pathlib import Path

import sqlalchemy as sa

from ..notebook.assemble import criterion_cell
from ..grading import gradebook as db
from ..grading.course import Course
from ..grading.gradebook import Unsupported
from ..cards.model import Reflection
from ..cards.problem import near
from ..notebook.submission import PLACEHOLDER, typed
from ..web.files import append, write

__all__ = ["Change", "Desk", "Row", "Unsupported"]


@dataclass(frozen=True)
class Row:
    """One trainee's reflection: an anonymous id, what was written, the level of each criterion (None: not marked yet), the comment."""

    id: str
    trainee: str
    answer: str
    marks: tuple[float | None, ...]
    comment: str
    notice: str = ""  # what the guard saw
    stale: bool = False  # marked, and the answer has changed since
    ready: bool = True  # whether the gradebook has a place for each mark

    @property
    def seen(self) -> str:
        """A short check of answer, marks and comment, by which a later write knows that nothing came in between. It begins with a letter: a spreadsheet takes it for no number."""
        return "s" + hashlib.sha256(json.dumps([self.answer, self.marks, self.comment]).encode()).hexdigest()[:12]

    @property
    def done(self) -> bool:
        return None not in self.marks and not self.stale


@dataclass(frozen=True)
class Change:
    """What a supervisor wants a row to be. A mark of None, or a comment of None, leaves what is there."""

    id: str
    seen: str
    marks: tuple[int | None, ...]
    comment: str | None = None


@dataclass
class Written:
    """What came of a write: `rows` as they now stand, and one line for each change that was not made."""

    rows: dict[str, Row] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


class Desk:
    """A reflection of an assignment in a course's gradebook. Raises Unsupported, in one line, where it is not there."""

    def __init__(self, course: Path, assignment: str, reflection: str):
        self.course = Course(course)
        self.assignment = assignment
        library = self.course.library
        self.course.assignment(assignment)
        if reflection not in library.reflections:
            raise Unsupported(f"There is no reflection `{reflection}`. {near(reflection, list(library.reflections))}")
        self.card: Reflection = library.reflections[reflection]
        self.engine = self.course.connect()
        with self.engine.connect() as connection:
            cells = self._cells(connection)
        self.criteria = [cells.get(criterion_cell(self.card, criterion)) for criterion in self.card.criteria]
        self.answer_cell = cells.get(self.card.name)
        if self.answer_cell is None or None in self.criteria:
            raise Unsupported(f"`{reflection}` was not released with `{assignment}`. Look at the assignment's card, and at `nbgrader generate_assignment`.")

    def _cells(self, connection) -> dict[str, str]:
        query = (
            sa.select(db.base_cell.c.name, db.base_cell.c.id)
            .join(db.notebook, db.notebook.c.id == db.base_cell.c.notebook_id)
            .join(db.assignment, db.assignment.c.id == db.notebook.c.assignment_id)
            .where(db.assignment.c.name == self.assignment, db.base_cell.c.type.in_(["TaskCell", "SolutionCell"]))
        )
        return {row.name: row.id for row in connection.execute(query)}

    @cached_property
    def _secret(self) -> bytes:
        """Makes the ids: the same in every sheet of this course, and not to be guessed from a trainee's name."""
        path = self.course.staging / "secret"
        try:
            write(path, secrets.token_hex(32), fresh=True, mode=0o600)
        except FileExistsError:
            pass
        return path.read_bytes()

    def _id(self, trainee: str) -> str:
        return "t" + hmac.new(self._secret, f"{self.card.name}/{trainee}".encode(), hashlib.sha256).hexdigest()[:10]

    def rows(self) -> list[Row]:
        """Every graded submission, in the order of the ids: nobody is marked first for their name."""
        with self.engine.connect() as connection:
            return sorted(self._rows(connection).values(), key=lambda row: row.id)

    def _notebooks(self, connection) -> dict[str, str]:
        query = (
            sa.select(db.submitted_assignment.c.student_id, db.submitted_notebook.c.id)
            .join(db.submitted_notebook, db.submitted_notebook.c.assignment_id == db.submitted_assignment.c.id)
            .join(db.assignment, db.assignment.c.id == db.submitted_assignment.c.assignment_id)
            .where(db.assignment.c.name == self.assignment)
        )
        return {row.student_id: row.id for row in connection.execute(query)}

    def _rows(self, connection, lock: bool = False, only: set[str] | None = None) -> dict[str, Row]:
        notebooks = {trainee: notebook for trainee, notebook in self._notebooks(connection).items() if only is None or self._id(trainee) in only}
        grades = sa.select(db.grade).where(db.grade.c.cell_id.in_(self.criteria))
        comments = sa.select(db.comment).where(db.comment.c.cell_id == self.answer_cell)
        if lock:  # PostgreSQL; SQLite has one writer anyway
            grades, comments = grades.with_for_update(), comments.with_for_update()
        marks = {(row.notebook_id, row.cell_id): row.manual_score for row in connection.execute(grades)}
        words = {row.notebook_id: row.manual_comment or "" for row in connection.execute(comments)}
        found, marked = {}, self._marked()
        for trainee, notebook in notebooks.items():
            answer, notice = self._answer(trainee)
            levels = tuple(_level(marks.get((notebook, cell))) for cell in self.criteria)
            stale = any(level is not None for level in levels) and marked.get(trainee, _print(answer)) != _print(answer)
            ready = notebook in words and all((notebook, cell) in marks for cell in self.criteria)
            row = Row(self._id(trainee), trainee, answer, levels, words.get(notebook, ""), notice, stale, ready)
            found[row.id] = row
        return found

    def _marked(self) -> dict[str, str]:
        """Trainee -> print of the answer that was last marked here, from the log. What was marked in Formgrader is not in it."""
        found: dict[str, str] = {}
        try:
            lines = self.log.read_text(encoding="utf-8").splitlines()
        except OSError:
            return found
        for line in lines:
            try:
                entry = json.loads(line)
            except ValueError:  # a line that a crash cut short
                continue
            if (entry.get("assignment"), entry.get("reflection")) == (self.assignment, self.card.name) and "answer" in entry:
                found[entry["trainee"]] = entry["answer"]
        return found

    def _answer(self, trainee: str) -> tuple[str, str]:
        """What the graded copy holds, as it was typed, and what the guard saw in it."""
        path = self.course.folder("autograded") / trainee / self.assignment / f"{self.assignment}.ipynb"
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        except (OSError, ValueError, KeyError):
            return "(The graded copy is not there. Run `grader autograde` again.)", ""
        for cell in cells:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == self.card.name:
                source = "".join(cell["source"])
                return ("" if source.strip() == PLACEHOLDER else typed(source)), cell["metadata"].get("candor", {}).get("identifiers", "")
        return "", ""

    def check(self, change: Change) -> str:
        """Empty where a change keeps to the rubric; else one line."""
        if len(change.marks) != len(self.criteria):
            return f"{change.id}: {len(change.marks)} marks for {len(self.criteria)} criteria."
        for mark, criterion in zip(change.marks, self.card.criteria):
            if mark is not None and mark not in criterion.levels:
                allowed = ", ".join(map(str, sorted(criterion.levels, reverse=True)))
                return f"{change.id}: `{mark}` is not a level of *{criterion.name}*. Allowed: {allowed}."
        return ""

    def save(self, changes: Iterable[Change], who: str) -> Written:
        """Write what changed, in one transaction, after the log of it. A change that breaks the rubric or meets a newer mark is refused, the rest goes on."""
        written = Written()
        changes = {change.id: change for change in changes}
        with db.writing(self.engine) as connection:
            rows = self._rows(connection, lock=True, only=set(changes))
            notebooks = self._notebooks(connection)
            lines = []
            for change in changes.values():
                row = rows.get(change.id)
                wrong = f"{change.id}: there is no such submission in `{self.assignment}`." if row is None else self.check(change)
                if row and not row.ready:
                    wrong = f"{change.id}: the gradebook has no place for these marks. Run `grader autograde {self.assignment}` and mark it then."
                if wrong:
                    written.refused[change.id] = wrong
                    continue
                marks = tuple(old if new is None else new for old, new in zip(row.marks, change.marks))
                comment = row.comment if change.comment is None else change.comment
                if (marks, comment) == (row.marks, row.comment) and not row.stale:
                    written.rows[row.id] = row
                elif change.seen != row.seen:
                    written.refused[row.id] = f"{row.id}: somebody marked this in between, or the answer is another one now ({_levels(row.marks)}; {_levels(marks)} was to be written). Nothing was changed; look at it again."
                else:
                    self._write(connection, notebooks[row.trainee], row, marks, comment)
                    written.rows[row.id] = replace(row, marks=marks, comment=comment, stale=False)
                    lines.append({"who": who, "trainee": row.trainee, "answer": _print(row.answer), "old": [row.marks, row.comment], "new": [marks, comment]})
            self._log(lines)
        return written

    def _write(self, connection, notebook: str, row: Row, marks: tuple, comment: str) -> None:
        for cell, old, new in zip(self.criteria, row.marks, marks):
            if new != old:
                where = (db.grade.c.notebook_id == notebook) & (db.grade.c.cell_id == cell)
                connection.execute(db.grade.update().where(where).values(manual_score=float(new), needs_manual_grade=False))
        if comment != row.comment:
            where = (db.comment.c.notebook_id == notebook) & (db.comment.c.cell_id == self.answer_cell)
            connection.execute(db.comment.update().where(where).values(manual_comment=comment or None))

    def _log(self, lines: list[dict]) -> None:
        """Who wrote what over what, and when. Only ever added to; on disk before the gradebook is."""
        if not lines:
            return
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        about = {"when": now, "assignment": self.assignment, "reflection": self.card.name}
        text = "".join(json.dumps({**about, **line}, ensure_ascii=False) + "\n" for line in lines)
        append(self.log, text)

    @property
    def log(self) -> Path:
        return self.course.staging / "marks.log"

    @property
    def bank(self) -> list[str]:
        """The supervisor's own ready comments: a line each in the course's `comment-bank.txt`, which is begun if it is not there."""
        path = self.course.root / "comment-bank.txt"
        if not path.is_file():
            write(path, BANK)
        return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]


BANK = """\
# Comments that you write often, one a line. In a sheet, the column `bank` takes their numbers: 1 3
Say what you would do first, in one sentence, before you say why.
You name a feeling of your own. Now say what it made you do, or not do.
You give a rule. Say which code or law it comes from, and whether it holds where you work.
The other partner is missing. What would they say about this answer?
Give the client's possible words, not only yours.
Bring this one to supervision: I should like to hear more.
"""


def with_bank(comment: str, numbers: str, bank: list[str]) -> str:
    """A comment with ready ones put behind it. Raises ValueError with one line for a number that is not there."""
    chosen = []
    for number in re.findall(r"\S+", numbers.replace(",", " ")):
        if not number.isdigit() or not 1 <= int(number) <= len(bank):
            raise ValueError(f"`{number}` is not a number of the comment bank (1 to {len(bank)}).")
        chosen.append(bank[int(number) - 1])
    return "\n\n".join(part for part in (comment.strip(), *chosen) if part)


def _print(answer: str) -> str:
    return hashlib.sha256(answer.encode()).hexdigest()[:16]


def _level(mark: float | None) -> float | None:
    """A level as the rubric has it; half a mark, which Formgrader allows, stays what it is."""
    return int(mark) if mark is not None and mark == int(mark) else mark


def _levels(marks: tuple) -> str:
    return ", ".join("none" if mark is None else str(mark) for mark in marks)
