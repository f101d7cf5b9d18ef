"""Whose key stays closed: a question that a trainee may still sit in a supervised form."""

from __future__ import annotations

from collections.abc import Iterator

from .assemble import questions
from ..cards.library import Library
from ..cards.model import Assignment, Question


def closes(assignment: Assignment, question: Question) -> bool:
    """Whether an assignment is a supervised form (it names its blueprint), and so keeps a question's key and reasons;
    those of a practice question stand in the book."""
    return bool(assignment.blueprint) and question.use != "practice"


def closed(assignment: Assignment, library: Library) -> frozenset[str]:
    """The questions of an assignment whose key and reasons its trainees do not read: those that it keeps itself, and
    those that a supervised form of the same course asks as well."""
    kept = {name for form in library.assignments.values() if form.blueprint for name in asked(form, library)}
    return frozenset(
        name
        for name, item in questions(assignment, library).items()
        if closes(assignment, item.question) or (name in kept and item.question.use != "practice")
    )


def asked(form: Assignment, library: Library) -> Iterator[str]:
    """The questions that an assignment asks, of a set each story that some version of it asks. A card that is not there
    is none: the assignment cannot be handed out, and nothing else fails for it."""
    for entry in form.items:
        if entry.set:
            yield from (card.name for card in library.stories(str(entry.set), "graded"))
        elif entry.vignette and entry.vignette in library.vignettes:
            yield from map(str, library.vignettes[entry.vignette].questions)
        elif entry.question:
            yield str(entry.question)
