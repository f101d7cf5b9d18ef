"""Item analysis: figures worked out by hand, and the page that a teacher reads."""

import json
from collections import Counter
from dataclasses import replace

import pytest
from notebook.test_score import question

from grader.reports import item_analysis as items


def test_difficulty_and_discrimination_by_hand():
    """Ten who have everything and ten who have only `backwards` and half of `half`.

    `apart` is 1 where the rest is high and 0 where it is low: correlation 1. `backwards` runs against all others: -1.
    `same` never differs.
    """
    strong = {"apart": 1.0, "same": 1.0, "backwards": 0.0, "half": 1.0}
    weak = {"apart": 0.0, "same": 1.0, "backwards": 1.0, "half": 0.5}
    found = items.analyse({f"t{n}": strong if n < 10 else weak for n in range(20)}, {"apart": Counter(B=10, A=10)})
    assert {name: item.difficulty for name, item in found.items()} == {
        "apart": 0.5,
        "same": 1.0,
        "backwards": 0.5,
        "half": 0.75,
    }
    # Without `apart` the rest is (1 + 0 + 1) / 3 for the strong and (1 + 1 + 0.5) / 3 for the weak: higher for the
    # weak, so -1.
    assert found["apart"].discrimination == pytest.approx(-1)
    # Without `half`: (1 + 1 + 0) / 3 and (0 + 1 + 1) / 3: nobody differs, and no figure is given.
    assert found["half"].discrimination is None and found["same"].discrimination is None
    # Without `backwards`: 3 / 3 and 1.5 / 3: lower for the weak, who have it.
    assert found["backwards"].discrimination == pytest.approx(-1)
    assert found["apart"].chosen == {"A": 10, "B": 10} and found["apart"].answers == 20


def test_a_small_cohort_gets_no_correlation_and_no_remark():
    found = items.analyse({f"t{n}": {"one": n % 2, "two": n % 2} for n in range(19)}, {})
    assert found["one"].discrimination is None and not list(items.remarks(found["one"], question()))
    found = items.analyse({f"t{n}": {"one": n % 2, "two": n % 2} for n in range(20)}, {})
    assert found["one"].discrimination == pytest.approx(1)


@pytest.mark.parametrize(
    ("chosen", "difficulty", "apart", "said"),
    [
        ({"A": 2, "B": 20, "C": 3, "D": 5}, 0.67, 0.3, []),
        (
            {"A": 14, "B": 10, "C": 3, "D": 3},
            0.33,
            -0.1,
            ["Those who did well elsewhere chose otherwise: read the key again.", "More chose A than the best option."],
        ),
        ({"B": 20, "C": 10}, 0.67, 0.3, ["Nobody chose A or D."]),
        ({"B": 30}, 1.0, None, ["Nearly all had it."]),
    ],
)
def test_what_an_author_should_look_at(chosen, difficulty, apart, said):
    assert list(items.remarks(items.Item("one", 30, difficulty, apart, chosen), question())) == said


@pytest.mark.parametrize(
    ("planned", "reached", "said"),
    [
        (0.6, 0.3, ["Harder than planned (0.60)."]),
        (0.6, 0.9, ["Easier than planned (0.60)."]),
        (0.6, 0.66, []),
        (0.6, 0.45, []),
        (0.0, 0.3, []),
    ],
)
def test_what_two_readers_planned_is_held_against_what_a_cohort_did(planned, reached, said):
    """Of thirty trainees .45 is within two standard errors (.09) of .6; .3 is not. A question that nobody judged is
    not compared."""
    card = replace(question(), difficulty=planned)
    item = items.Item("one", 30, reached, 0.3, {"A": 5, "B": 15, "C": 5, "D": 5})
    assert list(items.remarks(item, card)) == said


def test_letters_are_counted_from_the_graded_copies_and_a_broken_one_is_left_out(tmp_path):
    def copy(trainee, *letters):
        path = tmp_path / trainee / "first" / "first.ipynb"
        path.parent.mkdir(parents=True)
        cell = {
            "metadata": {
                "nbgrader": {"grade_id": "one", "grade": True, "task": False, "points": 1},
                "candor": {"role": "answer", "chosen": list(letters), "state": "answered"},
            }
        }
        path.write_text(json.dumps({"cells": [cell, {"metadata": {}}]}))

    copy("a", "B"), copy("b", "A", "B"), copy("c")
    (tmp_path / "d" / "first").mkdir(parents=True)
    (tmp_path / "d" / "first" / "first.ipynb").write_text("{")
    assert items.chosen(items.copies(tmp_path, "first")) == {"one": {"A": 1, "B": 2, "": 1}}
