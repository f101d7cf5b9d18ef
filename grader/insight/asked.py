"""Every question over the cohort, beside what it did elsewhere: in other courses, and as another story of its set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from .cohort import Cohort, Sitting
from .reliability import Reliability, reliability
from ..cards.model import Question
from ..cards.vocabulary import LETTERS
from ..counted import counted
from ..language import later, t, tn
from ..reports.item_analysis import Item, analyse, easier, remarks, sat

#: What was decided for all about a question.
DECIDED = {
    "dropped": later("Decided for all, and in no figure: {question}: dropped"),
    "full-marks": later("Decided for all, and in no figure: {question}: full marks"),
}
#: This cohort and others, each with the figures of its questions: assignment -> question -> figures.
Beside: TypeAlias = list[tuple[Cohort, dict[str, dict[str, Item]]]]


@dataclass(frozen=True)
class Option:
    """An option of a question: how many chose it, by thirds of the cohort (the lowest first) where there are enough."""

    letter: str
    best: bool
    count: int
    thirds: tuple[int, ...]


@dataclass(frozen=True)
class Elsewhere:
    """The same question in another course, or another story of its set: `where` says which."""

    where: str
    answers: int
    difficulty: float


@dataclass(frozen=True)
class Asked:
    """A question with its figures, and what to look at."""

    number: int
    card: Question
    item: Item
    options: tuple[Option, ...]
    remarks: tuple[str, ...]
    elsewhere: tuple[Elsewhere, ...] = ()


@dataclass
class Test:
    """An assignment's questions as a test. `sat`: who answered something; `away`: who handed in nothing or blank."""

    name: str
    title: str
    asked: list[Asked] = field(default_factory=list)
    reliability: Reliability | None = None
    sat: int = 0
    away: int = 0
    waiting: int = 0
    decided: list[str] = field(default_factory=list)

    @property
    def sizes(self) -> str:
        """How many questions it has, who sat it, and what waits."""
        words = later("{questions}, {sat} sat it, {away} did not") if self.away else later("{questions}, {sat} sat it")
        said = t(words, questions=counted(len(self.asked), "question"), sat=self.sat, away=self.away)
        if not self.waiting:
            return said
        return tn(
            "{said}, {n} answer waits for a person", "{said}, {n} answers wait for a person", self.waiting, said=said
        )


def tests(cohort: Cohort, others: Sequence[Cohort] = ()) -> list[Test]:
    """Every assignment that asks questions. `others`: cohorts of other courses to set beside this one."""
    items = {sitting.name: analyse(sitting.sheets) for sitting in cohort.sittings.values()}
    beside = [(cohort, items), *((one, {s.name: analyse(s.sheets) for s in one.sittings.values()}) for one in others)]
    return [_test(sitting, items[sitting.name], beside) for sitting in cohort.sittings.values() if sitting.asked]


def _test(sitting: Sitting, items: dict[str, Item], beside: Beside) -> Test:
    here = sat(sitting.sheets)
    made = Test(
        sitting.name,
        sitting.title,
        reliability=reliability(sitting.sheets, list(sitting.asked)) if here else None,
        sat=len(here),
        away=len(sitting.standings) - len(here),
        waiting=sum(map(len, sitting.waiting.values())),
        decided=[t(DECIDED[what], question=name) for name, what in sitting.waived.items()],
    )
    ease = easier(items.values(), {name: card.difficulty for name, card in sitting.asked.items()})
    for number, (name, card) in enumerate(sitting.asked.items(), 1):
        if name in items:
            item = items[name]
            said = tuple(remarks(item, card, ease))
            made.asked.append(Asked(number, card, item, _options(item, card), said, _elsewhere(card, sitting, beside)))
    return made


def _options(item: Item, card: Question) -> tuple[Option, ...]:
    return tuple(
        Option(
            letter, letter in card.key, item.chosen.get(letter, 0), tuple(third.get(letter, 0) for third in item.groups)
        )
        for letter, _ in zip(LETTERS, card.options)
    )


def _elsewhere(card: Question, here: Sitting, beside: Beside) -> tuple[Elsewhere, ...]:
    found = []
    for place, (cohort, items) in enumerate(beside):
        for sitting in cohort.sittings.values():
            if not place and sitting.name == here.name:
                continue
            for name, one in sitting.asked.items():
                same, sibling = name == card.name, bool(card.set) and one.set == card.set
                item = items[sitting.name].get(name)
                if item and item.answers and (same or sibling):
                    where = sitting.title if not place else f"{cohort.course}, {sitting.title}"
                    words = where if same else t("{where}: {name}, of the same set", where=where, name=name)
                    found.append(Elsewhere(words, item.answers, item.difficulty))
    return tuple(found)
