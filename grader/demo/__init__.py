"""The whole loop from one command, with stock tools: book, course, release, submissions, grades, feedback, summary."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from ..course.create import create
from ..course.marks import mark_from_anchors
from ..course.items import chosen
from ..course.summary import page, read
from ..library import Library, load
from . import cohort

MARKER = "candor-demo"  # a folder without this file is not ours to empty


class Failed(Exception):
    """A step that did not work: which one, and the last lines of what it said."""


def run(root: Path, folder: Path, serve: bool) -> None:
    """Run the loop in `folder`; each step prints what it did and how long it took. Raises Failed."""
    folder = folder.resolve()
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise Failed(f"{folder} is not empty and is not a demonstration. Give a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text("Made by the demonstration; everything here can be deleted.\n")
    course = folder / "course"
    if course.exists():
        shutil.rmtree(course)
    began = time.monotonic()
    log = folder / "demo.log"
    log.write_text("")

    library = _step("Checking every card and chapter", lambda: _checked(root))
    _step("Building the book", lambda: _run(["jupyter-book", "build", "book", "-W", "-n", "--keep-going"], root, log))
    _step("Making a private course", lambda: create(course, library))
    assignment = next(iter(sorted(library.assignments.values(), key=lambda card: (-len(card.items), card.name))))
    name = assignment.name
    _step(f"Releasing the assignment {name}", lambda: _run(["nbgrader", "generate_assignment", name], course, log))
    trainees = cohort.cohort(assignment, library)
    handed_in = course / "downloaded" / name / "archive"
    released = course / "release" / name / f"{name}.ipynb"
    _step(f"Handing in for {len(trainees)} synthetic trainees", lambda: cohort.hand_in(trainees, released, handed_in, assignment, library))
    _step("Collecting", lambda: _run(["nbgrader", "zip_collect", name], course, log))
    _step("Grading, without running anything", lambda: _run(["nbgrader", "autograde", name], course, log))
    if (handed_in.parent / "CANARY").exists():
        raise Failed("A cell of a submission was run. Do not use this installation; please report it.")
    _step("Marking the reflections (sample marks)", lambda: mark_from_anchors(course, assignment, library, trainees))
    _step("Writing feedback", lambda: _run(["nbgrader", "generate_feedback", name], course, log))
    summary = folder / "summary.html"
    _step("Writing the summary", lambda: summary.write_text(page(read(course, assignment), chosen(course / "autograded", name), assignment, library, synthetic=True), encoding="utf-8"))
    print(f"\nDone in {time.monotonic() - began:.0f} s. The course: {course}\nThe summary: {summary}", flush=True)
    if serve:
        from .serve import serve as serve_folders

        serve_folders({"book": root / "_build" / "html", "feedback": course / "feedback"}, summary)


def _step(words: str, work: Callable):
    print(f"{words} ...", end=" ", flush=True)
    began = time.monotonic()
    made = work()
    print(f"{time.monotonic() - began:.1f} s", flush=True)
    return made


def _checked(root: Path) -> Library:
    from ..checks import check

    library = load(root)
    errors = [problem for problem in check(library) if problem.level == "error"]
    if errors:
        first = errors[0]
        raise Failed(f"\n{len(errors)} cards need mending first; for example {first.path}:{first.line}: {first.code} {first.message}. See: grader check")
    return library


def _run(command: list[str], folder: Path, log: Path) -> None:
    """Run a stock command of this environment; its words go to the log, and its last lines to the person where it fails."""
    program = Path(sys.executable).with_name(command[0])
    environment = _environment()
    done = subprocess.run([str(program), *command[1:]], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    with log.open("a", encoding="utf-8") as stream:
        stream.write(f"$ {' '.join(command)}\n{done.stdout}\n")
    if done.returncode:
        raise Failed(f"\n`{' '.join(command)}` did not work (all of it: {log}):\n" + "\n".join(done.stdout.strip().splitlines()[-12:]))


def _environment() -> dict[str, str]:
    """nbgrader starts `alembic` by its bare name: this environment's programs come first."""
    import os

    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
