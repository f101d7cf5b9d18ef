"""Readiness in words, for pages and papers: states, reasons, the evidence to have at hand, what to do next."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .forecast import FEW, no_forecast
from .ledger import Ledger
from .rules import Readiness, Standing
from ...counted import counted
from ...language import later, number, t, tn

NOTE = later(
    "A planning aid from published rules, some of them old or read in copies: each row says so. Not confirmed means: "
    "not in the body’s current text that we read; ask the body. Only the body decides. Study with this library is not "
    "continuing-education credit unless your program is an approved provider."
)
FILES = 3  # names of files before the rest is counted
#: The units of numbers that we say ourselves; others are said as a card has them.
UNITS = {"hour": later("hours"), "month": later("months"), "year": later("years")}


@dataclass(frozen=True)
class State:
    """A word or two on a row. `kind`: good, off, note or empty."""

    words: str
    kind: str = ""


def unit(standing: Standing) -> str:
    """The unit of a row's numbers, in a word. What a card adds to it is said elsewhere."""
    words = str(standing.requirement.unit)
    each = set(re.split(r"\W+", words))
    for known, many in UNITS.items():
        if each & {known, f"{known}s"}:
            return many
    return "hours" if not words and standing.requirement.kind == "hours" else words.split(";")[0]


def amount(many: float, unit: str) -> str:
    """`1 hour`, `54 hours`."""
    if unit == UNITS["hour"]:
        return counted(many, "hour")
    if unit == UNITS["month"]:
        return counted(many, "month")
    if unit == UNITS["year"]:
        return counted(many, "year")
    return f"{number(many)} {unit.removesuffix('s') if many == 1 else unit}".strip()


def state(standing: Standing) -> str:
    """What a row says of itself in a few words, with the unit of its numbers."""
    if not standing.kept:
        said = t("keep the evidence")
    elif standing.needed is None:
        said = t("{hours} counted; no number was read", hours=amount(standing.counted, unit(standing)))
    else:
        words = later("{done} of {needed}, complete")
        if standing.missing:
            words = later("{done} of {needed}, {missing} missing")
        elif standing.short:
            words = later("{done} of {needed}, not complete")
        needed, missing = amount(standing.needed, unit(standing)), number(standing.missing or 0.0)
        said = t(words, done=number(standing.counted), needed=needed, missing=missing)
    return t("{state} (not confirmed)", state=said) if standing.unconfirmed else said


def reasons(standing: Standing) -> list[str]:
    """Why a row stands where it stands, a sentence each, without its forecast."""
    lines = []
    if standing.kept and standing.done != standing.counted:
        done = amount(standing.done, unit(standing))
        lines.append(t("{hours} done, {counted} counted.", hours=done, counted=number(standing.counted)))
    lines += [re.sub(r"\*([^*]+)\*", r"“\1”", reason[0].upper() + reason[1:]) for reason in standing.reasons]
    if standing.planned:
        lines.append(t("{hours} planned.", hours=amount(standing.planned, unit(standing))))
    return lines


def foreseen(standing: Standing) -> str:
    """When a row would be complete, with a range; empty where it is, or where nothing can be said, which `unforeseen`
    says once for a body."""
    if not standing.forecast or standing.forecast == no_forecast():
        return ""
    return t("Forecast: {forecast}", forecast=standing.forecast)


def unforeseen(one: Readiness) -> str:
    """Why no forecast is given, once for a body, with the rows that it is said of where others have one; empty where
    every row has one or needs none."""
    asked = [standing for standing in one.standings if standing.forecast]
    without = [standing.requirement.title for standing in asked if standing.forecast == no_forecast()]
    if not without:
        return ""
    if len(without) < len(asked):
        return t(
            "No forecast for {rows}: fewer than {weeks} weeks since the first hours that count, or fewer than three"
            " with hours in the last half year.",
            rows="; ".join(f"“{title}”" for title in without),
            weeks=FEW,
        )
    return no_forecast()[0].upper() + no_forecast()[1:]


def source(standing: Standing) -> str:
    """The version of the rule and its date."""
    return standing.requirement.dated


