"""What was reached, by objective and by task; and what was left open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from ..cards.library import Library
from ..cards.model import Assignment
from ..cards.vocabulary import TASKS
from ..grading.read import Read
from ..language import number, t
from ..notebook.assemble import criterion_cell, questions, reflections

What = TypeVar("What", str, tuple[str, str])


def in_words(score: float, points: float, so_far: bool = False) -> str:
    """Points reached: `3.5 of 7`; `so_far` where more of them will be marked."""
    said = {"score": number(round(score, 2)), "points": number(round(points, 2))}
    return t("{score} of {points} so far", **said) if so_far else t("{score} of {points}", **said)


def left_open(reads: Iterable[Read]) -> frozenset[str]:
    """The questions in which nothing was marked."""
    return frozenset(one.cell for one in reads if one.role == "answer" and one.state == "blank")


def by_objective(
    assignment: Assignment, library: Library, scores: Mapping[str, tuple[float, float]]
) -> dict[tuple[str, str], list[float]]:
    """(chapter, objective) -> [score, points] over an assignment's questions and criteria."""
    reached: dict[tuple[str, str], list[float]] = {}
    for name, item in questions(assignment, library).items():
        _add(reached, (item.question.chapter, str(item.question.objective)), scores.get(name))
    for prompt in reflections(assignment, library).values():
        for criterion in prompt.criteria:
            _add(reached, (str(prompt.chapter), str(prompt.objective)), scores.get(criterion_cell(prompt, criterion)))
    return reached


def by_item(
    assignment: Assignment, library: Library, scores: Mapping[str, tuple[float, float]]
) -> dict[tuple[str, str], list[float]]:
    """(chapter, objective) -> the share reached of each of its questions and criteria that is marked and has points."""
    reached: dict[tuple[str, str], list[float]] = {}
    asked = questions(assignment, library)
    cells = [(name, item.question.chapter, item.question.objective) for name, item in asked.items()]
    for prompt in reflections(assignment, library).values():
        cells += [(criterion_cell(prompt, one), str(prompt.chapter), prompt.objective) for one in prompt.criteria]
    for cell, chapter, objective in cells:
        score, points = scores.get(cell, (0.0, 0.0))
        if points:
            reached.setdefault((chapter, str(objective)), []).append(score / points)
    return reached


def by_task(
    assignment: Assignment, library: Library, scores: Mapping[str, tuple[float, float]]
) -> dict[str, list[float]]:
    """Task of the clinician -> [score, points] over the questions that name one, in the order of `TASKS`."""
    reached: dict[str, list[float]] = {}
    for task in TASKS:
        for name, item in questions(assignment, library).items():
            if item.question.task == task:
                _add(reached, task, scores.get(name))
    return reached


def _add(reached: dict[What, list[float]], what: What, pair: tuple[float, float] | None) -> None:
    if pair is not None:
        total = reached.setdefault(what, [0.0, 0.0])
        total[0], total[1] = round(total[0] + pair[0], 4), total[1] + pair[1]
