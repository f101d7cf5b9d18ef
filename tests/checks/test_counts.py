"""`grader check --report`: the counts of the library, and what the wording of options gives away."""

from dataclasses import replace

import pytest
from notebook.test_score import question

from grader.cards.library import load
from grader.cards.problem import Text
from grader.checks.counts import grade, report
from grader.checks.wording import guesses, leaning, openers, rate
from support.libraries import copy_of_good


def card(number: int, best: str, others: list[str]):
    """A card whose best option moves with its number."""
    texts = others[:]
    texts.insert(number % 4, best)
    plain = replace(question("ABCD"[number % 4]), named=Text(f"card-{number}"))
    return replace(plain, options=tuple(replace(option, text=Text(text)) for option, text in zip(plain.options, texts)))


def test_a_word_that_only_wrong_options_use_is_found_and_named():
    def cards(clause: str):
        whom = ["him", "her", "them", "both"]
        return [
            card(n, f"ask {whom[n // 4 % 4]}", [f"ask {word}{clause}" for word in whom if word != whom[n // 4 % 4]])
            for n in range(80)
        ]

    telling, even = cards(", since it is late"), cards("")
    assert rate(guesses(telling), telling) == (1, 0.25, 80)
    assert rate(guesses(even), even)[0] < 0.5
    assert ("since", 0, 240) in leaning(telling)
    assert all(best * 4 == every for word, best, every in leaning(even) if word == "ask")


def test_a_set_is_guessed_as_a_whole():
    """Ten lists of four, each asked four times with each of its options right once: what is learned of one story may
    not help or harm its siblings."""

    def story(list_: int, right: int):
        plain = question("ABCD"[right])
        texts = [f"Speak of the {word}{list_}" for word in ("lamp", "boat", "salt", "coat")]
        return replace(
            plain,
            named=Text(f"s{list_}-{right}"),
            set=f"set-{list_}",
            options=tuple(replace(option, text=Text(text)) for option, text in zip(plain.options, texts)),
        )

    cards = [story(list_, right) for list_ in range(10) for right in range(4)]
    share, chance, count = rate(guesses(cards), cards)
    assert (share, chance, count) == (0.25, 0.25, 40)


def test_a_first_word_that_leans_is_named_with_its_counts():
    cards = [card(n, "stop here", ["go there", "go on", "wait there"]) for n in range(12)]
    assert ("stop", 12, 12, 3.0) in openers(cards, 2.5)
    assert openers([card(n, "go here", ["go there", "go on", "go back"]) for n in range(12)], 2.5) == []


def test_the_report_counts_what_is_there(tmp_path):
    text = report(load(copy_of_good(tmp_path)))
    for line in (
        "Questions: 9 in 1 chapters",
        "use: graded 4, practice 3, exam 2",
        "kind: one-best-answer 8, all-that-apply 1",
        "in sets: 5 stories of 1 sets; practice 2, graded 2, exam 1",
        "planned difficulty: 0.80 and above 0, 0.60 to 0.79 3, below 0.60 2, not judged 4",
        "practice: 0% of 3 (chance 22%); in sets 0% of 2 (chance 20%); alone 0% of 1 (chance 25%)",
        "graded, letter of the best option, and by chance: A 1 (1), B 1 (1), C 2 (1), D 0 (1), E 0 (0)",
        "practice, the best option is the longest in 2 of 3 (67%); words of best options 9.0, of others 7.5",
        "the worst fifth outside sets: 1 question",
        "Vignettes: 1, of which 0 unfold over three parts; 1 person",
        "Reflections: 1, 4 anchor answers, 1 with one below the pass",
        "Chapters: 1, 57 words, 30 minutes; 2 works cited",
        "Evidence cards: 2, for 2 of 2 works cited; past their date: 0; numbers excused by name: 0",
        "erewhon: 1 row of law, 1 help line, 0 past their date, 0 not seen",
        "the letters of A on B: 0 of 1 right, 0.2 by chance; the letters of A on C: 1 of 1 right",
    ):
        assert line in text


@pytest.mark.slow
def test_the_worst_are_listed_by_their_margin(library):
    text = report(library, worst=True)
    listed = [
        float(line.split()[0])
        for line in text.split("the worst fifth outside sets")[1].split("\n\n")[0].split("\n")[1:]
    ]
    assert len(listed) > 50 and listed == sorted(listed, reverse=True)
    assert "--worst lists them" in report(library) and "--worst lists them" not in text


def test_reading_grade_after_flesch_and_kincaid():
    """Ten words of one syllable in one sentence: 0.39 * 10 + 11.8 * 1 - 15.59 = 0.11."""
    assert grade(["the cat and the dog sat on the red mat"]) == pytest.approx(0.11)


def test_an_empty_library_has_a_report(tmp_path):
    for name in ("book", "exercises", "case_vignettes"):
        (tmp_path / name).mkdir()
    assert report(load(tmp_path)).startswith("Questions: 0")
