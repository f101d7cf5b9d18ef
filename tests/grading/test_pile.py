"""`grader collect`: archives in the form of each platform, and a table that is checked against the roster."""

import csv
import errno
import io
import json
import os
import shutil
import sqlite3
import time as clock
import unicodedata
import zipfile
from datetime import datetime

import pytest
from typer.testing import CliRunner

from grader.cli.door import app
from grader.grading import roster
from grader.grading.course import Course as Place
from grader.grading.gradebook import Unsupported
from grader.grading.pile import collect
from grader.grading.senders import Person, Roster, same_person, sender
from grader.notebook.intake import names_a_trainee
from support.course import cell, choose, program, released_course, twin

ROSTER = """Student,ID,SIS User ID,SIS Login ID,Section
"Okafor, Ada",12345,,ada.okafor@clinic.example,A
"Lovelace, Ada",12346,S-77,alovelace,A
"Müller, Zoë",12347,,zoe,A
"Example, Joan",12348,,joan,A
"Example, Joan",12349,,joan2,A
"O'Brien, Mary",12350,,mary.obrien,A
李小龙,12351,,li,A
"Absent, Pat",12352,,pat,A
    Points Possible,,,,
"""


@pytest.mark.parametrize(
    "parts, said",
    [
        (("Ada Lovelace_54321_assignsubmission_file_", "x.ipynb"), ("Moodle", "54321", "Ada Lovelace", None)),
        (("Zoë Müller_54_assignsubmission_file_holding.ipynb",), ("Moodle", "54", "Zoë Müller", None)),
        (("okaforada_12345_998877_holding.ipynb",), ("Canvas", "12345", "okaforada", None)),
        (("okaforada_LATE_12345_998877_holding-1.ipynb",), ("Canvas", "12345", "okaforada", None)),
        (
            ("Holding what_you_joan_attempt_2026-03-01-10-22-33_my_holding.ipynb",),
            ("Blackboard", "joan", "joan", datetime(2026, 3, 1, 10, 22, 33)),
        ),
        (
            ("12347-67890 - Zoë Müller - Mar 1, 2026 1022 PM", "holding.ipynb"),
            ("Brightspace", "12347", "Zoë Müller", datetime(2026, 3, 1, 22, 22)),
        ),
        (
            ("12347-67890 - Zoë Müller - 1 March, 2026 9:05 AM", "holding.ipynb"),
            ("Brightspace", "12347", "Zoë Müller", datetime(2026, 3, 1, 9, 5)),
        ),
        (("Mary O'Brien - holding.ipynb",), ("Google Classroom", "Mary O'Brien", "Mary O'Brien", None)),
    ],
)
def test_a_platform_says_who_and_when(parts, said):
    found = sender(parts)
    assert (found.platform, found.key, found.name, found.time) == said
    decomposed = sender(tuple(unicodedata.normalize("NFD", part) for part in parts))
    assert decomposed == found


def test_a_time_that_no_clock_shows_makes_no_sender():
    for time in ("2026-13-45-99-99-99", "2026-02-30-10-00-00", "0001-01-01-00-00-00", "9999-12-31-23-59-59"):
        assert sender((f"Notes_zoe_attempt_{time}.txt",)) is None, time


def test_canvas_writes_a_name_as_one_word_with_its_parts_in_their_order():
    people = [Person("mary", "Mary", "O'Brien"), Person("piet", "Piet", "van der Berg"), Person("ana", "Ana-Lu", "Sá")]
    roster = Roster(people)
    said = [sender((f"{name}_7_9_x.ipynb",)) for name in ("obrienmary", "vanderbergpiet", "saanalu")]
    assert [roster.of(one) for one in said] == people
    called = ("Mary O'Brien", "Piet van der Berg", "Ana-Lu Sá")
    moodle = [sender((f"{name}_5_assignsubmission_file_", "x.ipynb")) for name in called]
    assert all(map(same_person, said, moodle)) and not same_person(said[0], moodle[1])


def test_two_of_one_name_are_nobody_by_name_and_each_by_number():
    roster = Roster([Person("joan", "Joan", "Example", lms="1"), Person("joan2", "Joan", "Example", lms="2")])
    assert roster.of(sender(("Joan Example_9_assignsubmission_file_", "x.ipynb"))) is None
    assert roster.of(sender(("examplejoan_2_77_x.ipynb",))).id == "joan2"
    nobody, why = roster.whose(sender(("Joan Example_9_assignsubmission_file_", "x.ipynb")), "")
    assert nobody is None and "joan and joan2 on the roster are called so" in why and "TRAINEE__NAME.ipynb" in why
    # Moodle's list of participants has no such number: nobody is sent to look for it.
    assert "Find out whose it is" in why and "grader roster" not in why
    joan = Roster([Person("joan", "Joan", "Example"), Person("joan2", "Joan", "Example")])
    assert "grader roster FILE" in joan.whose(sender(("examplejoan_2_77_x.ipynb",)), "")[1]


def test_a_login_with_a_low_line_is_whole_and_where_two_may_be_meant_it_is_nobody():
    file = sender(("Task one_a_okafor_attempt_2026-03-01-10-22-33_x.ipynb",))
    assert Roster([Person("a_okafor"), Person("joan")]).of(file).id == "a_okafor"
    assert Roster([Person("a_okafor"), Person("okafor")]).of(file) is None
    assert Roster([Person("okafor"), Person("joan")]).of(file).id == "okafor"


def released_at(made, time: str) -> None:
    with sqlite3.connect(made.folder / "gradebook.db") as connection:
        connection.execute("update candor_released set at = ?", (time,))


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    base = tmp_path_factory.mktemp("pile")
    made = released_course(base)
    released_at(made, "2026-01-01T00:00:00+00:00")
    (base / "roster.csv").write_text(ROSTER, encoding="utf-8")
    said = program("grader", "roster", str(base / "roster.csv"), folder=made.folder)
    assert "8 people, 8 new" in said
    assert "0 new, 0 completed" in program("grader", "roster", str(base / "roster.csv"), folder=made.folder)
    return made


@pytest.fixture
def place(released, tmp_path):
    return twin(released, tmp_path / "course")


