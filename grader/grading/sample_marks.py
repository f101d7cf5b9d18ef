"""A person's marks, written through nbgrader's own gradebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from nbgrader.api import Gradebook

from ..cards.library import Library
from ..cards.model import Assignment, Reflection
from ..notebook.assemble import criterion_cell


class Answers(Protocol):
    """A synthetic trainee. `anchors`: reflection -> the anchor that was copied; None where nothing was written."""

    @property
    def id(self) -> str: ...

    @property
    def anchors(self) -> Mapping[str, int | None]: ...


def database(course: Path) -> str:
    return f"sqlite:///{course.resolve() / 'gradebook.db'}"


def mark(
    gradebook: Gradebook,
    assignment: str,
    trainee: str,
    reflection: Reflection,
    marks: tuple[int, ...],
    comment: str = "",
) -> None:
    """Enter one mark for each criterion. Raises ValueError for a mark that is not a level of its criterion."""
    if len(marks) != len(reflection.criteria):
        raise ValueError(f"{reflection.name}: {len(reflection.criteria)} marks are needed, not {len(marks)}")
    for criterion, level in zip(reflection.criteria, marks):
        if level not in criterion.levels:
            raise ValueError(
                f"{reflection.name}: {level} is not a level of `{criterion.name}`: {sorted(criterion.levels)}"
            )
        grade = gradebook.find_grade(criterion_cell(reflection, criterion), assignment, assignment, trainee)
        grade.manual_score, grade.needs_manual_grade = float(level), False
    if comment:
        last = criterion_cell(reflection, reflection.criteria[-1])
        gradebook.find_comment(last, assignment, assignment, trainee).manual_comment = comment
    gradebook.db.commit()


def mark_from_anchors(course: Path, assignment: Assignment, library: Library, trainees: Iterable[Answers]) -> None:
    """Sample marks for a synthetic cohort: who copied an anchor gets its marks, who wrote nothing the lowest."""
    with Gradebook(database(course)) as gradebook:
        for trainee in trainees:
            for name, anchor in trainee.anchors.items():
                card = library.reflections[name]
                lowest = tuple(min(criterion.levels) for criterion in card.criteria)
                marks = tuple(int(value) for value in card.anchors[anchor].marks) if anchor is not None else lowest
                words = (
                    ""
                    if anchor is None
                    else "Sample comment: compare your answer with the descriptors of each criterion."
                )
                mark(gradebook, assignment.name, trainee.id, card, marks, words)
