"""Where a trainee stands with a certifying body: done, counted after caps, missing, planned, and why something does not
count. `js/src/book/hours` does the same on the site; `tests/hours` holds both to the same ledgers.

The rules are data (`exercises/certification/`), each row with its source; what was not confirmed is said to be so.
This is a planning aid. The body decides.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from datetime import date

from . import why
from .forecast import forecast
from .ledger import Ledger
from .line import Entry
from ...cards.bodies import Body, Requirement
from ...language import number, t, tn

_RATIO = re.compile(r"hours? for every (\d+)")


@dataclass
class Standing:
    """One requirement: hours (or months) done, counted and planned, what is asked, and one line for each thing not
    counted."""

    requirement: Requirement
    needed: float | None = None
    done: float = 0.0
    counted: float = 0.0
    planned: float = 0.0
    reasons: list[str] = field(default_factory=list)
    forecast: str = ""
    short: bool = False  # something beside the total is missing, such as hours in an area
    hours: dict[int, float] = field(default_factory=dict)  # what counts of each entry, by its line
    entries: list[Entry] = field(default_factory=list)  # what was done, for its evidence
    spent: set[str] = field(default_factory=set)  # formats whose cap is full: more of them would add nothing

    @property
    def complete(self) -> bool:
        return self.kept and self.missing == 0 and not self.short

    @property
    def missing(self) -> float | None:
        return None if self.needed is None else max(0.0, round(self.needed - self.counted, 2))

    @property
    def share(self) -> float:
        """How much of what is asked counts already; 1 where no number was read."""
        return self.counted / self.needed if self.needed else 1.0

    @property
    def kept(self) -> bool:
        """Whether the ledger holds this requirement at all; else the trainee keeps the evidence."""
        return bool(self.requirement.counts)

    @property
    def unconfirmed(self) -> bool:
        return self.requirement.confidence != "SEEN" or self.requirement.verify == "yes"


#: The limits inside a total that are counted. Others that the data name are told to the trainee, who sees to them.
APPLIED = {
    "e-learning",
    "telehealth",
    "group",
    "group-share",
    "per-month",
    "each-area-at-least",
    "areas-at-least",
    "in-all",
}


@dataclass
class Readiness:
    """A body's requirements as a trainee stands with them, and how the version of the rules was chosen."""

    body: Body
    chosen: str
    standings: list[Standing]


def evaluate(ledger: Ledger, body: Body, chosen: str, today: date) -> Readiness:
    """Count a ledger by a body's rules on a day. Hours after it are planned, not done."""
    by_id = {str(requirement.id): Standing(requirement) for requirement in body.requirements}
    for standing in sorted(by_id.values(), key=lambda one: bool(one.requirement.within)):
        parts = [one.requirement for one in by_id.values() if one.requirement.within == standing.requirement.id]
        _count(standing, parts, by_id.get(str(standing.requirement.within)), body, ledger, today)
    for standing in by_id.values():
        _needed(standing, body, ledger, today)
        if standing.missing and standing.requirement.kind == "hours":
            still = [
                replace(entry, hours=standing.hours[entry.line])
                for entry in _mine(standing.requirement, ledger)
                if standing.hours.get(entry.line)
            ]
            standing.forecast = (
                forecast(
                    [entry for entry in still if not any(map(entry.may_be, standing.spent))], standing.missing, today
                )
                if still
                else ""
            )
    return Readiness(body, chosen, list(by_id.values()))


def _mine(requirement: Requirement, ledger: Ledger) -> list[Entry]:
    """The lines of which a row takes the hours: by kind, by format, and of supervision by who gave it."""
    formats = requirement.formats
    return [
        entry for entry in _of_kind(requirement, ledger) if entry.accepted and (not formats or entry.format in formats)
    ]


def _of_kind(requirement: Requirement, ledger: Ledger) -> list[Entry]:
    return [entry for entry in ledger.entries if entry.kind in requirement.counts]


