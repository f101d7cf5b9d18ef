"""Every assignment: blank it scores nothing and waits only for the rubric; the model answers score full marks.

All are released by nbgrader's own command, in one go. Some are graded by it, too; the others by `grader autograde`,
whose grades `test_same_as_stock.py` holds equal.
"""

import copy
import json
import shutil

import pytest

from grader.grading.create import create
from grader.grading.run import autograde
from grader.notebook.assemble import questions, reflections
from support.course import Course, cell, choose
from support.project import ROOT, the_library

NAMES = sorted(path.stem for path in (ROOT / "exercises/assignments").glob("*.yml"))
BY_STOCK = NAMES[::8]


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    made = Course.__new__(Course)
    made.folder, made.library = tmp_path_factory.mktemp("assignments") / "course", the_library()
    create(made.folder, made.library)
    made.nbgrader("generate_assignment", "*")
    return made


@pytest.mark.parametrize("name", NAMES)
def test_blank_scores_nothing_and_the_model_answers_score_all(course, name):
    course.name = name
    card = course.library.assignments[name]
    assert (course.folder / "source" / name / f"{name}.ipynb").read_bytes() == (
        ROOT / "exercises/source" / name / f"{name}.ipynb"
    ).read_bytes()
    released = json.loads((course.folder / "release" / name / f"{name}.ipynb").read_text())
    model = copy.deepcopy(released)
    for cell_name, item in questions(card, course.library).items():
        choose(model, cell_name, item.question.key)
    for cell_name, reflection in reflections(card, course.library).items():
        cell(model, cell_name)["source"] = str(reflection.anchors[0].answer)
    shutil.rmtree(course.folder / "submitted", ignore_errors=True)
    course.submit("blank", released)
    course.submit("model", model)
    if name in BY_STOCK:
        course.nbgrader("autograde", name)
    else:
        autograde(course.folder, name, jobs=1)
    blank, full = course.scores("blank"), course.scores("model")
    rubric = {cell_name for cell_name in blank if "--" in cell_name}
    assert sum(score or 0 for score, _ in blank.values()) == 0
    assert not any(needs for _, needs in blank.values()), "there is nothing to mark"
    assert {cell_name for cell_name, (_, needs) in full.items() if needs} == rubric
    for cell_name, item in questions(card, course.library).items():
        assert full[cell_name] == (item.points, False), cell_name


def test_questions_of_a_case_say_in_which_part_they_stand(course):
    """By it the desk closes a part until the one before is answered."""
    cells = json.loads((course.folder / "release/capstone/capstone.ipynb").read_text())["cells"]
    told, said = "", {}
    for one in cells:
        ours, name = one["metadata"]["candor"], one["metadata"]["nbgrader"]["grade_id"]
        told = name if ours["role"] == "case" else "" if ours["role"] == "prompt" else told
        if ours["role"] in ("ask", "answer"):
            assert ours.get("part", "") == told, name
            said.setdefault(told, []).append(name)
    assert len(said) == 9 and all(len(names) >= 2 for names in said.values())
