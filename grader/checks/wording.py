"""What the wording of options gives away: how often a reader of words alone would find the best option, and which words lean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import log

from ..cards.model import Question

FOLDS = 10
SELDOM = 4  # a word of fewer options teaches nothing
COMMON = 40  # a word is named as leaning when at least so many options use it


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z']+|[?;:]", text.lower()))


def _counted(cards: Sequence[Question]) -> tuple[Counter[str], Counter[str], int, int]:
    """In how many best and in how many other options each word stands, and how many options there are of each kind."""
    best: Counter[str] = Counter()
    other: Counter[str] = Counter()
    options = [option for card in cards for option in card.options]
    for option in options:
        (best if option.right else other).update(_words(option.text))
    right = sum(option.right for option in options)
    return best, other, right, len(options) - right


def guessed(cards: Sequence[Question]) -> float:
    """The share (0 to 1) of one-best-answer cards whose best option is found from the words of the options, without story or ask.

    A naive Bayes classifier (Bernoulli words present, add-one smoothing) learns from nine tenths of the cards and guesses the rest, in turn;
    with four options, chance is 0.25. What it finds, a test-wise reader finds as well.
    """
    hits = 0
    for fold in range(FOLDS):
        best, other, right, wrong = _counted([card for number, card in enumerate(cards) if number % FOLDS != fold])
        lean = {
            word: log((best[word] + 1) / (right + 2)) - log((other[word] + 1) / (wrong + 2))
            for word in best.keys() | other.keys()
            if best[word] + other[word] >= SELDOM
        }
        for card in cards[fold::FOLDS]:
            hits += max(card.options, key=lambda option: sum(lean.get(word, 0.0) for word in _words(option.text))).right
    return hits / len(cards)


def leaning(cards: Sequence[Question], most: int = 12) -> list[tuple[str, int, int]]:
    """The common words that stand most unevenly: (word, best options with it, options with it), the most telling first (by z of the share)."""
    best, other, right, wrong = _counted(cards)
    share = right / (right + wrong)
    found = [(word, best[word], best[word] + other[word]) for word in best.keys() | other.keys() if best[word] + other[word] >= COMMON]
    return sorted(found, key=lambda row: (-abs(row[1] - share * row[2]) / (share * (1 - share) * row[2]) ** 0.5, row[0]))[:most]