def work(place, letter: str) -> bytes:
    return json.dumps(choose(place.released, "first-card", letter)).encode()


def archive(path, members) -> None:
    """`members`: (name, bytes, minute)."""
    with zipfile.ZipFile(path, "w") as made:
        for name, data, minute in members:
            made.writestr(zipfile.ZipInfo(name, (2026, 3, 1, 10, minute, 0)), data)


def answer(place, trainee: str) -> str:
    path = place.folder / "submitted" / trainee / place.name / f"{place.name}.ipynb"
    source = next(
        "".join(cell["source"])
        for cell in json.loads(path.read_text())["cells"]
        if cell["metadata"]["nbgrader"]["grade_id"] == "first-card"
    )
    return source[source.index("[x] **") + 6] if "[x] **" in source else ""


def lines(said: str) -> dict[str, set[str]]:
    """State -> people, from the table."""
    found: dict[str, set[str]] = {}
    states = ("collected", "late", "blank", "replaced", "there already", "wrong assignment", "unreadable")
    for line in said.splitlines()[1:]:
        for state in (*states, "unknown person", "missing"):
            if line.strip().startswith(state):
                found.setdefault(state, set()).add(line.strip()[16:].strip().split("  ")[0].strip())
    return found


FORMS = {
    "Moodle": lambda name, key, login, file, minute: f"{name}_{key}_assignsubmission_file_/{file}",
    "Canvas": lambda name, key, login, file, minute: (
        f"{''.join(reversed(name.lower().split()))}_{key}_{9000 + minute}_{file}"
    ),
    "Blackboard": lambda name, key, login, file, minute: (
        f"Holding_{login}_attempt_2026-03-01-10-{minute:02d}-00_{file}"
    ),
    "Brightspace": lambda name, key, login, file, minute: f"{key}-777 - {name} - Mar 1, 2026 10{minute:02d} AM/{file}",
    "Google Classroom": lambda name, key, login, file, minute: f"{name} - {minute}/{name} - {file}",
}
PEOPLE = [
    ("Ada Okafor", "12345", "ada.okafor@clinic.example"),
    ("Ada Lovelace", "12346", "alovelace"),
    ("Zoë Müller", "12347", "zoe"),
    ("Mary O'Brien", "12350", "mary.obrien"),
]


@pytest.mark.parametrize("platform", FORMS)
def test_everybody_is_collected_who_can_be(place, tmp_path, platform):
    form = FORMS[platform]
    members = []
    for number, (name, key, login) in enumerate(PEOPLE):
        shown = unicodedata.normalize("NFD", name) if number == 2 else name
        members.append((form(shown, key, login, "holding.ipynb", number), work(place, "BCDA"[number]), number))
    for minute, letter in ((20, "A"), (40, "D"), (30, "C")):  # the last one by its time, not by its place
        name, key, login = PEOPLE[0]
        members.append((form(name, key, login, f"holding-{minute}.ipynb", minute), work(place, letter), minute))
    other = json.loads(work(place, "B"))
    other["metadata"]["candor"]["assignment"] = "another"
    members += [
        (form("Joan Example", "12348", "joan", "holding.ipynb", 5), json.dumps(other).encode(), 5),
        (form("Unknown Person", "99999", "nobody", "holding.ipynb", 6), work(place, "B"), 6),
        (form("李小龙", "12351", "li", "holding.ipynb", 7), b"{broken", 7),
        ("receipt.txt", b"x", 1),
    ]
    archive(tmp_path / "Class.ZIP", members)
    said = program("grader", "collect", place.name, str(tmp_path / "Class.ZIP"), folder=place.folder, ok=False)
    found = lines(said)
    assert found["collected"] == {login for _, _, login in PEOPLE}, said
    assert {login: answer(place, login) for _, _, login in PEOPLE} == dict(
        zip((login for _, _, login in PEOPLE), "DCDA")
    )
    assert found["replaced"] == {PEOPLE[0][2]} and said.count("replaced") == 3 + 1
    assert len(found["wrong assignment"]) == len(found["unknown person"]) == len(found["unreadable"]) == 1
    assert {"joan", "joan2", "li", "pat"} == found["missing"]
    assert "nobody" not in {path.name for path in (place.folder / "submitted").iterdir()}
    again = program("grader", "collect", place.name, str(tmp_path / "Class.ZIP"), folder=place.folder, ok=False)
    assert lines(again)["there already"] == found["collected"]


def test_a_second_collection_adds_and_the_later_file_stays(place, tmp_path):
    archive(tmp_path / "one.zip", [("okaforada_12345_1_holding.ipynb", work(place, "B"), 30)])
    archive(tmp_path / "old.zip", [("okaforada_12345_2_holding.ipynb", work(place, "A"), 10)])
    archive(tmp_path / "two.zip", [("lovelaceada_12346_3_holding.ipynb", work(place, "C"), 5)])
    for name in ("one", "old", "two"):
        said = program("grader", "collect", place.name, str(tmp_path / f"{name}.zip"), folder=place.folder)
        assert ("a later file of theirs is there" in said) is (name == "old")
    assert answer(place, "ada.okafor@clinic.example") == "B" and answer(place, "alovelace") == "C"


def test_a_file_that_made_room_for_a_later_one_stands_in_the_log(place, tmp_path):
    for number, (letter, minute) in enumerate((("B", 10), ("C", 30)), 1):
        name = tmp_path / f"{number}.zip"
        archive(name, [(f"okaforada_12345_{number}_holding.ipynb", work(place, letter), minute)])
        program("grader", "collect", place.name, str(name), folder=place.folder)
    said = program("grader", "log", "--trainee", "ada.okafor@clinic.example", folder=place.folder).splitlines()
    replaced = [line for line in said if "grader: replaced holding ada.okafor@clinic.example" in line]
    assert len(replaced) == 1 and "okaforada_12345_2_holding.ipynb" in replaced[0], said


