"""Readiness as one HTML page that needs nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from . import report
from .ledger import Ledger
from .rules import Readiness
from ...language import day as in_words
from ...web.shell import page as whole

TEMPLATE = Path(__file__).with_name("readiness.html.j2")


def page(found: list[Readiness], ledger: Ledger, today: date) -> str:
    """What to do next, the bodies side by side, then each: its numbers as meters, and the evidence to keep."""
    return whole(TEMPLATE, found=found, ledger=ledger, day=in_words(today), say=report)
