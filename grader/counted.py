"""A number with its noun: `1 question`, `2 questions`, `0 stories`."""

from __future__ import annotations


def counted(number: float, one: str, many: str = "") -> str:
    """The number, and the noun that it takes."""
    return f"{number if isinstance(number, int) else f'{number:g}'} {noun(number, one, many)}"


def noun(number: float, one: str, many: str = "") -> str:
    """`many` (`one` with an s by default) unless the number reads 1: 0 and 1.5 take the plural."""
    return one if f"{number:g}" == "1" else many or f"{one}s"
