"""The loop through stock nbgrader: release, autograde, feedback. One cohort, one run; each test looks at a part of
it."""

import copy
import json
import random
import sqlite3

import pytest

from support.compare import files
from support.course import cell, choose, released_course

SCRIPT = (
    "I would say <script>window.ran=1</script> and <img src=x onerror=alert(1)> $\\href{javascript:alert(1)}{x}$"
    " [a](javascript:alert(1))"
)
RIGHT = {"first-card": "B", "second-card": "D", "many-card": "AC", "exam-card": "A"}
POINTS = {"first-card": 1, "second-card": 3, "many-card": 2, "exam-card": 1}


def full(released: dict) -> dict:
    notebook = copy.deepcopy(released)
    for name, letters in RIGHT.items():
        choose(notebook, name, letters)
    cell(notebook, "what-you-would-say")["source"] = SCRIPT + "\n\nSecond paragraph."
    return notebook


def code(path) -> dict:
    return {
        "cell_type": "code",
        "id": "x",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": f"open({str(path)!r}, 'w').write('ran')",
    }


def build(course) -> dict:
    """Every kind of submission that a supervisor meets on a Sunday, by trainee."""
    released, cohort = course.released, {}

    cohort["blank"] = copy.deepcopy(released)
    cohort["full"] = full(released)

    made = cohort["hostile"] = full(released)
    made["cells"].insert(2, code(course.folder / "CANARY"))
    made["cells"].append(code(course.folder / "CANARY"))
    cell(made, "first-card")["metadata"]["nbgrader"].update(points=1000, locked=True, checksum="x")
    cell(made, "many-card")["metadata"]["candor"] = {
        "role": "answer",
        "kind": "one-best-answer",
        "chosen": ["A"],
        "state": "answered",
    }
    made["metadata"]["kernelspec"] = {"name": "no-such-kernel", "display_name": "x", "language": "x"}

    made = cohort["copied"] = full(released)
    made["cells"].append({**copy.deepcopy(cell(released, "first-card")), "id": "again"})

    made = cohort["copied-answer-last"] = full(released)
    made["cells"].insert(0, {**copy.deepcopy(cell(released, "first-card")), "id": "again"})

    made = cohort["deleted"] = full(released)
    for name in ("first-card", "second-card--ask", "what-you-would-say--1"):
        made["cells"].remove(cell(made, name))

    made = cohort["split"] = full(released)
    half = cell(made, "many-card")
    lines = half["source"].split("\n")
    other = {**copy.deepcopy(half), "id": "half", "source": "\n".join(lines[2:])}
    half["source"] = "\n".join(lines[:2])
    made["cells"].insert(made["cells"].index(half) + 1, other)

    made = cohort["merged"] = full(released)
    ask, answer = cell(made, "first-card--ask"), cell(made, "first-card")
    ask["source"] = "".join(ask["source"]) + "\n\n" + answer["source"]
    made["cells"].remove(answer)
    prompt, written = cell(made, "what-you-would-say--prompt"), cell(made, "what-you-would-say")
    prompt["source"] = "".join(prompt["source"]) + "\n\n" + written["source"]
    made["cells"].remove(written)

    made = cohort["retyped"] = full(released)
    cell(made, "first-card")["cell_type"] = "code"
    cell(made, "second-card")["cell_type"] = "raw"

    made = cohort["stripped"] = full(released)
    for one in made["cells"]:
        one["metadata"] = {}

    made = cohort["no-cell"] = full(released)
    made["cells"].remove(cell(made, "what-you-would-say"))

    made = cohort["reordered"] = full(released)
    random.Random(1).shuffle(made["cells"])

    made = cohort["renamed"] = full(released)
    cell(made, "first-card")["metadata"]["nbgrader"]["grade_id"] = "second-card"

    cohort["two-marks"] = choose(full(released), "first-card", "C")
    cohort["half-right"] = choose(copy.deepcopy(released), "many-card", "AB")
    made = cohort["wrong"] = choose(choose(copy.deepcopy(released), "second-card", "A"), "exam-card", "B")
    cell(made, "what-you-would-say")["source"] = "I would wait."

    made = cohort["crlf-bom"] = full(released)
    cohort["crlf-bom"] = b"\xef\xbb\xbf" + json.dumps(made).replace("\\n", "\\r\\n").encode()
    made = cohort["surrogate"] = full(released)
    cell(made, "what-you-would-say")["source"] = "emoji \U0001f600, a lone \ud83d half, NUL \x00, \u202e right to left"
    cohort["odd näme (2) 'q'"] = full(released)

    cohort["not-json"] = b"this is not a notebook"
    cohort["list-not-notebook"] = b"[1, 2, 3]"
    cohort["cells-not-a-list"] = b'{"cells": {"a": 1}, "nbformat": 4}'
    cohort["wrong-encoding"] = json.dumps(full(released)).encode() + "é".encode("latin-1")
    cohort["huge"] = b'{"cells": [' + b" " * 50_000_000 + b"]}"
    cohort["deep"] = b"[" * 100_000 + b"]" * 100_000
    cohort["empty-file"] = b""
    return cohort


