"""Due dates, extensions and nbgrader's late penalty: the same in both graders, said to trainees and in reports."""

import csv
import sqlite3

import pytest
from nbgrader.api import Gradebook

from grader.grading.run import autograde
from grader.grading.sample_marks import database
from support.compare import differences
from support.course import Course, choose, program, twin, write_library

HANDED_IN = {
    "in-time": "2026-02-28 10:00:00 UTC",
    "late": "2026-03-02 10:00:00 UTC",
    "extended": "2026-03-02 10:00:00 UTC",
    "later-still": "2026-03-09 10:00:00 UTC",
    "unknown-time": "",
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """(stock, fast): a course with a due date, in which lateness costs everything."""
    base = tmp_path_factory.mktemp("late")
    made = Course(write_library(base / "library"), base / "stock")
    config = made.folder / "nbgrader_config.py"
    config.write_text(f"{config.read_text()}\nget_config().LateSubmissionPlugin.penalty_method = 'zero'\n")
    made.nbgrader("db", "assignment", "add", made.name, "--duedate", "2026-03-01 17:00:00 UTC")
    made.nbgrader("generate_assignment", made.name)
    for trainee, time in HANDED_IN.items():
        path = made.submit(trainee, choose(choose(made.released, "first-card", "B"), "many-card", "A"))
        if time:
            (path.parent / "timestamp.txt").write_text(time)
    autograde(made.folder, made.name)
    with Gradebook(database(made.folder)) as gradebook:
        for trainee in ("extended", "later-still"):
            gradebook.grant_extension(made.name, trainee, days=2)
        grade = gradebook.find_grade("second-card", made.name, made.name, "later-still")
        grade.manual_score, grade.extra_credit = 2.5, 0.25
        gradebook.db.commit()
    fast = twin(made, base / "fast")
    made.nbgrader("autograde", made.name, "--force")
    fast.said = program("grader", "autograde", fast.name, "--force", folder=fast.folder)
    return made, fast


def test_both_graders_take_off_the_same(graded):
    stock, fast = graded
    assert differences(stock.folder, fast.folder) == []
    with sqlite3.connect(fast.folder / "gradebook.db") as connection:
        found = connection.execute(
            "select a.student_id, n.late_submission_penalty from submitted_notebook n"
            " join submitted_assignment a on a.id = n.assignment_id"
        )
        assert dict(found) == {"in-time": None, "late": 2, "extended": None, "later-still": 4.75, "unknown-time": None}
    assert "late: late, later-still" in fast.said


def test_trainees_read_the_due_date_and_what_lateness_costs_in_the_first_cell(graded):
    first = "".join(graded[1].released["cells"][0]["source"])
    assert "**Hand it in by 1 March 2026, 17:00 UTC.** What comes later scores nothing." in first


def test_reports_count_it(graded, tmp_path):
    fast = graded[1]
    program("grader", "export", "grades", "--for", "csv", "--to", str(tmp_path / "g.csv"), folder=fast.folder)
    rows = {row["trainee"]: row for row in csv.DictReader((tmp_path / "g.csv").open())}
    found = {who: (row["holding"], row["holding penalty"], row["holding status"]) for who, row in rows.items()}
    assert found["late"] == ("0", "2", "marked, late") and found["in-time"] == ("2", "0", "marked")
    assert found["extended"] == ("2", "0", "marked") and found["later-still"] == ("0", "4.75", "marked, late")
    program("grader", "feedback", fast.name, folder=fast.folder)
    page = (fast.folder / "feedback/late/holding/holding.html").read_text()
    assert "after 2 taken off for lateness" in page and "0 of 15 points" in page


def test_an_extension_that_is_granted_later_counts_when_it_is_graded_again(graded):
    fast = graded[1]
    with Gradebook(database(fast.folder)) as gradebook:
        gradebook.grant_extension(fast.name, "late", days=3)
    autograde(fast.folder, fast.name, force=True)
    with Gradebook(database(fast.folder)) as gradebook:
        assert gradebook.find_submission(fast.name, "late").score == 2
