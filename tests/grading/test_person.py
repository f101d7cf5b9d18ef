"""What a course holds about one trainee: an archive of it, and nothing left after it was erased."""

import json
import sqlite3
import unicodedata
import zipfile

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from grader.cli.door import app
from grader.grading import copies, kept, person
from grader.grading import gradebook as db
from grader.grading.course import Course as OurCourse
from grader.grading.run import autograde
from grader.marking.board import Change, Desk
from support.course import Course, released_course, twin

GOES, STAYS = "ngũgĩ-7731", "ana-4420"


@pytest.fixture(scope="module")
def marked(tmp_path_factory) -> Course:
    """Two trainees, graded and marked, one copy of the gradebook, and files of a program that name them."""
    made = released_course(tmp_path_factory.mktemp("person"))
    for trainee in (GOES, STAYS):
        made.submit(trainee, made.released)
    autograde(made.folder, made.name)
    with db.one_write(OurCourse(made.folder).settings.db_url) as connection:
        where = db.student.c.id == GOES
        connection.execute(db.student.update().where(where).values(first_name="Wanjiku", last_name="Njoroge"))
    desk = Desk(made.folder, made.name, "what-you-would-say")
    desk.save([Change(row.id, row.seen, (4, 4), "a comment") for row in desk.rows()], "Ada")
    with db.one_write(OurCourse(made.folder).settings.db_url) as connection:
        moves = {"question": "no-such", "waive": "full-marks", "moves": {GOES: [0, 1], STAYS: [1, 0]}}
        kept.add(connection, [kept.Entry("Ada", "regraded", made.name, cell="q", said=moves)])
    copies.copy(OurCourse(made.folder), "regrade")
    return made


@pytest.fixture
def course(marked, tmp_path) -> Course:
    return twin(marked, tmp_path / "course")


def bytes_that_name(course, *words):
    """Every file of the course that holds one of the words, in its name or its bytes."""
    forms = {unicodedata.normalize(form, word) for word in words for form in ("NFC", "NFD")}
    return [
        path
        for path in sorted(course.folder.rglob("*"))
        if path.is_file()
        and any(
            form in str(path.relative_to(course.folder))
            or form.encode() in path.read_bytes()
            or json.dumps(form)[1:-1].encode() in path.read_bytes()
            for form in forms
        )
    ]


def test_erased_is_gone_from_every_file_but_the_record_of_it(course):
    assert len(bytes_that_name(course, GOES)) >= 4
    found = person.erase(OurCourse(course.folder), GOES, "Ada", "their own wish")
    assert found.mentions == [] and found.count > 5
    assert [path.name for path in bytes_that_name(course, GOES, "Njoroge")] == ["gradebook.db"]
    with db.reading(OurCourse(course.folder).settings.db_url) as connection:
        (entry,) = (one for one in kept.entries(connection) if GOES in repr(one))
        assert (entry.what, entry.who, entry.said["because"]) == ("erased", "Ada", "their own wish")
        assert any(one.trainee == STAYS for one in kept.entries(connection))
        assert next(kept.entries(connection, what="regraded")).said["moves"] == {STAYS: [1, 0]}
    assert [row.marks for row in Desk(course.folder, course.name, "what-you-would-say").rows()] == [(4, 4)]
    assert len(bytes_that_name(course, STAYS)) >= 4


def test_files_that_name_others_too_are_told_and_left(course):
    (course.folder / "list.csv").write_text("id\n" + unicodedata.normalize("NFD", GOES) + f"\n{STAYS}\n")
    with zipfile.ZipFile(course.folder / "from-the-platform.zip", "w") as archive:
        archive.writestr("Njoroge, Wanjiku_12_holding.ipynb", "{}")
    (course.folder / "other.csv").write_text(f"id\n{STAYS}\n")
    by_chance = b"wOF2\0 " + GOES.encode() + b" \0"  # as it is with an id of two letters
    (course.folder / "letters.woff2").write_bytes(by_chance)
    erased = ["trainee", "erase", GOES, "--because", "the time is over", "--course", str(course.folder), "--yes"]
    done = CliRunner().invoke(app, erased)
    assert done.exit_code == 1 and "list.csv" in done.output and "from-the-platform.zip" in done.output
    assert "woff2" not in done.output and "other.csv" not in done.output and (course.folder / "list.csv").exists()


