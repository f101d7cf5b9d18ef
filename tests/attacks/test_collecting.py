"""`nbgrader zip_collect`: each odd file costs only itself, and the list at the end says who is there, who is not and
why."""

import io
import json
import os
import sqlite3
import struct
import sys
import zipfile
from datetime import datetime

import pytest

from grader.grading.names import Name, made, said_by
from grader.grading.senders import participant
from support.course import program

from .test_attacks import course, full, released, zipped  # noqa: F401


@pytest.mark.parametrize(
    "name, said",
    [
        ("ada__holding.ipynb", Name("ada", "holding")),
        ("ada__holding__2026-03-01T10:22:33.ipynb", Name("ada", "holding", datetime(2026, 3, 1, 10, 22, 33))),
        ("ada__holding__2026-03-01T10-22-33.ipynb", Name("ada", "holding", datetime(2026, 3, 1, 10, 22, 33))),
        ("ada__holding__20260301T102233Z.ipynb", Name("ada", "holding", datetime(2026, 3, 1, 10, 22, 33))),
        ("ada__holding__2026-03-01.ipynb", Name("ada", "holding", datetime(2026, 3, 1))),
        ("ada__holding__2026-13-45.ipynb", Name("ada", "holding", odd="2026-13-45")),
        ("ADA__Holding.IPYNB", Name("ADA", "holding")),
        ("ada__holding (1).ipynb", Name("ada", "holding", copy=1)),
        ("ada__holding(12).ipynb", Name("ada", "holding", copy=12)),
        ("ada__holding[1].ipynb", Name("ada", "holding", copy=1)),
        ("ada__holding - Copy.ipynb", Name("ada", "holding", copy=1)),
        ("ada__holding - Kopie (2).ipynb", Name("ada", "holding", copy=2)),
        ("ada__holding copy 3.ipynb", Name("ada", "holding", copy=3)),
        ("ada__holding.ipynb.txt", Name("ada", "holding")),
        ("ada__hard-copy.ipynb", Name("ada", "hard-copy")),
        ("o'hara__of__holding.ipynb", Name("o'hara__of", "holding")),
        ("Ma\u0308rz__holding.ipynb", Name("März", "holding")),
        ("..__holding.ipynb", Name("..", "holding")),
        ("holding.ipynb", None),
        ("ada_holding.ipynb", None),
        ("ada__holding__receipt.txt", None),
        ("(1)" * 30_000 + ".ipynb", None),
    ],
)
def test_a_files_name_says_who_what_and_when(name, said):
    assert said_by(name) == said
    if said and not said.odd:
        assert said_by(made(said.trainee, said.assignment, said.time)) == Name(said.trainee, said.assignment, said.time)


def test_an_lms_says_whose_folder_it_is():
    assert participant(("Ada Lovelace_54321_assignsubmission_file_", "x.ipynb")) == "54321"
    assert participant(("monday", "ada__holding.ipynb")) == ""


@pytest.fixture
def archive(course):
    folder = course.folder / "downloaded" / course.name / "archive"
    folder.mkdir(parents=True)
    with sqlite3.connect(course.folder / "gradebook.db") as connection:
        connection.execute("update candor_released set at = '2026-01-01T00:00:00+00:00'")
    return folder


def collected(course) -> set[str]:
    return {
        path.parent.parent.name for path in (course.folder / "submitted").glob(f"*/{course.name}/{course.name}.ipynb")
    }


def listed(output: str) -> dict[str, list[str]]:
    """State -> the lines of the list at the end."""
    found: dict[str, list[str]] = {}
    for line in output.splitlines():
        for state in ("collected", "earlier", "not collected", "missing"):
            if line.startswith(f"  {state} "):
                found.setdefault(state, []).append(line.removeprefix(f"  {state}").strip())
    return found


