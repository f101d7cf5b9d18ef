"""One reading of an answer cell: what a person sees in it at a glance, or that a person must look.

`read_answer` alone understands the text of an answer cell: the score, the graded copy, the check before handing in and
the receipt go by what it says. It knows what was released. A marked line counts for the option whose words stand in it,
so that a letter never stands for another text; what is not understood, or contradicts itself, goes to a person.

The text is bounded first; `answer_lines` takes it apart, and here is decided what the lines claim together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from .answer_lines import CROSSES, NO_EMPHASIS, SIGNS, TICKS, Line, by_words_of, emphasised, lines, plain, without_space
from ..cards.vocabulary import LETTER, LETTERS

RELABELLED = "the options stand under other letters than were released; their words were compared"
LONGEST = 20_000  # characters of an answer cell that are read; what is released has about 600


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer cell says.

    `state`: `answered`; `blank`, which is exactly what was released; or `look`, which is for a person. `chosen`: the
    letters that are pointed to, as released, in order. `note`: in our own words, why a person must look, or what was
    odd.
    """

    chosen: tuple[str, ...]
    state: str
    note: str = ""


def option_line(letter: str, text: str) -> str:
    """An option as it stands in the released notebook, in Markdown's task list."""
    return f"- [ ] **{letter}.** {text}"


_RELEASED = re.compile(rf"^- \[ \] \*\*{LETTER}\.\*\* (.*)$", re.MULTILINE)


@lru_cache(maxsize=4096)
def released_options(source: str) -> tuple[str, ...]:
    """The texts of the options in an answer cell as it was released."""
    return tuple(_RELEASED.findall(source))


def read_answer(text: str, options: Sequence[str], kind: str) -> Reading:
    """Read an answer cell in which the texts `options` were released, in the order of their letters.

    Any mark counts: where a line stands twice (a copied or split cell), its option is chosen if one of them is marked.
    """
    if not options:
        return Reading((), "look", "which options were released is not known")
    if len(text) > LONGEST:
        return Reading((), "look", f"the answer cell holds more than {LONGEST:,} characters")
    if without_space(text) == without_space("".join(map(option_line, LETTERS, options))):
        return Reading((), "blank")
    if not text.strip():
        return Reading((), "look", "the options were taken out of the answer cell, and nothing stands in their place")
    claims = _claims(plain(text), tuple(options))
    if note := claims.trouble or claims.contradiction(len(options), kind):
        return Reading(claims.chosen, "look", note)
    return Reading(claims.chosen, "answered", RELABELLED if claims.relabelled else "")


# ---- What a cell claims --------------------------------------------------------------------------------------------


@dataclass
class _Claims:
    """What the lines of a cell point to, as released letters: by a mark, by emphasis on some lines alone, by a letter
    that was typed."""

    lines: set[str] = field(default_factory=set)
    marked: set[str] = field(default_factory=set)
    emphasised: set[str] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)  # letter in front of a line -> released letter of its words
    signs: set[str] = field(default_factory=set)
    trouble: str = ""  # the first line that is not understood

    @property
    def ways(self) -> list[set[str]]:
        standing_out = self.emphasised if self.emphasised != self.lines else set()
        typed = {self.labels.get(letter, letter) for letter in self.typed}
        return [way for way in (self.marked, standing_out, typed) if way]

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(sorted(set().union(*self.ways)))

    @property
    def relabelled(self) -> bool:
        return any(label != letter for label, letter in self.labels.items())

    def contradiction(self, count: int, kind: str) -> str:
        """Why these claims are no clear answer; empty where they are one."""
        ways, chosen = self.ways, self.chosen
        if not ways:
            return "no option is marked, and the answer cell is not as it was released"
        if any(way != ways[0] for way in ways):
            return f"{' and '.join(chosen)} are pointed to in different ways"
        if kind != "all-that-apply" and len(chosen) > 1:
            return f"{' and '.join(chosen)} are both marked, and the question asks for one"
        if self.signs & CROSSES and self.signs & TICKS:
            return "ticks and crosses stand side by side, and a cross may mean no"
        if kind == "all-that-apply" and not self.typed and len(self.lines) < count:
            return f"the line of option {next(letter for letter in LETTERS if letter not in self.lines)} is missing"
        return ""


def _claims(plain: str, options: tuple[str, ...]) -> _Claims:
    claims, offered = _Claims(), LETTERS[: len(options)]
    by_words = by_words_of(options)
    for line in lines(plain, by_words):
        letters = by_words.get(line.words, "")
        letter = line.label if line.label and line.label in letters else letters if len(letters) == 1 else ""
        if line.mark:
            claims.signs.add(line.mark)
        if letter:
            claims.lines.add(letter)
            if line.label and claims.labels.setdefault(line.label, letter) != letter:
                claims.trouble = f"the letter {line.label} stands in front of two options"
            if line.mark:
                claims.marked.add(letter)
            if line.emphasised and not emphasised(options[offered.index(letter)]):
                claims.emphasised.add(letter)
        elif line.mark and not line.words and line.label and line.label in offered:
            claims.marked.add(line.label)
        elif typed := _typed(line.raw, offered):
            claims.typed |= typed
        elif not claims.trouble:
            claims.trouble = _trouble(line)
        if line.mark and line.mark not in SIGNS:
            claims.trouble = "a box holds a sign that is not known as a mark"
        elif line.struck:
            claims.trouble = "a line is struck through"
    return claims


def _trouble(line: Line) -> str:
    """Why a line that is no option and no typed letter needs a person; empty for a rule, or a bullet with nothing
    behind it."""
    if any(sign.isalnum() for sign in line.words):
        if line.label:
            return f"the line of option {line.label} holds other words than were released"
        return "there is other text in the answer cell"
    return "a mark stands beside no option" if line.mark or line.label else ""


_SMALL = LETTER.lower()
_ANSWER = re.compile(
    r"(?:(?:my|the|final|best|correct|right) ){0,3}(?:(?:answer|choice|option|response)s? ?(?:is|are)? ?[:=-]? ?)?"
    rf"\(?(?P<letters>{_SMALL}(?: ?(?:,|&|\+|/|and) ?{_SMALL})*)[.!)]?"
)


def _typed(raw: str, offered: str) -> set[str]:
    """The letters of a line that says nothing but an answer (`B`, `My answer: B`, `A and C`); none where it says
    anything else."""
    if len(raw) > 80:
        return set()
    found = _ANSWER.fullmatch(" ".join(raw.lower().translate(NO_EMPHASIS).replace(":", ": ").split()))
    letters = set(re.findall(rf"\b{_SMALL}\b", found["letters"])) if found else set()
    return {letter.upper() for letter in letters} if letters <= set(offered.lower()) else set()
