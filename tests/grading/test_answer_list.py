"""A trainee who leaves the options as they were and lists the answers under the questions' numbers, in a cell of one's
own: they are read, or a person is asked, by both graders; never a zero in silence. So it is with a text that nothing
here understands, where a reflection or all questions were left as they were."""

import copy

import pytest

from support.course import choose, released_course
from support.project import run

LIST = "My answers:\n\n1. D\n2. D\n3. A"  # of first-card, second-card, many-card
REFLECTION = "what-you-would-say"
#: trainee -> (behind which cell, "" for the beginning; what is typed there; what of second-card is expected: its score
#: of 3, or None where a person is asked; whether the reflection is there to be marked)
TYPED = {
    "beginning": ("", LIST, 3.0, False),
    "end": ("*", LIST, 3.0, False),
    "wrong": ("*", "1 D, 2 A, 3 A", 0.0, False),
    "behind-first": ("first-card", "1. D\n2. D\n3. A\n4. A\n5. A", 3.0, False),
    "in-first": ("=first-card", "\n\nQ1: D\nQ2: D", 3.0, False),
    "in-reflection": (f"={REFLECTION}", "\nQ1: D\nQ2: D", 3.0, True),
    "table": ("", "| Q | A |\n|---|---|\n| 1 | D |\n| **2** | d |", 3.0, False),
    "unsure": ("*", "1. D\n2. B or D\n3. A", None, False),
    "one": ("*", "Q2: D", 3.0, False),
    "marked-otherwise": ("*", LIST, None, False),
    "marked-alike": ("*", LIST, 3.0, False),
    "order-of-options": ("first-card", "1. D\n2. A", 0.0, False),
    "on-paper": ("", "I answered on paper.", None, False),
    "marked-essay": ("", "I would name both of them, and say what the agreement was from the beginning on.", 3.0, True),
    "marked-thanks": ("", "Thank you all!", 3.0, False),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    made = released_course(tmp_path_factory.mktemp("listed"))
    for trainee, (behind, text, _, _) in TYPED.items():
        notebook = copy.deepcopy(made.released)
        cells = notebook["cells"]
        ids = [one["metadata"].get("nbgrader", {}).get("grade_id") for one in cells]
        if behind.startswith("="):
            cells[ids.index(behind[1:])]["source"] += text
        else:
            at = len(cells) if behind == "*" else ids.index(behind) + 1 if behind else 0
            cells.insert(at, {"cell_type": "markdown", "id": "own", "metadata": {}, "source": text})
        if trainee.startswith("marked-"):
            choose(notebook, "second-card", "A" if trainee == "marked-otherwise" else "D")
        made.submit(trainee, notebook)
    return made


@pytest.mark.parametrize("by", ["grader", "nbgrader"])
def test_each_answer_goes_to_the_question_of_its_number(course, by):
    if by == "grader":
        assert run("grader", "autograde", course.name, folder=course.folder).returncode == 0
    else:
        course.nbgrader("autograde", course.name, "--force")
    found = {trainee: course.scores(trainee) for trainee in TYPED}
    scores = {
        trainee: None if waits else score for trainee, one in found.items() for score, waits in [one["second-card"]]
    }
    assert scores == {trainee: score for trainee, (_, _, score, _) in TYPED.items()}
    marked = {trainee for trainee, one in found.items() if one[f"{REFLECTION}--1"][1]}
    assert marked == {trainee for trainee, (_, _, _, reflects) in TYPED.items() if reflects}
