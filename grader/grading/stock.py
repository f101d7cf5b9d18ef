"""Preprocessors for stock nbgrader: they replace `Execute`, so that no line of a submission ever runs."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from pathlib import Path

from nbformat import from_dict
from nbgrader.api import Gradebook
from nbgrader.preprocessors import GetGrades, NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution, is_task
from sqlalchemy.exc import SAWarning
from traitlets import Unicode

from .top_of_copy import for_supervisor, for_trainee, left_open, read
from .outcome import joined, reasons, waits, why
from .rows import changed
from ..notebook.intake import Refused
from ..cards.library import Library, load
from ..notebook.reading import Reading
from ..notebook.recovery import Released
from ..notebook.score import option_lines, score
from ..notebook.submission import restore, supervisor_cell

# nbgrader's own models set these off at every new submission; nobody at the desk can act on them.
warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")


@lru_cache(maxsize=4)
def library_of(root: str, version: str) -> Library:
    return load(Path(root), version=version)


class _Ours(NbGraderPreprocessor):
    """What our preprocessors share: the library, and the names in nbgrader's resources."""

    library = Unicode(help="The folder of the card library").tag(config=True)
    version = Unicode("A", help="The letter of the course: which story of a set its assignments ask").tag(config=True)

    @property
    def cards(self) -> Library:
        return library_of(self.library, self.version)

    def _names(self, resources) -> tuple[str, str]:
        return resources["nbgrader"]["notebook"], resources["nbgrader"]["assignment"]


class Restore(_Ours):
    """Replaces nbgrader's DeduplicateIds, OverwriteKernelspec and OverwriteCells by `submission.restore`."""

    def preprocess(self, nb, resources):
        notebook, assignment = self._names(resources)
        with Gradebook(resources["nbgrader"]["db_url"]) as gradebook:
            cells = released_cells(gradebook.find_notebook(notebook, assignment), self.cards, assignment)
        student = resources["nbgrader"]["student"]
        restored = restore(nb, cells, f"submitted/{student}/{assignment}/{notebook}.ipynb")
        for name, note in restored.notes.items():
            self.log.warning("look at %s: %s: %s", student, name, note)
        return from_dict(restored.notebook), resources


def released_cells(notebook, library: Library, assignment: str) -> list[Released]:
    """The cells of a released notebook (an nbgrader `Notebook`), in order.

    Raises Refused where a question's options are no longer those that were released: letters would then
    stand for other texts, and a wrong key is worse than none.
    """
    grades = {cell.name: cell for cell in notebook.grade_cells}
    tasks = {cell.name: cell for cell in notebook.task_cells}
    cells = []
    for cell in notebook.source_cells:
        role, points, kind = "text", 0.0, ""
        if cell.name in tasks:
            role, points = "criterion", tasks[cell.name].max_score
        elif cell.name in grades:
            points = grades[cell.name].max_score
            role = "other"
            if cell.name in library.questions:
                role, kind = "answer", str(library.questions[cell.name].kind)
                if (cell.source or "").split("\n") != option_lines(library.questions[cell.name]):
                    raise Refused(changed(cell.name, assignment))
            elif cell.name in library.reflections:
                role = "reflection"
        cells.append(Released(cell.name, cell.source or "", cell.checksum or "", role, points, kind, cell.cell_type))
    return _in_order(cells, assignment, library)


def _in_order(cells: list[Released], assignment: str, library: Library) -> list[Released]:
    """The gradebook keeps no order: take the assignment's, and put what it does not know behind."""
    from ..notebook.assemble import layout

    card = library.assignments.get(assignment)
    places = {name: place for place, name in enumerate(layout(card, library))} if card else {}
    return sorted(cells, key=lambda cell: (places.get(cell.name, len(places)), cell.name))


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


class Score(_Ours):
    """Replaces Execute and SaveAutoGrades: scores what Restore read, and writes nbgrader's rows.

    Fails closed: a graded cell without a reading of ours gets no score and is left to a person.
    """

    def preprocess(self, nb, resources):
        nb = from_dict(nb)
        notebook, assignment = self._names(resources)
        student, library = resources["nbgrader"]["student"], self.cards
        with Gradebook(resources["nbgrader"]["db_url"]) as gradebook:
            submitted = gradebook.find_submission_notebook(notebook, assignment, student)
            grades = {grade.name: grade for grade in submitted.grades}
            comments = {comment.name: comment for comment in submitted.comments}
            looks = []
            for cell in nb.cells:
                name = cell.metadata.get("nbgrader", {}).get("grade_id")
                if is_solution(cell) or is_task(cell):
                    comments[name].auto_comment = self._comment(cell, library)
                if is_grade(cell) and self._grade(cell, grades[name], library):
                    looks.append((name, why(comments[name].auto_comment)))
            gradebook.db.commit()
        for line in reasons(looks):
            self.log.warning("look at %s: %s", student, line)
        if first := for_supervisor(filter(None, map(read, nb.cells)), library.questions, library.reflections):
            nb.cells.insert(0, from_dict(supervisor_cell(first)))
        return nb, resources

    @staticmethod
    def _score(cell, library: Library):
        read = cell.metadata.get("candor", {})
        question = library.questions.get(cell.metadata.nbgrader.grade_id)
        if read.get("role") != "answer" or question is None:
            return None
        return score(question, Reading(tuple(read["chosen"]), read["state"], read["note"]))

    def _grade(self, cell, grade, library: Library) -> bool:
        """Score a cell; whether a person must look at it."""
        result, role = self._score(cell, library), cell.metadata.get("candor", {}).get("role")
        if result is not None:
            grade.auto_score, look = result.fraction * grade.max_score, result.look
            grade.needs_manual_grade = look or grade.manual_score is not None
        else:
            look = role != "reflection"
            grade.auto_score, grade.needs_manual_grade = None if look else 0.0, look
        return look

    def _comment(self, cell, library: Library) -> str | None:
        result = self._score(cell, library)
        if result is not None:
            return result.comment
        if cell.metadata.get("candor", {}).get("state") == "blank":
            return "No response."
        return None


class Grades(GetGrades):
    """nbgrader's grades for the feedback, with both comments; at its top what the trainee can do next."""

    library = Unicode(help="The folder of the card library").tag(config=True)
    version = Unicode("A", help="The letter of the course: which story of a set its assignments ask").tag(config=True)
    book = Unicode(help="The address of the published book, for links in the feedback").tag(config=True)

    def preprocess(self, nb, resources):
        nb, resources = super().preprocess(nb, resources)
        places = [cell.metadata.get("nbgrader", {}) for cell in nb.cells]
        scores = {place["grade_id"]: (place["score"], place["points"]) for place in places if "score" in place and not place["waits"]}
        nb.cells = trainees_cells(nb.cells, library_of(self.library, self.version), resources["nbgrader"]["assignment"], scores, self.book)
        return nb, resources

    def _get_score(self, cell, resources):
        super()._get_score(cell, resources)
        grade = self.gradebook.find_grade(cell.metadata.nbgrader["grade_id"], self.notebook_id, self.assignment_id, self.student_id)
        cell.metadata.nbgrader["waits"] = waits(grade.needs_manual_grade, grade.manual_score)

    def _get_comment(self, cell, resources):
        name = cell.metadata["nbgrader"]["grade_id"]
        comment = self.gradebook.find_comment(name, self.notebook_id, self.assignment_id, self.student_id)
        cell.metadata.nbgrader["comment"] = joined(comment.manual_comment, comment.auto_comment)
