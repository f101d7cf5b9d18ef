"""What follows from a feedback's figures: safety questions to talk about, what to read next, each chapter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import fmean

from .feedback_model import Area, Feedback, Gate, Section, Step, Taught
from .feedback_well import strong, went_well
from .reached import by_item, by_objective, by_task
from ..cards.chapter import Chapter
from ..cards.library import Library
from ..cards.model import Assignment, Question
from ..cards.vocabulary import TAUGHT, spoken
from ..language import t, tn
from ..web.interval import FEWEST, likely, wilson

ENOUGH = 0.8  # of an objective's points; below it is read again
STEPS = 3


def conclude(
    made: Feedback, card: Assignment | None, library: Library, marked: Mapping[str, tuple[float, float]], book: str
) -> None:
    """Add what follows to a feedback.

    `marked`: cell -> (score, points). `book`: the address of the published book, or empty.
    """
    _gates(made, library, book)
    made.well = went_well(made, library)
    made.strong = strong(made, library, lambda card: _section(library, card.chapter, str(card.objective), book))
    if card:
        _tables(made, card, library, marked, book)


def _gates(made: Feedback, library: Library, book: str) -> None:
    """Safety questions that were missed. What was left open is counted apart: nobody knows what would have been
    chosen."""
    for one in made.questions:
        card = library.questions.get(one.name)
        if one.closed and card:
            one.about = (_section(library, card.chapter, str(card.objective), book),)
        if not card or not card.gate or one.waits or not one.missed:
            continue
        if one.state == "blank":
            made.open_gates.append(spoken(card.gate))
            continue
        made.gates.append(Gate(spoken(card.gate), one.number, one.name, _taught(card, library, book), one.closed))


def _taught(card: Question, library: Library, book: str) -> tuple[Section, ...]:
    """Where to read after a missed safety question: what teaches to see its danger, and what it asks for itself. The
    second alone would often lead to a section on something else, in which the danger only came up."""
    own = (card.chapter, str(card.objective))
    danger = [(chapter, objective) for chapter, _, objective in (one.partition("/") for one in TAUGHT[str(card.gate)])]
    places = [own] if own in danger else [*danger, own]
    return tuple(_section(library, *place, book) for place in places if _has(library, *place))


def _has(library: Library, chapter: str, objective: str) -> bool:
    return chapter in library.chapters and objective in library.chapters[chapter].objectives


def _section(library: Library, chapter: str, objective: str, book: str) -> Section:
    owner = library.chapters.get(chapter)
    sentence = " ".join(str(owner.objectives.get(objective, objective)).split()) if owner else objective
    return Section(sentence, str(owner.title) if owner else chapter, _address(owner, objective, book))


def _tables(
    made: Feedback, card: Assignment, library: Library, marked: Mapping[str, tuple[float, float]], book: str
) -> None:
    sums: dict[str, list[float]] = {}
    reached = by_objective(card, library, marked)
    for (chapter, objective), (score, points) in reached.items():
        place = _section(library, chapter, objective, book)
        made.objectives.append(Taught(place.words, place.chapter, place.href, score, points))
        total = sums.setdefault(chapter, [0.0, 0.0])
        total[0], total[1] = total[0] + score, total[1] + points
    made.tasks = [
        (spoken(task).capitalize(), score, points) for task, (score, points) in by_task(card, library, marked).items()
    ]
    made.areas = _areas(made, sums, library, book)
    made.steps = _steps(made, _weak(reached, by_item(card, library, marked), library), library, book)


def _areas(made: Feedback, sums: Mapping[str, list[float]], library: Library, book: str) -> list[Area]:
    """By chapter, the weakest in the questions first; chapters with few are joined, since so few say nothing."""
    shares: dict[str, list[float]] = {}
    for one in made.questions:
        card = library.questions.get(one.name)
        if card and not one.waits and one.points:
            shares.setdefault(card.chapter, []).append(one.score / one.points)
    many = {chapter for chapter, own in shares.items() if len(own) >= FEWEST}
    rows = []
    for chapter in filter(many.__contains__, sums):  # in the order of the questions, where the figures are equal
        owner = library.chapters.get(chapter)
        rows.append(
            Area(
                str(owner.title) if owner else chapter,
                _address(owner, "", book),
                sums[chapter][0],
                sums[chapter][1],
                fmean(shares[chapter]),
                likely(sum(shares[chapter]), len(shares[chapter])),
            )
        )
    few = [chapter for chapter in sums if chapter not in many]
    if few:
        joined = [share for chapter in few for share in shares.get(chapter, ())]
        titles = [str(library.chapters[chapter].title) if chapter in library.chapters else chapter for chapter in few]
        rows.append(
            Area(
                titles[0] if len(few) == 1 else t("{n} chapters with few questions each, together", n=len(few)),
                "",
                sum(sums[chapter][0] for chapter in few),
                sum(sums[chapter][1] for chapter in few),
                fmean(joined) if len(joined) >= FEWEST else None,
                likely(sum(joined), len(joined)),
            )
        )
    return sorted(rows, key=lambda row: 1.0 if row.share is None else row.share)


def _weak(
    reached: Mapping[tuple[str, str], Sequence[float]],
    shares: Mapping[tuple[str, str], Sequence[float]],
    library: Library,
) -> list[tuple[str, list[str]]]:
    """Chapters that have an objective below `ENOUGH`, each with these; what is most surely weak comes first. `reached`,
    `shares`: of each objective its points, and the share of each question and criterion.

    Not by points lost: an objective of sixteen points that has twelve of them would stand before one that has none of
    three. And not by the bare share: one missed question of one would stand before one of five. The upper end of the
    interval weighs both.
    """
    by_chapter: dict[str, list[float]] = {}
    below: dict[str, list[tuple[float, str]]] = {}
    for (chapter, objective), own in shares.items():
        by_chapter.setdefault(chapter, []).extend(own)
        score, points = reached[chapter, objective]
        if chapter in library.chapters and score < ENOUGH * points:
            below.setdefault(chapter, []).append((_at_most(own), objective))
    order = sorted(below, key=lambda chapter: _at_most(by_chapter[chapter]))
    return [(chapter, [objective for _, objective in sorted(below[chapter])]) for chapter in order]


def _at_most(shares: Sequence[float]) -> float:
    return wilson(sum(shares), len(shares)).high


def _safety(made: Feedback) -> list[Step]:
    """Where to read about the danger that most of the missed safety questions are about: it comes before all else."""
    often = Counter(gate.what for gate in made.gates)
    first = next((gate for gate in made.gates if gate.read and often[gate.what] == max(often.values())), None)
    if first is None:
        return []
    place = first.read[0]
    words = t("You missed a question on {topic}. {objective}", topic=first.what, objective=place.words)
    return [Step(t("Safety first"), place.chapter, place.href, words)]


def _steps(made: Feedback, weak: Sequence[tuple[str, list[str]]], library: Library, book: str) -> list[Step]:
    """At most three: safety where it was missed, the chapters that are most surely weak, practice on what was
    missed."""
    steps = _safety(made)
    for chapter, objectives in weak:
        owner, first = library.chapters[chapter], _section(library, chapter, objectives[0], book)
        if len(steps) == STEPS - 1:
            break
        if first.chapter in [step.title for step in steps]:
            continue
        words = first.words
        if len(objectives) > 1:
            words = t("{objective} And {n} more of its objectives.", objective=words, n=len(objectives) - 1)
        steps.append(Step(tn("Read, {n} minute", "Read, {n} minutes", owner.minutes), first.chapter, first.href, words))
    missed = {(chapter, objective) for chapter, own in weak for objective in own}
    practice = [
        card for card in library.questions.values() if card.published and (card.chapter, str(card.objective)) in missed
    ]
    if practice:
        one = len(practice) == 1
        home = library.chapters.get(practice[0].chapter)
        href = f"{book.rstrip('/')}/practice/review.html" if book else ""
        if book:
            where = t("With a reason for every option, in spaced practice.")
        elif home and one:
            where = t("With a reason for every option, in {chapter}.", chapter=home.title)
        else:
            where = t("With a reason for every option, in the book’s chapters.")
        steps.append(
            Step(
                t("Practise"),
                tn(
                    "{n} practice question on what was missed",
                    "{n} practice questions on what was missed",
                    len(practice),
                ),
                href,
                where,
            )
        )
    return steps


def _address(chapter: Chapter | None, objective: str, book: str) -> str:
    return f"{book.rstrip('/')}/{chapter.section(objective)}" if chapter and book else ""
