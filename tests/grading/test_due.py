"""`grader due`: a date and an extension, set before and after the first release, and who counts as late by them."""

import json
import sqlite3

import pytest

from support.course import Course, choose, program, twin, write_library
from support.project import run


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    base = tmp_path_factory.mktemp("due")
    made = Course(write_library(base / "library"), base / "course")
    config = made.folder / "nbgrader_config.py"
    config.write_text(f"{config.read_text()}\nget_config().LateSubmissionPlugin.penalty_method = 'zero'\n")
    made.said = program("grader", "due", made.name, "2026-03-01 17:00 UTC", folder=made.folder)
    made.nbgrader("generate_assignment", made.name)
    with sqlite3.connect(made.folder / "gradebook.db") as connection:
        connection.execute("update candor_released set at = '2026-01-01T00:00:00+00:00'")
    for trainee in ("ana", "bo", "chen"):
        program("nbgrader", "db", "student", "add", trainee, folder=made.folder)
    return made


@pytest.fixture
def place(released, tmp_path):
    return twin(released, tmp_path / "course")


def test_a_date_set_before_the_first_release_reaches_the_notebook(place):
    assert "holding: due 2026-03-01 17:00 UTC. What comes later scores nothing." in place.said
    ours = place.released["metadata"]["candor"]
    assert (ours["due"], ours["late"]) == ("2026-03-01T17:00:00Z", "zero")
    assert "**Hand it in by 1 March 2026, 17:00 UTC.**" in "".join(place.released["cells"][0]["source"])
    assert "says another date" not in program("grader", "due", folder=place.folder)


@pytest.mark.parametrize("grade", [("grader", "autograde"), ("nbgrader", "autograde")])
def test_an_extension_given_before_anything_came_holds_in_both_graders_and_in_collect(place, grade, tmp_path):
    said = program("grader", "due", "holding", "2026-03-03 18:00+01:00", "--for", "bo", folder=place.folder)
    assert "bo: until 2026-03-03 17:00 UTC" in said and "desk/index.html#until=holding,2026-03-03T17:00Z" in said
    for trainee, letter in (("ana", "B"), ("bo", "B")):
        path = tmp_path / f"{trainee}__holding__2026-03-02T10-00-00.ipynb"
        path.write_text(json.dumps(choose(place.released, "first-card", letter)))
    said = program("grader", "collect", "holding", *map(str, tmp_path.glob("*.ipynb")), "--force", folder=place.folder)
    if grade[0] == "grader":
        assert "late              ana" in said and "collected         bo" in said
    program(*grade, "holding", "--force", folder=place.folder)
    with sqlite3.connect(place.folder / "gradebook.db") as connection:
        found = dict(
            connection.execute(
                "select a.student_id, n.late_submission_penalty from submitted_notebook n"
                " join submitted_assignment a on a.id = n.assignment_id"
            )
        )
    assert found["ana"] and not found["bo"]


def test_another_date_says_what_is_to_do_and_all_is_logged(place):
    program("grader", "due", "holding", "2026-03-03 17:00 UTC", "--for", "bo", folder=place.folder)
    said = program("grader", "due", "holding", "2026-03-05", "--as", "KB", folder=place.folder)
    assert "the notebook that was handed out says another date" in said.lower()
    assert "bo: until 2026-03-0" in said  # two days beyond whatever the date is
    log = program("grader", "log", folder=place.folder)
    assert "KB: due holding" in log and "extended holding bo" in log
    said = program("grader", "due", "holding", "--none", "--for", "bo", folder=place.folder)
    assert "  bo: " not in said
    assert "no due date" in program("grader", "due", "holding", "--none", folder=place.folder)


@pytest.mark.parametrize(
    "words, said",
    [
        (["nothing", "2026-03-05"], "There is no assignment `nothing`"),
        (["holding", ""], "The date is empty."),
        (["holding", "5 March"], "is no day and time"),
        (["holding", "2026-13-05 10:00"], "is no day and time"),
        (["holding", "2026-03-05", "--for", "ana"], "has no due date to extend"),
        (["holding", "2026-03-05", "--none"], "either a date or --none"),
    ],
)
def test_what_cannot_be_set_is_one_line(place, words, said):
    if said == "has no due date to extend":
        program("grader", "due", "holding", "--none", folder=place.folder)
    found = program("grader", "due", *words, folder=place.folder, ok=False)
    assert said in found and len(found.strip().splitlines()) == 1


def test_an_extension_is_later_and_for_somebody_on_the_roster(place):
    program("grader", "due", "holding", "2026-03-05", folder=place.folder)
    for words, said in (
        (["2026-03-01", "--for", "ana"], "is not after"),
        (["2026-04-01", "--for", "nobody"], "There is no trainee `nobody`"),
    ):
        assert said in program("grader", "due", "holding", *words, folder=place.folder, ok=False)


def test_a_date_is_set_before_the_first_release_in_any_language(tmp_path):
    own = tmp_path / "edition"
    own.mkdir()
    (own / "program.yml").write_text("name: An Institute\nlanguage: en-XA\n")
    made = Course(write_library(tmp_path / "library"), tmp_path / "course", edition=own)
    done = run("grader", "due", made.name, "2027-03-01 18:00", folder=made.folder, apart=True)
    assert done.returncode == 0 and "2027-03-01" in done.stdout, done.stderr
