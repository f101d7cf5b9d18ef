"""`grader collect`: archives in the form of each platform, and a table that is checked against the roster."""

import copy
import csv
import io
import json
import shutil
import sqlite3
import unicodedata
import zipfile
from datetime import datetime

import pytest

from grader.grading.senders import Person, Roster, sender
from support.course import Course, choose, program, write_library

ROSTER = """Student,ID,SIS User ID,SIS Login ID,Section
"Okafor, Ada",12345,,ada.okafor@clinic.example,A
"Lovelace, Ada",12346,,alovelace,A
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


def test_two_of_one_name_are_nobody_by_name_and_each_by_number():
    roster = Roster([Person("joan", "Joan", "Example", lms="1"), Person("joan2", "Joan", "Example", lms="2")])
    assert roster.of(sender(("Joan Example_9_assignsubmission_file_", "x.ipynb"))) is None
    assert roster.of(sender(("examplejoan_2_77_x.ipynb",))).id == "joan2"


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    base = tmp_path_factory.mktemp("pile")
    made = Course(write_library(base / "library"), base / "course")
    made.nbgrader("generate_assignment", made.name)
    (base / "roster.csv").write_text(ROSTER, encoding="utf-8")
    said = program("grader", "roster", str(base / "roster.csv"), folder=made.folder)
    assert "8 people, 8 new" in said
    assert "0 new, 0 completed" in program("grader", "roster", str(base / "roster.csv"), folder=made.folder)
    return made


@pytest.fixture
def place(released, tmp_path):
    made = copy.copy(released)
    made.folder = tmp_path / "course"
    shutil.copytree(released.folder, made.folder)
    return made


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
    said = program("grader", "collect", place.name, str(tmp_path / "Class.ZIP"), folder=place.folder)
    found = lines(said)
    assert found["collected"] == {login for _, _, login in PEOPLE}, said
    assert {login: answer(place, login) for _, _, login in PEOPLE} == dict(
        zip((login for _, _, login in PEOPLE), "DCDA")
    )
    assert found["replaced"] == {PEOPLE[0][2]} and said.count("replaced") == 3 + 1
    assert len(found["wrong assignment"]) == len(found["unknown person"]) == len(found["unreadable"]) == 1
    assert {"joan", "joan2", "li", "pat"} == found["missing"]
    assert "nobody" not in {path.name for path in (place.folder / "submitted").iterdir()}
    again = program("grader", "collect", place.name, str(tmp_path / "Class.ZIP"), folder=place.folder)
    assert lines(again)["there already"] == found["collected"]


def test_a_second_collection_adds_and_the_later_file_stays(place, tmp_path):
    archive(tmp_path / "one.zip", [("okaforada_12345_1_holding.ipynb", work(place, "B"), 30)])
    archive(tmp_path / "old.zip", [("okaforada_12345_2_holding.ipynb", work(place, "A"), 10)])
    archive(tmp_path / "two.zip", [("lovelaceada_12346_3_holding.ipynb", work(place, "C"), 5)])
    for name in ("one", "old", "two"):
        said = program("grader", "collect", place.name, str(tmp_path / f"{name}.zip"), folder=place.folder)
        assert ("a later file of theirs is there" in said) is (name == "old")
    assert answer(place, "ada.okafor@clinic.example") == "B" and answer(place, "alovelace") == "C"


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
    found = lines(program("grader", "collect", place.name, *files, folder=place.folder))
    assert found["blank"] == {"mary.obrien"} and found["late"] == {"alovelace"} and "zoe" in found["unreadable"]
    assert (place.folder / f"submitted/alovelace/{place.name}/timestamp.txt").read_text().startswith("2026-03-02")


def test_grades_and_feedback_go_back_in_the_platforms_form(place, tmp_path):
    """Canvas: its columns, its line of points; what is missing or waits is empty and said, never 0."""
    archive(tmp_path / "class.zip", [("okaforada_12345_1_holding.ipynb", work(place, "B"), 30)])
    program("grader", "collect", place.name, str(tmp_path / "class.zip"), folder=place.folder)
    place.submit("zoe", place.released)
    place.submit("joan", json.loads(work(place, "B")))
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
        assert "pat: holding: missing" in said and "joan: holding: open" in said and "zoe: holding: blank" in said
        rows[form] = list(csv.reader(to.read_text(encoding="utf-8").splitlines(), delimiter=separator))
    assert rows["canvas"][0][:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert rows["canvas"][1][0].strip() == "Points Possible" and rows["canvas"][1][5] == "15"
    canvas = {row[3]: row for row in rows["canvas"][2:]}
    assert canvas[ada][:2] == ["Okafor, Ada", "12345"] and canvas[ada][5] == "9"
    assert [canvas[one][5] for one in ("pat", "joan", "zoe")] == ["", "", ""]
    table = [dict(zip(rows["csv"][0], row)) for row in rows["csv"][1:]]
    own = {row["trainee"]: row for row in table}
    assert own[ada]["holding status"] == "marked" and own[ada]["holding: first-card"] == "1"
    assert own["joan"]["holding: what-you-would-say--1"] == "" and own["pat"]["holding status"] == "missing"
    with zipfile.ZipFile(tmp_path / "f.zip", "w"):
        pass
    program("grader", "export", "feedback", place.name, "--to", str(tmp_path / "f.zip"), folder=place.folder)
    with zipfile.ZipFile(tmp_path / "f.zip") as made:
        assert set(made.namelist()) == {"okaforada_12345_1_holding.html", "joan/holding.html", "zoe/holding.html"}