def _count(
    standing: Standing, parts: list[Requirement], whole: Standing | None, body: Body, ledger: Ledger, today: date
) -> None:
    """Hours after caps: first by month, then by format, in the order of the dates. Caps of the rows `within` this one
    bind here too.

    A row within another (`whole`) starts from the hours that counted there. In a full month hours of a capped format
    give way first, so no other choice of hours would count for more.
    """
    requirement = standing.requirement
    mine = _mine(requirement, ledger)
    past = [entry for entry in mine if entry.date <= today]
    standing.done = round(sum(entry.hours for entry in past), 2)
    standing.planned = round(sum(entry.hours for entry in mine if entry.date > today), 2)
    standing.entries = past
    if not whole:
        _not_taken(standing, ledger, today)
    if unseen := [
        f"{name.replace('-', ' ')}: {value}" for name, value in requirement.caps.items() if str(name) not in APPLIED
    ]:
        standing.reasons.append(t("Asked as well, and not counted here: {limits}.", limits="; ".join(unseen)))
    caps: dict[str, float] = {}
    for one in (requirement, *parts):
        caps |= {str(name): most for name, value in one.caps.items() if (most := _number(value)) is not None}
    hours = {entry.line: whole.hours.get(entry.line, 0.0) if whole else entry.hours for entry in past}
    if whole and (lost := standing.done - sum(hours.values())) > 1e-9 and requirement.kind == "hours":
        standing.reasons.append(why.over_a_cap(lost, str(whole.requirement.title)))
    minimum = _number(requirement.minimum)
    limits = {name: caps[name] for name in ("e-learning", "telehealth", "group") if name in caps}
    if "group-share" in caps and minimum and not _RATIO.match(str(requirement.unit)):
        limits["group"] = caps["group-share"] * minimum
    if "per-month" in caps and not whole:
        _cap_months(
            hours,
            sorted(past, key=lambda entry: (any(map(entry.may_be, limits)), entry.date)),
            caps["per-month"],
            standing,
        )
    for form, most in limits.items():
        some = [entry for entry in past if entry.may_be(form)]
        _cap(hours, some, most, t("{format} counts up to {most}", format=form, most=number(most)), standing)
        if sum(hours[entry.line] for entry in some) >= most - 1e-9:
            standing.spent.add(form)
    standing.hours, standing.counted = hours, round(sum(hours.values()), 2)
    unsaid = sum(hours[entry.line] for entry in past if entry.kind == "supervision" and not entry.supervisor)
    if unsaid and not whole:
        standing.reasons.append(why.unsaid(unsaid))
    if least := caps.get("each-area-at-least"):
        known = [str(area.id) for area in body.areas if not requirement.areas or area.id in requirement.areas]
        _areas(standing, past, least, known, int(caps.get("areas-at-least", len(known))))
    if requirement.unit in ("months", "month") and requirement.counts:
        standing.done = standing.counted = _months([entry for entry in past if hours[entry.line]])
        standing.planned = 0.0
    if ledger.contract and not whole and {"supervision", "client"} & set(requirement.counts):
        early = sum(hours[entry.line] for entry in past if entry.date < ledger.contract)
        if early:
            standing.reasons.append(why.early(early, ledger.contract))


def _not_taken(standing: Standing, ledger: Ledger, today: date) -> None:
    """What of the hours done a row does not take, and why."""
    requirement = standing.requirement
    past = [entry for entry in _of_kind(requirement, ledger) if entry.date <= today]
    if peers := sum(entry.hours for entry in past if not entry.accepted):
        standing.reasons.append(why.not_certified(peers))
    if formats := requirement.formats:
        others = [entry for entry in past if entry.accepted and entry.format not in formats]
        if known := [entry for entry in others if entry.format]:
            standing.reasons.append(why.not_taken(sum(one.hours for one in known), (one.format for one in known)))
        if bare := sum(entry.hours for entry in others if not entry.format):
            standing.reasons.append(why.no_format(bare, formats))


