"""`grader autograde`: a cohort graded in one process tree, with the rows and files that stock nbgrader leaves.

It reads the course's settings without starting nbgrader, the released cells and the cards once, grades in
parallel with the same pure functions as the preprocessors, writes each graded copy whole, and all rows in
one transaction. What it does not know it refuses, in words, and `nbgrader autograde` still works.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from pathlib import Path

from . import gradebook, kept, rows
from .cluster import executor as executor_by_name
from .course import Course
from .folder import lacking
from .gradebook import Unsupported
from .late import penalise
from .outcome import Outcome, as_json, as_text, first_of, new_words
from .plan import Plan
from .stamp import handed_in
from .still_open import in_course
from .work import Job, Result, fingerprint, grade, grade_all, mark
from ..language import t
from ..notebook.intake import Refused, can_be_graded, read_notebook

WORTH_A_POOL = 64  # submissions: below it, starting workers takes longer than grading
#: Rows are saved after so many submissions, or after so long: whatever the next one does, these are done.
BATCH, SECONDS = 250, 2.0
PIECE = 25  # submissions in one task for another machine

__all__ = [
    "Outcome",
    "Unsupported",
    "as_json",
    "as_text",
    "autograde",
    "executor_by_name",
    "first_of",
    "released_assignments",
    "ungraded",
]


def autograde(
    course: Path,
    assignment: str,
    trainees: Iterable[str] = (),
    jobs: int = 0,
    force: bool = False,
    step: Callable[[int], object] | None = None,
    executor: Executor | None = None,
) -> Outcome:
    """Grade an assignment of the course in a folder. `step(total)` is called after each submission.

    Raises Unsupported.
    """
    place = Course(course)
    place.refuse_unknown(f"nbgrader autograde {assignment}")
    engine = place.connect()
    gradebook.make_indexes(engine)
    with engine.connect() as connection:
        plan = rows.plan_of(connection, place, assignment)
        done = kept.made_from(connection, plan.notebook_id)

    outcome = Outcome(assignment)
    _tidy(place.staging)
    found = _submissions(place, assignment, set(trainees), outcome)
    if not found and not outcome.refused:
        outcome.nothing_in = str(place.folder("submitted"))
    todo, stamps = [], {}
    for job in found:
        known = not force and (job.target / f"{assignment}.ipynb").is_file() and done.get(job.trainee)
        if known and known == fingerprint(job.source, plan):
            outcome.unchanged.append(job.trainee)
            continue
        try:
            stamps[job.trainee] = handed_in(job.source)
            todo.append(job)
        except Refused as refused:
            outcome.refused[job.trainee] = str(refused)
    batch: list[Result] = []
    saved = time.monotonic()

    def save() -> None:
        with gradebook.writing(engine) as connection:
            aside = rows.save(connection, plan, batch, stamps)
            outcome.late += penalise(connection, plan, [one.trainee for one in batch], place.settings.late)
        for result in batch:
            _report(result, outcome)
        batch.clear()
        for entry in aside:
            outcome.look.setdefault(entry.trainee, []).append(new_words(entry))

    for result in _graded(todo, plan, jobs, executor):
        batch.append(mark(result, plan))
        if step:
            step(len(todo))
        if len(batch) >= BATCH or time.monotonic() - saved > SECONDS:
            save()
            saved = time.monotonic()
    if batch:
        save()
    left = in_course(place, assignment).answers
    outcome.waiting = {trainee: left[trainee] for trainee in (*outcome.graded, *outcome.unchanged) if trainee in left}
    engine.dispose()
    return outcome


def ungraded(course: Course, assignment: str) -> dict[str, str]:
    """Trainee -> why there is no graded copy of what they handed in last, in one line that says what to do."""
    outcome = Outcome(assignment)
    command = f"grader autograde {assignment}"
    newer = []
    for job in _submissions(course, assignment, set(), outcome):
        if (job.target / f"{assignment}.ipynb").is_file():
            newer += [job] if _newer(job, assignment) else []
            continue
        try:
            handed_in(job.source)
            read_notebook(job.source / f"{assignment}.ipynb")
            words = t("{folder}: not graded yet. Run: {command}", folder=job.source, command=command)
            outcome.refused[job.trainee] = words
        except Refused as refused:
            outcome.refused[job.trainee] = str(refused)
    if newer:
        with gradebook.reading(course.settings.db_url) as connection:
            plan = rows.plan_of(connection, course, assignment)
            done = kept.made_from(connection, plan.notebook_id)
        for job in newer:
            if done.get(job.trainee) != fingerprint(job.source, plan):
                words = t("{folder}: changed since it was graded. Run: {command}", folder=job.source, command=command)
                outcome.refused[job.trainee] = words
    return outcome.refused


def _newer(job: Job, assignment: str) -> bool:
    """Whether a submission may be newer than its graded copy, by its dates, which a copy of a folder changes as well:
    only of these the files are read and compared with what was graded."""
    changed = max((one.stat().st_mtime for one in job.source.iterdir()), default=0)
    return changed > (job.target / f"{assignment}.ipynb").stat().st_mtime


def released_assignments(course: Path) -> list[str]:
    """The names of the assignments that were released from cards. Raises Unsupported."""
    return Course(course).handed_out()


def _tidy(staging: Path) -> None:
    """Files of a run that was killed, once it is certain that none is still at them."""
    staging.mkdir(exist_ok=True)
    for left in staging.iterdir():
        with suppress(OSError):
            if time.time() - left.stat().st_mtime < 3600:
                continue
            if left.is_dir():  # unpacked: what trainees handed in
                shutil.rmtree(left)
            elif left.suffix == ".new":
                left.unlink()


def _submissions(course: Course, assignment: str, trainees: set[str], outcome: Outcome) -> list[Job]:
    """The submissions of an assignment, of some trainees or of all. A folder whose name cannot be a trainee's is named
    and left out, and so is who of those asked for has handed in nothing."""
    found = []
    home = course.folder("submitted")
    for folder in sorted(home.iterdir()) if home.is_dir() else ():
        source = folder / assignment
        if folder.name.startswith(".") or (trainees and folder.name not in trainees) or not source.is_dir():
            continue
        if not can_be_graded(folder.name):
            outcome.refused[repr(folder.name)] = t(
                "{source!r}: this is not a name for a trainee's folder; it was left out. Rename it so that "
                "any system can have it: letters, figures, hyphens.",
                source=str(source),
            )
        elif folder.is_symlink() or source.is_symlink():
            outcome.refused[folder.name] = t(
                "{source}: is a link to somewhere else; it was left out. Put the folder itself there.", source=source
            )
        elif line := lacking(source, assignment):
            outcome.refused[folder.name] = line
        else:
            found.append(
                Job(
                    folder.name,
                    source,
                    course.folder("autograded") / folder.name / assignment,
                    course.staging,
                    course.settings.shared,
                )
            )
    for name in sorted(trainees - {job.trainee for job in found} - outcome.refused.keys()):
        outcome.refused[name] = t("{trainee}: nothing of theirs is in {folder}.", trainee=name, folder=home)
    return found


def _graded(todo: list[Job], plan: Plan, jobs: int, executor: Executor | None) -> Iterator[Result]:
    work = partial(grade, plan=plan)
    jobs = jobs or os.cpu_count() or 1
    if executor is not None:
        # In pieces: a task each would cost more to send than to do.
        pieces = [todo[start : start + PIECE] for start in range(0, len(todo), PIECE)]
        for results in executor.map(partial(grade_all, plan=plan), pieces):
            yield from results
    elif jobs == 1 or len(todo) < WORTH_A_POOL:
        yield from map(work, todo)
    else:
        done = 0
        try:
            with ProcessPoolExecutor(jobs) as pool:
                for result in pool.map(work, todo, chunksize=max(1, min(50, len(todo) // (4 * jobs)))):
                    done += 1
                    yield result
        except BrokenProcessPool:
            yield from map(partial(_alone, work=work), todo[done:])


def _alone(job: Job, work: Callable[[Job], Result]) -> Result:
    """One submission in a worker of its own, after one ended the common workers (it took all the memory, say)."""
    try:
        with ProcessPoolExecutor(1) as pool:
            return pool.submit(work, job).result()
    except BrokenProcessPool:
        return Result(
            job.trainee,
            refused=t(
                "{source}: reading it ended the program that read it, perhaps for want of memory. Look at "
                "its size, and open it by hand.",
                source=job.source,
            ),
        )


def _report(result: Result, outcome: Outcome) -> None:
    if result.refused:
        outcome.refused[result.trainee] = result.refused
        return
    outcome.graded.append(result.trainee)
    lines = result.looks() + result.notes
    if lines:
        outcome.look[result.trainee] = lines
