"""Where what is private may be written: outside the library's folder and editions, whose files people commit and share.

Trainees' work, marks, ledgers, records, signing keys and mock forms all ask here before they are written.
"""

from __future__ import annotations

import os
from pathlib import Path

from .library import find_root
from .program import find_edition
from ..language import t

DEMO = ".demo"  # the demonstration's synthetic cohort; git leaves this folder out


class Shared(Exception):
    """Why something private is not written there, in one line."""


def may_hold(path: Path) -> bool:
    """Whether something private may be written there."""
    try:
        return bool(outside(path))
    except Shared:
        return False


def outside(path: Path) -> Path:
    """The path, with `~` as the home folder. Raises Shared where it lies in a library's folder or an edition's."""
    path = Path(os.path.expanduser(path))
    place = path.resolve()
    library = find_root(place)
    root = library or find_edition(place)
    if root and place.relative_to(root).parts[:1] != (DEMO,):
        name = "candor-own" if place == root else place.name
        inside = t("the library") if library else t("an edition")
        raise Shared(
            t(
                "{place} is inside {what}, whose files are shared. This is private: give a place elsewhere, such as "
                "~/{name}",
                place=place,
                what=inside,
                name=name,
            )
        )
    return path
