"""An answer that is neither clear nor untouched waits for a person, and every view says so: one course graded by both
commands."""

import copy
import json
import re
import subprocess

import pytest

from support.compare import differences
from support.course import cell
from support.project import run


def first_card(released: dict, change) -> dict:
    """The released notebook with the answer cell of the first question, whose key is B, changed."""
    made = copy.deepcopy(released)
    target = cell(made, "first-card")
    target["source"] = change("".join(target["source"]))
    return made


CLEAR = {
    "escaped": lambda text: text.replace("[ ]", "\\[ \\]").replace("\\[ \\] **B", "\\[x\\] **B"),
    "en-dash": lambda text: text.replace("- [", "– [").replace("[ ] **B", "[x] **B"),
    "ballot-box": lambda text: text.replace("[ ]", "☐").replace("☐ **B", "☒ **B"),
    "html": (
        lambda text: text.replace("[ ]", '<input type="checkbox">').replace(
            '"checkbox"> **B', '"checkbox" checked> **B'
        )
    ),
    "indented": lambda text: "\n".join(f"    {line}" for line in text.split("\n")).replace("[ ] **B", "[x] **B"),
    "beside-the-box": lambda text: text.replace("[ ] **B", "[ ]x **B"),
    "typed-below": lambda text: f"{text}\n\nAnswer: B",
    "other-letters": lambda text: (
        text.replace("**A.**", "**?.**")
        .replace("**B.**", "**A.**")
        .replace("**?.**", "**B.**")
        .replace("[ ] **A", "[x] **A")
    ),
}
WAITS = {
    "change-of-mind": lambda text: text.replace("[ ] **A", "[x] **A") + "\n\nSorry, I meant B, not A",
    "two-marks": lambda text: text.replace("[ ] **A", "[x] **A").replace("[ ] **B", "[x] **B"),
    "broken-bracket": lambda text: text.replace("[ ] **A", "[x] **A").replace("[ ] **B", "[x **B"),
    "in-words": lambda text: "I should take the second one.",
    "emptied": lambda text: "",
    "other-words": lambda text: text.replace("[ ] **B.** Option B", "[x] **B.** Another option"),
}


@pytest.fixture(scope="module")
def graded(course, tmp_path_factory):
    """`course` graded by nbgrader; `twin`, a copy of it, by `grader autograde`."""
    import shutil

    for trainee, change in {**CLEAR, **WAITS, "untouched": lambda text: text}.items():
        course.submit(trainee, first_card(course.released, change))
    typed = copy.deepcopy(course.released)
    asked = cell(typed, "first-card--ask")
    asked["source"] = ["".join(asked["source"]), "\n\nI would say B, and tell them why."]
    course.submit("typed-into-the-question", typed)
    twin = copy.copy(course)
    twin.folder = tmp_path_factory.mktemp("twin") / "course"
    shutil.copytree(course.folder, twin.folder)
    course.output = course.nbgrader("autograde", course.name)
    twin.output = grader(twin, "autograde", course.name).stdout
    return course, twin


def grader(course, *words: str) -> subprocess.CompletedProcess:
    return run("grader", *words, folder=course.folder, apart=True, COLUMNS="200")


def test_both_commands_leave_the_same(graded):
    course, twin = graded
    assert differences(course.folder, twin.folder) == []


@pytest.mark.parametrize("trainee", CLEAR)
def test_what_a_person_reads_at_a_glance_scores(graded, trainee):
    for place in graded:
        assert place.scores(trainee)["first-card"] == (1, False)


@pytest.mark.parametrize("trainee", WAITS)
def test_the_rest_waits_in_the_gradebook_in_the_output_and_at_the_top_of_the_copy(graded, trainee):
    for place in graded:
        assert place.scores(trainee)["first-card"] == (0, True)
        assert f"look at {trainee}: first-card: " in place.output
        assert place.comments(trainee)["first-card"].startswith("A person decides about this answer: ")
        top = json.loads((place.folder / "autograded" / trainee / place.name / f"{place.name}.ipynb").read_text())[
            "cells"
        ][0]
        assert "Question 1 (first-card): a person must look, since " in "".join(top["source"])


