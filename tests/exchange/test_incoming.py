"""What other systems wrote: quizzes of Canvas, pools of Blackboard, files that came before, and slips in how they are
written."""

import html
import io
import re
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from grader.cli.door import app
from support.libraries import GOOD

from .test_travel import brought, moodle, package

CARTRIDGE = """<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">
<assessment ident="i1" title="Week 1"><section ident="root_section">{}</section></assessment></questestinterop>"""


def old_item(ident, kind, shown, scored, more="", title="Question"):
    """An item as Canvas's classic quizzes write it."""
    field = (
        f"<qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>{kind}</fieldentry></qtimetadatafield>"
    )
    return (
        f'<item ident="{ident}" title="{title}"><itemmetadata><qtimetadata>{field}</qtimetadata></itemmetadata>'
        f"<presentation>{shown}</presentation><resprocessing>{scored}</resprocessing>{more}</item>"
    )


def words_of(text, kind="text/html"):
    return f'<material><mattext texttype="{kind}">{html.escape(text)}</mattext></material>'


def offered(cardinality, **options):
    labels = "".join(
        f'<response_label ident="{name}">{words_of(text, "text/plain")}</response_label>'
        for name, text in options.items()
    )
    shown = f"<render_choice>{labels}</render_choice>"
    return f'<response_lid ident="response1" rcardinality="{cardinality}">{shown}</response_lid>'


def when(condition, score="", shown=""):
    given = f'<setvar action="Set" varname="SCORE">{score}</setvar>' if score else ""
    told = f'<displayfeedback feedbacktype="Response" linkrefid="{shown}"/>' if shown else ""
    return f"<respcondition><conditionvar>{condition}</conditionvar>{given}{told}</respcondition>"


def chosen(name):
    return f'<varequal respident="response1">{name}</varequal>'


def told(name, text):
    return f'<itemfeedback ident="{name}"><flow_mat>{words_of(text)}</flow_mat></itemfeedback>'


CANVAS = [
    old_item(
        "i0123456789abcdef0",
        "multiple_choice_question",
        words_of("<p>Ana, 40, asks.</p><p>What <b>first</b>?</p>") + offered("Single", a1="Advice *now*", a2="Consent"),
        when("<other/>", shown="general_fb")
        + when(chosen("a1"), shown="a1_fb")
        + when(chosen("a2"), score="100", shown="correct_fb"),
        told("general_fb", "Consent comes first.") + told("a1_fb", "Too early.") + told("correct_fb", "Well done."),
    ),
    old_item(
        "i0123456789abcdef1",
        "multiple_answers_question",
        words_of("Which two belong?") + offered("Multiple", b1="One", b2="Two", b3="Three"),
        when(f"<and>{chosen('b1')}<not>{chosen('b2')}</not>{chosen('b3')}</and>", score="100"),
    ),
    old_item(
        "i0123456789abcdef2",
        "true_false_question",
        words_of("It is so.") + offered("Single", t="True", f="False"),
        when(chosen("f"), score="100"),
    ),
    old_item(
        "i0123456789abcdef3",
        "essay_question",
        words_of("<p>What pulled you?</p>") + '<response_str ident="response1"><render_fib/></response_str>',
        when("<other/>"),
        title="Your pull",
    ),
    old_item(
        "i4", "numerical_question", words_of("How many?") + '<response_str ident="response1"/>', when(chosen("3"))
    ),
]


def test_a_quiz_of_canvas_comes_in_once_though_its_cartridge_has_it_twice(tmp_path):
    quiz = CARTRIDGE.format("".join(CANVAS))
    poorer = CARTRIDGE.format(CANVAS[0])
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("i1/assessment_qti.xml", poorer)
        made.writestr("non_cc_assessments/i1.xml.qti", quiz)
    done, cards, rows = brought("qti", held.getvalue(), tmp_path, "--chapter", "confidentiality")
    assert done.exit_code == 0, done.output
    bank = "exercises/bank/confidentiality"
    assert set(cards) == {
        f"{bank}/ana-40-asks-what-first.yml",
        f"{bank}/which-two-belong.yml",
        f"{bank}/it-is-so.yml",
        "exercises/reflections/your-pull.yml",
    }, "by their words: neither Canvas's ids nor its `Question` name them"
    ana = cards[f"{bank}/ana-40-asks-what-first.yml"]
    assert "known_as: i0123456789abcdef0\n" in ana and "ask: What **first**?\n" in ana
    assert "  - wrong: Advice \\*now\\*\n    why: Too early.\n  - right: Consent\n" in ana
    assert "explain: Consent comes first.\n" in ana
    assert re.findall("- (right|wrong): (.+)", cards[f"{bank}/which-two-belong.yml"]) == [
        ("right", "One"),
        ("wrong", "Two"),
        ("right", "Three"),
    ]
    assert "  - right: False\n" in cards[f"{bank}/it-is-so.yml"]
    lost = {(row["question"], row["what"], row["which"]) for row in rows}
    assert {
        ("Ana, 40, asks. What **first**?", "what is said to a right, a partly right or a wrong answer", "Well done."),
        ("Which two belong?", "its scoring, all or nothing", ""),
        ("How many?", "the whole question", "numerical_question"),
    } == lost