def test_a_broken_locked_or_badly_named_member_costs_only_itself(course, archive):
    good = json.dumps(full(course.released)).encode()
    made = bytearray(
        zipped(
            {
                **{
                    f"{name}__holding.ipynb": good for name in ("ada", "broken", "sum", "locked", "odd-method", "grace")
                },
                "b\u00e4d__holding.ipynb": good,
                f"{'x' * 300}__holding.ipynb": good,
            }
        )
    )
    with zipfile.ZipFile(io.BytesIO(made)) as read:
        members = {member.filename.split("__")[0]: member for member in read.infolist()}
    body = {name: member.header_offset + 30 + len(member.orig_filename.encode()) for name, member in members.items()}
    made[body["broken"]] ^= 0xFF  # the first byte of a deflate stream
    central = {name: made.rfind(member.orig_filename.encode()) - 46 for name, member in members.items()}
    struct.pack_into("<L", made, central["sum"] + 16, 1)
    for at in (central["locked"] + 8, members["locked"].header_offset + 6):
        made[at] |= 1
    struct.pack_into("<H", made, central["odd-method"] + 10, 99)
    for at in (central["bäd"] + 46, members["bäd"].header_offset + 30):
        made[at + 1 : at + 3] = b"\xff\xfe"  # says that it is UTF-8, and is not
    (archive / "Class.ZIP").write_bytes(made)
    (archive / "joan__Holding.IPYNB").write_bytes(good)
    output = course.nbgrader("zip_collect", course.name)
    assert collected(course) == {"honest", "ada", "grace", "joan"} and "Traceback" not in output
    found = listed(output)
    assert [line.split()[0] for line in found["collected"]] == ["ada", "grace", "joan"]
    said = "\n".join(found["not collected"])
    for name, why in (
        ("broken", "damaged"),
        ("sum", "damaged"),
        ("locked", "locked with a password"),
        ("odd-method", "not known here"),
    ):
        assert any(line.startswith(f"{name} ") and why in line for line in found["not collected"]), said
    assert (
        "its name cannot be read" in said
        and "not a name for a trainee's folder" in said
        and len(found["not collected"]) == 6
    )
    assert "holding: 3 collected, 6 not. The gradebook has no trainees yet" in output


def test_nothing_is_written_outside_submitted(course, archive):
    good = json.dumps(full(course.released)).encode()
    for name in ("..__holding.ipynb", ".__holding.ipynb", "ada__holding.ipynb"):
        (archive / name).write_bytes(good)
    output = course.nbgrader("zip_collect", course.name)
    assert not (course.folder / course.name).exists() and collected(course) == {"honest", "ada"}
    assert any(
        "..__holding.ipynb: what stands in front of its name" in line for line in listed(output)["not collected"]
    )


def test_an_odd_time_costs_only_itself_and_is_said(course, archive):
    good = json.dumps(full(course.released)).encode()
    for name in ("ada__holding__2026-03-01T10-22-33.ipynb", "joan__holding.ipynb", "kim__holding__2026-13-45.ipynb"):
        (archive / name).write_bytes(good)
    output = course.nbgrader("zip_collect", course.name)
    assert collected(course) == {"honest", "ada", "joan", "kim"}
    assert (course.folder / "submitted" / "ada" / course.name / "timestamp.txt").read_text() == "2026-03-01 10:22:33"
    assert not (course.folder / "submitted" / "kim" / course.name / "timestamp.txt").exists()
    said = listed(output)["collected"]
    assert "handed in 2026-03-01 10:22:33" in said[0] and "`2026-13-45` in its name is no time" in said[2]


def test_a_timed_and_an_untimed_file_of_one_trainee(course, archive):
    early, late = (
        json.dumps({**full(course.released), "metadata": {"version": version}}).encode()
        for version in ("early", "late")
    )
    with zipfile.ZipFile(archive / "x.zip", "w") as made:
        made.writestr(zipfile.ZipInfo("ada__holding__2026-03-01T10:22:33.ipynb", (2026, 3, 1, 10, 22, 32)), early)
        made.writestr(zipfile.ZipInfo("ada__holding.ipynb", (2026, 3, 2, 9, 0, 0)), late)
        made.writestr(zipfile.ZipInfo("joan__holding.ipynb", (2026, 3, 2, 9, 0, 0)), late)
        made.writestr(zipfile.ZipInfo("kim__holding__2026-03-02T10:00:00.ipynb", (2026, 3, 9, 0, 0, 0)), early)
        made.writestr(zipfile.ZipInfo("kim__holding__2026-03-03T10:00:00.ipynb", (2026, 3, 1, 0, 0, 0)), late)
    output = course.nbgrader("zip_collect", course.name)
    assert collected(course) == {"honest", "ada", "joan", "kim"}
    for trainee in ("ada", "kim"):
        assert json.loads((course.folder / "submitted" / trainee / course.name / f"{course.name}.ipynb").read_text())[
            "metadata"
        ] == {"version": "late"}
    assert listed(output)["earlier"] == [
        (
            "ada   x.zip: ada__holding__2026-03-01T10:22:33.ipynb: an earlier version than "
            "x.zip: ada__holding.ipynb, which was taken."
        ),
        (
            "kim   x.zip: kim__holding__2026-03-02T10:00:00.ipynb: an earlier version than "
            "x.zip: kim__holding__2026-03-03T10:00:00.ipynb, which was taken."
        ),
    ]


