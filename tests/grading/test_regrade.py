"""What was released is what is graded; a change is shown, asked about, made whole and logged."""

import copy
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from grader.grading import course as courses
from grader.grading import gradebook, kept, regrade
from grader.grading.run import autograde
from grader.grading.scores import standings
from support.course import Course, choose, program, released_course, twin, write_card, write_library
from support.project import LONG, run

from .independent import total

SIZE = int(os.environ.get("CANDOR_REGRADE", "200" if LONG else "60"))
CARDS = {
    "first-card": ("one-best-answer", "B", 4, 1, ""),
    "second-card": ("one-best-answer", "D", 4, 3, ""),
    "many-card": ("all-that-apply", "AC", 5, 2, ""),
    "exam-card": ("one-best-answer", "A", 4, 1, ""),
}


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    """A graded course, and who marked what in it."""
    made = released_course(tmp_path_factory.mktemp("regrade"))
    dice, released = random.Random(3), made.released
    made.answers = {}
    for number in range(SIZE):
        own = made.answers[f"t{number:03d}"] = {
            name: (
                "".join(sorted(dice.sample("ABCDE"[:count], dice.randrange(count))))
                if kind == "all-that-apply"
                else dice.choice(["", *"ABCD"])
            )
            for name, (kind, _, count, _, _) in CARDS.items()
        }
        notebook = copy.deepcopy(released)
        for name, letters in own.items():
            choose(notebook, name, letters)
        made.submit(f"t{number:03d}", notebook)
    autograde(made.folder, made.name)
    made.marks = {"t003": {"first-card": 0.5}, "t005": {"second-card": 3.0}}
    with sqlite3.connect(made.folder / "gradebook.db") as connection:
        for trainee, marks in made.marks.items():
            for cell, mark in marks.items():
                connection.execute(MARK, (mark, trainee, cell))
    return made


MARK = """update grade set manual_score = ?, needs_manual_grade = 0 where id in (
    select g.id from grade g join base_cell c on c.id = g.cell_id
    join submitted_notebook n on n.id = g.notebook_id join submitted_assignment a on a.id = n.assignment_id
    where a.student_id = ? and c.name = ? and c.type = 'GradeCell')"""


@pytest.fixture
def place(cohort, tmp_path):
    return twin(cohort, tmp_path / "course")


def counted(place: Course) -> dict[str, float]:
    with gradebook.reading(courses.Course(place.folder).settings.db_url) as connection:
        return {one.trainee: round(one.score, 6) for one in standings(connection, place.name)}


def expected(place: Course, **changed) -> dict[str, float]:
    cards = {**CARDS, **{name.replace("_", "-"): card for name, card in changed.items()}}
    return {
        trainee: round(total(cards, answers, place.marks.get(trainee, {})), 6)
        for trainee, answers in place.answers.items()
    }


@pytest.mark.parametrize(
    "words, changed",
    [
        (["first-card", "--accept", "B,C"], {"first_card": ("one-best-answer", "BC", 4, 1, "")}),
        (["first-card", "--accept", "a"], {"first_card": ("one-best-answer", "A", 4, 1, "")}),
        (["many-card", "--accept", "A,B,D"], {"many_card": ("all-that-apply", "ABD", 5, 2, "")}),
        (["second-card", "--drop"], {"second_card": ("one-best-answer", "D", 4, 3, "dropped")}),
        (["second-card", "--full-marks"], {"second_card": ("one-best-answer", "D", 4, 3, "full-marks")}),
    ],
)
def test_before_and_after_are_what_cards_and_marks_give(place, words, changed):
    assert counted(place) == expected(place)
    question, *rest = words
    command = [
        "grader",
        "regrade",
        place.name,
        "--question",
        question,
        *rest,
        "--because",
        "two are right",
        "--as",
        "AB",
    ]
    said = program(*command, "--yes", folder=place.folder)
    after = expected(place, **changed)
    assert counted(place) == after
    before = expected(place)
    moved = {trainee for trainee in after if after[trainee] != before[trainee]}
    if question != "second-card" or rest != ["--drop"]:
        assert set(re.findall(r"^  (t\d+): ", said, re.M)) == moved
    autograde(place.folder, place.name, force=True)
    assert counted(place) == after
    logged = program("grader", "log", place.name, folder=place.folder)
    assert "AB: regraded" in logged and "two are right" in logged
    story = program("grader", "explain-grade", "t001", place.name, question, folder=place.folder)
    assert "Released 20" in story and "Card as released" in story and "AB: regraded" in story and "Read: " in story


def test_it_asks_and_a_no_changes_nothing(place):
    words = ["regrade", place.name, "--question", "first-card", "--accept", "C", "--because", "x"]
    done = run("grader", *words, folder=place.folder, given="n\n", apart=True)
    assert done.returncode == 1 and "score more" in done.stdout and "Nothing was changed" in done.stderr
    assert counted(place) == expected(place) and not (place.folder / "gradebook-copies").exists()


