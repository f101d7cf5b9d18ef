"""What stands behind a number: a card for each work that is leaned on, and dated rows of law and help lines for each
place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .model import Card
from .problem import Text
from .vocabulary import CERTAINTIES, DESIGNS, GATES, LINES, RULINGS, SEEN, optional, required

_SEEN = "How far was it read?"
_CHECKED = "The day on which it was looked at: 2026-11-28"
_AGAIN = "The day by which somebody should look again"


def due(day: str) -> bool:
    """Whether the day has passed on which somebody was to look again."""
    return bool(day) and str(day) < date.today().isoformat()


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
class Evidence(Card):
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
    seen: Text = required(_SEEN, words=SEEN)
    where: Text = optional("Where it was read: an address, or what quotes it")
    checked: Text = required(_CHECKED, date=True)
    look_again: Text = optional(_AGAIN, date=True)
    allow: dict[str, Text] = optional("A warning that this card excuses, with the reason", default={})

    @property
    def review(self) -> str:
        """Evidence cards are read against their work, not reviewed by a clinician."""
        return "draft"

    def texts(self) -> Iterator[tuple[str, str]]:
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

    @property
    def due(self) -> bool:
        return due(self.look_again)

    def outcome(self, id: str) -> Outcome | None:
        return next((one for one in self.outcomes if one.id == id), None)

    def grade(self, id: str = "") -> str:
        """The certainty of a result; of the card where the result says nothing else."""
        one = self.outcome(id) if id else None
        return str((one.certainty if one else "") or self.certainty)


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What the law of a place says about one topic, in our words; never advice."""

    topic: Text = required("Which topic?", words=RULINGS)
    says: Text = required("What it says, in our words")
    section: Text = required("The act and section, or the case")
    in_force: Text = optional("The day since which it holds as described; empty where nobody saw it", date=True)
    source: Text = required("A key of book/references.bib")
    seen: Text = required(_SEEN, words=SEEN)
    checked: Text = required(_CHECKED, date=True)
    look_again: Text = required(_AGAIN, date=True)

    @property
    def due(self) -> bool:
        return due(self.look_again)


@dataclass(frozen=True, kw_only=True)
class HelpLine:
    """A line or service that people can turn to."""

    topic: Text = required("For what?", words=LINES)
    name: Text = required("The service's own name")
    reach: Text = required("Number, text or address, as the service gives it")
    says: Text = optional("Who it is for, when it answers, in which languages")
    source: Text = required("A key of book/references.bib, or the service's own address")
    seen: Text = required(_SEEN, words=SEEN)
    checked: Text = required(_CHECKED, date=True)
    look_again: Text = required(_AGAIN, date=True)

    @property
    def due(self) -> bool:
        return due(self.look_again)


@dataclass(frozen=True, kw_only=True)
class Place(Card):
    """A place: what its law says, topic by topic, and whom people can call."""

    title: Text = required("The place's name")
    within: Text = optional("The place that it belongs to, whose rows hold here too: united-states")
    note: Text = optional("What a reader should know about this page")
    law: tuple[Ruling, ...] = optional("Rows of law", default=())
    lines: tuple[HelpLine, ...] = optional("Help lines", default=())
    allow: dict[str, Text] = optional("A warning that this card excuses, with the reason", default={})
    review: Text = required("draft; or DATE by NAME, CREDENTIAL; or retired, see NAME")
