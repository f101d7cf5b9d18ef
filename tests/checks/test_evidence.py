"""What pages and cards say of a work, held against its evidence card; excuses; the claims of an evidence table;
counts."""

from pathlib import Path

import pytest

from grader.cards.claims import cited, citing, tables
from grader.cards.library import load
from grader.cards.problem import Text
from grader.checks.counts import report
from grader.checks.run import check
from support.libraries import copy_of_good

CHAPTER = "book/ethics/confidentiality.md"
CARD = "exercises/bank/confidentiality/call-from-the-car.yml"
KUO = "book/evidence/kuo2009secrets.yml"


@pytest.fixture
def library(tmp_path) -> Path:
    return copy_of_good(tmp_path)


def change(library: Path, name: str, old: str, new: str) -> None:
    text = (library / name).read_text()
    assert old in text
    (library / name).write_text(text.replace(old, new, 1))


def found(library: Path) -> list:
    return check(load(library))


def codes(library: Path) -> list[str]:
    return [one.code for one in found(library)]


def say(library: Path, sentence: str) -> None:
    change(library, CHAPTER, "Bring your policy.", sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Of the therapists 63 % used judgement {cite:p}`kuo2009secrets`.",
        "Nearly two thirds of the therapists used judgement {cite:p}`kuo2009secrets`.",
        "Of about 160 therapists most used judgement, as {cite:t}`kuo2009secrets` found in 2020.",
        "The share of therapists who used judgement was .625 {cite:p}`kuo2009secrets`.",
        (
            "Of the couples in their cases 3 of 4 were helped, said some of 160 therapists"
            " {cite:p}`kuo2009secrets,aamft2015code`."
        ),
        "Ask three things, at 19:40, of a man of 54 {cite:p}`kuo2009secrets`.",
    ],
)
def test_a_number_that_the_card_has_is_fine_however_it_is_said(library, sentence):
    say(library, sentence)
    assert codes(library) == []


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Of the therapists 61 % used judgement {cite:p}`kuo2009secrets`.", "61 %"),
        ("Of the therapists 160 % used judgement {cite:p}`kuo2009secrets`.", "160 %"),
        ("A third of the therapists used judgement {cite:p}`kuo2009secrets`.", "A third"),
        ("Seven studies of therapists ask for judgement {cite:p}`kuo2009secrets`.", "Seven"),
        ("| Therapists | 61 used judgement {cite:p}`kuo2009secrets` |", "61"),
        (
            (
                "```{figure} ../figures/paths.svg\n:alt: Two paths that a secret can take.\n\nOf 99 therapists"
                " {cite:p}`kuo2009secrets`.\n```"
            ),
            "99",
        ),
    ],
)
def test_a_number_that_the_card_has_not_is_an_error_at_its_place(library, sentence, number):
    say(library, sentence)
    one = next(one for one in found(library) if one.code == "E006")
    line = (library / CHAPTER).read_text().split("\n")[one.line - 1]
    assert line[one.column - 1 :].startswith(number) and f"`{number}`" in one.message
    assert one.hint.startswith("The card of kuo2009secrets has 160; 62.5 %. ") and one.level == "error"


def test_a_page_without_front_matter_is_held_against_the_cards_too(library):
    (library / "book/intro.md").write_text("# Welcome\n\nOf 99 therapists {cite:p}`kuo2009secrets`.\n")
    assert [(one.path, one.line, one.column) for one in found(library) if one.code == "E006"] == [
        ("book/intro.md", 3, 4)
    ]


def test_the_reasons_of_a_question_are_held_against_its_sources_and_not_the_story(library):
    change(library, CARD, "explain: |\n", "explain: |\n  She has called 14 times.\n")
    change(library, CARD, "story: |\n", "story: |\n  She has called 14 times.\n")
    assert "E006" not in codes(library)
    change(library, CARD, "She has called 14 times.\n", "She has called often.\n")
    one = next(one for one in found(library) if one.code == "E006")
    assert one.path == CARD and (library / CARD).read_text().split("\n")[one.line - 1][one.column - 1 :].startswith(
        "14 times"
    )


def test_a_number_is_excused_by_name_alone(library):
    say(library, "Of the therapists 73 % used judgement, and 41 % regretted it {cite:p}`kuo2009secrets`.")
    change(library, CHAPTER, "allow: {", 'allow: {E006 73 %: "our own count of the cases here", ')
    assert [one.message for one in found(library)] == ["`41 %` is not in the evidence card of kuo2009secrets"]
    change(library, CHAPTER, "E006 73 %:", "E006:")
    assert sorted(codes(library)) == ["E006", "E006", "L007"]
    change(library, CHAPTER, "E006:", "E006 12 %:")
    assert sorted(codes(library)) == ["E006", "E006", "L008"]


