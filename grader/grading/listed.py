"""The table of what became of each file that a class handed in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..language import t
from ..web.terminal import one_line


def rows(lines: Iterable[tuple[str, str, str]], states: Sequence[str], least: int) -> list[str]:
    """A line for each (what became of it, one of `states`; whose; file and why), in the order of `states`. `least`: how
    wide the first column is at least."""
    held = sorted(lines, key=lambda line: (states.index(line[0]), line))
    first = max(least, *(len(t(state)) for state in states))
    second = min(30, max((len(who) for _, who, _ in held), default=0))
    return [
        f"  {t(state):<{first}}  {one_line(who)[:second]:<{second}}  {one_line(said)}".rstrip()
        for state, who, said in held
    ]
