"""Questions go out and come in again: each form loses what the printed table says, and nothing else."""

import csv
import dataclasses
import html
import io
import re
import xml.etree.ElementTree as XML
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from grader.cards.fields import read_card
from grader.cards.model import Question, Reflection
from grader.cards.problem import Text
from grader.cards.render import block, inline
from grader.cards.source import parse_fields
from grader.cards.written import entry
from grader.cli.door import app
from grader.exchange import carried, out
from grader.exchange.incoming.bring import bring
from grader.exchange.incoming.markup import escaped
from grader.exchange.items import essays, items
from support.chance import QUICK, tries
from support.libraries import GOOD, copy_of_good
from support.project import the_library

PARTS = {
    "known_as": lambda card: card.outside,
    "options": lambda card: [inline(option.text) for option in card.options],
    "why": lambda card: [inline(option.why) for option in card.options],
    "ask": lambda card: inline(card.ask),
    "explain": lambda card: inline(card.explain),
    "unless": lambda card: inline(card.unless),
    "story": lambda card: block(card.story),
    "prompt": lambda card: block(card.prompt),
    "title": lambda card: inline(card.title),
    "kind": lambda card: card.single,
    "sources": lambda card: tuple(map(str, card.sources)),
    "escalate": lambda card: [inline(line) for line in card.escalate],
    "criteria": lambda card: [
        (inline(one.name), {points: inline(text) for points, text in one.levels.items()}) for one in card.criteria
    ],
}


def part(card, name):
    """A part of a card as a reader meets it; where its lines are broken makes no difference."""
    found = PARTS.get(name, lambda card: getattr(card, name))(card)
    return " ".join(found.split()) if isinstance(found, str) else found


@pytest.fixture(scope="module")
def library():
    """Every eighth question of the project's own, and its reflections: real texts, with all their signs."""
    held = the_library()
    every = sorted(held.questions)
    some = {*every[::8], *(name for name in every if held.questions[name].kind == "all-that-apply")}
    cards = {name: held.questions[name] for name in every if name in some}
    # A name that was given out before the file was renamed.
    first = next(iter(cards))
    cards[first] = dataclasses.replace(cards[first], known_as=Text("Old Name/9"))
    return dataclasses.replace(held, questions=cards)


@pytest.mark.parametrize("form", ["moodle", "gift", "qti21", "qti3", "cc"])
def test_a_round_trip_loses_what_the_table_says(form, library, tmp_path):
    asked = [item for use in ("practice", "graded", "exam") for item in items(library, use)][:: 5 if QUICK else 1]
    path = tmp_path / "bank"
    path.write_bytes(out.write(form, asked, essays(library)))
    empty = dataclasses.replace(library, questions={}, sets={}, reflections={}, unread={})
    brought = bring(
        {"qti21": "qti", "qti3": "qti", "cc": "qti"}.get(form, form), path, tmp_path / "in", empty, "", "graded"
    )
    assert {loss.what for loss in brought.losses} <= {
        "its place in a set",
        *(("what it says to whoever marks it",) if form == "gift" else ()),
        *(("its scoring, all or nothing",) if form == "cc" else ()),
    }
    found = {}
    for file in (tmp_path / "in").rglob("*.yml"):
        kind = Question if "bank" in file.parts else Reflection
        # What a form does not carry, an author fills in.
        file.write_text(file.read_text().replace("level: ???", "level: apply"))
        card, problems = read_card(kind, file, file.name)
        assert card, problems
        found[card.outside] = card
    for one in (*asked, *essays(library)):
        kind = "question" if isinstance(one.card, Question) else "reflection"
        for row in carried.TABLE:
            if row.card != kind or row.field in ("key", "partial", "set", "anchors", "review"):
                continue
            if row.sign(form) == carried.BOTH:
                assert part(found[one.name], row.field) == part(one.card, row.field), (row.field, one.name)
        if kind == "question":
            assert found[one.name].key == one.card.key


