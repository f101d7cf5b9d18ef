"""One person's odd submission costs nobody else anything: not an hour, not a grade, not a row."""

import copy
import json
import os
import sqlite3
import time
from types import SimpleNamespace

import pytest

from grader.grading import run as engine
from grader.grading.run import autograde
from grader.grading.stamp import time_of
from grader.notebook.intake import source_of
from grader.notebook.reading import read_answer
from grader.notebook.receipt import read as read_receipt
from grader.notebook.receipt import review
from grader.notebook.recovery import Released, written
from grader.notebook.submission import restore, shown
from grader.reports import feedback_page
from support.compare import differences
from support.course import cell
from support.growth import REFUSED, growth

from .test_attacks import course, everything_else_is_well, full, released  # noqa: F401

OPTIONS = ["Say nothing today.", "Ask him alone.", "Tell her, and stay.", "Refer both."]
FRAME = [
    Released("a--ask", "### Question 1\n\nA story.", "x", "text"),
    Released(
        "a",
        "\n".join(f"- [ ] **{letter}.** {text}" for letter, text in zip("ABCD", OPTIONS)),
        "x",
        "answer",
        1.0,
        "one-best-answer",
    ),
    Released(
        "b",
        "\n".join(f"- [ ] **{letter}.** {text} Then." for letter, text in zip("ABCD", OPTIONS)),
        "x",
        "answer",
        1.0,
        "one-best-answer",
    ),
    Released("r--prompt", "Write.", "x", "text"),
    Released("r", "*Write your answer here.*", "x", "reflection"),
]


def named(name: str, text: str) -> dict:
    return {"cell_type": "markdown", "metadata": {"nbgrader": {"grade_id": name}} if name else {}, "source": text}


