"""Answers that the grader could not read: a person says which letters they mean, and that is logged and scored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from . import gradebook as db
from . import kept
from .course import Course
from .gradebook import Unsupported
from .outcome import first_of
from .plan import scored
from .read import Read
from .rows import plan_of
from .run import ungraded
from .scores import scores
from ..cards.model import Question
from ..cards.vocabulary import LETTERS
from ..language import later, t
from ..notebook.submission import typed


@dataclass(frozen=True)
class Unread:
    """An answer that waits for a person. `words`: the check of what stands in it; `text`: what was typed."""

    trainee: str
    question: Question
    points: float
    note: str
    chosen: tuple[str, ...]
    words: str
    text: str


def unread(course: Course, assignment: str) -> tuple[list[Unread], list[str]]:
    """Every answer of an assignment that waits for a person, question by question; and a line for each trainee of whom
    some wait that cannot be shown, so that nobody can say what they mean. Raises Unsupported."""
    with db.reading(course.settings.db_url) as connection:
        plan = plan_of(connection, course, assignment)
        waiting = [one for one in scores(connection, assignment) if one.waits and one.cell in plan.questions]
        words = kept.words(connection, {one.notebook for one in waiting})
    copies = {trainee: _copy(course, trainee, assignment) for trainee in {one.trainee for one in waiting}}
    places = {cell.name: place for place, cell in enumerate(plan.cells)}
    found: list[Unread] = []
    hidden: dict[str, list[str]] = {}
    for one in sorted(waiting, key=lambda one: (places[one.cell], one.trainee)):
        read = words.get(one.notebook, {}).get(one.cell, kept.Words())
        text = copies[one.trainee].get(one.cell)
        if text is None:
            hidden.setdefault(one.trainee, []).append(one.cell)
            continue
        question = plan.questions[one.cell]
        found.append(Unread(one.trainee, question, one.points, read.note, tuple(read.chosen), read.check, text))
    return found, _hidden(course, assignment, hidden)


def _hidden(course: Course, assignment: str, cells: Mapping[str, list[str]]) -> list[str]:
    """A line for each trainee whose graded copy does not show some answers."""
    why = ungraded(course, assignment) if cells else {}
    again = t("the graded copy does not show it. Run: {command}", command=f"grader autograde {assignment} --force")
    words = later("not asked, as it cannot be shown: {trainee}: {names}: {why}")
    return [
        t(words, trainee=trainee, names=first_of(names), why=why.get(trainee, again))
        for trainee, names in sorted(cells.items())
    ]


def _copy(course: Course, trainee: str, assignment: str) -> dict[str, str]:
    """Cell -> what was typed into it, by the graded copy; nothing where that is not there."""
    path = course.folder("autograded") / trainee / assignment / f"{assignment}.ipynb"
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError):
        return {}
    return {one["metadata"].get("nbgrader", {}).get("grade_id", ""): _typed("".join(one["source"])) for one in cells}


def _typed(source: str) -> str:
    before, _, after = source.partition("The cell as submitted:\n\n")
    return typed(after) if after else before


def offered(one: Unread) -> str:
    """The letters of the question's options."""
    return LETTERS[: len(one.question.options)]


def settle(
    course: Course, assignment: str, one: Unread, letters: Iterable[str], who: str, again: bool = False
) -> float:
    """Score an answer by the letters that a person saw in it, none for nothing chosen; the score. `again`: the same
    person settled it a moment ago, and corrects that.

    Raises Unsupported where the answer is another one by now, or somebody was first.
    """
    chosen = tuple(sorted({letter.upper() for letter in letters}))
    if not set(chosen) <= set(offered(one)):
        raise Unsupported(t("Give letters of this question: {names}; or none.", names=", ".join(offered(one))))
    with db.one_write(course.settings.db_url) as connection:
        plan = plan_of(connection, course, assignment)
        name = one.question.name
        there = [row for row in scores(connection, assignment) if (row.trainee, row.cell) == (one.trainee, name)]
        row = there[0] if there else None
        read = kept.words(connection, [row.notebook]).get(row.notebook, {}) if row else {}
        if row is None or not (row.waits or again) or read.get(name, kept.Words()).check != one.words:
            raise Unsupported(
                t(
                    "{trainee}: {name}: somebody settled this, or the answer is another one now.",
                    trainee=one.trainee,
                    name=name,
                )
            )
        score = scored(Read(name, "answer", row.points, chosen, kept.settled_as(chosen)), plan).score or 0.0
        values = {"manual_score": score, "needs_manual_grade": False}
        connection.execute(db.grade.update().where(db.grade.c.id == row.grade).values(values))
        said = {"chosen": "".join(chosen), "words": one.words, "score": score, "read": one.note}
        kept.add(connection, [kept.Entry(who, "settled", assignment, one.trainee, name, said)])
    return score
