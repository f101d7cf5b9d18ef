"""A number and its noun: one rule, and no sentence of the package that has its own."""

import re
from pathlib import Path

import pytest

from grader.counted import counted, in_english
from grader.language import use

PACKAGE = Path(__file__).parents[2] / "grader"
OWN = re.compile(r"""\{'s' \*|\{"s" \*|'s' if [^}]*!= 1|'' if [^}]*== 1 else 's'""")


@pytest.mark.parametrize(
    "number, words",
    [(0, "0 hours"), (1, "1 hour"), (1.0, "1 hour"), (1.5, "1.5 hours"), (2, "2 hours"), (1200, "1200 hours")],
)
def test_one_takes_the_singular_and_nothing_else_does(number, words):
    assert counted(number, "hour") == words


def test_a_sentence_that_is_no_message_stays_english():
    use("pt-BR")
    assert (counted(2, "question"), in_english(2, "question")) == ("2 questões", "2 questions")


def test_another_plural_and_a_verb():
    assert [counted(n, "story", "stories") for n in (1, 2)] == ["1 story", "2 stories"]
    assert [counted(n, "question was", "questions were") for n in (1, 0)] == ["1 question was", "0 questions were"]


def test_no_sentence_has_a_rule_of_its_own():
    found = [
        f"{path.relative_to(PACKAGE)}:{number}"
        for path in PACKAGE.rglob("*.py")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if OWN.search(line) and path.name != "counted.py"
    ]
    assert found == []
