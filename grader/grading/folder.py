"""What stands in the folder of one submission, as both graders take it."""

from __future__ import annotations

import os
from pathlib import Path

from .outcome import first_of
from ..language import t


def lacking(source: Path, assignment: str) -> str:
    """Why there is nothing to grade in a folder, in one line; empty where the notebook is there."""
    if os.path.lexists(source / f"{assignment}.ipynb"):
        return ""
    left = [one.name for one in source.iterdir() if one.name != "timestamp.txt"]
    return (
        t("{source}: there is no {assignment}.ipynb in it.", source=source, assignment=assignment)
        + " "
        + (t("Ask for the notebook under that name.") if left else t("Nothing was kept there: collect it again."))
    )


def not_read(source: Path, assignment: str) -> list[str]:
    """A line on other notebooks that lie beside the one that is graded, since the answers may stand in one of them."""
    others = {one.name for one in source.glob("*.ipynb")} - {f"{assignment}.ipynb"}
    names = [name if name.isprintable() else repr(name) for name in sorted(others)]
    return [t("another notebook lies beside it and was not read: {names}", names=first_of(names))] * bool(names)
