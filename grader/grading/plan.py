"""The grading rule, once: what a cell is, what it is worth, when a person must look, what counts.

The stock preprocessors and the fast path both grade by a `Plan`, so that they cannot differ.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .gradebook import Unsupported
from .read import Read
from .snapshot import Snapshot
from .top_of_copy import for_supervisor
from ..cards.model import Question, Reflection
from ..language import later, t
from ..notebook.assemble import criterion_cell
from ..notebook.closed import closes
from ..notebook.frame import Released
from ..notebook.intake import source_of
from ..notebook.reading import Reading
from ..notebook.score import option_lines, score
from ..notebook.submission import Cell, supervisor_cell


@dataclass(frozen=True)
class Plan:
    """How an assignment is graded: its released cells in their order, and the cards behind them.

    `waived`: question -> `dropped` or `full-marks`, where that was decided.
    `closed`: questions whose key and reasons no comment tells, since the assignment is a supervised form.
    `digest`: of all that a grade depends on; a graded copy is remembered with the plan that it was made by.
    `assignment_id`, `notebook_id`: the gradebook's.
    """

    assignment: str
    cells: tuple[Released, ...]
    questions: Mapping[str, Question]
    reflections: Mapping[str, Reflection]
    waived: Mapping[str, str]
    digest: str
    assignment_id: str = ""
    notebook_id: str = ""
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Row:
    """A released cell as the gradebook has it. `type`: `GradeCell`, `TaskCell`, or empty for a locked text."""

    name: str
    source: str
    checksum: str
    cell_type: str
    type: str
    points: float


def plan(
    name: str,
    rows: Iterable[Row],
    cards: Snapshot,
    ids: tuple[str, str] = ("", ""),
) -> Plan:
    """The plan of an assignment. Raises Unsupported where what is kept is not what the gradebook was released with."""
    cells = sorted((_cell(row, name, cards) for row in rows), key=lambda cell: place(cell, cards.order))
    asked = {cell.name: cards.questions[cell.name] for cell in cells if cell.role == "answer"}
    written = {cell.name: cards.reflections[cell.name] for cell in cells if cell.role == "reflection"}
    waived = {name: how for name, how in cards.waived.items() if name in asked}
    closed = frozenset(one for one, card in asked.items() if closes(cards.assignment, card))
    made_of = cells, sorted(asked.items()), sorted(written.items()), sorted(waived.items()), sorted(closed)
    digest = hashlib.sha256(repr(made_of).encode()).hexdigest()
    return Plan(name, tuple(cells), asked, written, waived, digest, *ids, closed)


def place(cell: Released, order: Mapping[str, int]) -> tuple[int, str]:
    """Where a cell stands: as in the assignment; a cell that a program added by hand comes behind."""
    return order.get(cell.name, len(order)), cell.name


def _cell(row: Row, assignment: str, cards: Snapshot) -> Released:
    """What a cell is. A graded cell that no card stands behind is for a person."""
    role, kind = "text", ""
    if row.type == "TaskCell":
        role = "criterion"
    elif row.type == "GradeCell" and row.name in cards.questions:
        role, kind = "answer", str(cards.questions[row.name].kind)
        if row.source.split("\n") != option_lines(cards.as_released[row.name]):
            raise Unsupported(
                t(
                    "question `{name}`: its options in the gradebook are not those that were kept at the release "
                    "of `{assignment}`. Release it again: nbgrader generate_assignment {assignment} --force",
                    name=row.name,
                    assignment=assignment,
                )
            )
        if wrong := unsound(cards.questions[row.name]):
            raise Unsupported(
                t(
                    "question `{name}` of `{assignment}` {wrong}. See: grader regrade {assignment}",
                    name=row.name,
                    assignment=assignment,
                    wrong=wrong,
                )
            )
    elif row.type == "GradeCell":
        role = "reflection" if row.name in cards.reflections else "other"
    return Released(row.name, row.source, row.checksum, role, row.points, kind, row.cell_type)


def unsound(question: Question) -> str:
    """Why no answer to a question can be scored; empty where it can."""
    right, count = len(question.key), len(question.options)
    if not right:
        return t("has no right option")
    return t("has no wrong option") if right == count and not question.single else ""


# ---- What a graded copy says -----------------------------------------------------------------------------------------


def words(cells: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Cell -> a check of the words that a mark would be given to, white space apart, of all that was filled in."""
    found = {}
    for cell in cells:
        nbgrader = cell["metadata"].get("nbgrader") or {}
        if nbgrader.get("solution"):
            found[nbgrader["grade_id"]] = check_of(source_of(cell))
    return found