REFUSED = {"not-json", "list-not-notebook", "cells-not-a-list", "wrong-encoding", "huge", "deep", "empty-file"}


@pytest.fixture(scope="module")
def graded(course):
    for trainee, content in build(course).items():
        course.submit(trainee, content)
    course.submit("brackets [x]", full(course.released))
    (course.folder / "submitted" / "line\nbreak" / course.name).mkdir(parents=True)
    (course.folder / "submitted" / "line\nbreak" / course.name / f"{course.name}.ipynb").write_text("{}")
    folder = course.folder / "submitted" / "pipe" / course.name
    folder.mkdir(parents=True)
    (folder / f"{course.name}.ipynb").symlink_to("/etc/hostname")
    course.handed_in = files(course.folder / "submitted")
    course.output = course.nbgrader("autograde", course.name, ok=False)
    return course


def total(course, trainee) -> float:
    return sum(score or 0 for score, _ in course.scores(trainee).values())


def test_nothing_that_was_submitted_runs(graded):
    assert not (graded.folder / "CANARY").exists()


@pytest.mark.parametrize(
    "trainee",
    [
        "full",
        "hostile",
        "copied",
        "copied-answer-last",
        "split",
        "merged",
        "retyped",
        "stripped",
        "reordered",
        "crlf-bom",
        "odd näme (2) 'q'",
    ],
)
def test_damage_costs_nobody_a_point(graded, trainee):
    assert {name: graded.scores(trainee)[name][0] for name in RIGHT} == POINTS
    assert graded.scores(trainee)["what-you-would-say--1"] == (None, True)


def test_cells_that_lost_their_names_are_one_line_for_a_trainee(graded):
    lines = [line for line in graded.output.splitlines() if "stripped" in line and "had lost its name" in line]
    assert len(lines) == 1 and all(name in lines[0] for name in RIGHT), lines


def test_a_deleted_answer_waits_for_a_person_and_costs_nothing_else(graded):
    scores = graded.scores("deleted")
    assert scores["first-card"] == (0, True) and scores["second-card"] == (3, False)
    assert "look at deleted: first-card: the answer is not in its place" in graded.output
    assert scores["what-you-would-say--1"] == (None, True)


def test_blank_scores_zero_and_asks_nobody(graded):
    scores = graded.scores("blank")
    assert total(graded, "blank") == 0
    assert not any(needs for _, needs in scores.values()) and scores["what-you-would-say--1"] == (0, False)
    assert graded.comments("blank")["first-card"].startswith("No option was marked.")
    assert graded.comments("blank")["what-you-would-say"] == "No response."


def test_a_reflection_is_found_in_a_notebook_that_lost_all_its_names(graded):
    path = graded.folder / "autograded" / "stripped" / graded.name / f"{graded.name}.ipynb"
    found = cell(json.loads(path.read_text()), "what-you-would-say")
    assert "Second paragraph." in "".join(found["source"]) and found["metadata"]["candor"]["state"] == "answered"
    assert "look at stripped: what-you-would-say: the answer was not in its place; the text behind" in graded.output


def test_a_reflection_whose_cell_is_gone_is_not_called_blank(graded):
    assert graded.scores("no-cell")["what-you-would-say--1"] == (None, True)
    assert "look at no-cell: what-you-would-say: the answer is not in its place" in graded.output


