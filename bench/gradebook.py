"""How long nbgrader's own pages and its export take over a large gradebook: without our four indexes, with them, and
ours.

    python bench/gradebook.py [TRAINEES]        default: 200; 1000 takes some minutes, nearly all of them stock's

Every assignment of the library, handed in by every synthetic trainee. *Pages* is what Formgrader asks for the list of
submissions of one assignment (nbgrader's own API, no HTTP). The scores are compared before the times are printed.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from grading import run

from grader.cards.library import find_root, load
from grader.demo import cohort
from grader.grading.create import create
from grader.grading.gradebook import INDEXES
from grader.grading.run import autograde
from grader.reports.export import export


def build(course: Path, size: int, most: int | None = None) -> list[str]:
    """A graded course of `size` trainees and the library's first `most` assignments, or all: their names."""
    library = load(find_root(Path(__file__).resolve().parent))
    create(course, library)
    names = list(library.assignments)[:most]
    for name in names:
        assignment = library.assignments[name]
        run(course, "nbgrader", "generate_assignment", name)
        released = json.loads((course / "release" / name / f"{name}.ipynb").read_text())
        for trainee in cohort.cohort(assignment, library, size):
            path = course / "submitted" / trainee.id / name / f"{name}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(json.dumps(cohort.answered(released, trainee, library)), encoding="utf-8")
        autograde(course, name)
    return names


def timed(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def pages(course: Path, name: str) -> None:
    code = (
        "from nbgrader.apps.api import NbGraderAPI; from nbgrader.coursedir import CourseDirectory; from"
        f" traitlets.config import Config\nc = Config(); c.CourseDirectory.root = {str(course)!r};"
        " c.CourseDirectory.course_id = 'candor'\napi = NbGraderAPI(CourseDirectory(config=c), config=c)\nimport time;"
        f" began = time.perf_counter()\nfound = api.get_submissions({name!r})\nprint(time.perf_counter() - began,"
        " len(found))\n"
    )
    import subprocess

    done = subprocess.run([sys.executable, "-c", code], cwd=course, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-2])


def scores(path: Path) -> list[tuple]:
    with path.open() as stream:
        return sorted(
            (row["assignment"], row["student_id"], round(float(row["score"]), 6)) for row in csv.DictReader(stream)
        )


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as place:
        course = Path(place) / "course"
        names = build(course, size)
        print(f"{size} trainees x {len(names)} assignments", flush=True)
        ours = timed(lambda: export(course, course / "ours.csv"))
        found = {}
        with_indexes = pages(course, names[0]), timed(lambda: run(course, "nbgrader", "export", "--to", "indexed.csv"))
        with sqlite3.connect(course / "gradebook.db") as database:
            for name in INDEXES:
                database.execute(f"drop index {name}")
        without = pages(course, names[0]), timed(lambda: run(course, "nbgrader", "export", "--to", "stock.csv"))
        assert scores(course / "ours.csv") == scores(course / "stock.csv") == scores(course / "indexed.csv")
        print(
            f"Formgrader's list: stock {without[0]:.2f} s, with the indexes {with_indexes[0]:.2f} s"
            f" ({without[0] / with_indexes[0]:.0f}x)"
        )
        print(
            f"CSV: nbgrader export {without[1]:.1f} s, with the indexes {with_indexes[1]:.1f} s, grader export grades"
            f" {ours:.3f} s ({without[1] / ours:.0f}x)"
        )
