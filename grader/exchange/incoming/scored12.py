"""How a question of QTI 1.2 is scored: what each option adds, and which feedback goes with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .taken import Report, number
from ...language import t

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


@dataclass
class Scoring:
    """`shares`: of 1, for each option in order. `said`: option -> what is shown to who chose it, by name; `always`:
    what is shown to everybody."""

    shares: list[float]
    said: dict[str, list[str]] = field(default_factory=dict)
    always: list[str] = field(default_factory=list)


def scoring(item: Element, asked: str, names: list[str], many: bool, report: Report) -> Scoring:
    """Read what an item says of the answers to one of its questions (`asked`); what no card can score so goes into the
    report. Right ones that count only together are all that apply, all or nothing."""
    made = Scoring([0.0] * len(names))
    worth = dict.fromkeys(names, 0.0)
    together: list[str] = []
    for condition in item.iter("respcondition"):
        chosen, alone = _chosen(condition, asked, names)
        refs = [one.get("linkrefid", "") for one in condition.iter("displayfeedback")]
        gives = _gives(condition, report)
        if gives is None:
            if alone:
                made.said.setdefault(chosen[0], []).extend(refs)
            elif condition.find("conditionvar/other") is not None and not _verdict(refs):
                made.always += refs
        elif alone or (chosen and not together and not _joint(condition)):
            for name in chosen:
                worth[name] += gives
            if alone and not any(map(_verdict, [[ref] for ref in refs])):
                made.said.setdefault(chosen[0], []).extend(refs)
        elif chosen and gives > 0:
            together = chosen
    if together:
        made.shares = _all_or_nothing(names, together, many, report)
        return made
    best = sum(filter(lambda one: one > 0, worth.values())) if many else max(worth.values(), default=0)
    made.shares = [worth[name] / best if best > 0 else worth[name] for name in names]
    return made


def _verdict(refs: list[str]) -> bool:
    """Whether what is shown is to a right or a wrong answer as a whole: by Canvas's names and Blackboard's."""
    return any(ref in ("correct_fb", "general_incorrect_fb", "correct", "incorrect") for ref in refs)


def _joint(condition: Element) -> bool:
    """Whether several options count together, as against one of several."""
    return condition.find("conditionvar/or") is None


def _all_or_nothing(names: list[str], right: list[str], many: bool, report: Report) -> list[float]:
    if not many:
        return [float(name in right) for name in names]
    report.lost(t("its scoring, all or nothing"), t("a card of all-that-apply counts each option"))
    bad = max(1, len(names) - len(right))
    return [1 / len(right) if name in right else -1 / bad for name in names]


def _chosen(condition: Element, asked: str, names: list[str]) -> tuple[list[str], bool]:
    """(the options that a condition wants chosen, whether it is one and nothing else is asked of the answer)."""
    wanted, unwanted = [], 0
    within_not = {one for negated in condition.iter("not") for one in negated.iter()}
    for one in condition.iter("varequal"):
        name = (one.text or "").strip() or one.get("respident", "")
        if name not in names or one.get("respident") not in (asked, name, None):
            continue
        if one in within_not:
            unwanted += 1
        else:
            wanted.append(name)
    return wanted, len(wanted) == 1 and not unwanted


def _gives(condition: Element, report: Report) -> float | None:
    """What a condition does to the score: its last word; None where it does nothing. `SCORE.max` is all of it."""
    found = None
    for one in condition.iter("setvar"):
        said = (one.text or "").strip()
        value = 100.0 if said.lower().endswith(".max") else number(said, report)
        found = -value if one.get("action") == "Subtract" else value
    return found
