"""Copies of the gradebook: one is kept before whatever changes many scores at once, and can be put back."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from . import gradebook
from .course import Course
from .gradebook import Unsupported
from .shared import open_to_group
from ..language import t

FOLDER = "gradebook-copies"


@dataclass(frozen=True)
class Copy:
    """A copy: where it is, what it was made before, how many submissions it holds."""

    path: Path
    at: datetime
    before: str
    submissions: int


def copy(course: Course, before: str) -> Path:
    """Keep the gradebook as it is now; `before` says, in a word, before what. Raises Unsupported."""
    folder = course.root / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    if course.settings.shared:
        open_to_group(folder)
    path = folder / f"{datetime.now():%Y-%m-%dT%H-%M-%S-%f}-before-{before}.db"
    passing = path.with_suffix(".new")
    try:
        _fill(course, passing)
        os.replace(passing, path)
        if course.settings.shared:
            open_to_group(path)
    except (sqlite3.Error, OSError, sa.exc.SQLAlchemyError) as error:
        passing.unlink(missing_ok=True)
        raise Unsupported(
            t(
                "No copy of the gradebook could be made in {folder} ({kind}), so nothing was changed. See "
                "whether there is space.",
                folder=folder,
                kind=type(error).__name__,
            )
        ) from None
    return path


def _fill(course: Course, to: Path) -> None:
    url = sa.make_url(course.settings.db_url)
    if url.get_backend_name() == "sqlite":
        there = sqlite3.connect(f"file:{url.database}?mode=ro", uri=True, timeout=60)
        with closing(there) as source, closing(sqlite3.connect(to)) as target:
            source.backup(target)
        return
    engine = course.connect()
    made = sa.create_engine(f"sqlite:///{to}")
    still = engine.connect().execution_options(isolation_level="REPEATABLE READ")  # all tables at one moment
    with still as full, made.begin() as out:
        for table in _tables():
            table.create(out)
            rows = [dict(row) for row in full.execute(sa.select(table)).mappings()]
            if rows:
                out.execute(table.insert(), rows)
    made.dispose()
    engine.dispose()


def _tables() -> list[sa.Table]:
    """Every table of a gradebook, nbgrader's and ours, those first that others point to."""
    from nbgrader.api import Base

    version = sa.Table("alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32), primary_key=True))
    return [*Base.metadata.sorted_tables, version, *gradebook.own_tables()]


def copies(course: Course) -> list[Copy]:
    """The copies that are there, the newest first. What is no gradebook is left out."""
    found = []
    for path in sorted((course.root / FOLDER).glob("*.db"), reverse=True):
        stamp, _, before = path.stem.partition("-before-")
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as there:
                count = there.execute("select count(*) from submitted_assignment").fetchone()[0]
            found.append(Copy(path, datetime.strptime(stamp, "%Y-%m-%dT%H-%M-%S-%f"), before, count))
        except (sqlite3.Error, ValueError):
            continue
    return found


def restore(course: Course, one: Copy) -> Path | None:
    """Put a copy in the place of the gradebook, all of it or nothing. What stood there is kept as a copy of its own;
    a gradebook that is damaged or gone cannot be. Raises Unsupported."""
    url = sa.make_url(course.settings.db_url)
    try:
        kept = copy(course, "restore")
    except Unsupported:
        kept = None
    if url.get_backend_name() != "sqlite":
        _refill(course, one)
        return kept
    place = Path(url.database or "")
    passing = place.with_name(f".{place.name}.new")
    there = sqlite3.connect(f"file:{one.path}?mode=ro", uri=True)
    with closing(there) as source, closing(sqlite3.connect(passing)) as target:
        source.backup(target)
    if kept is None and place.exists():
        os.replace(place, place.with_name(f"{place.name}.damaged"))
    os.replace(passing, place)
    for left in (f"{place.name}-journal", f"{place.name}-wal", f"{place.name}-shm"):
        place.with_name(left).unlink(missing_ok=True)  # of the old file: it would be played into the new one
    return kept


def _refill(course: Course, one: Copy) -> None:
    source = sa.create_engine(f"sqlite:///{one.path}")
    engine = course.connect()
    tables = _tables()
    with source.connect() as rows, gradebook.writing(engine) as target:
        for table in reversed(tables):
            target.execute(table.delete())
        for table in tables:
            found = [dict(row) for row in rows.execute(sa.select(table)).mappings()]
            if found:
                target.execute(table.insert(), found)
        for table in gradebook.own_tables():  # the server counts on behind the numbers that were put in
            if isinstance(table.c.id.type, sa.Integer):
                after = sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0) + 1).scalar_subquery()
                target.execute(
                    sa.select(sa.func.setval(sa.func.pg_get_serial_sequence(table.name, "id"), after, False))
                )
    source.dispose()
    engine.dispose()
