"""The cards, as frozen dataclasses. Each field says in a sentence what the author writes there.

A field's metadata feeds the reader (`fields`), the templates (`grader new`) and the card's page:
`help` is the question that stands above the blank, `words` the closed list of what may be written.
Texts are `Text`: exactly what the author typed, with its line. A field that was left out is empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from .problem import Text
from .vocabulary import CONFIDENCES, EVIDENCE, GATES, KINDS, LETTERS, LEVELS, ORIGINS, TASKS, USES, optional, required


@dataclass(frozen=True, kw_only=True)
class Card:
    """What every card has: the file it was read from. The file's name is the card's identity."""

    path: Path = field(metadata={"internal": True})

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def retired(self) -> bool:
        return str(getattr(self, "review", "")).startswith("retired")


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
    kind: Text = required("one-best-answer, or all-that-apply", words=KINDS)
    level: Text = required("What does answering ask of the trainee?", words=LEVELS)
    task: Text = optional("Only in a case: which task of the clinician does it ask for?", words=TASKS)
    story: Text = required("Who is in front of us? Three to seven lines; a person before a problem")
    ask: Text = required("The question itself; it can be answered with the options covered")
    options: tuple[Option, ...] = required("The options in the order in which the trainee sees them")
    explain: Text = required("The principle that decides it")
    unless: Text = optional("Which fact would change the answer?")
    gate: Text = optional("Only where missing it harms someone: what must not be missed?", words=GATES)
    allow: dict[Text, Text] = optional("A warning that this card excuses, with the reason", default={})
    sources: tuple[Text, ...] = required("Keys of book/references.bib that bear on the point")
    replaces: Text = optional("The card that this one corrects")
    review: Text = required("draft; or DATE by NAME, CREDENTIAL; or retired, see NAME")

    @property
    def chapter(self) -> str:
        return self.path.parent.name

    @property
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
    story: Text = optional("Who they are before the problem")


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
    story: Text = required("What is said and seen")
    ask: tuple[Ask, ...] = optional("question: NAME, or write: what to think about on paper", default=())
    teacher: Text = optional("For supervisors, never published: what a strong trainee notices, what to probe")


@dataclass(frozen=True, kw_only=True)
class Vignette(Card):
    """A case: people, a setting, and one or more parts that unfold."""

    title: Text = required("A title that does not give the point away")
    chapters: tuple[Text, ...] = required("The chapters that it serves; the first is its home")
    origin: Text = required("invented or composite; never one real person", words=ORIGINS)
    setting: Text = required("Where, how often, who referred")
    caution: Text = optional("A content note")
    relationship: Text = optional("Relationship form, in short lower-case words")
    people: tuple[Person, ...] = required("Who is in the room, or matters though absent")
    codes: dict[Text, tuple[Text, ...]] = optional("icd11 and dsm5tr codes", default={})
    parts: tuple[Part, ...] = required("One part, or three where the case unfolds")
    allow: dict[Text, Text] = optional("A warning that this card excuses, with the reason", default={})
    sources: tuple[Text, ...] = optional("Keys of book/references.bib", default=())
    review: Text = required("draft; or DATE by NAME, CREDENTIAL; or retired, see NAME")

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
    prompt: Text = required("Asks for the trainee's own reasoning, never for a client's identity")
    criteria: tuple[Criterion, ...] = required("Three or four, each with a descriptor for each level")
    escalate: tuple[Text, ...] = required("What a person must read whatever the marks")
    anchors: tuple[Anchor, ...] = required("A strong answer and one below the pass, with their marks")
    allow: dict[Text, Text] = optional("A warning that this card excuses, with the reason", default={})
    sources: tuple[Text, ...] = optional("Keys of book/references.bib", default=())
    review: Text = required("draft; or DATE by NAME, CREDENTIAL; or retired, see NAME")

    @property
    def points(self) -> int:
        return sum(criterion.points for criterion in self.criteria)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of an assignment: a question, a vignette with its questions, or a reflection."""

    question: Text = Text()
    vignette: Text = Text()
    reflection: Text = Text()
    points: int = 1

    @property
    def card(self) -> Text:
        return self.question or self.vignette or self.reflection


@dataclass(frozen=True, kw_only=True)
class Assignment(Card):
    """What is handed out as one notebook."""

    title: Text = required("A title")
    chapters: tuple[Text, ...] = required("The chapters that it covers")
    minutes: int = required("How long it takes")
    intro: Text = required("Two to five lines to the trainee")
    items: tuple[Entry, ...] = required("question, vignette or reflection, in order")
    blueprint: Text = optional("Only in a supervised form, which `grader exam build` writes: the blueprint it was drawn from")
    practice: Text = optional("Only in a supervised form: yes, where practice questions were asked for", words=("yes",))
    allow: dict[Text, Text] = optional("A warning that this card excuses, with the reason", default={})
    review: Text = required("draft; or DATE by NAME, CREDENTIAL; or retired, see NAME")


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
    note: Text = required("What this is and is not, in words that a trainee reads")
    allow: dict[Text, Text] = optional("A warning that this card excuses, with the reason", default={})
    sources: tuple[Text, ...] = optional("Keys of book/references.bib", default=())
    review: Text = required("draft; or DATE by NAME, CREDENTIAL; or retired, see NAME")


