"""Both graders give what cards and marks give, computed without any line of theirs."""

import copy
import os
import random

import pytest
from nbgrader.api import Gradebook

from grader.grading.run import autograde
from grader.grading.sample_marks import database, mark
from support.compare import differences
from support.course import Course, cell, choose, released_course, twin

from .independent import total

CARDS = {
    "first-card": ("one-best-answer", "B", 4, 1, ""),
    "second-card": ("one-best-answer", "D", 4, 3, ""),
    "many-card": ("all-that-apply", "AC", 5, 2, ""),
    "exam-card": ("one-best-answer", "A", 4, 1, ""),
}
REFLECTION = "what-you-would-say"


@pytest.fixture(scope="module")
def released(tmp_path_factory) -> Course:
    return released_course(tmp_path_factory.mktemp("independent"))


@pytest.fixture(params=range(17, 17 + int(os.environ.get("CANDOR_COHORTS", "1"))))
def cohort(released, tmp_path, request):
    """(course, trainee -> question -> letters, trainee -> cell -> mark), ungraded; CANDOR_COHORTS=300 for the long
    run."""
    dice, made = random.Random(request.param), twin(released, tmp_path / "course")
    answers, marks = {}, {}
    for trainee in (f"t{number}" for number in range(8)):
        work = copy.deepcopy(made.released)
        answers[trainee] = {
            name: (
                "".join(dice.sample("ABCDE"[:count], dice.randrange(count)))
                if kind == "all-that-apply"
                else dice.choice("ABCD")
            )
            for name, (kind, _, count, _, _) in CARDS.items()
        }
        for name, letters in answers[trainee].items():
            choose(work, name, letters)
        cell(work, REFLECTION)["source"] = f"I, {trainee}, would say it."
        marks[trainee] = {f"{REFLECTION}--1": dice.choice((4, 2, 0)), f"{REFLECTION}--2": dice.choice((4, 0))}
        if dice.random() < 0.3:
            marks[trainee]["first-card"] = 0.5
        made.submit(trainee, work)
    return made, answers, marks


def graded(cohort, folder, run) -> Course:
    course, _, marks = cohort
    place = twin(course, folder)
    run(place)
    with Gradebook(database(folder)) as gradebook:
        for trainee, given in marks.items():
            levels = (given[f"{REFLECTION}--1"], given[f"{REFLECTION}--2"])
            mark(gradebook, place.name, trainee, place.library.reflections[REFLECTION], levels)
            if "first-card" in given:
                one = gradebook.find_grade("first-card", place.name, place.name, trainee)
                one.manual_score = given["first-card"]
                gradebook.db.commit()
    return place


def test_stock_fast_and_independent_are_one(cohort, tmp_path):
    _, answers, marks = cohort
    stock = graded(cohort, tmp_path / "stock", lambda place: place.nbgrader("autograde", place.name))
    fast = graded(cohort, tmp_path / "fast", lambda place: autograde(place.folder, place.name))
    assert differences(stock.folder, fast.folder) == []
    wanted = {trainee: round(total(CARDS, answers[trainee], marks[trainee]), 6) for trainee in answers}
    for place in (stock, fast):
        with Gradebook(database(place.folder)) as gradebook:
            found = {one.student_id: round(one.score, 6) for one in gradebook.assignment_submissions(place.name)}
        assert found == wanted
