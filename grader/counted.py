"""A number with its noun: `1 question`, `2 questions`, `0 stories`.

`counted` says it in the language of the interface, for sentences that are messages; `in_english` for those that are
none: the findings of the checks, which authors share, and receipts, which two programs compare.
"""

from __future__ import annotations

from .language import tn


def counted(number: float, one: str, many: str = "") -> str:
    """The number, and the noun that it takes: `many` (`one` with an s by default) unless it reads 1. The message that
    is translated is the whole, `{n} question`."""
    return tn(f"{{n}} {one}", f"{{n}} {many or f'{one}s'}", number)


def in_english(number: float, one: str, many: str = "") -> str:
    """The same, whatever the language: half a translated sentence is worse than none."""
    return f"{number if isinstance(number, int) else f'{number:g}'} {noun(number, one, many)}"


def noun(number: float, one: str, many: str = "") -> str:
    """`many` (`one` with an s by default) unless the number reads 1: 0 and 1.5 take the plural. In English alone."""
    return one if f"{number:g}" == "1" else many or f"{one}s"
