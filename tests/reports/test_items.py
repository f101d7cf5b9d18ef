"""Item analysis: figures worked out by hand, and the page that a teacher reads."""

import json
import random
from dataclasses import replace

import pytest
from notebook.test_score import question

from grader.reports import item_analysis as items


def sheets(**rows):
    """Trainee -> question -> answer: a number is a share, None was left open, (share, letters) was chosen."""

    def one(value):
        if value is None:
            return items.Answer(0.0, (), True)
        return items.Answer(*value) if isinstance(value, tuple) else items.Answer(float(value), ("B",))

    return {name: {ask: one(value) for ask, value in own.items()} for name, own in rows.items()}


def test_difficulty_and_discrimination_by_hand():
    """Ten who have everything and ten who have only `backwards` and half of `half`.

    `apart` is 1 where the rest is high and 0 where it is low: correlation 1. `backwards` runs against all others: -1.
    `same` never differs.
    """
    strong = {"apart": (1.0, "B"), "same": 1.0, "backwards": 0.0, "half": 1.0}
    weak = {"apart": (0.0, "A"), "same": 1.0, "backwards": 1.0, "half": 0.5}
    found = items.analyse(sheets(**{f"t{n}": strong if n < 10 else weak for n in range(20)}))
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


def test_who_did_not_sit_and_what_was_left_open_are_told_apart_from_what_was_wrong():
    """Twenty answered one question right or wrong by halves; five left it open; three handed in an empty sheet."""
    sat = {f"t{n:02}": {"one": n % 2, "two": 1} for n in range(20)}
    left = {f"u{n}": {"one": None, "two": 0} for n in range(5)}
    away = {f"v{n}": {"one": None, "two": None} for n in range(3)}
    found = items.analyse(sheets(**sat, **left, **away))
    assert (found["one"].answers, found["one"].omitted, found["one"].difficulty) == (20, 5, 0.5)
    assert (found["two"].answers, found["two"].omitted, found["two"].difficulty) == (25, 0, 0.8)
    assert set(items.sat(sheets(**sat, **away))) == set(sat)


def test_figures_equal_those_of_other_packages():
    """To six digits, over random cohorts with gaps, and over awkward ones."""
    import pandas
    from scipy import stats
    from statsmodels.stats.proportion import proportion_confint

    dice = random.Random(7)
    for size in (20, 21, 60, 300):
        rows = {
            f"t{n}": {f"q{k}": None if dice.random() < 0.1 else int(dice.random() < 0.3 + 0.05 * k) for k in range(9)}
            for n in range(size)
        }
        found = items.analyse(sheets(**rows))
        frame = pandas.DataFrame.from_dict(rows, orient="index").astype(float)
        for name, item in found.items():
            met = frame[frame[name].notna()]
            rest = met.drop(columns=name).fillna(0).mean(axis=1)
            other = stats.pearsonr(met[name], rest) if item.answers >= items.ENOUGH else None
            assert item.answers == len(met) and item.omitted == len(frame) - len(met)
            assert item.difficulty == pytest.approx(met[name].mean(), abs=1e-6)
            low, high = proportion_confint(int(met[name].sum()), len(met), method="wilson")
            assert (item.interval.low, item.interval.high) == pytest.approx((low, high), abs=1e-6)
            if other is None:
                assert item.discrimination is None
                continue
            assert item.discrimination == pytest.approx(other.statistic, abs=1e-6)
            assert item.apart == pytest.approx(tuple(other.confidence_interval()), abs=1e-6)
    alone = items.analyse(sheets(t={"one": 1, "two": 0}))["one"]
    assert (alone.answers, alone.difficulty, alone.discrimination) == (1, 1.0, None) and alone.interval.low < 1
    assert items.analyse({}) == {} and items.analyse(sheets(t={"one": None})) == {}


def test_a_small_cohort_gets_no_correlation_and_no_remark():
    def cohort(size):
        return items.analyse(sheets(**{f"t{n}": {"one": n % 2, "two": n % 2} for n in range(size)}))

    found = cohort(19)
    assert found["one"].discrimination is None and not list(items.remarks(found["one"], question()))
    assert cohort(20)["one"].discrimination == pytest.approx(1)
    assert cohort(14)["one"].groups == () and len(cohort(15)["one"].groups) == 3


@pytest.mark.parametrize(
    ("chosen", "difficulty", "apart", "said"),
    [
        ({"A": 2, "B": 20, "C": 3, "D": 5}, 0.67, (0.1, 0.5), []),
        ({"A": 14, "B": 10, "C": 3, "D": 3}, 0.33, (-0.4, 0.3), []),
        (
            {"A": 22, "B": 5, "C": 2, "D": 1},
            0.17,
            (-0.6, -0.1),
            ["Those who did well elsewhere chose otherwise: read the key again.", "More chose A than the best option."],
        ),
        ({"A": 22, "B": 5, "C": 2, "D": 1}, 0.17, (-0.4, 0.2), ["More chose A than the best option."]),
        ({"B": 20, "C": 10}, 0.67, (0.1, 0.5), []),
        ({"B": 20, "C": 30}, 0.67, (0.1, 0.5), ["Nobody chose A or D: no distractor."]),
        ({"B": 30}, 1.0, None, ["Nearly all had it."]),
    ],
)
def test_what_an_author_should_look_at(chosen, difficulty, apart, said):
    found = items.Item("one", 50, difficulty, apart and 0.0, chosen, apart=apart)
    assert list(items.remarks(found, question())) == said


def test_a_wrong_option_that_those_who_did_well_chose_points_at_the_key():
    found = items.Item("one", 50, 0.2, 0.0, {"A": 30, "B": 10}, apart=(-0.2, 0.2), rest={"A": 0.8, "B": 0.6})
    assert "they did better elsewhere: read the key again." in next(items.remarks(found, question()))


def test_a_key_that_went_round_is_told_from_a_strong_cohort():
    """Nineteen of twenty had a question that was planned at .5, the weakest third too. Where the whole cohort found
    everything so much easier, it is no sign."""
    card = replace(question(), difficulty=0.5)
    found = items.Item("one", 40, 0.94, 0.1, {"A": 1, "B": 38, "C": 1}, lowest=0.92)
    assert "did its key go round" in " ".join(items.remarks(found, card))
    assert "did its key go round" not in " ".join(items.remarks(found, card, ease=0.35))
    assert "did its key go round" not in " ".join(items.remarks(replace(found, lowest=0.7), card))
    guessed = items.Item("one", 40, 0.22, 0.1, {"A": 11, "B": 9, "C": 10, "D": 10}, lowest=0.2)
    assert "did its key go round" not in " ".join(items.remarks(guessed, card, ease=-0.6))


@pytest.mark.parametrize(
    ("planned", "reached", "said"),
    [
        (0.6, 0.3, ["Harder than planned (60 %)."]),
        (0.6, 0.9, ["Easier than planned (60 %)."]),
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
    assert [(one.cell, one.chosen) for one in items.copies(tmp_path, "first")["b"]] == [("one", ("A", "B"))]
    assert set(items.copies(tmp_path, "first")) == {"a", "b", "c"}
