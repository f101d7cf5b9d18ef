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
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from .guard_facts import Facts
from .guard_soft import NAME, NEAR, PLACE, Soft, folded, sentence_at

LONGEST = 100_000  # characters of one text that are searched; a long reflection has about 3,000
RULES = Path(__file__).parent.parent / "labextension" / "static" / "guard.json"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A place in a text that may identify a client: `start` and `end` are characters, `why` says what it is,
    `better` what to write. `sure`: by a rule; else it is a question."""

    kind: str
    text: str
    start: int
    end: int
    why: str
    better: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of the file. `beside`: what must stand in the sentence of a mark; `without`: what must not;
    `before`: what must not stand before it. `ask`: its mark is a question. `tells`: what a place must be (`Soft`)."""

    kind: str
    pattern: re.Pattern[str]
    why: str
    better: str
    ask: bool
    tells: str
    beside: tuple[re.Pattern[str], ...]
    without: tuple[re.Pattern[str], ...]
    before: tuple[re.Pattern[str], ...]

    def fits(self, sentence: str, before: str) -> bool:
        return (
            all(one.search(sentence) for one in self.beside)
            and not any(one.search(sentence) for one in self.without)
            and not any(one.search(before) for one in self.before)
        )


def patterns() -> list[tuple[str, str]]:
    """(kind, pattern) of each rule of the file, of each sign and each fact, with its parts in their places."""
    data = json.loads(RULES.read_text(encoding="utf-8"))
    signs = [(f"sign {name}", _whole(pattern, data["parts"])) for name, pattern in data["signs"].items()]
    facts = [(f"fact {sign['says']}", _whole(sign["pattern"], data["parts"])) for sign in data["facts"]["signs"]]
    person = ("fact person", _whole(data["facts"]["person"], data["parts"]))
    rules = [(rule["kind"], _whole(rule["pattern"], data["parts"])) for rule in (*data["rules"], data["beside"])]
    return rules + signs + facts + [person]


def _whole(pattern: str, parts: dict[str, str]) -> str:
    """A pattern in which each `«part»` is what the file says of it; parts may name parts."""
    while "«" in pattern:
        pattern = re.sub("«([a-z]+)»", lambda part: parts[part[1]], pattern)
    return pattern


def listed(coded: str) -> Iterator[str]:
    """The words of a sorted list: each is written as how many letters it shares with the one before, and its others."""
    word = ""
    for shared, rest in re.findall(r"(\d)(\D*)", coded):
        word = word[: int(shared)] + rest
        yield word


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[Rule, ...], frozenset[str], frozenset[str], Rule, Soft, Facts]:
    data = json.loads(RULES.read_text(encoding="utf-8"))
    signs = {name: re.compile(_whole(pattern, data["parts"])) for name, pattern in data["signs"].items()}

    def compiled(rule: dict[str, Any]) -> Rule:
        sides = (tuple(signs[name] for name in rule.get(key, ())) for key in ("with", "without", "not before"))
        pattern = re.compile(_whole(rule["pattern"], data["parts"]))
        says = rule["why"], rule["better"], rule.get("ask", False), rule.get("tells", "")
        return Rule(rule["kind"], pattern, *says, *sides)

    soft = Soft(data["soft"], *(frozenset(listed(data[name])) for name in ("names", "words", "plain", "cities")))
    facts = Facts(data["facts"], lambda pattern: _whole(pattern, data["parts"]))
    rules, wide, figures = map(compiled, data["rules"]), frozenset(data["wide"]), frozenset(data["figures"])
    return tuple(rules), wide, figures, compiled(data["beside"]), soft, facts


def identifiers(text: str, given: str = "") -> list[Identifier]:
    """What may identify a client in the first `LONGEST` characters of a text, in its order. `given` is what the
    exercise says: its people and dates are invented."""
    text = text[:LONGEST]
    rules, wide, figures, beside, soft, facts = _rules()
    found: list[Identifier] = []
    taken = bytearray(len(text))
    said = _known(given) | {_bare(word) for word in soft.invented(text)}
    for rule in rules:
        for match in rule.pattern.finditer(text):
            group = match.lastindex or 0
            start, end = match.span(group)
            words = text[start:end]
            if 1 in taken[start:end] or words in figures:
                continue
            if rule.kind == "place" and (words in wide or all(folded(word) in soft.cities for word in words.split())):
                continue
            if rule.tells and not soft.tells_where(words, wide, said, rule.tells):
                continue
            if _given(words, said) or soft.nobodys(rule.kind, text, start):
                continue
            first, last = sentence_at(text, start)
            if not rule.fits(text[first:last], text[first:end]):
                continue
            taken[start:end] = b"\1" * (end - start)
            found.append(Identifier(rule.kind, words, start, end, rule.why, rule.better, sure=not rule.ask))
    for start, end in soft.spans(text, lambda word: word in said):
        if 1 not in taken[start:end]:
            taken[start:end] = b"\1" * (end - start)
            found.append(Identifier(NAME, text[start:end], start, end, soft.why, soft.better, sure=False))
    for name in [one for one in found if one.kind in ("name", NAME)]:
        place = beside.pattern.search(text[name.end : name.end + NEAR])
        start, end = (name.end + at for at in place.span(1)) if place else (0, 0)
        if place and 1 not in taken[start:end] and soft.tells_where(place[1], wide, said, beside.tells):
            taken[start:end] = b"\1" * (end - start)
            found.append(Identifier(PLACE, place[1], start, end, beside.why, beside.better, sure=False))
    for kind, start, end in facts.spans(text, said):
        if 1 not in taken[start:end] and not soft.nobodys("name", text, start):
            found.append(Identifier(kind, text[start:end], start, end, facts.why, facts.better, sure=False))
    return sorted(found, key=lambda one: one.start)


def _given(words: str, said: frozenset[str]) -> bool:
    """Whether the exercise says the same: every word that starts with a capital or holds a figure stands in it."""
    telling = re.findall(r"[A-ZÀ-ÖØ-Þ0-9][\w'’-]*", words)
    return bool(telling) and all(_bare(word) in said for word in telling)


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
