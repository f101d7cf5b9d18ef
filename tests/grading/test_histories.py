"""Random histories: hand in, mark, hand in again, regrade, crash. No mark stands under words that it was not given to,
and nothing that was acknowledged is lost. CANDOR_HISTORIES=250 and CANDOR_HISTORIES_PG=250 for the long run."""

import copy
import os
import random
import shutil
from contextlib import suppress

import pytest

from grader.grading import copies, gradebook, kept, regrade, work
from grader.grading import course as courses
from grader.grading import run as runs
from grader.grading.run import autograde
from grader.grading.scores import standings
from grader.marking.board import Change, Desk
from support.course import Course, cell, choose, program, released_course

REFLECTION = "what-you-would-say"


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    return released_course(tmp_path_factory.mktemp("histories"))


class Killed(BaseException):
    pass


def crash(dice, monkeypatch):
    """End the next run at one of its steps: a file, the rows, or what is kept about them."""
    place, name = dice.choice([(work, "_write"), (runs.rows, "save"), (kept, "keep_graded"), (kept, "add")])
    real, left = getattr(place, name), [dice.randrange(3)]

    def ends(*given, **more):
        left[0] -= 1
        if left[0] < 0:
            raise Killed
        return real(*given, **more)

    monkeypatch.setattr(place, name, ends)


def history(place: Course, dice: random.Random, monkeypatch) -> None:
    words: dict[str, str] = {}  # trainee -> what they last handed in
    given: dict[str, tuple[str, tuple]] = {}  # trainee -> the words that were marked, and the marks
    acknowledged = 0
    for _step in range(12):
        what = dice.choice(["hand in", "hand in", "grade", "grade", "mark", "mark", "regrade", "crash"])
        trainee = dice.choice(["ada", "joan", "mary"])
        if what == "hand in":
            words[trainee] = f"{trainee}, {dice.randrange(3)}"
            made = choose(copy.deepcopy(place.released), "first-card", dice.choice("ABCD"))
            cell(made, REFLECTION)["source"] = words[trainee]
            place.submit(trainee, made)
        elif what == "grade":
            autograde(place.folder, place.name, jobs=1)
        elif what == "crash":
            with monkeypatch.context() as patch, suppress(Killed):
                crash(dice, patch)
                autograde(place.folder, place.name, jobs=1, force=True)
        elif what == "regrade" and words:
            course = courses.Course(place.folder)
            with gradebook.reading(course.settings.db_url) as connection:
                cards = course.released(connection, place.name)
            autograde(place.folder, place.name, jobs=1)
            one = regrade.decision(course, cards, "first-card", [dice.choice("ABCD")])
            regrade.apply(course, regrade.propose(course, place.name, [one]), "AB", "a history")
        elif what == "mark":
            desk = Desk(place.folder, place.name, REFLECTION)
            for row in desk.rows():
                marks = (dice.choice((4, 2, 0)), dice.choice((4, 0)))
                done = desk.save([Change(row.id, row.seen, marks)], "AB")
                if row.id in done.rows and row.marks != marks:
                    acknowledged += 1
                    given[row.trainee] = (row.answer, marks)
            desk.engine.dispose()
        holds(place, given, acknowledged)
    autograde(place.folder, place.name, jobs=1)
    holds(place, given, acknowledged)
    for row in Desk(place.folder, place.name, REFLECTION).rows():
        assert row.answer == words[row.trainee]
        assert (row.marks == given[row.trainee][1]) if row.done else row.marks == (None, None)


def holds(place: Course, given: dict, acknowledged: int) -> None:
    course = courses.Course(place.folder)
    with gradebook.reading(course.settings.db_url) as connection:
        logged = list(kept.entries(connection, place.name, what="marked"))
    assert len(logged) == acknowledged
    for row in Desk(place.folder, place.name, REFLECTION).rows():
        if any(mark is not None for mark in row.marks):
            assert given[row.trainee] == (row.answer, row.marks)


