"""What belongs to a course comes from the course: private cards, nbgrader's configuration, nothing unknown."""

import json
import os
import re

import pytest

from support.course import REFLECTION, Course, cell, choose, program, write_card, write_library

PRIVATE = {
    "own-quiz": ("items:\n  - question: own-card\n    points: 2\n  - question: own-open\n  - reflection: own-words\n"),
    "own-form": "items:\n  - question: own-exam\n  - question: own-card\nblueprint: mock\n",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A course with a program's own question, assignment and mock form, made by the command and released."""
    base = tmp_path_factory.mktemp("private")
    write_library(base / "library")
    own = base / "own"
    write_card(own, "own-card", "C")
    write_card(own, "own-open", "B")
    write_card(own, "own-exam", "B", use="exam")
    (own / "exercises/reflections").mkdir()
    (own / "exercises/reflections/own-words.yml").write_text(REFLECTION)
    (own / "exercises/assignments").mkdir()
    for name, items in PRIVATE.items():
        (own / "exercises/assignments" / f"{name}.yml").write_text(
            f"title: Of our own\nchapters: [confidentiality]\nminutes: 10\nintro: Take your time.\n{items}"
            "review: draft\n"
        )
    course = Course.__new__(Course)
    course.folder, course.base = base / "course", base
    program("grader", "course", "course", "--library", "library", "--private", "own", "--id", "clinic-7", folder=base)
    for name in PRIVATE:
        course.nbgrader("generate_assignment", name)
        path = course.folder / "release" / name / f"{name}.ipynb"
        names = [one["metadata"]["nbgrader"]["grade_id"] for one in json.loads(path.read_text())["cells"]]
        assert names.index("own-card--ask") + 1 == names.index("own-card")
        for trainee, letter in (("ada", "C"), ("joan", "A"), ("blank", "")):
            made = choose(json.loads(path.read_text()), "own-card", letter)
            if name == "own-form":
                choose(made, "own-exam", "B")
            elif letter:
                cell(made, "own-words")["source"] = f"I, {trainee}, would say it."
            work = course.folder / "submitted" / trainee / name / f"{name}.ipynb"
            work.parent.mkdir(parents=True)
            work.write_text(json.dumps(made))
    return course


@pytest.fixture(scope="module", params=["stock", "fast"])
def graded(place, request):
    for name in PRIVATE:
        if request.param == "stock":
            place.nbgrader("autograde", name, "--force")
            place.nbgrader("generate_feedback", name, "--force")
        else:
            assert "3 graded" in program("grader", "autograde", name, "--force", folder=place.folder)
            assert "3 pages" in program("grader", "feedback", name, folder=place.folder)
    return place


def test_a_private_question_is_scored_and_stands_in_its_order(graded):
    graded.name = "own-quiz"
    assert graded.scores("ada")["own-card"] == (2, False)
    assert graded.scores("joan")["own-card"] == (0, False)
    graded.name = "own-form"
    assert {trainee: graded.scores(trainee)["own-exam"] for trainee in ("ada", "blank")} == {
        "ada": (1, False),
        "blank": (1, False),
    }
    cells = json.loads((graded.folder / "autograded/ada/own-form/own-form.ipynb").read_text())["cells"]
    names = [one["metadata"].get("nbgrader", {}).get("grade_id") for one in cells]
    assert list(filter(None, names)) == [
        "own-form--intro",
        "own-exam--ask",
        "own-exam",
        "own-card--ask",
        "own-card",
    ]


def test_its_feedback_gives_reasons_and_objectives(graded):
    page = (graded.folder / "feedback/joan/own-quiz/own-quiz.html").read_text()
    assert "WHY-B-own-open" in page and "Apply a stated policy to a secret" in page
    assert "WHY-A-own-card" not in page, "a form of the course asks it"
    form = (graded.folder / "feedback/joan/own-form/own-form.html").read_text()
    assert "Apply a stated policy to a secret" in form and "WHY-B-own-exam" not in form


def test_its_reports_know_it(graded):
    assert "3 trainees" in program("grader", "summary", "own-quiz", folder=graded.folder)
    page = (graded.folder / "summary-own-quiz.html").read_text()
    assert "own-card" in page and "Of our own" in page
    said = program("grader", "record", "ada", folder=graded.folder)
    assert "Of our own" in said and "Confidentiality" in said
    sheet = graded.folder / "own.csv"
    sheet.unlink(missing_ok=True)
    program("grader", "marks", "export", "own-quiz", "own-words", "--to", str(sheet), folder=graded.folder)
    assert "I, ada, would say it." in sheet.read_text(encoding="utf-8-sig")


def test_the_id_and_the_folder_are_recorded_and_kept(place):
    config = (place.folder / "nbgrader_config.py").read_text()
    assert "course_id='clinic-7'" in config and f"private=['{place.base / 'own'}']" in config
    program("grader", "course", "course", "--library", "library", folder=place.base)
    assert (place.folder / "nbgrader_config.py").read_text() == config
    assert (place.folder / "source/own-quiz/own-quiz.ipynb").is_file()
    said = program("grader", "course", "course", "--library", "library", "--id", "other", folder=place.base, ok=False)
    assert "clinic-7 has been handed out" in said


def test_an_unknown_assignment_is_refused_by_name(place):
    for words in (["autograde"], ["feedback"], ["summary"], ["marks", "export"]):
        rest = ["own-words"] if words[0] == "marks" else []
        said = program("grader", *words, "own-quizz", *rest, folder=place.folder, ok=False)
        assert "`own-quizz`" in said and "Did you mean `own-quiz`?" in said, said


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A global configuration, as an administrator writes it."""
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "jupyter"))
    (tmp_path / "jupyter").mkdir()
    return tmp_path / "jupyter"


def test_a_global_gradebook_address_is_the_address(tmp_path, elsewhere):
    place = Course(write_library(tmp_path / "library"), tmp_path / "course")
    other = tmp_path / "elsewhere.db"
    (elsewhere / "nbgrader_config.py").write_text(f"c.CourseDirectory.db_url = 'sqlite:///{other}'\n")
    place.nbgrader("generate_assignment", place.name)
    place.submit("ada", choose(place.released, "first-card", "B"))
    assert "1 graded" in program("grader", "autograde", place.name, folder=place.folder)
    assert other.is_file() and not (place.folder / "gradebook.db").exists()
    assert "1 trainee." in program("grader", "summary", place.name, folder=place.folder)


@pytest.mark.parametrize(
    "name, text, said",
    [
        (
            "nbgrader_config.py",
            "c.AssignLatePenalties.plugin_class = 'late.SubMarks'",
            "AssignLatePenalties.plugin_class",
        ),
        (
            "nbgrader_config.json",
            json.dumps({"LateSubmissionPlugin": {"penalty_method": "half"}}),
            "LateSubmissionPlugin.penalty_method = 'half'",
        ),
        ("jupyter_config.py", "c.BaseConverter.pre_convert_hook = 'x.y'", "BaseConverter.pre_convert_hook"),
        ("nbgrader_config.py", "c.CourseDirectory.ignore.append('x')", "CourseDirectory.ignore"),
        ("nbgrader_config.py", "c.NbGrader.db_url = 'sqlite:///x'", "NbGrader.db_url"),
        ("nbgrader_config.py", "raise ValueError('broken')", "nbgrader_config.py: cannot be read"),
    ],
)
def test_what_is_not_known_is_refused_by_name_from_wherever_it_comes(place, elsewhere, name, text, said):
    (elsewhere / name).write_text(text)
    printed = program("grader", "autograde", "own-quiz", folder=place.folder, ok=False)
    assert said in printed and "Traceback" not in printed


def test_where_there_is_nothing_to_grade_is_said(place):
    config = place.folder / "nbgrader_config.py"
    text = config.read_text()
    try:
        config.write_text(f"{text}\nget_config().CourseDirectory.submitted_directory = 'submited'\n")
        for words in (["own-quiz"], []):
            printed = program("grader", "autograde", *words, folder=place.folder, ok=False)
            assert f"nothing to grade: there is no TRAINEE/own-quiz in {place.folder / 'submited'}." in printed
        config.write_text(f"{text}\nget_config().CourseDirectory.root = 3\n")
        printed = program("grader", "autograde", "own-quiz", folder=place.folder, ok=False)
        assert "CourseDirectory.root is 3, which is no folder" in printed and len(printed.splitlines()) == 1
    finally:
        config.write_text(text)


def test_a_private_folder_that_is_gone_is_named(tmp_path):
    write_library(tmp_path / "library")
    write_card(tmp_path / "own", "own-card", "C")
    program("grader", "course", "course", "--library", "library", "--private", "own", folder=tmp_path)
    os.rename(tmp_path / "own", tmp_path / "moved")
    said = program("grader", "autograde", "holding", folder=tmp_path / "course", ok=False)
    assert f"no cards of your own at {tmp_path / 'own'}" in said and "--private" in said
    program("grader", "course", "course", "--library", "library", "--private", "moved", folder=tmp_path)
    assert re.search(r"private=\['[^']*/moved'\]", (tmp_path / "course/nbgrader_config.py").read_text())


def test_private_cards_that_cannot_be_used_are_said_before_anything_is_made(tmp_path):
    write_library(tmp_path / "library")
    own = tmp_path / "own"
    write_card(own, "own-card", "C")
    (own / "exercises/assignments").mkdir()
    (own / "exercises/assignments/ours.yml").write_text(
        "title: Ours\nchapters: [confidentiality]\nminutes: 10\nintro: Take your time.\n"
        "items:\n  - question: not-there\nreview: draft\n"
    )
    words = ("grader", "course", "course", "--library", "library", "--private")
    said = program(*words, "own", folder=tmp_path, ok=False)
    assert "there is no card `not-there`" in said and "grader check" in said and said.strip().count("\n") == 0
    said = program(*words, "own/exercises", folder=tmp_path, ok=False)
    assert "no cards of your own there" in said and said.strip().count("\n") == 0
    assert not (tmp_path / "course").exists()
