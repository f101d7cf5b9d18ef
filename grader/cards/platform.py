"""A learning platform to which scores are posted: one file that the program keeps to itself, such as `lms.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .fields import read_alone
from .model import Card
from .problem import Problem, Text
from .vocabulary import optional, required


@dataclass(frozen=True, kw_only=True)
class Item:
    """An assignment that has its own column at the platform already."""

    assignment: Text = required("The name of an assignment of the course")
    url: Text = required("The address of its line item at the platform")


@dataclass(frozen=True, kw_only=True)
class Platform(Card):
    """What the platform said when the tool was registered there (LTI 1.3, Assignment and Grade Services)."""

    title: Text = required("What people call the platform, for the log")
    client_id: Text = required("The client id of the registered tool")
    token_url: Text = required("Where the platform gives tokens: https://...")
    audience: Text = optional("The audience of the tool's signature, where it is not the address of the tokens")
    line_items: Text = optional("The address of the course's line items; columns are found, or made, there")
    items: tuple[Item, ...] = optional("Assignments with a column of their own", default=())
    key: Text = required("The file of the private key, as `grader lms keygen` made it; from the folder of this file")


def read(path: Path) -> tuple[Platform | None, list[Problem]]:
    """The platform in a file and its problems; None where it cannot be used."""
    return read_alone(Platform, path, "a platform")
