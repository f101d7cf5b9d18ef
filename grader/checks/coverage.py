"""Rules for how rooms fit together: what is used where, and whether there is enough of it. All are warnings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from .assignments import asked
from ..cards.library import Library
from ..cards.model import Question
from ..cards.problem import Problem, problem, rule
from ..cards.reading_time import directives

DEEPER = ("apply", "analyse", "evaluate", "create")
LEVELS_FROM, SHARE = 8, 0.7  # the share of deeper questions is looked at in chapters with so many cards


def _in_book(library: Library, kind: str) -> set[str]:
    return {name for page in library.pages.values() for name in directives(page, kind)}


@rule("L011", "warning")
def objective_assigned(library: Library) -> Iterator[Problem]:
    """An objective is asked in no assignment, so no supervisor ever sees how trainees do with it.

    A graded question, a question of a case, or a reflection of some assignment should name it.
    """
    if library.unread.keys() & {"assignments", "vignettes", "questions"}:
        return
    used = set()
    for assignment in library.assignments.values():
        used |= {
            (card.chapter, str(card.objective)) for _, card in asked(library, assignment) if card.use != "practice"
        }
        written = (library.reflections.get(item.reflection) for item in assignment.items)
        used |= {(str(card.chapter), str(card.objective)) for card in written if card}
    for chapter in library.chapters.values():
        for name in chapter.objectives:
            if (chapter.name, str(name)) not in used:
                yield problem(
                    objective_assigned,
                    library.shown(chapter.path),
                    name,
                    f"`{name}` is asked in no assignment",
                    "Add a card of this objective to an assignment.",
                )


@rule("L013", "warning")
def vignette_unused(library: Library) -> Iterator[Problem]:
    """A vignette stands on no page of the book and in no assignment, so nobody meets these people.

    A chapter shows one with ```{vignette} NAME; an assignment hands one out with `vignette: NAME`. A case that asks
    exam questions alone may be kept for the case form of a mock exam, and is better not met before.
    """
    if "assignments" in library.unread:
        return
    used = _in_book(library, "vignette") | {
        str(item.vignette) for card in library.assignments.values() for item in card.items
    }
    if any(blueprint.form == "case" for blueprint in library.exams.values()):
        uses = {
            card.name: {library.questions[name].use for name in card.questions if name in library.questions}
            for card in library.vignettes.values()
        }
        used |= {name for name, kinds in uses.items() if kinds == {"exam"}}
    for card in library.vignettes.values():
        if card.name not in used and not card.retired:
            yield problem(
                vignette_unused,
                library.shown(card.path),
                card.title,
                "this vignette stands on no page and in no assignment",
                "Use it in a chapter or an assignment.",
            )


@rule("V005", "warning")
def case_question_elsewhere(library: Library) -> Iterator[Problem]:
    """A case asks a question of a chapter that the case does not name. Readers of its chapters may not have met what is
    asked.

    Add the chapter to the vignette's `chapters`, or ask a question of one that stands there.
    """
    for vignette in library.vignettes.values():
        for name in vignette.questions:
            card = library.questions.get(name)
            if card and card.chapter not in vignette.chapters:
                yield problem(
                    case_question_elsewhere,
                    library.shown(vignette.path),
                    name,
                    f"`{name}` is a question of {card.chapter}, which this case does not name",
                    f"Add {card.chapter} to `chapters`, or ask another question.",
                )


@rule("A006", "warning")
def item_elsewhere(library: Library) -> Iterator[Problem]:
    """An assignment asks about a chapter that it does not name. Trainees read the chapters that are named, and are then
    asked about another.

    Add the chapter to the assignment's `chapters`, or take a card of one that stands there.
    """
    for assignment in library.assignments.values():
        named = [(line, card.name, card.chapter) for line, card in asked(library, assignment)]
        written = ((item.reflection, library.reflections.get(item.reflection)) for item in assignment.items)
        named += [(line, card.name, str(card.chapter)) for line, card in written if card]
        for line, name, chapter in named:
            if chapter not in assignment.chapters:
                yield problem(
                    item_elsewhere,
                    library.shown(assignment.path),
                    line,
                    f"`{name}` belongs to {chapter}, which this assignment does not name",
                    f"Add {chapter} to `chapters`, or take another card.",
                )


@rule("X003", "warning")
def pool_too_small(library: Library) -> Iterator[Problem]:
    """There are fewer cards in an area than the blueprint draws from it. Forms would repeat the same questions, or come
    out short.

    A card belongs to every area that its chapter covers. Cards of `use: exam` and practice cards are counted, of a set
    one; questions of cases are not.
    """
    if library.unread.keys() & {"chapters", "questions"}:
        return
    pool: dict[str, set[str]] = defaultdict(set)
    of_cases = {str(name) for vignette in library.vignettes.values() for name in vignette.questions}
    for card in library.questions.values():
        if (
            card.use in ("exam", "practice")
            and card.name not in of_cases
            and not card.retired
            and card.chapter in library.chapters
        ):
            for area in library.chapters[card.chapter].covers:
                pool[str(area)].add(card.group)
    for exam in library.exams.values():
        for weight in exam.weights:
            if weight.area in library.areas and len(pool[weight.area]) < weight.questions:
                yield problem(
                    pool_too_small,
                    library.shown(exam.path),
                    weight.area,
                    f"{weight.area} has {len(pool[weight.area])} cards to draw; {weight.questions} are drawn",
                    "Write practice or exam cards for chapters that cover it, or lower the number.",
                )


@rule("W114", "warning")
def depth(library: Library) -> Iterator[Problem]:
    """Too many of a chapter's questions about people ask only to remember or to understand. Clinicians are not paid for
    recall.

    At least seven in ten of them apply, analyse or evaluate. Questions with a `topic` ask what must be known and are
    left out of the count.
    """
    chapters: dict[str, list[Question]] = defaultdict(list)
    for card in library.questions.values():
        if not card.retired and not card.topic and card.chapter in library.chapters:
            chapters[card.chapter].append(card)
    for name, cards in chapters.items():
        deeper = sum(card.level in DEEPER for card in cards)
        if len(cards) >= LEVELS_FROM and deeper < SHARE * len(cards):
            chapter = library.chapters[name]
            yield problem(
                depth,
                library.shown(chapter.path),
                chapter.title,
                f"{deeper} of this chapter's {len(cards)} questions apply, analyse or evaluate; seven in ten are"
                " wanted",
                "Turn a fact into a decision about somebody.",
            )


@rule("X004", "warning")
def named_as_a_body(library: Library) -> Iterator[Problem]:
    """The title of a mock exam holds the name of a certifying body. Who reads it takes the form for that body's own
    examination; most bodies have none, and none has made this one.

    Before:  title: AASECT practice examination
    After:   title: Mock exam over the knowledge areas
    """
    names = {name for body in library.bodies.values() for name in _names(str(body.title))}
    for card in library.exams.values():
        said = f" {_spaced(card.title)} "
        if found := [name for name in sorted(names, key=len, reverse=True) if f" {_spaced(name)} " in said]:
            yield problem(
                named_as_a_body,
                library.shown(card.path),
                card.title,
                f"the title names {found[0]}, whose examination this is not",
                "Say what it is: a mock exam, a practice form.",
            )


def _names(title: str) -> list[str]:
    """How people call a body: by the letters in its title, and by the words before its credential."""
    whole = re.split(r"[,:(]", title)[0].strip()
    return [*re.findall(r"\b[A-Z]{4,12}\b", title), *([whole] if " " in whole else [])]


def _spaced(text: str) -> str:
    """Words alone, in small letters, each behind a space."""
    return " ".join(re.findall(r"\w+", text.casefold()))


CHECKS = (
    objective_assigned,
    vignette_unused,
    case_question_elsewhere,
    item_elsewhere,
    pool_too_small,
    depth,
    named_as_a_body,
)
