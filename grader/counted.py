"""A number with its noun: `1 question`, `2 questions`, `0 stories`, in the language that is spoken."""

from __future__ import annotations

from .language import tn


def counted(number: float, one: str, many: str = "") -> str:
    """The number, and the noun that it takes: `many` (`one` with an s by default) unless it reads 1. The message that
    is translated is the whole, `{n} question`."""
    return tn(f"{{n}} {one}", f"{{n}} {many or f'{one}s'}", number)


def noun(number: float, one: str, many: str = "") -> str:
    """`many` (`one` with an s by default) unless the number reads 1: 0 and 1.5 take the plural. In English alone."""
    return one if f"{number:g}" == "1" else many or f"{one}s"
