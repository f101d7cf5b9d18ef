"""Versions of a course: other stories of the same sets, through stock nbgrader; and a notebook of the other version
is nobody's silent zero."""

import copy
import re

import pytest

from grader.cards.library import load
from grader.cards.render import opening
from grader.grading import run as engine
from grader.grading.create import CannotCreate, create
from grader.notebook.assemble import questions
from grader.web.words import typeset
from support.course import Course, cell, choose
from support.libraries import copy_of_good
from support.project import run

STORY = {"A": "the-name-from-before", "B": "tests-on-thursday"}


@pytest.fixture(scope="module")
def courses(tmp_path_factory) -> dict[str, Course]:
    """The good library's assignment, released in version A and in version B."""
    base = tmp_path_factory.mktemp("versions")
    root = copy_of_good(base)
    made = {letter: Course(root, base / letter, letter) for letter in "AB"}
    for course in made.values():
        course.nbgrader("generate_assignment", course.name)
    return made


def answered(course: Course) -> dict:
    """Every question of a released notebook answered as its key says."""
    notebook = copy.deepcopy(course.released)
    for name, item in questions(course.library.assignments[course.name], course.library).items():
        choose(notebook, name, "".join(item.question.key))
    return notebook


def names(notebook: dict) -> list[str]:
    return [one["metadata"]["nbgrader"]["grade_id"] for one in notebook["cells"]]


def test_two_versions_ask_other_stories_for_the_same_points_and_objectives(courses):
    one, other = (names(courses[letter].released) for letter in "AB")
    assert [(mine, yours) for mine, yours in zip(one, other) if mine != yours] == [
        (f"{STORY['A']}--ask", f"{STORY['B']}--ask"),
        (STORY["A"], STORY["B"]),
    ]
    asked = {
        letter: [
            (item.points, item.question.chapter, item.question.objective)
            for item in questions(course.library.assignments["holding"], course.library).values()
        ]
        for letter, course in courses.items()
    }
    assert asked["A"] == asked["B"]


@pytest.fixture(scope="module")
def graded(courses) -> dict[str, Course]:
    """In B: a blank notebook, a full one, A's notebook with A's answers; all through the stock command."""
    course = courses["B"]
    course.submit("blank", course.released)
    course.submit("full", answered(course))
    course.submit("from-a", answered(courses["A"]))
    course.nbgrader("autograde", course.name)
    return courses


def test_blank_is_nothing_and_the_key_is_everything(graded):
    course = graded["B"]
    points = {
        name: item.points for name, item in questions(course.library.assignments["holding"], course.library).items()
    }
    assert all(course.scores("blank")[name] == (0, False) for name in points)
    assert all(course.scores("full")[name] == (points[name], False) for name in points)


def test_the_other_versions_notebook_goes_to_a_person(graded):
    """The two stories have the same options: read by its options alone, A's answer would be taken for one to B's
    question."""
    course = graded["B"]
    assert course.scores("from-a")[STORY["B"]] == (0, True)
    assert "another question stands in its place (`the-name-from-before`)" in course.comments("from-a")[STORY["B"]]
    points = {
        name: item.points
        for name, item in questions(course.library.assignments["holding"], course.library).items()
        if name != STORY["B"]
    }
    assert all(course.scores("from-a")[name] == (points[name], False) for name in points)


def test_our_own_grader_takes_the_same_version(graded):
    course = graded["B"]
    before = {trainee: course.scores(trainee) for trainee in ("blank", "full", "from-a")}
    outcome = engine.autograde(course.folder, "holding", force=True)
    assert not outcome.refused and {trainee: course.scores(trainee) for trainee in before} == before
    assert any("another question stands in its place" in reason for reason in outcome.look["from-a"])


def test_a_cell_that_lost_its_name_is_still_found_by_its_options(courses):
    from grader.notebook.recovery import Released
    from grader.notebook.submission import restore

    notebook = answered(courses["A"])
    place = cell(notebook, STORY["A"])
    released = [
        Released(
            STORY["A"],
            "".join(cell(courses["A"].released, STORY["A"])["source"]),
            "x",
            "answer",
            1.0,
            "one-best-answer",
        )
    ]
    del place["metadata"]["nbgrader"]
    restored = restore({"cells": [place]}, released)
    assert [
        one["metadata"]["candor"]["chosen"]
        for one in restored.notebook["cells"]
        if one["metadata"]["candor"]["role"] == "answer"
    ] == [["A"]]


@pytest.mark.parametrize("marks", [["A"], ["B", "A"], ["A", "A"]])
def test_no_copy_of_another_versions_answer_is_taken(courses, marks):
    from grader.notebook.recovery import Released
    from grader.notebook.submission import restore

    ask, answer = cell(courses["A"].released, f"{STORY['A']}--ask"), cell(courses["A"].released, STORY["A"])
    copies = [
        answer | {"source": "".join(answer["source"]).replace(f"[ ] **{mark}", f"[x] **{mark}")} for mark in marks
    ]
    asked = Released(STORY["B"], "".join(answer["source"]), "x", "answer", 1.0, "one-best-answer")
    read = [
        one["metadata"]["candor"]
        for one in restore({"cells": [ask, *copies]}, [asked]).notebook["cells"]
        if one["metadata"]["candor"]["role"] == "answer"
    ]
    assert [(one["chosen"], one["state"]) for one in read] == [([], "look")] and STORY["A"] in read[0]["note"]


def test_feedback_and_summary_speak_of_this_versions_story(graded, tmp_path):
    course = graded["B"]
    for words in (["feedback", "holding"], ["summary", "holding", "--to", str(tmp_path / "s.html")]):
        done = run("grader", *words, "--course", str(course.folder), apart=True)
        assert done.returncode == 0, done.stderr
    page = (course.folder / "feedback/full/holding/holding.html").read_text()
    assert "Before Saturday he can find the words" in page and "A memory that touches nobody" not in page
    summary = (tmp_path / "s.html").read_text()
    assert (
        str(typeset(opening(course.library.questions[STORY["B"]]))) in summary
        and str(typeset(opening(course.library.questions[STORY["A"]]))) not in summary
        and re.search(r'data-label="Planned"[^>]*><span>60 %', summary)
    )


def test_a_course_keeps_its_version_and_does_not_change_it_once_handed_out(courses):
    course = courses["B"]
    said = create(course.folder, load(course.library.root))
    assert "version B" in said and "version='B'" in (course.folder / "nbgrader_config.py").read_text()
    with pytest.raises(CannotCreate, match="a course of its own"):
        create(course.folder, load(course.library.root), version="A")


def test_a_letter_that_is_none_is_one_line(courses, tmp_path):
    done = run("grader", "course", str(tmp_path / "c"), "--version", "Z", folder=courses["A"].library.root, apart=True)
    assert done.returncode == 2 and done.stderr == "There is no version `Z`: give a letter, A to L.\n"


def test_letters_beyond_the_stories_begin_again(courses):
    root = courses["A"].library.root
    assert [load(root, version=letter).handed_out("who-may-be-told").name for letter in "ABCD"] == [
        STORY["A"],
        STORY["B"],
    ] * 2
