"""What follows from a feedback's figures: safety questions to talk about, what to read next, each chapter."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import fmean

from .feedback_model import Area, Feedback, Gate, Step, Taught
from .reached import by_objective, by_task
from ..cards.chapter import Chapter
from ..cards.library import Library
from ..cards.model import Assignment
from ..cards.vocabulary import spoken
from ..language import t, tn
from ..web.interval import FEWEST, likely

ENOUGH = 0.8  # of an objective's points; below it is read again
STEPS = 3
STRONG = 2  # objectives that are named as going well


def conclude(
    made: Feedback, card: Assignment | None, library: Library, marked: Mapping[str, tuple[float, float]], book: str
) -> None:
    """Add what follows to a feedback.

    `marked`: cell -> (score, points). `book`: the address of the published book, or empty.
    """
    _gates(made, library, book)
    made.well = _well(made, library)
    if card:
        _tables(made, card, library, marked, book)


def _gates(made: Feedback, library: Library, book: str) -> None:
    """Safety questions that were missed. What was left open is counted apart: nobody knows what would have been
    chosen."""
    for one in made.questions:
        card = library.questions.get(one.name)
        if not card or not card.gate or one.waits or not one.missed:
            continue
        if one.state == "blank":
            made.open_gates.append(spoken(card.gate))
            continue
        chapter = library.chapters.get(card.chapter)
        made.gates.append(
            Gate(
                spoken(card.gate),
                one.number,
                one.name,
                str(chapter.title) if chapter else "",
                _address(chapter, str(card.objective), book),
            )
        )


def _well(made: Feedback, library: Library) -> list[str]:
    """What went well in the questions that were answered, and in those about safety among them; a sentence each."""
    answered = [one for one in made.counted if one.state != "blank"]
    safety = [one for one in answered if (card := library.questions.get(one.name)) and card.gate]
    said = []
    for asked, about_safety in ((answered, False), (safety, True)):
        if whole := sum(one.whole for one in asked):
            said.append(_every_point(whole, len(asked), about_safety))
    return said


def _every_point(whole: int, of: int, about_safety: bool) -> str:
    if whole < of and about_safety:
        return t("{n} of {of} safety questions that you answered: every point.", n=whole, of=of)
    if whole < of:
        return t("{n} of {of} questions that you answered: every point.", n=whole, of=of)
    if about_safety:
        return tn(
            "The one safety question that you answered: every point.",
            "All {n} safety questions that you answered: every point.",
            whole,
        )
    return tn(
        "The one question that you answered: every point.", "All {n} questions that you answered: every point.", whole
    )


def _tables(
    made: Feedback, card: Assignment, library: Library, marked: Mapping[str, tuple[float, float]], book: str
) -> None:
    again: dict[str, list[tuple[float, str, str]]] = {}  # chapter -> (points lost, objective, its sentence)
    sums: dict[str, list[float]] = {}
    for (chapter, objective), (score, points) in by_objective(card, library, marked).items():
        owner = library.chapters.get(chapter)
        sentence = " ".join(str(owner.objectives.get(objective, objective)).split()) if owner else objective
        made.objectives.append(
            Taught(sentence, str(owner.title) if owner else chapter, _address(owner, objective, book), score, points)
        )
        total = sums.setdefault(chapter, [0.0, 0.0])
        total[0], total[1] = total[0] + score, total[1] + points
        if owner and score < ENOUGH * points:
            again.setdefault(chapter, []).append((points - score, objective, sentence))
    full = [one for one in made.objectives if one.points and one.score >= one.points]
    made.strong = sorted(full, key=lambda one: -one.points)[:STRONG]
    made.tasks = [
        (spoken(task).capitalize(), score, points) for task, (score, points) in by_task(card, library, marked).items()
    ]
    made.areas = _areas(made, sums, library, book)
    made.steps = _steps(again, library, book)


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


def _steps(again: Mapping[str, list[tuple[float, str, str]]], library: Library, book: str) -> list[Step]:
    """At most three: the two chapters where most was lost, and practice on what was missed."""
    order = sorted(again, key=lambda chapter: -sum(lost for lost, _, _ in again[chapter]))
    steps = []
    for chapter in order[: STEPS - 1]:
        owner = library.chapters[chapter]
        missed = sorted(again[chapter], reverse=True)
        words = missed[0][2]
        if len(missed) > 1:
            words = t("{objective} And {n} more of its objectives.", objective=words, n=len(missed) - 1)
        steps.append(
            Step(
                tn("Read, {n} minute", "Read, {n} minutes", owner.minutes),
                str(owner.title),
                _address(owner, missed[0][1], book),
                words,
            )
        )
    missed_objectives = {(chapter, objective) for chapter, own in again.items() for _, objective, _ in own}
    practice = [
        card
        for card in library.questions.values()
        if card.published and (card.chapter, str(card.objective)) in missed_objectives
    ]
    if practice:
        one = len(practice) == 1
        first = library.chapters.get(practice[0].chapter)
        href = f"{book.rstrip('/')}/practice/review.html" if book else ""
        if book:
            where = t("With a reason for every option, in spaced practice.")
        elif first and one:
            where = t("With a reason for every option, in {chapter}.", chapter=first.title)
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
