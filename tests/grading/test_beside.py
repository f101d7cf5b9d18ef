"""An answer in a cell that the trainee added beside untouched options: read where it is clear, else a person is asked;
by both graders, and no blank at the collecting."""

import copy
import json

import pytest

from support.course import released_course
from support.project import run

TYPED = {  # trainee -> (how far from the answer cell, what is typed there, score of 3; None: a person is asked)
    "behind": (1, "My answer: D", 3.0),
    "before": (0, "D", 3.0),
    "wrong": (1, "A", 0.0),
    "list": (1, "- [ ] Option A of second-card.\n- [x] Option D of second-card.", 3.0),
    "asks": (1, "I am not sure, let us talk about it.", None),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    made = released_course(tmp_path_factory.mktemp("beside"))
    for trainee, (behind, text, _) in TYPED.items():
        notebook = copy.deepcopy(made.released)
        ids = [one["metadata"].get("nbgrader", {}).get("grade_id") for one in notebook["cells"]]
        own = {"cell_type": "markdown", "id": "own", "metadata": {}, "source": text}
        notebook["cells"].insert(ids.index("second-card") + behind, own)
        made.submit(trainee, notebook)
    return made


@pytest.mark.parametrize("by", ["grader", "nbgrader"])
def test_it_is_the_answer_and_what_is_not_clear_is_asked(course, by):
    if by == "grader":
        assert run("grader", "autograde", course.name, folder=course.folder).returncode == 0
    else:
        course.nbgrader("autograde", course.name, "--force")
    found = {trainee: course.scores(trainee)["second-card"] for trainee in TYPED}
    assert {trainee: None if waits else score for trainee, (score, waits) in found.items()} == {
        trainee: score for trainee, (_, _, score) in TYPED.items()
    }
    copied = json.loads(
        (course.folder / "autograded" / "behind" / course.name / f"{course.name}.ipynb").read_text(encoding="utf-8")
    )
    said = [one["metadata"].get("candor", {}).get("note", "") for one in copied["cells"]]
    assert any("beside it was taken" in one for one in said)


def test_collecting_does_not_call_it_blank(course, tmp_path):
    files = []
    for trainee in TYPED:
        path = tmp_path / f"{trainee}__{course.name}.ipynb"
        path.write_bytes((course.folder / "submitted" / trainee / course.name / f"{course.name}.ipynb").read_bytes())
        files.append(str(path))
    done = run("grader", "collect", course.name, *files, "--force", folder=course.folder)
    assert "blank" not in done.stdout.replace("0 blank", ""), done.stdout + done.stderr
