"""Random histories: hand in, mark, hand in again, regrade, crash. No mark stands under words that it was not given to,
and nothing that was acknowledged is lost. CANDOR_HISTORIES=250 for the long run."""

import copy
import os
import random
import shutil
from contextlib import suppress

import pytest

from grader.grading import course as courses
from grader.grading import gradebook, kept, regrade, work
from grader.grading import run as runs
from grader.grading.run import autograde
from grader.marking.board import Change, Desk
from support.course import Course, cell, choose, write_library

REFLECTION = "what-you-would-say"


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    base = tmp_path_factory.mktemp("histories")
    made = Course(write_library(base / "library"), base / "course")
    made.nbgrader("generate_assignment", made.name)
    return made


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
