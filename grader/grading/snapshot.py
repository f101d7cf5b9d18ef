"""What was released: the cards of an assignment as they were on that day, and what was decided about them since.

Grading, feedback and reports go by these and not by the working tree. A card that is mended later changes nobody's
score until `grader regrade` has shown the change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Required, TypedDict, TypeVar

from ..cards import stored
from ..cards.chapter import Chapter
from ..cards.library import Library
from ..cards.model import Assignment, Card, Entry, Question, Reflection, Vignette
from ..cards.problem import Text
from ..cards.vocabulary import LETTERS
from ..notebook.assemble import layout, questions, reflections

FORMAT = 1
Some = TypeVar("Some", bound=Card)


class Decision(TypedDict, total=False):
    """What `grader regrade` decided about a question: `accept` (letters that are right), `waive` (`dropped` or
    `full-marks`), or `card` (plain data, with its `version`)."""

    question: Required[str]
    accept: list[str]
    waive: str
    card: object
    version: str


@dataclass(frozen=True)
class Snapshot:
    """`as_released`: questions as they were handed out, whose letters and words count in reading an answer.
    `questions`: as decided since. `waived`: question -> `dropped` or `full-marks`. `at`: when it was released."""

    assignment: Assignment
    as_released: Mapping[str, Question]
    questions: Mapping[str, Question]
    reflections: Mapping[str, Reflection]
    vignettes: Mapping[str, Vignette] = field(default_factory=dict)
    chapters: Mapping[str, Chapter] = field(default_factory=dict)
    waived: Mapping[str, str] = field(default_factory=dict)
    at: str = ""

    @cached_property
    def order(self) -> dict[str, int]:
        """Cell of the assignment -> its place. The gradebook keeps no order."""
        alone = self.over(Library(self.assignment.path.parent))
        return {cell: place for place, cell in enumerate(layout(self.assignment, alone))}

    @cached_property
    def numbered(self) -> list[str]:
        """The questions in their order: the first is question 1 of the notebook and of the summary."""
        return list(questions(self.assignment, self.over(Library(self.assignment.path.parent))))

    def meant(self, said: str) -> str:
        """The question that a person means, by its name or its number; what they said, where there is none such."""
        places = {str(place): name for place, name in enumerate(self.numbered, 1)}
        return said if said in self.questions else places.get(said, said)

    def over(self, library: Library) -> Library:
        """The library with the cards of this release in place of its own."""
        name = self.assignment.name
        chapters = {
            # The text of today's chapter says where to read; what its objectives are was said at release.
            home: replace(library.chapters[home], objectives=card.objectives) if home in library.chapters else card
            for home, card in self.chapters.items()
        }
        return replace(
            library,
            assignments={**library.assignments, name: self.assignment},
            questions={**library.questions, **self.questions},
            reflections={**library.reflections, **self.reflections},
            vignettes={**library.vignettes, **self.vignettes},
            chapters={**library.chapters, **chapters},
        )


def take(assignment: Assignment, library: Library) -> dict[str, object]:
    """All that an assignment's grades depend on, as plain data. A set stands there as the story that was asked."""
    asked = {name: item.question for name, item in questions(assignment, library).items()}
    written = reflections(assignment, library)
    entries = tuple(_resolved(entry, library) for entry in assignment.items)
    cases = {str(entry.vignette): library.vignettes[entry.vignette] for entry in entries if entry.vignette}
    homes = {card.chapter for card in asked.values()} | {str(card.chapter) for card in written.values()}
    chapters = {name: replace(library.chapters[name], body=Text()) for name in sorted(homes & set(library.chapters))}
    shelves: dict[str, Mapping[str, Card]] = {
        "questions": asked,
        "reflections": written,
        "vignettes": cases,
        "chapters": chapters,
    }
    return {
        "format": FORMAT,
        "version": library.version,
        "assignment": stored.plain(replace(assignment, items=entries)),
        **{shelf: {name: stored.plain(card) for name, card in cards.items()} for shelf, cards in shelves.items()},
    }


def _resolved(entry: Entry, library: Library) -> Entry:
    story = library.handed_out(entry.set) if entry.set else None
    return replace(entry, set=type(entry.set)(), question=type(entry.set)(story.name)) if story else entry


def read(data: Mapping[str, Any], decisions: Iterable[Decision] = (), at: str = "") -> Snapshot:
    """A snapshot from what was kept, with the decisions since in their order. Raises stored.Unknown."""
    if data.get("format") != FORMAT:
        raise stored.Unknown(f"it was kept in form {data.get('format')}, and this version reads {FORMAT}")
    assignment = stored.card(Assignment, data["assignment"])
    questions = _shelf(Question, data["questions"])
    now = dict(questions)
    waived: dict[str, str] = {}
    for decision in decisions:
        decide(now, waived, decision)
    return Snapshot(
        assignment,
        questions,
        now,
        _shelf(Reflection, data["reflections"]),
        _shelf(Vignette, data["vignettes"]),
        _shelf(Chapter, data["chapters"]),
        waived,
        at,
    )


def _shelf(cls: type[Some], cards: Mapping[str, object]) -> dict[str, Some]:
    return {name: stored.card(cls, card) for name, card in cards.items()}


def decide(questions: dict[str, Question], waived: dict[str, str], decision: Decision) -> None:
    """Apply a decision of `grader regrade`."""
    name = decision["question"]
    if name not in questions:
        return
    if "accept" in decision:
        questions[name] = accepting(questions[name], decision["accept"])
        waived.pop(name, None)
    elif "card" in decision:
        questions[name] = stored.card(Question, decision["card"])
        waived.pop(name, None)
    else:
        waived[name] = decision["waive"]


def accepting(question: Question, letters: Iterable[str]) -> Question:
    """A question with these letters right: in one that asks for one answer each of them is enough."""
    right = set(letters)
    options = tuple(replace(option, right=letter in right) for letter, option in zip(LETTERS, question.options))
    return replace(question, options=options)
