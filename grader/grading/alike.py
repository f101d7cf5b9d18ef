"""The same words in several reflections of an assignment. It says where, and nothing of why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from .kept import Words

#: A reflection of one trainee: (trainee, the reflection's name).
Place: TypeAlias = tuple[str, str]


def alike(graded: Mapping[str, Mapping[str, Words]], reflections: Iterable[str]) -> list[list[Place]]:
    """The places, two or more, in which the same text stands, white space apart; a list for each text. `graded`:
    trainee -> cell -> what was read in it."""
    found: dict[str, list[Place]] = {}
    names = list(reflections)
    for trainee, cells in sorted(graded.items()):
        for name in names:
            if (one := cells.get(name)) and one.check and one.state not in ("blank", "missing"):
                found.setdefault(one.check, []).append((trainee, name))
    return [places for places in found.values() if len(places) > 1]
