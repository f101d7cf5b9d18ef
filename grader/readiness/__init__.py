"""Where a trainee stands with a certifying body: done, counted after caps, missing, planned, and why something does not count.

The rules are data (`exercises/certification/`), each row with its source; what was not confirmed is said to be so.
This is a planning aid. The body decides.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import fmean, pstdev

from ..library import Library
from ..model import Body, Requirement
from .ledger import Entry, Ledger

WINDOW = 26  # weeks from which the rate is taken
_RATIO = re.compile(r"hours? for every (\d+)")


@dataclass
class Standing:
    """One requirement: hours (or months) done, counted and planned, what is asked, and one line for each thing not counted."""

    requirement: Requirement
    needed: float | None = None
    done: float = 0.0
    counted: float = 0.0
    planned: float = 0.0
    reasons: list[str] = field(default_factory=list)
    forecast: str = ""

    @property
    def missing(self) -> float | None:
        return None if self.needed is None else max(0.0, round(self.needed - self.counted, 2))

    @property
    def kept(self) -> bool:
        """Whether the ledger holds this requirement at all; else the trainee keeps the evidence."""
        return bool(self.requirement.counts)

    @property
    def unconfirmed(self) -> bool:
        return self.requirement.confidence != "SEEN" or self.requirement.verify == "yes"


@dataclass
class Readiness:
    """A body's requirements as a trainee stands with them, and how the version of the rules was chosen."""

    body: Body
    chosen: str
    standings: list[Standing]

    @property
    def checklist(self) -> list[Requirement]:
        """Evidence in the order of the body's rows."""
        return [one.requirement for one in self.standings]


def version_for(family: str, library: Library, contract: date | None) -> tuple[Body, str]:
    """The version of a body's rules that a contract's date picks, and in words why. Raises KeyError for an unknown body.

    Versions of one body share `family`; each says `since`, the day from which it holds for new contracts.
    """
    versions = sorted((body for body in library.bodies.values() if (body.family or body.name) == family), key=lambda body: str(body.since))
    if not versions:
        raise KeyError(family)
    if contract is None:
        return versions[-1], f"version {versions[-1].version}, the newest here: the ledger has no contract, whose date would choose."
    holding = [body for body in versions if not body.since or date.fromisoformat(body.since) <= contract]
    if not holding:
        return versions[0], f"version {versions[0].version}, the oldest here: the contract of {contract} is older than any version that was encoded."
    return holding[-1], f"version {holding[-1].version}, which held when the contract was signed ({contract})."


def evaluate(ledger: Ledger, body: Body, chosen: str, today: date) -> Readiness:
    """Count a ledger by a body's rules on a day. Hours after it are planned, not done."""
    by_id = {str(requirement.id): Standing(requirement) for requirement in body.requirements}
    for standing in by_id.values():
        _count(standing, [one.requirement for one in by_id.values() if one.requirement.within == standing.requirement.id], ledger, today)
    for standing in by_id.values():
        _needed(standing, ledger, today)
        if standing.missing and standing.requirement.kind == "hours":
            standing.forecast = forecast(_mine(standing.requirement, ledger), standing.missing, today)
    return Readiness(body, chosen, list(by_id.values()))


def _mine(requirement: Requirement, ledger: Ledger) -> list[Entry]:
    formats = requirement.formats
    return [entry for entry in ledger.entries if entry.kind in requirement.counts and (not formats or entry.format in formats)]


def _count(standing: Standing, parts: list[Requirement], ledger: Ledger, today: date) -> None:
    """Hours after caps: first by month, then by format, in the order of the dates. Caps of the rows `within` this one bind here too."""
    mine = _mine(standing.requirement, ledger)
    past = [entry for entry in mine if entry.date <= today]
    standing.done = round(sum(entry.hours for entry in past), 2)
    standing.planned = round(sum(entry.hours for entry in mine if entry.date > today), 2)
    caps: dict[str, float] = {}
    for requirement in (standing.requirement, *parts):
        caps |= {str(name): _number(value) for name, value in requirement.caps.items() if _number(value) is not None}
    hours = {entry.line: entry.hours for entry in past}
    if "per-month" in caps:
        _cap_months(hours, past, caps["per-month"], standing)
    minimum = _number(standing.requirement.minimum)
    limits = {name: caps[name] for name in ("e-learning", "telehealth", "group") if name in caps}
    if "group-share" in caps and minimum and not _RATIO.match(str(standing.requirement.unit)):
        limits["group"] = caps["group-share"] * minimum
    for form, most in limits.items():
        _cap(hours, [entry for entry in past if entry.format == form], most, f"{form} counts up to {most:g}", standing)
    standing.counted = round(sum(hours.values()), 2)
    if least := caps.get("each-area-at-least"):
        _areas(standing, past, least)
    if standing.requirement.unit in ("months", "month") and standing.requirement.counts:
        standing.done = standing.counted = _months(past)
        standing.planned = 0.0


