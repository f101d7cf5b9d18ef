"""The report of a course, as a supervisor gets it: what stands where, and what a page without names gives away."""

import copy
import re
import shutil
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import unquote

import pytest

from grader.grading import course as courses
from grader.grading.run import autograde
from grader.insight.cohort import read
from grader.insight.site import Occupied, file_of, without_names, write_site
from grader.insight.trainees import Trainee, trainees
from grader.marking.board import Change, Desk
from support.course import Course, cell, choose, program, released_course

REFLECTION = "what-you-would-say"
PEOPLE = {"ana": "D", "bo": "A", "chen": "", "d'or é": "D"}


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> Course:
    """Four handed in (one blank, one with a safety question missed), one did not; two reflections are marked, and one
    was flagged."""
    made = released_course(tmp_path_factory.mktemp("report"))
    made.nbgrader("db", "student", "add", "away", "--first-name", "Ada", "--last-name", "Away")
    for trainee, letter in PEOPLE.items():
        notebook = copy.deepcopy(made.released)
        if letter:
            choose(choose(notebook, "second-card", letter), "first-card", "B")
            cell(notebook, REFLECTION)["source"] = f"I would wait, and say why to {trainee}."
        made.submit(trainee, notebook)
    autograde(made.folder, made.name, jobs=1)
    desk = Desk(made.folder, made.name, REFLECTION)
    rows = {row.trainee: row for row in desk.rows()}
    given = [Change(rows[name].id, rows[name].seen, (4, 0), None) for name in ("ana", "bo")]
    assert not desk.save(given, "Marker Mara").refused
    desk.reveal(rows["bo"].id, "Marker Mara", "says that nobody is safe at Elm Street")
    return made


@pytest.fixture(scope="module")
def cohort(graded):
    return read(courses.Course(graded.folder))


def text(path):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8")))


def test_the_cohort_as_the_gradebook_has_it(cohort):
    people = {one.id: one for one in trainees(cohort)}
    assert {name: one.lines[0].state for name, one in people.items()} == {
        "ana": "marked",
        "away": "missing",
        "bo": "marked",
        "chen": "blank",
        "d'or é": "open",
    }
    assert people["bo"].missed == [("duty to protect", "second-card", "Holding what you are told")]
    assert people["ana"].gates == 1 and not people["ana"].missed
    assert people["chen"].gates == 0, "what was left open is not a safety question missed"
    assert people["bo"].reasons[0] == "1 flagged while marking" and not people["ana"].reasons
    assert people["ana"].written[0].levels == (("Both partners", 4, 4), ("The policy", 0, 4))


def test_pages_stand_alone_and_lead_from_safety_to_the_person(graded, cohort, tmp_path):
    said = program("grader", "report", "--to", str(tmp_path / "report"), folder=graded.folder)
    assert "9 pages on 5 trainees" in said and "keep it with the course" in said
    pages = sorted(tmp_path.rglob("*.html"))
    assert len(pages) == 9
    for path in pages:
        words = path.read_text(encoding="utf-8")
        assert not re.search(r"""(src|href)=["'](https?:|//)""", words), f"{path.name} asks another host"
        for link in re.findall(r'(?:href|src)="([^"#:]+)"', words):
            assert (path.parent / unquote(link)).exists(), f"{path.name}: {link}"
    index = text(tmp_path / "report/index.html")
    assert index.index("Safety first") < index.index("Who may need a talk") < index.index("What was handed in")
    assert "says that nobody is safe at Elm Street" in index and "Ada Away" in index
    questions = text(tmp_path / "report/questions.html")
    assert "3 sat it, 2 did not" in questions
    marking = text(tmp_path / "report/marking.html")
    assert "Marker Mara" in marking and "not enough" in marking


