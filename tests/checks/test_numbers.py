"""Numbers in running text: what is found, what counts as a finding, and which two numbers say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.cards.findings import findings
from grader.cards.numbers import agree, numbers
from support.chance import tries


def found(text: str) -> list[tuple[str, float, str]]:
    return [(one.text, round(one.value, 2), one.unit) for one in numbers(text) if one.kind != "share"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("31,581 women", [("31,581", 31581, "")]),
        ("31\N{NARROW NO-BREAK SPACE}581 women", [("31 581", 31581, "")]),
        ("12,345.6 and 1,5", [("12,345.6", 12345.6, ""), ("1,5", 1.5, "")]),
        ("0,125 of them", [("0,125", 0.12, "")]),
        ("r = .278, p<.001", [(".278", 0.28, ""), (".001", 0, "")]),
        ("25.8 to 80.3 %", [("25.8", 25.8, "%"), ("80.3 %", 80.3, "%")]),
        ("14, 26, and 31 per cent", [("14", 14, "%"), ("26", 26, "%"), ("31 per cent", 31, "%")]),
        ("10–13 % or 10-13%", [("10", 10, "%"), ("13 %", 13, "%"), ("10", 10, "%"), ("13%", 13, "%")]),
        ("aged 57 to 85, 73 % of them", [("57", 57, "?"), ("85", 85, "?"), ("73 %", 73, "%")]),
        ("32/27/39 %", [("32", 32, "%"), ("27", 27, "%"), ("39 %", 39, "%")]),
        ("desire 11, erection 14 %", [("11", 11, "?"), ("14 %", 14, "%")]),
        (
            "thirty-six trials, a dozen reviews, two hundred men",
            [("thirty-six", 36, ""), ("a dozen", 12, ""), ("two hundred", 200, "")],
        ),
        ("82 thousand adults, 1.3 million contacts", [("82 thousand", 82000, ""), ("1.3 million", 1300000, "")]),
        ("two thirds, a quarter, half", [("two thirds", 66.67, "%"), ("a quarter", 25, "%"), ("half", 50, "%")]),
        ("one in three, 9 out of 10", [("one in three", 33.33, "%"), ("9 out of 10", 90, "%")]),
        ("PDE5, PHQ-9, the 19th, the 1980s, kuo2009secrets", []),
    ],
)
def test_numbers_are_found_as_they_were_typed(text, wanted):
    assert found(text) == wanted


def test_a_share_of_two_counts_is_a_percentage_too():
    assert [(one.text, round(one.value)) for one in numbers("31 of 35 women") if one.kind == "share"] == [
        ("31 of 35", 89)
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Of 620 therapists 53 % screened.", ["620", "53 %"]),
        ("A quarter of the 160 raised a concern.", ["A quarter", "160"]),
        ("In two samples of adults, half of the women and about a third of the men.", ["half", "a third"]),
        ("Better in seven studies, and in one of the two trials.", ["seven"]),
        ("83 % had a problem at three months.", ["83 %", "three"]),
        ("In 2007, Ines, 41, read section 43.92 of the code, step 3, at 19:40.", []),
        ("Men of 54 and women aged 61; a man turned 30.", []),
        ("d = 0.58 (95 % CI 0.40 to 0.77)", ["0.58", "0.40", "0.77"]),
        ("31 of 35 against 4 of 35", ["31", "35", "4", "35"]),
        ("Half an hour, the other half, a third person, a quarter of an hour, half of a cut.", []),
        ("Two people in one bed; three things; after six weeks.", []),
        ("ICD-11 6C72, DSM-5 302.72, IIEF-5, 45 CFR 164.524, the 18th.", []),
        ("One in five adults.", ["One in five"]),
        (
            "12.0 % with both, 31,581 women; a line of 21.7; r = .278 in 295 studies.",
            ["12.0 %", "31,581", "21.7", ".278", "295"],
        ),
    ],
)
def test_what_counts_as_a_finding(text, wanted):
    assert [one.text for one in findings(text)] == wanted


SAME = [
    ("26 %", "25.8 %"),
    ("25.8 %", "25.8 %"),
    ("33 %", "0.33"),
    (".28", ".278"),
    ("0.58", ".58"),
    ("58 %", "0.58"),
    ("31,581", "31581"),
    ("seven studies", "7 studies"),
    ("thirty-six trials", "36"),
    ("a dozen trials", "12"),
    ("a third of them", "33.4 %"),
    ("about a third", "35 %"),
    ("about half", "52 %"),
    ("more than half", "58 %"),
    ("fewer than half of them", "41 %"),
    ("nearly half", "46 %"),
    ("two thirds of them", "66 %"),
    ("a quarter of them", "one quarter"),
    ("25 %", "one quarter"),
    ("one in three", "33 %"),
    ("89 %", "31 of 35"),
    ("nearly 70 %", "69.4 %"),
    ("more than 31,000", "31,581"),
    ("about 18,000", "18,876"),
    ("over 8,000", "8,480"),
    ("0,58", "0.58"),
    ("25,8 %", "25.8 %"),
    ("11 of them, 14 %", "11 %"),
]
OTHER = [
    ("39 %", "39 women"),
    ("39 women", "39 %"),
    ("27 %", "25.8 %"),
    ("25.9 %", "25.8 %"),
    ("a third of them", "40 %"),
    ("about half", "61 %"),
    ("more than half", "48 %"),
    ("more than half", "82 %"),
    ("fewer than half of them", "52 %"),
    ("nearly 70 %", "71 %"),
    ("more than 31,000", "30,500"),
    ("about 18,000", "20,000"),
    ("seven studies", "8 studies"),
    (".27", ".278"),
    ("62 %", "0.58"),
    ("31,581", "31,851"),
    ("3.5", "35"),
]


@pytest.mark.parametrize(("said", "known"), SAME)
def test_two_numbers_that_say_the_same(said, known):
    assert any(agree(findings(said)[0] if findings(said) else numbers(said)[0], other) for other in numbers(known))


@pytest.mark.parametrize(("said", "known"), OTHER)
def test_two_numbers_that_do_not(said, known):
    assert not any(agree(findings(said)[0] if findings(said) else numbers(said)[0], other) for other in numbers(known))


@tries()
@given(st.floats(0.01, 100).map(lambda value: round(value, 3)), st.integers(0, 2))
def test_a_number_agrees_with_itself_rounded(value, places):
    assert agree(numbers(f"{value:.{places}f} %")[0], numbers(f"{value:.3f} %")[0])


@tries()
@given(st.text(max_size=200))
def test_any_text_is_read(text):
    for one in (*numbers(text), *findings(text)):
        assert 0 <= one.at < one.end <= len(text)
