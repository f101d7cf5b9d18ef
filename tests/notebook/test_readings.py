"""Every cell of `tests/readings` is read as a careful person reads it."""

import json

import pytest

from grader.notebook.reading import read_answer
from support.project import ROOT

FILES = sorted((ROOT / "tests/readings").glob("*.json"))
CELLS = [
    pytest.param(cell, card["options"], card["kind"], id=f"{path.stem}: {cell['name']}")
    for path in FILES
    for card in [json.loads(path.read_text(encoding="utf-8"))]
    for cell in card["cells"]
]


@pytest.mark.parametrize("cell, options, kind", CELLS)
def test_a_cell_is_read_as_a_person_reads_it(cell, options, kind):
    read = read_answer("\n".join(cell["cell"]), options, kind)
    assert (read.state, list(read.chosen)) == (cell["state"], cell["chosen"]), read.note
    assert bool(read.note) or read.state != "look"