def _cap(hours: dict[int, float], some: list[Entry], most: float, words: str, standing: Standing) -> None:
    left = most
    over = 0.0
    for entry in some:
        kept = min(hours[entry.line], left)
        over += hours[entry.line] - kept
        hours[entry.line], left = kept, left - kept
    if over > 1e-9:
        standing.reasons.append(tn("{n} hour not counted: {why}.", "{n} hours not counted: {why}.", over, why=words))


def _cap_months(hours: dict[int, float], past: list[Entry], most: float, standing: Standing) -> None:
    for month in sorted({(entry.date.year, entry.date.month) for entry in past}):
        some = [entry for entry in past if (entry.date.year, entry.date.month) == month]
        words = t("{month} has more than {most} in a month", month=f"{month[0]}-{month[1]:02}", most=number(most))
        _cap(hours, some, most, words, standing)


def _areas(standing: Standing, past: list[Entry], least: float, known: list[str], wanted: int) -> None:
    """Whether so many of the body's areas have their least hours. Hours without an area count for the total alone; a
    line over two areas gives each a half."""
    found = dict.fromkeys(known, 0.0)
    strange: set[str] = set()
    for entry in past:
        named = [area for area in re.split(r"[ ,;]+", entry.area) if area]
        for area in named:
            if area in found:
                found[area] += standing.hours[entry.line] / len(named)
            else:
                strange.add(area)
    if strange:
        standing.reasons.append(why.strange_areas(strange, known))
    shown = {area: number(math.floor(100 * hours + 0.5) / 100) for area, hours in found.items()}
    low = [f"{area} ({shown[area]})" for area, hours in found.items() if hours < least - 1e-9]
    if len(known) - len(low) < wanted:
        standing.short = True
        standing.reasons.append(why.few_areas(low, len(known), wanted, least))


def _months(past: list[Entry]) -> float:
    """Months from the first to the last day, in whole ones."""
    if not past:
        return 0.0
    first, last = past[0].date, past[-1].date
    return float(max(0, (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)))


def _needed(standing: Standing, body: Body, ledger: Ledger, today: date) -> None:
    """What is asked; for a ratio such as `hour for every 6 clinical hours`, from the client hours that the body asks
    for, or that were done if more."""
    requirement = standing.requirement
    ratio = _RATIO.match(str(requirement.unit))
    if ratio and standing.kept:
        per = (_number(requirement.minimum) or 1) / int(ratio[1])
        clients = sum(entry.hours for entry in ledger.entries if entry.kind == "client" and entry.date <= today)
        asked = max(
            (
                _number(row.minimum) or 0.0
                for row in body.requirements
                if row.kind == "hours" and "client" in row.counts
            ),
            default=0.0,
        )
        standing.needed = float(math.ceil(max(clients, asked) * per))
        standing.reasons.append(why.due(math.ceil(clients * per), clients, standing.needed))
        share = _number(requirement.caps.get("group-share", ""))
        if share is not None:
            _cap(
                standing.hours,
                [entry for entry in _mine(requirement, ledger) if entry.may_be("group") and entry.date <= today],
                share * standing.needed,
                t(
                    "group counts up to {most} of {of}",
                    most=number(share * standing.needed),
                    of=number(standing.needed),
                ),
                standing,
            )
            standing.counted = round(sum(standing.hours.values()), 2)
        return
    if not standing.kept:
        return
    standing.needed = _number(requirement.plan) or _number(requirement.minimum)
    if requirement.plan and standing.counted >= (_number(requirement.minimum) or 0) and standing.missing:
        standing.reasons.append(
            t(
                "sources differ: {one} in one, {other} in another. The larger is planned for.",
                one=requirement.minimum,
                other=requirement.plan,
            )
        )


def _number(text: object) -> float | None:
    words = str(text or "").strip()
    try:
        return float(words.rstrip("%")) / (100 if words.endswith("%") else 1)
    except ValueError:
        return None