@dataclass(frozen=True, kw_only=True)
class Area:
    """A knowledge or training area that a body names."""

    id: Text = required("A short id, such as a or st-f")
    title: Text = required("What the area is, in our words")
    chapters: tuple[Text, ...] = optional("Chapters that bear on it, besides those that name it under `covers`", default=())


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One thing that a body asks, with how it was checked."""

    id: Text = required("A short id")
    title: Text = required("What is asked, in our words")
    kind: Text = required("hours, count, document, membership or exam", words=("hours", "count", "document", "membership", "exam"))
    minimum: Text = optional("The least that is asked; empty where no number was seen")
    unit: Text = optional("hours, years, letters, ...")
    caps: dict[Text, Text] = optional("Caps inside the total: e-learning, group, group-share, telehealth, per-month, each-area-at-least, areas-at-least", default={})
    counts: tuple[Text, ...] = optional("Which kinds of ledger entries count: education, training, sar, client, supervision, ...", default=())
    formats: tuple[Text, ...] = optional("Only entries of these formats: in-person, individual, ...", default=())
    areas: tuple[Text, ...] = optional("With each-area-at-least: which of the body's areas; all of them by default", default=())
    within: Text = optional("The requirement inside whose total this one stands; its caps bind there too")
    plan: Text = optional("Where sources conflict: the larger number, to plan for")
    note: Text = optional("Conditions, exceptions, conflicts between sources")
    version: Text = optional("The body's own version")
    date: Text = optional("Date of that version")
    source: Text = optional("Where it was read")
    confidence: Text = required("SEEN (read in a source) or KNOWN (not read; shown as unconfirmed)", words=CONFIDENCES)
    evidence: Text = required("How good the source is", words=EVIDENCE)
    verify: Text = required("yes: check with the body before relying on it; or no", words=("yes", "no"))


@dataclass(frozen=True, kw_only=True)
class Body(Card):
    """A certifying body: what it asks, in which version, and how that was checked."""

    title: Text = required("The body and its credential")
    country: Text = required("Where it certifies")
    source: Text = required("The body's own page")
    version: Text = required("The version of the rules that was read")
    date: Text = required("The date of that version; or undated")
    family: Text = optional("Where there are several versions: the name that they share")
    since: Text = optional("The day from which this version holds for new contracts: 2025-05-01")
    exam: Text = required("What examination there is; or: no examination is mentioned in the pages read")
    note: Text = optional("What a reader should know about this entry")
    areas: tuple[Area, ...] = optional("Knowledge and training areas", default=())
    requirements: tuple[Requirement, ...] = required("What is asked")
    allow: dict[Text, Text] = optional("A warning that this card excuses, with the reason", default={})
    review: Text = required("draft; or DATE by NAME, CREDENTIAL; or retired, see NAME")


@dataclass(frozen=True, kw_only=True)
class Chapter(Card):
    """A chapter of the book: its front matter, and its text."""

    title: Text = required("The chapter's title; the first heading has the same words")
    minutes: int = required("Minutes of study, by the rule in grader/cards/reading_time.py")
    objectives: dict[Text, Text] = required("short-name: one sentence that starts with a verb")
    covers: tuple[Text, ...] = required("Areas of certifying bodies: aasect-cst/a, ...")
    also: tuple[Text, ...] = optional("Other words by which people look for this: lay words, DSM-5-TR and ICD-11 terms", default=())
    check: tuple[Text, ...] = optional("What an editor must still confirm", default=())
    allow: dict[Text, Text] = optional("A warning that this chapter excuses, with the reason", default={})
    review: Text = required("draft; or DATE by NAME, CREDENTIAL; or retired, see NAME")
    body: Text = field(default=Text(), metadata={"internal": True})

    @property
    def part(self) -> str:
        return self.path.parent.name

    def section(self, objective: str) -> str:
        """The address, inside the book, of the section that teaches an objective; of the chapter where none is labelled."""
        label = f"{self.name}-{objective}"
        return f"{self.part}/{self.name}.html" + (f"#{label}" if f"\n({label})=\n" in self.body else "")


#: The kinds of card by the word that an author uses, with the dataclass.
KIND_OF_CARD = {"question": Question, "vignette": Vignette, "reflection": Reflection, "assignment": Assignment}
KIND_OF_CARD |= {"exam": Blueprint, "body": Body, "chapter": Chapter}