def test_two_people_under_one_name_are_not_compared(course, archive):
    good = json.dumps(full(course.released)).encode()
    folders = {
        "Ada Lovelace_54321_assignsubmission_file_": "ada",
        "Ada Example_54322_assignsubmission_file_": "ada",
        "Joan Example_54323_assignsubmission_file_": "joan",
    }
    (archive / "moodle.zip").write_bytes(
        zipped({f"{folder}/{name}__holding.ipynb": good for folder, name in folders.items()})
    )
    output = course.nbgrader("zip_collect", course.name)
    assert collected(course) == {"honest", "joan"}
    said = listed(output)["not collected"]
    assert (
        len(said) == 2
        and all("two people handed in under this name" in line for line in said)
        and "Ada Lovelace_54321" in said[1]
        and "Ada Example_54322" in said[0]
    )


def test_whose_file_is_not_said_is_said_and_nobody_at_all_is_an_error(course, archive):
    good = json.dumps(full(course.released)).encode()
    (archive / "moodle.zip").write_bytes(
        zipped(
            {
                f"{name}_{number}_assignsubmission_file_/holding.ipynb": good
                for number, name in enumerate(("Ada Lovelace", "Joan Example"))
            }
        )
    )
    output = course.nbgrader("zip_collect", course.name, ok=False)
    assert "Nothing of holding was collected" in output and "Traceback" not in output
    assert [
        ("does not say who handed it in" in line and "_assignsubmission_file_/holding.ipynb" in line)
        for line in listed(output)["not collected"]
    ] == [True, True]


def test_another_assignments_file_is_not_collected_here(course, archive):
    good = json.dumps(full(course.released)).encode()
    (course.folder / "source" / "first-meetings").mkdir()
    for name in ("ada__first-meetings.ipynb", "joan__holding.ipynb", "kim__nonsense.ipynb"):
        (archive / name).write_bytes(good)
    output = course.nbgrader("zip_collect", course.name)
    assert collected(course) == {"honest", "joan"} and not (course.folder / "submitted" / "ada").exists()
    assert [line.split("says ")[1] for line in listed(output)["not collected"]] == [
        "`first-meetings`. Hand it to `nbgrader zip_collect first-meetings`.",
        "`nonsense`. There is no such assignment in this course.",
    ]


def test_what_is_in_submitted_already_stops_nobody_else(course, archive):
    good = json.dumps({**full(course.released), "metadata": {"version": "late"}}).encode()
    for name in ("ada", "honest", "zoe"):
        (archive / f"{name}__holding.ipynb").write_bytes(good)
    (course.folder / "submitted" / "ada").write_text("a file where a folder should be")
    output = course.nbgrader("zip_collect", course.name)
    assert collected(course) == {"honest", "zoe"}
    said = listed(output)["not collected"]
    assert "is no folder" in said[0] and "run again with --force" in said[1]
    assert "replaced" not in program("grader", "log", course.name, folder=course.folder)
    output = course.nbgrader("zip_collect", course.name, "--force")
    assert [line.split()[0] for line in listed(output)["collected"]] == ["honest", "zoe"]
    output = course.nbgrader("zip_collect", course.name, "--force")  # and once more
    assert [line.split()[0] for line in listed(output)["collected"]] == ["honest", "zoe"]
    log = program("grader", "log", course.name, folder=course.folder)
    assert [line.split()[4] for line in log.splitlines() if " replaced " in line] == ["honest"], log


def test_who_of_the_gradebook_is_missing(course, archive):
    for trainee in ("ada", "joan", "zo\u00eb"):
        course.nbgrader("db", "student", "add", trainee)
    (archive / "ada__holding.ipynb").write_bytes(json.dumps(full(course.released)).encode())
    (archive / "ada__holding__receipt.txt").write_text("Receipt")
    (archive / "work.7z").write_bytes(b"7z")
    with zipfile.ZipFile(archive / "mac.zip", "w") as made:
        made.writestr("__MACOSX/._ada__holding.ipynb", b"\x00")
        made.writestr("inner.zip", b"PK")
    output = course.nbgrader("zip_collect", course.name)
    assert listed(output)["missing"] == ["joan", "zoë"]
    assert "holding: 1 collected, 2 not. Of the gradebook's 3 trainees 2 missing." in output
    assert "work.7z: of archives only .zip files are unpacked" in output and "mac.zip: inner.zip: of archives" in output
    assert output.rstrip().endswith("Left where they are, being no notebooks: 2 files.")


