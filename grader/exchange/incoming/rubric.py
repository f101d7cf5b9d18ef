"""What a file says to whoever marks an essay -> criteria with levels, where it is written as a list of them."""

from __future__ import annotations

import re

from ..labels import ESCALATE
from ...cards.written import Value
from ...language import everywhere

_CRITERION = re.compile(r"- (.+)")
_LEVEL = re.compile(r"\s+- ([0-9]|10): (.+)")


def rubric(text: str) -> tuple[list[Value], list[str], str]:
    """(criteria, what a person must read whatever the marks, all of the text where it is not such a list)."""
    above = next((words for words in everywhere(ESCALATE) if words in text), ESCALATE)
    head, _, tail = text.partition(above)
    criteria: list[Value] = []
    levels: dict[str, Value] = {}
    for line in filter(str.strip, head.split("\n")):
        if found := _CRITERION.fullmatch(line):
            levels = {"name": found[1]}
            criteria.append(levels)
        elif levels and (found := _LEVEL.fullmatch(line)):
            levels[found[1]] = found[2]
        else:
            return [], [], text
    lines = [_CRITERION.fullmatch(line) for line in filter(str.strip, tail.split("\n"))]
    if any(isinstance(one, dict) and len(one) < 2 for one in criteria) or not all(lines):
        return [], [], text
    return criteria, [found[1] for found in lines if found], ""
