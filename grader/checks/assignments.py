"""Rules for assignments, exam blueprints and certifying bodies."""

from __future__ import annotations

from collections.abc import Iterator

from ..cards.library import Library
from ..cards.model import Assignment, Question
from ..cards.problem import Problem, Text, near, problem, rule


def asked(library: Library, assignment: Assignment) -> Iterator[tuple[Text, Question]]:
    """(the line that names it, question card) for every question of an assignment, also through a case, and of a set
    the story of this version."""
    for item in assignment.items:
        if item.question in library.questions:
            yield item.question, library.questions[item.question]
        elif item.set and (story := library.handed_out(item.set)):
            yield item.set, story
        elif item.vignette in library.vignettes:
            for name in library.vignettes[item.vignette].questions:
                if name in library.questions:
                    yield item.vignette, library.questions[name]


@rule("A001")
def item_known(library: Library) -> Iterator[Problem]:
    """An assignment names cards that are there. Without this card its notebook cannot be made, and nobody can start.

    Before:  - question: secret-told-alon
    After:   - question: secret-told-alone
    """
    for card in library.assignments.values():
        for item in card.items:
            shelf = (
                "questions"
                if item.question
                else "sets"
                if item.set
                else "vignettes"
                if item.vignette
                else "reflections"
            )
            if not library.there(shelf, item.card):
                yield problem(
                    item_known,
                    library.shown(card.path),
                    item.card,
                    f"there is no card `{item.card}`",
                    near(item.card, getattr(library, shelf)),
                )


@rule("A002")
def practice_in_assignment(library: Library) -> Iterator[Problem]:
    """A practice card cannot be graded: its key and its reasons are published in the book.

    Trainees who read the chapter would answer from memory, and the score would say nothing. Take a graded card of the
    same objective. Only a form of `grader exam build --with-practice` holds them on purpose, and says `practice: yes`.
    """
    for card in library.assignments.values():
        if card.blueprint and card.practice:
            continue
        for item in card.items:
            if item.question in library.questions and library.questions[item.question].use == "practice":
                yield problem(
                    practice_in_assignment,
                    library.shown(card.path),
                    item.question,
                    f"`{item.question}` is a practice card; its answer stands in the book",
                    "Take a graded card of the same objective.",
                )


@rule("A003")
def card_twice(library: Library) -> Iterator[Problem]:
    """A card stands once in an assignment. A notebook knows a cell by its card's name, and two of one name cannot be
    told apart."""
    for card in library.assignments.values():
        seen: dict[str, Text] = {}
        names = [(line, question.name) for line, question in asked(library, card) if question.use != "practice"]
        names += [(item.card, str(item.card)) for item in card.items if not item.question]
        for line, name in names:
            if name in seen:
                yield problem(
                    card_twice,
                    library.shown(card.path),
                    line,
                    f"`{name}` stands in this assignment twice; first on line {seen[name].line}",
                    "Keep one of the two.",
                )
            seen.setdefault(name, line)


@rule("A004")
def assignment_chapters(library: Library) -> Iterator[Problem]:
    """The chapters that an assignment covers are chapters of the book. Trainees see them as what to read first, and
    feedback sends them back there.

    Before:  chapters: [confidence]
    After:   chapters: [confidentiality]
    """
    for card in library.assignments.values():
        for name in card.chapters:
            if not library.there("chapters", name):
                yield problem(
                    assignment_chapters,
                    library.shown(card.path),
                    name,
                    f"there is no chapter `{name}`",
                    near(name, library.chapters),
                )


@rule("A005")
def retired_in_assignment(library: Library) -> Iterator[Problem]:
    """A retired card is not handed out any more. If the assignment was released already, make a new assignment: a
    notebook that is out keeps its cells."""
    for card in library.assignments.values():
        for line, question in asked(library, card):
            if question.retired and not card.retired:
                yield problem(
                    retired_in_assignment,
                    library.shown(card.path),
                    line,
                    f"`{question.name}` is {question.review}",
                    "Take the card that replaces it.",
                )


