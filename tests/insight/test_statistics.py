"""The figures of a report against those of other packages, and worked out by hand."""

import random
from statistics import fmean, pvariance

import numpy
import pytest

from grader.insight.markers import markers
from grader.insight.reliability import reliability
from grader.reports.item_analysis import Answer

from .simulate import bank, cohort, marks


def sheets(rows):
    return {
        f"t{n}": {f"q{k}": Answer(float(share or 0), (), share is None) for k, share in enumerate(row)}
        for n, row in enumerate(rows)
    }


def by_hand(rows):
    """Cronbach's alpha from its definition."""
    count = len(rows[0])
    items = sum(pvariance([row[k] for row in rows]) for k in range(count))
    return count / (count - 1) * (1 - items / pvariance([sum(row) for row in rows]))


@pytest.mark.parametrize("seed", range(5))
def test_alpha_by_its_definition_and_its_interval_by_the_f_distribution(seed):
    from scipy.stats import f

    dice = random.Random(seed)
    skills = [dice.gauss(0, 1) for _ in range(40)]
    rows = [[float(dice.gauss(skill, 1) > 0) for _ in range(12)] for skill in skills]
    found = reliability(sheets(rows), [f"q{k}" for k in range(12)])
    assert found.alpha == pytest.approx(by_hand(rows), abs=1e-6) and found.right_or_wrong
    low = 1 - (1 - found.alpha) * f.ppf(0.975, 39, 39 * 11)
    high = 1 - (1 - found.alpha) * f.ppf(0.025, 39, 39 * 11)
    # The package rounds the interval to three digits.
    assert found.alpha_range == pytest.approx((low, high), abs=6e-4)
    assert found.sem == pytest.approx(
        numpy.std([sum(row) for row in rows], ddof=1) * (1 - found.alpha) ** 0.5, abs=1e-6
    )


def test_awkward_tests_have_no_coefficient_and_no_trace():
    asked = ["q0", "q1"]
    for rows in ([], [[1, 1]], [[1, 1]] * 30, [[None, None]] * 30, [[1, 0]] * 9):
        found = reliability(sheets(rows), asked)
        assert found.alpha is None and found.sem is None
    assert reliability(sheets([[1], [0]] * 10), ["q0"]).alpha is None
    same = reliability(sheets([[1, 1], [0, 0]] * 10), asked)
    assert same.alpha == pytest.approx(1) and same.sem == pytest.approx(0)


def test_who_did_not_sit_is_left_out_and_whose_answer_waits_is_counted_apart():
    rows = sheets([[1, 0], [0, 1], [1, 1], [0, 0]] * 5)
    rows["away"] = {"q0": Answer(0.0, (), True), "q1": Answer(0.0, (), True)}
    rows["waits"] = {"q0": Answer(1.0, ("A",))}
    rows["open"] = {"q0": Answer(1.0, ("A",)), "q1": Answer(0.0, (), True)}
    found = reliability(rows, ["q0", "q1"])
    assert (found.trainees, found.left_out) == (21, 1)
    assert found.mean == pytest.approx(fmean([1, 1, 2, 0] * 5 + [1]))


def test_a_markers_leaning_is_the_difference_of_means_where_all_mark_one_reflection():
    dice = random.Random(3)
    given = marks(dice, {"a": "", "b": "lenient"}, each=40, reflections=1)
    found = {one.name: one for one in markers(given)}
    means = {who: fmean(mark.share for mark in given if mark.marker == who) for who in "ab"}
    assert found["b"].leaning.value == pytest.approx(means["b"] - means["a"], abs=1e-6)
    assert found["a"].leaning.value == pytest.approx(means["a"] - means["b"], abs=1e-6)
    assert found["a"].given.share == pytest.approx(means["a"])


def test_with_fewer_than_twenty_marks_nothing_is_said_of_anybody():
    found = markers(marks(random.Random(1), {"a": "lenient", "b": ""}, each=19))
    assert [(one.leaning, one.drift, one.alike, one.flags) for one in found] == [(None, None, None, [])] * 2
    alone = markers(marks(random.Random(1), {"a": "lenient"}, each=60))[0]
    assert alone.leaning is None and alone.alike is None and alone.drift is not None


def test_planted_faults_are_found_and_others_are_seldom_accused():
    """Over twenty cohorts of two hundred: nearly every wrong key, every dead distractor, most keys that went round."""
    from grader.reports import item_analysis as items

    words = {"wrong key": "read the key", "dead": "no distractor", "leaked": "go round"}
    found, accused, clean = dict.fromkeys(words, 0), 0, 0
    for seed in range(20):
        dice = random.Random(seed)
        questions = bank(dice)
        faults = dict(zip(dice.sample(sorted(questions), 3), words))
        figures = items.analyse(cohort(questions, 200, dice, faults=faults))
        ease = items.easier(figures.values(), {name: card.difficulty for name, card in questions.items()})
        for name, item in figures.items():
            said = " ".join(items.remarks(item, questions[name], ease))
            if name in faults:
                found[faults[name]] += words[faults[name]] in said
            else:
                clean += 1
                accused += any(words_ in said for words_ in words.values())
    assert found["wrong key"] >= 18 and found["dead"] >= 19 and found["leaked"] >= 13
    assert accused <= 0.01 * clean


def test_planted_markers_are_found():
    """The severe and the one with a single impression for all criteria within sixty marks; the drifting, whose last
    marks are eight tenths of a level above the first, within three hundred."""
    words = {"l": "than others for", "d": "the longer", "h": "one impression"}
    found, accused = dict.fromkeys(words, 0), 0
    for seed in range(6):
        dice = random.Random(seed)
        given = marks(dice, {"a": "", "b": "", "c": "", "l": "severe", "h": "halo"}, each=60)
        for one in markers(given + marks(dice, {"d": "drifting"}, each=300)):
            if one.name in words:
                found[one.name] += any(words[one.name] in said for said in one.flags)
        accused += sum(bool(one.flags) for one in markers(marks(dice, {"a": "", "b": "", "c": ""}, each=60)))
    assert found["l"] == found["h"] == 6 and found["d"] >= 5 and accused <= 2


@pytest.mark.parametrize("name", ["$\\frac{1$", "\x1b[31mred", "标记者", "a\x00b", "<b>&"])
def test_any_name_can_be_drawn(name):
    import warnings

    from grader.insight import plots
    from grader.insight.markers import Figure

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn = str(plots.leaning("Leaning", [(name, Figure(0.1, 0.0, 0.2, 0.01))]))
    assert drawn.startswith("<svg") and "<b>" not in drawn and "\x1b" not in drawn
