"""Two markers: the second sees nothing of the first, agreement is counted, and what they agree upon is the score."""

import csv
import math
import random
import sqlite3

import pytest
from typer.testing import CliRunner

from grader.cli.door import app
from grader.marking import sheet
from grader.marking.agreement import measured
from grader.marking.board import Change, Desk, Unsupported
from grader.marking.second import AgreedDesk, Pair, SecondDesk, pairs

from .test_sheet import REFLECTION

FIRST = [(4, 4), (4, 0), (0, 0), (2, 4), (2, 0), (0, 4)]


def mark(desk, marks, who):
    rows = sorted(desk.rows(), key=lambda row: row.trainee)
    done = desk.save([Change(row.id, row.seen, given, None) for row, given in zip(rows, marks, strict=True)], who)
    assert not done.refused, done.refused


def scores(course):
    with sqlite3.connect(course.folder / "gradebook.db") as connection:
        return sorted(connection.execute("select id, manual_score from grade").fetchall())


@pytest.fixture
def both(course):
    """A course in which one marker has marked, and a second one has not begun."""
    mark(Desk(course.folder, course.name, REFLECTION), FIRST, "Ada")
    return course


def second(course, who="Ben", sample=0):
    return SecondDesk(course.folder, course.name, REFLECTION, who, sample)