def _cap(hours: dict[int, float], some: list[Entry], most: float, words: str, standing: Standing) -> None:
    left = most
    over = 0.0
    for entry in some:
        kept = min(hours[entry.line], left)
        over += hours[entry.line] - kept
        hours[entry.line], left = kept, left - kept
    if over > 1e-9:
        standing.reasons.append(f"{over:g} hours not counted: {words}.")


def _cap_months(hours: dict[int, float], past: list[Entry], most: float, standing: Standing) -> None:
    for month in sorted({(entry.date.year, entry.date.month) for entry in past}):
        some = [entry for entry in past if (entry.date.year, entry.date.month) == month]
        _cap(hours, some, most, f"{month[0]}-{month[1]:02} has more than {most:g} in a month", standing)


def _areas(standing: Standing, past: list[Entry], least: float) -> None:
    """Which areas have fewer hours than each must have. Hours without an area count for the total alone."""
    found: dict[str, float] = {}
    for entry in past:
        for area in filter(None, re.split(r"[ ,;]+", entry.area)):
            found[area] = found.get(area, 0.0) + entry.hours / max(1, len(re.split(r"[ ,;]+", entry.area)))
    short = [f"{area} ({hours:g})" for area, hours in sorted(found.items()) if hours < least]
    if short:
        standing.reasons.append(f"fewer than {least:g} hours in: {', '.join(short)}.")
    standing.reasons.append(f"{len(found)} areas have hours; each is asked to have {least:g}.")


def _months(past: list[Entry]) -> float:
    """Months from the first to the last day, in whole ones."""
    if not past:
        return 0.0
    first, last = past[0].date, past[-1].date
    return float(max(0, (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)))


def _needed(standing: Standing, ledger: Ledger, today: date) -> None:
    """What is asked; for a ratio such as `hour for every 6 clinical hours`, from the client hours done."""
    requirement = standing.requirement
    ratio = _RATIO.match(str(requirement.unit))
    if ratio and standing.kept:
        clients = sum(entry.hours for entry in ledger.entries if entry.kind == "client" and entry.date <= today)
        standing.needed = float(math.ceil(clients / int(ratio[1]) * (_number(requirement.minimum) or 1)))
        share = _number(requirement.caps.get("group-share", ""))
        if share is not None:
            group = sum(entry.hours for entry in _mine(requirement, ledger) if entry.format == "group" and entry.date <= today)
            over = max(0.0, group - share * standing.needed)
            if over:
                standing.counted = round(standing.counted - over, 2)
                standing.reasons.append(f"{over:g} hours not counted: group counts up to {share * standing.needed:g} of {standing.needed:g}.")
        return
    if not standing.kept:
        return
    standing.needed = _number(requirement.plan) or _number(requirement.minimum)
    if requirement.plan and standing.counted >= (_number(requirement.minimum) or 0) and standing.missing:
        standing.reasons.append(f"sources differ: {requirement.minimum} in one, {requirement.plan} in another. The larger is planned for.")


def _number(text: object) -> float | None:
    words = str(text or "").strip()
    try:
        return float(words.rstrip("%")) / (100 if words.endswith("%") else 1)
    except ValueError:
        return None


def forecast(entries: list[Entry], missing: float, today: date) -> str:
    """When the missing hours would be there at the recent rate, with a range that holds about 8 times in 10.

    Weeks are taken as independent, with the mean m and the standard deviation s of the hours of the last 26.
    The time to collect R more is then about normal with mean R/m and variance R s^2/m^3 (renewal-reward
    central limit theorem; W. Feller, An Introduction to Probability Theory, vol. II, ch. XI).
    """
    weeks = [0.0] * WINDOW
    for entry in entries:
        age = (today - entry.date).days // 7
        if 0 <= age < WINDOW and entry.date <= today:
            weeks[age] += entry.hours
    if sum(hours > 0 for hours in weeks) < 3:
        return "no forecast: fewer than three weeks with hours in the last half year."
    rate, spread = fmean(weeks), pstdev(weeks)
    middle = missing / rate
    wide = 1.2816 * math.sqrt(missing * spread**2 / rate**3)
    if middle > 520:
        return f"at {rate:.1f} hours a week, more than ten years away."
    days = [today + timedelta(weeks=max(0.0, weeks_)) for weeks_ in (middle - wide, middle, middle + wide)]
    return f"at {rate:.1f} hours a week: about {days[1]:%B %Y}, most likely between {days[0]:%B %Y} and {days[2]:%B %Y}."
