"""A set of questions: one list of bare options, and several stories that share it, each with its own key and
reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .model import Card, Option, Question
from .problem import Text
from .vocabulary import GATES, KINDS, LEVELS, TASKS, TOPICS, USES, excuses, optional, required, reviewed


@dataclass(frozen=True, kw_only=True)
class Story:
    """One story of a set: everything that a question has, except the words of its options."""

    name: Text = required("A name of its own: it is the question's identity in notebooks and in the gradebook")
    use: Text = required("Where may it appear? practice (in the book, with reasons), graded, or exam", words=USES)
    chapter: Text = optional("Only where it belongs to another chapter than the set's folder")
    objective: Text = required("Which objective of the chapter does it test?")
    level: Text = required("What does answering ask of the trainee?", words=LEVELS)
    topic: Text = optional("Only where it asks what must be known: about what", words=TOPICS)
    difficulty: float = optional(
        "Which share of trainees will be right, as two readers judged before they saw the key: 0.6", default=0.0
    )
    task: Text = optional("Only in a case: which task of the clinician does it ask for?", words=TASKS)
    story: Text = required("Who is in front of us? Three to seven lines; a person before a problem", block=True)
    ask: Text = optional("The question itself, where it is not the set's")
    right: tuple[Text, ...] = required(
        "The option that is right here, by its short name; several only in all-that-apply"
    )
    why: dict[str, Text] = required(
        "A reason under each option's short name; for a wrong one, the misunderstanding that makes it tempting"
    )
    explain: Text = required("The principle that decides it", block=True)
    unless: Text = optional("Which fact would change the answer? Often it is the next story", block=True)
    gate: Text = optional("Only where missing it harms someone: what must not be missed?", words=GATES)
    allow: dict[str, Text] = excuses("this story")
    sources: tuple[Text, ...] = required("Keys of book/references.bib that bear on the point")
    replaces: Text = optional("The question that this one corrects")
    known_as: Text = optional("Only where it was renamed, or came from elsewhere: the id by which others know it")
    review: Text = optional("Where it differs from the set's: draft; or DATE by NAME, CREDENTIAL; or retired, see NAME")


@dataclass(frozen=True, kw_only=True)
class QuestionSet(Card):
    """A set: a theme, its options by short name, and its stories. A set that `adds_to` another takes that one's
    kind, ask and options."""

    theme: Text = required("What the options are about, in a few words")
    kind: Text = optional(
        "one-best-answer, extended-matching (8 to 12 options) or all-that-apply",
        default=Text("one-best-answer"),
        words=KINDS,
    )
    ask: Text = optional("The question, where all stories ask the same")
    options: dict[str, Text] = optional("short-name: the option in at most ten words, without a reason", default={})
    adds_to: Text = optional("Only for stories of a program's own: the set whose options they share")
    stories: tuple[Story, ...] = required("Three to five stories by different people")
    allow: dict[str, Text] = optional("A warning about the options that this set excuses, with the reason", default={})
    language: Text = optional("The tag of its language, such as pt, where it is not the library's")
    review: Text = reviewed()

    @property
    def chapter(self) -> str:
        return self.path.parent.name


def uses_of(questions: Mapping[str, Question]) -> dict[str, set[str]]:
    """Set -> what its stories are used for; no set without a story."""
    uses: dict[str, set[str]] = {}
    for card in questions.values():
        if card.set:
            uses.setdefault(str(card.set), set()).add(str(card.use))
    return uses


def questions(card: QuestionSet, parent: QuestionSet) -> Iterator[Question]:
    """The stories of a set as questions, their options in the order of the set. `parent`: the set that has the
    options, mostly the card itself."""
    for story in card.stories:
        chosen = {str(name) for name in story.right}
        yield Question(
            path=card.path,
            named=story.name,
            set=parent.name,
            home=story.chapter,
            use=story.use,
            objective=story.objective,
            kind=parent.kind,
            level=story.level,
            topic=story.topic,
            difficulty=story.difficulty,
            task=story.task,
            story=story.story,
            ask=story.ask or card.ask or parent.ask,
            options=tuple(
                Option(
                    text=text,
                    right=name in chosen,
                    why=story.why.get(name, Text("", story.name.line, story.name.column)),
                )
                for name, text in parent.options.items()
            ),
            explain=story.explain,
            unless=story.unless,
            gate=story.gate,
            allow=story.allow,
            sources=story.sources,
            replaces=story.replaces,
            known_as=story.known_as,
            language=card.language or parent.language,
            review=story.review or card.review,
        )
