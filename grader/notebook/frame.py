"""What was handed out, cell by cell, and what a trainee wrote in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from .answer_lines import without_space


@dataclass(frozen=True, slots=True)
class Released:
    """A cell as it was released, from the gradebook: the only source of what is locked and of the points."""

    name: str
    source: str
    checksum: str
    role: str  # "text" (locked), "answer" (a question), "reflection", "criterion" (of a rubric), "other" (none of ours)
    points: float = 0.0
    kind: str = ""  # of a question
    cell_type: str = "markdown"


@dataclass
class Written:
    """What stands in a submission. `texts`: answer cell -> its texts, several where it was copied or split. `extras`:
    what is none of ours, by the released cell that it follows, "" for the beginning. `notes`: answer cell -> what was
    odd about it."""

    texts: dict[str, list[str]]
    extras: dict[str, list[str]]
    notes: dict[str, list[str]] = field(default_factory=dict)
    lists: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)


def same(one: str, other: str) -> bool:
    """Whether two texts differ in white space alone."""
    return one.split() == other.split()


def as_released(text: str, source: str) -> bool:
    """Whether an answer cell is as it was handed out, white space aside."""
    return text == source or without_space(text) == _bare(source)


@lru_cache(maxsize=4096)
def _bare(source: str) -> str:
    """`without_space` of a cell that was released: it is asked for each submission."""
    return without_space(source)
