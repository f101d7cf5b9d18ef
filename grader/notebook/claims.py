"""What the lines of an answer cell claim together: which options they point to, and whether that is one clear answer.

A line points to an option by a mark, by emphasis on some lines alone, by a letter or the option's words that were
typed, or by striking out all others. Ways that disagree are for a person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from .answer_lines import (
    CIRCLE,
    CROSSES,
    NO,
    OWN,
    REJECTS,
    SIGNS,
    TICKS,
    Line,
    by_words_of,
    emphasised,
    front_of,
    lines,
    struck_whole,
    take_apart,
)
from .typed_letters import behind_what_says_so, is_numbered, typed_letters
from ..cards.vocabulary import LETTERS
from ..language import joined, later, t


@dataclass
class Claims:
    """What is pointed to, as released letters. `trouble`: what is not understood, in our own words."""

    offered: str
    several: bool  # whether more than one may be chosen
    lines: set[str] = field(default_factory=set)
    boxed: Counter[str] = field(default_factory=Counter)  # how often each option stands there as a line of a list
    marked: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))  # for each copy of the list
    emphasised: set[str] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)
    retyped: set[str] = field(default_factory=set)  # the words of an option on a line of their own
    said: set[str] = field(default_factory=set)  # the words of an option behind *my answer* and the like
    numbered: int = 0  # how many lines are an answer behind a question's number
    struck: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)  # letter in front of a line -> released letter of its words
    signs: set[str] = field(default_factory=set)
    trouble: str = ""

    @property
    def ways(self) -> list[set[str]]:
        standing_out = self.emphasised if self.emphasised != self.lines else set()
        ways = [way for way in (set().union(*self.marked.values()), standing_out, self.named) if way]
        return ways or [way for way in [self.left] if way]

    @property
    def named(self) -> set[str]:
        """The options whose letter or words were typed. Words count beside the whole list or in place of it; otherwise
        such lines are a list that lost its boxes."""
        beside = set(self.boxed) == set(self.offered)
        alone = not self.boxed and (not self.labels if self.several else len(self.retyped) == 1)
        retyped = self.retyped if (beside or alone) and len(self.retyped) < len(self.offered) else set()
        return {self.labels.get(letter, letter) for letter in self.typed} | retyped | self.said

    @property
    def left(self) -> set[str]:
        """The one option that is left where all others are struck out."""
        left = self.lines - self.struck
        return left if not self.several and len(left) == 1 and len(self.lines) == len(self.offered) else set()

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(sorted(set().union(*self.ways)))

    @property
    def relabelled(self) -> bool:
        return any(label != letter for label, letter in self.labels.items())

    def contradiction(self) -> str:
        """Why these claims are no clear answer; empty where they are one."""
        ways, chosen = self.ways, self.chosen
        if self.struck and (ways != [self.left] or self.marked):
            return t("a line is struck through")
        if not ways:
            return t("no option is marked, and the answer is not as it was handed out")
        if any(way != ways[0] for way in ways):
            return t("{letters} are pointed to in different ways", letters=joined(chosen, AND))
        if not self.several and len(chosen) > 1:
            both = later("{letters} are both marked, and the question asks for one")
            every = later("{letters} are all marked, and the question asks for one")
            return t(both if len(chosen) == 2 else every, letters=joined(chosen, AND))
        if any(marked != set(chosen) for marked in self.marked.values()):
            return t("the options stand there more than once, and are marked differently")
        if sum(bool(self.signs & kind) for kind in (CROSSES, REJECTS, TICKS)) > 1:
            return t("ticks and crosses stand side by side, and a cross may mean no")
        if CIRCLE in self.signs and self.signs & (CROSSES | REJECTS):
            return t("circles and crosses stand side by side, and a cross may mean no")
        if len(chosen) == len(self.offered) and len({sign.casefold() for sign in self.signs}) > 1:
            return t("all options are marked, with different signs")
        if self.numbered > 1:
            return t("answers stand there under several numbers")
        if self.several and not self.named and len(self.lines) < len(self.offered):
            missing = next(letter for letter in LETTERS if letter not in self.lines)
            return t("the line of option {letter} is missing", letter=missing)
        return ""

    def take_option(self, line: Line, letter: str, sign: str, text: str) -> None:
        """A line with the words of the option `letter`, released as `text`."""
        self.lines.add(letter)
        if line.label and self.labels.setdefault(line.label, letter) != letter:
            self.trouble = t("the letter {letter} stands in front of two options", letter=line.label)
        if line.tildes >= 2 + text.count("~"):
            self.struck.add(letter)
            if not struck_whole(line):
                self.trouble = t("a line is struck through in part")
        if line.mark is None and not sign and not set(line.raw) & set("*_~="):
            self.retyped.add(letter)
            return
        if sign:
            self.marked[self.boxed[letter]].add(letter)
            if sign not in SIGNS:
                self.trouble = t(UNKNOWN)
            elif sign in REJECTS and self.boxed[letter]:
                self.trouble = t(
                    "option {letter} stands there once more with a cross, which may mean no", letter=letter
                )
        if line.emphasised and not emphasised(text):
            self.emphasised.add(letter)
        self.boxed[letter] += 1

    def take_other(self, line: Line, sign: str, by_words: Mapping[str, str]) -> None:
        """A line with other words than an option's, or none."""
        if line.tildes >= 2:
            self.trouble = t("a line is struck through")
        elif sign and not line.words and line.label and line.label in self.offered:
            self.marked[0].add(line.label)
            if sign not in SIGNS:
                self.trouble = t(UNKNOWN)
            elif {sign, line.bullet} & REJECTS:
                self.trouble = t("a cross stands beside the letter {letter}, and may mean no", letter=line.label)
        elif typed := typed_letters(line.raw, self.offered, self.several):
            self.typed |= typed
            self.numbered += is_numbered(line.raw)
        elif letter := _said(line.raw, by_words):
            self.said.add(letter)
        elif sign and sign not in SIGNS:
            self.trouble = t(UNKNOWN)
        elif not self.trouble:
            self.trouble = _trouble(line)


