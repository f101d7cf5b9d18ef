"""Cards that are too near to each other: stories, openings, reasons, and answers that another card gives away. All
are warnings."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from .writing import words
from ..cards.library import Library
from ..cards.model import Question
from ..cards.problem import Problem, Text, problem, rule
from ..cards.reading_time import prose

LIKE = 85  # of 100, by rapidfuzz's token_set_ratio
SHINGLE, SHARED = 3, 5  # stories are compared when a fifth of their runs of three words are the same
RUN, LONG = 6, 2  # words in a row that are no accident, and how many of them have more than five letters
OPENING, OFTEN = 3, 2  # at most two stories of a chapter open with the same three words
FEW = 4  # words by which a text is looked up in the book
ACCIDENT, BEGINS = 30, 60  # letters that may stand elsewhere by chance; characters that a message quotes


def runs(text: str, length: int, end: int | None = None) -> set[tuple[str, ...]]:
    """Every run of so many words in a text, or before its word at `end`."""
    found = words(text)[:end]
    return set(zip(*(found[start:] for start in range(length))))


def _live(library: Library) -> list[Question]:
    return [card for card in library.questions.values() if not card.retired]


@rule("W107", "warning")
def stories_alike(library: Library) -> Iterator[Problem]:
    """Two stories are nearly the same. A trainee who knows one card knows the other; practice, graded and exam cards
    differ in situation.

    Likeness is measured by the words that two stories share, whatever their order: 85 of 100 or more is too near.
    Another name for the same person does not make another situation.
    """
    from rapidfuzz.fuzz import token_set_ratio

    cards = _live(library)
    shingles = [runs(card.story, SHINGLE) for card in cards]
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, (card, mine) in enumerate(zip(cards, shingles)):
        shared = Counter(other for run in mine for other in where[run])
        for other, count in sorted(shared.items()):
            if (
                count * SHARED >= min(len(mine), len(shingles[other]))
                and token_set_ratio(card.story, cards[other].story) >= LIKE
            ):
                yield problem(
                    stories_alike,
                    library.shown(card.path),
                    card.story,
                    f"this story is nearly that of `{cards[other].name}`",
                    "Write another situation.",
                )
        for run in mine:
            where[run].append(number)


@rule("W111", "warning")
def answer_elsewhere(library: Library) -> Iterator[Problem]:
    """A card says, word for word, what is right on another card. Whoever has read the one need not think about the
    other.

    Six words in a row count, in a story or an ask, and in everything of a practice card, whose reasons are published.
    Phrases that wrong options use as well tell nothing and are not counted, nor are phrases of small words alone.
    """
    cards = _live(library)
    wrong = {run for card in cards for option in card.options if not option.right for run in runs(option.text, RUN)}
    owners: dict[tuple[str, ...], list[Question]] = defaultdict(list)
    for card in cards:
        for option in card.options:
            if option.right and card.use != "practice":
                for run in runs(option.text, RUN) - wrong:
                    if sum(len(word) > 5 for word in run) >= LONG:
                        owners[run].append(card)
    for card in cards:
        texts = [card.story, card.ask]
        if card.use == "practice":
            texts += [
                card.explain,
                card.unless,
                *(
                    text
                    for option in card.options
                    for text in ((option.why,) if card.set else (option.text, option.why))
                ),
            ]
        seen = set()
        for text in texts:
            found = words(text)
            for run in zip(*(found[start:] for start in range(RUN))):
                for owner in owners.get(run, ()):
                    if owner.group != card.group and owner.name not in seen:
                        seen.add(owner.name)
                        yield problem(
                            answer_elsewhere,
                            library.shown(card.path),
                            text,
                            f"`{' '.join(run)}` is in the right option of `{owner.name}`",
                            "Say it in other words here, or there.",
                        )


@rule("W118", "warning")
def published_words(library: Library) -> Iterator[Problem]:
    """What belongs to a graded or exam question stands word for word in the book: in a chapter, on a practice card or
    on an evidence card. What is published is no longer kept back.

    From thirty letters on its story counts; where it asks for judgement, its principle, reasons, ask and options, too.
    What must be known the book teaches, and a practice story may share a set's list.
    Before:  (in a chapter, and the reason on an exam card) You neither investigate nor question a child.
    After:   (on the card) Questions to Malik now would be an investigation, and it isn't yours.
    """
    practice = [card for card in _live(library) if card.use == "practice"]
    shared = {text for card in practice for text in _asked(card)}
    told: list[str] = [text for card in practice for text in (*_asked(card), *_told(card))]
    told += [text for work in library.evidence.values() for _, text in work.texts()]
    told += map(prose, library.pages.values())
    runs_told = {run for text in told for run in runs(text, FEW)}
    everything = "\n".join(map(bare, told))
    for card in _live(library):
        own = (card.story,) if card.topic else (*_told(card), *(text for text in _asked(card) if text not in shared))
        for text in own if card.use != "practice" else ():
            letters = bare(text)
            # What stands there has each run of its words there; the last word may go on.
            if len(letters) > ACCIDENT and runs_told >= runs(text, FEW, end=-1) and letters in everything:
                yield problem(
                    published_words,
                    library.shown(card.path),
                    text,
                    f"`{' '.join(text.split())[:BEGINS]}` stands in the book as well",
                    "Say it in words of this story.",
                )


def bare(text: str) -> str:
    """Letters and figures alone: neither typography nor line breaks make two texts different."""
    return re.sub(r"[\W_]+", "", text.lower())


def _asked(card: Question) -> tuple[Text, ...]:
    return card.story, card.ask, *(option.text for option in card.options)


def _told(card: Question) -> tuple[Text, ...]:
    return card.explain, card.unless, *(option.why for option in card.options)


@rule("W112", "warning")
def openings(library: Library) -> Iterator[Problem]:
    """More than two stories of a chapter open with the same words. Stories that start alike run together in the
    reader's mind.

    Figures count as one word. Begin with speech, a letter, a telephone call, a form, an hour of supervision.
    Before:  A 34-year-old woman ... A 52-year-old woman ... A 29-year-old woman ...
    After:   "I thought you'd be shocked." ... On the intake form, Dana has crossed out ...
    """
    chapters: dict[tuple[str, tuple[str, ...]], list[Question]] = defaultdict(list)
    for card in _live(library):
        opening = tuple(
            "0" if word.strip('"“*').isdigit() else word
            for word in card.story.lower().replace("-", " ").split()[:OPENING]
        )
        if len(opening) == OPENING:
            chapters[card.chapter, opening].append(card)
    for cards in chapters.values():
        for card in cards[OFTEN:]:
            first = " ".join(card.story.split()[:OPENING])
            yield problem(
                openings,
                library.shown(card.path),
                card.story,
                f"this story opens with `{first}`, as do `{cards[0].name}` and `{cards[1].name}`",
                "Open it in another way.",
            )


@rule("W113", "warning")
def reasons_alike(library: Library) -> Iterator[Problem]:
    """Two options of a card have the same reason. Each wrong option tempts by a misunderstanding of its own, and the
    reason names it.

    A trainee who chose this option learns nothing from a reason that was written for another.
    """
    for card in _live(library):
        seen: dict[str, int] = {}
        for option in card.options:
            reason = " ".join(words(option.why))
            if reason and reason in seen:
                yield problem(
                    reasons_alike,
                    library.shown(card.path),
                    option.why,
                    f"this reason is the same as the one on line {seen[reason]}",
                    "Name the misunderstanding that makes this option tempting.",
                )
            seen.setdefault(reason, option.why.line)


CHECKS = (stories_alike, answer_elsewhere, published_words, openings, reasons_alike)
