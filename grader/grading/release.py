"""nbgrader's release, with two steps of ours: no card that fails its check is handed out, and what was handed out is
kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import sqlalchemy as sa
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor, SaveCells

from . import gradebook as db
from . import kept, late, settings, snapshot
from .course import Course
from .gradebook import Unsupported
from .plan import unsound
from .stock import Resources, course_of
from ..cards.library import Library
from ..cards.model import Question
from ..cards.problem import Problem
from ..checks import assignments, cases, questions
from ..language import t
from ..notebook.assemble import CannotAssemble
from ..notebook.assemble import questions as asked_in
from ..notebook.intake import Refused, grade_id

CHECKS = (*questions.CHECKS, *cases.CHECKS, *assignments.CHECKS)


class _Release(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    @property
    def course(self) -> Course:
        return course_of(settings.of(self.config))

    def names(self, resources: Resources) -> tuple[str, str]:
        return resources["nbgrader"]["assignment"], resources["nbgrader"]["db_url"]


class MayRelease(_Release):
    """Refuses a release that would grade wrongly, before anything is written."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        name, url = self.names(resources)
        try:
            lines = errors(self.course, name)
        except (Unsupported, CannotAssemble) as error:
            raise Refused(str(error)) from None
        if lines:
            raise Refused(
                "\n".join([t("{name} was not released, since its cards need mending first:", name=name), *lines])
            )
        try:
            with db.reading(url) as connection:
                lines = list(changes(connection, self.course, name))
                due = connection.execute(
                    sa.select(db.assignment.c.duedate).where(db.assignment.c.name == name)
                ).scalar()
        except Unsupported:  # no gradebook yet: nothing was released
            return nb, resources
        if lines:
            raise Refused(
                "\n".join([t("{name} was not released again, since work has been graded by it:", name=name), *lines])
            )
        first = next((cell for cell in nb["cells"] if grade_id(cell) == f"{name}--intro"), None)
        if due and first:
            first["source"] = f"{first['source']}\n\n{late.words(due, self.course.settings.late)}"
            nb["metadata"]["candor"].update(late.told(due, self.course.settings.late))
        return nb, resources


class SaveAtOnce(SaveCells):  # type: ignore[misc]  # nbgrader has no types
    """As nbgrader's `SaveCells`, in one write. Nbgrader's ends a write at each of a notebook's cells, so that a release
    waits a hundred times for the disk, and one that is stopped leaves a part of them."""

    def _create_notebook(self, nb: NotebookNode) -> None:
        session = self.gradebook.db
        session.commit = session.flush
        try:
            super()._create_notebook(nb)
        finally:
            del session.commit
        session.commit()


class KeepReleased(_Release):
    """Keeps the cards as they were handed out, once nbgrader has its own rows."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        name, url = self.names(resources)
        library = self.course.library
        with db.one_write(url) as connection:
            kept.keep_released(connection, name, snapshot.take(library.assignments[name], library))
            drop_points(connection, name, self.course.released(connection, name).waived)
        return nb, resources


def errors(course: Course, name: str, only: str = "") -> list[str]:
    """What `grader check` calls an error in the questions of an assignment, a line each. Raises Unsupported."""
    library = course.library
    asked = asked_in(course.assignment(name), library)
    files = {library.shown(item.question.path) for cell, item in asked.items() if only in ("", cell)}
    return [f"{one.path}:{one.line}: {one.code} {one.message}" for one in _found(library) if one.path in files]


@lru_cache(1)
def _found(library: Library) -> list[Problem]:
    """Every error of a library's questions: for all assignments that are released in one go."""
    return sorted({problem for check in CHECKS for problem in check(library) if problem.level == "error"})


def changes(connection: sa.Connection, course: Course, name: str) -> list[str]:
    """How another release would change what graded work scores, a line for each question."""
    before = kept.last_released(connection, name)
    if before is None or not _graded(connection, name):
        return []
    now = {cell: item.question for cell, item in asked_in(course.assignment(name), course.library).items()}
    old = course.released(connection, name).questions
    return [
        t(
            "question `{cell}`: {what}. To change what it scores: grader regrade {name} --question {cell} --card",
            cell=cell,
            what=what,
            name=name,
        )
        for cell, card in old.items()
        if (what := _differs(card, now.get(cell)))
    ]


def _differs(old: Question, new: Question | None) -> str:
    if new is None:
        return t("it is not asked any more")
    if (old.kind, len(old.options)) != (new.kind, len(new.options)):
        return t("it is of another kind, or has more or fewer options")
    if old.key != new.key:
        return t("its key is {now} now, and was {old}", now=", ".join(new.key), old=", ".join(old.key))
    return unsound(new)


def _graded(connection: sa.Connection, name: str) -> int:
    query = (
        sa.select(sa.func.count())
        .select_from(db.submitted_assignment)
        .join(db.assignment, db.assignment.c.id == db.submitted_assignment.c.assignment_id)
        .where(db.assignment.c.name == name)
    )
    return connection.execute(query).scalar_one()


def drop_points(connection: sa.Connection, name: str, waived: Mapping[str, str]) -> None:
    """A question that was taken out is worth nothing in the gradebook, after another release as well."""
    dropped = [cell for cell, how in waived.items() if how == "dropped"]
    cells = (
        sa.select(db.base_cell.c.id)
        .join(db.notebook, db.notebook.c.id == db.base_cell.c.notebook_id)
        .join(db.assignment, db.assignment.c.id == db.notebook.c.assignment_id)
        .where(db.assignment.c.name == name, db.base_cell.c.name.in_(dropped))
    )
    if dropped:
        connection.execute(db.grade_cells.update().where(db.grade_cells.c.id.in_(cells)).values(max_score=0.0))
