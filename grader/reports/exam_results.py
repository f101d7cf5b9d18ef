"""What each trainee reached in a mock form, from the gradebook, held against the cut that a panel set for this form."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..grading import gradebook as db
from ..grading.course import Course
from ..grading.gradebook import Unsupported
from ..grading.scores import Standing, standings
from ..grading.snapshot import Snapshot
from ..language import later, t
from ..learner.exam.standard import Standard, angoff, decided, standard_error
from ..learner.readiness.sheet_in import Unreadable


@dataclass(frozen=True)
class Result:
    """`status`: missing, blank, open or marked. `right` of `asked` questions, partial credit counted, with its standard
    `error` in questions. `decided`: pass, undecided, not; empty without a standard, or where not all is marked.
    `safety`: the safety questions that were missed."""

    trainee: str
    name: str
    status: str
    right: float
    asked: int
    error: float
    decided: str
    safety: tuple[str, ...]


def results(course: Course, assignment: str, ratings: Path | None = None) -> tuple[list[Result], Standard | None]:
    """Every trainee's result in a form, and the panel's standard. Reflections do not count: no panel rated them.

    A standard belongs to a form: `ratings` must rate the questions of this one and no others, those aside that were
    taken out since. Raises Unsupported.
    """
    with db.reading(course.settings.db_url) as connection:
        cards = course.released(connection, assignment)
        found = standings(connection, assignment)
    dropped = {name for name, how in cards.waived.items() if how == "dropped"}
    asked = [name for name in cards.questions if name not in dropped]
    standard = _standard(ratings, asked, dropped) if ratings else None
    return [_result(one, cards, asked, standard) for one in found], standard


def _standard(ratings: Path, asked: list[str], dropped: set[str]) -> Standard:
    try:
        found = angoff(ratings, dropped)
    except Unreadable as error:
        raise Unsupported(str(error)) from None
    missing, strange = sorted(set(asked) - found.names), sorted(found.names - set(asked))
    if missing:
        words = later("{file}: a standard belongs to one form, and nobody rated {names}.")
        raise Unsupported(t(words, file=ratings, names=", ".join(missing[:5])))
    if strange:
        words = later("{file}: a standard belongs to one form, and this form does not ask {names}.")
        raise Unsupported(t(words, file=ratings, names=", ".join(strange[:5])))
    return found


def _result(one: Standing, cards: Snapshot, asked: list[str], standard: Standard | None) -> Result:
    own = [one.cells[name] for name in asked if name in one.cells]
    right = round(sum(cell.score / cell.points for cell in own if cell.points), 3)
    done = one.status != "missing" and not any(cell.waits for cell in own)
    missed = [
        name
        for name in asked
        if cards.questions[name].gate and name in one.cells and one.cells[name].score < one.cells[name].points
    ]
    return Result(
        one.trainee,
        f"{one.first_name} {one.last_name}".strip(),
        one.status if not done or one.status == "blank" else "marked",
        right,
        len(asked),
        round(standard_error(right, len(asked)) * len(asked), 2),
        decided(right, len(asked), standard) if standard and done and one.status != "blank" else "",
        tuple(missed),
    )
