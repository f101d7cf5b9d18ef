"""What came of a run, for the person at the desk and for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from .kept import Entry
from ..language import t
from ..notebook.score import LOOK

SHOWN = 5  # cells that one line names


@dataclass
class Outcome:
    """Who was graded, who was up to date, who could not be read (`refused`: trainee -> one line), who needs a person
    (`look`: trainee -> reasons), who handed in `late`, and whose answers nobody has decided yet, from this run or an
    earlier one (`waiting`: trainee -> cells). `nothing_in`: the folder in which nobody's work was found."""

    assignment: str
    graded: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    look: dict[str, list[str]] = field(default_factory=dict)
    late: list[str] = field(default_factory=list)
    waiting: dict[str, list[str]] = field(default_factory=dict)
    nothing_in: str = ""


def as_json(outcomes: list[Outcome]) -> str:
    return json.dumps([asdict(outcome) for outcome in outcomes], ensure_ascii=False, indent=1)


def as_text(outcomes: list[Outcome]) -> str:
    """A line for each assignment, then each submission that needs a person, and why."""
    lines = []
    for outcome in outcomes:
        if outcome.nothing_in:
            lines.append(
                t(
                    "{assignment}: nothing to grade: there is no TRAINEE/{assignment} in {folder}. "
                    "`grader collect {assignment} FILES...` puts what was handed in there.",
                    assignment=outcome.assignment,
                    folder=outcome.nothing_in,
                )
            )
            continue
        lines.append(
            t(
                "{assignment}: {graded} graded, {unchanged} unchanged, {refused} not graded.",
                assignment=outcome.assignment,
                graded=len(outcome.graded),
                unchanged=len(outcome.unchanged),
                refused=len(outcome.refused),
            )
        )
        lines += ["  " + t("not graded: {line}", line=line) for line in outcome.refused.values()]
        lines += ["  " + t("late: {names}", names=first_of(outcome.late))] * bool(outcome.late)
        lines += [
            "  " + t("look at {trainee}: {reason}", trainee=trainee, reason=reason)
            for trainee, reasons in outcome.look.items()
            for reason in reasons
        ]
        lines += [
            "  " + t("still waits for a person: {trainee}: {names}", trainee=trainee, names=first_of(cells))
            for trainee, cells in outcome.waiting.items()
            if trainee not in outcome.look
        ]
    return "\n".join(lines) or t("No assignment was released yet. Run `nbgrader generate_assignment NAME` first.")


def reasons(looks: Iterable[tuple[str, str]]) -> list[str]:
    """What a person must look at, from (cell, why): a line for each reason, with the cells that it holds for."""
    by_reason: dict[str, list[str]] = {}
    for name, why in looks:
        by_reason.setdefault(why, []).append(name)
    return [f"{first_of(names)}: {why}" for why, names in by_reason.items()]


def new_words(aside: Entry) -> str:
    """What is said of marks or a comment that were set aside."""
    marks, comment = aside.said["marks"], aside.said["comments"]
    if marks and comment:
        return t("{cell}: new words; marks and comment set aside, and kept in the log", cell=aside.cell)
    if marks:
        return t("{cell}: new words; marks set aside, and kept in the log", cell=aside.cell)
    return t("{cell}: new words; comment set aside, and kept in the log", cell=aside.cell)


def first_of(names: list[str], most: int = SHOWN) -> str:
    """The first few of some names, and how many more there are."""
    some = ", ".join(names[:most])
    return t("{some} and {n} more", some=some, n=len(names) - most) if len(names) > most else some


def why(comment: str | None) -> str:
    """The reason in an answer's automatic comment, without its reasons about the options."""
    return (comment or t("to be graded by hand")).splitlines()[0].removeprefix(t(LOOK).partition("{why}")[0])