def test_the_spreadsheet_has_a_column_for_all_that_the_table_says_it_carries(library):
    card = next(card for card in library.questions.values() if card.set and card.unless)
    more = {"replaces": Text("the-older-one"), "allow": {Text("Q012"): Text("As the source has it.")}}
    more |= {
        "topic": Text("hormones"),
        "task": Text("planning"),
        "gate": Text("duty-to-protect"),
        "difficulty": 0.5,
        "use": "practice",
    }
    asked = items(dataclasses.replace(library, questions={card.name: dataclasses.replace(card, **more)}), "practice")
    essay = dataclasses.replace(essays(library)[0].card, allow={Text("Q013"): Text("So it is asked.")})
    written = essays(dataclasses.replace(library, reflections={essay.name: essay}))
    rows = list(csv.DictReader(io.StringIO(out.write("csv", asked, written).decode("utf-8-sig"))))
    names = {
        "known_as": "name",
        "key": "key",
        "why": "reason A",
        "options": "option A",
        "difficulty": "planned difficulty",
    }
    names |= {"prompt": "ask", "criteria": "explain", "escalate": "explain"}
    for row in carried.TABLE:
        if row.sign("csv") != carried.NO:
            held = rows[row.card == "reflection"]
            assert held[names.get(row.field, row.field)], (row.card, row.field)
    assert rows[0]["replaces"] == "the-older-one" and rows[0]["excuses"] == "Q012: As the source has it."
    assert rows[1]["excuses"] == "Q013: So it is asked."


@pytest.mark.parametrize("form", ["qti21", "qti3", "cc"])
def test_ids_that_differ_in_a_sign_are_two_questions(form, library):
    cards = [dataclasses.replace(card, use="practice") for card in list(library.questions.values())[:2]]
    cards = [dataclasses.replace(card, known_as=Text(own)) for card, own in zip(cards, ("A/B", "A B"))]
    found = items(dataclasses.replace(library, questions={card.name: card for card in cards}), "practice")
    with zipfile.ZipFile(io.BytesIO(out.write(form, found, []))) as held:
        text = "".join(held.read(name).decode() for name in held.namelist() if "manifest" not in name)
    assert (
        len(set(re.findall(r'<(?:qti-assessment-item|assessmentItem|item) [^>]*ident(?:ifier)?="([^"]+)"', text))) == 2
    )


@pytest.mark.parametrize("form", ["qti21", "qti3"])
def test_an_item_says_its_language_as_xml_says_it(form, library):
    with zipfile.ZipFile(io.BytesIO(out.write(form, items(library, "graded"), essays(library)))) as held:
        for name in held.namelist():
            if name.startswith("items/"):
                assert XML.fromstring(held.read(name)).get("{http://www.w3.org/XML/1998/namespace}lang") == "en", name


def brought(form, data, folder, *more):
    """(what the command says, name of a card's file -> its text, rows of the table)."""
    path = folder / ("bank" + {"gift": ".txt", "moodle": ".xml", "qti": ".zip"}[form])
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    to = folder / "own"
    done = CliRunner().invoke(app, ["import", form, str(path), "--to", str(to), "--library", str(GOOD), *more])
    cards = {file.relative_to(to).as_posix(): file.read_text() for file in to.rglob("*.yml")}
    table = to / "not-carried.csv"
    rows = list(csv.DictReader(table.open(encoding="utf-8-sig"))) if table.exists() else []
    return done, cards, rows