def test_blank_late_and_odd_members_each_cost_only_themselves(place, tmp_path):
    program(
        "nbgrader", "db", "assignment", "add", place.name, "--duedate", "2026-03-01 09:00:00 UTC", folder=place.folder
    )
    encrypted = io.BytesIO()
    archive(encrypted, [("zoe__holding.ipynb", work(place, "B"), 1)])
    data = bytearray(encrypted.getvalue())
    for sign in (b"PK\x03\x04", b"PK\x01\x02"):
        data[data.index(sign) + (6 if sign[2] == 3 else 8)] |= 1
    (tmp_path / "locked.zip").write_bytes(data)
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 nothing")
    (tmp_path / "mary.obrien__holding__2026-02-28T10-22-33.ipynb").write_bytes(json.dumps(place.released).encode())
    (tmp_path / "ALOVELACE__holding__2026-03-02T10-22-33.ipynb").write_bytes(work(place, "B"))
    files = [str(path) for path in tmp_path.iterdir() if path.suffix in (".zip", ".ipynb")]
    found = lines(program("grader", "collect", place.name, *files, folder=place.folder, ok=False))
    assert found["blank"] == {"mary.obrien"} and found["late"] == {"alovelace"} and "zoe" in found["unreadable"]
    assert (place.folder / f"submitted/alovelace/{place.name}/timestamp.txt").read_text().startswith("2026-03-02")


def test_of_two_uploads_of_one_minute_the_later_is_taken(place, tmp_path):
    members = [("okaforada_12345_902_holding-1.ipynb", "B"), ("okaforada_12345_901_holding.ipynb", "C")]
    archive(tmp_path / "class.zip", [(name, work(place, letter), 1) for name, letter in members])
    program("grader", "collect", place.name, str(tmp_path / "class.zip"), folder=place.folder)
    assert answer(place, "ada.okafor@clinic.example") == "B"


def test_who_handed_in_something_else_than_a_notebook_is_named(place, tmp_path):
    """They are not among those who handed in nothing: their file has to be asked for."""
    names = ["Zoë Müller_54_assignsubmission_file_/{}", "Task_mary.obrien_attempt_2026-03-01-10-22-33_{}", "{}"]
    members = [(names[0].format("essay.docx"), b"PK", 1), (names[0].format("more.pdf"), b"%PDF", 1)]
    members += [(names[1].format("all.zip"), b"PK", 1), (names[2].format("index.html"), b"<html>", 1)]
    members += [("okaforada_12345_1_holding.ipynb", work(place, "B"), 1), ("okaforada_12345_2_x.txt", b"hello", 1)]
    archive(tmp_path / "class.zip", members)
    said = program("grader", "collect", place.name, str(tmp_path / "class.zip"), folder=place.folder, ok=False)
    found = lines(said)
    assert found["unreadable"] == {"zoe", "mary.obrien"} and found["collected"] == {"ada.okafor@clinic.example"}
    assert "essay.docx: it is no notebook, and 1 other. Ask for" in said
    assert "Left, being no notebooks: 2 files." in said
    assert f"Unpack it, and give its file as mary.obrien__{place.name}.ipynb." in said


def test_an_empty_file_and_one_of_a_course_elsewhere_are_said_as_that(place, tmp_path):
    other = json.loads(work(place, "B"))
    other["metadata"]["candor"]["assignment"] = "another"
    (tmp_path / f"zoe__{place.name}.ipynb").write_bytes(b"\n")
    (tmp_path / f"joan__{place.name}.ipynb").write_text(json.dumps(other))
    files = [str(path) for path in tmp_path.glob("*.ipynb")]
    said = program("grader", "collect", place.name, *files, folder=place.folder, ok=False)
    assert "is empty. Ask the trainee for it again." in said
    assert "it is the notebook of `another`, which this course has not handed out." in said
    assert "Run: grader collect another" not in said


def test_a_name_that_no_trainee_can_have_is_not_answered_with_the_option_that_was_given(place, tmp_path):
    archive(tmp_path / "class.zip", [("con__holding.ipynb", work(place, "B"), 1)])
    said = program("grader", "collect", place.name, str(tmp_path / "class.zip"), "--add", folder=place.folder, ok=False)
    assert "`con` cannot be a trainee's id. Name the file TRAINEE__holding.ipynb." in said and "--add" not in said


CREDITED = [
    # What stands in the archive, and whose it is: nobody's where the platform's sender is another person than typed.
    ("Moodle, a stranger's folder", "Nobody Known_77_assignsubmission_file_/zoe__holding.ipynb", None),
    ("Canvas, a stranger's number", "strangera_77777_1_zoe__holding.ipynb", None),
    ("Blackboard, a stranger's login", "Task_stranger_attempt_2026-03-01-10-22-33_zoe__holding.ipynb", None),
    ("Moodle, the same person", "Zoë Müller_77_assignsubmission_file_/zoe__holding.ipynb", "zoe"),
    ("Moodle, a name of two, told apart", "Joan Example_77_assignsubmission_file_/joan2__holding.ipynb", "joan2"),
    ("Moodle, an id without a name", "Anybody_77_assignsubmission_file_/bare__holding.ipynb", "bare"),
    ("a plain file", "zoe__holding.ipynb", "zoe"),
]


@pytest.mark.parametrize("kind, member, whose", CREDITED, ids=[kind for kind, _, _ in CREDITED])
def test_a_name_that_was_typed_credits_nobody_whom_the_platform_does_not_mean(place, tmp_path, kind, member, whose):
    program("nbgrader", "db", "student", "add", "bare", folder=place.folder)
    archive(tmp_path / "class.zip", [(member, work(place, "B"), 1)])
    said = program(
        "grader", "collect", place.name, str(tmp_path / "class.zip"), folder=place.folder, ok=whose is not None
    )
    there = {path.parent.parent.name for path in (place.folder / "submitted").glob("*/holding/holding.ipynb")}
    assert there == ({whose} if whose else set()), said
    if whose is None:
        assert (
            "unknown person" in lines(said)
            and "the file says zoe proves nothing" in said
            and "grader roster FILE" in said
        )


