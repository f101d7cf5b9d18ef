"""Mock exams: parallel forms from a blueprint, with its weights met exactly or what could not be met said.

A knowledge form draws cards over areas; a case form draws unfolding cases with all their questions over the
parts of the book. No card comes again in another form until it must.

A supervised form holds exam cards and a program's own. A practice card is in it only where it was asked for:
its answer stands in the book.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ...cards.library import Library
from ...cards.model import Blueprint, Question, Vignette

SUPERVISED = ("exam",)
WITH_PRACTICE = ("exam", "practice")
PARTS_OF_A_CASE = 3
SHORTEST, LONGEST = 9, 15  # questions of a case


@dataclass
class Form:
    """One form: for each slot its area and card, in the order of the paper; what the pool could not fill; how many cards came before."""

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
    def letters(self) -> Counter:
        """How often each letter is the right one, over the one-best-answer cards."""
        return Counter(card.key[0] for card in self.questions if card.kind == "one-best-answer")


def forms(blueprint: Blueprint, library: Library, count: int = 1, seed: int = 0, uses: tuple[str, ...] = SUPERVISED) -> list[Form]:
    """`count` parallel forms of cards with these uses. The same cards, blueprint and seed give the same forms."""
    return list(draw(blueprint, library, seed, uses, count))


def draw(blueprint: Blueprint, library: Library, seed: int, uses: tuple[str, ...], count: int) -> Iterator[Form]:
    dice = random.Random(f"{blueprint.name}/{seed}")
    used: Counter = Counter()
    pool = None
    for number in range(1, count + 1):
        if blueprint.form == "case":
            yield _case_form(blueprint, library, number, used, dice)
        else:
            pool = pool if pool is not None else _pool(blueprint, library, uses)
            yield _knowledge_form(blueprint, number, pool, used, dice)


def _pool(blueprint: Blueprint, library: Library, uses: tuple[str, ...]) -> dict[str, tuple[Question, frozenset[str]]]:
    """The cards that a knowledge form may draw, each with its areas. A question of a case needs its case, so it is not among them.

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


def _knowledge_form(blueprint: Blueprint, number: int, pool: dict, used: Counter, dice: random.Random) -> Form:
    """Least used cards first, each kept if all kept ones still fit into the slots together.

    The sets of cards that fit form a transversal matroid (Edmonds and Fulkerson, 1965), so taking the
    least used greedily, with augmenting paths, repeats as few cards as any choice could.
    """
    slots = [str(weight.area) for weight in blueprint.weights for _ in range(weight.questions)]
    by_area: dict[str, list[int]] = {}
    for place, area in enumerate(slots):
        by_area.setdefault(area, []).append(place)
    names = sorted(pool)
    dice.shuffle(names)
    names.sort(key=lambda name: used[name])
    held: list[str | None] = [None] * len(slots)
    filled = 0
    for name in names:
        if filled == len(slots):
            break
        filled += _seat(name, pool, by_area, held, set())
    _balance(held, by_area, pool, used, names)
    form = Form(blueprint, number)
    order = [place for place, name in enumerate(held) if name]
    dice.shuffle(order)
    form.slots = [(slots[place], pool[held[place]][0]) for place in order]
    form.unmet = dict(Counter(slots[place] for place, name in enumerate(held) if not name))
    form.repeated = sum(used[name] > 0 for name in held if name)
    used.update(name for name in held if name)
    return form


def _seat(name: str, pool: dict, by_area: dict[str, list[int]], held: list, tried: set[int]) -> bool:
    """Find a slot for a card, moving others to another of their areas where that makes room (an augmenting path)."""
    places = [place for area in sorted(pool[name][1]) for place in by_area[area]]
    for place in places:
        if held[place] is None and place not in tried:
            held[place] = name
            return True
    for place in places:
        if place not in tried:
            tried.add(place)
            if _seat(held[place], pool, by_area, held, tried):
                held[place] = name
                return True
    return False


def _balance(held: list, by_area: dict, pool: dict, used: Counter, names: list[str]) -> None:
    """Exchange cards for equally used ones until no letter is right more often than another, as far as the pool allows."""

    def letter(name: str) -> str:
        card = pool[name][0]
        return card.key[0] if card.kind == "one-best-answer" else ""

    for _ in range(len(held)):
        counts = Counter({some: 0 for some in "ABCD"})
        counts.update(letter(name) for name in held if name and letter(name) in "ABCD" and letter(name))
        (most, many), (least, few) = counts.most_common()[0], counts.most_common()[-1]
        if many - few <= 1:
            return
        if not _exchange(held, pool, by_area, [name for name in names if letter(name) == least and name not in held], most, letter, used):
            return


