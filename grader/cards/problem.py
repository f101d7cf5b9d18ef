"""A problem is a small value with a place in it, made by the rule that saw it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, cast

from ..language import t


class Text(str):
    """A piece of the author's text, exactly as typed, that knows where it stands.

    `line` and `column` count from 1; 0 means that nobody typed it (a default).
    """

    __slots__ = ("column", "line")
    line: int
    column: int

    def __new__(cls, value: str = "", line: int = 0, column: int = 0) -> Text:
        self = super().__new__(cls, value)
        self.line, self.column = line, column
        return self


class Placed(Protocol):
    """What has a place in an author's file, counted from 1: a Text, a list, a group of fields."""

    line: int
    column: int


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing that an author should mend: where, which rule, what, and what to do."""

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    level: str = "error"  # or "warning": a writing flaw that blocks nothing


class Rule(Protocol):
    """A function that `rule` has given a code; what it takes is its own affair."""

    code: str
    level: str
    excusable: bool

    def __call__(self, *args: Any, **more: Any) -> Any: ...


Function = TypeVar("Function", bound=Callable[..., Any])

#: Every rule by its code; a rule's docstring is its page in `grader explain`.
RULES: dict[str, Rule] = {}


def rule(code: str, level: str = "error", excusable: bool = False) -> Callable[[Function], Function]:
    """Give a function its code and its level. A code is given once. An `excusable` error can be excused where the
    excuse names what it is about."""

    def register(function: Function) -> Function:
        if code in RULES:
            raise ValueError(f"rule {code} is written twice")
        made = RULES[code] = cast(Rule, function)
        made.code, made.level, made.excusable = code, level, excusable
        return function

    return register


def problem(rule: Callable[..., Any], path: object, at: object, message: str, hint: str = "") -> Problem:
    """A problem of `rule`, at `at`: anything that has a line and a column (a Text, a Fields, an Items)."""
    line, column = getattr(at, "line", 0) or 1, getattr(at, "column", 0) or 1
    of = cast(Rule, rule)
    return Problem(str(path), line, column, of.code, message, hint, of.level)


PART = 4  # letters of a name from which they tell which is meant
LISTED = 20  # names, up to which all of them are said: the longest list of words that one may choose among has 18


def near(word: str, words: Iterable[str], of: int = 0) -> str:
    """What to do about a name that is not known: the nearest name, or the list of names when it is short, or the three
    that are least unlike it. `of`: how many things there are, where one has several names."""
    known = sorted(set(words))
    part = [name for name in known if len(word) >= PART and word.casefold() in name.casefold()]
    close = part if len(part) == 1 else difflib.get_close_matches(word, known, 1)
    if close:
        return t("Did you mean `{name}`?", name=close[0])
    if not known:
        return t("There are none yet.")
    if len(known) <= LISTED:
        return t("Known: {names}.", names=", ".join(known))
    if some := difflib.get_close_matches(word, known, 3, 0.4):
        return t("The nearest of {n}: {names}.", n=of or len(known), names=", ".join(some))
    return t("There are {n}, and none is like it.", n=of or len(known))
