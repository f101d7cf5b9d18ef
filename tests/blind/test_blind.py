"""Blind readings: what the sheets hide, what the scores say, and what a careless table gets for an answer."""

import csv
import shutil

import pytest

from grader.blind import answers, difficulty, sheets
from grader.cards.library import load
from support.libraries import GOOD, copy_of_good
from support.project import ROOT, run


@pytest.fixture(scope="module")
def folder(tmp_path_factory, library):
    """Sixty questions on each sheet, of the project's own bank."""
    place = tmp_path_factory.mktemp("blind") / "sheets"
    sheets.make(library, place, 60, seed=3)
    return place


def fill(folder, sheet: str, who: str, right: int, p: str = "") -> None:
    """A reader's table: the first `right` answers are the key, the others are not."""
    rows = sheets.unseal(folder)["sheets"][sheet]
    with (folder / f"{sheet}-{who}.csv").open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["number", "letter", "p"])
        for number, row in enumerate(rows, 1):
            other = next(letter for letter in "ABCD" if letter != row["key"])
            writer.writerow([number, row["key"] if number <= right else other, p])


def test_sheets_hold_no_name_no_key_and_no_story_where_the_options_stand_alone(folder, library):
    key = sheets.unseal(folder)
    only, full = ((folder / f"{sheet}.md").read_text() for sheet in (sheets.ONLY, sheets.FULL))
    rows = [row for rows in key["sheets"].values() for row in rows]
    assert len(rows) == 120 and len({row["name"] for row in rows}) == 120
    assert not any(row["name"] in only + full for row in rows) and not any(
        row["name"].encode() in (folder / "key.sealed").read_bytes() for row in rows
    )
    for row in key["sheets"][sheets.ONLY]:
        card = library.questions[row["name"]]
        assert not card.story or card.story.strip().split("\n")[0] not in only  # a knowledge question may have none
        assert all(option.text in only for option in card.options)
    for row in key["sheets"][sheets.FULL]:
        assert library.questions[row["name"]].story.strip().split("\n")[0] in full


def test_stories_of_a_set_are_kept_apart(tmp_path):
    """Four questions alone and one set: three lists on a sheet, so that the second needs another story of the set
    that the first has, and says so."""
    library, made = load(GOOD), 0
    for seed in range(12):
        try:
            said = sheets.make(library, tmp_path / str(seed), 3, seed, ("graded", "exam", "practice"))
        except sheets.Unreadable:  # the set was not on the first sheet
            continue
        made += 1
        both = sheets.unseal(tmp_path / str(seed))["sheets"].values()
        assert [sum(bool(row["set"]) for row in rows) for rows in both] == [
            1,
            1,
        ] and "let one reader see one sheet" in said[0]
    assert made


def test_the_same_seed_draws_the_same_and_another_seed_does_not(folder, library, tmp_path):
    for seed in (3, 4):
        sheets.make(library, tmp_path / str(seed), 60, seed=seed)
    assert (
        (tmp_path / "3/full.md").read_text() == (folder / "full.md").read_text() != (tmp_path / "4/full.md").read_text()
    )


def test_figures_by_hand(folder):
    """30 of 60 with the options alone, 57 of 60 in full; chance is a quarter but for what has more options or
    several right."""
    fill(folder, sheets.ONLY, "ada", 30)
    fill(folder, sheets.FULL, "bo", 57)
    key, found = answers.read(folder)
    assert found[sheets.ONLY].share == 0.5 and found[sheets.FULL].share == 0.95
    by_lot = answers.chance(key["sheets"][sheets.ONLY])
    text = answers.report(key, found, "1 December 2026")
    assert (
        f"= {(0.95 - 0.5) / (0.95 - by_lot):.2f}." in text
        and "| options alone | 60 | 1 | 60 | 30 (50%) | 38% to 62% |" in text
    )
    assert text.count("Changed: not yet.") == 3 and text.startswith("## Blind reading, 1 December 2026, seed 3\n")