def test_two_people_of_a_platform_under_one_id_are_both_refused_and_one_with_a_new_number_is_known(place, tmp_path):
    """Moodle numbers people anew in each of its activities."""
    first, second = "Mary O'Brien_1_assignsubmission_file_/a.ipynb", "Mary O'Brien_2_assignsubmission_file_/a.ipynb"
    archive(tmp_path / "both.zip", [(first, work(place, "A"), 1), (second, work(place, "B"), 2)])
    said = program("grader", "collect", place.name, str(tmp_path / "both.zip"), folder=place.folder, ok=False)
    two = "two people under this id (Mary O'Brien 1, Mary O'Brien 2)"
    assert said.count(two) == 2 and not list((place.folder / "submitted").glob("*/*"))
    archive(tmp_path / "one.zip", [(first, work(place, "A"), 1)])
    archive(tmp_path / "two.zip", [(second, work(place, "B"), 2)])
    program("grader", "collect", place.name, str(tmp_path / "one.zip"), folder=place.folder)
    said = program("grader", "collect", place.name, str(tmp_path / "two.zip"), folder=place.folder)
    assert "Moodle's number was 1 before; the roster has one person of this name" in said
    assert answer(place, "mary.obrien") == "B"


def test_a_nameless_member_and_a_name_of_two_lines_cost_only_themselves(place, tmp_path):
    forged = "x\n  collected         pat             really.ipynb"
    members = [("okaforada_12345_1_holding.ipynb", work(place, "B"), 1), ("?", work(place, "B"), 2)]
    archive(tmp_path / "class.zip", [*members, (f"{forged}\x1b[2J.ipynb", work(place, "B"), 3)])
    data = bytearray((tmp_path / "class.zip").read_bytes())
    for sign, at, name in ((b"PK\x03\x04", 26, 30), (b"PK\x01\x02", 28, 46)):
        start = 0
        while (start := data.find(sign, start)) >= 0:
            if data[start + name : start + name + 1] == b"?" and data[start + at] == 1:
                data[start + at] = 0  # a name of no letters, and what was the name is its extra field
                data[start + at + 2] += 1
            start += 4
    (tmp_path / "class.zip").write_bytes(data)
    said = program("grader", "collect", place.name, str(tmp_path / "class.zip"), folder=place.folder, ok=False)
    assert lines(said)["collected"] == {"ada.okafor@clinic.example"} and "(no name): it has no name" in said
    assert "pat" in lines(said)["missing"] and "\x1b" not in said and sum("really" in x for x in said.splitlines()) == 1


def test_what_was_put_in_place_before_a_failed_write_is_known_by_its_path_later(place, tmp_path):
    """The gradebook is locked when the files are there already: a line says so; the next run records them."""
    name = "okaforada_12345_1_holding.ipynb"
    archive(tmp_path / "class.zip", [(name, work(place, "B"), 1)])
    words = ["grader", "collect", place.name, str(tmp_path / "class.zip")]
    program(*words, folder=place.folder)
    with sqlite3.connect(place.folder / "gradebook.db") as connection:
        connection.execute("delete from candor_log")
    assert "there already" in lines(program(*words, folder=place.folder))
    assert "there already" in lines(program(*words, folder=place.folder))
    with sqlite3.connect(place.folder / "gradebook.db") as connection:
        said = connection.execute("select trainee, said from candor_log where what = 'collected'").fetchall()
    assert [(who, json.loads(words)["path"]) for who, words in said] == [("ada.okafor@clinic.example", name)]


def test_a_gradebook_that_locks_at_the_end_hides_no_table_and_the_next_run_logs_what_was_replaced(
    place, tmp_path, monkeypatch
):
    due(place, "2026-03-01 09:00:00")
    form = "lovelaceada_LATE_12346_{}_holding.ipynb"
    for number, letter in ((1, "B"), (2, "C")):
        archive(tmp_path / f"{number}.zip", [(form.format(number), work(place, letter), 10 * number)])
    program("grader", "collect", place.name, str(tmp_path / "1.zip"), folder=place.folder)
    monkeypatch.chdir(place.folder)

    def locked(url):
        raise Unsupported("The gradebook: it is locked.")

    words = ["collect", place.name, str(tmp_path / "2.zip")]
    with monkeypatch.context() as changed:
        changed.setattr("grader.grading.gradebook.one_write", locked)
        said = CliRunner().invoke(app, words)
    assert said.exit_code == 2 and "alovelace" in lines(said.output)["late"], said.output
    assert "it is locked. Not noted in the gradebook: " in said.output and "Run the same again." in said.output
    assert "replaced holding alovelace" not in program("grader", "log", folder=place.folder)
    for _ in range(2):
        again = lines(program("grader", *words, folder=place.folder))
        assert again["late"] == {"alovelace"} and "there already" not in again
    log = program("grader", "log", folder=place.folder)
    assert log.count("replaced holding alovelace") == 1 and form.format(2) in log


def test_a_folder_that_cannot_be_written_is_named_and_not_what_would_lie_in_it(place, tmp_path, monkeypatch):
    archive(tmp_path / "class.zip", [("okaforada_12345_1_holding.ipynb", work(place, "B"), 1)])

    def full(path, *more):
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as patched:
        patched.setattr("tempfile._os.mkdir", full)
        with pytest.raises(Unsupported) as met:
            collect(Place(place.folder), place.name, [tmp_path / "class.zip"])
    assert str(met.value).startswith(f"{place.folder / '.candor'}: No space left on device. ")


def test_two_files_of_one_time_are_not_called_earlier_and_later(place, tmp_path):
    name = "Ada Okafor_12345_assignsubmission_file_/{}.ipynb"
    members = [(name.format(number), work(place, letter), 1) for number, letter in ((1, "A"), (2, "B"))]
    archive(tmp_path / "class.zip", [*members, (name.format(3), work(place, "B"), 1)])
    said = program("grader", "collect", place.name, str(tmp_path / "class.zip"), folder=place.folder)
    assert "a later one was taken" not in said and "of the same time; taken: " in said and "the same again" in said


