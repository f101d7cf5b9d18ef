"""What a marking desk shows of an answer, what somebody wants of it, and what came of that."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

from .levels import Marks
from ..grading.outcome import first_of


@dataclass(frozen=True)
class Row:
    """One trainee's reflection: an anonymous id, what was written, the level of each criterion (None: not marked yet),
    the comment."""

    id: str
    trainee: str
    answer: str
    marks: Marks
    comment: str
    notice: str = ""  # what the guard saw
    found: str = ""  # how it was found, where it was not whole in its place; or where to look for it
    earlier: str = ""  # the marks of an answer that stood here before, which were set aside
    blank: bool = False  # nothing was written: there is nothing to mark, and it counts 0
    ready: bool = True  # whether the gradebook has a place for each mark
    apart: str = ""  # what two markers gave, where they are to agree
    same: tuple[tuple[str, str], ...] = ()  # where the same text stands too: (a row's id or empty, the place in words)

    @property
    def seen(self) -> str:
        """A short check of answer, marks and comment, by which a later write knows that nothing came in between. It
        begins with a letter: a spreadsheet takes it for no number."""
        return "s" + hashlib.sha256(json.dumps([self.answer, self.marks, self.comment]).encode()).hexdigest()[:12]

    @property
    def told_same(self) -> str:
        """Where the same text stands too, in a line, of many the first; empty where nowhere."""
        return first_of([words for _, words in self.same])

    @property
    def done(self) -> bool:
        """Whether nobody has to mark it any more."""
        return self.blank or None not in self.marks

    @property
    def stale(self) -> bool:
        """Whether it was marked, and the answer has changed since: it is open again."""
        return bool(self.earlier)


@dataclass(frozen=True)
class Change:
    """What a supervisor wants a row to be. A mark of None, or a comment of None, leaves what is there."""

    id: str
    seen: str
    marks: tuple[int | None, ...]
    comment: str | None = None


@dataclass
class Written:
    """What came of a write: `rows` as they now stand, and one line for each change that was not made."""

    rows: dict[str, Row] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def after(row: Row, change: Change) -> tuple[Marks, str]:
    """Marks and comment of a row as a change wants them."""
    marks = tuple(old if new is None else new for old, new in zip(row.marks, change.marks))
    return marks, row.comment if change.comment is None else change.comment
