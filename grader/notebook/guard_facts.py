"""The guard's questions about what no name shows: facts that together may fit one person alone.

Each kind of fact (an office, a rare trade, a house where people work, a small place, an event that others heard of) has
points; what speaks of the writer, or of many, takes some away. Where a sentence and the next reach `least`, and speak
of somebody, the one with more is marked. A kind counts once, so that a long sentence about one thing stays below. The
points were found by logistic regression over lists of texts, and rounded (DECISIONS.md). What the desk does is
`js/src/desk/guard-facts.js`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

WINDOW = 400  # characters of two sentences that are read together
LETTERS = 4  # of a word that tells whether the exercise says the same
_END = re.compile(r"[.!?](?= )|\n")
_WORD = re.compile(f"[a-zß-öø-ÿ]{{{LETTERS},}}")

Span = tuple[int, int]


class Facts:
    """`data`: what the file has under `facts`; `whole` puts a pattern's parts in their places."""

    def __init__(self, data: Mapping[str, Any], whole: Callable[[str], str]) -> None:
        self.unique, self.known = data["kinds"]  # of a mark without, and with, a sign of what the public knows
        self.why, self.better, self.least = str(data["why"]), str(data["better"]), int(data["least"])
        self.person = re.compile(whole(data["person"]))
        self.signs = [
            (re.compile(whole(sign["pattern"])), int(sign["points"]), bool(sign.get("public")))
            for sign in data["signs"]
        ]

    def spans(self, text: str, said: frozenset[str] | set[str]) -> Iterator[tuple[str, int, int]]:
        """(kind, start, end) of each place whose facts may tell who it is. `said`: words that the exercise says."""
        sentences = [(start, end, self._told(text[start:end], said)) for start, end in _sentences(text)]
        marked = set()
        for at, (start, end, told) in enumerate(sentences):
            pair = [one for one in sentences[at : at + 2] if one[1] - start <= WINDOW or one[1] == end]
            together = {sign: span for _, _, told in pair for sign, span in told.items()}
            if self._points(together) >= self.least and self.person.search(text, start, pair[-1][1]):
                marked.add(max(pair, key=lambda one: self._points(one[2]))[0])
        for start, _, told in sentences:
            if start in marked:
                spans = [span for sign, span in told.items() if self.signs[sign][1] > 0]
                kind = self.known if any(self.signs[sign][2] for sign in told) else self.unique
                yield kind, start + min(spans)[0], start + max(end for _, end in spans)

    def _points(self, told: Mapping[int, Span]) -> int:
        return sum(self.signs[sign][1] for sign in told)

    def _told(self, sentence: str, said: frozenset[str] | set[str]) -> dict[int, Span]:
        """Where each sign first stands in a sentence; what the exercise says in the same words is left out."""
        told = {}
        for sign, (pattern, points, _) in enumerate(self.signs):
            for match in pattern.finditer(sentence):
                words = _WORD.findall(match[1])
                if points < 0 or not words or not said.issuperset(words):
                    told[sign] = match.span(1)
                    break
        return told


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for end in _END.finditer(text):
        yield start, end.end()
        start = end.end()
    if start < len(text):
        yield start, len(text)