@lru_cache(maxsize=16384)
def check_of(text: str) -> str:
    return hashlib.sha256("".join(text.split()).encode("utf-8", "replace")).hexdigest()[:16]


def marked_with(cell: str, plan: Plan) -> list[str]:
    """The cells whose marks are given to the words of a cell: a reflection's criteria, else the cell itself."""
    card = plan.reflections.get(cell)
    return [cell, *(criterion_cell(card, criterion) for criterion in card.criteria)] if card else [cell]


def left_blank(reads: Iterable[Read], plan: Plan) -> frozenset[str]:
    """The criteria of reflections in which nothing was written."""
    blank = [plan.reflections[one.cell] for one in reads if one.role == "reflection" and one.state == "blank"]
    return frozenset(criterion_cell(card, criterion) for card in blank for criterion in card.criteria)


def top(reads: Iterable[Read], plan: Plan) -> list[Cell]:
    """What stands at the top of a graded copy, for the supervisor: one cell or none. `reads`: what was read in it."""
    text = for_supervisor(reads, plan.questions, plan.reflections, plan.waived)
    return [supervisor_cell(text)] if text else []


# ---- What a cell scores ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Grade:
    """`score`: of the automatic grading; None where only a person can give one. `look`: a person must look.
    `comment`: what the trainee reads."""

    score: float | None
    look: bool
    comment: str | None


#: A criterion of a reflection that was left as it was handed out: there is nothing to mark, and nobody is asked.
BLANK = Grade(0.0, False, None)

_known: dict[tuple[str, Read], Grade] = {}


def grade(read: Read, plan: Plan) -> Grade | None:
    """What an automatic grader gives for a cell: None for a rubric's criterion, which waits for its mark. (`BLANK` is
    what it gets where nothing was written.) Fails closed: a cell that is none of ours gets no score."""
    if read.role == "criterion":
        return None
    if read.role == "reflection":
        return Grade(0.0, False, "No response." if read.state == "blank" else None)
    if read.role != "answer":
        return Grade(None, True, None)
    return scored(read, plan)


def scored(read: Read, plan: Plan) -> Grade:
    """What an answer scores. A class gives the same few readings of a question over and over: each is scored once."""
    asked = (plan.digest, read)
    if asked not in _known:
        if len(_known) > 10_000:
            _known.clear()
        _known[asked] = _answer(read, plan)
    return _known[asked]


#: What was decided for all, in a word or two.
DECIDED = {"dropped": later("dropped"), "full-marks": later("full marks")}
WAIVED = {
    "dropped": later("This question was taken out: it counts for nobody."),
    "full-marks": later("Everybody has the points of this question, whatever was answered."),
}


def _answer(read: Read, plan: Plan) -> Grade:
    found = score(plan.questions[read.cell], Reading(read.chosen, read.state, read.note), read.cell in plan.closed)
    how = plan.waived.get(read.cell)
    if how is None:
        return Grade(found.fraction * read.points, found.look, found.comment)
    return Grade(read.points if how == "full-marks" else 0.0, False, f"{WAIVED[how]}\n\n{found.comment}")


def needs_a_person(look: bool, manual: float | None) -> bool:
    """nbgrader's `needs_manual_grade` after grading: what a person marked is asked about again, as nbgrader does."""
    return look or manual is not None


def waits(needs_manual_grade: bool | None, manual: float | None) -> bool:
    """nbgrader asks for a person and none has marked it. A mark that autograding questions again is a mark."""
    return bool(needs_manual_grade) and manual is None


def awarded(manual: float | None, auto: float | None, extra: float | None) -> float:
    """What counts for a cell: a person's mark, else the automatic one, and extra credit. (nbgrader's rule.)"""
    return (manual if manual is not None else auto or 0.0) + (extra or 0.0)
