"""How nbgrader reads a submission: the exporter for a course's `nbgrader_config.py`."""

from __future__ import annotations

import glob
import logging
import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat.v4 import writes  # without validating what we built
from nbgrader.converters.base import NbGraderException
from sqlalchemy import Engine, event

from . import gradebook
from .folder import lacking
from .stamp import handed_in
from ..language import t
from ..notebook.intake import LARGEST, Refused, can_be_graded, read_notebook


class _OneLine(logging.Filter):
    """Turns the trace of a refused submission into its one line; nbgrader would print the whole of it."""

    locked = False

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if message.startswith("Traceback") and "database is locked" in message:
            self.locked = True
            record.msg, record.args = t("The gradebook: {error}", error=gradebook.locked()), ()
        elif self.locked and message.startswith("There was an error accessing the nbgrader database"):
            return False  # nbgrader guesses that it has to be upgraded
        elif message.startswith("Traceback"):
            last = message.strip().rsplit("\n", 1)[-1]
            refused = f"{Refused.__name__}: "
            if refused in last:
                record.msg = last.split(refused, 1)[1]
            else:
                record.msg = (
                    f"This is a mistake of the grader, not of the trainee: {last} "
                    "(the whole trace: run again with --debug)"
                )
            record.args = ()
        elif message.startswith("Please see the the above traceback"):
            record.msg, record.args = (
                "Everyone else was graded. The lines above name each submission that was not, and what to do.",
                (),
            )
        return True


def _fail_after(convert: Callable[[], None]) -> None:
    """Let nbgrader grade the others, then end as it does where one of them failed: with exit code 1."""
    convert()
    raise NbGraderException


def patient(connection: object, record: object) -> None:
    """Let nbgrader's own connections wait for the gradebook as ours do; by default they give up after five seconds."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute(f"PRAGMA busy_timeout = {gradebook.WAIT * 1000}")


def _tidied(convert: Callable[[], None], homes: list[Path]) -> None:
    """Let nbgrader grade, then take away a trainee's folder in which a failure left nothing."""
    try:
        convert()
    finally:
        for home in homes:
            with suppress(OSError):
                home.rmdir()


class Reader(NotebookExporter):
    """Reads a notebook with limits, and takes nothing from it but the text and the names of its cells."""

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]  # nbconvert has types in part
        debugging = getattr(getattr(self.parent, "parent", None), "log_level", logging.INFO) == logging.DEBUG
        if not debugging and not any(isinstance(known, _OneLine) for known in self.log.filters):
            self.log.addFilter(_OneLine())
        converter: Any = self.parent
        ours = getattr(converter, "assignments", None) or {}
        if ours and not event.contains(Engine, "connect", patient):
            event.listen(Engine, "connect", patient)
        homes = [Path(converter._format_dest(Path(one).name, Path(one).parent.name)).parent for one in ours]
        if homes:
            converter.convert_notebooks = partial(_tidied, converter.convert_notebooks, homes)
        for folder in list(ours):
            try:
                self._admit(Path(folder))
            except Refused as refused:
                self.log.error("%s", refused)
                del ours[folder]
                converter.convert_notebooks = partial(_fail_after, converter.convert_notebooks)

    def _admit(self, folder: Path) -> None:
        """Hold a submission's folder to what the fast path takes, before nbgrader copies from it. Raises Refused."""
        if not can_be_graded(folder.parent.name):  # a line break would end nbgrader's run for the whole class
            raise Refused(
                f"{str(folder)!r}: this is not a name for a trainee's folder; it was left out. "
                "Rename it: letters, figures, hyphens."
            )
        if folder.is_symlink() or folder.parent.is_symlink():
            raise Refused(f"{folder}: is a link to somewhere else; it was left out. Put the folder itself there.")
        if line := lacking(folder, folder.name):
            raise Refused(line)
        handed_in(folder)
        with os.scandir(folder) as entries:
            others = [
                entry.path
                for entry in entries
                if not entry.is_file(follow_symlinks=False) or entry.stat(follow_symlinks=False).st_size >= LARGEST
            ]
        assert self.parent is not None  # nbgrader's converter
        self.parent.coursedir.ignore = [*self.parent.coursedir.ignore, *map(glob.escape, others)]

    def from_filename(  # type: ignore[override]  # nbconvert's own exporters return text, too
        self, filename: str, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        # Restore builds the node that nbformat sees; what was submitted stays plain JSON until then.
        nb, resources = read_notebook(Path(filename)), self._init_resources(resources)  # type: ignore[no-untyped-call]
        for preprocessor in self._preprocessors:
            nb, resources = preprocessor(nb, resources)
        resources["output_extension"] = self.file_extension
        return writes(nb) + "\n", resources