def test_what_moodle_writes_comes_in_and_every_loss_is_named(tmp_path):
    done, cards, rows = brought("moodle", (Path(__file__).parent / "bank.xml").read_bytes(), tmp_path)
    assert done.exit_code == 0, done.output
    bank = "exercises/bank/confidentiality"
    assert set(cards) == {
        f"{bank}/eth-12-b.yml",
        f"{bank}/secrets.yml",
        f"{bank}/words-for-it.yml",
        f"{bank}/half-right.yml",
        "exercises/reflections/your-pull.yml",
    }
    letter = cards[f"{bank}/eth-12-b.yml"]
    for line in (
        "known_as: ETH 12/b",
        "kind: all-that-apply",
        "level: apply",
        "objective: ???",
        "# Its tags: consent",
        "  \\[picture: The letter\\]",
        "ask: What do you say *first*?",
        "  - right: Who has read it",
        "  - wrong: Nothing, H₂O",
        "review: draft",
    ):
        assert f"\n{line}\n" in letter, line
    assert "  right: [consent]" not in letter and "    right: [consent]" in cards[f"{bank}/words-for-it.yml"]
    assert "  - right: \\[A\\] \\*best\\*" in cards[f"{bank}/half-right.yml"]
    assert "script" not in cards[f"{bank}/half-right.yml"].split("use:")[1]
    assert "# Full marks for a pull that is named." in cards["exercises/reflections/your-pull.yml"]
    lost = {(row["question"], row["what"], row["which"]) for row in rows}
    assert {
        ("Maria & her letter", "a picture", "letter scan.png"),
        ("Maria & her letter", "its points", "2"),
        ("Maria & her letter", "its weights", "33.33 %, 33.33 %, 33.33 %, -50 %"),
        ("Maria & her letter", "a hint between tries", "Think of consent."),
        ("Gaps", "the whole question", "cloze"),
        ("Sum", "the whole question", "calculated"),
    } <= lost
    again, same, _ = brought("moodle", (Path(__file__).parent / "bank.xml").read_bytes(), tmp_path)
    assert again.exit_code == 0 and same == cards, "what came before is neither written over nor doubled"
    assert "5 questions came before" in again.output and "eth-12-b.yml" in again.output


GIFT = r"""
// a comment
$CATEGORY: $course$/top/Ethics/Confidentiality

// question: 12  name: x [id:Q-12] [tag:easy] [tag:level:apply]
::Maria\: part 1::[html]<p>Maria, 34, comes alone. Her partner waits outside. What do you say <b>first</b>?</p>{
  ~%50%That you <i>keep</i> it#good
  ~%50%That you ask

  ~%-100%Nothing#it is \= to \{silence\}
  ####General here
}

Who's buried in Grant's tomb?{=no one ~Grant ~%50%Napoleon#half}
::Gap:: The sun rises in the
{~west =east ~north} every morning.

True or not?{T#you were wrong#you were right}

Short {=a =b}

Num {#3.14:0.01}

Just text with no answer

Broken { =a ~b

::Next::After it {=x ~y}
"""


def test_gift_as_teachers_write_it(tmp_path):
    done, cards, rows = brought("gift", GIFT, tmp_path, "--use", "exam")
    assert done.exit_code == 0, done.output
    by = {Path(name).stem: text for name, text in cards.items()}
    assert all("/confidentiality/" in name for name in cards)
    maria = by["q-12"]
    assert "ask: What do you say **first**?" in maria and "story: Maria, 34, comes alone." in maria
    assert "  - right: That you *keep* it\n    why: good" in maria and "    why: it is = to {silence}" in maria
    assert "use: exam" in maria and "explain: General here" in maria and "level: apply" in maria
    assert "  - right: True\n    why: you were right" in by["true-or-not"]
    assert "  - right: x" in by["next"], "a question behind a broken one is not swallowed"
    lost = {(row["what"], row["which"]) for row in rows}
    assert {
        ("the whole question", "shortanswer"),
        ("the whole question", "numerical"),
        ("the whole question", "Just text with no answer"),
        ("the whole question", "Broken { =a ~b"),
        ("its weights", "100 %, 0 %, 50 %"),
    } <= lost


def package(**files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("_", "."), text)
    return held.getvalue()


QTI = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="A1" title="One of them">
<responseDeclaration identifier="R" cardinality="single" baseType="identifier"><correctResponse><value>b</value>
</correctResponse></responseDeclaration><itemBody><p>A &amp; B &lt; C</p><p><img src="p.png" alt="two"/></p>
<choiceInteraction responseIdentifier="R" maxChoices="1"><prompt>Which?</prompt><simpleChoice identifier="a">one
<feedbackInline outcomeIdentifier="F" identifier="a">not <b>it</b></feedbackInline> or so</simpleChoice>
<simpleChoice identifier="b">two</simpleChoice></choiceInteraction></itemBody>
<modalFeedback outcomeIdentifier="G" identifier="all" showHide="show"><p>As it is.</p></modalFeedback>
</assessmentItem>"""
ORDER = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="o" title="In order">
<qti-item-body><qti-order-interaction response-identifier="R"/></qti-item-body></qti-assessment-item>"""


