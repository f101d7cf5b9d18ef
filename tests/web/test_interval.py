"""The interval of a score, against figures worked out elsewhere, and never zero wide."""

import json

import pytest

from grader.web.interval import likely, wilson
from support.project import ROOT


@pytest.mark.parametrize(
    "right, asked, low, high",
    [
        (68, 100, 0.5834, 0.7633),
        (4, 11, 0.1517, 0.6462),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 1, 0.2065, 1.0),
    ],
)
def test_the_interval_by_hand(right, asked, low, high):
    """Wilson's limits: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n), with z = 1.96."""
    found = wilson(right, asked)
    assert (round(found.low, 4), round(found.high, 4)) == (pytest.approx(low, abs=2e-4), pytest.approx(high, abs=2e-4))


def test_it_is_never_zero_wide_and_never_outside():
    for asked in range(1, 60):
        for right in range(asked + 1):
            found = wilson(right, asked)
            assert 0 <= found.low <= found.share <= found.high <= 1 and found.high - found.low > 0.05
    with pytest.raises(ValueError):
        wilson(0, 0)


@pytest.mark.parametrize("case", json.loads((ROOT / "tests/ranges.json").read_text()), ids=str)
def test_a_range_is_given_from_as_many_questions_on_as_the_page_gives_one(case):
    found = likely(case["right"], case["of"])
    assert (found and [round(100 * found.low), round(100 * found.high)]) == case["range"]


def test_what_a_reader_reads():
    assert wilson(68, 100).words == "58 to 76 %"
