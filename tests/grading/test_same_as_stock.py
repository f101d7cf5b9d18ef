"""`grader autograde` and stock `nbgrader autograde` with our preprocessors leave the same rows and the same files."""

import copy
import importlib
import os
import random

import pytest

from grader.grading.run import autograde
from support.compare import differences
from support.course import Course, cell, choose, released_course, twin

KEYS = {"first-card": 4, "second-card": 4, "many-card": 5, "exam-card": 4}


@pytest.fixture(scope="module")
def released(tmp_path_factory) -> Course:
    return released_course(tmp_path_factory.mktemp("same"))


def both(course: Course, tmp_path, submissions: dict, stamps: dict = {}) -> list[str]:
    stock, ours = twin(course, tmp_path / "stock"), twin(course, tmp_path / "ours")
    for place in (stock, ours):
        for trainee, content in submissions.items():
            path = place.submit(trainee, content)
            if trainee in stamps:
                (path.parent / "timestamp.txt").write_text(stamps[trainee])
    stock.nbgrader("autograde", course.name, ok=None)
    autograde(ours.folder, course.name)
    return differences(stock.folder, ours.folder)


def test_every_kind_of_submission(released, tmp_path):
    build = importlib.import_module("grading.test_loop").build
    submissions = build(released)
    stamps = {"full": "2026-11-22 10:15:00.123456 UTC", "blank": "2026-11-22 23:59:59 UTC"}
    assert both(released, tmp_path, submissions, stamps) == []


def damaged(released: dict, dice: random.Random):
    """A random submission: answers, then now and then something that goes wrong."""
    import copy

    made = copy.deepcopy(released)
    for name, count in KEYS.items():
        letters = [letter for letter in "ABCDE"[:count] if dice.random() < 0.3]
        choose(made, name, letters if name == "many-card" or dice.random() < 0.1 else letters[:1])
    if dice.random() < 0.8:
        cell(made, "what-you-would-say")["source"] = "".join(
            dice.choice("ab <>&$\\\n`*_[]()é😀") for _ in range(dice.randrange(200))
        )
    cells = made["cells"]
    for _ in range(dice.choice((0, 0, 1, 2, 4))):
        number = dice.randrange(len(cells))
        match dice.randrange(8):
            case 0:
                del cells[number]
            case 1:
                cells.insert(dice.randrange(len(cells)), copy.deepcopy(cells[number]))
            case 2:
                cells[number]["metadata"] = dice.choice(
                    ({}, {"nbgrader": None}, {"nbgrader": {"grade_id": 7}}, None, [])
                )
            case 3:
                cells[number]["cell_type"] = dice.choice(("code", "raw", "heading", 3))
            case 4:
                cells[number]["source"] = dice.choice(
                    ("", [], ["- [x] **A.**", "\n", 3], None, {"a": 1}, "B", "\x00\x1b[31m")
                )
            case 5:
                dice.shuffle(cells)
            case 6:
                cells.insert(
                    number,
                    {
                        "cell_type": "code",
                        "source": "raise SystemExit",
                        "metadata": {},
                        "outputs": [],
                        "execution_count": 3,
                    },
                )
            case 7 if number:
                cells[number - 1]["source"] = (
                    "".join(map(str, cells[number - 1].get("source") or ""))
                    + "\n\n"
                    + "".join(map(str, cells[number].get("source") or ""))
                )
                del cells[number]
    return made


@pytest.mark.parametrize("seed", range(int(os.environ.get("CANDOR_COHORTS", "3"))))
def test_random_cohorts(released, tmp_path, seed):
    """Random answers and random damage; CANDOR_COHORTS=300 for the long run."""
    dice = random.Random(seed)
    submissions = {f"t{number:02d}": damaged(released.released, dice) for number in range(dice.randrange(4, 16))}
    assert both(released, tmp_path, submissions) == []


def test_a_second_run_over_marks_and_changed_work(released, tmp_path):
    """Marks, comments and a changed submission: `--force` in both gives the same again, and no mark is lost."""
    from nbgrader.api import Gradebook

    from grader.grading.sample_marks import database, mark

    dice = random.Random(9)
    first = {f"t{number}": damaged(released.released, dice) for number in range(6)}
    later = {**first, "t1": damaged(released.released, dice), "t2": released.released}
    stock, ours = twin(released, tmp_path / "stock"), twin(released, tmp_path / "ours")
    for place, run in (
        (stock, lambda: stock.nbgrader("autograde", released.name, "--force")),
        (ours, lambda: autograde(ours.folder, released.name, force=True)),
    ):
        for trainee, content in first.items():
            place.submit(trainee, content)
        run()
        with Gradebook(database(place.folder)) as gradebook:
            mark(gradebook, released.name, "t1", released.library.reflections["what-you-would-say"], (2, 4), "Seen.")
            grade = gradebook.find_grade("first-card", released.name, released.name, "t3")
            grade.manual_score, grade.needs_manual_grade = 1.0, False
            gradebook.db.commit()
        for trainee, content in later.items():
            place.submit(trainee, content)
        run()
    assert differences(stock.folder, ours.folder) == []


def test_only_what_changed_is_graded_again(released, tmp_path):
    place = twin(released, tmp_path / "ours")
    dice = random.Random(4)
    for number in range(5):
        place.submit(f"t{number}", damaged(released.released, dice))
    assert len(autograde(place.folder, released.name).graded) == 5
    place.submit("t3", released.released)
    again = autograde(place.folder, released.name)
    assert again.graded == ["t3"] and len(again.unchanged) == 4
    assert len(autograde(place.folder, released.name, force=True).graded) == 5


def test_what_stock_graded_is_unchanged_for_ours(released, tmp_path):
    place = twin(released, tmp_path / "course")
    place.submit("ada", choose(copy.deepcopy(place.released), "first-card", "B"))
    place.nbgrader("autograde", place.name)
    again = autograde(place.folder, place.name)
    assert again.unchanged == ["ada"] and not again.graded


def test_workers_give_the_same(released, tmp_path, monkeypatch):
    monkeypatch.setattr("grader.grading.run.WORTH_A_POOL", 2)
    dice = random.Random(5)
    submissions = {f"t{number:02d}": damaged(released.released, dice) for number in range(20)}
    one, two = twin(released, tmp_path / "one"), twin(released, tmp_path / "two")
    for place, jobs in ((one, 1), (two, 2)):
        for trainee, content in submissions.items():
            place.submit(trainee, content)
        autograde(place.folder, released.name, jobs=jobs)
    assert differences(one.folder, two.folder) == []
