"""Questions in the forms of other systems: read again by what each format says, every answer scores what it scores
here."""

import csv
import io
import itertools
import re
import zipfile
from xml.etree import ElementTree as xml

import pytest
from typer.testing import CliRunner

from grader.cards.library import load
from grader.cards.vocabulary import LETTERS
from grader.cli.door import app
from grader.exchange import cartridge, gift, moodle, qti, table
from grader.exchange.items import essays, items
from grader.notebook.score import hits_minus_false_alarms
from support.libraries import GOOD, copy_of_good


@pytest.fixture(scope="module")
def library():
    return load(GOOD)


@pytest.fixture(scope="module")
def asked(library):
    found = [item for use in ("practice", "graded", "exam") for item in items(library, use)]
    assert {item.many for item in found} == {True, False}
    return found


def answers(item):
    letters = [choice.letter for choice in item.choices]
    most = len(letters) if item.many else 1
    return [set(some) for number in range(most + 1) for some in itertools.combinations(letters, number)]


def expected(item, chosen) -> float:
    key = set(item.card.key)
    if not item.many:
        return float(chosen == key)
    return hits_minus_false_alarms(key, chosen, len(item.choices))


def test_moodle_gives_what_the_grader_gives(asked):
    read = {}
    for question in xml.fromstring(moodle.write(asked, [])).iter("question"):
        if question.get("type") == "multichoice":
            read[question.findtext("idnumber")] = question
    assert set(read) == {item.name for item in asked}
    for item in asked:
        question = read[item.name]
        shares = [float(answer.get("fraction")) / 100 for answer in question.iter("answer")]
        assert (question.findtext("single") == "true") is not item.many
        for chosen in answers(item):
            got = max(0, sum(share for share, letter in zip(shares, LETTERS) if letter in chosen))
            assert got == pytest.approx(expected(item, chosen), abs=1e-4), (item.name, chosen)
        assert all(answer.findtext("feedback/text").strip() for answer in question.iter("answer"))


def test_gift_keeps_every_sign_and_every_share(asked):
    text = gift.write(asked, []).decode()
    for item in asked:
        (body,) = re.findall(rf"::{re.escape(item.name)}::\[html\](.*?)\n}}\n", text, re.DOTALL)
        assert "\n\n" not in body, "an empty line ends a question"
        lines = re.findall(r"^  (=|~(?:%(-?[\d.]+)%)?)(.*)#(.*)$", body.split("####")[0], re.MULTILINE)
        assert len(lines) == len(item.choices)
        for (mark, share, option, _), choice in zip(lines, item.choices, strict=True):
            assert re.sub(r"\\(.)", r"\1", option) == " ".join(choice.text.split())
            assert not re.search(r"(?<!\\)[~=#{}]", option)
            assert (float(share) / 100 if share else float(mark == "=")) == pytest.approx(choice.share, abs=1e-4)


@pytest.mark.parametrize("version, prefix", [("2.1", ""), ("3.0", "qti-")])
def test_qti_gives_what_the_grader_gives_and_draws_one_story_of_a_set(asked, version, prefix):
    archive = zipfile.ZipFile(io.BytesIO(qti.write(asked, [], version)))
    space = f"{{{qti.ITEM[version]}}}{prefix}"
    names = ("mapEntry", "mapKey", "mappedValue") if version == "2.1" else ("map-entry", "map-key", "mapped-value")
    for item in asked:
        root = xml.fromstring(archive.read(f"items/{item.name}.xml"))
        shares = {one.get(names[1]): float(one.get(names[2])) for one in root.iter(space + names[0])}
        correct = {
            one.text for one in next(root.iter(space + ("correctResponse" if not prefix else "correct-response")))
        }
        assert correct == set(item.card.key)
        for chosen in answers(item) if item.many else ():
            got = min(1, max(0, sum(shares[letter] for letter in chosen)))
            assert got == pytest.approx(expected(item, chosen), abs=1e-4)
    listed = {one.get("href") for one in xml.fromstring(archive.read("imsmanifest.xml")).iter() if one.get("href")}
    assert listed == set(archive.namelist()) - {"imsmanifest.xml"}
    test = xml.fromstring(archive.read("test.xml"))
    together = {
        frozenset(one.get("href")[6:-4] for one in section if one.get("href"))
        for section in test.iter()
        if any(child.tag.endswith("selection") for child in section)
    }
    sets = {
        frozenset(i.name for i in asked if i.card.set == name) for name in {i.card.set for i in asked if i.card.set}
    }
    assert together == {names for names in sets if len(names) > 1}


