"""What the wording of options gives away: how often a reader of words alone would find the best option, and which words
lean.

The reader is a naive Bayes classifier. Its features are the words, the marks of punctuation and the pairs of neighbours
that stand in an option or do not (the Bernoulli model of A. McCallum and K. Nigam, A comparison of event models for
naive Bayes text classification, AAAI-98 workshop, 1998), with one added to each count so that no feature weighs without
measure (C. D. Manning, P. Raghavan and H. Schuetze, Introduction to information retrieval, 2008, chapter 13). A feature
of fewer than SELDOM options is left out. It learns from nine tenths of the questions and guesses the rest, in turn; a
set stays together, since its stories share their options. Folds go by a check of the set's name, REPEATS times over, so
that a figure hardly moves when one card is added.
"""

from __future__ import annotations

import itertools
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from statistics import fmean
from typing import TypeAlias

from ..cards.model import Question

FOLDS, REPEATS = 10, 3
SELDOM = 4  # a feature of fewer options teaches nothing
COMMON = 40  # a word is named as leaning when at least so many options use it
OPENING = 10  # a first word is looked at when at least so many options begin with it
#: By the same reader, on public questions for licensing: three subjects of MMLU (D. Hendrycks and others, Measuring
#: massive multitask language understanding, ICLR 2021): professional psychology, professional medicine, professional
#: law.
PUBLIC = {"psychology": 0.29, "medicine": 0.23, "law": 0.32}


@dataclass(frozen=True)
class Guess:
    """A question read by its options' words alone. `found`: in which share of the rounds the best option came first, a
    tie shared; `margin`: by how much it leads the strongest other option, in natural logarithms of odds, mean of the
    rounds; below 0 another option looks better.
    """

    found: float
    margin: float


#: A word or a mark, or a pair of neighbours.
Feature: TypeAlias = str | tuple[str, str]
#: The features of each option of a question, and whether it is right.
Options: TypeAlias = list[tuple[frozenset[Feature], bool]]
#: In how many best and in how many other options each feature stands, and how many options there are of each kind.
Counted: TypeAlias = tuple[Counter[Feature], Counter[Feature], int, int]


def features(text: str) -> frozenset[Feature]:
    """The words, marks and pairs of neighbours in an option."""
    tokens = re.findall(r"[a-z']+|[?;:,.!]", text.lower())
    return frozenset([*tokens, *itertools.pairwise(tokens)])


def guesses(cards: Iterable[Question]) -> dict[str, Guess]:
    """What the reader makes of each question that has one best option, by its name."""
    cards = [card for card in cards if card.single and len(card.key) == 1]
    read = {card.name: [(features(option.text), option.right) for option in card.options] for card in cards}
    every = _counted(read.values())
    rounds = [_round(cards, read, every, number) for number in range(REPEATS)]
    return {
        card.name: Guess(fmean(one[card.name][0] for one in rounds), fmean(one[card.name][1] for one in rounds))
        for card in cards
    }


def _round(
    cards: Sequence[Question], read: Mapping[str, Options], every: Counted, number: int
) -> dict[str, tuple[float, float]]:
    folds: list[list[str]] = [[] for _ in range(FOLDS)]
    for card in cards:
        folds[zlib.crc32(f"{number}/{card.group}".encode()) % FOLDS].append(card.name)
    best, other, right, wrong = every
    made = {}
    for fold in folds:
        own_best, own_other, own_right, own_wrong = _counted(read[name] for name in fold)
        base = log(right - own_right + 2) - log(wrong - own_wrong + 2)
        lean: dict[Feature, float] = {}
        for feature in own_best.keys() | own_other.keys():
            yes, no = best[feature] - own_best[feature], other[feature] - own_other[feature]
            if yes + no >= SELDOM:
                lean[feature] = log(yes + 1) - log(no + 1) - base
        for name in fold:
            score = [(sum(lean.get(feature, 0.0) for feature in some), is_right) for some, is_right in read[name]]
            mine = next(value for value, is_right in score if is_right)
            top = max(value for value, is_right in score if not is_right)
            made[name] = (1 / sum(value == mine for value, _ in score) if mine >= top else 0.0, mine - top)
    return made


def _counted(read: Iterable[Options]) -> Counted:
    best: Counter[Feature] = Counter()
    other: Counter[Feature] = Counter()
    right = wrong = 0
    for options in read:
        for some, is_right in options:
            (best if is_right else other).update(some)
            right, wrong = right + is_right, wrong + (not is_right)
    return best, other, right, wrong


def rate(found: dict[str, Guess], cards: Iterable[Question]) -> tuple[float, float, int]:
    """Of some of the questions that were guessed: the share (0 to 1) whose best option was found, what chance would
    find, and how many they are."""
    some = [card for card in cards if card.name in found]
    if not some:
        return 0.0, 0.0, 0
    return fmean(found[card.name].found for card in some), fmean(1 / len(card.options) for card in some), len(some)


def leaning(cards: Iterable[Question], most: int = 12) -> list[tuple[str, int, int]]:
    """The common words that stand most unevenly: (word, best options with it, options with it), the most telling
    first (by z of the share)."""
    best, other, right, wrong = _counted(
        [(frozenset(re.findall(r"[a-z']+|[?;:]", option.text.lower())), option.right) for option in card.options]
        for card in cards
    )
    share = right / ((right + wrong) or 1)
    found = [
        (str(word), best[word], best[word] + other[word])
        for word in best.keys() | other.keys()
        if best[word] + other[word] >= COMMON
    ]
    return sorted(found, key=lambda row: (-abs(_z(row[1], row[2], share)), row[0]))[:most]


def openers(cards: Iterable[Question], beyond: float) -> list[tuple[str, int, int, float]]:
    """First words of options that lean by more than `beyond` standard errors: (word, best options that begin so,
    options that do, best ones by chance)."""
    best: Counter[str] = Counter()
    every: Counter[str] = Counter()
    chance: dict[str, float] = defaultdict(float)
    for card in cards:
        if not card.single:
            continue
        for option in card.options:
            word = (re.findall(r"[\w']+", option.text.lower()) or [""])[0]
            every[word] += 1
            best[word] += option.right
            chance[word] += 1 / len(card.options)
    found = [(word, best[word], every[word], chance[word]) for word in every if every[word] >= OPENING]
    found = [row for row in found if abs(_z(row[1], row[2], row[3] / row[2])) > beyond]
    return sorted(found, key=lambda row: (-abs(_z(row[1], row[2], row[3] / row[2])), row[0]))


def _z(best: int, every: int, share: float) -> float:
    """How many standard errors a count is from what its share would give."""
    return (best - share * every) / ((share * (1 - share) * every) ** 0.5 or 1)
