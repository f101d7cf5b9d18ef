"""A safety question that was left open is counted apart in the feedback and in the summary: it was not missed."""

import copy
import re
from pathlib import Path

import pytest

from grader.reports.summary import Row
from grader.reports.summary_view import _trainee
from support.course import choose, released_course
from support.project import run


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    course = released_course(tmp_path_factory.mktemp("gates"))
    for trainee, letter in (("missed", "A"), ("had-it", "D"), ("open", "")):
        course.submit(trainee, choose(copy.deepcopy(course.released), "second-card", letter))
    for words in (["autograde", course.name], ["feedback", course.name], ["summary", course.name]):
        assert run("grader", *words, folder=course.folder).returncode == 0
    return course


def text(path: Path) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", path.read_text()).split())


@pytest.mark.parametrize("by", ["grader", "nbgrader"])
def test_the_feedback_says_missed_of_what_was_answered_and_open_of_what_was_not(graded, by):
    if by == "nbgrader":
        graded.nbgrader("generate_feedback", "--force", graded.name)
    pages = {
        name: text(graded.folder / "feedback" / name / graded.name / f"{graded.name}.html")
        for name in ("missed", "had-it", "open")
    }
    missed, left = (
        "such as violence between partners or a sign of illness that cannot wait. Duty to protect , question 2.",
        "Safety questions left open: duty to protect.",
    )
    assert [(missed in pages[name], left in pages[name]) for name in pages] == [
        (True, False),
        (False, False),
        (False, True),
    ]


def test_the_summary_counts_them_apart(graded):
    page = (graded.folder / f"summary-{graded.name}.html").read_text()
    rows = re.findall(r"<tr.*?</tr>", page.split('id="trainees"')[1].split("</section>")[0], re.S)
    cells = [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)]
        for row in rows
    ]
    safety = cells[0].index("Safety questions")
    said = {row[0]: row[safety] for row in cells if row != cells[0]}
    assert said == {
        "missed": "1 of 1 missed duty to protect",
        "had-it": "none of 1 missed",
        "open": "Left open: duty to protect",
    }


def test_two_missed_questions_about_the_same_danger_are_two():
    rows = [Row("ana", name, False, 3.0, score, False, False) for name, score in (("a", 0.0), ("b", 1.0), ("c", 3.0))]
    found = _trainee("ana", rows, dict.fromkeys("abc", "duty to protect"), frozenset(), "")
    assert (found.missed_count, found.gates, found.missed) == (2, 3, ("duty to protect",))
