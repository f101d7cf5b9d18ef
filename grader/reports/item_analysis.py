"""Item analysis of a graded assignment: how hard each question was, whether it told trainees apart, and what was
chosen, by those who answered it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import atanh, comb, sqrt, tanh
from pathlib import Path
from statistics import StatisticsError, correlation, fmean, median

from ..cards.model import Question
from ..cards.vocabulary import LETTERS
from ..grading.read import Read, reading
from ..language import in_percent, joined, later, t
from ..web.interval import Interval, Z, wilson

ENOUGH = 20  # with fewer answers a correlation has a standard error above 0.2, and an unused option means nothing
GROUPS = 15  # answers; with fewer a third of them is less than five people
NEARLY_ALL = 0.95
OTHER = 0.1  # a share that differs less from the planned one is as planned
LEAKED = 0.2  # how much easier than the other questions of the test lets one think of a key that went round
RARE = 0.025  # how unlikely an option must be to stay unused by chance before it is called unused


@dataclass(frozen=True, slots=True)
class Answer:
    """What one trainee has in one question: the share of its points, 0 to 1, the letters, whether it was left open."""

    share: float
    chosen: tuple[str, ...] = ()
    open: bool = False


@dataclass(frozen=True)
class Item:
    """One question of an assignment over those who answered it.

    `omitted`: trainees who sat the assignment and left it open. `difficulty`: mean share of its points, 0 to 1, the
    higher the easier; `interval` its 95 % interval, None where nobody answered. `discrimination`: the correlation of
    its share with that of the other questions together, -1 to 1 (the corrected item-total correlation of Henrysson,
    Psychometrika 28, 1963, pages 211 to 218); None with fewer than ENOUGH answers, or where nobody differs. Its
    interval is by Fisher's transformation (Metron 1, 1921, pages 3 to 32). `chosen`: letter -> trainees. `groups`: the
    same for the third that did worst elsewhere, the middle, and the third that did best; none with fewer than GROUPS.
    `rest`: letter -> the mean share elsewhere of those who chose it.
    """

    name: str
    answers: int
    difficulty: float
    discrimination: float | None
    chosen: Mapping[str, int]
    omitted: int = 0
    interval: Interval | None = None
    apart: tuple[float, float] | None = None
    groups: tuple[Mapping[str, int], ...] = ()
    rest: Mapping[str, float] = field(default_factory=dict)
    lowest: float | None = None  # mean share of the third that did worst elsewhere


Sheet = Mapping[str, Answer]  # question -> what one trainee has in it


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


def sat(sheets: Mapping[str, Sheet]) -> dict[str, Sheet]:
    """The trainees who answered something. Who answered nothing did not sit the test, and says nothing about it."""
    return {name: own for name, own in sheets.items() if any(not one.open for one in own.values())}


def analyse(sheets: Mapping[str, Sheet]) -> dict[str, Item]:
    """Trainee -> question -> answer. The questions keep the order in which they are met. Answers that wait for a
    person are not among them."""
    cohort = list(sat(sheets).values())
    names = dict.fromkeys(name for own in cohort for name in own)
    return {name: _item(name, [own for own in cohort if name in own]) for name in names}


def _item(name: str, cohort: list[Sheet]) -> Item:
    met = [own for own in cohort if not own[name].open]
    reached = [own[name].share for own in met]
    rest = [_rest(own, name) for own in met]
    apart = _apart(reached, rest)
    order = sorted(range(len(met)), key=lambda place: rest[place])
    third = len(met) // 3
    thirds = (order[:third], order[third : len(order) - third], order[len(order) - third :])
    enough = len(met) >= GROUPS
    by_letter: dict[str, list[float]] = {}
    for own, score in zip(met, rest):
        for letter in own[name].chosen:
            by_letter.setdefault(letter, []).append(score)
    return Item(
        name,
        len(met),
        fmean(reached) if met else 0.0,
        apart,
        {letter: len(scores) for letter, scores in sorted(by_letter.items())},
        len(cohort) - len(met),
        wilson(sum(reached), len(met)) if met else None,
        fisher(apart, len(met)) if apart is not None else None,
        tuple(dict(Counter(letter for place in part for letter in met[place][name].chosen)) for part in thirds)
        if enough
        else (),
        {letter: fmean(scores) for letter, scores in sorted(by_letter.items())},
        fmean(reached[place] for place in thirds[0]) if enough else None,
    )


def _rest(own: Sheet, name: str) -> float:
    """The mean share of the other questions; one that was left open counts as none."""
    return fmean(one.share for other, one in own.items() if other != name) if len(own) > 1 else 0.0


def _apart(reached: Sequence[float], rest: Sequence[float]) -> float | None:
    if len(reached) < ENOUGH:
        return None
    try:
        return correlation(reached, rest)
    except StatisticsError:  # all the same
        return None


def fisher(value: float, count: int) -> tuple[float, float] | None:
    """The 95 % interval of a correlation of `count` pairs; None with three pairs or fewer. That of a correlation of 1
    has no width: all lie on one line."""
    if count <= 3:
        return None
    if abs(value) >= 1 - 1e-12:
        return value, value
    middle, half = atanh(value), Z / sqrt(count - 3)
    return tanh(middle - half), tanh(middle + half)


def easier(items: Iterable[Item], planned: Mapping[str, float]) -> float:
    """How much easier the cohort found the questions than planned, by the median: a strong cohort finds all easier."""
    gaps = [item.difficulty - planned[item.name] for item in items if planned.get(item.name) and item.answers]
    return median(gaps) if gaps else 0.0


def remarks(item: Item, question: Question, ease: float = 0.0) -> Iterator[str]:
    """What an author or a teacher should look at, a sentence each; nothing while the cohort is small. `ease`: how much
    easier than planned the cohort found the questions together."""
    if item.answers < ENOUGH:
        return
    letters = [letter for letter, _ in zip(LETTERS, question.options)]
    wrong = {letter: item.chosen.get(letter, 0) for letter in letters if letter not in question.key}
    best = min(question.key, key=lambda letter: item.chosen.get(letter, 0))
    said = False
    if item.apart and item.apart[1] < 0:
        said = True
        yield t("Those who did well elsewhere chose otherwise: read the key again.")
    if more := [letter for letter, count in wrong.items() if _beats(count, item.chosen.get(best, 0))]:
        better = [letter for letter in more if item.rest.get(letter, 0) > item.rest.get(best, 0)]
        words = later("More chose {letters} than the best option.")
        if better and not said:
            words = later("More chose {letters} than the best option; they did better elsewhere: read the key again.")
        yield t(words, letters=joined(more, later("{first} and {second}")))
    yield from _difficulty(item, question, ease)
    if unused := _unused(wrong, single=question.single):
        yield t("Nobody chose {letters}: no distractor.", letters=joined(unused, later("{first} or {second}")))


def _difficulty(item: Item, question: Question, ease: float) -> Iterator[str]:
    planned = question.difficulty
    error = sqrt(item.difficulty * (1 - item.difficulty) / item.answers)
    ahead = item.difficulty - planned - ease
    if (
        planned
        and item.lowest is not None
        and item.difficulty >= planned  # whoever knew the key has it, however weak the cohort
        and ahead > max(LEAKED, 3 * error)
        and item.lowest >= item.difficulty - OTHER
    ):
        yield t("Much easier than the others, also for those who did worst elsewhere: did its key go round?")
    elif planned and abs(item.difficulty - planned) >= max(OTHER, 2 * error):
        easier, harder = later("Easier than planned ({share})."), later("Harder than planned ({share}).")
        yield t(easier if item.difficulty > planned else harder, share=in_percent(planned))
    if item.difficulty >= NEARLY_ALL:
        yield t("Nearly all had it.")


def _beats(count: int, best: int) -> bool:
    """Whether more chose a wrong option than the best one, beyond chance: a two-sided sign test at 5 %."""
    both = count + best
    if count <= best:
        return False
    chance: float = 2 * sum(comb(both, some) for some in range(count, both + 1)) / 2**both
    return chance < 0.05


def _unused(wrong: Mapping[str, int], single: bool) -> list[str]:
    """Distractors that nobody chose, where so many chose another wrong one that chance would have found each."""
    missed, places = sum(wrong.values()), len(wrong)
    if not single or places < 2 or places * (1 - 1 / places) ** missed > RARE:
        return []
    return [letter for letter, count in wrong.items() if not count]
