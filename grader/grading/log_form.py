"""What a line of the log says, by its kind. Whoever reads a line relies on this, whatever hand was in the gradebook: a
line that lacks something is one that cannot be read."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TypeAlias

Holds: TypeAlias = Callable[[object], bool]


def _text(value: object) -> bool:
    return isinstance(value, str)


def _number(value: object) -> bool:
    """A number that a score or a time can be."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and abs(value) < 1e10


def _list(one: Holds) -> Holds:
    return lambda value: isinstance(value, list) and all(map(one, value))


def _by_name(one: Holds) -> Holds:
    return lambda value: isinstance(value, dict) and all(map(one, value.values()))


def _level(value: object) -> bool:
    return value is None or _number(value)


def _marked(value: object) -> bool:
    """Levels, and the comment."""
    return isinstance(value, list) and len(value) == 2 and _list(_level)(value[0]) and _text(value[1])


def _commented(value: object) -> bool:
    return isinstance(value, dict) and _text(value.get("manual_comment"))


def _move(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_number, value))


#: Kind of line -> what it says, each with how it looks. A kind that is not here says nothing that anything relies on.
FORMS: Mapping[str, Mapping[str, Holds]] = {
    "marked": {"old": _marked, "new": _marked},
    "second mark": {"marks": _list(_level), "comment": _text, "answer": _text},
    "agreed": {"first": _list(_level), "second": _list(_level), "new": _marked},
    "set aside": {"marks": _by_name(_by_name(_number)), "comments": _by_name(_commented)},
    "regraded": {"question": _text, "moves": _by_name(_move)},
    "settled": {"chosen": _text, "words": _text, "score": _number},
    "extended": {"seconds": _number},
    "collected": {"path": _text},
    "listed": {"sis": _text},
    "posted": {"platform": _text, "user": _text, "score": _number, "of": _number},
    "badge": {"id": _text},
}
_DECISIONS: Mapping[str, Holds] = {
    "accept": _list(_text),
    "waive": lambda value: value in ("dropped", "full-marks"),
    "card": lambda value: isinstance(value, dict),
}


def holds(what: str, said: Mapping[str, object]) -> bool:
    """Whether a line of a kind says all that is relied on."""
    if what == "regraded" and not any(name in said and one(said[name]) for name, one in _DECISIONS.items()):
        return False
    return all(name in said and one(said[name]) for name, one in FORMS.get(what, {}).items())
