"""All that a course holds about one trainee: as an archive for them, or erased.

The gradebook, its copies, our log, and the folders of what was handed in, graded and given back. Other files of the
course that name the person (a list, a sheet, an archive of a platform) are found and told: they hold others' work too.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import sqlalchemy as sa

from . import earlier, kept
from . import gradebook as db
from .copies import FOLDER
from .course import Course
from .gradebook import Unsupported
from .roster import called
from ..language import t
from ..web.files import write

STEPS = ("submitted", "autograded", "feedback")
LARGEST = 200_000_000  # bytes of a file that is searched for a name
PACKED = (b"wOF2", b"wOFF", b"\x89PNG", b"\xff\xd8\xff")  # how web fonts, PNG and JPEG begin


#: A row of a table of the gradebook, by the names of its columns.
Row: TypeAlias = dict[str, Any]
Patterns: TypeAlias = list[re.Pattern[bytes] | None]


@dataclass
class Held:
    """What a course holds about a trainee: rows by table, folders, and other files that name them."""

    trainee: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    folders: list[Path] = field(default_factory=list)
    mentions: list[Path] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(map(len, self.rows.values()))


def held(course: Course, trainee: str) -> Held:
    """Everything about a trainee. Raises Unsupported where there is nothing."""
    if not trainee.strip() or Path(trainee).name != trainee or trainee in (".", ".."):  # it becomes a folder's name
        raise Unsupported(
            t("`{trainee}` cannot be a trainee's id. Look at `nbgrader db student list`.", trainee=trainee)
        )
    with db.reading(course.settings.db_url) as connection:
        rows = {table.name: found for table, found in _rows(connection, trainee)}
        rows["regraded"] = _moved(connection, trainee)
        before = next(kept.entries(connection, what="erased", trainee=trainee), None)
    folders = [place for home in _homes(course) if (place := home / trainee).is_dir()]
    found = Held(trainee, {name: some for name, some in rows.items() if some}, folders)
    if not found.rows and not found.folders and before is None:
        meant = called(course, trainee)
        raise Unsupported(t("`{name}` is {trainee} here: give the id.", name=trainee, trainee=meant))
    found.mentions = list(_mentions(course, found))
    return found


def export(course: Course, trainee: str, to: Path) -> Held:
    """Write an archive: `data.json` with every row, and the person's own files. Raises Unsupported."""
    if to.exists():
        raise FileExistsError(to)
    found = held(course, trainee)
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(found.rows, ensure_ascii=False, indent=1, default=str))
        for folder in found.folders:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    archive.write(path, path.relative_to(course.root))
    write(to, made.getvalue(), fresh=True, mode=0o600)
    return found


def erase(course: Course, trainee: str, who: str, because: str) -> Held:
    """Take a trainee out of the gradebook, its copies, the log and the course's folders; what is returned has the other
    files that still name them. The log keeps that it was done, when, by whom and why. Raises Unsupported."""
    if not because.strip():
        raise Unsupported(t("Say why: the person's own wish, or the end of the time for which you keep records."))
    found = held(course, trainee)
    url = course.settings.db_url
    files = [f"sqlite:///{path}" for path in _copies(course)]
    if not found.rows and not found.folders:  # erased before, and perhaps a file could not be written anew then
        for one in (*files, url):
            _emptied(one, trainee)
        return found
    for copy in files:
        with db.one_write(copy) as connection:
            _erase(connection, trainee)
        _emptied(copy, trainee)
    for folder in found.folders:
        _removed(folder)
    # The gradebook comes last: whatever stops this before, the person is still known, and it can be run again.
    with db.one_write(url) as connection:
        _erase(connection, trainee)
        said = {"because": because, "rows": found.count}
        kept.add(connection, [kept.Entry(who, "erased", "", trainee, said=said)])
    _emptied(url, trainee)
    found.mentions = list(_mentions(course, found))
    return found


def _homes(course: Course) -> list[Path]:
    """The folders in which each trainee has one."""
    return [*map(course.folder, STEPS), course.root / earlier.FOLDER]


def _rows(connection: sa.Connection, trainee: str) -> Iterator[tuple[sa.Table, list[Row]]]:
    work = sa.select(db.submitted_assignment.c.id).where(db.submitted_assignment.c.student_id == trainee)
    books = sa.select(db.submitted_notebook.c.id).where(db.submitted_notebook.c.assignment_id.in_(work))
    for table, where in (
        (db.grade, db.grade.c.notebook_id.in_(books)),
        (db.comment, db.comment.c.notebook_id.in_(books)),
        (db.graded, db.graded.c.id.in_(books)),
        (db.submitted_notebook, db.submitted_notebook.c.id.in_(books)),
        (db.submitted_assignment, db.submitted_assignment.c.student_id == trainee),
        (db.student, db.student.c.id == trainee),
        (db.log, (db.log.c.trainee == trainee) & (db.log.c.what != "erased")),
    ):
        yield table, [dict(row) for row in connection.execute(sa.select(table).where(where)).mappings()]


def _moved(connection: sa.Connection, trainee: str) -> list[Row]:
    """What decisions about a whole cohort did to this one's scores."""
    found = []
    for entry in kept.entries(connection, what="regraded"):
        if move := entry.said.get("moves", {}).get(trainee):
            said = {"assignment": entry.assignment, "question": entry.cell, "why": entry.said.get("why", "")}
            found.append({"at": entry.at, **said, "before": move[0], "after": move[1]})
    return found


