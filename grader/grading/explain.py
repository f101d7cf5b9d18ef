"""`grader explain-grade`: how one score came about, years later: what was released, read, scored, decided, changed."""

from __future__ import annotations

from collections.abc import Iterator

from . import gradebook as db
from . import kept
from .course import Course
from .gradebook import Unsupported
from .plan import marked_with
from .rows import plan_of
from .scores import CellScore, scores
from .snapshot import Snapshot
from ..cards import stored
from ..cards.problem import near
from ..cards.vocabulary import LETTERS


def explain(course: Course, trainee: str, assignment: str, cell: str) -> str:
    """The story of a score, a line for each fact. Raises Unsupported for a name that is not there."""
    with db.reading(course.settings.db_url) as connection:
        cards = course.released(connection, assignment)
        plan = plan_of(connection, course, assignment)
        names = [one.name for one in plan.cells if one.role in ("answer", "reflection", "other")]
        if cell not in names:
            raise Unsupported(f"`{assignment}` has no answer `{cell}`. {near(cell, names)}")
        found = {one.cell: one for one in scores(connection, assignment) if one.trainee == trainee}
        if not found:
            raise Unsupported(f"Nothing of `{trainee}` in `{assignment}` has been graded.")
        words = kept.words(connection, [found[cell].notebook]).get(found[cell].notebook, {}).get(cell)
        history = list(kept.entries(connection, assignment))
    lines = [f"{trainee}, {assignment}, {cell}", f"Released {kept.to_seconds(cards.at)}."]
    lines += _card(cards, cell)
    lines += _written(words) if cell in cards.reflections else _read(words)
    lines += [_score(found[name]) for name in marked_with(cell, plan) if name in found]
    lines += [said for entry in history if (said := _changed(entry, trainee, marked_with(cell, plan)))]
    return "\n".join(lines)


def _card(cards: Snapshot, cell: str) -> Iterator[str]:
    if cell in cards.as_released:
        old, now = cards.as_released[cell], cards.questions[cell]
        yield f"Card as released (version {stored.version(old)}), key {', '.join(old.key)}:"
        yield from (f"  {letter}. {option.text}" for letter, option in zip(LETTERS, old.options))
        if now != old:
            yield f"Graded by version {stored.version(now)} since, key {', '.join(now.key)}."
        if cell in cards.waived:
            yield f"Decided since: {cards.waived[cell]}."
    elif cell in cards.reflections:
        yield f"Reflection as released, version {stored.version(cards.reflections[cell])}."


def _read(words: kept.Words | None) -> Iterator[str]:
    if words is None:
        yield "What was read is not known here: it was graded before that was kept. Run: grader autograde --force"
    else:
        _, chosen, state, note = words
        yield f"Read: {', '.join(chosen) or 'nothing chosen'} ({state}{f'; {note}' if note else ''})."


def _written(words: kept.Words | None) -> Iterator[str]:
    if words is None or words.state != "blank":
        yield "Words were written; a person marks them." + (f" ({words.note}.)" if words and words.note else "")
    else:
        yield "Blank: nothing was written, so there is nothing to mark, and it counts 0."


def _score(one: CellScore) -> str:
    parts = [f"automatic {one.auto:g}" if one.auto is not None else "no automatic score"]
    parts += [f"a person's mark {one.manual:g}"] if one.manual is not None else []
    parts += [f"extra credit {one.extra:g}"] if one.extra else []
    return (
        f"{one.cell}: {one.score:g} of {one.points:g} counts ({', '.join(parts)})" + ", waits for a person." * one.waits
    )


def _changed(entry: kept.Entry, trainee: str, cells: list[str]) -> str:
    """A line of the log, where it bears on this score."""
    if entry.cell not in cells or entry.trainee not in ("", trainee):
        return ""
    moves = entry.said.get("moves", {})
    moved = f": {moves[trainee][0]:g} to {moves[trainee][1]:g}" if trainee in moves else ""
    about = {name: value for name, value in entry.said.items() if name not in ("card", "moves", "question", "release")}
    said = "; ".join(f"{name} {value}" for name, value in sorted(about.items()))
    return f"{kept.to_seconds(entry.at)} {entry.who}: {entry.what}{moved} ({said})"