def test_untouched_is_blank_and_waits_for_nobody(graded):
    for place in graded:
        assert place.scores("untouched")["first-card"] == (0, False)
        assert "look at untouched" not in place.output and place.comments("untouched")["first-card"].startswith(
            "No option was marked."
        )


def test_the_summary_names_who_waits_and_for_what(graded):
    said = grader(graded[1], "summary", "holding").stdout
    page = (graded[1].folder / "summary-holding.html").read_text()
    rows = [
        re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r"<tr.*?</tr>", page.split('id="looks"')[1], re.S)
    ]
    for trainee in WAITS:
        assert f"waits for a person: {trainee}: 1. first-card" in said
        assert f"{trainee} 1. What is the best next step in first-card?" in map(" ".join, rows)
    assert "a person: untouched" not in said


@pytest.mark.parametrize("trainee", [*CLEAR, *WAITS, "untouched"])
def test_check_and_receipt_say_what_the_grader_will_say(graded, trainee):
    path = str(graded[0].folder / "submitted" / trainee / "holding" / "holding.ipynb")
    said, receipt = grader(graded[1], "check-submission", path), grader(graded[1], "receipt", path).stdout
    waits, answered = trainee in WAITS, trainee in CLEAR
    assert (
        f"holding: {int(answered)} of 4 questions answered." in said.stdout
        and f"Questions: {int(answered)} of 4 answered" in receipt
    )
    assert ("Question 1: a person will have to look, since " in said.stdout) is waits and said.returncode == int(waits)
    assert ("A person must look: Question 1\n" in receipt) is waits
    assert ("Open questions: Question 1, " in receipt) is (trainee == "untouched")


def test_what_was_typed_into_the_question_itself_is_seen_by_graders_check_and_receipt(graded):
    """The check called it open: it had only the notebook's own word for what the question's text was."""
    for place in graded:
        assert place.scores("typed-into-the-question")["first-card"] == (0, True)
    path = str(graded[0].folder / "submitted" / "typed-into-the-question" / "holding" / "holding.ipynb")
    said, receipt = grader(graded[1], "check-submission", path).stdout, grader(graded[1], "receipt", path).stdout
    assert "Question 1: a person will have to look, since " in said and "Open: Question 2, " in said
    assert "A person must look: Question 1\n" in receipt


def test_a_receipt_from_the_desk_which_counts_boxes_still_verifies(graded, tmp_path):
    course = graded[0]
    path = str(course.folder / "submitted" / "change-of-mind" / "holding" / "holding.ipynb")
    lines = grader(course, "receipt", path).stdout.replace("Questions: 0 of 4", "Questions: 1 of 4").splitlines()
    (tmp_path / "r.txt").write_text("\n".join(line for line in lines if "person" not in line))
    assert grader(course, "receipt", path, str(tmp_path / "r.txt")).returncode == 0


def test_it_is_said_again_until_a_supervisor_has_decided(graded):
    from nbgrader.api import Gradebook

    from grader.grading.sample_marks import database

    course = graded[1]
    again = grader(course, "autograde", course.name).stdout
    assert (
        "still waits for a person: change-of-mind: first-card" in again
        and "still waits for a person: two-marks: first-card" in again
    )
    with Gradebook(database(course.folder)) as gradebook:  # what Formgrader writes when a score is typed in
        grade = gradebook.find_grade("first-card", course.name, course.name, "two-marks")
        grade.manual_score, grade.needs_manual_grade = 1.0, False
        gradebook.db.commit()
    again = grader(course, "autograde", course.name).stdout
    assert "change-of-mind: first-card" in again and "two-marks" not in again
    assert "two-marks" not in grader(course, "summary", course.name).stdout
    for _ in range(2):  # the decision outlives another grading
        grader(course, "autograde", course.name, "--force", "--trainee", "two-marks")
    assert "a person: two-marks" not in grader(course, "summary", course.name).stdout
    grader(course, "feedback", course.name)
    for trainee, unmarked in (("two-marks", 0), ("change-of-mind", 1)):  # the answer; the reflection is blank
        page = (course.folder / "feedback" / trainee / course.name / f"{course.name}.html").read_text()
        assert page.count("not marked yet</span>") == unmarked
