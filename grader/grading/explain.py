"""`grader explain-grade`: how one score came about, years later: what was released, read, scored, decided, changed."""

from __future__ import annotations

from collections.abc import Iterator

from . import gradebook as db
from . import kept
from .course import Course
from .gradebook import Unsupported
from .plan import DECIDED, marked_with
from .rows import plan_of
from .scores import CellScore, scores
from .snapshot import Snapshot
from ..cards import stored
from ..cards.problem import near
from ..cards.vocabulary import LETTERS
from ..language import later, number, t

#: How an answer was read.
READ = {"answered": later("answered"), "blank": later("blank"), "look": later("for a person to read")}

#: What the log keeps for programs alone: `words` is the check of what was typed.
HIDDEN = ("card", "moves", "question", "release", "words")


def explain(course: Course, trainee: str, assignment: str, cell: str) -> str:
    """The story of a score, a line for each fact. Raises Unsupported for a name that is not there."""
    with db.reading(course.settings.db_url) as connection:
        cards = course.released(connection, assignment)
        cell = cards.meant(cell)
        plan = plan_of(connection, course, assignment)
        names = [one.name for one in plan.cells if one.role in ("answer", "reflection", "other")]
        if cell not in names:
            raise Unsupported(
                t(
                    "`{assignment}` has no answer `{cell}`. {near}",
                    assignment=assignment,
                    cell=cell,
                    near=near(cell, names),
                )
            )
        found = {one.cell: one for one in scores(connection, assignment) if one.trainee == trainee}
        if not found:
            raise Unsupported(
                t("Nothing of `{trainee}` in `{assignment}` has been graded.", trainee=trainee, assignment=assignment)
            )
        words = kept.words(connection, [found[cell].notebook]).get(found[cell].notebook, {}).get(cell)
        history = list(kept.entries(connection, assignment))
    lines = [f"{trainee}, {assignment}, {cell}", t("Released {at}.", at=kept.to_seconds(cards.at))]
    lines += _card(cards, cell)
    lines += _written(words) if cell in cards.reflections else _read(words)
    lines += [_score(found[name]) for name in marked_with(cell, plan) if name in found]
    lines += [said for entry in history if (said := _changed(entry, trainee, marked_with(cell, plan)))]
    return "\n".join(lines)


def _card(cards: Snapshot, cell: str) -> Iterator[str]:
    if cell in cards.as_released:
        old, now = cards.as_released[cell], cards.questions[cell]
        was, key = stored.version(old), ", ".join(old.key)
        yield t("Card as released (version {version}), key {key}:", version=was, key=key)
        yield from (f"  {letter}. {option.text}" for letter, option in zip(LETTERS, old.options))
        if now != old:
            is_now, key = stored.version(now), ", ".join(now.key)
            yield t("Graded by version {version} since, key {key}.", version=is_now, key=key)
        if cell in cards.waived:
            yield t("Decided since: {decision}.", decision=t(DECIDED[cards.waived[cell]]))
    elif cell in cards.reflections:
        yield t("Reflection as released, version {version}.", version=stored.version(cards.reflections[cell]))


def _read(words: kept.Words | None) -> Iterator[str]:
    if words is None:
        yield t("What was read is not known here: it was graded before that was kept. Run: grader autograde --force")
    else:
        what, why = ", ".join(words.chosen) or t("nothing chosen"), f"; {words.note}" * bool(words.note)
        yield t("Read: {what} ({how}).", what=what, how=f"{t(READ.get(words.state, words.state))}{why}")


def _written(words: kept.Words | None) -> Iterator[str]:
    if words is None or words.state != "blank":
        yield t("Words were written; a person marks them.") + (f" ({words.note}.)" if words and words.note else "")
    else:
        yield t("Blank: nothing was written, so there is nothing to mark, and it counts 0.")


def _score(one: CellScore) -> str:
    auto = one.auto
    parts = [t("no automatic score") if auto is None else t("automatic {score}", score=number(auto))]
    parts += [t("a person's mark {score}", score=number(one.manual))] if one.manual is not None else []
    parts += [t("extra credit {score}", score=number(one.extra))] if one.extra else []
    counts = t(
        "{cell}: {score} of {points} counts ({parts})",
        cell=one.cell,
        score=number(one.score),
        points=number(one.points),
        parts=", ".join(parts),
    )
    return f"{counts}, {t('waits for a person')}." if one.waits else counts


def _changed(entry: kept.Entry, trainee: str, cells: list[str]) -> str:
    """A line of the log, where it bears on this score."""
    if entry.cell not in cells or entry.trainee not in ("", trainee):
        return ""
    moves = entry.said.get("moves", {})
    moved = ""
    if trainee in moves:
        before, after = map(number, moves[trainee])
        moved = f": {t('{before} to {after}', before=before, after=after)}"
    about = {name: value for name, value in entry.said.items() if name not in HIDDEN}
    said = "; ".join(f"{name} {value}" for name, value in sorted(about.items()))
    return f"{kept.to_seconds(entry.at)} {entry.who}: {entry.what}{moved} ({said})"
