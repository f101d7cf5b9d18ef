"""Calibration: a marker marks a reflection's anchor answers without their marks, and then sees both side by side."""

from __future__ import annotations

import json
import random
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from .levels import steps
from ..cards.model import Reflection
from ..grading import gradebook, kept
from ..grading.course import Course
from ..grading.gradebook import Unsupported
from ..language import later, number, t
from ..web.files import write

CALIBRATED = "calibrated"
Levels = tuple[int, ...]


@dataclass(frozen=True)
class Marked:
    """One anchor: its place on the card, the level of each criterion by this marker, and the agreed one."""

    anchor: int
    given: Levels
    agreed: Levels


def order(card: Reflection, who: str, before: int = 0) -> list[int]:
    """The anchors' places in the order in which they are shown: another for each marker and each time."""
    places = list(range(len(card.anchors)))
    random.Random(f"{kept.marker(who)}/{card.name}/{before}").shuffle(places)
    return places


def agreed(card: Reflection, anchor: int) -> Levels:
    return tuple(int(str(mark)) for mark in card.anchors[anchor].marks)


def told(card: Reflection, marked: Sequence[Marked]) -> Iterator[str]:
    """Theirs against the agreed marks, anchor by anchor, then in all."""
    yield from _each(card, marked)
    yield in_all(card, marked)


def _each(card: Reflection, marked: Sequence[Marked]) -> Iterator[str]:
    for place, one in enumerate(marked, 1):
        own, best = sum(one.given), sum(one.agreed)
        yield t("Answer {number}, agreed in all: {agreed}; yours: {given}", number=place, agreed=best, given=own)
        for criterion, given, right in zip(card.criteria, one.given, one.agreed):
            same, other = later("{criterion}: {given}, as agreed"), later("{criterion}: {given}, agreed: {agreed}")
            words = t(same if given == right else other, criterion=criterion.name, given=given, agreed=right)
            yield f"  {words}"
            if given != right:
                yield f"    {right}: {' '.join(str(criterion.levels[right]).split())}"


def in_all(card: Reflection, marked: Sequence[Marked]) -> str:
    """How near somebody's levels are to the agreed ones, in a sentence."""
    gaps = [
        steps(given, right, tuple(criterion.levels))
        for one in marked
        for criterion, given, right in zip(card.criteria, one.given, one.agreed)
    ]
    leaning = sum(gaps) / (len(gaps) or 1)
    if abs(leaning) < 0.05:
        words = later(
            "In all: {same} of {of} levels as agreed, {near} within one; on average you are as high as the agreed."
        )
    elif leaning > 0:
        words = later(
            "In all: {same} of {of} levels as agreed, {near} within one; on average you are {levels} levels above the"
            " agreed."
        )
    else:
        words = later(
            "In all: {same} of {of} levels as agreed, {near} within one; on average you are {levels} levels below the"
            " agreed."
        )
    near = sum(abs(gap) <= 1 for gap in gaps)
    return t(words, same=gaps.count(0), of=len(gaps), near=near, levels=number(abs(leaning), 1))


def keep(course: Course, card: Reflection, who: str, marked: Sequence[Marked]) -> None:
    """Log a calibration. Raises Unsupported."""
    said = {
        "anchors": [one.anchor for one in marked],
        "given": [one.given for one in marked],
        "agreed": [one.agreed for one in marked],
    }
    with gradebook.one_write(course.settings.db_url) as connection:
        kept.add(connection, [kept.Entry(who, CALIBRATED, "", "", card.name, said)])
    _begun_file(course, card, who).unlink(missing_ok=True)


def begun(course: Course, card: Reflection, who: str) -> dict[int, list[int]]:
    """Anchor -> the levels that somebody gave before they stopped, criterion by criterion; none where the rubric or an
    answer is another one by now."""
    try:
        said = json.loads(_begun_file(course, card, who).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {int(anchor): levels for anchor, levels in said["given"].items()} if said["of"] == _check(card) else {}


def hold(course: Course, card: Reflection, who: str, given: Mapping[int, list[int]]) -> None:
    """Keep what was given so far, for whoever stops in between. It tells nothing of the agreed marks."""
    mode = 0o660 if course.settings.shared else 0o600
    write(_begun_file(course, card, who), json.dumps({"of": _check(card), "given": given}), mode=mode)


def _begun_file(course: Course, card: Reflection, who: str) -> Path:
    return course.staging / f"calibrating-{sha256(f'{card.name}/{kept.marker(who)}'.encode()).hexdigest()[:12]}.json"


def _check(card: Reflection) -> str:
    """A check of all that a level is given by."""
    said = [[str(one.answer) for one in card.anchors], [[one.name, one.levels] for one in card.criteria]]
    return sha256(json.dumps(said).encode()).hexdigest()


def card_of(course: Course, reflection: str) -> Reflection | None:
    """A reflection as it was handed out last, which is what its markers see; today's card where it was not. Raises
    Unsupported."""
    with gradebook.reading(course.settings.db_url) as connection:
        for name in kept.names(connection):
            if reflection in (cards := course.released(connection, name).reflections):
                return cards[reflection]
    return course.library.reflections.get(reflection)


def times(course: Course, reflection: str, who: str) -> int:
    """How often somebody has calibrated on a reflection in this course. Raises Unsupported."""
    with gradebook.reading(course.settings.db_url) as connection:
        return sum(
            entry.cell == reflection and kept.marker(entry.who) == kept.marker(who)
            for entry in kept.entries(connection, what=CALIBRATED)
        )


def wanted(course: Course, reflection: str, who: str) -> bool:
    """Whether the course wants markers to calibrate first and this one has not. Raises Unsupported."""
    return course.settings.calibrate and not times(course, reflection, who)


def require(course: Course, reflection: str, who: str) -> None:
    """Raises Unsupported where the course wants markers to calibrate first and this one has not."""
    if wanted(course, reflection, who):
        run = f"grader calibrate {reflection} --as {shlex.quote(who)}"
        raise Unsupported(
            t(
                "This course asks markers to calibrate first. Run `{run}`; it takes a few minutes, and its "
                "result is for you.",
                run=run,
            )
        )
