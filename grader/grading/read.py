"""What a graded copy says of each cell that is graded: the metadata that restoring left in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Read:
    """What was read in a graded cell of a copy. `role`: answer, reflection, criterion or other. `identifiers`: how many
    of what may identify a client, in words."""

    cell: str
    role: str
    points: float
    chosen: tuple[str, ...] = ()
    state: str = ""
    note: str = ""
    identifiers: str = ""


def reading(cell: Mapping[str, Any]) -> Read | None:
    """What was read in a cell of a graded copy (JSON); None where it is not graded."""
    nbgrader, ours = cell["metadata"].get("nbgrader"), cell["metadata"].get("candor") or {}
    if not nbgrader or not (nbgrader["grade"] or nbgrader["task"]):
        return None
    role = "criterion" if nbgrader["task"] else ours.get("role", "other")
    words = (ours.get(name, "") for name in ("state", "note", "identifiers"))
    return Read(nbgrader["grade_id"], role, nbgrader["points"], tuple(ours.get("chosen", ())), *words)
