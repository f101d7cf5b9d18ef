"""The whole loop from one command, with stock tools: book, course, release, submissions, grades, feedback, summary."""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from markupsafe import Markup

from . import cohort
from .cohort import Trainee
from ..cards.library import Library, load
from ..cards.model import Assignment
from ..cards.private import Shared, outside
from ..grading.create import CannotCreate, create
from ..grading.sample_marks import mark_from_anchors
from ..language import number, t, tn
from ..notebook.assemble import reflections
from ..notebook.programs import start
from ..reports.item_analysis import copies
from ..reports.summary import read
from ..reports.summary_page import page
from ..web.files import write
from ..web.shell import page as front_page

Made = TypeVar("Made")

MARKER = "candor-demo"  # a folder without this file is not ours to empty
SAID = "Made by the demonstration; everything here can be deleted."
#: The stock programs.
PROGRAMS = {"jupyter-book": "jupyter_book.cli.main", "nbgrader": "nbgrader.apps.nbgraderapp"}


class Failed(Exception):
    """A step that did not work: which one, and the last lines of what it said."""


def run(root: Path, folder: Path, serve: bool) -> None:
    """Run the loop in `folder`; each step prints what it did and how long it took. Raises Failed."""
    folder = folder.resolve()
    try:
        outside(folder)
    except Shared as error:
        raise Failed(str(error)) from None
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise Failed(t("{folder} is not empty and is not a demonstration. Give a new folder.", folder=folder))
    folder.mkdir(parents=True, exist_ok=True)
    course = folder / "course"
    make_room(course, folder / MARKER)
    write(folder / MARKER, f"{SAID}\n")
    import_module("jupyter_book")  # it is run as a program; where it is missing, this says which
    began = time.monotonic()
    log = folder / "demo.log"
    log.write_text("")

    library = _step(t("Checking every card and chapter"), lambda: _checked(root))
    _step(
        t("Building the book"), lambda: _run(["jupyter-book", "build", "book", "-W", "-n", "--keep-going"], root, log)
    )
    _step(t("Making a private course"), lambda: _created(course, library))
    assignment = next(iter(sorted(library.assignments.values(), key=lambda card: (-len(card.items), card.name))))
    name = assignment.name
    _step(
        t("Releasing the assignment {name}", name=name),
        lambda: _run(["nbgrader", "generate_assignment", name], course, log),
    )
    trainees = cohort.cohort(assignment, library)
    handed_in = course / "downloaded" / name / "archive"
    released = course / "release" / name / f"{name}.ipynb"
    _step(
        t("Handing in for {n} synthetic trainees", n=len(trainees)),
        lambda: cohort.hand_in(trainees, released, handed_in, assignment, library),
    )
    _step("Collecting", lambda: _run(["nbgrader", "zip_collect", name], course, log))
    _step(t("Grading, without running anything"), lambda: _run(["nbgrader", "autograde", name], course, log))
    if (handed_in.parent / "CANARY").exists():
        raise Failed(t("A cell of a submission was run. Do not use this installation; please report it."))
    _step(t("Marking the reflections (sample marks)"), lambda: mark_from_anchors(course, assignment, library, trainees))
    _step(t("Writing feedback"), lambda: _run(["nbgrader", "generate_feedback", name], course, log))
    summary = folder / "summary.html"
    _step(t("Writing the summary"), lambda: _write_summary(summary, course, assignment, library))
    front = folder / "index.html"
    commands = _commands()
    write(front, _front(assignment, library, trainees, course, commands))
    write(folder / MARKER, f"{SAID}\n{content(course)}\n")
    took = t("Done in {seconds} s.", seconds=number(time.monotonic() - began, 0))
    print(f"\n{took} {t('The course: {folder}', folder=course)}", flush=True)
    print(t("The summary: {file}", file=summary), flush=True)
    print(f"\n{_next(commands)}", flush=True)
    if serve:
        from .serve import NoPort
        from .serve import serve as serve_folders

        try:
            serve_folders(
                {"book": root / "_build" / "html", "feedback": course / "feedback"},
                {"": front, "summary.html": summary},
            )
        except NoPort as error:
            raise Failed(str(error)) from None


def _write_summary(to: Path, course: Path, assignment: Assignment, library: Library) -> None:
    reads = copies(course / "autograded", assignment.name)
    write(
        to,
        page(
            read(course, assignment),
            reads,
            assignment,
            library,
            synthetic=True,
            links=[(t("The book"), "book/index.html")],
        ),
    )


