"""All that a course holds about one trainee: as an archive for them, or erased.

The gradebook, its copies, our log, and the folders of what was handed in, graded and given back. Other files of the
course that name the person (a list, a sheet, an archive of a platform) are found and told: they hold others' work too.
"""

from __future__ import annotations

import json
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import sqlalchemy as sa

from . import gradebook as db
from . import kept
from .copies import FOLDER
from .course import Course
from .gradebook import Unsupported

STEPS = ("submitted", "autograded", "feedback")
LARGEST = 200_000_000  # bytes of a file that is searched for a name


@dataclass
class Held:
    """What a course holds about a trainee: rows by table, folders, and other files that name them."""

    trainee: str
    rows: dict[str, list[dict]] = field(default_factory=dict)
    folders: list[Path] = field(default_factory=list)
    mentions: list[Path] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(map(len, self.rows.values()))


def held(course: Course, trainee: str) -> Held:
    """Everything about a trainee. Raises Unsupported where there is nothing."""
    if not trainee.strip() or Path(trainee).name != trainee or trainee in (".", ".."):  # it becomes a folder's name
        raise Unsupported(f"`{trainee}` cannot be a trainee's id. Look at `nbgrader db student list`.")
    with db.reading(course.settings.db_url) as connection:
        rows = {table.name: found for table, found in _rows(connection, trainee)}
    folders = [place for step in STEPS if (place := course.folder(step) / trainee).is_dir()]
    found = Held(trainee, {name: some for name, some in rows.items() if some}, folders)
    found.mentions = list(_mentions(course, found))
    if not found.rows and not found.folders and not found.mentions:
        raise Unsupported(f"`{trainee}` is nowhere in this course. Look at `nbgrader db student list`.")
    return found


def export(course: Course, trainee: str, to: Path) -> Held:
    """Write an archive: `data.json` with every row, and the person's own files. Raises Unsupported."""
    found = held(course, trainee)
    with ZipFile(to, "x", ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(found.rows, ensure_ascii=False, indent=1, default=str))
        for folder in found.folders:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    archive.write(path, path.relative_to(course.root))
    return found


def erase(course: Course, trainee: str, who: str, because: str) -> Held:
    """Take a trainee out of the gradebook, its copies, the log and the course's folders; what is returned has the other
    files that still name them. The log keeps that it was done, when, by whom and why. Raises Unsupported."""
    if not because.strip():
        raise Unsupported("Say why: the person's own wish, or the end of the time for which you keep records.")
    found = held(course, trainee)
    with db.one_write(course.settings.db_url) as connection:
        _erase(connection, trainee)
        said = {"because": because, "rows": found.count}
        kept.add(connection, [kept.Entry(who, "erased", "", trainee, said=said)])
    _emptied(course.settings.db_url)
    for path in sorted((course.root / FOLDER).glob("*.db")):
        url = f"sqlite:///{path}"
        with suppress(Unsupported), db.one_write(url) as connection:
            _erase(connection, trainee)
        _emptied(url)
    for folder in found.folders:
        shutil.rmtree(folder, onerror=_writable)
    found.mentions = list(_mentions(course, found))
    return found


def _rows(connection, trainee: str) -> Iterator[tuple[sa.Table, list[dict]]]:
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


def _erase(connection, trainee: str) -> None:
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


def _emptied(url: str) -> None:
    """SQLite keeps the bytes of a row that was deleted until the file is written anew; PostgreSQL does it by itself."""
    if sa.make_url(url).get_backend_name() == "sqlite":
        engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql("VACUUM")
        engine.dispose()


def _writable(function, path, _) -> None:
    """Graded copies may only be read; their folder is opened, and then they go."""
    Path(path).parent.chmod(0o700)
    Path(path).chmod(0o700)
    function(path)


def _mentions(course: Course, found: Held) -> Iterator[Path]:
    """Files of the course, besides the gradebook and the person's own, in whose name or words they are named."""
    words = [
        form.encode() for word in _names(found) for form in {unicodedata.normalize(n, word) for n in ("NFC", "NFD")}
    ]
    own = [course.folder(step) / found.trainee for step in STEPS]
    for path in sorted(course.root.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.suffix == ".db" or any(map(path.is_relative_to, own)):
            continue
        if any(word in text for text in (str(path.relative_to(course.root)).encode(), *_texts(path)) for word in words):
            yield path


def _names(found: Held) -> set[str]:
    """The id, and from the list of trainees the address, the platform's id and the whole name, either way round."""
    names = {found.trainee}
    for row in found.rows.get("student", ()):
        first, last = row.get("first_name") or "", row.get("last_name") or ""
        names |= {row.get("email") or "", row.get("lms_user_id") or ""}
        if first and last:
            names |= {f"{first} {last}", f"{last}, {first}", f"{last} {first}", f"{first}_{last}", f"{last}_{first}"}
    return {name for name in names if len(name) > 2}


def _texts(path: Path) -> Iterator[bytes]:
    """The bytes of a file; of an archive (a workbook is one) the names and the bytes of what is in it."""
    if path.stat().st_size > LARGEST:
        return
    try:
        with ZipFile(path) as archive:
            for member in archive.infolist():
                yield member.filename.encode()
                if member.file_size <= LARGEST and not member.flag_bits & 1:
                    yield archive.read(member)
    except (BadZipFile, OSError, NotImplementedError, RuntimeError):
        yield path.read_bytes()
