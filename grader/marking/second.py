"""A second marker, who sees nothing of the first; and the answers on which both must agree.

Second marks are kept in the course's log and change no score. A mark that was agreed upon becomes the score.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from .board import Desk, Row, Unsupported
from .levels import Marks, in_words
from ..cards.library import Library
from ..cards.model import Reflection
from ..grading import kept
from ..language import t
from ..notebook.assemble import reflections

SECOND, AGREED = "second mark", "agreed"


@dataclass(frozen=True)
class Pair:
    """One answer that two people marked: the level of each criterion by each of them."""

    id: str
    first: tuple[float, ...]
    second: tuple[float, ...]
    by: str
    so_far: Marks = ()  # what both agreed upon; None at a criterion that is still open, empty where nothing was

    @property
    def agreed(self) -> Marks | None:
        """What both agreed upon, once that is every criterion."""
        return self.so_far if self.so_far and None not in self.so_far else None

    @property
    def apart(self) -> float:
        """How far the two are from each other, in levels over all criteria."""
        return sum(abs(one - other) for one, other in zip(self.first, self.second))


class SecondDesk(Desk):
    """A reflection for a second marker: every answer with the marks that this marker gave, and none of the first's."""

    def __init__(self, course: Path, assignment: str, reflection: str, who: str, sample: int = 0):
        """`sample`: only so many answers, spread over the marks that the first marker gave; 0 for all. Raises
        Unsupported where the marker is the first one."""
        super().__init__(course, assignment, reflection)
        self.who, self.sample = who, sample
        with self.engine.connect() as connection:
            marked = kept.entries(connection, assignment, what="marked")
            firsts = {kept.marker(entry.who) for entry in marked if self._mine(entry)}
        if kept.marker(who) in firsts:
            raise Unsupported(
                t(
                    "`{who}` marked `{reflection}` first. A second marker is somebody else: give --as NAME.",
                    who=who,
                    reflection=reflection,
                )
            )

    def _rows(self, connection: sa.Connection, lock: bool = False, only: set[str] | None = None) -> dict[str, Row]:
        rows = super()._rows(connection, lock, only)
        own = _second(self, connection, self.who)
        none = (None,) * len(self.criteria)
        shown = {}
        for row in self._drawn(rows) if only is None and self.sample else rows.values():
            said = own.get(row.trainee, {})
            if said.get("answer") != _print(row.answer):  # not marked yet, or other words stand there now
                said = {"marks": none, "comment": ""}
            shown[row.id] = replace(row, marks=tuple(said["marks"]), comment=said["comment"], earlier="")
        return shown

    def _drawn(self, rows: dict[str, Row]) -> list[Row]:
        """A sample with answers of every total in its share: each k-th of those that are marked, in order of the total.
        Of equal ones a number made of the id decides, so that a sheet that is written again has the same answers."""
        marked = sorted(
            (row for row in rows.values() if None not in row.marks),
            key=lambda row: (sum(mark or 0 for mark in row.marks), _print(row.id)),
        )
        if len(marked) <= self.sample:
            return marked
        step = len(marked) / self.sample
        return [marked[int((number + 0.5) * step)] for number in range(self.sample)]

    @property
    def nothing(self) -> str:
        return t(
            "A sample is drawn from what the first marker has marked, and that is nothing yet: leave out --sample."
        )

    def _write(self, connection: sa.Connection, notebook: str, row: Row, marks: Marks, comment: str) -> None:
        """Nothing but the log changes."""

    def _logged(self, row: Row, marks: Marks, comment: str, who: str) -> kept.Entry:
        about = {"marks": list(marks), "comment": comment, "answer": _print(row.answer)}
        return kept.Entry(self.who, SECOND, self.assignment, row.trainee, self.card.name, about)


class AgreedDesk(Desk):
    """The answers on which two markers differ, for the mark that they agree upon: what each gave stands beside it. They
    become the score once every criterion has one: a score is never half agreed upon."""

    def __init__(self, course: Path, assignment: str, reflection: str, least: float = 1):
        """`least`: how many levels over all criteria the two are apart."""
        super().__init__(course, assignment, reflection)
        self.least = least

    def _rows(self, connection: sa.Connection, lock: bool = False, only: set[str] | None = None) -> dict[str, Row]:
        rows = super()._rows(connection, lock, only)
        none = (None,) * len(self.criteria)
        found = _pairs(self, connection, rows)
        self.differ = {pair.id: pair for pair in found if pair.apart >= self.least}
        return {
            name: replace(
                rows[name],
                marks=pair.so_far or none,
                apart=t(
                    "first marker {first}; {marker} {second}",
                    first=in_words(pair.first),
                    marker=pair.by,
                    second=in_words(pair.second),
                ),
            )
            for name, pair in self.differ.items()
        }

    @property
    def nothing(self) -> str:
        return t("There is no answer on which two markers differ.")

    def _write(self, connection: sa.Connection, notebook: str, row: Row, marks: Marks, comment: str) -> None:
        none = (None,) * len(marks)
        super()._write(connection, notebook, replace(row, marks=none), none if None in marks else marks, comment)

    def _logged(self, row: Row, marks: Marks, comment: str, who: str) -> kept.Entry:
        pair = self.differ[row.id]
        about = {"first": pair.first, "second": pair.second, "by": pair.by, "new": [marks, comment]}
        return kept.Entry(who, AGREED, self.assignment, row.trainee, self.card.name, about)


def held(library: Library, assignment: str) -> list[Reflection]:
    """The reflections of an assignment as it was released."""
    return list(reflections(library.assignments[assignment], library).values())


def pairs(desk: Desk) -> list[Pair]:
    """Every answer that two people have marked whole, as it stands now, those that are furthest apart first."""
    with desk.engine.connect() as connection:
        found = list(_pairs(desk, connection, Desk._rows(desk, connection)))
    return sorted(found, key=lambda pair: (-pair.apart, pair.id))


def _pairs(desk: Desk, connection: sa.Connection, rows: dict[str, Row]) -> Iterable[Pair]:
    """An agreed mark took the first one's place in the gradebook: what the first was, the log says beside it."""
    seconds = _second(desk, connection)
    agreed: dict[str, kept.Said] = {}
    for entry in kept.entries(connection, desk.assignment):
        if desk._mine(entry) and entry.what == "marked":
            agreed.pop(entry.trainee, None)
        elif desk._mine(entry) and entry.what == AGREED:
            agreed[entry.trainee] = entry.said
    for row in rows.values():
        said = seconds.get(row.trainee)
        one = agreed.get(row.trainee)
        first = tuple(mark for mark in (one["first"] if one else row.marks) if mark is not None)
        if not said or said["answer"] != _print(row.answer) or None in said["marks"] or len(first) < len(row.marks):
            continue
        yield Pair(row.id, first, tuple(said["marks"]), said["who"], tuple(one["new"][0]) if one else ())


def _second(desk: Desk, connection: sa.Connection, who: str = "") -> dict[str, dict[str, Any]]:
    """Trainee -> the last second mark, of one marker or of any."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for entry in kept.entries(connection, desk.assignment, what=SECOND):
        if desk._mine(entry) and (not who or kept.marker(who) == kept.marker(entry.who)):
            found[entry.trainee] = {**entry.said, "who": entry.who}
    return found


def _print(text: str) -> str:
    """A short check of an answer's words: marks hold for these and for no others."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
