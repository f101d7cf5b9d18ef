"""How long a cohort takes: stock nbgrader, stock nbgrader with our preprocessors, `grader autograde`, and the floor.

    python bench/grading.py [SUBMISSIONS ...]                  default: 1 10 50 200
    python bench/grading.py --ours 1000 10000                  ours and the floor alone

Whole processes, start included, on the same notebooks in fresh copies of one course, in turns, so that a slow minute of
the machine hits all; medians. *Stock* gets its own preprocessors back (`Execute` among them): it starts a kernel for
each submission, though there is nothing to run, and scores nothing. *Floor*: read and parse each notebook, write a file
of the same size, insert the same rows into the same gradebook; no grading, no start. Memory is the largest process's,
of ours.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

from grader.cards.library import find_root, load
from grader.demo import cohort
from grader.grading.create import create
from grader.grading.gradebook import INDEXES

BIN = Path(sys.executable).parent
STOCK = "c = get_config()\n"
COMMENT = "The reason for the best and for the chosen option. " * 12  # as long as ours are
ENVIRONMENT = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)


def run(folder: Path, *words: str) -> float:
    began = time.perf_counter()
    done = subprocess.run(
        [str(BIN / words[0]), *words[1:]], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True
    )
    taken = time.perf_counter() - began
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return taken


def prepare(folder: Path, size: int) -> tuple[Path, str]:
    library = load(find_root(Path(__file__).resolve().parent))
    create(folder, library)
    assignment = max(library.assignments.values(), key=lambda card: (len(card.items), card.name))
    run(folder, "nbgrader", "generate_assignment", assignment.name)
    released = json.loads((folder / "release" / assignment.name / f"{assignment.name}.ipynb").read_text())
    for trainee in cohort.cohort(assignment, library, size):
        path = folder / "submitted" / trainee.id / assignment.name / f"{assignment.name}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(cohort.answered(released, trainee, library), indent=1), encoding="utf-8")
    return folder, assignment.name


def floor(course: Path, name: str) -> float:
    """Reading and parsing each notebook, writing a file of its size, inserting its rows into the gradebook; nothing
    else."""
    began = time.perf_counter()
    database = sqlite3.connect(course / "gradebook.db")
    for index, (table, column) in INDEXES.items():
        database.execute(f"create index if not exists {index} on {table.name} ({column})")
    (notebook,) = database.execute(
        "select n.id from notebook n join assignment a on a.id = n.assignment_id where a.name = ?", (name,)
    ).fetchone()
    (assignment,) = database.execute("select id from assignment where name = ?", (name,)).fetchone()
    kinds = dict(database.execute("select id, type from base_cell where notebook_id = ?", (notebook,)).fetchall())
    people, submissions, notebooks, grades, comments = [], [], [], [], []
    for path in sorted((course / "submitted").glob(f"*/{name}/{name}.ipynb")):
        data = path.read_bytes()
        json.loads(data)
        trainee, submission, submitted = path.parts[-3], uuid.uuid4().hex, uuid.uuid4().hex
        target = course / "floor" / trainee / name
        target.mkdir(parents=True)
        (target / path.name).write_bytes(data)
        people.append((trainee,))
        submissions.append((submission, assignment, trainee))
        notebooks.append((submitted, submission, notebook))
        grades += [
            (uuid.uuid4().hex, submitted, cell, 1.0, 0) for cell, kind in kinds.items() if kind != "SolutionCell"
        ]
        comments += [
            (uuid.uuid4().hex, submitted, cell, COMMENT) for cell, kind in kinds.items() if kind != "GradeCell"
        ]
    with database:
        database.executemany("insert into student (id) values (?)", people)
        database.executemany(
            "insert into submitted_assignment (id, assignment_id, student_id) values (?, ?, ?)", submissions
        )
        database.executemany(
            "insert into submitted_notebook (id, assignment_id, notebook_id, flagged) values (?, ?, ?, 0)", notebooks
        )
        database.executemany(
            "insert into grade (id, notebook_id, cell_id, auto_score, needs_manual_grade) values (?, ?, ?, ?, ?)",
            grades,
        )
        database.executemany(
            "insert into comment (id, notebook_id, cell_id, auto_comment) values (?, ?, ?, ?)", comments
        )
    database.close()
    return time.perf_counter() - began


def measure(course: Path, name: str, size: int, kinds: tuple[str, ...], repeats: int) -> None:
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(repeats):
        for kind in kinds:
            with tempfile.TemporaryDirectory() as place:
                copy = Path(place) / "course"
                shutil.copytree(course, copy)
                if kind == "stock":
                    (copy / "nbgrader_config.py").write_text(STOCK)
                if kind == "floor":
                    times[kind].append(floor(copy, name))
                else:
                    words = ("grader", "autograde", name) if kind == "ours" else ("nbgrader", "autograde", name)
                    times[kind].append(run(copy, *words))
    medians = {kind: statistics.median(taken) for kind, taken in times.items()}
    parts = [
        f"{kind} {seconds:.2f} s" + (f" ({seconds / medians['ours']:.1f}x)" if kind != "ours" else "")
        for kind, seconds in medians.items()
    ]
    if "stock" in medians:
        parts.append(f"stock / preprocessors {medians['stock'] / medians['preprocessors']:.1f}x")
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{size:6} submissions: {', '.join(parts)}; {size / medians['ours']:.0f} a second; largest process so far"
        f" {memory:.0f} MiB",
        flush=True,
    )


if __name__ == "__main__":
    words = sys.argv[1:]
    ours_alone = "--ours" in words
    for size in [int(word) for word in words if word.isdigit()] or [1, 10, 50, 200]:
        with tempfile.TemporaryDirectory() as place:
            kinds = ("ours", "floor") if ours_alone else ("stock", "preprocessors", "ours", "floor")
            measure(
                *prepare(Path(place) / "course", size),
                size,
                kinds,
                1 if (size >= 200 and not ours_alone) or size > 1000 else 3,
            )