def test_a_question_is_meant_by_its_number_as_well(place):
    words = ["regrade", place.name, "--accept", "C", "--because", "x", "--question"]
    said = [
        run("grader", *words, one, folder=place.folder, given="n\n", apart=True) for one in ("first-card", "1", "9")
    ]
    assert said[0].stdout == said[1].stdout and said[0].stdout.startswith("first-card: right are C")
    assert "asks no question `9`. It asks: 1. first-card, 2. second-card" in said[2].stderr
    by = [
        program("grader", "explain-grade", "t001", place.name, one, folder=place.folder) for one in ("first-card", "1")
    ]
    assert by[0] == by[1]


def test_a_card_that_is_mended_changes_nobodys_score_until_it_is_decided(place, cohort):
    root = cohort.library.root
    before = (root / "exercises/bank/confidentiality/first-card.yml").read_text()
    try:
        write_card(root, "first-card", "C")
        autograde(place.folder, place.name, force=True)
        assert counted(place) == expected(place)
        said = place.nbgrader("generate_assignment", place.name, "--force", ok=False)
        assert "question `first-card`: its key is C now, and was B" in said and "grader regrade" in said
        words = ["grader", "regrade", place.name, "--card", "--because", "wrong key", "--yes"]
        program(*words, folder=place.folder)
        assert counted(place) == expected(place, first_card=("one-best-answer", "C", 4, 1, ""))
        mended = (root / "exercises/bank/confidentiality/first-card.yml").read_text()
        worded = mended.replace("Option C of first-card.", "The third option, in better words.")
        (root / "exercises/bank/confidentiality/first-card.yml").write_text(worded)
        program(*words, folder=place.folder)
        autograde(place.folder, place.name, force=True)
        assert counted(place) == expected(place, first_card=("one-best-answer", "C", 4, 1, ""))
        (root / "exercises/bank/confidentiality/first-card.yml").write_text(worded.replace("wrong:", "right:", 1))
        assert "fails `grader check`" in program(*words, folder=place.folder, ok=False)
    finally:
        (root / "exercises/bank/confidentiality/first-card.yml").write_text(before)


def test_two_right_by_mistake_are_not_released(tmp_path):
    made = Course(write_library(tmp_path / "library"), tmp_path / "course")
    write_card(tmp_path / "library", "first-card", "BC")
    said = made.nbgrader("generate_assignment", made.name, ok=False)
    assert "first-card.yml" in said and "was not released" in said and not (made.folder / "release").exists()


def test_a_copy_is_kept_and_can_be_put_back(place):
    words = ["--question", "first-card", "--accept", "C", "--because", "x", "--yes"]
    program("grader", "regrade", place.name, *words, folder=place.folder)
    assert counted(place) != expected(place)
    listed = program("grader", "restore", folder=place.folder)
    assert f"before regrade: {SIZE} submissions" in listed
    (place.folder / "gradebook.db").write_bytes(b"damaged" * 1000)
    program("grader", "restore", "1", "--yes", folder=place.folder)
    assert counted(place) == expected(place) and (place.folder / "gradebook.db.damaged").is_file()


def test_killed_at_any_moment_it_is_all_or_nothing_and_the_log_agrees(place):
    """CANDOR_KILLS=50 for the long run."""
    dice, before = random.Random(5), counted(place)
    with_c = expected(place, first_card=("one-best-answer", "C", 4, 1, ""))
    code = (
        "from pathlib import Path; from grader.grading.course import Course\n"
        "from grader.grading import regrade as r, gradebook\n"
        "c = Course(Path('.'))\n"
        "with gradebook.reading(c.settings.db_url) as k: cards = c.released(k, 'holding')\n"
        "p = r.propose(c, 'holding', [r.decision(c, cards, 'first-card', ['C'])])\n"
        "print('go', flush=True); r.apply(c, p, 'AB', 'x')"
    )
    pristine, made = (place.folder / "gradebook.db").read_bytes(), 0
    for _ in range(int(os.environ.get("CANDOR_KILLS", "6"))):
        running = subprocess.Popen([sys.executable, "-c", code], cwd=place.folder, stdout=subprocess.PIPE, text=True)
        running.stdout.readline()
        time.sleep(dice.uniform(0, 0.1))
        running.send_signal(signal.SIGKILL)
        running.communicate()
        with gradebook.reading(courses.Course(place.folder).settings.db_url) as connection:
            logged = list(kept.entries(connection, place.name, what="regraded"))
        made += bool(logged)
        assert counted(place) == (with_c if logged else before)
        autograde(place.folder, place.name)
        assert counted(place) == (with_c if logged else before)
        (place.folder / "gradebook.db").write_bytes(pristine)
    print(f"{made} made whole")


def test_what_was_marked_since_it_was_shown_is_not_written_over(place):
    course = courses.Course(place.folder)
    with gradebook.reading(course.settings.db_url) as connection:
        cards = course.released(connection, place.name)
    shown = regrade.propose(course, place.name, [regrade.decision(course, cards, "first-card", ["C"])])
    trainee = shown.scored[0].trainee
    with sqlite3.connect(place.folder / "gradebook.db") as connection:
        connection.execute(MARK, (0.25, trainee, "first-card"))
    with pytest.raises(gradebook.Unsupported, match="look again"):
        regrade.apply(course, shown, "AB", "x")
