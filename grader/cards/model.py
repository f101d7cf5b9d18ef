"""The cards, as frozen dataclasses. Each field says in a sentence what the author writes there.

A field's metadata feeds the reader (`fields`), its messages and the templates (`grader new`):
`help` is the question that stands above the blank, `words` the closed list of what may be written,
`block` a text of several lines.
Texts are `Text`: exactly what the author typed, with its line. A field that was left out is empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from .problem import Text
from .vocabulary import (
    GATES,
    KINDS,
    LETTERS,
    LEVELS,
    ORIGINS,
    TASKS,
    TOPICS,
    USES,
    excuses,
    optional,
    required,
    reviewed,
)
from ..language import ENGLISH


@dataclass(frozen=True, kw_only=True)
class Card:
    """What every card has: the file it was read from. The file's name is the card's identity."""

    path: Path = field(metadata={"internal": True})

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def outside(self) -> str:
        """The id by which other systems know the card: its name, or the one that outlived a renaming."""
        return str(getattr(self, "known_as", "")) or self.name

    @property
    def retired(self) -> bool:
        return str(getattr(self, "review", "")).startswith("retired")

    @property
    def written_in(self) -> str:
        """The tag of the language in which its text is: what it says itself, or its edition; else English."""
        return str(getattr(self, "language", "")) or ENGLISH

    @property
    def excuses(self) -> dict[Text, Text]:
        """What the card allows itself: the code of a warning -> the reason."""
        return getattr(self, "allow", {})


@dataclass(frozen=True, kw_only=True)
class Option:
    """One option of a question: its text, whether it is right, and the reason."""

    text: Text
    right: bool
    why: Text


@dataclass(frozen=True, kw_only=True)
class Question(Card):
    """A question: one objective, one decision, a reason for every option."""

    use: Text = required("Where may it appear? practice (in the book, with reasons), graded, or exam", words=USES)
    objective: Text = required("Which objective of the chapter does it test?")
    kind: Text = required("one-best-answer, or all-that-apply", words=KINDS[:2])
    level: Text = required("What does answering ask of the trainee?", words=LEVELS)
    topic: Text = optional("Only where it asks what must be known: about what", words=TOPICS)
    difficulty: float = optional(
        "Which share of trainees will be right, as two readers judged before they saw the key: 0.6", default=0.0
    )
    task: Text = optional("Only in a case: which task of the clinician does it ask for?", words=TASKS)
    story: Text = optional(
        "Who is in front of us? Three to seven lines; a person before a problem. A knowledge question may do without",
        block=True,
    )
    ask: Text = required("The question itself; it can be answered with the options covered")
    options: tuple[Option, ...] = required("The options in the order in which the trainee sees them")
    explain: Text = required("The principle that decides it", block=True)
    unless: Text = optional("Which fact would change the answer?", block=True)
    gate: Text = optional("Only where missing it harms someone: what must not be missed?", words=GATES)
    allow: dict[str, Text] = excuses()
    sources: tuple[Text, ...] = required("Keys of book/references.bib that bear on the point")
    replaces: Text = optional("The card that this one corrects")
    known_as: Text = optional("Only where it was renamed, or came from elsewhere: the id by which others know it")
    language: Text = optional("The tag of its language, such as pt, where it is not the library's")
    review: Text = reviewed()

    # Of a story in a set: its own name, the set's, and its chapter where that is not the folder's.
    named: Text = field(default=Text(), metadata={"internal": True})
    set: str = field(default="", metadata={"internal": True})
    home: Text = field(default=Text(), metadata={"internal": True})

    @property
    def name(self) -> str:
        """The name of the file; of the story where the question stands in a set."""
        return str(self.named) or self.path.stem

    @property
    def chapter(self) -> str:
        return str(self.home) or self.path.parent.name

    @property
    def at(self) -> Text:
        """Where a message about the question as a whole points: its name in a set, else its story or what it asks."""
        return self.named or self.story or self.ask

    @property
    def group(self) -> str:
        """What may be met once: the set, or the question itself where it stands alone."""
        return self.set or self.name

    @property
    def published(self) -> bool:
        """Whether key and reasons stand in the book, in the practice of everybody: a practice card that is not
        retired."""
        return self.use == "practice" and not self.retired

    @property
    def single(self) -> bool:
        """Whether exactly one option is right and one is to be chosen."""
        return self.kind != "all-that-apply"

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The letters of the right options."""
        return tuple(letter for letter, option in zip(LETTERS, self.options) if option.right)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody in a vignette. Nobody in a vignette is a real person."""

    name: Text = required("A first name")
    age: Text = required("Age in years")
    pronouns: Text = required("As the person gives them")
    gender: Text = optional("As the person gives it")
    orientation: Text = optional("As the person gives it; or not stated")
    culture: Text = optional("Background, in a word or two")
    faith: Text = optional("Faith, and what it means to the person, in a word or two")
    disability: Text = optional("As the person names it")
    story: Text = optional("Who they are before the problem", block=True)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What a part of a case asks: a question card, or something to write."""

    question: Text = Text()
    write: Text = Text()
    reflection: Text = Text()


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a case: intake, then sessions."""

    title: Text = required("Intake, Session 4, ...")
    story: Text = required("What is said and seen", block=True)
    ask: tuple[Ask, ...] = optional("question: NAME, or write: what to think about on paper", default=())
    teacher: Text = optional(
        "For supervisors, never published: what a strong trainee notices, what to probe", block=True
    )


@dataclass(frozen=True, kw_only=True)
class Vignette(Card):
    """A case: people, a setting, and one or more parts that unfold."""

    title: Text = required("A title that does not give the point away")
    chapters: tuple[Text, ...] = required("The chapters that it serves; the first is its home")
    origin: Text = required("invented or composite; never one real person", words=ORIGINS)
    setting: Text = required("Where, how often, who referred")
    caution: Text = optional("A content note", block=True)
    relationship: Text = optional("Relationship form, in short lower-case words")
    people: tuple[Person, ...] = required("Who is in the room, or matters though absent")
    codes: dict[str, tuple[Text, ...]] = optional("icd11 and dsm5tr codes", default={})
    parts: tuple[Part, ...] = required("One part, or three where the case unfolds")
    allow: dict[str, Text] = excuses()
    sources: tuple[Text, ...] = optional("Keys of book/references.bib", default=())
    language: Text = optional("The tag of its language, such as pt, where it is not the library's")
    review: Text = reviewed()

    @property
    def questions(self) -> tuple[Text, ...]:
        return tuple(ask.question for part in self.parts for ask in part.ask if ask.question)


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One criterion of a rubric: its levels, each with what is on the page at that level."""

    name: Text
    levels: dict[int, Text]

    @property
    def points(self) -> int:
        return max(self.levels)


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """An answer that markers calibrate on, with its marks, one for each criterion."""

    marks: tuple[Text, ...] = required("One mark for each criterion")
    answer: Text = required("As a real trainee would write it")


