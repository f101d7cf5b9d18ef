"""Readiness as PDF, for a supervisor's file."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

from . import report
from .ledger import Ledger
from .rules import Readiness, Standing
from ...language import day as in_words
from ...language import later, number, t, untranslated
from ...web.paper import Meter, Paper, Signature, Tag

VERIFY = later(
    "To verify: run “grader readiness” on the same ledger and the same day; the number is made from what stands here. "
    "It confers no credit and no certification."
)


def pdf(found: list[Readiness], ledger: Ledger, today: date, path: Path, size: str = "a4") -> None:
    """The page on paper: numbers as meters, evidence with its state, lines to sign. Raises CannotPrint, in one line."""
    paper = Paper(t("Readiness"), t("A planning aid; only the body decides"), today, kind=in_words(today))
    with untranslated():  # the number is the same in every language
        check = sha256(f"{today}\n{report.text(found, ledger)}".encode()).hexdigest()[:8].upper()
    paper.number = f"RD-{today:%Y%m%d}-{check}"
    paper.foot = t(VERIFY)
    paper.note(t(report.NOTE))
    if len(found) > 1:
        paper.table(
            [(t("Body"), 1, ""), (t("Numbers to reach"), 1, "")],
            [[str(one.body.title), report.side(one)] for one in found],
        )
    for one in found:
        paper.heading(str(one.body.title))
        paper.text(
            " ".join(filter(None, (t("Counted by {version}", version=one.chosen), report.unforeseen(one)))), small=True
        )
        if counted := report.numbers(one):
            paper.meters([_meter(standing) for standing in counted])
        paper.heading(t("Evidence to keep"), 2)
        rows = [
            [str(standing.requirement.title), _evidence(standing), report.source(standing)]
            for standing in one.standings
        ]
        paper.table([(t("What is asked"), 2, ""), (t("State"), 1.6, ""), (t("Rule"), 1, "")], rows)
    if lines := [*ledger.refused, *ledger.notices, *ledger.told]:
        paper.heading(t("Lines of the ledger to look at"))
        for line in lines:
            paper.text(line, small=True)
    paper.signatures(
        t(
            "What is signed: readiness No. {number} of {day}, as the ledger and its evidence stood on that day."
            " {bodies}",
            number=paper.number,
            day=in_words(today),
            bodies=" ".join(f"{one.body.title}: {report.side(one)}." for one in found),
        ),
        [
            Signature(t("Name:"), t("Trainee")),
            Signature(t("Name and credential:"), t("Supervisor, who has seen the ledger and its evidence")),
        ],
    )
    paper.save(path, size)


def _meter(standing: Standing) -> Meter:
    needed = standing.needed or 1
    asked = report.amount(needed, report.unit(standing))
    words = t("{done} of {whole}", done=number(standing.counted), whole=asked)
    share = min(1.0, standing.counted / needed)
    planned = min(1.0 - share, standing.planned / needed)
    return Meter(
        str(standing.requirement.title),
        words,
        share,
        planned,
        Tag(t("not confirmed"), "note") if standing.unconfirmed else None,
        tuple(line for line in (report.foreseen(standing), *report.reasons(standing)) if line),
    )


def _evidence(standing: Standing) -> str:
    return "; ".join(state.words for state in report.evidence(standing))