def evidence(standing: Standing) -> list[State]:
    """What there is for a row, and what lacks: files that the ledger names, lines without one or without initials."""
    if not standing.entries:
        return [State(t("no file named yet") if standing.kept else t("keep it"))]
    files = list(dict.fromkeys(entry.evidence for entry in standing.entries if entry.evidence))
    bare = sum(not entry.evidence for entry in standing.entries)
    unsigned = sum(entry.kind == "supervision" and not entry.initials for entry in standing.entries)
    more = [State(t("and {n} more files", n=len(files) - FILES), "good")] * (len(files) > FILES)
    states = [State(name, "good") for name in files[:FILES]] + more
    states += [State(t("{n} of {of} lines name no file", n=bare, of=len(standing.entries)), "off")] * bool(bare)
    states += [State(t("{n} without a supervisor’s initials", n=unsigned), "off")] * bool(unsigned)
    return states


def numbers(one: Readiness) -> list[Standing]:
    """The rows with a number to reach."""
    return [standing for standing in one.standings if standing.kept and standing.needed]


def side(one: Readiness) -> str:
    """A body in a line: of how many of its numbers there is enough, and which of the others is nearest."""
    reaching = numbers(one)
    if not reaching:
        return t("no number to reach was read")
    words = tn(
        "{reached} of {n} requirement with a number is complete",
        "{reached} of {n} requirements with a number are complete",
        len(reaching),
        reached=sum(standing.complete for standing in reaching),
    )
    begun = [standing for standing in reaching if standing.missing and standing.counted]
    if begun:
        nearest = max(begun, key=lambda standing: standing.share)
        words = t(
            "{numbers}; nearest to complete: {requirement}, {done} of {needed}",
            numbers=words,
            requirement=nearest.requirement.title,
            done=number(nearest.counted),
            needed=amount(nearest.needed or 0.0, unit(nearest)),
        )
    return words


def drawn(one: Readiness) -> str:
    """How to read the meters of a body, where something in them is to be told apart or to be asked."""
    reaching = numbers(one)
    said = []
    if any(standing.planned for standing in reaching):
        said.append(t("In a bar, what is solid is counted and what is striped is planned."))
    if reaching and all(standing.unconfirmed for standing in reaching):
        said.append(
            t("None of these numbers is confirmed: we did not find them in the body’s current text. Ask the body.")
        )
    elif any(standing.unconfirmed for standing in reaching):
        said.append(t("Not confirmed: we did not find it in the body’s current text. Ask the body."))
    return " ".join(said)


def next_steps(found: list[Readiness], ledger: Ledger) -> list[tuple[str, str, str]]:
    """(label, what, why) of at most three things to do: lines to mend, evidence that lacks, the nearest number."""
    steps = []
    if odd := len(ledger.refused) + len(ledger.notices):
        steps.append(
            (
                t("Mend"),
                tn("{n} line of your ledger", "{n} lines of your ledger", odd),
                t("They are named at the end of this page. A line that was refused counts for nothing until then."),
            )
        )
    entries = {entry.line: entry for one in found for standing in one.standings for entry in standing.entries}
    if bare := sum(not entry.evidence for entry in entries.values()):
        steps.append(
            (
                t("Collect"),
                tn("The file for {n} line", "The file for {n} lines", bare),
                t(
                    "A body asks for the paper behind the hours. Name each file in the ledger while it can still be"
                    " had."
                ),
            )
        )
    if unsigned := sum(entry.kind == "supervision" and not entry.initials for entry in entries.values()):
        steps.append(
            (
                t("Ask your supervisor"),
                tn("Initials on {n} line", "Initials on {n} lines", unsigned),
                t("Supervision without initials is hard to show later."),
            )
        )
    open_ = [standing for one in found for standing in numbers(one) if standing.missing]
    if open_:
        nearest = max(open_, key=lambda standing: standing.share)
        steps.append(
            (
                t("Nearest number"),
                str(nearest.requirement.title),
                t(
                    "{done} of {needed}; {missing} to go.",
                    done=number(nearest.counted),
                    needed=amount(nearest.needed or 0.0, unit(nearest)),
                    missing=number(nearest.missing or 0.0),
                ),
            )
        )
    return steps[:3]


def text(found: list[Readiness], ledger: Ledger) -> str:
    """For the terminal."""
    lines: list[str] = []
    for one in found:
        lines += [str(one.body.title), "  " + t("Counted by {version}", version=one.chosen), f"  {side(one)}."]
        for standing in one.standings:
            lines.append(f"  {standing.requirement.title}: {state(standing)}")
            lines += [f"      {line}" for line in [*reasons(standing), foreseen(standing)] if line]
        lines += [f"  {words}"] if (words := unforeseen(one)) else []
        lines.append("")
    lines += [t("Left out: {line}", line=line) for line in ledger.refused]
    lines += [t("Look at: {line}", line=line) for line in ledger.notices]
    lines += ledger.told
    return "\n".join([*lines, t(NOTE)])
