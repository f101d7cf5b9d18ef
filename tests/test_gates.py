"""A safety question that was left open is counted apart in the feedback and in the summary: it was not missed."""

import copy
import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.course import Course, choose, write_library

GRADER = str(Path(sys.executable).with_name("grader"))


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    base = tmp_path_factory.mktemp("gates")
    course = Course(write_library(base / "library"), base / "course")
    course.nbgrader("generate_assignment", course.name)
    for trainee, letter in (("missed", "A"), ("had-it", "D"), ("open", "")):
        course.submit(trainee, choose(copy.deepcopy(course.released), "second-card", letter))
    for words in (["autograde", course.name], ["feedback", course.name], ["summary", course.name]):
        subprocess.run([GRADER, *words], cwd=course.folder, check=True, capture_output=True)
    return course


def text(path: Path) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", path.read_text()).split())


@pytest.mark.parametrize("by", ["grader", "nbgrader"])
def test_the_feedback_says_missed_of_what_was_answered_and_open_of_what_was_not(graded, by):
    if by == "nbgrader":
        graded.nbgrader("generate_feedback", "--force", graded.name)
    pages = {name: text(graded.folder / "feedback" / name / graded.name / f"{graded.name}.html") for name in ("missed", "had-it", "open")}
    missed, left = "Take to supervision: duty to protect.", "Safety questions left open: duty to protect."
    assert [(missed in pages[name], left in pages[name]) for name in pages] == [(True, False), (False, False), (False, True)]


def test_the_summary_counts_them_apart(graded):
    rows = re.findall(r"<tr>(.*?)</tr>", (graded.folder / f"summary-{graded.name}.html").read_text(), re.S)
    heads = [re.sub(r"<[^>]+>", "", head) for head in re.findall(r"<th[^>]*>(.*?)</th>", rows[0], re.S)]
    missed, left = heads.index("Safety questions missed"), heads.index("Safety questions left open")
    said = {}
    for row in rows[1:4]:
        cells = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
        said[cells[0]] = (cells[missed], cells[left])
    assert said == {"missed": ("duty to protect", ""), "had-it": ("", ""), "open": ("", "duty to protect")}
