"""A blank reflection is nothing to mark: 0, called blank in every view, and nobody is asked; through both graders."""

import copy
import json
import shutil

import pytest
from openpyxl import load_workbook

from grader.marking.board import Desk
from support.compare import differences
from support.course import cell, choose, program

from .conftest import TRAINEES

REFLECTION = "what-you-would-say"
BLANK, BESIDE = TRAINEES[:2]


@pytest.fixture(scope="module")
def both(released, tmp_path_factory):
    """One trainee left the reflection blank, one wrote it into a cell of their own behind it: (stock, fast)."""
    made = {}
    for writer in ("stock", "fast"):
        place = made[writer] = copy.copy(released)
        place.folder = tmp_path_factory.mktemp(writer) / "course"
        shutil.copytree(released.folder, place.folder)
        place.submit(BLANK, choose(place.released, "first-card", "B"))
        beside = choose(place.released, "first-card", "B")
        own = {"cell_type": "markdown", "metadata": {}, "source": "I would name both of them."}
        beside["cells"].insert(beside["cells"].index(cell(beside, REFLECTION)) + 1, own)
        place.submit(BESIDE, beside)
        run = ["nbgrader", "autograde", place.name, "--force"] if writer == "stock" else ["grader", "autograde"]
        place.said = program(*run, folder=place.folder)
        program("grader", "feedback", place.name, folder=place.folder)
    return made


def test_both_graders_leave_the_same(both):
    assert differences(both["stock"].folder, both["fast"].folder) == []


@pytest.mark.parametrize("writer", ["stock", "fast"])
def test_blank_asks_nobody_and_is_called_blank(both, writer, tmp_path):
    place = both[writer]
    scores = place.scores(BLANK)
    assert scores[f"{REFLECTION}--1"] == scores[f"{REFLECTION}--2"] == (0, False)
    rows = {row.trainee: row for row in Desk(place.folder, place.name, REFLECTION).rows()}
    assert (
        rows[BLANK].blank and rows[BLANK].done and not any(row.blank for row in rows.values() if row.trainee != BLANK)
    )
    words = ["grader", "marks", "export", place.name, REFLECTION, "--to", str(tmp_path / "m.xlsx")]
    said = program(*words, folder=place.folder)
    assert "5 answers" in said and "1 left blank and not in it: there is nothing to mark" in said
    ids = {row[0].value for row in load_workbook(tmp_path / "m.xlsx").worksheets[0].iter_rows(min_row=2)}
    assert ids == {row.id for row in rows.values()} - {rows[BLANK].id}
    program("grader", "summary", place.name, folder=place.folder)
    page = (place.folder / f"summary-{place.name}.html").read_text()
    own = page[page.index(f">{BLANK}</a>") :].split("</tr>")[0]
    assert ">blank<" in own and ">marked<" in own.replace("\n", "") and "to mark" not in own
    assert "5 reflections" in page
    page = (place.folder / "feedback" / BLANK / place.name / f"{place.name}.html").read_text()
    assert "Nothing was written: the answer is blank, and counts 0." in page and "not marked yet" not in page
    assert "none named" not in page.split('id="written"')[1].split("<section")[0]
    words = ["grader", "explain-grade", BLANK, place.name, REFLECTION]
    assert "Blank: nothing was written, so there is nothing to mark" in program(*words, folder=place.folder)


@pytest.mark.parametrize("writer", ["stock", "fast"])
def test_text_beside_an_untouched_cell_is_the_answer(both, writer):
    place = both[writer]
    rows = {row.trainee: row for row in Desk(place.folder, place.name, REFLECTION).rows()}
    assert rows[BESIDE].answer == "I would name both of them." and not rows[BESIDE].done
    assert f"look at {BESIDE}: {REFLECTION}: the answer was left as it was handed out" in place.said
    assert place.scores(BESIDE)[f"{REFLECTION}--1"] == (None, True)
    words = ["grader", "explain-grade", BESIDE, place.name, REFLECTION]
    said = program(*words, folder=place.folder)
    assert "Words were written; a person marks them." in said and "nothing chosen" not in said


@pytest.mark.parametrize("writer", ["stock", "fast"])
def test_words_where_there_were_none_wait_for_their_marks(both, writer, tmp_path):
    place = copy.copy(both[writer])
    place.folder = tmp_path / "course"
    shutil.copytree(both[writer].folder, place.folder)
    made = json.loads((place.folder / f"submitted/{BLANK}/{place.name}/{place.name}.ipynb").read_text())
    cell(made, REFLECTION)["source"] = "Now I would say it."
    place.submit(BLANK, made)
    run = ["nbgrader", "autograde", place.name, "--force"] if writer == "stock" else ["grader", "autograde"]
    program(*run, folder=place.folder)
    assert place.scores(BLANK)[f"{REFLECTION}--1"] == (None, True)
    assert not next(row for row in Desk(place.folder, place.name, REFLECTION).rows() if row.trainee == BLANK).done
