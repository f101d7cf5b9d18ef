"""A certifying body as data: its areas, and what it asks, row by row, each with how it was checked."""

from __future__ import annotations

from dataclasses import dataclass

from .model import Card
from .problem import Text
from .vocabulary import CONFIDENCES, EVIDENCE, excuses, optional, required, reviewed
from ..language import t

_UNDATED = ("", "undated")


def day_of(date: str) -> str:
    """The date of a version of rules, or in words that there was none."""
    return t("no date on the page we read") if date in _UNDATED else str(date)


@dataclass(frozen=True, kw_only=True)
class Area:
    """A knowledge or training area that a body names."""

    id: Text = required("A short id, such as a or st-f")
    title: Text = required("What the area is, in our words")
    chapters: tuple[Text, ...] = optional(
        "Chapters that bear on it, besides those that name it under `covers`", default=()
    )


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One thing that a body asks, with how it was checked."""

    id: Text = required("A short id")
    title: Text = required("What is asked, in our words")
    kind: Text = required(
        "hours, count, document, membership or exam", words=("hours", "count", "document", "membership", "exam")
    )
    minimum: Text = optional("The least that is asked; empty where no number was seen")
    unit: Text = optional("hours, years, letters, ...")
    caps: dict[str, Text] = optional(
        "Caps inside the total: e-learning, group, group-share, telehealth, per-month, each-area-at-least,"
        " areas-at-least",
        default={},
    )
    counts: tuple[Text, ...] = optional(
        "Which kinds of ledger entries count: education, training, sar, client, supervision, ...", default=()
    )
    formats: tuple[Text, ...] = optional("Only entries of these formats: in-person, individual, ...", default=())
    areas: tuple[Text, ...] = optional(
        "With each-area-at-least: which of the body's areas; all of them by default", default=()
    )
    within: Text = optional("The requirement inside whose total this one stands; its caps bind there too")
    plan: Text = optional("Where sources conflict: the larger number, to plan for")
    note: Text = optional("Conditions, exceptions, conflicts between sources", block=True)
    version: Text = optional("The body's own version")
    date: Text = optional("Date of that version")
    source: Text = optional("Where it was read")
    confidence: Text = required("SEEN (read in a source) or KNOWN (not read; shown as unconfirmed)", words=CONFIDENCES)
    evidence: Text = required("How good the source is", words=EVIDENCE)
    verify: Text = required("yes: check with the body before relying on it; or no", words=("yes", "no"))

    @property
    def dated(self) -> str:
        """The version of the rule and its date, in words; what the source does not say is not said twice."""
        version, date = str(self.version), day_of(self.date)
        return date if version in (*_UNDATED, date) else f"{version}, {date}"


@dataclass(frozen=True, kw_only=True)
class Body(Card):
    """A certifying body: what it asks, in which version, and how that was checked."""

    title: Text = required("The body and its credential")
    country: Text = required("Where it certifies")
    rule: Text = optional("yes: a rule of law or of a body, and no credential that one can earn", words=("yes",))
    source: Text = required("The body's own page")
    version: Text = required("The version of the rules that was read")
    date: Text = required("The date of that version; or undated")
    family: Text = optional("Where there are several versions: the name that they share")
    since: Text = optional("The day from which this version holds for new contracts: 2025-05-01")
    exam: Text = required("What examination there is; or: no examination is mentioned in the pages read")
    note: Text = optional("What a reader should know about this entry", block=True)
    areas: tuple[Area, ...] = optional("Knowledge and training areas", default=())
    requirements: tuple[Requirement, ...] = required("What is asked")
    allow: dict[str, Text] = excuses()
    review: Text = reviewed()
