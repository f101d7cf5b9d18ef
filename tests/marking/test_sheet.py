"""Marking sheets: out, back in, checked, and never over somebody else's marks."""

import csv
import json
import sqlite3
from pathlib import Path

import pytest
from openpyxl import load_workbook

from grader.marking import sheet
from grader.marking.board import Change, Desk
from support.course import cell, program
from support.project import going, run

from .conftest import log_of

REFLECTION = "what-you-would-say"


def desk(course) -> Desk:
    return Desk(course.folder, course.name, REFLECTION)


def importing(course, path: Path, who: str) -> list[str]:
    """The words of the command that reads a sheet back."""
    words = ["marks", "import", course.name, REFLECTION, str(path)]
    return [*words, "--course", str(course.folder), "--as", who, "--yes"]


def fill(path: Path, **values) -> None:
    """Set columns (by how they begin) in every row of a CSV sheet; a value may be a function of the row's number."""
    rows = list(csv.reader(path.open(encoding="utf-8-sig", newline="")))
    for number, row in enumerate(rows[1:]):
        for name, value in values.items():
            place = next(i for i, head in enumerate(rows[0]) if head.startswith(name.lstrip("_")))
            row[place] = value(number) if callable(value) else value
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)


def test_a_sheet_names_nobody_and_holds_no_formula(course, tmp_path):
    assert sheet.write(desk(course), tmp_path / "m.xlsx") == sheet.write(desk(course), tmp_path / "m.csv") == (6, 0)
    text = (tmp_path / "m.csv").read_text(encoding="utf-8-sig")
    assert "trainee-" not in text and "'=HYPERLINK" in text and "<b>and</b>" in text
    page = load_workbook(tmp_path / "m.xlsx").worksheets[0]
    cells = [cell for row in page.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(str(cell.value).startswith("'=HYPERLINK") for cell in cells)
    assert len(page.data_validations.dataValidation) == 2


def test_an_answer_too_long_for_a_cell_says_that_it_goes_on(course, tmp_path, monkeypatch):
    monkeypatch.setattr(sheet, "CELL", 40)
    monkeypatch.setattr(sheet, "CUT", " [goes on]")
    sheet.write(desk(course), tmp_path / "m.xlsx")
    answers = [str(cell.value) for cell in load_workbook(tmp_path / "m.xlsx").worksheets[0]["B"][1:]]
    assert all(len(answer) == 40 and answer.endswith(" [goes on]") for answer in answers)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_marks_arrive_in_nbgraders_gradebook_with_a_log(course, tmp_path, suffix):
    path = tmp_path / f"m.{suffix}"
    sheet.write(desk(course), path)
    if suffix == "csv":
        fill(path, _1="4", _2=lambda number: "" if number == 5 else "0", comment="-0 is not = 0", bank="2, 1")
    else:
        book = load_workbook(path)
        for row in range(2, 8):
            book.worksheets[0].cell(row, 4, 4)
            book.worksheets[0].cell(row, 5, None if row == 7 else 0)
            book.worksheets[0].cell(row, 6, "-0 is not = 0")
            book.worksheets[0].cell(row, 7, "2, 1")
        book.save(path)
    done = run("grader", *importing(course, path, "BN"), apart=True)
    assert done.returncode == 0 and "6 rows written" in done.stdout, done.stdout
    rows = desk(course).rows()
    assert [row.marks for row in rows] == [(4, 0)] * 5 + [(4, None)]
    assert all(row.comment.startswith("-0 is not = 0\n\nYou name a feeling") for row in rows)
    log = log_of(course)
    assert len(log) == 6 and {entry.who for entry in log} == {"BN"} and log[0].said["old"] == [[None, None], ""]
    course.nbgrader("autograde", course.name, "--force")
    assert [row.marks for row in desk(course).rows()] == [(4, 0)] * 5 + [(4, None)]


def test_a_comment_that_begins_like_a_formula_is_a_comment(course, tmp_path):
    """A spreadsheet makes a formula of it; its text is the comment. A formula among the marks counts by its value."""
    path = tmp_path / "m.xlsx"
    sheet.write(desk(course), path)
    book = load_workbook(path)
    for row in range(2, 8):
        book.worksheets[0].cell(row, 6, "=> see the policy")
        assert book.worksheets[0].cell(row, 6).data_type == "f"
    book.worksheets[0].cell(2, 4, "=2+2")  # as openpyxl saves it, without a value: nobody can tell it
    book.save(path)
    words = ["grader", "marks", "import", course.name, REFLECTION, str(path), "--yes"]
    said = program(*words, folder=course.folder, ok=False)
    assert "row 2: `=2+2` in the column *1. Both partners" in said and "5 rows written" in said
    assert [row.comment for row in desk(course).rows()] == ["", *["=> see the policy"] * 5]


def test_a_sheet_is_written_with_its_log_or_not_at_all(course, tmp_path, monkeypatch):
    from grader.grading import kept

    sheet.write(desk(course), tmp_path / "m.csv")
    fill(tmp_path / "m.csv", _1="4", _2="0")
    changes = sheet.read(desk(course), tmp_path / "m.csv").changes

    def ends(*given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(kept, "add", ends)
        desk(course).save(changes, "A")
    assert not any(row.done for row in desk(course).rows()) and not log_of(course)
    assert len(desk(course).save(changes, "A").rows) == 6 == len(log_of(course))


def test_what_breaks_the_rubric_is_named_and_the_rest_is_taken(course, tmp_path):
    path = tmp_path / "m.csv"
    sheet.write(desk(course), path)
    fill(
        path,
        _1=lambda number: ["3", "many", "2.5", "2", "4", "0"][number],
        _2="4",
        bank=lambda number: "99" if number == 3 else "",
    )
    found = sheet.read(desk(course), path)
    assert len(found.changes) == 2 and len(found.refused) == 4
    assert "row 2: `3` is not a level of *Both partners*. Allowed: 4, 2, 0." in found.refused[0]
    assert (
        "`many`" in found.refused[1]
        and "`2.5`" in found.refused[2]
        and "`99` is not a number of the comment bank" in found.refused[3]
    )


@pytest.mark.parametrize("content", [b"", b"id,answer\n", b"\xff\xfe\x00", b"PK\x03\x04 not a workbook"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_file_that_is_no_sheet_is_one_line(course, tmp_path, content, suffix):
    (tmp_path / f"m.{suffix}").write_bytes(content)
    done = run("grader", *importing(course, tmp_path / f"m.{suffix}", "BN"), apart=True)
    assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1 and "Traceback" not in done.stderr


def test_of_two_supervisors_neither_loses_a_mark_and_the_second_is_told(course, tmp_path):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    sheet.write(desk(course), one)
    sheet.write(desk(course), two)
    fill(one, _1=lambda number: "4" if number < 4 else "", comment="from one")
    fill(two, _1=lambda number: "2" if number > 2 else "")
    running = [going("grader", *importing(course, path, path.stem)) for path in (one, two)]
    said = [process.wait() for process in running]
    assert sum("somebody marked this in between" in words for words in said) == 1
    log = log_of(course)
    # Each trainee was written at most once, by one hand, and that is what stands.
    by = {entry.trainee: entry for entry in log}
    assert len(by) == len(log) == 6
    for row in desk(course).rows():
        assert [list(row.marks), row.comment] == by[row.trainee].said["new"]


def test_a_row_that_was_marked_in_between_is_refused_before_anything_is_asked(course, tmp_path):
    """It was asked whether to write it, and refused after the yes."""
    path = tmp_path / "m.csv"
    sheet.write(desk(course), path)
    fill(path, _1=lambda number: "4" if number == 0 else "", comment=lambda number: "mine" if number == 0 else "")
    first = list(csv.reader(path.open(encoding="utf-8-sig", newline="")))[1][0]
    row = next(row for row in desk(course).rows() if row.id == first)
    desk(course).save([Change(row.id, row.seen, (0, 0), "theirs")], "B")
    done = run("grader", *importing(course, path, "A")[:-1])
    assert done.returncode == 1 and f"left out: {first}: somebody marked this in between" in done.stdout
    assert "Write" not in done.stdout and "Nothing to write." in done.stdout


def test_a_change_made_in_formgrader_in_between_is_not_overwritten(course):
    first = desk(course).rows()[0]
    assert not desk(course).save([Change(first.id, first.seen, (4, 4), "kept")], "A").refused
    done = desk(course).save([Change(first.id, first.seen, (0, 0), "lost?")], "B")
    assert (
        "somebody marked this in between, or the answer is another one now (4, 4; 0, 0 was to be written)"
        in done.refused[first.id]
    )
    assert desk(course).rows()[0].marks == (4, 4)


@pytest.mark.parametrize("writer", ["stock", "fast"])
def test_new_words_under_old_marks_are_open_again_everywhere(course, writer):
    """A trainee hands in again after marking: the marks are set aside in the log, and nobody can miss it."""
    first, other = desk(course).rows()[:2]
    for row in (first, other):
        assert desk(course).save([Change(row.id, row.seen, (4, 0), "A fine answer.")], "A").rows[row.id].done
    made = json.loads((course.folder / "submitted" / first.trainee / course.name / f"{course.name}.ipynb").read_text())
    cell(made, REFLECTION)["source"] = "Another answer."
    course.submit(first.trainee, made)
    if writer == "stock":
        said = course.nbgrader("autograde", course.name, "--student", first.trainee, "--force")
        course.nbgrader("generate_feedback", course.name, "--student", first.trainee, "--force")
    else:
        said = program("grader", "autograde", course.name, folder=course.folder)
        program("grader", "feedback", course.name, "--trainee", first.trainee, folder=course.folder)
    rows = {row.id: row for row in desk(course).rows()}
    assert f"look at {first.trainee}: {REFLECTION}: new words; marks and comment set aside" in said
    assert rows[other.id].marks == (4, 0) and rows[other.id].done and rows[other.id].comment == "A fine answer."
    row = rows[first.id]
    assert row.answer == "Another answer." and row.marks == (None, None) and not row.done and row.comment == ""
    assert row.earlier == "4, 0 (A fine answer.)"
    scores = course.scores(first.trainee)
    assert scores[f"{REFLECTION}--1"] == (None, True) and scores[f"{REFLECTION}--2"] == (None, True)
    assert (
        "not marked yet"
        in program("grader", "summary", course.name, folder=course.folder)
        + (course.folder / f"summary-{course.name}.html").read_text()
    )
    page = (course.folder / "feedback" / first.trainee / course.name / f"{course.name}.html").read_text()
    assert "your level" not in page.lower() and "A fine answer" not in page
    assert desk(course).save([Change(first.id, first.seen, (0, 0))], "B").refused[first.id]
    assert desk(course).save([Change(row.id, row.seen, (0, 4))], "B").rows[row.id].done
    assert desk(course).rows()[0].earlier == ""


def test_words_that_were_not_graded_yet_take_no_mark(course):
    """Killed between a graded copy and its rows: the copy's words are new, the rows are for the old ones."""
    first = desk(course).rows()[0]
    assert desk(course).save([Change(first.id, first.seen, (4, 4))], "A").rows[first.id].done
    path = course.folder / "autograded" / first.trainee / course.name / f"{course.name}.ipynb"
    path.chmod(0o644)
    made = json.loads(path.read_text())
    cell(made, REFLECTION)["source"] = "Words of a run that was killed."
    path.write_text(json.dumps(made))
    row = desk(course).rows()[0]
    assert row.marks == (None, None) and not row.done
    assert "grader autograde" in desk(course).save([Change(row.id, row.seen, (4, 4))], "A").refused[row.id]


def test_whose_an_answer_is_can_be_asked_and_is_logged(course):
    row = desk(course).rows()[0]
    words = ["marks", "who", course.name, REFLECTION, row.id]
    said = program("grader", *words, "--because", "danger to a child", "--as", "AB", folder=course.folder)
    assert said.strip() == row.trainee
    logged = program("grader", "log", course.name, folder=course.folder)
    assert f"AB: flagged {course.name} {row.trainee}" in logged and "danger to a child" in logged
    assert "Say why" in program("grader", *words, "--because", " ", folder=course.folder, ok=False)


def test_a_mark_that_has_no_place_in_the_gradebook_is_not_called_written(course):
    from grader.grading import gradebook as db

    row, one = desk(course).rows()[1], desk(course)
    with db.writing(one.engine) as connection:
        notebook = one._notebooks(connection)[row.trainee]
        connection.execute(
            db.grade.delete().where((db.grade.c.notebook_id == notebook) & (db.grade.c.cell_id == one.criteria[0]))
        )
    row = desk(course).rows()[1]
    done = desk(course).save([Change(row.id, row.seen, (4, 4))], "A")
    assert not done.rows and "no place for these marks. Run `grader autograde" in done.refused[row.id]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_begins_a_formula_whatever_separates_them(separator):
    from grader.reports.export import as_written, harmless

    text = "I would wait;=HYPERLINK(1)\n=1+1;and\t@x\r\n-1"
    for line in csv.reader(harmless(text).splitlines(), delimiter=separator):
        assert not any(value[:1] in "=+-@" for value in line if value), line
    assert (
        as_written(harmless(text)) == text
        and harmless("a\n- b", whole=True) == "a\n- b"
        and harmless("=b", whole=True) == "'=b"
    )


@pytest.mark.parametrize("mark", ["inf", "nan", "1e999"])
def test_a_mark_that_is_no_figure_is_left_out(course, tmp_path, mark):
    sheet.write(desk(course), tmp_path / "m.csv")
    fill(tmp_path / "m.csv", _1=mark)
    found = sheet.read(desk(course), tmp_path / "m.csv")
    assert not found.changes and len(found.refused) == 6


def test_a_sheet_is_not_written_over(course, tmp_path):
    command = ["grader", "marks", "export", course.name, REFLECTION, "--to", str(tmp_path / "m.csv")]
    assert run(*command, folder=course.folder).returncode == 0
    (tmp_path / "m.csv").write_text("marked")
    done = run(*command, folder=course.folder, apart=True)
    assert done.returncode == 1 and "is there already" in done.stderr and (tmp_path / "m.csv").read_text() == "marked"
    assert run(*command, "--force", folder=course.folder).returncode == 0


def test_an_id_that_nobody_has_is_left_out_before_anything_is_counted(course, tmp_path):
    path = tmp_path / "m.csv"
    sheet.write(desk(course), path)
    fill(path, _1="4", _2="0")
    lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    strange = [line.replace(desk(course).rows()[0].id, "nobodys-id") for line in lines]
    path.write_text("".join(strange), encoding="utf-8")
    words = importing(course, path, "BN")[:-1]
    done = run("grader", *words, given="n\n")
    assert "left out: nobodys-id: there is no such answer" in done.stdout and "Write 5 rows?" in done.stdout


def test_unknown_names_are_one_line(course):
    for words in (["nothing", REFLECTION], [course.name, "what-you-would-sai"]):
        done = run("grader", "marks", "export", *words, "--course", str(course.folder), apart=True)
        assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1


def test_the_marking_page_shows_a_name_in_one_logged_step(course):
    import re

    from starlette.testclient import TestClient

    from grader.marking import page

    client = TestClient(page.app([desk(course)], "AB", "token"), base_url="http://127.0.0.1")
    row = desk(course).rows()[0]
    assert client.post(f"/row/{row.id}/who", data={"because": "danger"}).status_code == 403
    shown = client.get("/?token=token").text
    assert re.search(r'action="/row/\w+/who"', shown) and row.trainee not in shown
    assert client.post(f"/row/{row.id}/who", content="because=").status_code == 422
    answer = client.post(f"/row/{row.id}/who", content="because=danger+to+a+child%3Cb%3E")
    assert row.trainee in answer.text
    logged = program("grader", "log", course.name, folder=course.folder)
    assert f"AB: flagged {course.name} {row.trainee}" in logged and "danger to a child<b>" in logged


def test_an_id_that_stands_twice_is_marked_by_neither_row(course, tmp_path):
    path = tmp_path / "m.csv"
    sheet.write(desk(course), path)
    rows = list(csv.reader(path.open(encoding="utf-8-sig", newline="")))
    again = [f" {rows[1][0]}", *rows[1][1:]]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([*rows, again])
    fill(path, _1=lambda number: 2 if number else 4)
    found = sheet.read(desk(course), path)
    assert rows[1][0] not in [change.id for change in found.changes] and len(found.changes) == len(rows) - 2
    assert [line.split(", ")[-1] for line in found.refused] == [
        f"row {number}: this id stands twice in the sheet." for number in (2, len(rows) + 1)
    ]


def test_grades_say_to_mark_of_what_nobody_has_marked(course, tmp_path):
    program("grader", "export", "grades", "--for", "csv", "--to", str(tmp_path / "g.csv"), folder=course.folder)
    rows = list(csv.DictReader((tmp_path / "g.csv").open()))
    assert {row["holding status"] for row in rows} == {"to mark"}


@pytest.mark.parametrize("broken", ["{", "{}", '{"old": [], "new": 4}', "[]"])
def test_a_row_of_the_gradebook_that_cannot_be_read_is_named_and_the_rest_goes_on(course, tmp_path, broken):
    sheet.write(desk(course), tmp_path / "m.csv")
    fill(tmp_path / "m.csv", _1=4)
    run("grader", *importing(course, tmp_path / "m.csv", "KB"))
    with sqlite3.connect(course.folder / "gradebook.db") as connection:
        connection.execute("update candor_log set said = ? where trainee = 'trainee-02'", [broken])
        if broken == "{}":  # what decides something, and lacks its keys
            row = "insert into candor_log (at, who, what, assignment, trainee, cell, said) values (?, ?, ?, ?, ?, ?, ?)"
            at = "2026-11-30T10:00:00.000+00:00"
            for what in ("set aside", "agreed", "second mark"):
                connection.execute(row, [at, "KB", what, course.name, "trainee-04", REFLECTION, "{}"])
        connection.execute(
            "update grade set manual_score = 'four' where rowid ="
            " (select min(rowid) from grade where manual_score is not null)"
        )
    done = run("grader", "log", course.name, folder=course.folder)
    assert done.returncode == 0 and "KB, marked, holding, trainee-02, " in done.stdout
    assert "trainee-03" in done.stdout
    done = run("grader", "explain-grade", "trainee-03", course.name, REFLECTION, folder=course.folder)
    assert done.returncode == 0, done.stdout
    done = run("grader", "summary", course.name, folder=course.folder)
    assert done.returncode == 0 and "is no number ('four')" in done.stdout
    for words in (["feedback", course.name], ["autograde", course.name], ["agreement", course.name], ["report"]):
        done = run("grader", *words, folder=course.folder)
        assert "Traceback" not in done.stdout and "KeyError" not in done.stdout, done.stdout
        assert done.returncode in (0, 2) and (done.returncode == 0 or "cannot be read" in done.stdout), done.stdout