MANY = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="H" title="Water">
<responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="identifier"><mapping defaultValue="-4">
<mapEntry mapKey="h" mappedValue="2"/><mapEntry mapKey="o" mappedValue="2"/></mapping></responseDeclaration><itemBody>
<choiceInteraction responseIdentifier="OTHER" maxChoices="0"><prompt>Water?</prompt>
<simpleChoice identifier="h">Hydrogen</simpleChoice><simpleChoice identifier="he">Helium</simpleChoice>
<simpleChoice identifier="o">Oxygen</simpleChoice></choiceInteraction></itemBody></assessmentItem>"""


def test_qti_points_become_shares(tmp_path):
    _, cards, rows = brought("qti", MANY, tmp_path)
    (card,) = cards.values()
    assert "kind: all-that-apply" in card
    assert re.findall(r"- (right|wrong): (\w+)", card) == [
        ("right", "Hydrogen"),
        ("wrong", "Helium"),
        ("right", "Oxygen"),
    ]
    assert not rows, "two right at 2 points, the wrong one at -4: that is our own rule, in points"


def test_qti_of_others(tmp_path):
    done, cards, rows = brought("qti", package(one_xml=QTI, two_xml=ORDER, p_png="x", bad_xml="<a"), tmp_path)
    assert done.exit_code == 0, done.output
    ((name, card),) = cards.items()
    assert name == "exercises/bank/to-be-placed/a1.yml" and "to-be-placed" in done.output
    assert "  A & B < C\n" in card and "ask: Which?" in card and "explain: As it is." in card
    assert "  - wrong: one or so\n    why: not **it**" in card and "  - right: two" in card
    lost = {(row["question"], row["what"], row["which"]) for row in rows}
    assert ("In order", "the whole question", "orderInteraction") in lost
    assert {("", "a file", "p.png"), ("", "a file", "bad.xml"), ("One of them", "a picture", "p.png")} <= lost


BEHIND = (
    QTI.replace(
        "</itemBody>", '<feedbackBlock outcomeIdentifier="F" identifier="b">It is two.</feedbackBlock></itemBody>'
    )
    .replace('maxChoices="1"', 'maxChoices="0"')
    .replace("<itemBody>", '<stimulusRef identifier="s" href="letter.xml"/><itemBody>')
)
DRAWN = QTI.replace("<itemBody>", '<templateDeclaration identifier="N"/><itemBody>').replace("One of them", "Drawn")
TEST = """<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"><testPart><assessmentSection title="S">
<rubricBlock view="candidate"><p>Read this first.</p></rubricBlock></assessmentSection></testPart></assessmentTest>"""


def test_qti_does_not_ask_with_what_is_said_behind_the_answer(tmp_path):
    _, cards, rows = brought("qti", package(one_xml=BEHIND, two_xml=DRAWN, test_xml=TEST), tmp_path)
    (card,) = cards.values()
    assert "kind: one-best-answer" in card, "its declaration says that one is scored"
    assert "  - right: two\n    why: It is two." in card and card.count("It is two.") == 1
    lost = {(row["question"], row["what"], row["which"]) for row in rows}
    assert {
        ("", "a text above several questions", "Read this first."),
        ("One of them", "a text that several questions share", "letter.xml"),
        ("Drawn", "the whole question", "choiceInteraction"),
    } <= lost


def moodle(*questions, form="html", single="false"):
    """A Moodle XML of questions, each (name, text, weights of its options a, b, c)."""
    made = []
    for name, text, weights in questions:
        answers = "".join(
            f'<answer fraction="{weight}"><text>{letter}</text></answer>' for letter, weight in zip("abc", weights)
        )
        made.append(
            f'<question type="multichoice"><name><text>{name}</text></name><questiontext format="{form}"><text>'
            f"{html.escape(text)}</text></questiontext><single>{single}</single>{answers}</question>"
        )
    return f"<quiz>{''.join(made)}</quiz>"


@pytest.mark.parametrize("form", ["moodle", "gift"])
def test_a_weight_is_read_as_people_write_it(form, tmp_path):
    xml = moodle(("Q", "Which?", ("33,5", "66.50000000000001", "-50")))
    data = xml if form == "moodle" else "::Q::Which?{~%33,5%a ~%66.50000000000001%b ~%-50%c}"
    _, cards, _ = brought(form, data, tmp_path)
    assert re.findall(r"- (right|wrong): (\w+)\n", *cards.values()) == [("right", "a"), ("right", "b"), ("wrong", "c")]


def test_a_key_that_is_not_clear_goes_to_a_person(tmp_path):
    file = moodle(
        ("Odd", "?", ("100", "all", "0")), ("Two", "?", (100, 100, 0)), ("Tie", "?", (50, 50, 0)), single="true"
    )
    _, cards, rows = brought("moodle", file, tmp_path)
    assert all(
        re.search("- right: a\n(.*\n)*.*- right: b\n", text) for name, text in cards.items() if "odd" not in name
    )
    lost = {(row["question"], row["what"], row["which"]) for row in rows}
    assert {("Odd", "a weight", "all"), ("Two", "its single answer", ""), ("Tie", "its single answer", "")} <= lost


def test_markdown_of_others_is_read_as_warily_as_html(tmp_path):
    text = "What is **this**?\n\n![a scan](p.png)\n\n<script>alert(1)</script>\n\n|a|b|\n|-|-|\n|1|2|\n\nWhich?"
    _, cards, rows = brought("moodle", moodle(("M", text, (100, 0, 0)), form="markdown"), tmp_path)
    (card,) = cards.values()
    assert "What is **this**?" in card and "ask: Which?" in card and "  - a; b\n  - 1; 2\n" in card
    assert "alert" not in card and "p.png)" not in card
    assert {"a picture", "a <script> in a text", "the form of a table"} <= {row["what"] for row in rows}


def test_words_of_a_table_come_along_and_those_of_word_to_itself_do_not(tmp_path, recwarn):
    text = (
        '<?xml:namespace prefix="o"?><![if !supportLists]><p>See.</p><![endif]><table><caption>Scores</caption>'
        "<tr><td>A<table><tr><td>x</td><td>y</td></tr></table></td><td>B</td></tr></table><p>So \\(x^2\\)?</p>"
    )
    _, cards, rows = brought("moodle", moodle(("T", text, (100, 0, 0))), tmp_path)
    (card,) = cards.values()
    for words in ("  See.\n", "  Scores\n", "- x; y; B\n"):
        assert words in card, card
    assert "supportLists" not in card and ";;" not in card
    assert not [one for one in recwarn if "parse" in str(one.message)], [str(one.message) for one in recwarn]
    assert "a formula in TeX" in {row["what"] for row in rows}


def test_gift_without_empty_lines_between(tmp_path):
    text = "$CATEGORY: top/Confidentiality\n::A::One?{=a ~b}\n::B::Two?{~a =b}\n"
    text += "$CATEGORY: top/elsewhere\n::C::Three?{=a ~b}"
    _, cards, _ = brought("gift", text, tmp_path)
    bank = "exercises/bank/"
    assert set(cards) == {f"{bank}confidentiality/a.yml", f"{bank}confidentiality/b.yml", f"{bank}to-be-placed/c.yml"}
    assert "ask: One?" in cards[f"{bank}confidentiality/a.yml"]


def test_a_set_of_the_second_run_has_names_of_its_own(tmp_path):
    for ask in ("Match.", "Match these."):
        _, cards, _ = brought("gift", f"::P::{ask}{{=cat -> food =dog -> bone}}", tmp_path)
    names = [Path(name).stem for name in cards] + [
        n for text in cards.values() for n in re.findall("- name: (.+)", text)
    ]
    assert len(cards) == 2 and len(set(names)) == len(names) == 6


def test_a_file_of_another_form_or_without_a_card_is_no_success(tmp_path):
    for form, data, words in (
        ("gift", "<?xml version='1.0'?><quiz/>", "no GIFT"),
        ("gift", b"PK\x03\x04\0\0", "no GIFT"),
        ("moodle", "::A::One?{=a ~b}", "no XML"),
        ("gift", "", "No question of bank.txt"),
        ("gift", "Only {#3}", "No question of bank.txt"),
    ):
        done, cards, _ = brought(form, data, tmp_path)
        assert done.exit_code == 1 and not cards and words in done.output, (form, data, done.output)


def test_a_question_that_says_exam_itself_does_not_go_into_the_library(tmp_path):
    home = copy_of_good(tmp_path)
    (tmp_path / "x.txt").write_text("// [id:x1] [tag:use:exam]\n::Secret::A?{=a ~b}\n\n::Open::A?{=a ~b}\n")
    command = [
        "import",
        "gift",
        str(tmp_path / "x.txt"),
        "--to",
        str(home),
        "--library",
        str(home),
        "--use",
        "practice",
    ]
    done = CliRunner().invoke(app, command)
    assert "for exam" in done.output and [*home.rglob("open.yml")] and not [*home.rglob("x1.yml")]


BOMB = '<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><quiz>&b;</quiz>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz>&a;</quiz>'


@pytest.mark.parametrize(
    "form, data, words",
    [
        ("moodle", BOMB, "entities"),
        ("moodle", OUTSIDE, "entities"),
        ("qti", package(a_xml=BOMB), "no question"),
        ("moodle", "<quiz><question", "damaged at line 1"),
        ("moodle", "", "damaged"),
        ("moodle", "<html/>", "no Moodle XML"),
        ("moodle", "<quiz>" + "<a>" * 5000 + "</a>" * 5000 + "</quiz>", "nested"),
        ("qti", b"PK\x03\x04 and nothing", "damaged"),
        ("qti", package(a_xml='<assessment xmlns="x"/>'), "QTI 1.2"),
        ("qti", package(pool_zip="PK"), "another archive, pool.zip: unpack it"),
        ("moodle", package(a_xml="<quiz/>"), "is an archive"),
    ],
)
def test_a_damaged_or_hostile_file_costs_one_line(form, data, words, tmp_path):
    done, cards, _ = brought(form, data, tmp_path)
    assert done.exit_code == 1 and not cards
    first = done.output.splitlines()[0] if done.output else ""
    assert words in first or words in str(done.output), done.output
    assert "Traceback" not in done.output


WORDS = st.text("ab1 *_[]()<>&#;.+-=~`\\!|:\"'{}%\n/é?", min_size=1, max_size=40)


@tries()
@given(WORDS)
def test_plain_words_stay_words_whatever_signs_they_have(text):
    line = " ".join(text.split())
    shown = re.sub(r"[“”\"‘’]", "'", html.unescape(re.sub(r"</?p>", "", block(escaped(line))))).strip()
    assert shown == re.sub(r"[“”\"‘’]", "'", line)


@tries()
@given(WORDS.filter(str.strip))
def test_a_card_reads_what_was_written_into_it(text):
    fields, problems = parse_fields("\n".join(entry("story", text)) + "\n", "")
    lines = [line.rstrip() for line in text.strip().split("\n")]
    assert not problems and fields.get("story").rstrip("\n").split("\n") == lines


def test_drafts_with_keys_do_not_go_into_the_library(tmp_path):
    done = CliRunner().invoke(app, ["import", "gift", str(tmp_path / "x"), "--to", str(GOOD), "--library", str(GOOD)])
    assert done.exit_code == 2


#: What the table says in another row: a question's chapter; what a card replaces and excuses, with its review.
ELSEWHERE = {"path", "named", "home", "replaces", "allow"}


@pytest.mark.parametrize("kind, card", [("question", Question), ("reflection", Reflection)])
def test_the_table_knows_every_field_of_a_card(kind, card):
    rows = {row.field for row in carried.TABLE if row.card == kind}
    missing = {field.name for field in dataclasses.fields(card)} - rows - ELSEWHERE
    assert not missing, f"exchange/carried.py has no row for {sorted(missing)}"


def test_every_form_says_what_it_leaves_out(tmp_path):
    shown = CliRunner().invoke(app, ["export", "questions", "--carries"]).output
    assert all(row.words in shown for row in carried.TABLE)
    command = ["export", "questions", "--for", "anki", "--reflections", "--to", str(tmp_path / "a.apkg")]
    done = CliRunner().invoke(app, [*command, "--library", str(GOOD)])
    assert done.exit_code == 0 and "Reflections are left out" in done.output and "partial credit" in done.output
