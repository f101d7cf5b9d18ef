"""Preprocessors for stock nbgrader: they replace `Execute`, so that no line of a submission ever runs."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache

from nbformat import from_dict
from nbgrader.preprocessors import GetGrades, NbGraderPreprocessor
from sqlalchemy.exc import SAWarning

from ..cards.library import Library
from ..notebook.intake import Refused
from ..notebook.submission import restore
from . import gradebook, rows, settings
from .course import Course
from .gradebook import Unsupported
from .outcome import joined
from .plan import Plan, reading, top, waits, words
from .top_of_copy import for_trainee, left_open, read
from .work import Result, mark

# nbgrader's own models set these off at every new submission; nobody at the desk can act on them.
warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")


@lru_cache(maxsize=4)
def course_of(found: settings.Settings) -> Course:
    """nbgrader makes its preprocessors anew for each trainee; the cards are read once."""
    return Course(found)


class _Ours(NbGraderPreprocessor):
    """What our preprocessors share: the course that nbgrader's configuration describes, and how it grades."""

    @property
    def course(self) -> Course:
        return course_of(settings.of(self.config))

    def plan(self, connection, assignment: str) -> Plan:
        """Raises Refused, which nbgrader takes as the end of one submission."""
        try:
            return rows.plan_of(connection, self.course, assignment)
        except Unsupported as error:
            raise Refused(str(error)) from None


class Restore(_Ours):
    """Replaces nbgrader's DeduplicateIds, OverwriteKernelspec and OverwriteCells by `submission.restore`."""

    def preprocess(self, nb, resources):
        names = resources["nbgrader"]
        student, assignment = names["student"], names["assignment"]
        with gradebook.reading(names["db_url"]) as connection:
            plan = self.plan(connection, assignment)
        restored = restore(nb, plan.cells, f"submitted/{student}/{assignment}/{names['notebook']}.ipynb")
        for name, note in restored.notes.items():
            self.log.warning("look at %s: %s: %s", student, name, note)
        return from_dict(restored.notebook), resources


class Score(_Ours):
    """Replaces Execute and SaveAutoGrades: scores what Restore read, and writes nbgrader's rows."""

    def preprocess(self, nb, resources):
        names = resources["nbgrader"]
        with gradebook.one_write(names["db_url"]) as connection:
            plan = self.plan(connection, names["assignment"])
            found = [found for cell in nb["cells"] if (found := reading(cell))]
            result = mark(Result(names["student"], readings=found, words=words(nb["cells"])), plan)
            rows.save(connection, plan, [result], {})
        for line in result.looks():
            self.log.warning("look at %s: %s", result.trainee, line)
        nb["cells"] = top(nb["cells"], plan) + nb["cells"]
        return from_dict(nb), resources


def trainees_cells(cells: list, library: Library, assignment: str, scores: dict, book: str) -> list:
    """A graded copy's cells for the trainee: not the supervisor's, and in front a summary by objective of the `scores` that are there."""
    kept = [cell for cell in cells if cell.metadata.get("candor", {}).get("role") != "supervisor"]
    card = library.assignments.get(assignment)
    opened = left_open(filter(None, map(read, kept)))
    text = for_trainee(card, library, scores, book, opened) if card else ""
    for cell in kept:
        place = cell.metadata.get("nbgrader", {})
        if place.get("task") and place["grade_id"] in scores:  # the level that was reached
            level = f"- **{scores[place['grade_id']][0]:g}"
            lines = cell.source.split("\n")
            cell.source = "\n".join(f"{level}: {line.removeprefix(f'{level}**: ')}** (your level)" if line.startswith(f"{level}**: ") else line for line in lines)
    return [from_dict({"cell_type": "markdown", "id": "by-objective", "metadata": {}, "source": text})] * bool(text) + kept


class Grades(GetGrades):
    """nbgrader's grades for the feedback, with both comments; at its top what the trainee can do next."""

    def preprocess(self, nb, resources):
        course, assignment = course_of(settings.of(self.config)), resources["nbgrader"]["assignment"]
        nb, resources = super().preprocess(nb, resources)
        places = [cell.metadata.get("nbgrader", {}) for cell in nb.cells]
        scores = {place["grade_id"]: (place["score"], place["points"]) for place in places if "score" in place and not place["waits"]}
        nb.cells = trainees_cells(nb.cells, course.as_released(assignment), assignment, scores, course.book)
        return nb, resources

    def _get_score(self, cell, resources):
        super()._get_score(cell, resources)
        grade = self.gradebook.find_grade(cell.metadata.nbgrader["grade_id"], self.notebook_id, self.assignment_id, self.student_id)
        cell.metadata.nbgrader["waits"] = waits(grade.needs_manual_grade, grade.manual_score)

    def _get_comment(self, cell, resources):
        name = cell.metadata["nbgrader"]["grade_id"]
        comment = self.gradebook.find_comment(name, self.notebook_id, self.assignment_id, self.student_id)
        cell.metadata.nbgrader["comment"] = joined(comment.manual_comment, comment.auto_comment)
