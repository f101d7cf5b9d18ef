"""The marks of one answer: a level of the rubric for each criterion."""

from __future__ import annotations

from typing import TypeAlias

#: The level of each criterion; None where nobody has marked it.
Marks: TypeAlias = tuple[float | None, ...]


def as_level(mark: float | None) -> float | None:
    """A level as the rubric has it; half a mark, which Formgrader allows, stays what it is."""
    return int(mark) if mark is not None and mark == int(mark) else mark


def in_words(marks: Marks) -> str:
    """The levels of one answer, for a message."""
    return ", ".join("none" if mark is None else str(mark) for mark in marks)
