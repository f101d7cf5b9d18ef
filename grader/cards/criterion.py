"""What a program asks for before it gives a record or a badge: one file in the course, `criterion.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .fields import read_alone
from .model import Card
from .problem import Problem, Text
from .vocabulary import optional, required


@dataclass(frozen=True, kw_only=True)
class Need:
    """One assignment that must be done."""

    assignment: Text = required("The name of an assignment of the course")
    at_least: float = optional("The share of its points that must be reached: 0.5", default=0.0)


@dataclass(frozen=True, kw_only=True)
class Criterion(Card):
    """Who gives what, and for what."""

    title: Text = required("What was completed. Never the title of a profession, nor of a body's own certificate")
    says: Text = required("What had to be done for it, in a sentence that stands on the badge")
    issuer: Text = required("Your program's name")
    url: Text = required("Your program's address on the web: https://your-program.org")
    needs: tuple[Need, ...] = required("The assignments, each with the share of its points that must be reached")
    gates: Text = optional("yes, where every safety question must be right", words=("yes", "no"))
    valid_years: int = optional("How many years a badge holds, in whole years; left out: for good", default=0)


def read(path: Path) -> tuple[Criterion | None, list[Problem]]:
    """The criterion in a file and its problems; None where it cannot be used."""
    return read_alone(Criterion, path, "a criterion")
