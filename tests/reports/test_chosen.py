"""What the cohort chose, in each trainee's feedback: only where the course wants it, from fifteen answers on."""

import copy
import re

import pytest

from support.course import choose, released_course
from support.project import run

CHOICES = {"A": 3, "B": 0, "C": 1, "D": 11}  # of the second card; the first one is answered by fourteen


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    course = released_course(tmp_path_factory.mktemp("chosen"))
    letters = [letter for letter, count in CHOICES.items() for _ in range(count)]
    for number, letter in enumerate(letters):
        notebook = choose(copy.deepcopy(course.released), "second-card", letter)
        course.submit(f"t{number:02}", choose(notebook, "first-card", "A" if number else ""))
    course.submit("away", copy.deepcopy(course.released))
    assert run("grader", "autograde", course.name, folder=course.folder).returncode == 0
    return course


def shown(course, trainee="t00"):
    """Question -> the share beside each option, in the order of the letters."""
    page = (course.folder / "feedback" / trainee / course.name / f"{course.name}.html").read_text()
    parts = re.split(r'<div class="feedback-place" id="([a-z-]+)"', page)
    return {name: re.findall(r'candor-num">(\d+) %</span>', part) for name, part in zip(parts[1::2], parts[2::2])}


def feedback(course, by):
    if by == "nbgrader":
        course.nbgrader("generate_feedback", "--force", course.name)
    else:
        assert run("grader", "feedback", course.name, folder=course.folder).returncode == 0


@pytest.mark.parametrize("by", ["grader", "nbgrader"])
def test_only_where_the_program_wants_it_and_enough_answered(graded, by):
    assert run("grader", "course", str(graded.folder), "--no-shares").returncode == 0
    feedback(graded, by)
    assert not any(shown(graded).values())
    said = run("grader", "course", str(graded.folder), "--shares")
    assert said.returncode == 0 and ("shares" in said.stdout), said.stderr
    feedback(graded, by)
    found = shown(graded)
    assert found["second-card"] == ["20", "0", "7", "73"], "of the fifteen who answered, not of the sixteen graded"
    assert not found["first-card"], "fourteen answers are too few"
    assert shown(graded, "away")["second-card"] == found["second-card"]
