"""Milliseconds for one mock form, how evenly a thousand of them use the bank, and how far letters are off, beside forms
drawn by chance.

    python bench/forms.py [FORMS]

By chance: the same weights, each slot a card of its area drawn at random, with no memory of earlier forms.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

from grader.cards.library import Library, find_root, load
from grader.cards.model import Blueprint, Question
from grader.learner.exam import forms as exam


def by_chance(blueprint: Blueprint, library: Library, dice: random.Random) -> list[Question]:
    pool = [
        (card, library.chapters[card.chapter].covers)
        for card in library.questions.values()
        if card.use in exam.WITH_PRACTICE and card.chapter in library.chapters
    ]
    return [
        dice.choice([card for card, covers in pool if weight.area in covers])
        for weight in blueprint.weights
        for _ in range(weight.questions)
    ]


def line(what: str, taken: list[float], forms: list[list[Question]]) -> str:
    lists = [[card.group for card in form] for form in forms]
    twice = sum(len(form) - len(set(form)) for form in lists)
    second = len({card.name for card in forms[0]} & {card.name for card in forms[1]})
    uses = Counter(name for form in forms for name in {card.name for card in form})
    off = max(exam.Form(None, 0, [("", card) for card in form]).uneven for form in forms)
    return (
        f"{what}: {statistics.median(taken) * 1000:.1f} ms a form (median), {max(taken) * 1000:.0f} at most;"
        f" {second} cards of form 1 again in form 2; {twice} lists twice in one form; letters {off:.1f} apart at most;"
        f" a card stands in {min(uses.values())} to {max(uses.values())} forms"
    )


def main(count: int) -> None:
    library = load(find_root(Path(__file__).resolve().parent))
    blueprint = library.exams["knowledge-form"]
    drawn, taken = [], []
    began = time.perf_counter()
    for form in exam.draw(blueprint, library, 1, exam.WITH_PRACTICE, count):
        taken.append(time.perf_counter() - began)
        drawn.append(form.questions)
        began = time.perf_counter()
    print(line(f"{count} forms of {blueprint.questions} questions", taken, drawn))
    dice, drawn, taken = random.Random(1), [], []
    for _ in range(min(count, 50)):
        began = time.perf_counter()
        drawn.append(by_chance(blueprint, library, dice))
        taken.append(time.perf_counter() - began)
    print(line(f"{len(drawn)} by chance", taken, drawn))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
