"""`grader check --report`: what the library holds, counted; and how it reads. Numbers for editors, not rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from . import measure
from ..cards.chapter import Chapter
from ..cards.claims import cited
from ..cards.library import Library
from ..cards.model import Assignment, Question
from ..cards.reading_time import prose, words
from ..cards.vocabulary import CERTAINTIES, GATES, SEEN, TOPICS, USES
from ..counted import in_english as counted

LONG_SENTENCE = 35  # words
RUN = 5  # words of a repeated run


def report(library: Library, worst: bool = False) -> str:
    """Every count, as text. `worst`: see measure.report."""
    parts = [
        _questions(library),
        measure.report(library, worst),
        _cases(library),
        _reflections(library),
        _chapters(library),
        _evidence(library),
        _repeated(library),
    ]
    return "\n\n".join(part for part in parts if part)


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.0%})" if whole else f"{part}"


def _line(name: str, counted: Iterable[tuple[str, int]]) -> str:
    return f"  {name}: " + ", ".join(f"{key} {number}" for key, number in counted)


def _questions(library: Library) -> str:
    cards = [card for card in library.questions.values() if not card.retired]
    known = [card for card in cards if card.topic]
    lines = [
        f"Questions: {len(cards)} in {len({card.chapter for card in cards})} chapters",
        _line("use", Counter(str(card.use) for card in cards).most_common()),
        _line("kind", Counter(str(card.kind) for card in cards).most_common()),
        (
            f"  in sets: {sum(bool(card.set) for card in cards)} stories of"
            f" {len({card.set for card in cards if card.set})} sets; {_uses(card for card in cards if card.set)}"
        ),
        f"  ask what must be known: {_share(len(known), len(cards))}; {_uses(known)}",
        _line("topic", [(topic, sum(card.topic == topic for card in known)) for topic in TOPICS]),
        "  planned difficulty: " + _difficulty(cards),
        _line("level", Counter(str(card.level) for card in cards).most_common()),
        (
            f"  apply or analyse: {_share(sum(card.level in ('apply', 'analyse') for card in cards), len(cards))};"
            f" higher still: {sum(card.level in ('evaluate', 'create') for card in cards)}"
        ),
        f"  with unless: {_share(sum(bool(card.unless) for card in cards), len(cards))}",
        f"  gates: {sum(bool(card.gate) for card in cards)}; "
        + ", ".join(f"{gate} {sum(card.gate == gate for card in cards)}" for gate in GATES),
    ]
    for chapter in library.chapters:
        mine = Counter(str(card.use) for card in cards if card.chapter == chapter)
        lines.append(f"    {chapter}: " + ", ".join(f"{use} {mine[use]}" for use in USES))
    return "\n".join(lines)


def _uses(cards: Iterable[Question]) -> str:
    counted = Counter(str(card.use) for card in cards)
    return ", ".join(f"{use} {counted[use]}" for use in USES)


def _difficulty(cards: list[Question]) -> str:
    """How many are planned for most, for seven in ten and for half of the trainees; and how many nobody has judged."""
    bands = Counter(
        (
            "not judged"
            if not card.difficulty
            else (
                "0.80 and above"
                if card.difficulty >= 0.8
                else "0.60 to 0.79"
                if card.difficulty >= 0.6
                else "below 0.60"
            )
        )
        for card in cards
    )
    return ", ".join(f"{band} {bands[band]}" for band in ("0.80 and above", "0.60 to 0.79", "below 0.60", "not judged"))


def _cases(library: Library) -> str:
    cards = [card for card in library.vignettes.values() if not card.retired]
    people = [person for card in cards for person in card.people]
    bands = Counter(f"{int(person.age) // 10 * 10}s" for person in people if person.age.isdigit())
    lines = [
        (
            f"Vignettes: {len(cards)}, of which {sum(len(card.parts) >= 3 for card in cards)} unfold over three parts;"
            f" {counted(len(people), 'person', 'people')}"
        ),
        _line("age", sorted(bands.items())),
    ]
    for field in ("gender", "orientation", "culture", "faith", "disability"):
        lines.append(
            _line(
                field,
                Counter(str(getattr(person, field)).split(",")[0] or "not stated" for person in people).most_common(14),
            )
        )
    lines.append(
        _line("relationship", Counter(str(card.relationship) or "not stated" for card in cards).most_common(14))
    )
    return "\n".join(lines)


def _reflections(library: Library) -> str:
    cards = list(library.reflections.values())
    below = sum(any(sum(map(int, anchor.marks)) * 2 < card.points for anchor in card.anchors) for card in cards)
    lines = [
        (
            f"Reflections: {len(cards)}, {sum(len(card.anchors) for card in cards)} anchor answers, {below} with one"
            " below the pass"
        ),
        f"Assignments: {len(library.assignments)}",
    ]
    for card in library.assignments.values():
        kinds = Counter(
            "question" if item.question else "set" if item.set else "case" if item.vignette else "reflection"
            for item in card.items
        )
        lines.append(
            f"  {card.name}: "
            + ", ".join(counted(number, kind) for kind, number in kinds.items())
            + _versions(card, library)
        )
    return "\n".join(lines)


def _versions(assignment: Assignment, library: Library) -> str:
    """How many of the set lines a trainee would have right in versions B and C with the letters that are right in A,
    and how many by chance."""
    said = ""
    for version in "BC":
        pairs = [
            (one, other)
            for item in assignment.items
            if item.set
            and (one := library.handed_out(item.set, "A"))
            and (other := library.handed_out(item.set, version))
        ]
        if pairs:
            right = sum(one.key == other.key for one, other in pairs)
            chance = sum(1 / len(other.options) for _, other in pairs)
            said += f"; the letters of A on {version}: {right} of {len(pairs)} right, {chance:.1f} by chance"
    return said


def sentences(chapter: Chapter) -> list[str]:
    """The sentences of a chapter's running text; tables, headings and lists' marks are left out."""
    text = re.sub(r"^(?:#.*|\|.*|> \*\*.*|[ \t]*(?:[-*]|\d+\.) )", "", prose(chapter.body), flags=re.MULTILINE)
    found = re.split(r"(?<=[.!?])[\"”’)*]*\s+|\n\s*\n", text)
    return [" ".join(sentence.split()) for sentence in found if len(sentence.split()) > 2]


def grade(text: list[str]) -> float:
    """Reading grade after Flesch and Kincaid: 0.39 words a sentence + 11.8 syllables a word - 15.59; syllables are
    counted by vowel groups."""
    tokens = [word for sentence in text for word in re.findall(r"[A-Za-z']+", sentence)]
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", word.lower().removesuffix("e")))) for word in tokens)
    return 0.39 * len(tokens) / max(1, len(text)) + 11.8 * syllables / max(1, len(tokens)) - 15.59


def _chapters(library: Library) -> str:
    works = {key for page in library.pages.values() for key in cited(page)}
    lines = [
        f"Chapters: {len(library.chapters)}, {sum(words(c.body) for c in library.chapters.values()):,} words,"
        f" {sum(c.minutes for c in library.chapters.values())} minutes; {len(works)} works cited"
    ]
    every = long = 0
    for card in library.chapters.values():
        text = sentences(card)
        too_long = sum(len(sentence.split()) > LONG_SENTENCE for sentence in text)
        every, long = every + len(text), long + too_long
        lines.append(
            f"  {card.name}: {words(card.body):,} words, grade {grade(text):.1f}, {_share(too_long, len(text))} of"
            f" {len(text)} sentences over {LONG_SENTENCE} words"
        )
    lines.append(f"  in all: {_share(long, every)} of {every} sentences over {LONG_SENTENCE} words")
    return "\n".join(lines)


def _evidence(library: Library) -> str:
    """The evidence cards: how many works have one, and the cards by certainty, reading and design; rows of law and
    lines by place."""
    cards, works = list(library.evidence.values()), {key for page in library.pages.values() for key in cited(page)}
    excuses = [name for card in library.cards() for name in card.excuses if str(name).startswith("E006 ")]
    lines = [
        (
            f"Evidence cards: {len(cards)}, for {len(works & set(library.evidence))} of {len(works)} works cited; past"
            f" their date: {sum(card.due for card in cards)}; numbers excused by name: {len(excuses)}"
        ),
        _line("certainty", _counted((card.certainty for card in cards), CERTAINTIES)),
        _line("seen", _counted((card.seen for card in cards), SEEN)),
        _line("design", Counter(card.kind_of_design for card in cards).most_common()),
    ]
    for place in library.places.values():
        rows = (*place.law, *place.lines)
        lines.append(
            f"  {place.name}: {counted(len(place.law), 'row')} of law, {counted(len(place.lines), 'help line')},"
            f" {sum(row.due for row in rows)} past their date, {sum(row.seen == 'not-seen' for row in rows)} not seen"
        )
    return "\n".join(lines)


def _counted(values: Iterable[str], order: Iterable[str]) -> list[tuple[str, int]]:
    """Each word of a list with its number, in the list's order."""
    count = Counter(map(str, values))
    return [(word, count[word]) for word in order]


def _repeated(library: Library) -> str:
    """The word runs that most chapters share; a run inside a longer one that is as frequent is not listed twice."""
    runs: Counter[tuple[str, ...]] = Counter()
    for card in library.chapters.values():
        for sentence in sentences(card):
            tokens = re.findall(r"[a-z']+", sentence.lower())
            runs.update(tuple(tokens[n : n + RUN]) for n in range(len(tokens) - RUN + 1))
    top = [(" ".join(run), number) for run, number in runs.most_common(20) if number > 1]
    return (
        "Most repeated runs of five words:\n" + "\n".join(f"  {number} x {run}" for run, number in top) if top else ""
    )