def _front(
    assignment: Assignment, library: Library, trainees: list[Trainee], course: Path, commands: dict[str, str]
) -> str:
    """The page that opens first: the same work as a trainee, a supervisor and a reader see it."""
    name = assignment.name
    first = trainees[0].id
    if reflection := next(iter(reflections(assignment, library)), ""):
        marking = f"{_grader()} marks serve {name} {reflection} --course {shlex.quote(str(course))}"
        commands = {**commands, marking: t("a supervisor: a reflection of all trainees, to mark on one page")}
    return front_page(
        Path(__file__).with_name("front.html.j2"),
        title=assignment.title,
        name=name,
        trainees=len(trainees),
        feedback=f"feedback/{first}/{name}/{name}.html",
        commands=commands,
        code=Markup("<code>{}</code>").format,
    )


def make_room(course: Path, marker: Path) -> None:
    """Remove the course of an earlier demonstration; one that somebody worked in since is kept under another name."""
    if not course.exists():
        return
    made = marker.read_text().splitlines()[1:] if marker.is_file() else []
    if not made or made[0] == content(course):
        shutil.rmtree(course)
        return
    kept = next(
        place for number in range(1, 1000) if not (place := course.with_name(f"{course.name}-{number}")).exists()
    )
    course.rename(kept)
    print(t("Somebody worked in {course}: it is kept as {kept}.", course=course, kept=kept), flush=True)


def content(course: Path) -> str:
    """A fingerprint of all files of a course but the hidden ones, which a mere look may leave."""
    counted = hashlib.sha256()
    for path in sorted(course.rglob("*")):
        name = path.relative_to(course)
        if path.is_file() and not any(part.startswith(".") for part in name.parts):
            counted.update(f"{name.as_posix()}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return counted.hexdigest()


def _commands() -> dict[str, str]:
    """What to type next, as it works in the folder where the person is: command -> for whom, and what it does."""
    lines = {
        f"{_grader()} review": t("a trainee: practice questions that are due, one by one"),
        f"{_grader()} course ~/my-course": t("a supervisor: a course of your own, outside this folder"),
    }
    if Path("Makefile").is_file():
        lines["make lab"] = t("this course in JupyterLab, with Formgrader")
    return lines


def _grader() -> str:
    """This installation's program, as it is typed in the folder where the person is."""
    program = Path(sys.executable).with_name("grader")
    return shlex.quote(os.path.relpath(program) if program.is_relative_to(Path.cwd()) else str(program))


def _next(lines: dict[str, str]) -> str:
    wide = max(map(len, lines))
    typed = (f"  {command:{wide}}  # {words}" for command, words in lines.items())
    return "\n".join([t("Next, in this folder (in another terminal, while the pages are served):"), *typed])


def _created(course: Path, library: Library) -> None:
    try:
        create(course, library)
    except CannotCreate as error:
        raise Failed(f"\n{error}") from None


def _step(words: str, work: Callable[[], Made]) -> Made:
    print(f"{words} ...", end=" ", flush=True)
    began = time.monotonic()
    made = work()
    print(f"{time.monotonic() - began:.1f} s", flush=True)
    return made


def _checked(root: Path) -> Library:
    from ..checks.run import check

    library = load(root)
    errors = [problem for problem in check(library) if problem.level == "error"]
    if errors:
        first = errors[0]
        raise Failed(
            "\n"
            + tn(
                "{n} card needs mending first; for example {problem}. See: grader check",
                "{n} cards need mending first; for example {problem}. See: grader check",
                len(errors),
                problem=f"{first.path}:{first.line}: {first.code} {first.message}",
            )
        )
    return library


def _run(command: list[str], folder: Path, log: Path) -> None:
    """Run a stock command of this environment; its words go to the log, and its last lines to the person where it
    fails."""
    done = subprocess.run(
        [*start(PROGRAMS[command[0]]), *command[1:]],
        cwd=folder,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with log.open("a", encoding="utf-8") as stream:
        stream.write(f"$ {' '.join(command)}\n{done.stdout}\n")
    if done.returncode:
        raise Failed(
            f"\n{t('`{command}` did not work (all of it: {log}):', command=' '.join(command), log=log)}\n"
            + "\n".join(done.stdout.strip().splitlines()[-12:])
        )


def _environment() -> dict[str, str]:
    """nbgrader starts `alembic` by its bare name: this environment's programs come first."""
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
