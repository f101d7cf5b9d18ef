"""What stands behind a number: a card for each work that is leaned on, and dated rows of law and help lines for each
place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from .model import Card
from .problem import Text
from .vocabulary import CERTAINTIES, DESIGNS, GATES, LINES, RULINGS, SEEN, excuses, optional, required, reviewed


def _seen() -> Any:
    return required("How far was it read?", words=SEEN)


def _checked() -> Any:
    return required("The day on which it was looked at: 2026-11-28", date=True)


def _again(made: Callable[..., Any] = required) -> Any:
    return made("The day by which somebody should look again", date=True)


class Dated:
    """What rests on a source that somebody looked at on a day, and is to look at again."""

    seen: Text
    checked: Text
    look_again: Text

    @property
    def due(self) -> bool:
        """Whether the day has passed on which somebody was to look again."""
        return bool(self.look_again) and str(self.look_again) < date.today().isoformat()


class Row(Dated):
    """A row of a place: what its law says of a topic, or whom to call."""

    topic: Text
    says: Text
    source: Text


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One result of a work. What the work set out to measure comes first."""

    id: Text = required("A short name, by which a chapter's evidence table takes this result: pain-intensity")
    what: Text = required("What was measured, and of what against what; say where it is the primary outcome")
    found: Text = required("The result as printed, with its numbers")
    interval: Text = optional("The interval, the p value or the range, as printed")
    follow_up: Text = optional("After how long")
    certainty: Text = optional("Only where this result is less or more sure than the card", words=CERTAINTIES)


@dataclass(frozen=True, kw_only=True)
class Evidence(Card, Dated):
    """An evidence card. Its name is the work's key in the bibliography."""

    design: Text = required(
        "randomised trial, systematic review, cohort, cross-sectional survey, guideline, statute, textbook, ..."
    )
    setting: Text = optional("Where and when: Canada, two clinics, 2011 to 2014")
    population: Text = required("Who: as the work itself says it; for a statute or a code, whom it binds")
    n: Text = optional("How many, as printed: 108 couples")
    comparison: Text = optional("Compared with what; or: none")
    outcomes: tuple[Outcome, ...] = optional(
        "The results that are leaned on, the primary outcome first; none where the work was not seen", default=()
    )
    certainty: Text = required("How sure does it let us be?", words=CERTAINTIES)
    because: Text = required("Why no surer and no less sure")
    does_not_show: Text = required("What a reader might take from it and should not")
    bears_on: tuple[Text, ...] = optional(
        "Dangers that the work itself is about, so that a must-not-miss question may rest on it",
        default=(),
        words=GATES,
    )
    place: Text = optional("Law: where it holds")
    section: Text = optional("Law: the section")
    in_force: Text = optional("Law: the day since which it holds as described", date=True)
    seen: Text = _seen()
    where: Text = optional("Where it was read: an address, or what quotes it")
    checked: Text = _checked()
    look_again: Text = _again(optional)
    allow: dict[str, Text] = excuses()

    @property
    def review(self) -> str:
        """Evidence cards are read against their work, not reviewed by a clinician."""
        return "draft"

    def texts(self) -> Iterator[tuple[str, Text]]:
        """Its texts that may hold numbers, each with the name of its field; `does_not_show` is none of them."""
        for name in ("design", "setting", "population", "n", "comparison", "because", "section"):
            yield name, getattr(self, name)
        for one in self.outcomes:
            for name in ("what", "found", "interval", "follow_up"):
                yield str(one.id), getattr(one, name)

    @property
    def kind_of_design(self) -> str:
        """The design in a word or two, for lists and counts: the first of our words that stands in it."""
        return next((word for word, signs in DESIGNS.items() if re.search(signs, self.design, re.IGNORECASE)), "other")

    def outcome(self, id: str) -> Outcome | None:
        return next((one for one in self.outcomes if one.id == id), None)

    def grade(self, id: str = "") -> str:
        """The certainty of a result; of the card where the result says nothing else."""
        one = self.outcome(id) if id else None
        return str((one.certainty if one else "") or self.certainty)


@dataclass(frozen=True, kw_only=True)
class Ruling(Row):
    """What the law of a place says about one topic, in our words; never advice."""

    topic: Text = required("Which topic?", words=RULINGS)
    says: Text = required("What it says, in our words")
    section: Text = required("The act and section, or the case")
    in_force: Text = optional("The day since which it holds as described; empty where nobody saw it", date=True)
    source: Text = required("A key of book/references.bib")
    seen: Text = _seen()
    checked: Text = _checked()
    look_again: Text = _again()


@dataclass(frozen=True, kw_only=True)
class HelpLine(Row):
    """A line or service that people can turn to."""

    topic: Text = required("For what?", words=LINES)
    name: Text = required("The service's own name")
    reach: Text = required("Number, text or address, as the service gives it")
    says: Text = optional("Who it is for, when it answers, in which languages")
    source: Text = required("A key of book/references.bib, or the service's own address")
    seen: Text = _seen()
    checked: Text = _checked()
    look_again: Text = _again()


@dataclass(frozen=True, kw_only=True)
class Place(Card):
    """A place: what its law says, topic by topic, and whom people can call."""

    title: Text = required("The place's name")
    within: Text = optional("The place that it belongs to, whose rows hold here too: united-states")
    note: Text = optional("What a reader should know about this page", block=True)
    law: tuple[Ruling, ...] = optional("Rows of law", default=())
    lines: tuple[HelpLine, ...] = optional("Help lines", default=())
    allow: dict[str, Text] = excuses()
    review: Text = reviewed()
