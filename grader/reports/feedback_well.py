"""What a feedback can say of what went well: true and kind whether one question in twenty is right or nineteen are."""

from __future__ import annotations

from collections.abc import Callable

from .feedback_model import Asked, Feedback, Section, Written
from ..cards.library import Library
from ..cards.model import Question
from ..language import joined, later, number, t, tn

MOST = 0.5  # of the questions that were answered; below it their number is no praise, and what was right is named
NEARLY = 0.75  # of a reflection's points, from which they are said
STRONG = 2  # objectives that are named as going well


def went_well(made: Feedback, library: Library) -> list[str]:
    """A sentence each on the questions that were answered, on those about safety among them, and on each reflection.

    Of safety only that all is right is good news; what was missed there stands in its own place.
    """
    answered = [one for one in made.counted if one.state != "blank"]
    safety = [one for one in answered if (card := library.questions.get(one.name)) and card.gate]
    whole = sum(one.whole for one in answered)
    said = []
    if whole and whole >= MOST * len(answered):
        said.append(_right(whole, len(answered)))
    if safety and all(one.whole for one in safety):
        said.append(
            tn(
                "The one safety question that you answered is fully right.",
                "All {n} safety questions that you answered are fully right.",
                len(safety),
            )
        )
    return said + [words for one in made.reflections if (words := _written(one))]


def _right(whole: int, of: int) -> str:
    if whole == of:
        return tn(
            "The one question that you answered is fully right.",
            "All {n} questions that you answered are fully right.",
            of,
        )
    return tn(
        "Of the {of} questions that you answered, {n} is fully right.",
        "Of the {of} questions that you answered, {n} are fully right.",
        whole,
        of=of,
    )


def _written(one: Written) -> str:
    """What went well in a reflection whose marks are all there; empty where there is nothing to say."""
    if one.waits or one.blank or not one.levels:
        return ""
    top = [level.name for level in one.levels if level.score is not None and level.score >= level.points]
    if len(top) == len(one.levels):
        return t("Reflection “{title}”: the highest level in every criterion.", title=one.title)
    if top:
        return t(
            "Reflection “{title}”: the highest level in {criteria}.",
            title=one.title,
            criteria=joined(top, later("{first} and {second}")),
        )
    score, points = (sum(getattr(level, what) for level in one.levels) for what in ("score", "points"))
    if score < NEARLY * points:
        return ""
    reached = {"score": number(round(score, 2)), "points": number(round(points, 2))}
    return t("Reflection “{title}”: {score} of {points} points.", title=one.title, **reached)


def strong(made: Feedback, library: Library, section: Callable[[Question], Section]) -> list[tuple[int, Section]]:
    """The objectives of which every question that counts is fully right, with how many these are; the surest first.
    `section`: a question's card -> where its objective is taught."""
    asked: dict[Section, list[Asked]] = {}
    for one in made.counted:
        if card := library.questions.get(one.name):
            asked.setdefault(section(card), []).append(one)
    full = [(len(own), place) for place, own in asked.items() if all(one.whole for one in own)]
    return sorted(full, key=lambda pair: -pair[0])[:STRONG]
