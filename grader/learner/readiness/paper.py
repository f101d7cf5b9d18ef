"""Readiness as PDF, for a supervisor's file."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

from . import report
from .ledger import Ledger
from .rules import Readiness, Standing
from ...web.paper import Meter, Paper, Signature, Tag

VERIFY = (
    "To verify: run “grader readiness” on the same ledger and the same day; the number is made from what stands here. "
    "It confers no credit and no certification."
)
NOT_CONFIRMED = Tag("not confirmed", "note")


def pdf(found: list[Readiness], ledger: Ledger, today: date, path: Path, size: str = "a4") -> None:
    """The page on paper: numbers as meters, evidence with its state, lines to sign. Raises CannotPrint, in one line."""
    paper = Paper("Readiness", "A planning aid; only the body decides", today, kind=f"{today.day} {today:%B %Y}")
    check = sha256(f"{today}\n{report.text(found, ledger)}".encode()).hexdigest()[:8].upper()
    paper.number = f"RD-{today:%Y%m%d}-{check}"
    paper.foot = VERIFY
    paper.note(report.NOTE)
    if len(found) > 1:
        paper.table(
            [("Body", 1, ""), ("Numbers to reach", 1, "")], [[str(one.body.title), report.side(one)] for one in found]
        )
    for one in found:
        paper.heading(str(one.body.title))
        paper.text(" ".join(filter(None, (f"By {one.chosen}", report.unforeseen(one)))), small=True)
        if counted := report.numbers(one):
            paper.meters([_meter(standing) for standing in counted])
        paper.heading("Evidence to keep", 2)
        rows = [
            [str(standing.requirement.title), _evidence(standing), report.source(standing)]
            for standing in one.standings
        ]
        paper.table([("What is asked", 2, ""), ("State", 1.6, ""), ("Rule of", 1, "")], rows)
    if ledger.refused or ledger.notices:
        paper.heading("Lines of the ledger to look at")
        for line in (*ledger.refused, *ledger.notices):
            paper.text(line, small=True)
    paper.signatures(
        f"What is signed: readiness No. {paper.number} of {today.day} {today:%B %Y}, as the ledger and its evidence "
        f"stood on that day. {' '.join(f'{one.body.title}: {report.side(one)}.' for one in found)}",
        [
            Signature("Name:", "Trainee"),
            Signature("Name and credential:", "Supervisor, who has seen the ledger and its evidence"),
        ],
    )
    paper.save(path, size)


def _meter(standing: Standing) -> Meter:
    needed = standing.needed or 1
    words = f"{standing.counted:g} of {report.amount(needed, report.unit(standing))}"
    share = min(1.0, standing.counted / needed)
    planned = min(1.0 - share, standing.planned / needed)
    return Meter(
        str(standing.requirement.title),
        words,
        share,
        planned,
        NOT_CONFIRMED if standing.unconfirmed else None,
        tuple(report.reasons(standing)),
    )


def _evidence(standing: Standing) -> str:
    return "; ".join(state.words for state in report.evidence(standing))
