"""What neither grader grades is named by both, in the same words, and neither ends as if all were well; another
notebook beside the one that is graded is named, since the answers may stand in it."""

import pytest

from support.course import released_course
from support.project import run


@pytest.fixture
def course(tmp_path):
    made = released_course(tmp_path)
    made.submit("honest", made.released)
    return made


@pytest.mark.parametrize("by", ["grader", "nbgrader"])
@pytest.mark.parametrize("kind", ["another name", "a time that is none"])
def test_it_is_named_and_the_command_ends_with_1(course, kind, by):
    notebook = course.submit("ada", course.released)
    if kind == "another name":
        notebook.rename(notebook.with_name(f"{course.name} (1).ipynb"))
        words = f"there is no {course.name}.ipynb in it. Ask for the notebook under that name."
    else:
        notebook.with_name("timestamp.txt").write_text("yesterday")
        words = "there is no time in it that can be read."
    done = run(by, "autograde", course.name, folder=course.folder)
    assert done.returncode == 1 and words in done.stdout and "mistake of the grader" not in done.stdout
    assert (course.folder / "autograded" / "honest" / course.name / f"{course.name}.ipynb").is_file()


@pytest.mark.parametrize("by", ["grader", "nbgrader"])
def test_another_notebook_beside_it_is_named(course, by):
    notebook = course.submit("ada", course.released)
    notebook.with_name(f"{course.name} (1).ipynb").write_bytes(notebook.read_bytes())
    done = run(by, "autograde", course.name, folder=course.folder)
    assert f"{course.name} (1).ipynb" in done.stdout and done.returncode == 0


def test_feedback_that_the_disk_does_not_take_is_said_as_that(course):
    run("grader", "autograde", course.name, folder=course.folder)
    (course.folder / "feedback").mkdir()
    (course.folder / "feedback" / "honest").write_text("in the way")
    done = run("grader", "feedback", course.name, folder=course.folder)
    assert done.returncode == 1 and "no feedback could be written for honest. Mend that" in done.stdout
    assert "--force" not in done.stdout and "Traceback" not in done.stdout


def test_columns_of_a_list_that_are_not_read_are_named_beside_those_that_are_looked_for(course, tmp_path):
    (tmp_path / "liste.csv").write_text("username,Vorname,Nachname\nhonest,Ada,Okafor\n", "utf-8")
    said = run("grader", "roster", str(tmp_path / "liste.csv"), folder=course.folder).stdout
    assert "not read: Vorname, Nachname. " in said and "first name, last name, name, email." in said
    (tmp_path / "list.csv").write_text(
        "username,first name,last name,email,Group\nhonest,Ada,Okafor,a@b.org,1\n", "utf-8"
    )
    assert "not read" not in run("grader", "roster", str(tmp_path / "list.csv"), folder=course.folder).stdout