def test_a_work_without_a_card_is_named_once_a_page(library):
    (library / KUO).unlink()
    assert [(one.code, one.level, one.path) for one in found(library)] == [("E007", "error", CHAPTER)]


def test_a_card_that_cannot_be_read_is_reported_for_itself_alone(library):
    change(library, "book/evidence/aamft2015code.yml", "design:", "desing:")
    assert {one.path for one in found(library) if one.level == "error"} == {"book/evidence/aamft2015code.yml"}


@pytest.mark.parametrize(
    ("sentence", "lacks"),
    [
        ("It was 62.5 % {cite:p}`kuo2009secrets`.", "its people and its outcome"),
        ("Judgement was used by 62.5 % {cite:p}`kuo2009secrets`.", "its people"),
        ("Of the therapists, 62.5 % were women {cite:p}`kuo2009secrets`.", "its outcome"),
        ("There were 160 {cite:p}`kuo2009secrets`.", "its people and its outcome"),
    ],
)
def test_a_number_without_its_people_or_its_outcome_is_a_warning(library, sentence, lacks):
    say(library, sentence)
    assert [(one.code, one.message.partition("without ")[2]) for one in found(library)] == [("E008", lacks)]


def test_a_percentage_with_both_is_fine(library):
    say(library, "Judgement was used by 62.5 % of the couple therapists {cite:p}`kuo2009secrets`.")
    assert codes(library) == []


@pytest.mark.parametrize(
    ("sentence", "fine"),
    [
        ("The evidence for it is moderate {cite:p}`kuo2009secrets`.", True),
        ("There is no strong evidence {cite:p}`kuo2009secrets`.", True),
        ("A strong alliance helps {cite:p}`kuo2009secrets`.", True),
        ("The evidence for it is still weak {cite:p}`kuo2009secrets`.", False),
        ("Strong evidence speaks for it {cite:p}`kuo2009secrets`.", False),
    ],
)
def test_words_of_certainty_agree_with_the_card(library, sentence, fine):
    say(library, sentence)
    assert codes(library) == ([] if fine else ["E009"])


def test_a_result_may_be_less_sure_than_its_card(library):
    change(
        library,
        KUO,
        "found: professional judgement, 62.5 %",
        "found: professional judgement, 62.5 %\n    certainty: weak",
    )
    card = load(library).evidence["kuo2009secrets"]
    assert (card.grade(), card.grade("judgement")) == ("moderate", "weak")


def test_claims_are_read_with_their_places():
    body = Text(
        "# A\n\n```{evidence}\n- One claim: with a colon,\n  and a second line.\n  from: a2001/x, [b2002]\n\n-"
        " Another.\n  from: c2003\n```\n",
        10,
        1,
    )
    first, second = tables(body)
    assert (
        first.text == "One claim: with a colon,\nand a second line."
        and first.names == ("a2001/x", "b2002")
        and first.keys == ("a2001", "b2002")
    )
    assert [(name.line, name.column) for name in first.names] == [(15, 9), (15, 19)]
    assert (second.text.line, second.text.column, second.keys) == (17, 3, ("c2003",))
    assert cited(body + "\nSee {cite:p}`d2004,e2005`.") == {"a2001", "b2002", "c2003", "d2004", "e2005"}


def test_a_work_is_cited_by_pages_and_by_the_questions_of_a_chapter(library):
    where = citing(load(library))
    assert where["aamft2015code"] == ["ethics/confidentiality"]
    change(library, CARD, "sources: [kuo2009secrets]", "sources: [kuo2009secrets, aamft2015code]")
    change(library, CHAPTER, "from: aamft2015code/policy", "from: kuo2009secrets")
    assert citing(load(library))["aamft2015code"] == ["ethics/confidentiality"]


def test_evidence_tables_do_not_count_as_words_of_a_chapter(library):
    before = codes(library)
    change(
        library,
        CHAPTER,
        "- A policy helps couples in 3 of 4 cases.",
        "- A policy helps couples in 3 of 4 cases" + " and so on" * 2000 + ".",
    )
    assert codes(library) == before == []


def test_the_report_counts_the_cards(library):
    text = report(load(library))
    assert "Evidence cards: 2, for 2 of 2 works cited; past their date: 0; numbers excused by name: 0" in text
    assert (
        "certainty: strong 0, moderate 1, weak 1" in text
        and "seen: full-text 0, guideline 1, statute 0, abstract 1" in text
    )
    assert "erewhon: 1 row of law, 1 help line, 0 past their date, 0 not seen" in text


def test_a_card_is_shown_in_words(library):
    from grader.cards.render import plain

    loaded = load(library)
    text = plain(loaded.evidence["kuo2009secrets"])
    assert (
        "Who: Couple therapists; 160 therapists; United States, 2020" in text
        and "Only the abstract was read: https://example.org/kuo" in text
    )
    assert "Act of 1872, section 3" in plain(loaded.places["erewhon"])
