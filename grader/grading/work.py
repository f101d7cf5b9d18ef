"""One submission: read, restore, score, write the graded copy. Runs in a worker, without the gradebook."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from .folder import not_read
from .outcome import reasons, why
from .plan import BLANK, Plan, left_blank, top, words
from .plan import grade as grade_of
from .read import Read, reading
from .shared import FILE, make
from ..notebook.intake import LARGEST, Refused, parse_notebook, read_bytes
from ..notebook.submission import Cell, restore
from ..web.files import write

READ_ONLY = 0o444  # as nbgrader leaves its copies
_TAIL = """ ],
 "metadata": {
  "kernelspec": {
   "display_name": "Python 3",
   "language": "python",
   "name": "python3"
  }
 },
 "nbformat": 4,
 "nbformat_minor": 5
}
"""


@dataclass(frozen=True)
class Job:
    """One submission to grade: where it is, where the graded copy goes, a folder for files that are being written,
    whether several accounts teach the course."""

    trainee: str
    source: Path
    target: Path
    staging: Path
    shared: bool = False


@dataclass
class Result:
    """What came of a job. `grades`: cell -> (score, a person must look); `comments`: cell -> text or None.

    `refused` says in one line why nothing could be read; `notes` say what was odd.
    """

    trainee: str
    readings: list[Read] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)  # cell -> check of the words in it
    grades: dict[str, tuple[float | None, bool]] = field(default_factory=dict)
    comments: dict[str, str | None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    refused: str = ""
    made_from: str = ""  # fingerprint of the submission and the plan

    def looks(self) -> list[str]:
        """What a person must look at, a line for each reason."""
        return reasons((name, why(self.comments.get(name))) for name, (_, look) in self.grades.items() if look)


def grade(job: Job, plan: Plan) -> Result:
    """Read one submission and write its graded copy. What cannot be read is refused, in one line; `mark` scores."""
    result = Result(job.trainee)
    path = job.source / f"{plan.assignment}.ipynb"
    try:
        data = read_bytes(path)
        restored = restore(parse_notebook(data, path), plan.cells, str(path))
        cells = restored.notebook["cells"]
        for read, check in map(_read, cells):
            result.readings += read
            result.words |= check
        _write(job, plan, _text(top(result.readings, plan) + cells))
        result.made_from = fingerprint(job.source, plan, data)
    except Refused as refused:
        result.refused = str(refused)
    except OSError as error:
        result.refused = (
            f"{path}: its graded copy could not be written "
            f"({error.strerror}: {error.filename}). Mend that, and grade again."
        )
    except Exception as error:  # ours, not the trainee's; the class goes on
        result.refused = (
            f"{path}: this is a mistake of the grader, not of the trainee "
            f"({type(error).__name__}: {error}). Please report it."
        )
    if result.refused:
        shutil.rmtree(job.target, ignore_errors=True)
        return Result(job.trainee, refused=result.refused)
    result.notes = reasons(restored.notes.items()) + not_read(job.source, plan.assignment)
    return result


def _read(cell: Cell) -> tuple[list[Read], dict[str, str]]:
    """What was read in a cell, and the check of its words. The same cell stands in many copies: each is read once."""
    try:
        return cell.read
    except AttributeError:
        found = reading(cell)
        cell.read = [found] if found else [], words([cell])
        return cell.read


def grade_all(jobs: list[Job], plan: Plan) -> list[Result]:
    """Several submissions, one after the other."""
    return [grade(job, plan) for job in jobs]


def mark(result: Result, plan: Plan) -> Result:
    """Give a result its scores and comments. Done where the rows are written: a comment is long, and the same for half
    a class."""
    blank = left_blank(result.readings, plan)
    for read in result.readings:
        found = BLANK if read.cell in blank else grade_of(read, plan)
        result.comments[read.cell] = found.comment if found else None
        if found:
            result.grades[read.cell] = found.score, found.look
    return result


def _text(cells: list[Cell]) -> str:
    """The notebook as nbformat writes it: one space a step, sorted, lines of a source apart."""
    return '{\n "cells": [\n' + ",\n".join(map(_cell_text, cells)) + "\n" + _TAIL


def _cell_text(cell: Cell) -> str:
    try:
        return cell.text
    except AttributeError:
        cell.text = "  " + json.dumps(
            {**cell, "source": cell["source"].splitlines(True)}, ensure_ascii=False, indent=1, sort_keys=True
        ).replace("\n", "\n  ")
        return cell.text


def _write(job: Job, plan: Plan, text: str) -> None:
    """The graded copy, whole or not at all; what else was handed in goes beside it, if it is an ordinary file."""
    make(job.target, job.target.parent.parent, job.shared)
    mode = FILE if job.shared else READ_ONLY
    write(job.target / f"{plan.assignment}.ipynb", text, mode=mode, apart=job.staging, lasting=False)
    for entry in os.scandir(job.source):
        if (
            entry.is_file(follow_symlinks=False)
            and not entry.name.endswith(".ipynb")
            and entry.stat().st_size < LARGEST
        ):
            write(
                job.target / entry.name,
                Path(entry.path).read_bytes(),
                mode=mode,
                apart=job.staging,
                lasting=False,
            )


def fingerprint(source: Path, plan: Plan, notebook: bytes | None = None) -> str:
    """What a graded copy depends on: the notebook's bytes, the files beside it, the plan. Empty where it cannot be
    read."""
    digest = hashlib.sha256(plan.digest.encode())
    try:
        digest.update(read_bytes(source / f"{plan.assignment}.ipynb") if notebook is None else notebook)
        for entry in sorted(os.scandir(source), key=lambda entry: entry.name):
            if entry.is_file(follow_symlinks=False) and not entry.name.endswith(".ipynb"):
                digest.update(f"\0{entry.name}\0{entry.stat().st_size}\0".encode("utf-8", "surrogateescape"))
                with open(entry.path, "rb") as stream:
                    digest.update(stream.read(LARGEST))
    except (OSError, Refused):
        return ""
    return digest.hexdigest()
