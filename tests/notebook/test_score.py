"""Scoring what was read in an answer cell: pure, and within bounds. `test_readings.py` holds how a cell is read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.cards.model import LETTERS, Option, Question
from grader.cards.problem import Text
from grader.notebook.reading import read_answer
from grader.notebook.score import hits_minus_false_alarms, option_lines, score
from support.chance import tries


def question(right="B", kind="one-best-answer", count=4, use="graded", gate=""):
    options = tuple(
        Option(text=Text(f"Option {letter}."), right=letter in right, why=Text(f"Reason {letter}."))
        for letter in LETTERS[:count]
    )
    return Question(
        path=Path("bank/chapter/name.yml"),
        use=Text(use),
        objective=Text("o"),
        kind=Text(kind),
        level=Text("apply"),
        story=Text("s"),
        ask=Text("a"),
        options=options,
        explain=Text("The principle."),
        gate=Text(gate),
        sources=(Text("x"),),
        review=Text("draft"),
    )


def marked(card, letters):
    text = "\n".join(option_lines(card))
    for letter in letters:
        text = text.replace(f"- [ ] **{letter}.**", f"- [x] **{letter}.**")
    return text


def read(text, card=None):
    card = card or question()
    return read_answer(text, [option.text for option in card.options], card.kind)


def test_a_person_looks_at_what_is_ambiguous_and_it_scores_nothing():
    card = question()
    result = score(card, read(marked(card, "BC")))
    assert (result.fraction, result.look) == (0.0, True)
    assert "B and C are both marked" in result.comment


def test_blank_scores_nothing_with_a_plain_comment_and_waits_for_nobody():
    card = question()
    result = score(card, read(marked(card, "")))
    assert (result.fraction, result.look) == (0.0, False) and "No option was marked." in result.comment


@pytest.mark.parametrize("text", ["", "hello there", "- [ ] **A.** Another option."])
def test_nothing_but_what_was_released_is_blank(text):
    result = score(question(), read(text))
    assert (result.fraction, result.look) == (0.0, True) and result.comment.startswith(
        "A person decides about this answer: "
    )


def test_the_reason_for_the_chosen_and_for_the_best_option():
    card = question()
    comment = score(card, read(marked(card, "C"))).comment
    assert "Reason C." in comment and "Reason B." in comment and "The principle." in comment
    assert "Reason A." not in comment


def test_a_question_that_stays_closed_gives_nothing_away():
    card = question(use="exam")
    for letters in ("", "A", "B", "C", "BC"):
        comment = score(card, read(marked(card, letters)), closed=True).comment
        assert "Reason" not in comment and "principle" not in comment and "B is" not in comment


def test_a_missed_gate_is_said_first():
    card = question(gate="duty-to-protect")
    assert score(card, read(marked(card, "A"))).comment.startswith("**Must not be missed: duty to protect.**")
    assert "Must not be missed" not in score(card, read(marked(card, "B"))).comment


def test_partial_credit_by_hand():
    # Two right of five. One of them: 1/2. Both and one wrong: 1 - 1/3. All five: 1 - 1 = 0. One right, two wrong: 1/2 -
    # 2/3 < 0.
    right = {"A", "C"}
    assert hits_minus_false_alarms(right, {"A"}, 5) == 0.5
    assert hits_minus_false_alarms(right, {"A", "C", "B"}, 5) == pytest.approx(2 / 3)
    assert hits_minus_false_alarms(right, set("ABCDE"), 5) == 0
    assert hits_minus_false_alarms(right, {"A", "B", "D"}, 5) == 0
    assert hits_minus_false_alarms(right, right, 5) == 1


def test_a_missing_line_of_an_all_that_apply_question_is_looked_at():
    card = question("AC", "all-that-apply", 5)
    text = marked(card, "A").replace("- [ ] **C.** Option C.\n", "")
    assert read(text, card).state == "look"


@tries()
@given(st.text(max_size=400))
def test_any_text_is_read_and_scored_within_bounds(text):
    for kind, key in (("one-best-answer", "B"), ("all-that-apply", "AC")):
        card = question(key, kind)
        result = score(card, read(text, card))
        assert 0.0 <= result.fraction <= 1.0 and isinstance(result.comment, str)


@tries()
@given(st.sets(st.sampled_from("ABCDE")), st.sets(st.sampled_from("ABCDE"), min_size=1, max_size=4))
def test_full_marks_for_the_key_alone(chosen, key):
    card = question("".join(sorted(key)), "all-that-apply", 5)
    result = score(card, read(marked(card, sorted(chosen)), card))
    assert (result.fraction == 1.0) == (chosen == key)
