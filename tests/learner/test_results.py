"""Results of a form from the gradebook: pass, undecided or not, with the standard error, by the panel's own form."""

import csv

import pytest

from grader.grading.run import autograde
from support.course import cell, choose, program, released_course

RIGHT = {"first-card": "B", "second-card": "D", "many-card": "AC", "exam-card": "A"}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    made = released_course(tmp_path_factory.mktemp("results"))
    made.nbgrader("db", "student", "add", "absent")
    answered = {"all": RIGHT, "two": dict(list(RIGHT.items())[:2]), "none": {"first-card": "A"}, "blank": {}}
    for trainee, answers in answered.items():
        notebook = made.released
        for name, letters in answers.items():
            choose(notebook, name, letters)
        made.submit(trainee, notebook)
    notebook = made.released
    cell(notebook, "first-card")["source"] += "\n\nB or C?"
    made.submit("unclear", notebook)
    autograde(made.folder, made.name)
    with (made.folder / "ratings.csv").open("w", newline="") as stream:
        rows = [[judge, name, rating] for judge, rating in (("Ines", 0.6), ("Mary", 0.5)) for name in RIGHT]
        csv.writer(stream).writerows([["judge", "question", "rating"], *rows])
    return made


def said(course, *words, ok=True) -> dict[str, str]:
    printed = program("grader", "exam", "results", course.name, *words, folder=course.folder, ok=ok)
    return dict(line.strip().split(": ", 1) for line in printed.splitlines() if line.startswith("  ")) | {"": printed}


def test_each_trainee_by_the_panels_cut(course):
    found = said(course, "--ratings", "ratings.csv", "--to", "results.csv")
    assert "Cut: 2.2 of 4 (standard error 0.2)." in found[""]
    assert found["all"] == "pass; 4 of 4, standard error 0"
    assert found["two"].startswith("undecided; 2 of 4, standard error 1.15")
    assert found["none"].startswith("not passed; 0 of 4, standard error 0; safety questions missed: second-card")
    assert found["absent"] == "missing" and found["blank"] == "blank" and found["unclear"].startswith("open; ")
    rows = {row["trainee"]: row for row in csv.DictReader((course.folder / "results.csv").open())}
    assert rows["two"]["decided"] == "undecided" and rows["unclear"]["decided"] == "" == rows["absent"]["decided"]


def test_without_a_panel_there_is_no_pass(course):
    found = said(course)
    assert "No panel set a standard" in found[""] and found["all"].startswith("marked; 4 of 4")


def test_a_standard_belongs_to_its_form(course):
    text = (course.folder / "ratings.csv").read_text()
    (course.folder / "other.csv").write_text(text.replace("exam-card", "another-card"))
    assert "nobody rated exam-card" in said(course, "--ratings", "other.csv", ok=False)[""]
    words = ["--question", "exam-card", "--drop", "--because", "x", "--yes"]
    program("grader", "regrade", course.name, *words, folder=course.folder)
    found = said(course, "--ratings", "ratings.csv")
    assert "Cut: 1.65 of 3" in found[""] and found["all"].startswith("pass; 3 of 3")
