"""Fuzzing the notebook reader: whatever the bytes, there is a graded copy that is valid, or one line that names the
file."""

import json
from pathlib import Path

import nbformat
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from grader.notebook.intake import Refused, parse_notebook
from grader.notebook.recovery import Released
from grader.notebook.submission import restore
from support.chance import tries

RELEASED = [
    Released("a--ask", "### Question 1\n\nA story.", "x", "text"),
    Released(
        "a",
        "- [ ] **A.** One.\n- [ ] **B.** Two.\n- [ ] **C.** Three.\n- [ ] **D.** Four.",
        "x",
        "answer",
        1.0,
        "one-best-answer",
    ),
    Released("r--prompt", "Write.", "x", "text"),
    Released("r", "*Write your answer here.*", "x", "reflection"),
    Released("r--1", "**Both** (4 points)", "x", "criterion", 4.0),
]
HONEST = {
    "cells": [
        {
            "cell_type": "markdown",
            "id": c.name,
            "metadata": {"nbgrader": {"grade_id": c.name, "grade": c.role != "text"}},
            "source": c.source.splitlines(True),
        }
        for c in RELEASED
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(allow_nan=True)
    | st.text(max_size=8)
    | st.sampled_from(["a", "r", "markdown", "code", "- [x] **B.** Two."]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["cells", "source", "metadata", "nbgrader", "grade_id", "cell_type", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def holds(data: bytes) -> None:
    try:
        notebook = parse_notebook(data, Path("submitted/t/a/a.ipynb"))
    except Refused as refused:
        assert str(refused).startswith("submitted/t/a/a.ipynb: ") and "\n" not in str(refused)
        return
    made = restore(notebook, RELEASED).notebook
    nbformat.validate(made)
    json.dumps(made, ensure_ascii=False).encode("utf-8")
    names = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in made["cells"]]
    assert [name for name in names if name] == [cell.name for cell in RELEASED]
    answer = made["cells"][names.index("a")]
    assert answer["metadata"]["nbgrader"]["points"] == 1.0 and set(answer["metadata"]["candor"]["chosen"]) <= set(
        "ABCD"
    )


@tries(300)
@given(st.binary(max_size=300))
def test_any_bytes(data):
    holds(data)


@tries(300)
@given(VALUES)
def test_any_json(value):
    holds(json.dumps(value).encode())


@tries(400, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_an_honest_notebook_with_something_changed(data):
    notebook = json.loads(json.dumps(HONEST))
    for _ in range(data.draw(st.integers(1, 4))):
        if not notebook["cells"]:
            break
        cell = data.draw(st.sampled_from(notebook["cells"]))
        if not isinstance(cell, dict):
            break
        cell[data.draw(st.sampled_from(["source", "metadata", "cell_type", "id", "outputs"]))] = data.draw(VALUES)
    holds(json.dumps(notebook).encode())


@tries(300)
@given(st.integers(0, 2000), st.integers(0, 30), st.binary(max_size=8))
def test_an_honest_file_with_bytes_changed(place, cut, new):
    data = json.dumps(HONEST).encode()
    holds(data[:place] + new + data[place + cut :])