def test_without_names_nothing_that_people_wrote_or_are_called_is_left(graded, cohort, tmp_path):
    write_site(cohort, tmp_path / "shown", named=False, today=date(2026, 3, 1))
    everything = "".join(str(path) + path.read_text(errors="ignore") for path in (tmp_path / "shown").rglob("*.html"))
    for word in ("ana", "bo", "chen", "d'or", "Ada", "Away", "Mara", "Elm Street"):
        assert not re.search(rf"\b{re.escape(word)}\b", everything), word
    assert "trainee-1" in everything and "marker 1" in everything
    assert without_names(cohort).trainees == ("trainee-1", "trainee-2", "trainee-3", "trainee-4", "trainee-5")
    orders = {tuple(one.status for one in _standings(without_names(cohort))) for _ in range(40)}
    assert len(orders) > 1, "the numbers are drawn anew: nobody works them out from the list of names"


def _standings(cohort):
    sitting = next(iter(cohort.sittings.values()))
    return [sitting.standings[name] for name in cohort.trainees]


def test_nobody_misses_what_nobody_has_sat_and_what_lies_in_the_folder_is_said_to(cohort):
    sitting = cohort.sittings["holding"]
    later = replace(
        sitting, standings={name: replace(one, status="missing") for name, one in sitting.standings.items()}
    )
    assert sitting.state("away") == "missing" and later.state("away") == "ahead"
    assert replace(sitting, due=datetime(2999, 1, 1)).state("away") == "ahead"
    assert replace(sitting, due=datetime(2020, 1, 1)).state("away") == "missing"
    assert replace(sitting, collected=frozenset({"away"})).state("away") == "collected"
    people = trainees(replace(cohort, sittings={str(n): later for n in range(4)}))
    assert not any("not handed in" in reason for one in people for reason in one.reasons)


def test_a_comment_on_anothers_marks_is_no_mark_of_ones_own(graded, tmp_path):
    place = copy.copy(graded)
    place.folder = tmp_path / "course"
    shutil.copytree(graded.folder, place.folder)
    desk = Desk(place.folder, place.name, REFLECTION)
    row = next(row for row in desk.rows() if row.trainee == "ana")
    assert not desk.save([Change(row.id, row.seen, (None, None), "Say more.")], "Ben").refused
    assert {mark.marker for mark in read(courses.Course(place.folder)).marks} == {"Marker Mara"}


def test_a_folder_of_something_else_is_left_alone_and_an_old_report_goes_whole(cohort, tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/mine.txt").write_text("mine")
    with pytest.raises(Occupied, match="something else"):
        write_site(cohort, tmp_path / "notes")
    assert (tmp_path / "notes/mine.txt").read_text() == "mine"
    write_site(cohort, tmp_path / "report")
    (tmp_path / "report/trainees/gone.html").write_text("gone")
    write_site(cohort, tmp_path / "report")
    assert not (tmp_path / "report/trainees/gone.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes", "report"]


def test_ids_become_file_names_that_differ(cohort):
    names = [file_of(one) for one in trainees(cohort)]
    both = {file_of(Trainee(id, id)).casefold() for id in ("Ana", "ana", "anna.m", "Anna.m", "nul", "NUL")}
    assert len(both) == 6 and "nul" not in both, "on a disk that knows no capitals, too"
    assert len(set(names)) == 5 and all(re.fullmatch(r"[\w.@+-]+", name) for name in names)


def test_another_course_stands_beside(graded, cohort, tmp_path):
    from grader.insight.asked import tests

    found = {one.card.name: one for one in tests(cohort, [cohort])[0].asked}
    assert [(one.answers, one.difficulty) for one in found["first-card"].elsewhere] == [(3, 1.0)]
    assert not tests(cohort)[0].asked[0].elsewhere


def test_before_anything_is_graded_one_line_says_what_to_do(tmp_path):
    made = released_course(tmp_path)
    said = program("grader", "report", folder=made.folder, ok=False)
    assert said.strip().count("\n") == 0 and "grader autograde" in said
