"""Answers that the grader could not read: a person says which letters they mean, and that is logged and scored."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from . import gradebook as db
from . import kept
from .course import Course
from .gradebook import Unsupported
from .plan import scored
from .read import Read
from .rows import plan_of
from .scores import scores
from ..cards.model import Question
from ..cards.vocabulary import LETTERS
from ..language import t
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


def unread(course: Course, assignment: str) -> list[Unread]:
    """Every answer of an assignment that waits for a person, question by question. Raises Unsupported."""
    with db.reading(course.settings.db_url) as connection:
        plan = plan_of(connection, course, assignment)
        waiting = [one for one in scores(connection, assignment) if one.waits and one.cell in plan.questions]
        words = kept.words(connection, {one.notebook for one in waiting})
    places = {cell.name: place for place, cell in enumerate(plan.cells)}
    found = []
    for one in sorted(waiting, key=lambda one: (places[one.cell], one.trainee)):
        read = words.get(one.notebook, {}).get(one.cell, kept.Words())
        text = _typed(course, one.trainee, assignment, one.cell)
        question = plan.questions[one.cell]
        found.append(Unread(one.trainee, question, one.points, read.note, tuple(read.chosen), read.check, text))
    return found


def _typed(course: Course, trainee: str, assignment: str, cell: str) -> str:
    path = course.folder("autograded") / trainee / assignment / f"{assignment}.ipynb"
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError):
        return t("(The graded copy is not there. Run `grader autograde` again.)")
    for one in cells:
        if one["metadata"].get("nbgrader", {}).get("grade_id") == cell:
            before, _, after = "".join(one["source"]).partition("The cell as submitted:\n\n")
            return typed(after) if after else before
    return t("(The answer is not in the graded copy.)")


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