@pytest.mark.parametrize("seed", range(int(os.environ.get("CANDOR_HISTORIES", "8"))))
def test_random_histories(released, tmp_path, monkeypatch, seed):
    place = copy.copy(released)
    place.folder = tmp_path / "course"
    shutil.copytree(released.folder, place.folder)
    history(place, random.Random(seed), monkeypatch)


@pytest.fixture(scope="module")
def released_pg(released, postgres, tmp_path_factory):
    """The same course on a PostgreSQL server; its gradebook is the pattern of each history's own."""
    made = copy.copy(released)
    made.folder = tmp_path_factory.mktemp("histories-pg") / "course"
    shutil.copytree(released.folder, made.folder, ignore=shutil.ignore_patterns("gradebook.db", "release"))
    at(made, postgres("released"))
    made.nbgrader("generate_assignment", made.name)
    return made


def at(place: Course, address: str) -> None:
    config = place.folder / "nbgrader_config.py"
    config.write_text(f"{config.read_text()}\nget_config().CourseDirectory.db_url = {address!r}\n")


@pytest.mark.parametrize("seed", range(int(os.environ.get("CANDOR_HISTORIES_PG", "3"))))
def test_random_histories_on_postgresql(released_pg, postgres, tmp_path, monkeypatch, seed):
    place = copy.copy(released_pg)
    place.folder = tmp_path / "course"
    shutil.copytree(released_pg.folder, place.folder)
    at(place, postgres(f"history{seed}", template="released"))
    history(place, random.Random(10_000 + seed), monkeypatch)


def test_a_copy_of_a_postgresql_gradebook_can_be_put_back(released_pg, postgres, tmp_path):
    """All tables, ours among them; what was done since is gone, and grading and marking go on from there. On another
    server, too, where the tables are new."""
    place = copy.copy(released_pg)
    place.folder = tmp_path / "course"
    shutil.copytree(released_pg.folder, place.folder)
    at(place, postgres("copied", template="released"))
    place.submit("ada", choose(place.released, "first-card", "B"))
    notebook = choose(place.released, "first-card", "C")
    cell(notebook, REFLECTION)["source"] = "I would name both."
    place.submit("joan", notebook)
    autograde(place.folder, place.name, jobs=1)
    mark(place, "joan", (4, 0))
    with gradebook.reading(courses.Course(place.folder).settings.db_url) as connection:
        before = standings(connection, place.name)
    words = ["grader", "regrade", place.name, "--question", "first-card", "--accept", "C", "--because", "x", "--yes"]
    program(*words, folder=place.folder)
    assert scored(place) != {one.trainee: one.score for one in before}
    assert "before regrade: 2 submissions" in program("grader", "restore", folder=place.folder)
    said = program("grader", "restore", "1", "--yes", folder=place.folder)
    assert "What stood there is kept" in said and "regraded" not in program("grader", "log", folder=place.folder)
    with gradebook.reading(courses.Course(place.folder).settings.db_url) as connection:
        assert standings(connection, place.name) == before
    mark(place, "joan", (0, 4))
    at(place, postgres("elsewhere", template="released"))
    oldest = sorted((place.folder / "gradebook-copies").glob("*before-regrade.db"))[0]
    course = courses.Course(place.folder)
    number = [one.path for one in copies.copies(course)].index(oldest) + 1
    program("grader", "restore", str(number), "--yes", folder=place.folder)
    mark(place, "joan", (2, 4))
    autograde(place.folder, place.name, jobs=1, force=True)
    assert scored(place) == {"ada": 1.0, "joan": 6.0}


def mark(place: Course, trainee: str, marks: tuple) -> None:
    desk = Desk(place.folder, place.name, REFLECTION)
    row = next(row for row in desk.rows() if row.trainee == trainee)
    assert desk.save([Change(row.id, row.seen, marks)], "AB").rows
    desk.engine.dispose()


def scored(place: Course) -> dict[str, float]:
    with gradebook.reading(courses.Course(place.folder).settings.db_url) as connection:
        return {one.trainee: one.score for one in standings(connection, place.name)}