@rule("X001")
def weights_add_up(library: Library) -> Iterator[Problem]:
    """The questions of a blueprint's areas add up to its `questions`. Otherwise no form can meet its weights, and
    every score would hide it."""
    for card in library.exams.values():
        total = sum(weight.questions for weight in card.weights)
        if total != card.questions:
            yield problem(
                weights_add_up,
                library.shown(card.path),
                card.weights[0].area,
                f"the weights add up to {total}, and `questions` says {card.questions}",
                "Change one of them.",
            )


@rule("X002")
def weight_area(library: Library) -> Iterator[Problem]:
    """A weight of a knowledge form names an area of an encoded body, such as aasect-cst/a; one of a case form a part of
    the book, such as ethics.

    A form cannot draw cards from an area that nobody knows.
    """
    parts = {chapter.part for chapter in library.chapters.values()} | {page.split("/")[0] for page in library.outline}
    for card in library.exams.values():
        for weight in card.weights:
            if card.form == "knowledge" and weight.area not in library.areas:
                yield problem(
                    weight_area,
                    library.shown(card.path),
                    weight.area,
                    f"there is no area `{weight.area}`",
                    near(weight.area, library.areas),
                )
            if card.form == "case" and weight.area not in parts:
                yield problem(
                    weight_area,
                    library.shown(card.path),
                    weight.area,
                    f"there is no part of the book `{weight.area}`",
                    near(weight.area, sorted(parts)),
                )


@rule("B001")
def ids_once(library: Library) -> Iterator[Problem]:
    """Ids of areas and of requirements are unique within a body. Ledgers and chapters refer to them, and with two of
    one id an hour could be counted for the wrong thing."""
    for card in library.bodies.values():
        for entries in (card.areas, card.requirements):
            seen: dict[str, Text] = {}
            for entry in entries:
                if entry.id in seen:
                    yield problem(
                        ids_once,
                        library.shown(card.path),
                        entry.id,
                        f"the id `{entry.id}` is given twice; first on line {seen[entry.id].line}",
                        "Rename one.",
                    )
                seen.setdefault(entry.id, entry.id)


@rule("B002")
def unconfirmed_number(library: Library) -> Iterator[Problem]:
    """A requirement that was not read in a source (KNOWN) gives no number, and tells the reader to check. A wrong
    hour costs somebody a year."""
    for card in library.bodies.values():
        for asked in card.requirements:
            if asked.confidence == "KNOWN" and (asked.minimum or asked.verify != "yes"):
                yield problem(
                    unconfirmed_number,
                    library.shown(card.path),
                    asked.id,
                    f"`{asked.id}` was not read in a source, so it gives no number and says `verify: yes`",
                    "Take the number out, or give the source.",
                )


@rule("B003")
def seen_without_source(library: Library) -> Iterator[Problem]:
    """A requirement that was read (SEEN) says where. A reader must be able to follow it and to see how old it is.
    What nobody read is KNOWN."""
    for card in library.bodies.values():
        for asked in card.requirements:
            if asked.confidence == "SEEN" and not asked.source:
                yield problem(
                    seen_without_source,
                    library.shown(card.path),
                    asked.id,
                    f"`{asked.id}` says SEEN and names no `source`",
                    "Name the page, or write KNOWN.",
                )


@rule("B004")
def area_chapters(library: Library) -> Iterator[Problem]:
    """The chapters that an area of a body names are chapters of the book. The coverage page counts them, and a wrong
    name would show as a gap.

    Before:  chapters: [confidence]
    After:   chapters: [confidentiality]
    """
    for card in library.bodies.values():
        for area in card.areas:
            for name in area.chapters:
                if not library.there("chapters", name) and name not in library.planned:
                    yield problem(
                        area_chapters,
                        library.shown(card.path),
                        name,
                        f"there is no chapter `{name}`",
                        near(name, [*library.chapters, *library.planned]),
                    )


CHECKS = (
    item_known,
    practice_in_assignment,
    card_twice,
    assignment_chapters,
    retired_in_assignment,
    weights_add_up,
    weight_area,
    ids_once,
    unconfirmed_number,
    seen_without_source,
    area_chapters,
)