def test_names_from_other_machines(course, archive):
    """macOS writes UTF-8 into an archive and does not say so; Windows writes its own letters."""
    good = json.dumps(full(course.released)).encode()
    for archive_name, name, coding in (("mac.zip", "Zoë", "utf-8"), ("windows.zip", "Müller", "cp437")):
        plain = "X" * len(name.encode(coding))
        made = bytearray(zipped({f"{plain}__holding.ipynb": good}))
        (archive / archive_name).write_bytes(made.replace(plain.encode(), name.encode(coding)))
    course.nbgrader("zip_collect", course.name)
    assert collected(course) == {"honest", "Zoë", "Müller"}


def test_names_that_would_steer_a_terminal_are_shown_without_it(course, archive):
    if sys.platform == "win32":
        pytest.skip("such a name cannot be made")
    (archive / "a\x1b[2Jb__holding.ipynb").write_bytes(b"{}")
    os.symlink("/etc/passwd", archive / "link__holding.ipynb")
    output = course.nbgrader("zip_collect", course.name, ok=False)
    assert "\x1b[2J" not in output.split("holding: 0 collected")[1] and "it is not an ordinary file" in output


def test_a_platforms_time_outranks_the_desks_and_one_that_cannot_be_is_not_taken(course, archive):
    def handed(time: str) -> bytes:
        return json.dumps({**full(course.released), "metadata": {"candor": {"handed_in": time}}}).encode()

    made = {
        "12347-1 - Ada Okafor - Mar 1, 2026 1000 AM/ada__holding.ipynb": handed("2026-02-01T00:00:00+00:00"),
        "joan__holding.ipynb": handed("2020-01-01T00:00:00+00:00"),
        "kim__holding.ipynb": handed("2026-02-28T10:00:00+00:00"),
    }
    with zipfile.ZipFile(archive / "x.zip", "w") as packed:
        for name, data in made.items():
            packed.writestr(zipfile.ZipInfo(name, (2026, 3, 2, 9, 0, 0)), data)
    said = listed(course.nbgrader("zip_collect", course.name))["collected"]
    home = course.folder / "submitted"
    stamps = {path.parts[-3]: path.read_text() for path in home.glob("*/holding/timestamp.txt")}
    assert stamps.items() >= {("ada", "2026-03-01 10:00:00"), ("kim", "2026-02-28 10:00:00")} and "joan" not in stamps
    assert "released at 2026-01-01 00:00: not taken" in said[1] and said[2].endswith("by the desk's clock")


def test_what_zip_collect_empties_is_kept(course, archive):
    (archive / "honest__holding.ipynb").write_bytes(json.dumps(full(course.released)).encode() + b" ")
    there = course.folder / "submitted/honest" / course.name
    before = (there / f"{course.name}.ipynb").read_bytes()
    (there / "picture.png").write_bytes(b"PNG")
    said = listed(course.nbgrader("zip_collect", course.name, "--force"))["collected"][0]
    (kept,) = (course.folder / "replaced/honest" / course.name).iterdir()
    assert (kept / f"{course.name}.ipynb").read_bytes() == before and (kept / "picture.png").exists()
    assert f"what stood there is kept in {kept}" in said


def test_the_platforms_sender_is_not_whoever_the_name_says(course, archive):
    people = "username,first name,last name,lms id\nada,Ada,Okafor,\njoan,Joan,Example,\nkim,Kimberly,Other,42\n"
    (course.folder / "people.csv").write_text(people)
    program("grader", "roster", "people.csv", folder=course.folder)
    good = json.dumps(full(course.released)).encode()
    folders = {"Mallory Other_7_assignsubmission_file_": "ada", "Joan Example_8_assignsubmission_file_": "joan"}
    folders["42-9 - Kim Other - Mar 1, 2026 1000 AM"] = "kim"  # by the number, whatever the platform calls them
    members = {f"{folder}/{name}__holding.ipynb": good for folder, name in folders.items()}
    (archive / "moodle.zip").write_bytes(zipped(members))
    output = course.nbgrader("zip_collect", course.name)
    assert collected(course) == {"honest", "joan", "kim"}
    assert "Moodle's Mallory Other (`7`) sent it, and is not ada on the roster." in listed(output)["not collected"][0]