def _erase(connection: sa.Connection, trainee: str) -> None:
    """What was decided about a whole cohort stays, without what it did to this one."""
    for table, rows in list(_rows(connection, trainee)):
        for start in range(0, len(rows), 500):
            ids = [row["id"] for row in rows[start : start + 500]]
            connection.execute(table.delete().where(table.c.id.in_(ids)))
    for row in connection.execute(sa.select(db.log).where(db.log.c.what == "regraded")).mappings().all():
        said = json.loads(row["said"])
        if said.get("moves", {}).pop(trainee, None) is not None:
            text = json.dumps(said, ensure_ascii=False, sort_keys=True)
            connection.execute(db.log.update().where(db.log.c.id == row["id"]).values(said=text))


def _emptied(url: str, trainee: str) -> None:
    """SQLite keeps the bytes of a row that was deleted until the file is written anew; PostgreSQL does it by itself.
    Raises Unsupported."""
    if sa.make_url(url).get_backend_name() != "sqlite":
        return
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("VACUUM")
    except sa.exc.DBAPIError as error:
        raise Unsupported(
            t(
                "{path}: {trainee} is erased in it, but the file may still hold the bytes until it is written anew, "
                "and that failed ({error}). Make room on the disk, close what uses the file, and run this again.",
                path=engine.url.database,
                trainee=trainee,
                error=error.orig,
            )
        ) from None
    finally:
        engine.dispose()


def _copies(course: Course) -> list[Path]:
    """The copies of the gradebook. Raises Unsupported where one cannot be written to: nothing is begun then."""
    paths = sorted((course.root / FOLDER).glob("*.db"))
    for path in paths:
        try:
            if not os.access(path, os.W_OK):
                raise Unsupported(t("it may not be written to"))
            db.connect(f"sqlite:///{path}").dispose()
        except Unsupported as error:
            raise Unsupported(
                t(
                    "{path}: this copy of the gradebook cannot be changed, and would still hold the person "
                    "({error}). Make it writable, or delete it, and run this again. Nothing was erased.",
                    path=path,
                    error=error,
                )
            ) from None
    return paths


def _removed(folder: Path) -> None:
    """Graded copies may only be read; their folders are opened, and then all goes. A link goes, and not what it leads
    to."""
    if folder.is_symlink():
        folder.unlink()
        return
    for place in (folder, *(path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink())):
        place.chmod(0o700)
    shutil.rmtree(folder)


def _mentions(course: Course, found: Held) -> Iterator[Path]:
    """Files of the course, besides the gradebook, its copies and the person's own, in whose name or words they stand:
    by id, address or the platform's id as whole words, or by first and last name. What cannot be read is among them.
    """
    row = next(iter(found.rows.get("student", ())), {})
    ids = [_pattern(row.get(name) or "") for name in ("email", "lms_user_id")] + [_pattern(found.trainee)]
    names = [_pattern(row.get(name) or "", "0-9a-z") for name in ("first_name", "last_name")]
    own = [home / found.trainee for home in _homes(course)] + [course.root / FOLDER]
    gradebook = sa.make_url(course.settings.db_url).database or ""
    for path in sorted(course.root.rglob("*")):
        if path.is_symlink() or not path.is_file() or any(map(path.is_relative_to, own)):
            continue
        if path == Path(gradebook) or path.name.startswith(f"{Path(gradebook).name}-"):
            continue
        try:
            texts = [str(path.relative_to(course.root)).encode(), *_texts(path)]
        except OSError:
            yield path
            continue
        if any(_stands(text, ids, names) for text in texts):
            yield path


def _stands(text: bytes, ids: Patterns, names: Patterns) -> bool:
    text = text.lower()
    if any(pattern and pattern.search(text) for pattern in ids):
        return True
    return all(pattern and pattern.search(text) for pattern in names)


def _pattern(word: str, inside: str = "0-9a-z_-") -> re.Pattern[bytes] | None:
    """A word as it may stand in a file: composed or not, in UTF-8, Latin-1, UTF-16, or as JSON escapes it; whole, with
    none of the signs `inside` before or behind it."""
    forms = {form for name in ("NFC", "NFD") for form in (unicodedata.normalize(name, word),)}
    made = {form.encode(code, "ignore") for form in forms for code in ("utf-8", "utf-16-le")}
    made |= {form.encode("latin-1") for form in forms if _fits(form)} | {
        json.dumps(form)[1:-1].encode() for form in forms
    }
    wanted = sorted(re.escape(one.lower()) for one in made if len(one) > 1)
    if not word.strip():
        return None
    words = b"|".join(wanted).decode("latin-1")
    whole = rf"(?<![{inside}])(?:{words})(?![{inside}])"
    return re.compile(whole.encode("latin-1"))


def _fits(text: str) -> bool:
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def _texts(path: Path) -> Iterator[bytes]:
    """The bytes of a file; of an archive (a workbook is one) the names and the bytes of what is in it. None of a font
    or a picture: a short id stands in packed bytes by chance.

    Raises OSError for what cannot be read, or is too large to be searched.
    """
    if path.stat().st_size > LARGEST:
        raise OSError(t("{path} is too large to be searched", path=path))
    data = path.read_bytes()
    if data.startswith(PACKED):
        return
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield member.filename.encode()
                if member.file_size <= LARGEST and not member.flag_bits & 1:
                    yield archive.read(member)
    except (BadZipFile, NotImplementedError, RuntimeError, zlib.error):
        yield data
