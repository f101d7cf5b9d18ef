"""Many rows at once: their ids, finding them, inserting them."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterator
from itertools import count
from typing import Any, TypeAlias

import sqlalchemy as sa

Plain: TypeAlias = str | float | bool | None


def new_id() -> str:
    """An id for a submission, as nbgrader makes it. Formgrader shows submissions without names, in the order of these:
    nothing may be told from it."""
    return uuid.uuid4().hex


def row_ids() -> Iterator[str]:
    """Ids for grades or comments: as long as nbgrader's, but in the order of time (as UUIDs of version 7), so that new
    rows go to the end of their index."""
    first = f"{time.time_ns():016x}{os.urandom(4).hex()}"
    return (f"{first}{number:08x}" for number in count())


def chunks(values: list[str], size: int = 500) -> Iterator[list[str]]:
    return (values[start : start + size] for start in range(0, len(values), size))


def known(
    connection: sa.Connection, table: sa.Table, column: sa.Column[str], values: list[str], *more: sa.ColumnElement[bool]
) -> Iterator[sa.Row[Any]]:
    for some in chunks(values):
        yield from connection.execute(sa.select(table).where(column.in_(some), *more))


def insert(connection: sa.Connection, table: sa.Table, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


def insert_plain(connection: sa.Connection, table: sa.Table, columns: str, rows: list[tuple[Plain, ...]]) -> None:
    """Insert many rows of texts and numbers, in the order of `columns`. SQLAlchemy looks at each value of each row;
    what needs no looking at goes to SQLite as it stands."""
    if rows and connection.dialect.paramstyle == "qmark":
        places = ", ".join("?" * len(rows[0]))
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({columns}) VALUES ({places})", rows)
    else:
        names = columns.split(", ")
        insert(connection, table, [dict(zip(names, row, strict=True)) for row in rows])