def test_grades_and_feedback_go_back_in_the_platforms_form(place, tmp_path):
    """Canvas: its columns, its line of points; what is missing or waits is empty and said, never 0."""
    archive(tmp_path / "class.zip", [("okaforada_12345_1_holding.ipynb", work(place, "B"), 30)])
    program("grader", "collect", place.name, str(tmp_path / "class.zip"), folder=place.folder)
    place.submit("zoe", place.released)
    open_one = json.loads(work(place, "B"))
    cell(open_one, "what-you-would-say")["source"] = "I would name both."
    place.submit("joan", open_one)
    program("grader", "autograde", place.name, folder=place.folder)
    program("grader", "feedback", place.name, folder=place.folder)
    ada = "ada.okafor@clinic.example"
    with sqlite3.connect(place.folder / "gradebook.db") as connection:
        connection.execute(
            "update grade set manual_score = 4, needs_manual_grade = 0 where cell_id in (select id from task_cells) and"
            " notebook_id in (select n.id from submitted_notebook n join submitted_assignment a on a.id ="
            " n.assignment_id where a.student_id = ?)",
            (ada,),
        )
    rows = {}
    for form, separator in (("canvas", ","), ("moodle", ","), ("blackboard", "\t"), ("csv", ",")):
        to = tmp_path / f"{form}.csv"
        words = ["--for", form, "--to", str(to)] + ["--questions"] * (form == "csv")
        said = program("grader", "export", "grades", *words, folder=place.folder)
        assert "left empty: holding: to mark: 1 trainee: joan" in said and "holding: blank: 1 trainee: zoe" in said
        assert "left empty: holding: missing: 5 trainees: " in said and "pat" in said
        rows[form] = list(csv.reader(to.read_text(encoding="utf-8").splitlines(), delimiter=separator))
    assert rows["canvas"][0][:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert rows["canvas"][1][0].strip() == "Points Possible" and rows["canvas"][1][5] == "15"
    canvas = {row[3]: row for row in rows["canvas"][2:]}
    assert canvas["alovelace"][:3] == ["Lovelace, Ada", "12346", "S-77"]
    assert canvas[ada][:2] == ["Okafor, Ada", "12345"] and canvas[ada][5] == "9"
    assert [canvas[one][5] for one in ("pat", "joan", "zoe")] == ["", "", ""]
    table = [dict(zip(rows["csv"][0], row)) for row in rows["csv"][1:]]
    own = {row["trainee"]: row for row in table}
    assert own[ada]["holding status"] == "marked" and own[ada]["holding: first-card"] == "1"
    assert own["joan"]["holding: what-you-would-say--1"] == "" and own["pat"]["holding status"] == "missing"
    program("grader", "export", "feedback", place.name, "--to", str(tmp_path / "f.zip"), folder=place.folder)
    with zipfile.ZipFile(tmp_path / "f.zip") as made:
        assert set(made.namelist()) == {"okaforada_12345_1_holding.html", "joan/holding.html", "zoe/holding.html"}
    # What was decided since makes the pages old: they are left out and named, until they are written again.
    words = ["grader", "regrade", place.name, "--question", "second-card", "--drop", "--because", "x", "--yes"]
    program(*words, folder=place.folder)
    pack = ["grader", "export", "feedback", place.name, "--to", str(tmp_path / "f.zip")]
    nowhere = str(tmp_path / "none" / "f.zip")
    said = program(*pack[:-1], nowhere, folder=place.folder, ok=False)
    assert f"{nowhere}: No such file" in said and ".new" not in said
    said = program(*pack, folder=place.folder, ok=False)
    assert "0 pages" in said and f"3 trainees: the page is older than the grades: {ada}, joan, zoe" in said
    assert said.splitlines()[-1].endswith("then pack them all: grader feedback holding"), said
    program("grader", "feedback", place.name, folder=place.folder)
    shutil.rmtree(place.folder / "feedback" / "zoe")  # as of who was graded after the pages were written
    said = program(*pack, folder=place.folder, ok=False)
    assert "2 pages" in said and "left out: 1 trainee: no page is written yet: zoe" in said
    program("grader", "feedback", place.name, folder=place.folder)
    assert "3 pages" in program(*pack, folder=place.folder)
    with zipfile.ZipFile(tmp_path / "f.zip") as made:
        page = made.read("okaforada_12345_1_holding.html").decode()
    assert (
        "This question was taken out: it counts for nobody." in page
        and "In the 3 questions, reflections aside, you have " in page
    )
    assert "taken out</span>" in page
    program("grader", "summary", place.name, folder=place.folder)
    page = (place.folder / "summary-holding.html").read_text()
    assert "Question 2 was taken out, and counts for nobody: “What is the best next step in second-card?”" in page


def handed(place, letter: str, time: object, trainee: object = "zoe") -> bytes:
    """As the desk downloads it: with the time and whose it is."""
    made = json.loads(work(place, letter))
    made["metadata"]["candor"] |= {"handed_in": time, "trainee": trainee}
    return json.dumps(made).encode()


def test_the_desks_time_tells_which_is_the_latest_and_the_platforms_goes_before_it(place, tmp_path):
    """Files that were copied about have the times of the copying: the desk's own stands in the notebook."""
    times = {"B": "2026-03-01T09:00:00+09:00", "C": "2026-03-01T08:00:00-05:00", "A": "2026-03-01T11:00:00+00:00"}
    members = [(f"{letter}/homework.ipynb", handed(place, letter, at), 5) for letter, at in times.items()]
    archive(tmp_path / "class.zip", members)
    said = program("grader", "collect", place.name, str(tmp_path / "class.zip"), folder=place.folder)
    assert answer(place, "zoe") == "C" and said.count("a later one was taken") == 2 and "by the desk's clock" in said
    stamp = place.folder / "submitted/zoe" / place.name / "timestamp.txt"
    assert stamp.read_text() == "2026-03-01 13:00:00 UTC\n"
    early = handed(place, "D", "2020-01-01T00:00:00+00:00")
    archive(tmp_path / "more.zip", [("Task_zoe_attempt_2026-03-05-10-22-33_x.ipynb", early, 1)])
    said = program("grader", "collect", place.name, str(tmp_path / "more.zip"), folder=place.folder)
    assert answer(place, "zoe") == "D" and "by the desk's clock" not in said


def test_the_later_of_two_is_the_later_in_the_hour_that_comes_twice_as_well(place, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "XST-1XDT,J1/0,J60/3")  # summer time ends on 1 March at three
    clock.tzset()
    try:
        for letter, time in (("B", "00:40"), ("C", "01:30")):  # 02:40 and, an hour later, 02:30 on this clock
            archive(tmp_path / "x.zip", [("x.ipynb", handed(place, letter, f"2026-03-01T{time}:00+00:00"), 5)])
            collect(Place(place.folder), place.name, [tmp_path / "x.zip"])
    finally:
        monkeypatch.undo()
        clock.tzset()
    assert answer(place, "zoe") == "C"


@pytest.mark.parametrize("time", ["soon", 7, None, "2026-03-02" * 9])
def test_a_time_that_is_none_is_passed_over(place, tmp_path, time):
    archive(tmp_path / "class.zip", [("zoe__holding.ipynb", handed(place, "B", time, ["zoe"]), 5)])
    said = program("grader", "collect", place.name, str(tmp_path / "class.zip"), folder=place.folder)
    assert answer(place, "zoe") == "B" and "zoe__holding.ipynb, dated 2026-03-01 10:05\n" in said


def due(place, time: str) -> None:
    program("nbgrader", "db", "assignment", "add", place.name, "--duedate", f"{time} UTC", folder=place.folder)


def stamp(place, trainee: str) -> str | None:
    path = place.folder / "submitted" / trainee / place.name / "timestamp.txt"
    return path.read_text() if path.exists() else None


@pytest.mark.parametrize(
    "claim, why",
    [
        ("2020-01-01T00:00:00+00:00", "and the assignment was released at 2026-01-01 00:00: not taken"),
        ("2026-03-04T00:00:00+00:00", "and it was here by 2026-03-01 10:05: not taken"),
        ("9999-12-31T00:00:00+00:00", "and it was here by 2026-03-01 10:05: not taken"),
    ],
)
def test_a_time_that_cannot_be_is_not_taken_in_silence(place, tmp_path, claim, why):
    """The desk's clock is the trainee's: a person decides, and until then nobody is late or in time by it."""
    due(place, "2026-02-20 09:00:00")
    archive(tmp_path / "class.zip", [("Zoë Müller_54_assignsubmission_file_/x.ipynb", handed(place, "B", claim), 5)])
    said = program("grader", "collect", place.name, str(tmp_path / "class.zip"), folder=place.folder, ok=False)
    assert f"it says that it was handed in at {claim[:10]} 00:00, {why}" in said and answer(place, "zoe") == "B"
    assert said.startswith("holding: 1 check the time") and "none of them counts as late: zoe. See the platform" in said
    assert stamp(place, "zoe") is None


def test_nobody_is_late_by_the_date_of_a_download_and_it_is_said_of_whom_no_time_is_known(place, tmp_path):
    """Moodle and Canvas date what they pack by the moment of packing."""
    due(place, "2026-02-20 09:00:00")
    members = [("Zoë Müller_54_assignsubmission_file_/x.ipynb", "B"), ("okaforada_12345_1_holding.ipynb", "B")]
    members += [("lovelaceada_LATE_12346_2_holding.ipynb", "C"), ("mary.obrien__holding.ipynb", "A")]
    archive(tmp_path / "class.zip", [(name, work(place, letter), 5) for name, letter in members])
    said = program("grader", "collect", place.name, str(tmp_path / "class.zip"), folder=place.folder)
    found = lines(said)
    assert found["late"] == {"alovelace"} and len(found["collected"]) == 3
    assert "none of them counts as late: ada.okafor@clinic.example, mary.obrien, zoe. See" in said
    assert "Canvas calls it late and gives no time: the archive's date was noted" in said
    assert [stamp(place, one) for one in ("zoe", "alovelace")] == [None, "2026-03-01 10:05:00 UTC\n"]
    program("grader", "autograde", place.name, folder=place.folder)
    with sqlite3.connect(place.folder / "gradebook.db") as connection:
        times = dict(connection.execute("select student_id, timestamp from submitted_assignment").fetchall())
    assert {one for one, time in times.items() if time} == {"alovelace"}


def test_what_came_before_it_was_due_was_in_time_and_is_not_asked_about(place, tmp_path):
    due(place, "2026-03-05 09:00:00")
    archive(tmp_path / "class.zip", [("Zoë Müller_54_assignsubmission_file_/x.ipynb", work(place, "B"), 5)])
    said = program("grader", "collect", place.name, str(tmp_path / "class.zip"), folder=place.folder)
    assert lines(said)["collected"] == {"zoe"} and "counts as late" not in said


def test_canvas_knows_of_no_extension_that_was_given_here(place, tmp_path):
    due(place, "2026-02-20 09:00:00")
    program("grader", "due", place.name, "2026-03-20 09:00", "--for", "alovelace", folder=place.folder)
    archive(tmp_path / "class.zip", [("lovelaceada_LATE_12346_2_holding.ipynb", work(place, "C"), 5)])
    program("grader", "collect", place.name, str(tmp_path / "class.zip"), folder=place.folder)
    assert stamp(place, "alovelace") is None


@pytest.fixture
def nameless(place):
    """A roster of ids alone."""
    with sqlite3.connect(place.folder / "gradebook.db") as connection:
        connection.execute("update student set first_name = null, last_name = null, email = null, lms_user_id = null")
    return place


MOODLE = "{name}_{key}_assignsubmission_file_/x.ipynb"


def bring(place, tmp_path, *members, ok: bool | None = True, words: tuple[str, ...] = ()) -> str:
    """`members`: (path in the archive, letter, who the notebook says it is, minute)."""
    made = [(path, handed(place, letter, "", whose), minute) for path, letter, whose, minute in members]
    archive(tmp_path / "class.zip", made)
    words = ("grader", "collect", place.name, str(tmp_path / "class.zip"), *words)
    return program(*words, folder=place.folder, ok=ok)


def test_a_notebook_that_claims_to_be_anothers_does_not_go_over_theirs(nameless, tmp_path):
    """The roster has no names, so that only the notebook says who Mallory is here."""
    mallory = MOODLE.format(name="Mallory Example", key=999)
    bring(nameless, tmp_path, ("joan__holding.ipynb", "B", "joan", 1))
    said = bring(nameless, tmp_path, (mallory, "C", "joan", 9), ok=False)
    assert answer(nameless, "joan") == "B" and lines(said)["unknown person"] == {"joan"}
    assert "Moodle's Mallory Example (`999`) claims to be joan, by the file alone" in said
    assert "give it as joan__holding.ipynb, or put names on the roster (grader roster FILE)" in said
    # Both at once, and from another platform: neither goes over the other.
    said = bring(nameless, tmp_path, (mallory, "C", "zoe", 1), ("zoe__holding.ipynb", "B", "zoe", 9), ok=False)
    assert "zoe" in lines(said)["unknown person"] and not (nameless.folder / "submitted/zoe").exists()
    bring(nameless, tmp_path, (MOODLE.format(name="Zoë Müller", key=54), "B", "zoe", 1))
    said = bring(nameless, tmp_path, ("examplemallory_999_7_holding.ipynb", "C", "zoe", 9), ok=False)
    assert answer(nameless, "zoe") == "B" and "Canvas's examplemallory (`999`) claims to be zoe" in said
    # Nor is one sender two trainees.
    said = bring(nameless, tmp_path, (MOODLE.format(name="Zoë Müller", key=54), "C", "pat", 9), ok=False)
    assert "Zoë Müller (`54`) claims to be pat, by the file alone, and to be zoe as well" in said
    assert not (nameless.folder / "submitted/pat").exists()
    said = bring(nameless, tmp_path, (mallory, "C", "joan", 9), words=("--force",))
    assert answer(nameless, "joan") == "C" and "by the id in the file alone" in said


def test_who_hands_in_anew_or_on_two_platforms_goes_over_their_own(nameless, tmp_path):
    zoe = MOODLE.format(name="Zoë Müller", key=54)
    bring(nameless, tmp_path, (zoe, "B", "zoe", 1))
    assert "replaced" in lines(bring(nameless, tmp_path, (zoe, "C", "zoe", 2))) and answer(nameless, "zoe") == "C"
    bring(nameless, tmp_path, ("müllerzoë_12347_1_holding.ipynb", "D", "zoe", 3))
    assert answer(nameless, "zoe") == "D"
    bring(nameless, tmp_path, ("zoe__holding.ipynb", "A", "zoe", 4))  # a person gave it by its name
    assert answer(nameless, "zoe") == "A"


def test_names_on_the_roster_settle_what_was_claimed_before(nameless, tmp_path):
    mallory, zoe = MOODLE.format(name="Mallory Example", key=999), MOODLE.format(name="Zoë Müller", key=54)
    bring(nameless, tmp_path, (mallory, "C", "zoe", 1))
    said = bring(nameless, tmp_path, (zoe, "B", "zoe", 2), ok=False)
    assert "two people under this id (Zoë Müller 54, Mallory Example 999)" in said
    assert "take the later with --force. Ask each" in said and "TRAINEE__holding.ipynb" in said
    program("grader", "roster", str(roster_file(nameless, tmp_path)), folder=nameless.folder)
    bring(nameless, tmp_path, (zoe, "B", "zoe", 2))
    assert answer(nameless, "zoe") == "B"
    assert "proves nothing" in bring(nameless, tmp_path, (mallory, "C", "zoe", 9), ok=False)


def roster_file(place, tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path / "roster.csv"


def test_what_made_room_is_kept_where_nobody_grades_it_and_goes_with_the_person(place, tmp_path):
    for letter, minute in (("B", 1), ("C", 2), ("D", 3)):
        said = bring(
            place, tmp_path, (f"12347-1 - Zoë Müller - Mar 1, 2026 100{minute} AM/x.ipynb", letter, "", minute)
        )
    kept = sorted((place.folder / "replaced/zoe/holding").iterdir())
    assert len(kept) == 2 and f"kept in {kept[1]}" in said
    answers = ["[x] **B" in json.dumps(json.loads((one / "holding.ipynb").read_text())) for one in kept]
    assert answers == [True, False] and (kept[0] / "timestamp.txt").read_text() == "2026-03-01 10:01:00 UTC\n"
    program("grader", "autograde", place.name, folder=place.folder)
    assert {path.name for path in (place.folder / "autograded").iterdir()} == {"zoe"}
    program("grader", "trainee", "erase", "zoe", "--because", "x", "--yes", folder=place.folder)
    assert not (place.folder / "replaced/zoe").exists()


def test_what_a_killed_run_unpacked_goes_with_a_later_grading(place, tmp_path):
    bring(place, tmp_path, ("zoe__holding.ipynb", "B", "zoe", 1))
    ours = place.folder / ".candor"
    for name in ("tmpold/0.ipynb", "tmpnew/0.ipynb", "begun.json"):
        (ours / name).parent.mkdir(exist_ok=True)
        (ours / name).write_text("{}")
    for name in ("tmpold", "begun.json"):
        os.utime(ours / name, (0, 0))
    program("grader", "autograde", place.name, folder=place.folder)
    assert {path.name for path in ours.iterdir()} >= {"tmpnew", "begun.json"} and not (ours / "tmpold").exists()


def test_without_a_roster_the_advice_is_said_once_and_then_the_files(place, tmp_path):
    with sqlite3.connect(place.folder / "gradebook.db") as connection:
        connection.execute("delete from student")
    said = bring(place, tmp_path, *((f"x{one}/x.ipynb", "B", f"t{one}", 1) for one in range(3)), ok=False)
    assert said.splitlines()[1:] == [
        "  No roster yet: put one in (grader roster FILE), or take them as they are with --add.",
        *(f"  unknown person    t{one}  class.zip: x{one}/x.ipynb" for one in range(3)),
    ]
    assert "Next: grader autograde holding" in bring(place, tmp_path, ("x/x.ipynb", "B", "t1", 1), words=("--add",))


@pytest.mark.parametrize("state", ["wrong assignment", "unreadable", "unknown person"])
@pytest.mark.parametrize("others", [0, 1])
def test_a_file_that_came_to_nobody_ends_the_run_as_one_to_look_at_alone_or_among_others(
    place, tmp_path, state, others
):
    other = json.loads(work(place, "B"))
    other["metadata"]["candor"]["assignment"] = "another"
    files = {
        "wrong assignment": ("zoe__holding.ipynb", json.dumps(other).encode()),
        "unreadable": ("zoe__holding.ipynb", b"{"),
        "unknown person": ("whoever__holding.ipynb", work(place, "B")),
    }
    came = tmp_path / "came"
    came.mkdir()
    (came / files[state][0]).write_bytes(files[state][1])
    if others:
        (came / "joan__holding.ipynb").write_bytes(work(place, "B"))
    said = program("grader", "collect", place.name, str(came), folder=place.folder, ok=False)
    assert state in lines(said) and ("joan" in lines(said).get("collected", ())) is bool(others)


def test_a_folder_with_nothing_in_it_is_no_success(place, tmp_path):
    (tmp_path / "came").mkdir()
    (tmp_path / "came/notes.txt").write_text("x")
    said = program("grader", "collect", place.name, str(tmp_path / "came"), folder=place.folder, ok=False)
    assert "Left, being no notebooks: 1 file." in said


def test_what_cannot_be_written_here_is_no_fault_of_the_sender_and_leaves_no_empty_folder(place, tmp_path, monkeypatch):
    home = place.folder / "submitted"
    real = os.replace

    def full(source, target):
        if str(target).endswith("holding.ipynb"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(source, target)

    monkeypatch.setattr(os, "replace", full)
    member = FORMS["Canvas"]("Ada Okafor", "12345", "ada.okafor", "holding.ipynb", 1)
    archive(tmp_path / "all.zip", [(member, work(place, "B"), 1)])
    monkeypatch.chdir(place.folder)
    said = CliRunner().invoke(app, ["collect", place.name, str(tmp_path / "all.zip")])
    assert said.exit_code == 1 and "not kept" in said.output and "collect it again" in said.output, said.output
    assert not list(home.glob("*/holding"))
    monkeypatch.undo()
    monkeypatch.chdir(place.folder)
    said = CliRunner().invoke(app, ["collect", place.name, str(tmp_path / "all.zip")])
    assert "1 collected" in said.output, said.output
    # What was to make room and still stands was not replaced.
    monkeypatch.setattr(os, "replace", full)
    archive(tmp_path / "later.zip", [(member, work(place, "C"), 9)])
    said = CliRunner().invoke(app, ["collect", place.name, str(tmp_path / "later.zip")])
    assert "1 not kept" in said.output and "replaced" not in said.output, said.output
    assert "replaced" not in program("grader", "log", folder=place.folder)


def test_a_list_in_utf_16_and_one_of_brightspace_give_the_ids_as_they_are(tmp_path):
    blackboard, brightspace = tmp_path / "gc.xls", tmp_path / "d2l.csv"
    blackboard.write_text("Last Name\tFirst Name\tUsername\nMüller\tZoë\tzoe\n", encoding="utf-16")
    head = "OrgDefinedId,Username,Last Name,First Name,Email,End-of-Line Indicator"
    brightspace.write_text(f"{head}\n#w1,#zoe,Müller,Zoë,z@example.org,#\n", encoding="utf-8")
    for path in (blackboard, brightspace):
        (one,), odd = roster.read(path)
        assert (one.id, one.first, one.last) == ("zoe", "Zoë", "Müller") and not odd


def test_a_name_keeps_its_letters_and_loses_what_nobody_sees(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('Username,First Name,Last Name\nada,"Ada\nB.\x07","\u202eOkafor"\nsara,\u0633\u200c\u0627,X\n')
    (one, two), odd = roster.read(path)
    assert (one.first, one.last, two.first) == ("Ada B.", "Okafor", "\u0633\u200c\u0627") and not odd


def test_a_row_that_names_nobody_is_one_short_line(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('Username,Name\n"a/\nb",x\n"' + "/" * 90_000 + '",x\n', encoding="utf-8")
    found, odd = roster.read(path)
    assert not found and len(odd) == 2 and all("\n" not in line and len(line) < 400 for line in odd)


@pytest.mark.parametrize("id", ["CON", "aux", "con.ada", "com1", "ada.", "ada ", 'a"b', "a:b", "what?", ".ada", "a/b"])
def test_an_id_that_some_system_cannot_have_as_a_folder_is_refused_in_one_line(tmp_path, id):
    path = tmp_path / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["username", "first name"], [id, "Ada"], ["conrad", "Joan"]])
    found, odd = roster.read(path)
    # White space at the ends is nobody's id: it is taken off before anything else.
    assert [one.id for one in found] == (["ada", "conrad"] if id == "ada " else ["conrad"])
    assert len(odd) == (id != "ada ")
    assert not names_a_trainee(id) and names_a_trainee("conrad") and names_a_trainee("a.con")


def test_no_row_of_a_list_is_lost_in_silence(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Username,First Name,Last Name\nada,Ada,Okafor\n,Ben,Adeyemi\n\n", encoding="utf-8")
    (one,), odd = roster.read(path)
    assert one.id == "ada" and len(odd) == 1 and "line 3: it has no username" in odd[0]


def test_of_two_people_under_one_id_neither_is_taken(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Username,First Name\nada,Ada\nben,Ben\nADA,Eve\nben,Ben\n", encoding="utf-8")
    (one,), odd = roster.read(path)
    assert one.id == "ben" and len(odd) == 1 and "lines 2 and 4: different people under one id, `ada`" in odd[0]


def test_a_list_as_nbgrader_takes_it_gives_its_ids(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("id,first_name,last_name,email,lms_user_id\nada,Ada,Okafor,a@example.org,17\nben,Ben,,,18\n")
    (ada, ben), odd = roster.read(path)
    assert (ada.id, ada.email, ada.lms, ben.id, ben.lms) == ("ada", "a@example.org", "17", "ben", "18") and not odd


def test_a_roster_says_what_comes_next(place, tmp_path):
    said = program("grader", "roster", str(roster_file(place, tmp_path)), folder=place.folder)
    assert said.endswith("Next: grader collect NAME ARCHIVES...\n")
