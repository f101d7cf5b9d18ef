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
    assert len(found["A cell that you added"]) == 2


@pytest.mark.parametrize(
    "cells", [[], [{"cell_type": "markdown", "metadata": {}, "source": "my client Anna Kowalski"}]]
)
def test_a_notebook_that_is_no_assignment_is_not_called_well(handed, cells):
    with pytest.raises(Refused, match="no answer cell"):
        receipt.read(handed(lambda made: made.update(cells=cells)))


@pytest.mark.parametrize(
    "line, other",
    [("Assignment", "another"), ("Questions", "2 of 2 answered"), ("Open", "none"), ("Reflections", "400 words")],
)
def test_a_receipt_with_a_line_changed_by_hand_is_told(handed, line, other):
    work = receipt.read(handed())
    text = receipt.receipt(work, "t2", datetime(2026, 11, 23, 9))
    assert receipt.verify(work, text) == receipt.verify(work, text.replace("\n", "\r\n")) == ""
    assert f"`{line}: {other}`" in receipt.verify(work, re.sub(rf"(?m)^{line}: .*$", f"{line}: {other}", text))
