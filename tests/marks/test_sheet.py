"""Marking sheets: out, back in, checked, and never over somebody else's marks."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from grader.marking.board import Change, Desk
from grader.marking import sheet

REFLECTION = "what-you-would-say"
GRADER = str(Path(sys.executable).with_name("grader"))


def desk(course) -> Desk:
    return Desk(course.folder, course.name, REFLECTION)


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
    assert sheet.write(desk(course), tmp_path / "m.xlsx") == 6 and sheet.write(desk(course), tmp_path / "m.csv") == 6
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
    done = subprocess.run([GRADER, "marks", "import", course.name, REFLECTION, str(path), "--course", str(course.folder), "--as", "BN", "--yes"], capture_output=True, text=True)
    assert done.returncode == 0 and "6 rows written" in done.stdout, done.stdout + done.stderr
    rows = desk(course).rows()
    assert [row.marks for row in rows] == [(4, 0)] * 5 + [(4, None)]
    assert all(row.comment.startswith("-0 is not = 0\n\nYou name a feeling") for row in rows)
    log = [json.loads(line) for line in (course.folder / ".candor/marks.log").read_text().splitlines()]
    assert len(log) == 6 and {line["who"] for line in log} == {"BN"} and log[0]["old"] == [[None, None], ""]
    course.nbgrader("autograde", course.name, "--force")
    assert [row.marks for row in desk(course).rows()] == [(4, 0)] * 5 + [(4, None)]


def test_what_breaks_the_rubric_is_named_and_the_rest_is_taken(course, tmp_path):
    path = tmp_path / "m.csv"
    sheet.write(desk(course), path)
    fill(path, _1=lambda number: ["3", "many", "2.5", "2", "4", "0"][number], _2="4", bank=lambda number: "99" if number == 3 else "")
    found = sheet.read(desk(course), path)
    assert len(found.changes) == 2 and len(found.refused) == 4
    assert "row 2: `3` is not a level of *Both partners*. Allowed: 4, 2, 0." in found.refused[0]
    assert "`many`" in found.refused[1] and "`2.5`" in found.refused[2] and "`99` is not a number of the comment bank" in found.refused[3]


@pytest.mark.parametrize("content", [b"", b"id,answer\n", b"\xff\xfe\x00", b"PK\x03\x04 not a workbook"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_file_that_is_no_sheet_is_one_line(course, tmp_path, content, suffix):
    (tmp_path / f"m.{suffix}").write_bytes(content)
    done = subprocess.run([GRADER, "marks", "import", course.name, REFLECTION, str(tmp_path / f"m.{suffix}"), "--course", str(course.folder)], capture_output=True, text=True)
    assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1 and "Traceback" not in done.stderr


def test_of_two_supervisors_neither_loses_a_mark_and_the_second_is_told(course, tmp_path):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    sheet.write(desk(course), one)
    sheet.write(desk(course), two)
    fill(one, _1=lambda number: "4" if number < 4 else "", comment="from one")
    fill(two, _1=lambda number: "2" if number > 2 else "")
    commands = [[GRADER, "marks", "import", course.name, REFLECTION, str(path), "--course", str(course.folder), "--as", path.stem, "--yes"] for path in (one, two)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for command in commands]
    said = [process.communicate()[0] for process in running]
    assert sum("somebody marked this in between" in words for words in said) == 1
    log = [json.loads(line) for line in (course.folder / ".candor/marks.log").read_text().splitlines()]
    # Each trainee was written at most once, by one hand, and that is what stands.
    by = {line["trainee"]: line for line in log}
    assert len(by) == len(log) == 6
    for row in desk(course).rows():
        assert [list(row.marks), row.comment] == by[row.trainee]["new"]


def test_a_change_made_in_formgrader_in_between_is_not_overwritten(course):
    first = desk(course).rows()[0]
    assert not desk(course).save([Change(first.id, first.seen, (4, 4), "kept")], "A").refused
    done = desk(course).save([Change(first.id, first.seen, (0, 0), "lost?")], "B")
    assert "somebody marked this in between, or the answer is another one now (4, 4; 0, 0 was to be written)" in done.refused[first.id]
    assert desk(course).rows()[0].marks == (4, 4)


def test_marks_of_an_earlier_answer_do_not_pass_for_marks_of_the_new_one(course):
    """A trainee hands in again after marking: the marks stay, the row is open, a sheet from before is refused, and looking again closes it."""
    first = desk(course).rows()[0]
    assert desk(course).save([Change(first.id, first.seen, (4, 4), "good")], "A").rows[first.id].done
    path = course.folder / "autograded" / first.trainee / course.name / f"{course.name}.ipynb"
    before = path.read_text()
    path.chmod(0o644)  # nbgrader leaves a graded copy read-only
    notebook = json.loads(before)
    cell = next(cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") == REFLECTION)
    cell["source"] = "Another answer."
    path.write_text(json.dumps(notebook))
    try:
        row = desk(course).rows()[0]
        assert row.stale and not row.done and row.marks == (4, 4)
        assert "the answer is another one now" in desk(course).save([Change(first.id, first.seen, (0, 0))], "B").refused[first.id]
        assert desk(course).save([Change(row.id, row.seen, row.marks)], "B").rows[row.id].done
        assert desk(course).rows()[0].done
    finally:
        path.write_text(before)


def test_a_mark_that_has_no_place_in_the_gradebook_is_not_called_written(course):
    from grader.grading import gradebook as db

    row, one = desk(course).rows()[1], desk(course)
    with db.writing(one.engine) as connection:
        notebook = one._notebooks(connection)[row.trainee]
        connection.execute(db.grade.delete().where((db.grade.c.notebook_id == notebook) & (db.grade.c.cell_id == one.criteria[0])))
    row = desk(course).rows()[1]
    done = desk(course).save([Change(row.id, row.seen, (4, 4))], "A")
    assert not done.rows and "no place for these marks. Run `grader autograde" in done.refused[row.id]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_begins_a_formula_whatever_separates_them(separator):
    from grader.reports.export import as_written, harmless

    text = "I would wait;=HYPERLINK(1)\n=1+1;and\t@x\r\n-1"
    for line in csv.reader(harmless(text).splitlines(), delimiter=separator):
        assert not any(value[:1] in "=+-@" for value in line if value), line
    assert as_written(harmless(text)) == text and harmless("a\n- b", whole=True) == "a\n- b" and harmless("=b", whole=True) == "'=b"


@pytest.mark.parametrize("mark", ["inf", "nan", "1e999"])
def test_a_mark_that_is_no_figure_is_left_out(course, tmp_path, mark):
    sheet.write(desk(course), tmp_path / "m.csv")
    fill(tmp_path / "m.csv", _1=mark)
    found = sheet.read(desk(course), tmp_path / "m.csv")
    assert not found.changes and len(found.refused) == 6


def test_a_sheet_is_not_written_over(course, tmp_path):
    command = [GRADER, "marks", "export", course.name, REFLECTION, "--course", str(course.folder), "--to", str(tmp_path / "m.csv")]
    assert subprocess.run(command).returncode == 0
    (tmp_path / "m.csv").write_text("marked")
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1 and "is there already" in done.stderr and (tmp_path / "m.csv").read_text() == "marked"
    assert subprocess.run([*command, "--force"]).returncode == 0


def test_unknown_names_are_one_line(course):
    for words in (["nothing", REFLECTION], [course.name, "what-you-would-sai"]):
        done = subprocess.run([GRADER, "marks", "export", *words, "--course", str(course.folder)], capture_output=True, text=True)
        assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1
