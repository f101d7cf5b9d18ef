"""Feedback as one archive in the form that a learning platform takes back: each page under the name of what was handed
in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

import sqlalchemy as sa

from ..grading import gradebook as db
from ..grading import kept
from ..grading.course import Course
from ..grading.gradebook import Unsupported
from ..language import t
from ..web.files import write as write_file


@dataclass(frozen=True)
class Packed:
    """`sent`: whose pages went in. `own`: trainees in a folder of their own, since no platform's name for their file is
    known. Left out are `old`, whose page is older than what the gradebook says of them, and `unwritten`, whose graded
    work has no page yet."""

    sent: tuple[str, ...]
    own: tuple[str, ...]
    old: tuple[str, ...]
    unwritten: tuple[str, ...]


def write(course: Course, assignment: str, to: Path) -> Packed:
    """Write the archive. Raises Unsupported.

    Moodle and Brightspace know people by the folder, Canvas by the file's name: both are those of the archive that
    `grader collect` read. A trainee whose file came in another way has a folder of their own.
    """
    with db.reading(course.settings.db_url) as connection:
        course.released(connection, assignment)
        paths = {one.trainee: one.said["path"] for one in kept.entries(connection, assignment, what="collected")}
        graded, changed = kept.graded_at(connection, assignment), _changed(connection, assignment)
    pages = _pages(course, assignment)
    if not pages:
        raise Unsupported(
            t(
                "There is no feedback of `{assignment}` yet. Run `grader feedback {assignment}` first.",
                assignment=assignment,
            )
        )
    old = _old(pages, changed)
    made, sent = io.BytesIO(), sorted(pages.keys() - old)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = _comment(assignment)
        for trainee in sent:
            path = PurePosixPath(paths.get(trainee, f"{trainee}/{assignment}.ipynb"))
            archive.write(pages[trainee], str(path.with_name(f"{path.name.split('.ipynb')[0]}.html")))
    write_file(to, made.getvalue())
    own = tuple(trainee for trainee in sent if trainee not in paths)
    return Packed(tuple(sent), own, tuple(sorted(old)), tuple(sorted(graded.keys() - pages.keys())))


def outdated(course: Course, assignment: str) -> list[str]:
    """The trainees whose graded work has no page yet, or one that is older than the grades. Raises Unsupported."""
    with db.reading(course.settings.db_url) as connection:
        graded, changed = kept.graded_at(connection, assignment), _changed(connection, assignment)
    pages = _pages(course, assignment)
    return sorted((graded.keys() - pages.keys()) | _old(pages, changed))


def _pages(course: Course, assignment: str) -> dict[str, Path]:
    return {page.parts[-3]: page for page in course.folder("feedback").glob(f"*/{assignment}/{assignment}.html")}


def _old(pages: Mapping[str, Path], changed: Callable[[str], float]) -> set[str]:
    return {trainee for trainee, page in pages.items() if page.stat().st_mtime < changed(trainee)}


def is_ours(path: Path, assignment: str) -> bool:
    """Whether a file is an archive of feedback on this assignment, which may be made anew."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.comment == _comment(assignment)
    except (OSError, zipfile.BadZipFile):
        return False


def _comment(assignment: str) -> bytes:
    return f"feedback on {assignment}".encode()


def _changed(connection: sa.Connection, assignment: str) -> Callable[[str], float]:
    """Trainee -> when something that their page says was last graded, marked or decided (POSIX time). A mark that
    Formgrader gave has no time, and is not seen here."""
    last = {trainee: _seconds(at) for trainee, at in kept.graded_at(connection, assignment).items()}
    everybody = 0.0
    for entry in kept.entries(connection, assignment):
        if entry.what == "regraded":
            everybody = max(everybody, _seconds(entry.at))
        elif entry.what in ("marked", "settled", "set aside"):
            last[entry.trainee] = max(last.get(entry.trainee, 0.0), _seconds(entry.at))
    return lambda trainee: max(everybody, last.get(trainee, 0.0))


def _seconds(at: str) -> float:
    return datetime.fromisoformat(at).timestamp()
