"""Item analysis of a graded assignment: how hard each question was, whether it told trainees apart, and what was
chosen."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import StatisticsError, correlation, fmean

from ..cards.model import Question
from ..cards.vocabulary import LETTERS
from ..grading.read import Read, reading

ENOUGH = 20  # with fewer answers a correlation has a standard error above 0.2, and an unused option means nothing
NEARLY_ALL = 0.95
OTHER = 0.1  # a share that differs less from the planned one is as planned


@dataclass(frozen=True)
class Item:
    """One question of an assignment over a cohort.

    `difficulty`: mean share of its points, 0 to 1, the higher the easier. `discrimination`: the correlation of its
    share with that of
    the other questions together, -1 to 1 (the corrected item-total correlation of Henrysson, Psychometrika 28, 1963,
    pages 211 to
    218); None with fewer than ENOUGH answers, or where nobody differs. `chosen`: letter -> trainees, "" for those who
    chose nothing.
    """

    name: str
    answers: int
    difficulty: float
    discrimination: float | None
    chosen: Mapping[str, int]


def copies(folder: Path, assignment: str) -> dict[str, list[Read]]:
    """Trainee -> what was read, from the graded copies in `folder` (nbgrader's `autograded`). A copy that cannot be
    read is left out."""
    found: dict[str, list[Read]] = {}
    for path in sorted(folder.glob(f"*/{assignment}/{assignment}.ipynb")):
        try:
            reads = [reading(cell) for cell in json.loads(path.read_bytes())["cells"]]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        found[path.parts[-3]] = [one for one in reads if one is not None]
    return found


def chosen(reads: Mapping[str, Iterable[Read]]) -> dict[str, Counter]:
    """Question -> letter -> trainees, "" for those who chose nothing. `reads`: trainee -> what was read."""
    found: dict[str, Counter] = {}
    for own in reads.values():
        for one in own:
            if one.role == "answer":
                found.setdefault(one.cell, Counter()).update(one.chosen or ("",))
    return found


def analyse(shares: Mapping[str, Mapping[str, float]], letters: Mapping[str, Mapping[str, int]]) -> dict[str, Item]:
    """`shares`: trainee -> question -> share of its points, 0 to 1. The questions keep the order in which they are
    met."""
    names = dict.fromkeys(name for own in shares.values() for name in own)
    return {name: _item(name, [own for own in shares.values() if name in own], letters.get(name, {})) for name in names}


def _item(name: str, cohort: list[Mapping[str, float]], letters: Mapping[str, int]) -> Item:
    reached = [own[name] for own in cohort]
    rest = [fmean(share for other, share in own.items() if other != name) if len(own) > 1 else 0.0 for own in cohort]
    try:
        apart = correlation(reached, rest) if len(cohort) >= ENOUGH else None
    except StatisticsError:  # all the same
        apart = None
    return Item(name, len(cohort), fmean(reached), apart, dict(letters))


def remarks(item: Item, question: Question) -> Iterable[str]:
    """What an author or a teacher should look at, a sentence each; nothing while the cohort is small."""
    if item.answers < ENOUGH:
        return
    letters = [letter for letter, _ in zip(LETTERS, question.options)]
    wrong = {letter: item.chosen.get(letter, 0) for letter in letters if letter not in question.key}
    best = min(item.chosen.get(letter, 0) for letter in question.key)
    if item.discrimination is not None and item.discrimination < 0:
        yield "Those who did well elsewhere chose otherwise: read the key again."
    if more := [letter for letter, count in wrong.items() if count > best]:
        yield f"More chose {' and '.join(more)} than the best option."
    if said := _not_as_planned(item, question.difficulty):
        yield said
    if item.difficulty >= NEARLY_ALL:
        yield "Nearly all had it."
    elif unused := [letter for letter, count in wrong.items() if not count]:
        yield f"Nobody chose {' or '.join(unused)}."


def _not_as_planned(item: Item, planned: float) -> str:
    """Whether a question was easier or harder than two readers judged: by more than two standard errors, and by a
    tenth at least."""
    error = (item.difficulty * (1 - item.difficulty) / item.answers) ** 0.5
    if not planned or abs(item.difficulty - planned) < max(OTHER, 2 * error):
        return ""
    return f"{'Easier' if item.difficulty > planned else 'Harder'} than planned ({planned:.2f})."
