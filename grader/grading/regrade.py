"""`grader regrade`: a decision about a question after work was graded. Shown first, then made in one transaction.

What was read in each answer is in the gradebook, so nothing is read again: the decision changes what the same letters
score. A person's marks stay. Graded copies and feedback follow from the rows, and are made again afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import sqlalchemy as sa

from . import gradebook as db
from . import kept, rows
from .course import Course
from .gradebook import Unsupported
from .plan import Grade, Plan, awarded, plan, scored, unsound
from .read import Read
from .scores import CellScore, scores
from .snapshot import Decision, Snapshot, decide
from ..cards import stored
from ..cards.vocabulary import LETTERS
from ..language import t
from ..notebook.assemble import questions as asked_in


@dataclass(frozen=True)
class Move:
    """What a decision does to one answer. `kept`: a person's mark stands, whatever the automatic score becomes;
    `settled`: a person said which letters it means, and those are scored by the new key."""

    trainee: str
    cell: str
    before: float
    after: float
    kept: bool
    comment: bool  # whether what the trainee reads changes
    settled: bool = False


@dataclass(frozen=True)
class Proposal:
    """Decisions with all that they would change. `moves`: only answers of which something changes."""

    assignment: str
    decisions: tuple[Decision, ...]
    moves: tuple[Move, ...]
    trainees: int
    points: tuple[float, float]  # of the assignment, before and after

    @property
    def scored(self) -> list[Move]:
        return [move for move in self.moves if move.before != move.after]


#: A move, the row that it is about, and what comes into it: the automatic grade, and a person's mark.
Change: TypeAlias = tuple[Move, CellScore, tuple[Grade, float | None]]
#: (trainee, cell) -> the letters that a person saw in an answer, and the score that they gave.
Settled: TypeAlias = dict[tuple[str, str], kept.Said]


def decision(
    course: Course,
    cards: Snapshot,
    question: str,
    accept: Iterable[str] = (),
    waive: str = "",
    card: bool = False,
) -> Decision:
    """A decision about a question, as it is kept. `accept`: letters; `waive`: dropped or full-marks; `card`: the
    question is taken as its card has it now. Raises Unsupported for one that cannot be made."""
    if question not in cards.questions:
        known = ", ".join(f"{place}. {name}" for place, name in enumerate(cards.numbered, 1))
        raise Unsupported(
            t(
                "`{assignment}` asks no question `{question}`. It asks: {known}.",
                assignment=cards.assignment.name,
                question=question,
                known=known,
            )
        )
    before = cards.questions[question]
    if card:
        return _from_card(course, cards, question)
    if waive:
        return Decision(question=question, waive=waive)
    letters = sorted({letter.strip().upper() for letter in accept})
    offered = LETTERS[: len(before.options)]
    if not letters or not set(letters) <= set(offered):
        raise Unsupported(t("--accept takes letters of this question: {names}.", names=", ".join(offered)))
    if not before.single and len(letters) == len(offered):
        raise Unsupported(t("Every option would be right, and nothing could be scored. Use --full-marks or --drop."))
    return Decision(question=question, accept=letters)


def _from_card(course: Course, cards: Snapshot, question: str) -> Decision:
    from .release import errors

    now, old = course.library.questions.get(question), cards.as_released[question]
    if now is None:
        raise Unsupported(
            t("There is no card `{question}` in the library now, so it cannot be taken.", question=question)
        )
    if (now.kind, len(now.options)) != (old.kind, len(old.options)):
        raise Unsupported(
            t(
                "The card `{question}` has another kind or other options than were handed out, and letters "
                "would stand for other texts. An erratum keeps them; a correction is a new card with "
                "`replaces:`.",
                question=question,
            )
        )
    if lines := errors(course, cards.assignment.name, only=question):
        raise Unsupported("\n".join([t("This card fails `grader check`:"), *lines]))
    return Decision(question=question, card=stored.plain(now), version=stored.version(now))


def changed_cards(course: Course, cards: Snapshot) -> list[str]:
    """The questions whose card is another one now than the one that is graded by."""
    library = course.library.questions
    return [
        name
        for name, card in cards.questions.items()
        if name in library and stored.version(library[name]) != stored.version(card)
    ]


def propose(course: Course, assignment: str, decisions: Iterable[Decision]) -> Proposal:
    """What decisions would change, for each trainee. Changes nothing. Raises Unsupported."""
    with db.reading(course.settings.db_url) as connection:
        return _proposal(connection, course, assignment, tuple(decisions))[0]


def _proposal(
    connection: sa.Connection, course: Course, assignment: str, decisions: tuple[Decision, ...]
) -> tuple[Proposal, Plan, dict[str, float], list[Change]]:
    cards = course.released(connection, assignment)
    ids, cells = rows.released(connection, assignment)
    questions, waived = dict(cards.questions), dict(cards.waived)
    for one in decisions:
        decide(questions, waived, one)
        if wrong := unsound(questions[one["question"]]):
            raise Unsupported(f"{t('question `{name}`', name=one['question'])} {wrong}.")
    after = replace(cards, questions=questions, waived=waived)
    points = {name: float(item.points) for name, item in asked_in(cards.assignment, cards.over(course.library)).items()}
    names = {one["question"] for one in decisions}
    worth = {name: 0.0 if waived.get(name) == "dropped" else points[name] for name in names}
    new = plan(assignment, [replace(cell, points=worth.get(cell.name, cell.points)) for cell in cells], after, ids)
    found = list(scores(connection, assignment, comments=True))
    settled = settled_by_a_person(connection, assignment)
    todo = list(_changes(connection, found, new, names, worth, settled))
    total = sum(cell.points for cell in cells if cell.type)
    moved = total + sum(worth[cell.name] - cell.points for cell in cells if cell.name in worth and cell.type)
    moves = tuple(move for move, _, _ in todo if move.before != move.after or move.comment)
    trainees = len({one.trainee for one in found})
    return Proposal(assignment, decisions, moves, trainees, (total, moved)), new, worth, todo


def _changes(
    connection: sa.Connection,
    found: list[CellScore],
    by: Plan,
    names: set[str],
    worth: Mapping[str, float],
    settled: Settled,
) -> Iterator[Change]:
    """(move, row, new values) of each answer to the questions that are decided about."""
    answers = [one for one in found if one.cell in names]
    words = kept.words(connection, {one.notebook for one in answers})
    for one in answers:
        was = words.get(one.notebook, {}).get(one.cell, kept.Words())
        if not was.state:
            raise Unsupported(
                t(
                    "What {trainee} answered to `{cell}` is not known here. Grade first: grader autograde "
                    "{assignment} --force",
                    trainee=one.trainee,
                    cell=one.cell,
                    assignment=by.assignment,
                )
            )
        read = Read(one.cell, "answer", worth[one.cell], tuple(was.chosen), was.state, was.note)
        new, manual = scored(read, by), one.manual
        said = settled.get((one.trainee, one.cell))
        by_letters = bool(said and said["words"] == was.check and said["score"] == one.manual)
        if said and by_letters:
            manual = scored(
                replace(read, chosen=tuple(said["chosen"]), state=kept.settled_as(said["chosen"])), by
            ).score
        if by.waived.get(one.cell) == "dropped":
            manual, by_letters = None, False
        after = awarded(manual, new.score, one.extra)
        held = one.manual is not None and manual == one.manual and not by_letters
        move = Move(one.trainee, one.cell, one.score, after, held, new.comment != one.comment, by_letters)
        yield move, one, (new, manual)


def settled_by_a_person(connection: sa.Connection, assignment: str) -> Settled:
    """What people decided about the answers of an assignment."""
    found = kept.entries(connection, assignment, what="settled")
    return {(entry.trainee, entry.cell): entry.said for entry in found}


def apply(course: Course, proposal: Proposal, who: str, why: str) -> None:
    """Make the decisions of a proposal: all of it, and the log of it, or nothing. Raises Unsupported where something
    else was graded or marked since it was shown."""
    with db.one_write(course.settings.db_url) as connection:
        again, plan, worth, todo = _proposal(connection, course, proposal.assignment, proposal.decisions)
        if again != proposal:
            raise Unsupported(
                t("Something was graded or marked since this was shown. Nothing was changed; look again.")
            )
        release = last[0] if (last := kept.last_released(connection, proposal.assignment)) else 0
        _points(connection, plan, worth)
        for _move, row, (new, manual) in todo:
            _write(connection, row, new, manual)
        entries = [
            kept.Entry(
                who,
                "regraded",
                proposal.assignment,
                cell=one["question"],
                said={
                    **one,
                    "why": why,
                    "release": release,
                    "moves": {m.trainee: [m.before, m.after] for m in again.scored if m.cell == one["question"]},
                },
            )
            for one in proposal.decisions
        ]
        kept.add(connection, entries)


def _points(connection: sa.Connection, plan: Plan, worth: Mapping[str, float]) -> None:
    for name, points in worth.items():
        where = (db.base_cell.c.notebook_id == plan.notebook_id) & (db.base_cell.c.name == name)
        cells = (
            db.base_cell.select().where(where, db.base_cell.c.type == "GradeCell").with_only_columns(db.base_cell.c.id)
        )
        connection.execute(db.grade_cells.update().where(db.grade_cells.c.id.in_(cells)).values(max_score=points))


def _write(connection: sa.Connection, row: CellScore, new: Grade, manual: float | None) -> None:
    values = {"auto_score": new.score, "manual_score": manual}
    if manual is None:
        values["needs_manual_grade"] = new.look
    connection.execute(db.grade.update().where(db.grade.c.id == row.grade).values(values))
    cells = db.base_cell.select().where(db.base_cell.c.name == row.cell).with_only_columns(db.base_cell.c.id)
    where = (db.comment.c.notebook_id == row.notebook) & db.comment.c.cell_id.in_(cells)
    connection.execute(db.comment.update().where(where).values(auto_comment=new.comment))
