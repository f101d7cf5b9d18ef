"""What we keep in the gradebook beside nbgrader's own tables, so that both are true together after any crash.

`candor_log`: who changed what, and why; only ever added to. `candor_released`: what was handed out, with its key.
`candor_graded`: from which words and by which plan a submission was graded. nbgrader never looks at them.
"""

from __future__ import annotations

import functools
import json
import sys
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeAlias

import sqlalchemy as sa

from . import gradebook as db
from .gradebook import graded, log, released
from .log_form import holds
from ..language import t
from ..web.terminal import plain

#: What a line of the log says beside its columns; each kind of line has names of its own.
Said: TypeAlias = Mapping[str, Any]


class Words(NamedTuple):
    """What was read in an answer as it was graded. `check`: of its words; `chosen`: letters, without a space;
    `settled`: a person read it, and said which letters it means."""

    check: str = ""
    chosen: str = ""
    state: str = ""
    note: str = ""
    settled: bool = False


@dataclass(frozen=True)
class Entry:
    """A line of the log. `what`: marked, second mark, agreed, set aside, regraded, settled, flagged, due, extended,
    collected, replaced, listed, badge, calibrated, posted, erased. `said`: the rest."""

    who: str
    what: str
    assignment: str
    trainee: str = ""
    cell: str = ""
    said: Said = field(default_factory=dict)
    at: str = ""
    id: int = 0


def marker(who: str) -> str:
    """By what a person in the log is known: capitals, blanks and how an accent is typed make nobody another."""
    return unicodedata.normalize("NFC", " ".join(who.split())).casefold()


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def to_seconds(at: str) -> str:
    """A time of ours, as people read it."""
    return datetime.fromisoformat(at).isoformat(timespec="seconds")


def add(connection: sa.Connection, entries: Iterable[Entry]) -> None:
    """Log, in the same transaction as what is logged."""
    rows = [
        {
            "at": now(),
            "who": entry.who,
            "what": entry.what,
            "assignment": entry.assignment,
            "trainee": entry.trainee,
            "cell": entry.cell,
            "said": json.dumps(entry.said, ensure_ascii=False, sort_keys=True),
        }
        for entry in entries
    ]
    if rows:
        connection.execute(log.insert(), rows)


def entries(connection: sa.Connection, assignment: str = "", *, what: str = "", trainee: str = "") -> Iterator[Entry]:
    """The log in its order, of one assignment, one kind or one trainee, or all of it.

    A line that cannot be read is told on the terminal and left out of a history; where one kind is asked for, what it
    says decides something, and it raises Unsupported.
    """
    query = sa.select(log).order_by(log.c.id)
    for column, wanted in ((log.c.assignment, assignment), (log.c.what, what), (log.c.trainee, trainee)):
        if wanted:
            query = query.where(column == wanted)
    for row in connection.execute(query):
        if (said := _said(row.said)) is not None and holds(row.what, said):
            yield Entry(row.who, row.what, row.assignment, row.trainee, row.cell, said, row.at, row.id)
            continue
        about = ", ".join(filter(None, (row.who, row.what, row.assignment, row.trainee, row.cell, row.at)))
        words = t(
            "The gradebook: line {number} of the log ({about}) cannot be read. `grader restore` lists the copies that "
            "were kept.",
            number=row.id,
            about=about,
        )
        if what:
            raise db.Unsupported(words)
        tell(words)


def _said(column: str) -> dict[str, Any] | None:
    """What a line of the log says; None where it cannot be read."""
    try:
        said = json.loads(column)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


@functools.cache
def tell(words: str) -> None:
    """Say on the terminal, once, what of a gradebook cannot be read."""
    print(plain(words), file=sys.stderr, flush=True)


def keep_released(connection: sa.Connection, assignment: str, cards: Mapping[str, object]) -> None:
    """Keep what an assignment is made of; earlier releases stay."""
    text = json.dumps(cards, ensure_ascii=False, sort_keys=True)
    connection.execute(released.insert(), [{"at": now(), "assignment": assignment, "cards": text}])


def last_released(connection: sa.Connection, assignment: str) -> tuple[int, str, dict[str, Any]] | None:
    """(number, time, cards) of an assignment's last release; None where none was kept."""
    query = sa.select(released).where(released.c.assignment == assignment).order_by(released.c.id.desc()).limit(1)
    row = connection.execute(query).first()
    return (row.id, row.at, json.loads(row.cards)) if row else None


