"""Readiness in words, for pages and papers: states, reasons, the evidence to have at hand, what to do next."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .ledger import Ledger
from .rules import Readiness, Standing
from ...counted import counted

NOTE = (
    "A planning aid from published rules, some of them old or read in copies: each row says so. Not confirmed means: "
    "not in the body’s current text that we read; ask the body. Only the body decides. Study with this library is not "
    "continuing-education credit unless your program is an approved provider."
)
FILES = 3  # names of files before the rest is counted
NO_FORECAST = "no forecast"


@dataclass(frozen=True)
class State:
    """A word or two on a row. `kind`: good, off, note or empty."""

    words: str
    kind: str = ""


def unit(standing: Standing) -> str:
    """The unit of a row's numbers, in a word. What a card adds to it is said elsewhere."""
    words = str(standing.requirement.unit)
    each = set(re.split(r"\W+", words))
    for known in ("hour", "month", "year"):
        if each & {known, f"{known}s"}:
            return f"{known}s"
    return "hours" if not words and standing.requirement.kind == "hours" else words.split(";")[0]


def amount(number: float, words: str) -> str:
    """`1 hour`, `54 hours`."""
    return f"{number:g} {words.removesuffix('s') if number == 1 else words}".strip()


def state(standing: Standing) -> str:
    """What a row says of itself in a few words, with the unit of its numbers."""
    if not standing.kept:
        said = "keep the evidence"
    elif standing.needed is None:
        said = f"{amount(standing.counted, unit(standing))} counted; no number was read"
    elif standing.missing:
        said = f"{standing.counted:g} of {amount(standing.needed, unit(standing))}, {standing.missing:g} missing"
    else:
        said = f"{standing.counted:g} of {amount(standing.needed, unit(standing))}, " + (
            "not complete" if standing.short else "complete"
        )
    return said + (" (not confirmed)" if standing.unconfirmed else "")


def reasons(standing: Standing) -> list[str]:
    """Why a row stands where it stands, a sentence each.

    A forecast that cannot be made is said once for a body, by `unforeseen`.
    """
    lines = []
    if standing.kept and standing.done != standing.counted:
        lines.append(f"{amount(standing.done, unit(standing))} done, {standing.counted:g} counted.")
    lines += [re.sub(r"\*([^*]+)\*", r"“\1”", reason[0].upper() + reason[1:]) for reason in standing.reasons]
    if standing.planned:
        lines.append(f"{amount(standing.planned, unit(standing))} planned.")
    if standing.forecast and not standing.forecast.startswith(NO_FORECAST):
        lines.append(f"Forecast: {standing.forecast}")
    return lines


def unforeseen(one: Readiness) -> str:
    """Why no forecast is given for some rows, once for a body; empty where every row has one or needs none."""
    return next(
        (
            standing.forecast[0].upper() + standing.forecast[1:]
            for standing in one.standings
            if standing.forecast.startswith(NO_FORECAST)
        ),
        "",
    )


def source(standing: Standing) -> str:
    """The version of the rule and its date."""
    version, date = str(standing.requirement.version), str(standing.requirement.date)
    date = "no date on the page we read" if date in ("", "undated") else date
    return date if version in ("", "undated") else f"{version}, {date}"


def evidence(standing: Standing) -> list[State]:
    """What there is for a row, and what lacks: files that the ledger names, lines without one or without initials."""
    if not standing.entries:
        return [State("no file named yet" if standing.kept else "keep it")]
    files = list(dict.fromkeys(entry.evidence for entry in standing.entries if entry.evidence))
    bare = sum(not entry.evidence for entry in standing.entries)
    unsigned = sum(entry.kind == "supervision" and not entry.initials for entry in standing.entries)
    more = [State(f"and {len(files) - FILES} more files", "good")] * (len(files) > FILES)
    states = [State(name, "good") for name in files[:FILES]] + more
    states += [State(f"{bare} of {len(standing.entries)} lines name no file", "off")] * bool(bare)
    states += [State(f"{unsigned} without a supervisor’s initials", "off")] * bool(unsigned)
    return states


def numbers(one: Readiness) -> list[Standing]:
    """The rows with a number to reach."""
    return [standing for standing in one.standings if standing.kept and standing.needed]


def side(one: Readiness) -> str:
    """A body in a line: how many numbers are reached, and how far the nearest of the others is."""
    reaching = numbers(one)
    if not reaching:
        return "no number to reach was read"
    reached = sum(standing.complete for standing in reaching)
    words = f"{counted(len(reaching), 'number')} to reach, {reached} reached"
    open_ = [standing for standing in reaching if standing.missing]
    if open_:
        nearest = max(open_, key=lambda standing: standing.share)
        words += f"; {nearest.counted:g} of {amount(nearest.needed or 0.0, unit(nearest))} in the nearest"
    return words


def next_steps(found: list[Readiness], ledger: Ledger) -> list[tuple[str, str, str]]:
    """(label, what, why) of at most three things to do: lines to mend, evidence that lacks, the nearest number."""
    steps = []
    if odd := len(ledger.refused) + len(ledger.notices):
        steps.append(
            (
                "Mend",
                f"{counted(odd, 'line')} of your ledger",
                "They are named at the end of this page. A line that was refused counts for nothing until then.",
            )
        )
    entries = {entry.line: entry for one in found for standing in one.standings for entry in standing.entries}
    if bare := sum(not entry.evidence for entry in entries.values()):
        steps.append(
            (
                "Collect",
                f"The file for {counted(bare, 'line')}",
                "A body asks for the paper behind the hours. Name each file in the ledger while it can still be had.",
            )
        )
    if unsigned := sum(entry.kind == "supervision" and not entry.initials for entry in entries.values()):
        steps.append(
            (
                "Ask your supervisor",
                f"Initials on {counted(unsigned, 'line')}",
                "Supervision without initials is hard to show later.",
            )
        )
    open_ = [standing for one in found for standing in numbers(one) if standing.missing]
    if open_:
        nearest = max(open_, key=lambda standing: standing.share)
        steps.append(
            (
                "Nearest number",
                str(nearest.requirement.title),
                f"{nearest.counted:g} of {amount(nearest.needed or 0.0, unit(nearest))}; {nearest.missing:g} to go.",
            )
        )
    return steps[:3]


def text(found: list[Readiness], ledger: Ledger) -> str:
    """For the terminal."""
    lines: list[str] = []
    for one in found:
        lines += [str(one.body.title), f"  By {one.chosen}", f"  {side(one)}."]
        for standing in one.standings:
            lines.append(f"  {standing.requirement.title}: {state(standing)}")
            lines += [f"      {line}" for line in reasons(standing)]
        lines += [f"  {words}"] if (words := unforeseen(one)) else []
        lines.append("")
    lines += [f"Left out: {line}" for line in ledger.refused] + [f"Look at: {line}" for line in ledger.notices]
    return "\n".join([*lines, NOTE])