def test_points_come_from_the_gradebook(graded):
    assert graded.scores("hostile")["first-card"] == (1, False)


def test_two_marks_are_left_to_a_person(graded):
    assert graded.scores("two-marks")["first-card"] == (0, True)
    assert "both marked" in graded.comments("two-marks")["first-card"]


def test_partial_credit(graded):
    # A of A and C, and B of the three wrong ones: 1/2 - 1/3 of 2 points.
    assert graded.scores("half-right")["many-card"][0] == pytest.approx(2 * (1 / 2 - 1 / 3))


def test_a_name_taken_from_a_neighbour_is_not_a_way_to_points(graded):
    scores = graded.scores("renamed")
    assert scores["second-card"][0] == 3 or scores["second-card"][1]
    assert total(graded, "renamed") <= sum(POINTS.values())


def test_what_cannot_be_read_is_named_in_one_line_and_the_rest_goes_on(graded):
    assert "Traceback" not in graded.output
    for trainee in REFUSED | {"pipe"}:
        lines = [
            line
            for line in graded.output.splitlines()
            if f"/{trainee}/{graded.name}/{graded.name}.ipynb" in line and "ERROR" in line
        ]
        assert len(lines) == 1, (trainee, lines)
        assert not (graded.folder / "autograded" / trainee).exists() or not list(
            (graded.folder / "autograded" / trainee).rglob("*.ipynb")
        )
    assert "line\\nbreak" in graded.output and "brackets [x]" in graded.output


def test_nothing_that_was_handed_in_is_changed(graded):
    assert len(graded.handed_in) > 25 and files(graded.folder / "submitted") == graded.handed_in


def test_a_second_run_and_a_forced_one_give_the_same_and_keep_marks(graded):
    from nbgrader.api import Gradebook

    from grader.grading.sample_marks import database, mark

    reflection = graded.library.reflections["what-you-would-say"]
    with Gradebook(database(graded.folder)) as gradebook:
        mark(gradebook, graded.name, "full", reflection, (4, 0), "Well seen.")
        with pytest.raises(ValueError):
            mark(gradebook, graded.name, "full", reflection, (3, 0))
    before = {trainee: graded.scores(trainee) for trainee in ("full", "hostile", "half-right")}
    graded.nbgrader("autograde", graded.name, "--force", "--student=full", ok=None)
    assert {trainee: graded.scores(trainee) for trainee in before} == before
    with Gradebook(database(graded.folder)) as gradebook:
        grade = gradebook.find_grade("what-you-would-say--1", graded.name, graded.name, "full")
        assert (grade.manual_score, grade.needs_manual_grade) == (4, False)


@pytest.fixture(scope="module")
def feedback(graded):
    graded.nbgrader("generate_feedback", graded.name)

    def read(trainee):
        return (graded.folder / "feedback" / trainee / graded.name / f"{graded.name}.html").read_text()

    return read


def test_feedback_gives_the_reasons_also_of_what_a_case_asks(feedback):
    page = feedback("wrong")
    assert "WHY-A-second-card" in page and "WHY-D-second-card" in page and "EXPLAIN-second-card" in page
    assert "One safety question to take to supervision" in page and "Duty to protect</strong>, question 2" in page
    assert "WHY-A-exam-card" in page and "EXPLAIN-exam-card" in page and "UNLESS-exam-card" in page
    assert "TEACHER" not in page and "SCHEME-anchor" not in page and "SCHEME-anything" not in page


def test_the_supervisor_sees_first_what_was_missed_and_the_trainee_what_to_read_next(graded, feedback):
    copy_of = json.loads((graded.folder / "autograded" / "wrong" / graded.name / f"{graded.name}.ipynb").read_text())
    assert "Must not be missed, and was" in "".join(copy_of["cells"][0]["source"])
    page = feedback("wrong")
    assert ">By chapter<" in page and "weakest first" not in page  # there is one
    assert "What to do next" in page and "For the supervisor" not in page
    assert "&lt;input" not in page and "&lt;h" not in page and "Your answer</span>" in page and "https://" not in page


