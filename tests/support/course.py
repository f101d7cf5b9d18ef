"""A small library and a course on it, driven by stock nbgrader commands; used by several tests."""

import copy
import functools
import json
import shutil
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

from grader.cards.library import load
from grader.checks.edition import take
from grader.grading.create import create

from .project import run

CARD = """\
use: {use}
objective: hold-secrets
kind: {kind}
level: apply
story: |
  The story of {name}, with *emphasis* and 5 < 7.
ask: What is the best next step in {name}?
options:
{options}
explain: |
  EXPLAIN-{name}
unless: UNLESS-{name}
{gate}sources: [someone2020work]
review: draft
"""
CHAPTER = """\
---
title: Confidentiality
minutes: 45
objectives:
  hold-secrets: Apply a stated policy to a secret that one partner tells alone.
covers: [aasect-cst/a]
review: draft
---

# Confidentiality
"""
REFLECTION = """\
title: What you would say
chapter: confidentiality
objective: hold-secrets
words: 20-60
prompt: |
  Write what you would say.
criteria:
  - name: Both partners
    4: SCHEME-both named
    2: SCHEME-one named
    0: SCHEME-none named
  - name: The policy
    4: SCHEME-policy applied
    0: SCHEME-no policy
escalate: [SCHEME-anything about danger]
anchors:
  - marks: [4, 4]
    answer: SCHEME-anchor strong
  - marks: [0, 0]
    answer: SCHEME-anchor weak
review: draft
"""
ASSIGNMENT = """\
title: Holding what you are told
chapters: [confidentiality]
minutes: 30
intro: Take your time.
items:
  - question: first-card
  - question: second-card
    points: 3
  - question: many-card
    points: 2
  - vignette: a-case
  - reflection: what-you-would-say
review: draft
"""
VIGNETTE = """\
title: A case
chapters: [confidentiality]
origin: invented
setting: A practice
people:
  - name: Ines
    age: 41
    pronouns: she/her
    story: A teacher.
parts:
  - title: Intake
    story: |
      She calls.
    ask:
      - question: exam-card
      - write: What do you want to know?
    teacher: TEACHER-note
review: draft
"""


def write_card(
    root: Path, name: str, right: str, use="graded", kind="one-best-answer", count=4, gate="", task=""
) -> None:
    options = "".join(
        f"  - {'right' if letter in right else 'wrong'}: Option {letter} of {name}.\n    why: |\n     "
        f" WHY-{letter}-{name}\n"
        for letter in "ABCDE"[:count]
    ).rstrip("\n")
    path = root / "exercises/bank/confidentiality" / f"{name}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        CARD.format(
            use=use,
            kind=kind,
            name=name,
            options=options,
            gate=f"gate: {gate}\n" * bool(gate) + f"task: {task}\n" * bool(task),
        )
    )


def write_library(root: Path) -> Path:
    for folder in ("book/ethics", "case_vignettes", "exercises/reflections", "exercises/assignments"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "book/_toc.yml").write_text(
        "format: jb-book\nroot: intro\nparts:\n- caption: Ethics\n  chapters:\n  - file: ethics/confidentiality\n"
    )
    (root / "book/ethics/confidentiality.md").write_text(CHAPTER)
    (root / "book/references.bib").write_text("@book{someone2020work,\n  title = {Work}\n}\n")
    write_card(root, "first-card", "B")
    write_card(root, "second-card", "D", gate="duty-to-protect")
    write_card(root, "many-card", "AC", kind="all-that-apply", count=5)
    write_card(root, "exam-card", "A", use="exam", task="assessment")
    (root / "exercises/reflections/what-you-would-say.yml").write_text(REFLECTION)
    (root / "exercises/assignments/holding.yml").write_text(ASSIGNMENT)
    (root / "case_vignettes/a-case.yml").write_text(VIGNETTE)
    return root


def program(*words: str, folder: Path, ok: bool | None = True, given: str = "") -> str:
    """What one of this environment's programs prints, run in a folder."""
    done = run(*words, folder=folder, given=given)
    assert (done.returncode == 0) is ok or ok is None, done.stdout
    return done.stdout


class Course:
    """A course folder, and what a supervisor does in it."""

    name = "holding"

    def __init__(self, root: Path, folder: Path, version: str = "", edition: Path | None = None):
        self.library, self.folder = take(load(root, edition=edition)), folder
        assert not self.library.problems
        create(folder, self.library, version=version)

    def nbgrader(self, *words: str, ok=True) -> str:
        return program("nbgrader", *words, folder=self.folder, ok=ok)

    @property
    def released(self) -> dict:
        return json.loads((self.folder / "release" / self.name / f"{self.name}.ipynb").read_text())

    def submit(self, trainee: str, content) -> Path:
        path = self.folder / "submitted" / trainee / self.name / f"{self.name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    def scores(self, trainee: str) -> dict[str, tuple[float | None, bool]]:
        from nbgrader.api import Gradebook

        with Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}") as gradebook:
            notebook = gradebook.find_submission_notebook(self.name, self.name, trainee)
            return {grade.name: (grade.auto_score, grade.needs_manual_grade) for grade in notebook.grades}

    def comments(self, trainee: str) -> dict[str, str | None]:
        from nbgrader.api import Gradebook

        with Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}") as gradebook:
            notebook = gradebook.find_submission_notebook(self.name, self.name, trainee)
            return {comment.name: comment.auto_comment for comment in notebook.comments}


@functools.cache
def _released_once() -> tuple[Course, TemporaryDirectory]:
    place = TemporaryDirectory(prefix="candor-released-")
    made = Course(write_library(Path(place.name, "library")), Path(place.name, "course"))
    made.nbgrader("generate_assignment", made.name)
    return made, place


def released_course(base: Path) -> Course:
    """The small library in `base`, and a course on it whose one assignment nbgrader released: it does so once for a
    process, and the rest are copies that know where they lie."""
    there, place = _released_once()
    made = copy.copy(there)
    made.folder = base / "course"
    for name in ("library", "course"):
        shutil.copytree(Path(place.name, name), base / name)
    made.library = load(base / "library")
    config = made.folder / "nbgrader_config.py"
    config.write_text(config.read_text().replace(place.name, str(base)))
    with sqlite3.connect(made.folder / "gradebook.db") as connection:
        connection.execute("update candor_released set cards = replace(cards, ?, ?)", (place.name, str(base)))
    return made


def twin(course: Course, folder: Path) -> Course:
    """A course once more in another folder, on the same library."""
    made = copy.copy(course)
    made.folder = folder
    shutil.copytree(course.folder, folder)
    return made


def cell(notebook: dict, name: str) -> dict:
    return next(c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == name)


def choose(notebook: dict, name: str, letters: str) -> dict:
    target = cell(notebook, name)
    source = "".join(target["source"])
    for letter in letters:
        assert f"- [ ] **{letter}.**" in source
        source = source.replace(f"- [ ] **{letter}.**", f"- [x] **{letter}.**")
    target["source"] = source
    return notebook
