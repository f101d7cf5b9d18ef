"""`grader feedback`: the files that `nbgrader generate_feedback` writes, with the gradebook read once."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

import sqlalchemy as sa

from .chosen import Chosen, chosen
from .feedback_page import render
from ..grading import gradebook as db
from ..grading import kept
from ..grading.course import Course
from ..grading.gradebook import Unsupported
from ..grading.outcome import Outcome
from ..grading.run import ungraded
from ..grading.scores import CellScore, scores
from ..grading.settings import Settings
from ..grading.shared import FILE, make
from ..language import later, t
from ..web.files import write as write_file

WORTH_A_POOL = 12
#: What nbgrader's exchange wants beside a page, to know to which hand-in it belongs.
EXCHANGED = ("timestamp.txt", "submission_secret.txt")


#: Called with the number of pages after each.
Step: TypeAlias = Callable[[int], object]


@dataclass(frozen=True)
class Graded:
    """A graded copy with what the gradebook says about it.

    `scores`: cell -> (score, points). `comments`: cell -> (the supervisor's, ours). `waiting`: cells without a mark.
    `settled`: cell -> the letters that a person read in it. `aside`: cell -> the points of marks that were set aside.
    """

    trainee: str
    source: Path
    target: Path
    scores: dict[str, tuple[float, float]]
    comments: dict[str, tuple[str | None, str | None]]
    waiting: frozenset[str]
    settled: Mapping[str, str]
    penalty: float
    aside: Mapping[str, float]


def feedback(
    course: Path,
    assignment: str,
    trainees: Iterable[str] = (),
    jobs: int = 0,
    step: Step | None = None,
) -> Outcome:
    """Write the feedback of every graded copy. Raises Unsupported."""
    place, asked = Course(course), set(trainees)
    place.refuse_unknown(f"nbgrader generate_feedback {assignment}")
    place.as_released(assignment)
    engine = place.connect()
    with engine.connect() as connection:
        found = _read(connection, place, assignment, asked)
    engine.dispose()
    outcome = Outcome(assignment)
    why = ungraded(place, assignment)
    outcome.refused = {trainee: line for trainee, line in why.items() if not asked or trainee in asked}
    jobs = jobs or os.cpu_count() or 1
    cohort = chosen(place.settings, assignment)
    edition = place.edition(assignment)
    work = partial(write, assignment=assignment, settings=place.settings, edition=edition, cohort=cohort)
    if jobs == 1 or len(found) < WORTH_A_POOL:
        done = map(work, found)
        outcome = _collect(done, len(found), outcome, step)
    else:
        with ProcessPoolExecutor(jobs) as pool:
            outcome = _collect(pool.map(work, found, chunksize=4), len(found), outcome, step)
    return outcome


def _collect(done: Iterable[tuple[str, str]], total: int, outcome: Outcome, step: Step | None) -> Outcome:
    for trainee, refused in done:
        if refused:
            outcome.refused[trainee] = refused
        else:
            outcome.graded.append(trainee)
        if step:
            step(total)
    return outcome


def _read(connection: sa.Connection, course: Course, assignment: str, trainees: set[str]) -> list[Graded]:
    notebooks = (
        sa.select(
            db.submitted_notebook.c.id,
            db.submitted_notebook.c.late_submission_penalty,
            db.submitted_assignment.c.student_id,
        )
        .join(db.submitted_assignment, db.submitted_assignment.c.id == db.submitted_notebook.c.assignment_id)
        .join(db.assignment, db.assignment.c.id == db.submitted_assignment.c.assignment_id)
        .join(db.notebook, db.notebook.c.id == db.submitted_notebook.c.notebook_id)
        .where(db.assignment.c.name == assignment, db.notebook.c.name == assignment)
        .order_by(db.submitted_assignment.c.student_id)
    )
    rows = [row for row in connection.execute(notebooks) if not trainees or row.student_id in trainees]
    if not rows:
        why = later("Nothing of `{assignment}` has been graded yet. Run `grader autograde {assignment}` first.")
        if trainees:
            why = later("Nothing of {trainees} in `{assignment}` has been graded.")
        raise Unsupported(t(why, assignment=assignment, trainees=", ".join(sorted(trainees))))
    comments = sa.select(db.comment, db.base_cell.c.name).join(db.base_cell, db.base_cell.c.id == db.comment.c.cell_id)
    cells: dict[str, list[CellScore]] = {}
    for one in scores(connection, assignment):
        cells.setdefault(one.notebook, []).append(one)
    words: dict[str, dict[str, tuple[str | None, str | None]]] = {}
    ids = [row.id for row in rows]
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        for row in connection.execute(comments.where(db.comment.c.notebook_id.in_(some))):
            words.setdefault(row.notebook_id, {})[row.name] = (row.manual_comment, row.auto_comment)
    read, earlier = kept.answers(connection, assignment), kept.aside(connection, assignment)
    found = []
    for row in rows:
        source = course.folder("autograded") / row.student_id / assignment / f"{assignment}.ipynb"
        target = course.folder("feedback") / row.student_id / assignment / f"{assignment}.html"
        if source.is_file():
            found.append(
                Graded(
                    row.student_id,
                    source,
                    target,
                    {one.cell: (one.score, one.points) for one in cells.get(row.id, ())},
                    words.get(row.id, {}),
                    frozenset(one.cell for one in cells.get(row.id, ()) if one.waits),
                    {cell: one.chosen for cell, one in read.get(row.student_id, {}).items() if one.settled},
                    row.late_submission_penalty or 0,
                    earlier.get(row.student_id, {}),
                )
            )
    return found


def write(
    graded: Graded, assignment: str, settings: Settings, edition: tuple[int, int], cohort: Mapping[str, Chosen]
) -> tuple[str, str]:
    """Write one trainee's feedback, the page that `nbgrader generate_feedback` writes; (trainee, why not)."""
    try:
        cells = json.loads(graded.source.read_text(encoding="utf-8"))["cells"]
        for cell in cells:
            cell["source"] = "".join(cell["source"])
            place = cell["metadata"].get("nbgrader", {})
            name = place.get("grade_id")
            if place.get("solution") or place.get("task"):
                place["remark"], place["comment"] = graded.comments.get(name, (None, None))
                place["aside"] = graded.aside.get(name)
            if place.get("grade") or place.get("task"):
                place["score"], place["points"] = graded.scores[name]
                place["waits"], place["settled"] = name in graded.waiting, graded.settled.get(name)
        names = {"student": graded.trainee, "assignment": assignment, "late_penalty": graded.penalty}
        make(graded.target.parent, settings.folder("feedback"), settings.shared)
        mode = FILE if settings.shared else 0o644
        write_file(graded.target, render(cells, names, settings, edition, cohort), mode=mode, lasting=False)
        for name in EXCHANGED:
            if (beside := graded.source.with_name(name)).is_file():
                write_file(graded.target.with_name(name), beside.read_bytes(), mode=mode, lasting=False)
    except OSError as error:
        return (
            graded.trainee,
            t(
                "{path}: {reason}; no feedback could be written for {trainee}. Mend that, and run this again.",
                path=error.filename or graded.target,
                reason=error.strerror,
                trainee=graded.trainee,
            ),
        )
    except (ValueError, KeyError) as error:
        return (
            graded.trainee,
            (
                t(
                    "{source}: no feedback could be written ({kind}: {error}). Grade it again with --force.",
                    source=graded.source,
                    kind=type(error).__name__,
                    error=error,
                )
            ),
        )
    return graded.trainee, ""