UNKNOWN = later("a box holds a sign that is not known as a mark")
AND = later("{first} and {second}")


def claims_of(plain: str, options: tuple[str, ...], *, several: bool) -> Claims:
    """What a cell claims, in which the texts `options` were released. `plain`: its text, as `answer_lines.plain` makes
    it."""
    claims, by_words = Claims(LETTERS[: len(options)], several), by_words_of(options)
    found = [(line, letter_of(line, by_words)) for line in lines(plain, by_words)]
    _without_bullets([line for line, letter in found if letter])
    signs = [line.mark or line.bullet for line, _ in found]
    if set(signs) - {"", NO}:  # a no says nothing more beside a yes; alone it is no known mark
        signs = ["" if sign == NO else sign for sign in signs]
    for (line, letter), sign in zip(found, signs):
        claims.signs |= {sign, line.bullet, CIRCLE if line.circle else ""} - {""}
        if letter:
            claims.take_option(line, letter, sign, options[claims.offered.index(letter)])
        else:
            claims.take_other(line, sign, by_words)
    return claims


def _without_bullets(options: list[Line]) -> None:
    """Take out of the lines of the options what stands on each and so says nothing: a bullet, or its own letter in its
    box. A letter that stands in the box of some options alone is a mark."""
    alike = len(options) > 1 and len({line.bullet for line in options}) == 1
    own = len(options) > 1 and all(line.mark == OWN for line in options)
    for line in options:
        line.bullet = "" if alike else line.bullet
        line.mark = ("" if own else "x") if line.mark == OWN else line.mark


def letter_of(line: Line, by_words: Mapping[str, str]) -> str:
    """The released letter of the option whose words stand in a line; empty where they are none's, or could be two's."""
    letters = by_words.get(line.words, "")
    return line.label if line.label and line.label in letters else letters if len(letters) == 1 else ""


def _said(raw: str, by_words: Mapping[str, str]) -> str:
    """The letter in a line such as *My answer: B. The words of B*; empty where it is another."""
    said = behind_what_says_so(raw)
    again = take_apart(said, by_words, front_of(by_words))
    letter = letter_of(again, by_words) if said and not again.mark and not again.bullet else ""
    return letter if again.label in ("", letter) else ""


_RULE = frozenset("-+>#|.:•")  # what lines are drawn with


def _trouble(line: Line) -> str:
    """Why a line that is no option and no typed letter needs a person; empty for a rule, or a bullet with nothing
    behind it."""
    if any(sign.isalnum() for sign in line.words):
        if line.label:
            return t("the line of option {letter} holds other words than were released", letter=line.label)
        return t("there is other text in the answer")
    if line.mark or line.bullet or line.label:
        return t("a mark stands beside no option")
    return "" if set(line.words) <= _RULE else t("there are other signs in the answer")
