"""How long a report takes, and how much memory, beside one pass over the same gradebook with the standard library.

python bench/report.py [TRAINEES ...]        default: 100 300; every assignment of the library, by synthetic trainees
python bench/report.py 5000x2                the first two assignments alone, so that a large cohort is made in minutes
"""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from gradebook import build


def floor(path: Path) -> float:
    """Seconds to read every score and every kept word once."""
    began = time.perf_counter()
    with sqlite3.connect(path) as database:
        for table in ("grade", "candor_graded"):
            database.execute(f"select * from {table}").fetchall()
    return time.perf_counter() - began


if __name__ == "__main__":
    for given in sys.argv[1:] or ("100", "300"):
        size, _, most = given.partition("x")
        with tempfile.TemporaryDirectory() as place:
            course = Path(place) / "course"
            names = build(course, int(size), int(most) if most else None)
            began = time.perf_counter()
            program = [sys.executable, "-m", "grader", "report", "--course", str(course)]
            subprocess.run(program, check=True, capture_output=True)
            took = time.perf_counter() - began
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            least = floor(course / "gradebook.db")
            print(
                f"{size} trainees x {len(names)} assignments: {took:.1f} s; the floor {least:.1f} s; "
                f"the largest of all programs {peak:.0f} MB",
                flush=True,
            )
