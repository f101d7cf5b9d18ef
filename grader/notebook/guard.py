"""What in a trainee's text may identify a client: the identifiers of the HIPAA Safe Harbor method that text can show.

It looks on the trainee's own machine and at the supervisor's desk, blocks nothing and sends nothing. The
rules stand in `labextension/static/guard.json`, which the desk's JavaScript reads too. A name or a date that
the exercise itself gives is no identifier: nobody in a vignette is real. What the rules do not mark goes through a
softer tier (`guard_soft`), whose marks are questions.

Source of the list: 45 CFR 164.514(b)(2), a rule of the United States; it is used here as a list of what to look for.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .guard_soft import Soft, sentence_at

LONGEST = 100_000  # characters of one text that are searched; a long reflection has about 3,000
RULES = Path(__file__).parent.parent / "labextension" / "static" / "guard.json"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A place in a text that may identify a client: `start` and `end` are characters, `why` says what it is,
    `better` what to write. `sure`: by a rule; else it is a word that the library does not know."""

    kind: str
    text: str
    start: int
    end: int
    why: str
    better: str
    sure: bool = True


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[tuple[str, re.Pattern[str], str, str], ...], frozenset[str], frozenset[str], Soft]:
    data = json.loads(RULES.read_text(encoding="utf-8"))
    compiled = tuple((rule["kind"], re.compile(rule["pattern"]), rule["why"], rule["better"]) for rule in data["rules"])
    return compiled, frozenset(data["wide"]), frozenset(data["figures"]), Soft(data["soft"])


def identifiers(text: str, given: str = "") -> list[Identifier]:
    """What may identify a client in the first `LONGEST` characters of a text, in its order. `given` is what the
    exercise says: its people and dates are invented."""
    text = text[:LONGEST]
    rules, wide, figures, soft = _rules()
    found: list[Identifier] = []
    taken = bytearray(len(text))
    for kind, pattern, why, better in rules:
        for match in pattern.finditer(text):
            group = match.lastindex or 0
            start, end = match.span(group)
            words = text[start:end]
            if 1 in taken[start:end] or words in figures:
                continue
            if kind == "place" and (words in wide or (words.split(",")[-1].strip() in wide and "," not in words)):
                continue
            if _given(words, given) or soft.nobodys(kind, sentence_at(text, start)):
                continue
            taken[start:end] = b"\1" * (end - start)
            found.append(Identifier(kind, words, start, end, why, better))
    for start, end in soft.spans(text, lambda word: word in _known(given)):
        if 1 not in taken[start:end]:
            found.append(Identifier(soft.kind, text[start:end], start, end, soft.why, soft.better, sure=False))
    return sorted(found, key=lambda one: one.start)


def _given(words: str, given: str) -> bool:
    """Whether the exercise says the same: every word that starts with a capital or holds a figure stands in it."""
    telling = re.findall(r"[A-ZÀ-ÖØ-Þ0-9][\w'’-]*", words)
    return bool(telling) and all(_bare(word) in _known(given) for word in telling)


@lru_cache(maxsize=8)
def _known(given: str) -> frozenset[str]:
    return frozenset(_bare(word) for word in re.findall(r"[\w'’-]+", given))


def _bare(word: str) -> str:
    """`Anna's` is Anna."""
    return re.sub(r"^['’-]+|['’]s$|['’-]+$", "", word)


def counted(found: list[Identifier]) -> str:
    """`2 names, 1 date`: for a supervisor's line. The words themselves are not repeated."""
    kinds = Counter(one.kind for one in found)
    return ", ".join(f"{kind} ({number})" for kind, number in kinds.items())
