"""Exports: each kind under a name of its own, and nobody else's file written over."""

import copy
import csv

import pytest

from support.course import choose, program, released_course
from support.project import run


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    made = released_course(tmp_path_factory.mktemp("exports"))
    made.submit("ana", choose(copy.deepcopy(made.released), "first-card", "B"))
    for command in ("autograde", "feedback", "summary"):
        program("grader", command, made.name, folder=made.folder)
    return made


def export(course, folder, *words, ok=True):
    done = run("grader", "export", *words, "--course", str(course.folder), folder=folder)
    assert (done.returncode == 0) is ok, done.stdout
    return done.stdout


def test_each_form_of_grades_has_a_name_of_its_own(course, tmp_path):
    for words in (
        ["grades"],
        ["grades", "--for", "canvas"],
        ["grades", "--for", "moodle"],
        ["grades", "--for", "canvas", "--assignment", "holding"],
        ["grades", "--for", "csv", "--questions"],
        ["feedback", "holding"],
    ):
        export(course, tmp_path, *words)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "feedback--holding.zip",
        "grades--canvas--holding.csv",
        "grades--canvas.csv",
        "grades--csv--questions.csv",
        "grades--moodle.csv",
        "grades.csv",
    ]
    heads = {path.name: next(csv.reader(path.open()))[0] for path in tmp_path.glob("*.csv")}
    assert heads["grades--canvas.csv"] == "Student" and heads["grades.csv"] == "assignment"


@pytest.mark.parametrize(
    "name, words",
    [
        ("grades.csv", ["export", "grades"]),
        ("grades--canvas.csv", ["export", "grades", "--for", "canvas"]),
        ("feedback--holding.zip", ["export", "feedback", "holding"]),
        ("deck.apkg", ["export", "anki", "--to", "deck.apkg"]),
        ("page.html", ["summary", "holding", "--to", "page.html"]),
        ("log.txt", ["log", "--to", "log.txt"]),
        ("results.csv", ["exam", "results", "holding", "--to", "results.csv"]),
    ],
)
def test_a_file_of_somebodys_own_stays_and_an_earlier_export_is_made_anew(course, tmp_path, name, words):
    at = ["--library", str(course.library.root)] if "anki" in words else ["--course", str(course.folder)]
    own = tmp_path / name
    own.write_text("name,grade\nmy own,1\n")
    done = run("grader", *words, *at, folder=tmp_path)
    assert done.returncode == 1 and f"{name} is there already; nothing was changed" in done.stdout, done
    assert own.read_text() == "name,grade\nmy own,1\n"
    assert run("grader", *words, *at, "--force", folder=tmp_path).returncode == 0
    made = own.read_bytes()
    assert b"my own" not in made
    again = run("grader", *words, *at, folder=tmp_path)
    if name == "log.txt":  # a log begins like any text
        assert again.returncode == 1
    else:
        assert again.returncode == 0 and f"{name} was there, from an earlier time: it is made anew." in again.stdout