POOL = Path(__file__).parent / "pool.dat"


def test_a_pool_of_blackboard(tmp_path):
    done, cards, rows = brought("qti", package(imsmanifest_xml="<manifest/>", res00001_dat=POOL.read_text()), tmp_path)
    assert done.exit_code == 0, done.output
    ((name, card),) = cards.items()
    assert name == "exercises/bank/to-be-placed/what-is-asked-first.yml"
    assert "known_as: _77_1\n" in card
    assert "  - right: Consent\n    why: ???\n  - wrong: Advice\n    why: Later.\n" in card
    assert [(row["what"], row["which"]) for row in rows] == [("its points", "10")]


def test_an_import_of_the_library_s_own_questions_makes_no_second_ones(tmp_path):
    out_of = tmp_path / "own.xml"
    command = ["export", "questions", "--for", "moodle", "--library", str(GOOD), "--to", str(out_of)]
    assert CliRunner().invoke(app, command).exit_code == 0
    done, cards, _ = brought("moodle", out_of.read_bytes(), tmp_path)
    assert done.exit_code == 0 and not cards and "came before" in done.output, done.output
    # The id of another bank's question may be the name of one of ours by chance.
    own = next(iter(re.findall("<idnumber>(.+)</idnumber>", out_of.read_text())))
    chance = moodle(("Other", "Something else?", ("100", "0"))).replace(
        "<single>", f"<idnumber>{own}</idnumber><single>"
    )
    _, cards, _ = brought("moodle", chance, tmp_path)
    assert len(cards) == 1


def test_what_carries_no_id_is_known_by_its_title_and_its_words(tmp_path):
    text = "::Same::Which?{=a ~b}\n\n::Same::What?{=a ~b}\n"
    _, first, _ = brought("gift", text, tmp_path)
    folder = tmp_path / "own/exercises/bank/to-be-placed"
    (folder / "same.yml").rename(folder / "another-name.yml")
    done, second, _ = brought("gift", text + "\n::New::Who?{=a ~b}\n", tmp_path)
    assert len(first) == 2 and len(second) == 3 and "2 questions came before" in done.output


@pytest.mark.parametrize("title", ["ما هو الأول؟", "最初に何を確認しますか", "Что сначала?"])
def test_a_title_that_latin_letters_cannot_write_gives_a_name_that_stays(title, tmp_path):
    text = moodle((title, f"{title} 2", ("100", "0"))).encode()
    _, cards, _ = brought("moodle", text, tmp_path / "a" if (tmp_path / "a").mkdir() is None else tmp_path)
    _, again, _ = brought("moodle", text, tmp_path / "b" if (tmp_path / "b").mkdir() is None else tmp_path)
    assert list(cards) == list(again)
    ((name, card),) = cards.items()
    assert re.fullmatch("question-[0-9a-f]{6}", Path(name).stem) and title in card


@pytest.mark.parametrize("form", ["moodle", "gift"])
def test_a_file_that_says_utf_8_and_is_of_windows_is_read_as_what_it_is(form, tmp_path):
    xml = '<?xml version="1.0" encoding="UTF-8"?>' + moodle(("Q", "Señor Müller’s “no”?", ("100", "0")))
    text = xml if form == "moodle" else "::Q::Señor Müller’s “no”?{=a ~b}"
    done, cards, _ = brought(form, text.encode("cp1252"), tmp_path)
    assert "Señor Müller’s “no”?" in next(iter(cards.values()))
    assert [line for line in done.output.splitlines() if "Windows-1252" in line], done.output
    (tmp_path / "b").mkdir()
    one_bad = text.replace("no", "n?o").encode().replace(b"n?o", b"n\xffo")
    done, cards, _ = brought(form, one_bad, tmp_path / "b")
    assert (
        "Señor Müller’s" in next(iter(cards.values()))
        and "1 letter" in (tmp_path / "b/own/not-carried.csv").read_text()
    )


def test_an_equals_sign_without_its_backslash_in_gift(tmp_path):
    text = '::A::Where?{=<a href="https://x.example/?a=1">here</a> ~there}\n\n::B::What?{=2 + 2 = 4 ~5}\n'
    _, cards, rows = brought("gift", text, tmp_path)
    assert len(re.findall("- (?:right|wrong):", cards["exercises/bank/to-be-placed/a.yml"])) == 2
    assert "https://x.example/?a=1" in cards["exercises/bank/to-be-placed/a.yml"]
    assert {("A", "a backslash before an ="), ("B", "a backslash before an =, perhaps")} <= {
        (row["question"], row["what"]) for row in rows
    }
