"""One reflection across all trainees: read from the gradebook, marked in a sheet or on a page, written back whole.

A row knows what it looked like when it was read (`seen`). Whoever writes over a row that has changed since
is told so and writes nothing: of two supervisors neither loses a mark.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import sqlalchemy as sa

from .bank import ready
from .levels import Marks, as_level, in_words, not_of
from .row import Change, Row, Written, after
from ..cards.model import Reflection
from ..cards.problem import near
from ..grading import gradebook as db
from ..grading import kept
from ..grading.alike import alike
from ..grading.course import Course
from ..grading.gradebook import Unsupported
from ..grading.plan import check_of
from ..language import later, t
from ..notebook.assemble import criterion_cell
from ..notebook.submission import PLACEHOLDER, typed
from ..web.files import write

__all__ = ["Change", "Desk", "Row", "Unsupported"]


class Desk:
    """A reflection of an assignment in a course's gradebook. Raises Unsupported, in one line, where it is not there."""

    def __init__(self, course: Path, assignment: str, reflection: str):
        self.course = Course(course)
        self.assignment = assignment
        library = self.course.as_released(assignment)
        self.engine = self.course.connect()
        with self.engine.connect() as connection:
            cells = self._cells(connection)
        if reflection not in library.reflections:
            there = near(reflection, [name for name in library.reflections if name in cells])
            words = later("There is no reflection `{reflection}` in `{assignment}`. {there}")
            raise Unsupported(t(words, reflection=reflection, assignment=assignment, there=there))
        self.card: Reflection = library.reflections[reflection]
        self._titles = {name: str(card.title) for name, card in library.reflections.items() if name in cells}
        self.criteria = [cells.get(criterion_cell(self.card, criterion)) for criterion in self.card.criteria]
        self.answer_cell = cells.get(self.card.name)
        if self.answer_cell is None or None in self.criteria:
            raise Unsupported(
                t(
                    "`{reflection}` was not released with `{assignment}`. Look at the assignment's card, and at "
                    "`nbgrader generate_assignment`.",
                    reflection=reflection,
                    assignment=assignment,
                )
            )

    def _cells(self, connection: sa.Connection) -> dict[str, str]:
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
        with contextlib.suppress(FileExistsError):
            mode = 0o660 if self.course.settings.shared else 0o600
            write(path, secrets.token_hex(32), fresh=True, mode=mode)
        return path.read_bytes()

    def _id(self, trainee: str) -> str:
        return "t" + hmac.new(self._secret, f"{self.card.name}/{trainee}".encode(), hashlib.sha256).hexdigest()[:10]

    def rows(self) -> list[Row]:
        """Every graded submission, in the order of the ids: nobody is marked first for their name."""
        with self.engine.connect() as connection:
            return sorted(self._rows(connection).values(), key=lambda row: row.id)

    @property
    def nothing(self) -> str:
        """What to say where there is no answer to mark."""
        return t("No submission has been graded yet. Run `grader autograde` first.")

    def _notebooks(self, connection: sa.Connection) -> dict[str, str]:
        query = (
            sa.select(db.submitted_assignment.c.student_id, db.submitted_notebook.c.id)
            .join(db.submitted_notebook, db.submitted_notebook.c.assignment_id == db.submitted_assignment.c.id)
            .join(db.assignment, db.assignment.c.id == db.submitted_assignment.c.assignment_id)
            .where(db.assignment.c.name == self.assignment)
        )
        return {row.student_id: row.id for row in connection.execute(query)}

    def _rows(self, connection: sa.Connection, lock: bool = False, only: set[str] | None = None) -> dict[str, Row]:
        notebooks = {
            trainee: notebook
            for trainee, notebook in self._notebooks(connection).items()
            if only is None or self._id(trainee) in only
        }
        grades = sa.select(db.grade).where(db.grade.c.cell_id.in_(self.criteria))
        comments = sa.select(db.comment).where(db.comment.c.cell_id == self.answer_cell)
        if lock:  # PostgreSQL; SQLite has one writer anyway
            grades, comments = grades.with_for_update(), comments.with_for_update()
        marks = {(row.notebook_id, row.cell_id): row.manual_score for row in connection.execute(grades)}
        words = {row.notebook_id: row.manual_comment or "" for row in connection.execute(comments)}
        graded = kept.words(connection, notebooks.values())
        aside = {
            e.trainee: e.said for e in kept.entries(connection, self.assignment, what="set aside") if self._mine(e)
        }
        found, same = {}, {} if only else self._same({one: graded.get(id, {}) for one, id in notebooks.items()})
        for trainee, notebook in notebooks.items():
            answer, notice, check = self._answer(trainee)
            levels = tuple(as_level(marks.get((notebook, cell))) for cell in self.criteria)
            # A graded copy is written before the rows: between the two its words are not those that are marked.
            words_of = graded.get(notebook, {}).get(self.card.name, kept.Words())
            whole = words_of.check == check
            ready = whole and notebook in words and all((notebook, cell) in marks for cell in self.criteria)
            earlier = self._earlier(aside[trainee]) if trainee in aside and None in levels else ""
            if not whole and any(level is not None for level in levels):
                levels, earlier = (None,) * len(levels), in_words(levels)
            blank = whole and words_of.state == "blank" and not any(level is not None for level in levels)
            said, own = words.get(notebook, ""), same.get(trainee, ())
            how, name = words_of.note if whole else "", self._id(trainee)
            row = Row(name, trainee, answer, levels, said, notice, how, earlier, blank, ready, same=own)
            found[row.id] = row
        return found

    def _same(self, graded: Mapping[str, Mapping[str, kept.Words]]) -> dict[str, tuple[tuple[str, str], ...]]:
        """Trainee -> where the text of this reflection stands too, of whom by the anonymous id alone."""
        found = {}
        for places in alike(graded, self._titles):
            for whose in (trainee for trainee, name in places if name == self.card.name):
                others = [place for place in places if place != (whose, self.card.name)]
                found[whose] = tuple(self._place(*place, place[0] == whose) for place in others)
        return found

    def _place(self, trainee: str, name: str, own: bool) -> tuple[str, str]:
        if name == self.card.name:
            return self._id(trainee), self._id(trainee)
        words = later("this trainee’s “{title}”") if own else later("another trainee’s “{title}”")
        return "", t(words, title=self._titles[name])

    def _mine(self, entry: kept.Entry) -> bool:
        return entry.cell == self.card.name

    def _earlier(self, said: kept.Said) -> str:
        """The marks that an earlier answer had, in words."""
        names = [criterion_cell(self.card, criterion) for criterion in self.card.criteria]
        levels = tuple(as_level(said["marks"].get(name, {}).get("manual_score")) for name in names)
        comment = " ".join(one["manual_comment"] for one in said["comments"].values())
        return in_words(levels) + (f" ({comment})" if comment else "")

    def _answer(self, trainee: str) -> tuple[str, str, str]:
        """What the graded copy holds, as it was typed, what the guard saw in it, and the check of its words."""
        path = self.course.folder("autograded") / trainee / self.assignment / f"{self.assignment}.ipynb"
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        except (OSError, ValueError, KeyError):
            return t("(The graded copy is not there. Run `grader autograde` again.)"), "", "none"
        for cell in cells:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == self.card.name:
                source = "".join(cell["source"])
                words = "" if source.strip() == PLACEHOLDER else typed(source)
                return words, cell["metadata"].get("candor", {}).get("identifiers", ""), check_of(source)
        return "", "", "none"

    def check(self, change: Change) -> str:
        """Empty where a change keeps to the rubric; else one line."""
        wrong = not_of(self.card, change.marks)
        return f"{change.id}: {wrong}" if wrong else ""

    def _refuses(self, row: Row, change: Change) -> str:
        """Why a change cannot be written to a row, whatever stands there; else empty."""
        if not row.ready:
            return t(
                "{id}: the gradebook has no place for these marks. Run `grader autograde {assignment}` and mark it"
                " then.",
                id=change.id,
                assignment=self.assignment,
            )
        return self.check(change)

    def outdated(self, row: Row, change: Change) -> str:
        """Why a change is of a row as it no longer is: somebody marked it in between, or other words came; else
        empty."""
        marks, comment = after(row, change)
        if change.seen == row.seen or (marks, comment) == (row.marks, row.comment):
            return ""
        return t(
            "{id}: somebody marked this in between, or the answer is another one now ({there}; {wanted} was"
            " to be written). Nothing was changed; look at it again.",
            id=row.id,
            there=in_words(row.marks),
            wanted=in_words(marks),
        )

    def save(self, changes: Iterable[Change], who: str) -> Written:
        """Write what changed, with the log of it, in one transaction. A change that breaks the rubric or meets a newer
        mark is refused, the rest goes on."""
        written = Written()
        by_id = {change.id: change for change in changes}
        with db.writing(self.engine) as connection:
            rows = self._rows(connection, lock=True, only=set(by_id))
            notebooks = self._notebooks(connection)
            lines = []
            for change in by_id.values():
                row = rows.get(change.id)
                if row is None or (wrong := self._refuses(row, change)):
                    written.refused[change.id] = wrong if row else self._nobody(change.id)
                    continue
                marks, comment = after(row, change)
                if (marks, comment) == (row.marks, row.comment):
                    written.rows[row.id] = row
                elif old := self.outdated(row, change):
                    written.refused[row.id] = old
                else:
                    self._write(connection, notebooks[row.trainee], row, marks, comment)
                    written.rows[row.id] = replace(
                        row,
                        marks=marks,
                        comment=comment,
                        earlier="" if None not in marks else row.earlier,
                        blank=row.blank and marks == row.marks,
                    )
                    lines.append(self._logged(row, marks, comment, who))
            kept.add(connection, lines)
        return written

    def _write(self, connection: sa.Connection, notebook: str, row: Row, marks: Marks, comment: str) -> None:
        for cell, old, new in zip(self.criteria, row.marks, marks):
            if new is not None and new != old:
                where = (db.grade.c.notebook_id == notebook) & (db.grade.c.cell_id == cell)
                connection.execute(
                    db.grade.update().where(where).values(manual_score=float(new), needs_manual_grade=False)
                )
        if comment != row.comment:
            where = (db.comment.c.notebook_id == notebook) & (db.comment.c.cell_id == self.answer_cell)
            connection.execute(db.comment.update().where(where).values(manual_comment=comment or None))

    def _logged(self, row: Row, marks: Marks, comment: str, who: str) -> kept.Entry:
        about = {"old": [row.marks, row.comment], "new": [marks, comment]}
        return kept.Entry(who, "marked", self.assignment, row.trainee, self.card.name, about)

    def _nobody(self, id: str) -> str:
        return t("{id}: there is no such submission in `{assignment}`.", id=id, assignment=self.assignment)

    def reveal(self, id: str, who: str, because: str) -> str:
        """Whose answer this is, for somebody who must act: logged before it is told. Raises Unsupported."""
        if not because.strip():
            raise Unsupported(t("Say why: an item of the escalation list, or what you found."))
        with db.writing(self.engine) as connection:
            row = self._rows(connection, only={id}).get(id)
            if row is None:
                raise Unsupported(self._nobody(id))
            entry = kept.Entry(who, "flagged", self.assignment, row.trainee, self.card.name, {"because": because})
            kept.add(connection, [entry])
        return row.trainee

    @property
    def bank(self) -> list[str]:
        """The supervisor's ready comments."""
        return ready(self.course.root)
