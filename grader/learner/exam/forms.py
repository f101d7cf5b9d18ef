"""Mock exams: parallel forms from a blueprint, with its weights met exactly or what could not be met said.

A knowledge form draws cards over areas; a case form draws unfolding cases with all their questions over the
parts of the book. No card comes again in another form until it must, and two stories of one set never meet in a form.

A supervised form holds exam cards and a program's own. A practice card is in it only where it was asked for:
its answer stands in the book.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from ...cards.library import Library
from ...cards.model import Blueprint, Question, Vignette
from ...cards.vocabulary import LETTERS

SUPERVISED = ("exam",)
WITH_PRACTICE = ("exam", "practice")
PARTS_OF_A_CASE = 3
SHORTEST, LONGEST = 9, 15  # questions of a case
EVEN, UNEVEN = (
    1.0,
    2.0,
)  # cards by which letters may differ from their share: what is tried for, and what a repeated card is accepted for
TRIES = 20  # pairs of letters that are tried before a form is left as it is
MANY_FORMS = 50


@dataclass
class Form:
    """One form: for each slot its area and card, in the order of the paper; what the pool could not fill; how many
    cards came before."""

    blueprint: Blueprint
    number: int
    slots: list[tuple[str, Question]] = field(default_factory=list)
    cases: list[Vignette] = field(default_factory=list)
    unmet: dict[str, int] = field(default_factory=dict)
    repeated: int = 0

    @property
    def name(self) -> str:
        return f"{self.blueprint.name}-form-{self.number}"

    @property
    def questions(self) -> list[Question]:
        return [card for _, card in self.slots]

    @property
    def letters(self) -> Counter[str]:
        """How often each letter is the right one, over the cards with one right answer."""
        return Counter(card.key[0] for card in self.questions if card.single)

    @property
    def uneven(self) -> float:
        """By how many cards the letter that is right too often and the one that is right too seldom differ, against
        an even share of each list."""
        apart = _apart(self.questions)
        return max(apart.values()) - min(apart.values()) if apart else 0.0


#: The cards that a form may draw, by name, each with its areas.
Pool: TypeAlias = dict[str, tuple[Question, frozenset[str]]]

#: Slot -> the card that holds it; None where it is free.
Held: TypeAlias = list[str | None]
#: Area -> its slots.
Places: TypeAlias = dict[str, list[int]]


def forms(
    blueprint: Blueprint, library: Library, count: int = 1, seed: int = 0, uses: tuple[str, ...] = SUPERVISED
) -> list[Form]:
    """`count` parallel forms of cards with these uses. The same cards, blueprint and seed give the same forms."""
    return list(draw(blueprint, library, seed, uses, count))


def draw(
    blueprint: Blueprint, library: Library, seed: int, uses: tuple[str, ...], count: int, met: Iterable[str] = ()
) -> Iterator[Form]:
    """The forms one after the other. `met`: cards that a reader has seen elsewhere, drawn when no others are left."""
    dice = random.Random(f"{blueprint.name}/{seed}")
    used: Counter[str] = Counter(met)
    pool = None
    for number in range(1, count + 1):
        if blueprint.form == "case":
            yield _case_form(blueprint, library, number, used, dice)
        else:
            pool = pool if pool is not None else drawable(blueprint, library, uses)
            yield _knowledge_form(blueprint, number, pool, used, dice)


def drawable(blueprint: Blueprint, library: Library, uses: tuple[str, ...]) -> Pool:
    """The cards that a knowledge form may draw, each with its areas. A question of a case needs its case, so it is not
    among them.

    A form that draws exam cards draws a program's own graded cards as well: no public page holds them.
    """
    areas = {str(weight.area) for weight in blueprint.weights}
    of_cases = {str(name) for vignette in library.vignettes.values() for name in vignette.questions}
    pool = {}
    for card in library.questions.values():
        chapter = library.chapters.get(card.chapter)
        mine = card.use in uses or ("exam" in uses and card.use == "graded" and library.is_private(card))
        if mine and not card.retired and chapter and card.name not in of_cases:
            covered = areas & set(map(str, chapter.covers))
            if covered:
                pool[card.name] = (card, frozenset(covered))
    return pool


def _knowledge_form(blueprint: Blueprint, number: int, pool: Pool, used: Counter[str], dice: random.Random) -> Form:
    """Least used cards first, each kept if all kept ones still fit into the slots together.

    The sets of cards that fit form a transversal matroid (Edmonds and Fulkerson, 1965), so taking the
    least used greedily, with augmenting paths, repeats as few cards as any choice could. Of a set one story is
    taken; among cards that are equally used, one whose list has been seen less comes first.
    """
    slots = [str(weight.area) for weight in blueprint.weights for _ in range(weight.questions)]
    by_area: dict[str, list[int]] = {}
    for place, area in enumerate(slots):
        by_area.setdefault(area, []).append(place)
    names = sorted(pool)
    dice.shuffle(names)
    lists = Counter(
        {name: sum(used[other] for other in stories) for stories in _groups(pool).values() for name in stories}
    )
    names.sort(key=lambda name: (used[name], lists[name]))
    held: list[str | None] = [None] * len(slots)
    seated: set[str] = set()
    for name in names:
        if len(seated) == len(slots):
            break
        group = pool[name][0].group
        if group not in seated and _seat(name, pool, by_area, held, set()):
            seated.add(group)
    _balance(held, by_area, pool, used, names)
    form = Form(blueprint, number)
    form.slots = [(slots[place], pool[name][0]) for place, name in enumerate(held) if name]
    dice.shuffle(form.slots)
    form.unmet = dict(Counter(slots[place] for place, name in enumerate(held) if not name))
    form.repeated = sum(used[name] > 0 for name in held if name)
    used.update(name for name in held if name)
    return form


def _groups(pool: Pool) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for name, (card, _) in pool.items():
        groups.setdefault(card.group, []).append(name)
    return groups


def _seat(name: str, pool: Pool, by_area: Places, held: Held, tried: set[int]) -> bool:
    """Find a slot for a card, moving others to another of their areas where that makes room (an augmenting path)."""
    places = [place for area in sorted(pool[name][1]) for place in by_area[area]]
    for place in places:
        if held[place] is None and place not in tried:
            held[place] = name
            return True
    for place in places:
        if place not in tried and (other := held[place]) is not None:
            tried.add(place)
            if _seat(other, pool, by_area, held, tried):
                held[place] = name
                return True
    return False


def _apart(cards: Iterable[Question]) -> dict[str, float]:
    """Letter -> how many more cards have it right than an even share of each card's own list would give: a quarter
    of four, an eighth of eight."""
    apart: dict[str, float] = {}
    for card in cards:
        if card.single:
            for letter, option in zip(LETTERS, card.options):
                apart[letter] = apart.get(letter, 0.0) + option.right - 1 / len(card.options)
    return {letter: round(value, 6) for letter, value in apart.items()}


def _balance(held: Held, by_area: Places, pool: Pool, used: Counter[str], names: list[str]) -> None:
    """Exchange cards until no letter is right much more often than its share: for equally used ones as long as it
    can be done, then for any."""
    by_letter: dict[str, list[str]] = {}
    for name in names:
        by_letter.setdefault(_letter(pool[name][0]), []).append(name)
    for most, again in ((EVEN, False), (UNEVEN, True)):
        for _ in range(len(held)):
            apart = _apart(pool[name][0] for name in held if name)
            pairs = [
                (apart[few] - apart[many], few, many)
                for few in apart
                for many in apart
                if apart[many] - apart[few] > most
            ]
            if not any(
                _exchange(held, pool, by_area, by_letter, few, many, used, again)
                for _, few, many in sorted(pairs)[:TRIES]
            ):
                break


def _exchange(
    held: Held,
    pool: Pool,
    by_area: Places,
    by_letter: dict[str, list[str]],
    few: str,
    many: str,
    used: Counter[str],
    again: bool,
) -> bool:
    """Take one card of the letter `many` out and seat one of the letter `few`, moving others where that makes room.
    A card not seen before is given up for one that was only where `again`."""
    taken = {pool[name][0].group for name in held if name}
    seated = set(held)
    spare = [name for name in by_letter.get(few, ()) if name not in seated]
    for place, name in enumerate(held):
        if name and _letter(pool[name][0]) == many:
            held[place] = None
            for other in spare:
                group = pool[other][0].group
                if (
                    (again or used[name] or not used[other])
                    and (group not in taken or group == pool[name][0].group)
                    and _seat(other, pool, by_area, held, set())
                ):
                    return True
            held[place] = name
    return False


def _letter(card: Question) -> str:
    return card.key[0] if card.single else ""


def cases(library: Library) -> dict[str, list[Vignette]]:
    """The full cases by the part of the book of their first chapter: three parts or more, and 9 to 15 exam
    questions."""
    found: dict[str, list[Vignette]] = {}
    for vignette in library.vignettes.values():
        chapter = library.chapters.get(str(vignette.chapters[0]))
        asked = [
            name
            for name in vignette.questions
            if name in library.questions and library.questions[name].use != "practice"
        ]
        if (
            chapter
            and not vignette.retired
            and len(vignette.parts) >= PARTS_OF_A_CASE
            and SHORTEST <= len(asked) <= LONGEST
        ):
            found.setdefault(chapter.part, []).append(vignette)
    return found


def _case_form(blueprint: Blueprint, library: Library, number: int, used: Counter[str], dice: random.Random) -> Form:
    """Whole cases, least used first. A weight is met when the cases of its part have exactly its number of
    questions."""
    form = Form(blueprint, number)
    there = cases(library)
    met: set[str] = set()
    for weight in blueprint.weights:
        some = sorted(there.get(str(weight.area), []), key=lambda case: case.name)
        dice.shuffle(some)
        some.sort(key=lambda case: used[case.name])
        left = weight.questions
        for case in some:
            asked = [
                library.questions[name]
                for name in case.questions
                if name in library.questions and library.questions[name].use != "practice"
            ]
            groups = {card.group for card in asked}
            if len(asked) <= left and not groups & met:
                met |= groups
                form.cases.append(case)
                form.slots += [(str(weight.area), card) for card in asked]
                form.repeated += used[case.name] > 0
                used[case.name] += 1
                left -= len(asked)
        if left:
            form.unmet[str(weight.area)] = left
    dice.shuffle(form.cases)
    return form


def capacity(blueprint: Blueprint, library: Library, uses: tuple[str, ...], seed: int = 0) -> int:
    """How many forms can be drawn before a card or a case comes again, or a slot stays empty; MANY_FORMS at most are
    tried."""
    for form in draw(blueprint, library, seed, uses, MANY_FORMS):
        if form.repeated or form.unmet:
            return form.number - 1
    return MANY_FORMS
