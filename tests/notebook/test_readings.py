"""Every cell of `tests/readings` is read as a careful person reads it."""

import json

import pytest

from grader.notebook.intake import source_of
from grader.notebook.reading import read_answer
from support.project import ROOT

FILES = sorted((ROOT / "tests/readings").glob("*.json"))
CELLS = [
    pytest.param(cell, card["options"], card["kind"], id=f"{path.stem}: {cell['name']}")
    for path in FILES
    for read in [json.loads(path.read_text(encoding="utf-8"))]
    for card in (read if isinstance(read, list) else [read])
    for cell in card["cells"]
]


@pytest.mark.parametrize("cell, options, kind", CELLS)
def test_a_cell_is_read_as_a_person_reads_it(cell, options, kind):
    read = read_answer(source_of({"source": "\n".join(cell["cell"])}), options, kind)
    assert (read.state, list(read.chosen)) == (cell["state"], cell["chosen"]), read.note
    assert bool(read.note) or read.state != "look"


def test_nothing_that_a_person_reads_is_lost_in_silence():
    """Blank, or scored as another answer, without a person being asked: never. How many are asked about is printed."""
    asked = readable = 0
    for cell, options, kind in (param.values for param in CELLS):
        person = cell.get("read") or (cell["chosen"] if cell["state"] == "answered" else None)
        found = read_answer(source_of({"source": "\n".join(cell["cell"])}), options, kind)
        readable += person is not None
        asked += person is not None and found.state == "look"
        if person is not None and found.state != "look":
            assert list(found.chosen) == person, cell["name"]
    assert len(CELLS) >= 750
    print(f"{len(CELLS)} cells; a person reads an answer in {readable}, and is asked about {asked} of them")