@dataclass(frozen=True, kw_only=True)
class Reflection(Card):
    """A prompt to write on, marked against a rubric."""

    title: Text = required("A short title")
    chapter: Text = required("The chapter that it belongs to")
    objective: Text = required("An objective of that chapter")
    words: Text = required("How many words: 150-300")
    prompt: Text = required("Asks for the trainee's own reasoning, never for a client's identity", block=True)
    criteria: tuple[Criterion, ...] = required("Three or four, each with a descriptor for each level")
    escalate: tuple[Text, ...] = required("What a person must read whatever the marks")
    anchors: tuple[Anchor, ...] = required(
        "Four answers with marks: strong, just above the pass (half of the points), just below it, weak"
    )
    known_as: Text = optional("Only where it was renamed, or came from elsewhere: the id by which others know it")
    allow: dict[str, Text] = excuses()
    sources: tuple[Text, ...] = optional("Keys of book/references.bib", default=())
    language: Text = optional("The tag of its language, such as pt, where it is not the library's")
    review: Text = reviewed()

    @property
    def points(self) -> int:
        return sum(criterion.points for criterion in self.criteria)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of an assignment: a question, a set (one of its stories), a vignette with its questions, or a
    reflection."""

    question: Text = Text()
    set: Text = Text()
    vignette: Text = Text()
    reflection: Text = Text()
    points: int = 1

    @property
    def card(self) -> Text:
        return self.question or self.set or self.vignette or self.reflection


@dataclass(frozen=True, kw_only=True)
class Assignment(Card):
    """What is handed out as one notebook."""

    title: Text = required("A title")
    chapters: tuple[Text, ...] = required("The chapters that it covers")
    minutes: int = required("How long it takes")
    intro: Text = required("Two to five lines to the trainee", block=True)
    items: tuple[Entry, ...] = required("question, set, vignette or reflection, in order")
    blueprint: Text = optional(
        "Only in a supervised form, which `grader exam build` writes: the blueprint it was drawn from"
    )
    practice: Text = optional("Only in a supervised form: yes, where practice questions were asked for", words=("yes",))
    allow: dict[str, Text] = excuses()
    review: Text = reviewed()


@dataclass(frozen=True, kw_only=True)
class Weight:
    """How many questions of a mock exam come from one area."""

    area: Text = required("An area of the body, such as aasect-cst/a; or a task domain")
    questions: int = required("How many questions")


@dataclass(frozen=True, kw_only=True)
class Blueprint(Card):
    """The shape of a mock exam."""

    title: Text = required("A title; never the name of a body's own examination")
    form: Text = required("knowledge, or case", words=("knowledge", "case"))
    questions: int = required("How many questions in all")
    minutes: int = required("How much time")
    weights: tuple[Weight, ...] = required("How many questions from each area; they add up to `questions`")
    note: Text = required("What this is and is not, in words that a trainee reads", block=True)
    allow: dict[str, Text] = excuses()
    sources: tuple[Text, ...] = optional("Keys of book/references.bib", default=())
    review: Text = reviewed()