def test_what_nobody_has_marked_is_called_so_and_counts_against_nobody(graded, feedback):
    from nbgrader.api import Gradebook

    from grader.grading.sample_marks import database

    page = feedback("wrong")
    assert (
        "so far; 8 more are not marked yet" in page
        and "not marked yet</span>" in page
        and "SCHEME-no policy" not in page
    )
    with Gradebook(database(graded.folder)) as gradebook:
        for grade in gradebook.find_submission_notebook(graded.name, graded.name, "wrong").grades:
            if grade.needs_manual_grade:
                grade.manual_score, grade.needs_manual_grade = 0, False
        gradebook.db.commit()
    graded.nbgrader("generate_feedback", graded.name, "--student=wrong", "--force")
    page = feedback("wrong")
    assert "so far;" not in page and "not marked yet" not in page and "SCHEME-no policy" in page and ">0 of 4<" in page


def test_what_a_trainee_typed_is_inert_in_feedback_and_in_the_graded_copy(graded, feedback):
    page = feedback("full")
    assert (
        "&lt;script&gt;window.ran" in page
        and "<script>window.ran" not in page
        and "onerror=alert" not in page.replace("onerror=alert(1)&gt;", "")
    )
    assert 'href="javascript' not in page.lower()
    source = (graded.folder / "autograded/full" / graded.name / f"{graded.name}.ipynb").read_text()
    assert "<script>" not in source and "Second paragraph." in source


def test_release_and_feedback_hold_no_key(graded, feedback):
    release = json.dumps(graded.released)
    for token in ("WHY-", "EXPLAIN-", "UNLESS-", "SCHEME-", "TEACHER-", "MARK SCHEME", "gate", "hold-secrets"):
        assert token not in release, token
    assert "- [ ] **A.** Option A of first-card." in release


def test_stock_nbgrader_without_our_config_never_gives_full_marks(graded, tmp_path):
    """Someone grades with plain nbgrader: our questions wait for a person, and nothing scores by itself."""
    import shutil

    plain = tmp_path / "plain"
    shutil.copytree(graded.folder, plain, ignore=shutil.ignore_patterns("submitted", "autograded", "feedback"))
    (plain / "nbgrader_config.py").write_text("c = get_config()\n")
    shutil.copytree(graded.folder / "submitted/full", plain / "submitted/plainly")
    other = type(graded).__new__(type(graded))
    other.folder = plain
    other.nbgrader("autograde", graded.name, "--student=plainly")
    scores = other.scores("plainly")
    assert all(score in (None, 0) for score, _ in scores.values())
    assert all(scores[name][1] for name in RIGHT)


def test_a_card_changed_after_release_changes_no_grade(graded):
    """What was released is what is graded, whatever the working copy of the cards says today."""
    before = graded.scores("half-right")
    card = graded.library.questions["first-card"].path
    text = card.read_text()
    try:
        card.write_text(text.replace("Option A of first-card.", "Another option."))
        output = graded.nbgrader("autograde", graded.name, "--force", "--student=half-right")
    finally:
        card.write_text(text)
    assert graded.scores("half-right") == before and "Traceback" not in output


def test_a_release_that_stops_in_the_middle_leaves_the_gradebook_as_it_was(tmp_path):
    place = released_course(tmp_path)
    gradebook, config = place.folder / "gradebook.db", place.folder / "nbgrader_config.py"
    with sqlite3.connect(gradebook) as connection:
        before = [*connection.execute("select id, name from base_cell")]
    stops = "from nbgrader.api import Gradebook\ndef no(*_, **__): raise RuntimeError('a full disk')\n"
    config.write_text(f"{config.read_text()}\n{stops}Gradebook.add_task_cell = no\n")
    said = place.nbgrader("generate_assignment", place.name, "--force", ok=False)
    with sqlite3.connect(gradebook) as connection:
        assert "a full disk" in said and before and [*connection.execute("select id, name from base_cell")] == before


def test_a_course_without_candor_refuses_to_grade(graded, tmp_path):
    """With the package missing, nbgrader's own defaults would run what was submitted."""
    config = graded.folder / "nbgrader_config.py"
    before = config.read_text()
    try:
        config.write_text(before.replace("grader.grading.configure", "no_such_grader"))
        output = graded.nbgrader("autograde", graded.name, "--force", "--student=hostile", ok=False)
    finally:
        config.write_text(before)
    assert "Candor is not installed" in output
    assert not (graded.folder / "CANARY").exists()