def test_a_cartridge_knows_the_key_and_says_the_reasons(asked):
    archive = zipfile.ZipFile(io.BytesIO(cartridge.write(asked, [])))
    space = f"{{{cartridge.ITEM}}}"
    found = {
        one.get("ident"): one
        for name in archive.namelist()
        if name != "imsmanifest.xml"
        for one in xml.fromstring(archive.read(name)).iter(f"{space}item")
    }
    for item in asked:
        (scored,) = (
            one for one in found[item.name].iter(f"{space}respcondition") if one.find(f"{space}setvar") is not None
        )
        wrong = {one.text for negated in scored.iter(f"{space}not") for one in negated}
        assert {one.text for one in scored.iter(f"{space}varequal")} - wrong == set(item.card.key)
        assert len(list(found[item.name].iter(f"{space}itemfeedback"))) == len(item.choices) + 1


def test_the_table_is_the_authors_own_words_without_line_ends_and_signs(asked, library, tmp_path):
    rows = list(csv.DictReader(io.StringIO(table.write(asked, essays(library)).decode("utf-8-sig"))))
    assert len(rows) == len(asked) + len(library.reflections)
    for row, item in zip(rows, asked, strict=False):
        assert row["name"] == item.name and row["key"] == "".join(item.card.key)
        assert row["story"] == " ".join(item.card.story.split())
        assert [row[f"option {c.letter}"] for c in item.choices] == [str(option.text) for option in item.card.options]
        assert not any("\n" in row[f"reason {c.letter}"] for c in item.choices)
    assert {row["use"] for row in rows[len(asked) :]} == {"graded"}
    mine = copy_of_good(tmp_path)
    path = mine / "exercises/bank/confidentiality/email-before-the-session.yml"
    path.write_text(
        path.read_text().replace("The reason for A.", "It says *may*, & <not>\n      **must**; see `6 * 7`.")
    )
    done = CliRunner().invoke(
        app, ["export", "questions", "--for", "csv", "--library", str(mine), "--to", str(tmp_path / "q.csv")]
    )
    assert done.exit_code == 0, done.output
    (row,) = [row for row in csv.DictReader((tmp_path / "q.csv").open(encoding="utf-8-sig")) if "email" in row["name"]]
    assert row["reason A"] == "It says may, & <not> must; see 6 * 7."


def test_reflections_go_with_their_rubric_for_the_marker_alone(library):
    (essay, *_) = essays(library)
    (question,) = (q for q in xml.fromstring(moodle.write([], [essay])).iter("question") if q.get("type") == "essay")
    criterion = str(essay.card.criteria[0].name)
    assert criterion in question.findtext("graderinfo/text") and criterion not in question.findtext("questiontext/text")
    for version in ("2.1", "3.0"):
        archive = zipfile.ZipFile(io.BytesIO(qti.write([], [essay], version)))
        root = xml.fromstring(archive.read(f"items/{essay.name}.xml"))
        (rubric,) = (one for one in root.iter() if one.tag.endswith(("rubricBlock", "rubric-block")))
        assert rubric.get("view") == "scorer" and criterion in "".join(rubric.itertext())


@pytest.mark.parametrize("form", ["moodle", "gift", "qti21", "qti3", "cc", "csv"])
def test_practice_alone_goes_out_without_a_name_for_the_file(form, tmp_path, monkeypatch):
    library = copy_of_good(tmp_path / "library")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["export", "questions", "--for", form, "--library", str(library)])
    assert done.exit_code == 0, done.output
    (made,) = tmp_path.glob("candor-practice.*")
    data = made.read_bytes()
    if zipfile.is_zipfile(made):
        archive = zipfile.ZipFile(made)
        data = b"".join(archive.read(name) for name in archive.namelist())
    held = load(library)
    for card in held.questions.values():
        assert (card.name.encode() in data) is (card.use == "practice"), card.name
    hidden = CliRunner().invoke(
        app, ["export", "questions", "--for", form, "--use", "graded", "--library", str(library)]
    )
    assert hidden.exit_code == 2 and "--to" in hidden.output
