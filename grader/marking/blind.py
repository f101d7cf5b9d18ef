"""The anchors of a reflection as rows of the marking page, without their marks; then theirs beside the agreed ones."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace

from . import calibrate
from .board import Unsupported
from .levels import in_words, not_of
from .row import Change, Row, Written
from ..cards.model import Reflection
from ..grading.course import Course
from ..language import t


class BlindDesk:
    """What the page shows while somebody calibrates. Nothing is kept until every criterion of every anchor has a mark
    and the agreed marks are asked for; from then on no mark changes."""

    assignment = "calibration"
    bank: tuple[str, ...] = ()
    blind = True
    nothing = ""  # a reflection has anchors

    def __init__(self, course: Course, card: Reflection, who: str):
        self.course, self.card, self.who = course, card, who
        self.places = calibrate.order(card, who, calibrate.times(course, card.name, who))
        self.kept = False
        self._lock = threading.Lock()  # two windows of one page
        empty = (None,) * len(card.criteria)
        self._rows = {
            f"a{number}": Row(f"a{number}", "", str(card.anchors[place].answer).strip(), empty, "")
            for number, place in enumerate(self.places, 1)
        }

    def rows(self) -> list[Row]:
        return list(self._rows.values())

    @property
    def open(self) -> Row | None:
        """The first answer that has not each of its marks yet."""
        return next((row for row in self.rows() if not row.done), None)

    def save(self, changes: Iterable[Change], who: str) -> Written:
        """Take marks in. What is no level of the rubric, and what another window changed in between, is refused."""
        written = Written()
        with self._lock:
            for change in changes:
                row = self._rows.get(change.id)
                if row is None or (wrong := self._refuses(row, change)):
                    written.refused[change.id] = wrong if row else t("There is no such answer. Load the page again.")
                    continue
                marks = tuple(old if new is None else new for old, new in zip(row.marks, change.marks))
                self._rows[row.id] = written.rows[row.id] = replace(row, marks=marks)
        return written

    def _refuses(self, row: Row, change: Change) -> str:
        if self.kept:
            return t("You have seen the agreed marks; these stay as you gave them.")
        if change.seen != row.seen:
            return t("Another window marked this in between ({marks}). Load the page again.", marks=in_words(row.marks))
        return not_of(self.card, change.marks)

    def reveal(self, id: str, who: str, because: str) -> str:
        raise Unsupported(t("An anchor answer is invented: nobody wrote it."))

    def marked(self) -> list[calibrate.Marked]:
        """Each anchor with this marker's levels and the agreed ones, in the order in which they were shown."""
        return [
            calibrate.Marked(place, tuple(int(mark or 0) for mark in row.marks), calibrate.agreed(self.card, place))
            for place, row in zip(self.places, self.rows())
        ]

    def keep(self) -> None:
        """Log it, once. Raises Unsupported; ValueError where a mark is open."""
        with self._lock:
            if self.open:
                raise ValueError(t("A mark is open."))
            if not self.kept:
                calibrate.keep(self.course, self.card, self.who, self.marked())
                self.kept = True