SUBMISSIONS = {
    "distinct copies of an answer": lambda size: [
        named("a", f"{FRAME[1].source}\n{number}") for number in range(size // 10)
    ],
    "distinct copies of a reflection": lambda size: [named("r", f"words {number}") for number in range(size // 10)],
    "cells of one's own": lambda size: [named("", f"note {number}") for number in range(size // 10)],
    "copies of a prompt": lambda size: [named("r--prompt", f"Write. And {number}") for number in range(size // 10)],
    "one cell": lambda size: [named("a", "!" * size)],
    "one line after another": lambda size: [named("a", "- [x] A. a\n" * (size // 10))],
    "a lost answer in a long cell": lambda size: [named("", "- [ ] **A.** Say nothing today.\n" * (size // 30))],
    "questions of other versions": lambda size: [
        named(name, text)
        for number in range(size // 200)
        for name, text in ((f"q{number}--ask", "A story."), (f"q{number}", f"{FRAME[1].source}\n{number}"))
    ],
    "a long answer to another version's question": lambda size: [
        named("q--ask", "A story."),
        named("q", "- [x] **A.** Say nothing today.\n" * (size // 30)),
    ],
    "one reflection": lambda size: [named("r", "<&$\\`! " * (size // 7))],
    "identifiers": lambda size: [named("r", "my client Anna rang 020 7946 0990. " * (size // 35))],
    "telephones": lambda size: [named("r", "Telx" * (size // 4))],
}


@pytest.mark.parametrize("kind", SUBMISSIONS)
def test_restoring_grows_no_faster_than_the_submission(kind):
    assert growth(lambda cells: restore({"cells": cells}, FRAME), SUBMISSIONS[kind], size=40_000) <= REFUSED


@pytest.mark.parametrize(
    "unit", ["!", "[ ", "x ", "- [x] A. a\n", "<a ", "&#1", "A. ", "*", "\\", "\ufdfa", " \n", "b\n"]
)
def test_reading_grows_no_faster_than_the_cell(unit):
    assert (
        growth(
            lambda text: read_answer(text, OPTIONS, "one-best-answer"),
            lambda size: unit * (size // len(unit)),
            size=9_000,
        )
        <= REFUSED
    )


@pytest.mark.parametrize("unit", ["#", "# (", "a@", "Tel", "my client Anna. "])
def test_checking_before_handing_in_grows_no_faster_than_the_notebook(tmp_path, unit):
    def make(size):
        ours = {"role": "reflection", "words": "1-2"}
        cells = [named("r--prompt", unit * (size // len(unit))), named("r", unit * (size // len(unit)))]
        cells[0]["metadata"]["candor"], cells[1]["metadata"]["candor"] = {"role": "prompt"}, ours
        path = tmp_path / f"{size}.ipynb"
        path.write_text(json.dumps({"cells": cells}))
        return path

    assert growth(read_receipt, make, size=20_000) <= REFUSED


@pytest.mark.parametrize("unit", ["<", "&", "`", "[a](", "a\n", "</pre>", "$x$ "])
def test_feedback_grows_no_faster_than_what_was_written(unit, library, monkeypatch):
    def make(size):
        text = shown(unit * (size // len(unit)))
        answer = {"role": "answer", "chosen": [], "state": "look"}
        options = "- [ ] **A.** Wait.\n- [ ] **B.** Ask.\n\nThe cell as submitted:\n\n"
        return [
            {"source": options + text, "metadata": {"nbgrader": {"grade_id": "a", "points": 1.0}, "candor": answer}},
            {"source": text, "metadata": {"nbgrader": {"grade_id": "r"}, "candor": {"role": "reflection"}}},
            {"source": f"Added by the trainee:\n\n{text}", "metadata": {"candor": {"role": "extra"}}},
        ]

    monkeypatch.setattr(feedback_page, "_cards", lambda *of: library)
    names, settings = {"assignment": "none", "student": "hostile"}, SimpleNamespace(book="")
    assert growth(lambda cells: feedback_page.render(cells, names, settings, (0, 0), {}), make) <= REFUSED


def test_a_long_reflection_is_cut_in_the_graded_copy_and_said(course):
    notebook = full(course.released)
    cell(notebook, "what-you-would-say")["source"] = "<&" * 100_000
    course.submit("hostile", notebook)
    outcome = autograde(course.folder, course.name, jobs=1)
    everything_else_is_well(course, outcome)
    said = "what-you-would-say: it has more than 50,000 characters, of which the graded copy holds the first"
    assert outcome.look["hostile"] == [said]
    graded = course.folder / "autograded/hostile" / course.name / f"{course.name}.ipynb"
    assert "The rest is in the submitted file" in graded.read_text()


HUGE = {
    "exclamation marks": lambda made: cell(made, "first-card").update(source="!" * 20_000_000),
    "copies of a cell": lambda made: made["cells"].extend([copy.deepcopy(cell(made, "first-card"))] * 20_000),
    "telephones": lambda made: cell(made, "what-you-would-say").update(source="Telx" * 100_000),
    "twenty megabytes": lambda made: made["cells"].append(named("", "words " * 3_300_000)),
}


@pytest.mark.parametrize("kind", HUGE)
def test_one_huge_submission_beside_five_honest_ones(course, kind):
    for number in range(5):
        course.submit(f"honest-{number}", full(course.released))
    hostile = full(course.released)
    HUGE[kind](hostile)
    course.submit("hostile", hostile)
    outcome = autograde(course.folder, course.name, jobs=1)
    everything_else_is_well(course, outcome)
    assert {f"honest-{number}" for number in range(5)} <= set(outcome.graded)
    assert "hostile" in outcome.refused or "hostile" in outcome.look or kind in ("copies of a cell", "twenty megabytes")
    if "hostile" in outcome.graded:
        graded = course.folder / "autograded/hostile" / course.name / f"{course.name}.ipynb"
        assert graded.stat().st_size < 2_000_000


def test_checking_before_handing_in_searches_so_much_and_says_so(tmp_path):
    """Twenty megabytes of words that look like names and numbers."""
    long = "my client Anna rang 020 7946 0990. " * 570_000
    roles = [("r--prompt", "prompt", "## Reflection: A task"), ("r", "reflection", long)]
    cells = [named(name, text) for name, _, text in roles]
    for made, (_, role, _) in zip(cells, roles):
        made["metadata"]["candor"] = {"role": role, "words": "1-2"}
    (tmp_path / "x.ipynb").write_text(json.dumps({"cells": cells}))
    work = read_receipt(tmp_path / "x.ipynb")
    assert work.unsearched == len(long) - 100_000 and 1 < len(work.found["A task"]) < 10_000
    assert "Only the first 100,000 characters were searched" in review(work) and "Nothing was found" not in review(work)


def test_an_endless_submission_is_named_and_the_class_is_graded(course, monkeypatch):
    """Every step is linear; should one ever not be, the time is up for that submission alone."""

    def endless(submitted, released):
        while any("forever" in source_of(cell) for cell in submitted["cells"]):
            pass
        return written(submitted, released)

    monkeypatch.setattr("grader.notebook.submission.LIMIT", 0.3)
    monkeypatch.setattr("grader.notebook.submission.written", endless)
    notebook = full(course.released)
    cell(notebook, "what-you-would-say")["source"] = "forever"
    course.submit("hostile", notebook)
    outcome = autograde(course.folder, course.name, jobs=1)
    everything_else_is_well(course, outcome)
    assert (
        "hostile" in outcome.refused["hostile"]
        and "was not read to its end within 0.3 seconds" in outcome.refused["hostile"]
    )


def test_rows_are_saved_as_they_come(course, monkeypatch):
    """Whoever was read before a submission that ends the program is in the gradebook."""
    for number in range(4):
        course.submit(f"early-{number}", full(course.released))
    course.submit("late", full(course.released))
    grade = engine.grade

    def slow(job, plan):
        if job.trainee == "late":
            raise KeyboardInterrupt
        time.sleep(0.02)
        return grade(job, plan)

    monkeypatch.setattr(engine, "grade", slow)
    monkeypatch.setattr(engine, "SECONDS", 0.01)
    with pytest.raises(KeyboardInterrupt):
        autograde(course.folder, course.name, jobs=1)
    with sqlite3.connect(course.folder / "gradebook.db") as connection:
        assert {row[0] for row in connection.execute("select id from student")} >= {
            "honest",
            *(f"early-{number}" for number in range(4)),
        }


def deadly(job, plan):
    if job.trainee == "hostile":
        os._exit(9)
    return GRADE(job, plan)


GRADE = engine.grade


def test_a_submission_that_ends_its_worker_is_named_and_the_class_is_graded(course, monkeypatch):
    course.submit("hostile", full(course.released))
    for number in range(6):
        course.submit(f"trainee-{number}", full(course.released))
    monkeypatch.setattr(engine, "WORTH_A_POOL", 2)
    monkeypatch.setattr(engine, "grade", deadly)
    outcome = autograde(course.folder, course.name, jobs=2)
    everything_else_is_well(course, outcome)
    assert (
        len(outcome.graded) == 7
        and list(outcome.refused) == ["hostile"]
        and "ended the program" in outcome.refused["hostile"]
    )


def test_what_cannot_be_written_costs_one_submission(course):
    course.submit("hostile", full(course.released))
    (course.folder / "autograded" / "hostile").mkdir(parents=True)
    (course.folder / "autograded" / "hostile" / course.name).write_text("a file where a folder should be")
    outcome = autograde(course.folder, course.name, jobs=1)
    everything_else_is_well(course, outcome)
    assert "could not be written" in outcome.refused["hostile"]


def test_the_stock_command_follows_no_link_either(course, tmp_path):
    """Both commands copy ordinary files alone, and leave the same."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the supervisor's own file")
    folder = course.submit("hostile", full(course.released)).parent
    (folder / "notes.txt").symlink_to(secret)
    (folder / "up").symlink_to(course.folder)
    (folder / "deep").mkdir()
    (folder / "deep" / "link.txt").symlink_to(secret)
    (folder / "a [1].txt").symlink_to(secret)
    os.mkfifo(folder / "pipe")
    (folder / "plain.txt").write_text("a file of mine")
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / course.name).mkdir(parents=True)
    (elsewhere / course.name / f"{course.name}.ipynb").write_text(json.dumps(full(course.released)))
    (course.folder / "submitted" / "linked").symlink_to(elsewhere)
    twin = copy.copy(course)
    twin.folder = tmp_path / "twin"
    import shutil

    shutil.copytree(
        course.folder, twin.folder, symlinks=True, ignore=lambda place, names: ["pipe"] if "pipe" in names else []
    )
    os.mkfifo(twin.folder / "submitted" / "hostile" / course.name / "pipe")
    output = course.nbgrader("autograde", course.name, ok=False)
    autograde(twin.folder, course.name)
    copied = {path.name for path in (course.folder / "autograded" / "hostile" / course.name).rglob("*")}
    assert copied == {f"{course.name}.ipynb", "plain.txt"} and "is a link to somewhere else; it was left out" in output
    assert course.scores("hostile")["first-card"] == (1, False)
    assert differences(course.folder, twin.folder) == []


READ = {
    "2026-03-01 10:22:33": "2026-03-01 10:22:33",
    "2026-03-01 10:22:33.5 UTC": "2026-03-01 10:22:33.500000",
    "2026-03-01 10:22:33 CET": "2026-03-01 09:22:33",
    "2026-03-01 10:22:33.5 America/Los_Angeles": "2026-03-01 18:22:33.500000",
    "2026-03-01 10:22:33 -0800": "2026-03-01 10:35:53",  # as nbgrader reads it: 800 seconds
    "2026-03-01T10:22:33+01:00": "2026-03-01 09:22:33",
    "2026-03-01T10:22:33Z": "2026-03-01 10:22:33",
    "March 1, 2026 10:22 AM": "2026-03-01 10:22:00",
    "01/03/2026 10:22": "2026-01-03 10:22:00",
    "20260301102233": "2026-03-01 10:22:33",
}
NOT_READ = ["not a time", "2026-13-45", "x" * 1000, "99999999999999999999", "\ufeff?"]


@pytest.mark.parametrize("words", READ)
def test_a_time_is_nbgraders_time(words):
    from nbgrader.utils import parse_utc

    assert str(time_of(words)) == READ[words] and time_of(words) == parse_utc(words)


def test_both_commands_store_the_same_time_and_refuse_what_is_none_by_name(course, tmp_path):
    import shutil

    said = ["", *READ]
    for number, words in enumerate([*said, *NOT_READ]):
        path = course.submit(f"t{number:02}", full(course.released))
        (path.parent / "timestamp.txt").write_text(words, encoding="utf-8")
    twin = copy.copy(course)
    twin.folder = tmp_path / "twin"
    shutil.copytree(course.folder, twin.folder)
    output = course.nbgrader("autograde", course.name, ok=False)
    outcome = autograde(twin.folder, course.name)
    assert differences(course.folder, twin.folder) == []
    assert list(outcome.refused) == [f"t{len(said) + number:02}" for number in range(len(NOT_READ))]
    for trainee, line in outcome.refused.items():
        assert f"{trainee}/holding/timestamp.txt: there is no time in it that can be read. Write it as" in line
        assert f"{trainee}/holding/timestamp.txt: there is no time in it that can be read. Write it as" in output
    assert "Traceback" not in output and "mistake" not in output
