"""The marks of one answer: a level of the rubric for each criterion."""

from __future__ import annotations

from typing import TypeAlias

from ..cards.model import Reflection
from ..counted import counted
from ..language import number, t, tc

#: The level of each criterion; None where nobody has marked it.
Marks: TypeAlias = tuple[float | None, ...]


def as_level(mark: object) -> float | None:
    """A level as the rubric has it; half a mark, which Formgrader allows, stays what it is. What is no number, in a
    gradebook that somebody damaged, is no mark."""
    if not isinstance(mark, int | float):
        return None
    return int(mark) if mark == int(mark) else mark


def not_of(card: Reflection, marks: Marks) -> str:
    """What is wrong with marks by a reflection's rubric, in one line; empty where they keep to it."""
    if len(marks) != len(card.criteria):
        asked = counted(len(card.criteria), "criterion", "criteria")
        return t("{marks} for {criteria}.", marks=counted(len(marks), "mark"), criteria=asked)
    for mark, criterion in zip(marks, card.criteria):
        if mark is not None and mark not in criterion.levels:
            allowed = ", ".join(map(str, sorted(criterion.levels, reverse=True)))
            return t(
                "`{mark}` is not a level of *{criterion}*. Allowed: {levels}.",
                mark=mark,
                criterion=criterion.name,
                levels=allowed,
            )
    return ""


def in_words(marks: Marks) -> str:
    """The levels of one answer, for a message."""
    return ", ".join(tc("mark", "none") if mark is None else number(mark) for mark in marks)


def steps(one: float, other: float, levels: tuple[int, ...]) -> int:
    """How many levels of a rubric lie between two marks, with its sign: from 2 to 4 is one where it has 0, 2 and 4.
    Half a mark is taken for the nearest level."""
    order = sorted(levels)
    here, there = (min(range(len(order)), key=lambda place: abs(order[place] - mark)) for mark in (one, other))
    return here - there