def first_released(connection: sa.Connection, assignment: str) -> datetime | None:
    """When an assignment was released first; None where that was not kept."""
    at = connection.execute(sa.select(sa.func.min(released.c.at)).where(released.c.assignment == assignment)).scalar()
    return datetime.fromisoformat(at) if at else None


def names(connection: sa.Connection) -> list[str]:
    """The assignments of which a release was kept."""
    return sorted(connection.execute(sa.select(released.c.assignment).distinct()).scalars())


def made_from(connection: sa.Connection, notebook: str) -> dict[str, str]:
    """Trainee -> fingerprint of what their submission's rows were made from. `notebook`: the gradebook's id."""
    query = _by_trainee(graded.c.made_from).where(db.submitted_notebook.c.notebook_id == notebook)
    return {row.student_id: row.made_from for row in connection.execute(query)}


def graded_at(connection: sa.Connection, assignment: str) -> dict[str, str]:
    """Trainee -> when their submission was graded last."""
    query = _by_trainee(graded.c.at).where(db.assignment.c.name == assignment)
    return {row.student_id: row.at for row in connection.execute(query)}


def answers(connection: sa.Connection, assignment: str) -> dict[str, dict[str, Words]]:
    """Trainee -> cell -> what was read in it; by a person, where one settled it and it has not changed since."""
    query = _by_trainee(graded.c.words).where(db.assignment.c.name == assignment)
    found = {row.student_id: _words(row.words) for row in connection.execute(query)}
    for entry in entries(connection, assignment, what="settled"):
        own = found.get(entry.trainee, {})
        if (read := own.get(entry.cell)) and read.check == entry.said["words"]:
            letters = entry.said["chosen"]
            own[entry.cell] = read._replace(chosen=letters, state=settled_as(letters), settled=True)
    return found


def aside(connection: sa.Connection, assignment: str) -> dict[str, dict[str, float]]:
    """Trainee -> cell -> the points of the marks that were set aside last, as other words came than those that they
    were given to."""
    found: dict[str, dict[str, float]] = {}
    for entry in entries(connection, assignment, what="set aside"):
        if marks := entry.said["marks"]:
            found.setdefault(entry.trainee, {})[entry.cell] = sum(sum(one.values()) for one in marks.values())
    return found


def settled_letters(read: Words | None) -> str | None:
    """The letters that a person read in an answer, none for nothing chosen; None where nobody settled it."""
    return read.chosen if read and read.settled else None


def settled_as(letters: Collection[str]) -> str:
    """The state of an answer in which a person read these letters."""
    return "answered" if letters else "blank"


def _by_trainee(column: sa.Column[str]) -> sa.Select[tuple[str, str]]:
    """What is known of graded submissions, with whose each is; over all assignments."""
    one, work = db.submitted_notebook, db.submitted_assignment
    return (
        sa.select(work.c.student_id, column)
        .join(one, one.c.id == graded.c.id)
        .join(work, work.c.id == one.c.assignment_id)
        .join(db.assignment, db.assignment.c.id == work.c.assignment_id)
    )


def words(connection: sa.Connection, ids: Iterable[str]) -> dict[str, dict[str, Words]]:
    """Submitted notebook -> cell -> what was read in it."""
    ids = list(ids)
    found: dict[str, dict[str, Words]] = {}
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        for row in connection.execute(sa.select(graded.c.id, graded.c.words).where(graded.c.id.in_(some))):
            found[row.id] = _words(row.words)
    return found


def _words(column: str) -> dict[str, Words]:
    """Cell -> what was read in it, from a row of `candor_graded`."""
    return {cell: Words(*some) for cell, some in json.loads(column).items()}


def keep_graded(connection: sa.Connection, rows: Iterable[Mapping[str, object]]) -> None:
    """Replace what is known about some submitted notebooks: `id`, `made_from`, `plan`, `words`."""
    made = [{**row, "at": now(), "words": json.dumps(row["words"], ensure_ascii=False)} for row in rows]
    ids = [row["id"] for row in made]
    for start in range(0, len(ids), 500):
        connection.execute(graded.delete().where(graded.c.id.in_(ids[start : start + 500])))
    if made:
        connection.execute(graded.insert(), made)
