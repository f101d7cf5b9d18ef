"""nbgrader's gradebook as tables, for SQLite and PostgreSQL alike: what the fast path reads and writes.

The schema is nbgrader's own (its alembic revision is checked first); beside it stand four indexes
and three tables of ours, which nbgrader never looks at.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from ..language import t

#: nbgrader 0.9's revision. Another one may hold other columns: then the stock command is the one to use.
REVISION = "e43177bfe90b"

_meta = sa.MetaData()
Type = type[sa.types.TypeEngine[Any]]


def _table(name: str, *columns: str, **types: Type) -> sa.Table:
    made = [sa.Column("id", sa.String, primary_key=True)]
    return sa.Table(name, _meta, *made, *(sa.Column(column, types.get(column, sa.String)) for column in columns))


student = _table("student", "first_name", "last_name", "email", "lms_user_id")
assignment = _table("assignment", "name", "duedate", "course_id", duedate=sa.DateTime)
notebook = _table("notebook", "name", "assignment_id", "kernelspec")
base_cell = _table("base_cell", "name", "type", "notebook_id")
grade_cells = _table("grade_cells", "max_score", "cell_type", max_score=sa.Float)
solution_cells = _table("solution_cells")
task_cells = _table("task_cells", "max_score", "cell_type", max_score=sa.Float)
source_cell = _table(
    "source_cell", "name", "cell_type", "locked", "source", "checksum", "notebook_id", locked=sa.Boolean
)
submitted_assignment = _table(
    "submitted_assignment",
    "assignment_id",
    "student_id",
    "timestamp",
    "extension",
    timestamp=sa.DateTime,
    extension=sa.Interval,
)
submitted_notebook = _table(
    "submitted_notebook",
    "assignment_id",
    "notebook_id",
    "flagged",
    "late_submission_penalty",
    flagged=sa.Boolean,
    late_submission_penalty=sa.Float,
)
grade = _table(
    "grade",
    "notebook_id",
    "cell_id",
    "auto_score",
    "manual_score",
    "extra_credit",
    "needs_manual_grade",
    auto_score=sa.Float,
    manual_score=sa.Float,
    extra_credit=sa.Float,
    needs_manual_grade=sa.Boolean,
)
comment = _table("comment", "notebook_id", "cell_id", "auto_comment", "manual_comment")

#: Four foreign keys that nbgrader looks things up by without an index: its pages then read whole tables.
INDEXES = {
    "candor_grade_notebook": (grade, "notebook_id"),
    "candor_comment_notebook": (comment, "notebook_id"),
    "candor_submitted_notebook_assignment": (submitted_notebook, "assignment_id"),
    "candor_submitted_assignment_student": (submitted_assignment, "student_id"),
}


#: Ours, beside nbgrader's; `kept` says what they hold.
_own = sa.MetaData()
log = sa.Table(
    "candor_log",
    _own,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.String, nullable=False),
    sa.Column("who", sa.String, nullable=False),
    sa.Column("what", sa.String, nullable=False),
    sa.Column("assignment", sa.String, nullable=False, index=True),
    sa.Column("trainee", sa.String, nullable=False),
    sa.Column("cell", sa.String, nullable=False),
    sa.Column("said", sa.Text, nullable=False),
)
released = sa.Table(
    "candor_released",
    _own,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.String, nullable=False),
    sa.Column("assignment", sa.String, nullable=False, index=True),
    sa.Column("cards", sa.Text, nullable=False),
)
graded = sa.Table(
    "candor_graded",
    _own,
    sa.Column("id", sa.String, primary_key=True),  # of nbgrader's submitted_notebook
    sa.Column("at", sa.String, nullable=False),
    sa.Column("made_from", sa.String, nullable=False),
    sa.Column("plan", sa.String, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
)


def own_tables() -> list[sa.Table]:
    """The tables that are ours."""
    return list(_own.sorted_tables)


WAIT = 60  # seconds for another program that writes
PATIENCE = 2  # seconds of that which pass without a word


class Unsupported(Exception):
    """Why the fast path does not touch this gradebook or course, and what to use instead; one line."""


class NotThere(Unsupported):
    """No gradebook has been made yet."""


def connect(url: str) -> sa.Engine:
    """An engine for a gradebook that has a schema we know. Raises Unsupported."""
    place = sa.make_url(url)
    name = shown(place)
    sqlite = place.get_backend_name() == "sqlite"
    if sqlite and place.database and not os.path.exists(place.database):  # opening it would make an empty one
        raise NotThere(
            t("{name}: there is no gradebook yet. Run `nbgrader generate_assignment NAME` first.", name=name)
        )
    engine = sa.create_engine(url, **({"connect_args": {"timeout": WAIT}} if sqlite else {}))
    if sqlite:
        # One writer at a time, and no read before the lock: so that nobody meets "database is locked".
        @sa.event.listens_for(engine, "connect")
        def _manual(connection: sqlite3.Connection, record: object) -> None:
            connection.isolation_level = None

        @sa.event.listens_for(engine, "begin")
        def _begin(connection: sa.Connection) -> None:
            with waiting(name):
                connection.exec_driver_sql(
                    "BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN"
                )

    with _said(engine), waiting(name), engine.connect() as connection:
        found = connection.execute(sa.text("select version_num from alembic_version")).scalar()
    if found != REVISION:
        raise Unsupported(
            t(
                "{name}: the gradebook has revision {found}, and only {known} is known here. Use `nbgrader autograde` "
                "instead; it still works.",
                name=name,
                found=found,
                known=REVISION,
            )
        )
    if set(_own.tables) - set(sa.inspect(engine).get_table_names()):
        with writing(engine) as connection:
            _own.create_all(connection)
    return engine


def shown(place: sa.URL) -> str:
    """How a gradebook is called in a message: a file by its path, another one by its address, without a password."""
    file = place.get_backend_name() == "sqlite" and place.database
    return file or place.render_as_string(hide_password=True)


@contextmanager
def waiting(name: str) -> Iterator[None]:
    """Say on the terminal that another program holds the gradebook, where the block waits longer than `PATIENCE`."""
    words = t(
        "{name}: another program is writing to it (Formgrader, `grader marks serve`, other grading, a backup). "
        "Waiting for it to finish, {wait} seconds at most.",
        name=name,
        wait=WAIT,
    )
    timer = threading.Timer(PATIENCE, print, [words], {"file": sys.stderr, "flush": True})
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def _said(engine: sa.Engine) -> Iterator[None]:
    """Raise Unsupported, in words, where the gradebook itself fails in the block."""
    try:
        yield
    except (sa.exc.IntegrityError, sa.exc.DataError):  # ours, not the gradebook's
        raise
    except sa.exc.DBAPIError as error:
        kind = NotThere if _empty(error) else Unsupported
        raise kind(f"{shown(engine.url)}: {in_words(error)}") from None


def said_of(error: Exception) -> str:
    """What to say of an error that a gradebook raised in the middle of a command; empty for another error."""
    if isinstance(error, Unsupported):
        return str(error)
    ours = isinstance(error, sa.exc.IntegrityError | sa.exc.DataError)
    return (
        t("The gradebook: {error}", error=in_words(error)) if isinstance(error, sa.exc.DBAPIError) and not ours else ""
    )


def in_words(error: sa.exc.DBAPIError) -> str:
    """What is the matter with a gradebook that fails, and what to do."""
    said = str(error.orig).lower()
    if "locked" in said or "lock timeout" in said:
        return locked()
    if "readonly" in said or "read-only" in said or "permission denied" in said:
        return t("it may be read but not written. Look at the file's and the folder's permissions.")
    if "disk is full" in said or "no space" in said:
        return t("the disk is full, and nothing was changed. Make room, and run this again.")
    if "not a database" in said or "malformed" in said:
        return t("this file is no gradebook, or it is damaged. `grader restore` lists the copies of it that were kept.")
    if _empty(error):
        return t("there is no gradebook yet. Run `nbgrader generate_assignment NAME` first.")
    return t(
        "the gradebook does not answer ({kind}). See that its server runs, and that its address in "
        "nbgrader_config.py is right.",
        kind=type(error).__name__,
    )


def locked() -> str:
    """What to say of a gradebook that another program holds, and what to do."""
    return t(
        "it is locked: another program has been writing to it for {wait} seconds, and nothing was changed. Close "
        "Formgrader, `grader marks serve` and other grading, or let the program that copies the folder (a backup, "
        "a synchronised drive) finish; then run this again.",
        wait=WAIT,
    )


def _empty(error: sa.exc.DBAPIError) -> bool:
    """Whether a database has none of nbgrader's tables."""
    said = str(error.orig).lower()
    return "no such table" in said or "does not exist" in said


@contextmanager
def reading(url: str) -> Iterator[sa.Connection]:
    """A connection to a gradebook, for reading, and nothing of it left open behind. Raises Unsupported."""
    engine = connect(url)
    try:
        with _said(engine), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def one_write(url: str) -> Iterator[sa.Connection]:
    """One write transaction on a gradebook of which nothing is left open behind. Raises Unsupported."""
    engine = connect(url)
    try:
        with writing(engine) as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One write transaction: all of it, or nothing. Raises Unsupported where the gradebook fails."""
    with _said(engine), engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":  # as SQLite: one writer after the other
            with waiting(shown(engine.url)):
                connection.execute(sa.text("select pg_advisory_xact_lock(7236)"))
        yield connection


def make_indexes(engine: sa.Engine) -> list[str]:
    """Make the indexes that are missing; says which. They change no answer, only the time that it takes."""
    made = []
    for name, (table, column) in INDEXES.items():
        if name not in {index["name"] for index in sa.inspect(engine).get_indexes(table.name)}:
            with writing(engine) as connection:
                connection.execute(sa.text(f"create index if not exists {name} on {table.name} ({column})"))
            made.append(name)
    return made
