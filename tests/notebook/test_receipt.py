"""What a trainee and a supervisor learn from a notebook before and after it is handed in."""

import json
import re
from datetime import datetime

import pytest
from browser.conftest import notebook, question, reflection

from grader.notebook import receipt
from grader.notebook.intake import Refused


@pytest.fixture
def handed(tmp_path):
    made = notebook(question(1, ["Wait", "Ask"]), question(2, ["Wait", "Ask"]), reflection("r1", "A first hour"))
    for cell in made["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "q01":
            cell["source"] = cell["source"].replace("[ ]", "[x]", 1)
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "r1":
            cell["source"] = "I would wait for my client Anna Kowalski."

    def write(change=lambda made: None):
        change(made)
        path = tmp_path / "t2__fixture.ipynb"
        path.write_text(json.dumps(made), encoding="utf-8")
        return path

    return write


def test_what_a_trainees_own_cell_says_is_searched_and_excuses_nothing(handed):
    own = {"cell_type": "markdown", "metadata": {}, "source": "my client Anna Kowalski, phone +44 20 7946 0990"}
    found = receipt.read(handed(lambda made: made["cells"].append(own))).found
    assert [one.text for one in found["A first hour"]] == ["Anna Kowalski"]
    assert len(found["Text that you added"]) == 2


@pytest.mark.parametrize(
    "cells", [[], [{"cell_type": "markdown", "metadata": {}, "source": "my client Anna Kowalski"}]]
)
def test_a_notebook_that_is_no_assignment_is_not_called_well(handed, cells):
    with pytest.raises(Refused, match="no answer of an assignment"):
        receipt.read(handed(lambda made: made.update(cells=cells)))


@pytest.mark.parametrize(
    "line, other",
    [
        ("Assignment", "another"),
        ("Questions", "2 of 2 answered"),
        ("Open questions", "none"),
        ("Reflections", "400 words"),
    ],
)
def test_a_receipt_with_a_line_changed_by_hand_is_told(handed, line, other):
    work = receipt.read(handed())
    text = receipt.receipt(work, "t2", datetime(2026, 11, 23, 9))
    assert receipt.verify(work, text) == receipt.verify(work, text.replace("\n", "\r\n")) == ""
    assert f"`{line}: {other}`" in receipt.verify(work, re.sub(rf"(?m)^{line}: .*$", f"{line}: {other}", text))


@pytest.mark.parametrize("behind", [0, 1], ids=["between the question and its options", "behind the options"])
@pytest.mark.parametrize(
    ("text", "state", "chosen"), [("My answer: B", "answered", ("B",)), ("Hard to say, let us talk.", "look", ())]
)
def test_an_answer_in_a_cell_of_ones_own_is_never_called_blank(handed, behind, text, state, chosen):
    def change(made):
        at = next(
            n for n, one in enumerate(made["cells"]) if one["metadata"].get("nbgrader", {}).get("grade_id") == "q02"
        )
        made["cells"].insert(at + behind, {"cell_type": "markdown", "metadata": {}, "source": text})

    work = receipt.read(handed(change))
    found = work.questions[1][1]
    assert (found.state, found.chosen, work.open) == (state, chosen, [])
    assert "Mark the options themselves" in receipt.review(work)
    assert not receipt.verify(work, receipt.receipt(work, "Ana", datetime(2026, 11, 1)))


@pytest.mark.parametrize("behind", [0, 1], ids=["above the answer cell", "below it"])
def test_a_reflection_in_a_cell_of_ones_own_has_its_words(handed, behind):
    """As the grader finds it; the receipt counts the cell itself, as the desk does."""

    def change(made):
        at = next(
            n for n, one in enumerate(made["cells"]) if one["metadata"].get("nbgrader", {}).get("grade_id") == "r1"
        )
        made["cells"][at]["source"] = "*Write your answer here.*"
        own = {"cell_type": "markdown", "metadata": {}, "source": "I would wait and say why."}
        made["cells"].insert(at + behind, own)

    work = receipt.read(handed(change))
    said = receipt.review(work)
    assert "A first hour: 6 words" in said and "it stands in text that you added, and it was read" in said
    assert "0 words" not in said and "that is what is marked" not in said
    assert "Reflections: 0 words" in receipt.receipt(work, "Ana", datetime(2026, 11, 1))


def named(made, name):
    return next(one for one in made["cells"] if one["metadata"].get("nbgrader", {}).get("grade_id") == name)


def test_an_answer_that_stands_there_twice_and_differs_is_not_called_answered(handed):
    """As the graders read it: both copies together, and a person is asked."""

    def change(made):
        other = json.loads(json.dumps(named(made, "q01")))
        other["source"] = other["source"].replace("[x]", "[ ]").replace("[ ] **B", "[x] **B")
        made["cells"].append(other)

    work = receipt.read(handed(change))
    assert [one.state for _, one in work.questions] == ["look", "blank"] and work.answered == 0
    assert not receipt.verify(work, receipt.receipt(work, "Ana", datetime(2026, 11, 1)))


def test_answers_that_are_listed_under_their_numbers_are_answered(handed):
    own = {"cell_type": "markdown", "metadata": {}, "source": "1. A\n2. B"}
    work = receipt.read(handed(lambda made: made["cells"].insert(0, own)))
    assert [one.chosen for _, one in work.questions] == [("A",), ("B",)] and work.open == []
    assert "Mark the options themselves" in receipt.review(work)


def test_a_cell_that_became_code_is_still_an_answer(handed):
    work = receipt.read(handed(lambda made: named(made, "q01").update(cell_type="code", outputs=[])))
    assert [one.state for _, one in work.questions] == ["answered", "blank"]
