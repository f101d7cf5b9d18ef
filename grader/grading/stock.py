"""Preprocessors for stock nbgrader: they replace `Execute`, so that no line of a submission ever runs."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeAlias, cast

from nbformat import NotebookNode, from_dict
from nbgrader import api
from nbgrader.preprocessors import GetGrades, NbGraderPreprocessor
from sqlalchemy.exc import SAWarning

from . import gradebook, kept, rows, settings
from .course import Course
from .gradebook import Unsupported
from .outcome import new_words, reasons
from .plan import top, waits, words
from .read import reading
from .work import Result, fingerprint, mark
from ..notebook.intake import Notebook, Refused
from ..notebook.submission import restore

#: What nbgrader hands from step to step beside the notebook.
Resources: TypeAlias = dict[str, Any]

# nbgrader's own models set these off at every new submission; nobody at the desk can act on them.
warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")
# nbgrader opens the gradebook six times for each trainee, each time with an engine that prepares every statement anew.
api.create_engine = lru_cache(8)(api.create_engine)


@lru_cache(maxsize=4)
def course_of(found: settings.Settings) -> Course:
    """nbgrader makes its preprocessors anew for each trainee; the cards are read once."""
    return Course(found)


class _Ours(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """What our preprocessors share: the course that nbgrader's configuration describes, and how it grades."""

    @property
    def course(self) -> Course:
        return course_of(settings.of(self.config))


@contextmanager
def _refused() -> Iterator[None]:
    """What the fast path cannot do either ends one submission: nbgrader takes Refused so."""
    try:
        yield
    except Unsupported as error:
        raise Refused(str(error)) from None


class Restore(_Ours):
    """Replaces nbgrader's DeduplicateIds, OverwriteKernelspec and OverwriteCells by `submission.restore`."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        names = resources["nbgrader"]
        student, assignment = names["student"], names["assignment"]
        with _refused(), gradebook.reading(names["db_url"]) as connection:
            plan = rows.plan_of(connection, self.course, assignment)
        restored = restore(
            cast(Notebook, nb), plan.cells, f"submitted/{student}/{assignment}/{names['notebook']}.ipynb"
        )
        for line in reasons(restored.notes.items()):
            self.log.warning("look at %s: %s", student, line)
        return from_dict(restored.notebook), resources


class Score(_Ours):
    """Replaces Execute and SaveAutoGrades: scores what Restore read, and writes nbgrader's rows."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        names = resources["nbgrader"]
        with _refused(), gradebook.one_write(names["db_url"]) as connection:
            plan = rows.plan_of(connection, self.course, names["assignment"])
            found = [found for cell in nb["cells"] if (found := reading(cell))]
            result = mark(Result(names["student"], readings=found, words=words(nb["cells"])), plan)
            result.made_from = fingerprint(self.course.folder("submitted") / names["student"] / plan.assignment, plan)
            aside = rows.save(connection, plan, [result], {})
        for line in [*result.looks(), *map(new_words, aside)]:
            self.log.warning("look at %s: %s", result.trainee, line)
        nb["cells"] = top(found, plan) + nb["cells"]
        return from_dict(nb), resources


class Grades(GetGrades):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's grades for the feedback, with who still waits for a mark, what a person read in an answer, and both
    comments apart."""

    def _get_score(self, cell: NotebookNode, resources: Resources) -> None:
        super()._get_score(cell, resources)
        grade = self.gradebook.find_grade(
            cell.metadata.nbgrader["grade_id"], self.notebook_id, self.assignment_id, self.student_id
        )
        cell.metadata.nbgrader["waits"] = waits(grade.needs_manual_grade, grade.manual_score)
        if (cell.metadata.get("candor") or {}).get("state") == "look":
            read = kept.answers(self.gradebook.db.connection(), self.assignment_id).get(self.student_id, {})
            cell.metadata.nbgrader["settled"] = kept.settled_letters(read.get(cell.metadata.nbgrader["grade_id"]))

    def _get_comment(self, cell: NotebookNode, resources: Resources) -> None:
        name = cell.metadata["nbgrader"]["grade_id"]
        comment = self.gradebook.find_comment(name, self.notebook_id, self.assignment_id, self.student_id)
        cell.metadata.nbgrader["comment"] = comment.auto_comment
        cell.metadata.nbgrader["remark"] = comment.manual_comment
        if cell.metadata["nbgrader"].get("solution"):
            earlier = kept.aside(self.gradebook.db.connection(), self.assignment_id).get(self.student_id, {})
            cell.metadata.nbgrader["aside"] = earlier.get(name)