def test_the_archive_holds_rows_files_and_the_log(course, tmp_path):
    to = tmp_path / "all.zip"
    done = CliRunner().invoke(app, ["trainee", "export", GOES, "--course", str(course.folder), "--to", str(to)])
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(to) as archive:
        rows = json.loads(archive.read("data.json"))
        names = archive.namelist()
    assert rows["student"][0]["last_name"] == "Njoroge" and len(rows["submitted_assignment"]) == 1
    assert {4.0} <= {row["manual_score"] for row in rows["grade"]}
    assert {row["what"] for row in rows["candor_log"]} >= {"marked"}
    assert sum(name.endswith(".ipynb") for name in names) == 2, "handed in and graded"
    assert STAYS not in json.dumps(rows, ensure_ascii=False)


def test_a_copy_that_cannot_be_changed_stops_it_before_anything_is_gone(course):
    (copy,) = (course.folder / copies.FOLDER).glob("*.db")
    copy.write_bytes(b"no database at all, and long enough to be read as a header of one" * 20)
    with pytest.raises(person.Unsupported, match="Nothing was erased") as error:
        person.erase(OurCourse(course.folder), GOES, "Ada", "their own wish")
    assert copy.name in str(error.value) and (course.folder / "submitted" / GOES).is_dir()


def test_another_whose_id_begins_alike_is_not_meant(course):
    (course.folder / "list.csv").write_text(f"{GOES}0\n{GOES}-b\n")
    found = person.erase(OurCourse(course.folder), GOES, "Ada", "their own wish")
    assert found.mentions == []


def test_a_link_goes_and_not_what_it_leads_to(course, tmp_path):
    place = course.folder / "submitted" / GOES
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    person.erase(OurCourse(course.folder), GOES, "Ada", "their own wish")
    assert not place.is_symlink() and any((tmp_path / "elsewhere").rglob("*.ipynb"))


@pytest.mark.parametrize("name", ["..", ".", "../submitted", f"{STAYS}/holding", "/", " "])
def test_what_is_a_path_is_no_person(course, name):
    with pytest.raises(person.Unsupported, match="cannot be"):
        person.erase(OurCourse(course.folder), name, "Ada", "a slip")
    assert len(bytes_that_name(course, STAYS)) >= 4


@pytest.mark.parametrize(
    "words, said", [([GOES, "--because", " "], "Say why"), (["nobody", "--because", "x"], "no trainee")]
)
def test_without_a_reason_or_a_person_nothing_is_erased(course, words, said):
    done = CliRunner().invoke(app, ["trainee", "erase", *words, "--course", str(course.folder), "--yes"])
    assert done.exit_code == 2 and said in done.output and len(bytes_that_name(course, GOES)) >= 4


def test_what_stopped_halfway_is_ended_by_the_next_run(course, monkeypatch):
    def stops(folder):
        raise OSError("the disk is gone")

    with monkeypatch.context() as broken:
        broken.setattr(person, "_removed", stops)
        with pytest.raises(OSError):
            person.erase(OurCourse(course.folder), GOES, "Ada", "their own wish")
    person.erase(OurCourse(course.folder), GOES, "Ada", "their own wish")
    assert [path.name for path in bytes_that_name(course, GOES, "Njoroge")] == ["gradebook.db"]


def test_a_file_that_cannot_be_written_anew_is_told_and_the_next_run_empties_it(course, monkeypatch):
    """The rows are gone by then, and their bytes may not be (whether SQLite overwrites them is how it was built)."""
    words = ["trainee", "erase", GOES, "--because", "their own wish", "--course", str(course.folder), "--yes"]
    for copy in (course.folder / copies.FOLDER).glob("*.db"):
        copy.unlink()
    execute, written_anew = sa.Connection.exec_driver_sql, []

    def counted(self, statement, *more, **named):
        written_anew.append(statement == "VACUUM")
        return execute(self, statement, *more, **named)

    def full(self, statement, *more, **named):
        if statement == "VACUUM":
            raise sa.exc.OperationalError(statement, None, sqlite3.OperationalError("database or disk is full"))
        return execute(self, statement, *more, **named)

    with monkeypatch.context() as broken:
        broken.setattr(sa.Connection, "exec_driver_sql", full)
        first = CliRunner().invoke(app, words)
    assert first.exit_code == 2 and "may still hold the bytes" in first.output and "nothing was" not in first.output
    monkeypatch.setattr(sa.Connection, "exec_driver_sql", counted)
    CliRunner().invoke(app, words)
    assert any(written_anew)
