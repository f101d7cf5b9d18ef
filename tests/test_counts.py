"""`grader check --report`: the counts of the library, and what the wording of options gives away."""

from dataclasses import replace

import pytest

from grader.checks.counts import grade, report
from grader.checks.wording import guessed, leaning
from grader.cards.library import load
from grader.cards.problem import Text
from support.libraries import copy_of_good
from test_score import question


def card(number: int, best: str, others: list[str]):
    """A card whose best option moves with its number."""
    texts = others[:]
    texts.insert(number % 4, best)
    plain = question("ABCD"[number % 4])
    return replace(plain, options=tuple(replace(option, text=Text(text)) for option, text in zip(plain.options, texts)))


def test_a_word_that_only_wrong_options_use_is_found_and_named():
    def cards(clause: str):
        whom = ["him", "her", "them", "both"]
        return [card(n, f"ask {whom[n // 4 % 4]}", [f"ask {word}{clause}" for word in whom if word != whom[n // 4 % 4]]) for n in range(80)]

    telling, even = cards(", since it is late"), cards("")
    assert guessed(telling) == 1
    assert guessed(even) < 0.5
    assert ("since", 0, 240) in leaning(telling)
    assert all(best * 4 == every for word, best, every in leaning(even) if word == "ask")


def test_the_report_counts_what_is_there(tmp_path):
    text = report(load(copy_of_good(tmp_path)))
    for line in ("Questions: ", "letter of the best option: A ", "of the options alone: ", "Vignettes: ", "Reflections: ", "Assignments: ", "works cited"):
        assert line in text


def test_reading_grade_after_flesch_and_kincaid():
    """Ten words of one syllable in one sentence: 0.39 * 10 + 11.8 * 1 - 15.59 = 0.11."""
    assert grade(["the cat and the dog sat on the red mat"]) == pytest.approx(0.11)


def test_an_empty_library_has_a_report(tmp_path):
    for name in ("book", "exercises", "case_vignettes"):
        (tmp_path / name).mkdir()
    assert report(load(tmp_path)).startswith("Questions: 0")