def test_a_reading_is_put_behind_the_review_notes(folder, tmp_path):
    copy = copy_of_good(tmp_path)
    fill(folder, sheets.FULL, "bo", 57)
    done = run("grader", "blind", "score", str(folder), folder=copy, apart=True)
    notes = (copy / "exercises/bank/REVIEW.md").read_text()
    assert (
        done.returncode == 0
        and notes.startswith("# Blind readings\n\n## Blind reading, ")
        and "| in full | 60 |" in notes
    )


@pytest.mark.parametrize(
    "table, said",
    [
        ("number,letter\n1,A\n1,B\n", "line 3: `1` is not a number of this sheet, or stands twice"),
        ("number,letter\n61,A\n", "line 2: `61` is not a number of this sheet"),
        ("number,letter\n1,Q\n", "line 2: `Q` cannot be"),
        ("number,letter,p\n1,A,60 %\n", "line 2: `60 %` is not a share"),
        ("number,letter\n1,\n", "no sheet has been answered yet"),
    ],
)
def test_a_table_that_cannot_be_read_is_one_line(library, tmp_path, table, said):
    sheets.make(library, tmp_path / "s", 60, seed=3)
    (tmp_path / "s/full-x.csv").write_text(table)
    with pytest.raises(answers.Unreadable, match=said.replace("`", ".")):
        answers.read(tmp_path / "s")


def test_a_table_from_a_spreadsheet_with_semicolons_and_commas_is_read(library, tmp_path):
    sheets.make(library, tmp_path / "s", 60, seed=3)
    rows = sheets.unseal(tmp_path / "s")["sheets"]["full"]
    (tmp_path / "s/full-x.csv").write_bytes(
        "\ufeffnumber;letter;p\r\n1;{};0,7\r\n".format(rows[0]["key"].lower()).encode()
    )
    reading = answers.read(tmp_path / "s")[1]["full"]
    assert reading.right == [(rows[0]["name"], 1)] and reading.p == {rows[0]["name"]: [0.7]}


def test_a_folder_with_something_in_it_is_left_alone(folder, library):
    with pytest.raises(sheets.Unreadable, match="is not empty"):
        sheets.make(library, folder, 5, seed=1)


@pytest.mark.slow
def test_two_readers_difficulty_is_written_on_cards_and_stories_and_reads_back(tmp_path):
    """In a copy of the project's bank: every card of a sheet says its mean, and nothing else of any file has
    changed."""
    for room in ("book", "exercises", "case_vignettes"):
        shutil.copytree(ROOT / room, tmp_path / "library" / room, ignore=shutil.ignore_patterns("_build"))
    library = load(tmp_path / "library")
    before = {card.path: card.path.read_text().split("\n") for card in library.questions.values()}
    sheets.make(library, tmp_path / "s", 200, seed=5, sheets=(sheets.FULL,))
    fill(tmp_path / "s", sheets.FULL, "ada", 200, "0.5")
    assert difficulty.planned(difficulty.judged([tmp_path / "s"])) == {}  # one reader is none
    fill(tmp_path / "s", sheets.FULL, "bo", 200, "0.65")
    means = difficulty.planned(difficulty.judged([tmp_path / "s"]))
    assert len(means) == 200 and difficulty.write(library, means) == []
    now = load(tmp_path / "library")
    assert {now.questions[name].difficulty for name in means} == {0.57} or {
        now.questions[name].difficulty for name in means
    } == {0.58}
    assert any(now.questions[name].set for name in means) and now.problems == []
    for path, lines in before.items():
        assert [line for line in path.read_text().split("\n") if "difficulty:" not in line] == [
            line for line in lines if "difficulty:" not in line
        ]
    difficulty.write(now, dict.fromkeys(means, 0.9))  # a later judgement takes the place of the earlier
    assert {card.difficulty for name, card in load(tmp_path / "library").questions.items() if name in means} == {0.9}


def test_a_reading_of_an_edition_is_written_into_the_edition(tmp_path):
    library = copy_of_good(tmp_path / "library")
    edition = tmp_path / "edition"
    edition.mkdir()
    (edition / "program.yml").write_text("name: Erewhon\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
    path = answers.append(load(library, edition=edition), "Read by two.\n")
    assert path.is_relative_to(edition) and "Read by two." in path.read_text(encoding="utf-8")
    assert before == {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
