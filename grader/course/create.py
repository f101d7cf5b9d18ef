"""A private course: a folder that stock nbgrader, Formgrader and JupyterLab work in."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from ..assemble import notebook, target
from ..library import Library
from ..private import Shared, outside

CONFIG = '''\
try:
    from grader.course import configure
except ImportError:  # with nbgrader's own defaults, submitted code would run
    raise SystemExit({install!r})

configure(get_config(), __file__, library={library!r}{book})
'''
INSTALL = "Candor is not installed in this environment. Start the command from the one that made this course, or run: pip install {}"


class CannotCreate(Exception):
    """Why a course cannot be made there, in one line."""


def create(folder: Path, library: Library, book: str = "") -> str:
    """Make a course in `folder`, or bring its source notebooks up to date. Says what was written.

    `book` is the address of the published book, to which feedback then links; a course that has one keeps it.

    Nothing that a trainee or a supervisor wrote is touched. Raises CannotCreate for a folder inside the
    library, since no trainee's data is kept there, and for one that holds something else.
    """
    folder = folder.resolve()
    config = folder / "nbgrader_config.py"
    try:
        outside(folder)
    except Shared as error:
        raise CannotCreate(str(error)) from None
    if folder.exists() and any(folder.iterdir()) and not config.is_file():
        raise CannotCreate(f"{folder} is not empty and is not a course. Give a new folder.")
    (folder / "source").mkdir(parents=True, exist_ok=True)
    before = re.search(r"\bbook=(['\"])(.*?)\1\)", config.read_text(encoding="utf-8")) if config.is_file() else None
    book = book or (before[2] if before else "")
    config.write_text(CONFIG.format(install=INSTALL.format(shlex.quote(str(library.root))), library=str(library.root), book=f", book={book!r}" if book else ""), encoding="utf-8")
    for assignment in library.assignments.values():
        if not assignment.retired:
            path = target(assignment, folder)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(notebook(assignment, library), encoding="utf-8", newline="\n")
    return f"{folder}: a course with {len(library.assignments)} assignments. Next: cd there, and `nbgrader generate_assignment NAME`."
