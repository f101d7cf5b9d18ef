"""Seconds that `nbgrader autograde` needs for a cohort: stock, with its kernels, and with our preprocessors, side by side.

    python bench/grading.py [SUBMISSIONS ...]        default: 12

The same notebooks, the same machine, one after the other, in fresh copies of one course. Stock gets its own
preprocessors back (Execute among them); it starts one kernel for each submission and scores nothing, since the
questions then wait for a person.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grader.course.create import create
from grader.demo import cohort
from grader.library import find_root, load

BIN = Path(sys.executable).parent
REPEATS = 3
STOCK = "c = get_config()\n"


def nbgrader(folder: Path, *words: str) -> float:
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    subprocess.run([str(BIN / "nbgrader"), *words], cwd=folder, env=environment, check=True, capture_output=True)
    return time.perf_counter() - began


def prepare(folder: Path, size: int) -> tuple[Path, str]:
    library = load(find_root(Path(__file__).resolve().parent))
    create(folder, library)
    assignment = max(library.assignments.values(), key=lambda card: (len(card.items), card.name))
    nbgrader(folder, "generate_assignment", assignment.name)
    trainees = cohort.cohort(assignment, library, size)
    handed_in = folder / "downloaded" / assignment.name / "archive"
    cohort.hand_in(trainees, folder / "release" / assignment.name / f"{assignment.name}.ipynb", handed_in, assignment, library)
    nbgrader(folder, "zip_collect", assignment.name)
    return folder, assignment.name


def measure(course: Path, name: str, size: int) -> None:
    times: dict[str, list[float]] = {"stock": [], "ours": []}
    for _ in range(REPEATS):
        for kind, taken in times.items():  # in turns, so that a slow minute of the machine hits both
            with tempfile.TemporaryDirectory() as place:
                copy = Path(place) / "course"
                shutil.copytree(course, copy)
                if kind == "stock":
                    (copy / "nbgrader_config.py").write_text(STOCK)
                taken.append(nbgrader(copy, "autograde", name))
    stock, ours = (statistics.median(times[kind]) for kind in ("stock", "ours"))
    print(f"{size:6}  stock {stock:7.2f} s  ours {ours:6.2f} s  ratio {stock / ours:5.1f}  (medians of {REPEATS}, whole process)", flush=True)


if __name__ == "__main__":
    for size in [int(word) for word in sys.argv[1:]] or [12]:
        with tempfile.TemporaryDirectory() as place:
            measure(*prepare(Path(place) / "course", size), size)