def test_the_second_marker_sees_no_mark_and_changes_no_score(both, tmp_path):
    before = scores(both)
    rows = second(both).rows()
    assert len(rows) == 6 and all(row.marks == (None, None) and not row.comment and not row.earlier for row in rows)
    sheet.write(second(both), tmp_path / "m.csv")
    with (tmp_path / "m.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert all(set(row[3:7]) == {""} for row in list(csv.reader(stream))[1:])
    mark(second(both), [(4, 0), *FIRST[1:]], "Ben")
    assert scores(both) == before
    assert {row.trainee: row.marks for row in second(both).rows()}["trainee-01"] == (4, 0)
    assert {row.trainee: row.marks for row in second(both, "ben ").rows()}["trainee-01"] == (4, 0), "the same person"
    assert all(row.marks == (None, None) for row in second(both, "Cleo").rows()), "a third sees neither"


def test_who_marked_first_is_no_second_marker(both):
    for who in ("Ada", "ada", " Ada "):
        with pytest.raises(Unsupported, match="somebody else"):
            second(both, who)


def test_two_second_marks_at_once_meet_and_neither_is_lost(both):
    one, other = second(both), second(both)
    row = one.rows()[0]
    assert not one.save([Change(row.id, row.seen, (4, 4))], "Ben").refused
    assert "in between" in other.save([Change(row.id, row.seen, (0, 0))], "Ben").refused[row.id]


def test_what_they_agree_upon_becomes_the_score_and_both_marks_stay_known(both):
    mark(second(both), [(4, 0), *FIRST[1:5], (4, 0)], "Ben")
    desk = AgreedDesk(both.folder, both.name, REFLECTION)
    rows = {row.trainee: row for row in desk.rows()}
    assert set(rows) == {"trainee-01", "trainee-06"}
    assert "first marker 4, 4; Ben 4, 0" in rows["trainee-01"].apart
    row = rows["trainee-06"]
    first = {row.trainee: row.marks for row in Desk(both.folder, both.name, REFLECTION).rows()}
    begun = desk.save([Change(row.id, row.seen, (2, None))], "Ada and Ben")  # as the page saves: after each key
    assert not begun.refused and not begun.rows[row.id].done
    assert {row.trainee: row.marks for row in Desk(both.folder, both.name, REFLECTION).rows()} == first, "half a mark"
    assert all(pair.agreed is None for pair in pairs(desk))
    assert not desk.save([Change(row.id, begun.rows[row.id].seen, (2, 0))], "Ada and Ben").refused
    first = {row.trainee: row.marks for row in Desk(both.folder, both.name, REFLECTION).rows()}
    assert first["trainee-06"] == (2, 0)
    assert {r.trainee: r.done for r in desk.rows()} == {"trainee-01": False, "trainee-06": True}
    (pair,) = (one for one in pairs(desk) if one.id == row.id)
    assert (pair.first, pair.second, pair.agreed) == ((0, 4), (4, 0), (2, 0))


def test_first_marks_of_formgrader_are_in_no_log_and_are_still_known_after_agreeing(course):
    with sqlite3.connect(course.folder / "gradebook.db") as connection:
        connection.execute("update grade set manual_score = 4, needs_manual_grade = 0")
    mark(second(course), [(0, 0)] * 6, "Ben")
    desk = AgreedDesk(course.folder, course.name, REFLECTION)
    row = desk.rows()[0]
    assert not desk.save([Change(row.id, row.seen, (0, 4))], "both").refused
    (pair,) = (one for one in pairs(desk) if one.id == row.id)
    assert (pair.first, pair.second, pair.agreed) == ((4, 4), (0, 0), (0, 4)) and len(pairs(desk)) == 6


def test_other_words_are_marked_anew_by_both(both):
    mark(second(both), FIRST, "Ben")
    assert len(pairs(second(both))) == 6
    path = both.folder / "autograded" / "trainee-01" / both.name / f"{both.name}.ipynb"
    path.chmod(0o600)
    path.write_text(path.read_text().replace("number 0, would wait", "number 0, would not wait"))
    assert len(pairs(second(both))) == 5
    assert {row.trainee: row.marks for row in second(both).rows()}["trainee-01"] == (None, None)


def test_a_sample_has_low_and_high_ones_and_stays_the_same(both):
    drawn = second(both, sample=3).rows()
    totals = {row.id: sum(row.marks) for row in Desk(both.folder, both.name, REFLECTION).rows()}
    found = sorted(totals[row.id] for row in drawn)
    assert len(found) == 3 and found[0] <= 2 and found[-1] >= 6, "the totals are 0, 2, 4, 4, 6 and 8"
    assert drawn == second(both, sample=3).rows() and all(row.marks == (None, None) for row in drawn)


def test_the_commands_say_what_there_is(both, tmp_path, monkeypatch):
    monkeypatch.chdir(both.folder)
    run = CliRunner().invoke
    empty = run(app, ["agreement", both.name])
    assert empty.exit_code == 0 and "--second" in empty.output
    sheet_of = tmp_path / "two.csv"
    made = run(app, ["marks", "export", both.name, REFLECTION, "--second", "--as", "Ben", "--to", str(sheet_of)])
    assert made.exit_code == 0 and "--second" in made.output
    mark(second(both), [(4, 0), *FIRST[1:]], "Ben")
    told = run(app, ["agreement", both.name]).output
    assert "6 answers marked by two people" in told and "4, 4; 4, 0 (Ben)" in told and "may be chance" in told
    assert run(app, ["marks", "export", both.name, REFLECTION, "--second", "--agree"]).exit_code == 2
    assert run(app, ["marks", "export", both.name, REFLECTION, "--sample", "3"]).exit_code == 2


def icc(both) -> float:
    """ICC(2,1) from the mean squares of a two-way table (Shrout and Fleiss 1979)."""
    n, k = len(both), 2
    grand = sum(map(sum, both)) / (n * k)
    rows = [sum(pair) / k for pair in both]
    columns = [sum(pair[c] for pair in both) / n for c in range(k)]
    between = k * sum((row - grand) ** 2 for row in rows) / (n - 1)
    raters = n * sum((column - grand) ** 2 for column in columns) / (k - 1)
    total = sum((mark - grand) ** 2 for pair in both for mark in pair)
    error = (total - between * (n - 1) - raters * (k - 1)) / ((n - 1) * (k - 1))
    return (between - error) / (between + (k - 1) * error + k * (raters - error) / n)


@pytest.mark.parametrize("seed", range(12))
def test_the_measures_are_those_of_other_programs(seed):
    from sklearn.metrics import cohen_kappa_score  # here, since it takes a second to import

    dice, levels = random.Random(seed), (0, 2, 4)
    n = dice.randint(3, 60)
    marks = [dice.choice(levels) for _ in range(n)]
    other = [mark if dice.random() < 0.6 else dice.choice(levels) for mark in marks]
    if len({*marks, *other}) == 1:
        marks[0] = 4 - marks[0]
    (one, _) = measured([Pair("x", (a,), (b,), "Ben") for a, b in zip(marks, other)], ["say"], [levels])
    assert one.kappa == pytest.approx(
        cohen_kappa_score(marks, other, labels=list(levels), weights="quadratic"), abs=1e-6
    )
    assert one.icc == pytest.approx(icc(list(zip(marks, other))), abs=1e-6)
    assert one.exact == sum(a == b for a, b in zip(marks, other)) / n


@pytest.mark.parametrize("both", [[(4, 4)] * 5, [(4, 4)], [(0, 4), (4, 0)]])
def test_what_is_not_defined_is_none_and_no_number(both):
    for one in measured([Pair("x", (a,), (b,), "Ben") for a, b in both], ["say"], [(0, 2, 4)]):
        assert one.kappa is None and one.icc is None and not math.isnan(one.leaning)
