"""Reading and scoring an answer cell: pure, and hard to confuse."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.model import LETTERS, Option, Question
from grader.problem import Text
from grader.score import hits_minus_false_alarms, option_lines, read_answer, score


def question(right="B", kind="one-best-answer", count=4, use="graded", gate=""):
    options = tuple(Option(text=Text(f"Option {letter}."), right=letter in right, why=Text(f"Reason {letter}.")) for letter in LETTERS[:count])
    return Question(
        path=Path("bank/chapter/name.yml"), use=Text(use), objective=Text("o"), kind=Text(kind), level=Text("apply"), story=Text("s"),
        ask=Text("a"), options=options, explain=Text("The principle."), gate=Text(gate), sources=(Text("x"),), review=Text("draft"),
    )


def marked(card, letters):
    text = "\n".join(option_lines(card))
    for letter in letters:
        text = text.replace(f"- [ ] **{letter}.**", f"- [x] **{letter}.**")
    return text


def read(text, kind="one-best-answer", letters="ABCD"):
    return read_answer(text, letters, kind)


@pytest.mark.parametrize(
    "line",
    ["- [x] **B.** Option B.", "- [X] **B.** Option B.", "* [x] **B.** Option", "-[x] **B.** Option", "[x] B. Option", "- [ x ] B) Option",
     "- [✓] **B.** Option", "  - [x] **B.** Option", "- [x]**B.** Option", "• [x] B. Option", "- [х] **B.** (a Cyrillic x)"],
)  # fmt: skip
def test_reads_a_mark_as_people_type_it(line):
    assert read(marked(question(), "").replace("- [ ] **B.** Option B.", line)).chosen == ("B",)


@pytest.mark.parametrize(
    "text, state",
    [
        ("", "blank"),
        ("   \n", "blank"),
        (marked(question(), ""), "blank"),
        (marked(question(), "B"), "answered"),
        (marked(question(), "BC"), "ambiguous"),
        (marked(question(), "").replace("[ ] **B", "[?] **B"), "ambiguous"),
        ("B", "ambiguous"),
        ("Answer: b.", "ambiguous"),
        ("I think that the second one is best.", "unreadable"),
        ("YOUR ANSWER HERE", "unreadable"),
        (marked(question(), "B") + "\n" + marked(question(), ""), "answered"),  # copied cell
        (marked(question(), "B") + "\n" + marked(question(), "C"), "ambiguous"),  # two answers
        ("A note first.\n" + marked(question(), "B") + "\nand a note behind", "answered"),
        (marked(question(), "B").replace("\n", "\r\n"), "answered"),
    ],
)
def test_states(text, state):
    assert read(text).state == state


def test_a_person_looks_at_what_is_ambiguous_and_it_scores_nothing():
    card = question()
    result = score(card, read(marked(card, "BC")))
    assert (result.fraction, result.look) == (0.0, True)
    assert "B and C are both marked" in result.comment


def test_blank_and_unreadable_score_nothing_with_a_plain_comment():
    card = question()
    assert score(card, read("")).fraction == 0 and "No option was marked." in score(card, read("")).comment
    assert "could not be read" in score(card, read("hello there")).comment


def test_the_reason_for_the_chosen_and_for_the_best_option():
    card = question()
    comment = score(card, read(marked(card, "C"))).comment
    assert "Reason C." in comment and "Reason B." in comment and "The principle." in comment
    assert "Reason A." not in comment


def test_an_exam_card_gives_nothing_away():
    card = question(use="exam")
    for letters in ("", "A", "B", "C", "BC"):
        comment = score(card, read(marked(card, letters))).comment
        assert "Reason" not in comment and "principle" not in comment and "B is" not in comment


def test_a_missed_gate_is_said_first():
    card = question(gate="duty-to-protect")
    assert score(card, read(marked(card, "A"))).comment.startswith("**Must not be missed: duty to protect.**")
    assert "Must not be missed" not in score(card, read(marked(card, "B"))).comment


def test_partial_credit_by_hand():
    # Two right of five. One of them: 1/2. Both and one wrong: 1 - 1/3. All five: 1 - 1 = 0. One right, two wrong: 1/2 - 2/3 < 0.
    right = {"A", "C"}
    assert hits_minus_false_alarms(right, {"A"}, 5) == 0.5
    assert hits_minus_false_alarms(right, {"A", "C", "B"}, 5) == pytest.approx(2 / 3)
    assert hits_minus_false_alarms(right, set("ABCDE"), 5) == 0
    assert hits_minus_false_alarms(right, {"A", "B", "D"}, 5) == 0
    assert hits_minus_false_alarms(right, right, 5) == 1


def test_a_missing_line_of_an_all_that_apply_question_is_looked_at():
    card = question("AC", "all-that-apply", 5)
    text = marked(card, "A").replace("- [ ] **C.** Option C.\n", "")
    assert read_answer(text, "ABCDE", "all-that-apply").state == "ambiguous"


@given(st.text(max_size=400))
def test_any_text_is_read_and_scored_within_bounds(text):
    for kind, key in (("one-best-answer", "B"), ("all-that-apply", "AC")):
        card = question(key, kind)
        result = score(card, read_answer(text, "ABCD", kind))
        assert 0.0 <= result.fraction <= 1.0 and isinstance(result.comment, str)


@given(st.sets(st.sampled_from("ABCDE")), st.sets(st.sampled_from("ABCDE"), min_size=1, max_size=4))
def test_full_marks_for_the_key_alone(chosen, key):
    card = question("".join(sorted(key)), "all-that-apply", 5)
    result = score(card, read_answer(marked(card, sorted(chosen)), "ABCDE", "all-that-apply"))
    assert (result.fraction == 1.0) == (chosen == key)