def _exchange(held: list, pool: dict, by_area: dict, spare: list[str], most: str, letter, used: Counter) -> bool:
    """Take one card of the letter `most` out and seat a spare one, moving others where that makes room. A card not seen before is not given up for one that was."""
    for place, name in enumerate(held):
        if name and letter(name) == most:
            held[place] = None
            for other in spare:
                if (used[name] or not used[other]) and _seat(other, pool, by_area, held, set()):
                    return True
            held[place] = name
    return False


def cases(library: Library) -> dict[str, list[Vignette]]:
    """The full cases by the part of the book of their first chapter: three parts or more, and 9 to 15 exam questions."""
    found: dict[str, list[Vignette]] = {}
    for vignette in library.vignettes.values():
        chapter = library.chapters.get(str(vignette.chapters[0]))
        asked = [name for name in vignette.questions if name in library.questions and library.questions[name].use != "practice"]
        if chapter and not vignette.retired and len(vignette.parts) >= PARTS_OF_A_CASE and SHORTEST <= len(asked) <= LONGEST:
            found.setdefault(chapter.part, []).append(vignette)
    return found


def _case_form(blueprint: Blueprint, library: Library, number: int, used: Counter, dice: random.Random) -> Form:
    """Whole cases, least used first. A weight is met when the cases of its part have exactly its number of questions."""
    form = Form(blueprint, number)
    there = cases(library)
    for weight in blueprint.weights:
        some = sorted(there.get(str(weight.area), []), key=lambda case: case.name)
        dice.shuffle(some)
        some.sort(key=lambda case: used[case.name])
        left = weight.questions
        for case in some:
            asked = [library.questions[name] for name in case.questions if name in library.questions and library.questions[name].use != "practice"]
            if len(asked) <= left:
                form.cases.append(case)
                form.slots += [(str(weight.area), card) for card in asked]
                form.repeated += used[case.name] > 0
                used[case.name] += 1
                left -= len(asked)
        if left:
            form.unmet[str(weight.area)] = left
    dice.shuffle(form.cases)
    return form


def summary(form: Form) -> str:
    """What a person reads of a form: how many, which areas, the letters, and what could not be met."""
    letters = ", ".join(f"{letter} {number}" for letter, number in sorted(form.letters.items()))
    lines = [f"{form.name}: {len(form.slots)} of {form.blueprint.questions} questions, {form.blueprint.minutes} minutes; letters {letters or 'none'}; {form.repeated} {'cases' if form.cases else 'questions'} seen in an earlier form."]
    tasks = Counter(str(card.task) for card in form.questions if card.task)
    if tasks:
        lines.append("  by task: " + ", ".join(f"{task.replace('-', ' ')} {number}" for task, number in tasks.most_common()))
    lines += [f"  could not be met: {area} lacks {number}. Write cards for chapters that cover it, or lower the weight." for area, number in form.unmet.items()]
    return "\n".join(lines)


def shortage(blueprint: Blueprint, library: Library, drawn: list[Form], uses: tuple[str, ...]) -> str:
    """Where the forms lack questions or repeat them: how many there are to draw from, and what to do; else empty."""
    if not any(form.unmet or form.repeated for form in drawn):
        return ""
    if blueprint.form == "case":
        there = sum(map(len, cases(library).values()))
        return (
            f"There are {there} full cases to draw from. Write cases of {SHORTEST} to {LONGEST} exam questions in "
            f"{PARTS_OF_A_CASE} parts or more in a private folder (--private), or build fewer forms."
        )
    there = [card for card, _ in _pool(blueprint, library, uses).values()]
    more = len(_pool(blueprint, library, WITH_PRACTICE)) - len(there)
    practice = f", or add --with-practice: {more} more, whose answers stand in the book" if more else ""
    own = sum(map(library.is_private, there))
    return (
        f"There are {len(there)} questions to draw from, {own} of them your own. "
        f"Write exam questions in a private folder (--private){practice}, or build fewer forms."
    )


def assignment(form: Form) -> str:
    """A form as an assignment card, for a program's private folder: `grader course DIR --private FOLDER` hands it out, keys stay with the program."""
    items = [f"  - vignette: {case.name}" for case in form.cases] or [f"  - question: {card.name}" for card in form.questions]
    chapters = sorted({card.chapter for card in form.questions} | {str(case.chapters[0]) for case in form.cases})
    return "\n".join(
        [
            f"title: '{str(form.blueprint.title).replace(chr(39), chr(39) * 2)}, form {form.number}'",
            f"chapters: [{', '.join(chapters)}]",
            f"minutes: {form.blueprint.minutes}",
            "intro: |",
            *(f"  {line}" for line in str(form.blueprint.note).strip().split("\n")),
            "items:",
            *items,
            f"blueprint: {form.blueprint.name}",
            *["practice: yes"] * any(card.use == "practice" for card in form.questions),
            "review: draft",
            "",
        ]
    )
