"""A number with its noun: `1 question`, `2 questions`, `0 stories`."""

from __future__ import annotations


def counted(number: float, one: str, many: str = "") -> str:
    """`many` where it is not `one` with an s. Only 1 itself takes `one`: 0 and 1.5 take the plural."""
    shown = f"{number:g}" if isinstance(number, float) else str(number)
    return f"{shown} {one if shown == '1' else many or f'{one}s'}"
