"""A trainee is named by id or by name; who is not there is said, with who may be meant, and never counted as none."""

import pytest
from typer.testing import CliRunner

from grader.cli.door import app
from grader.grading import gradebook as db
from grader.grading import roster
from grader.grading.course import Course as OurCourse
from grader.grading.run import autograde
from grader.grading.senders import Person
from support.course import Course, released_course

PEOPLE = [Person("s-101", "Zoë", "Brontë"), Person("s-102", "Ada", "Okafor"), Person("s-103", "Ada", "Okafor")]


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    """One trainee has handed in and was graded; two of one name have not."""
    made = released_course(tmp_path_factory.mktemp("called"))
    with db.one_write(OurCourse(made.folder).settings.db_url) as connection:
        roster.save_people(connection, PEOPLE)
    made.submit("s-101", made.released)
    autograde(made.folder, made.name, jobs=1)
    return made


def said(course: Course, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*words, "--course", str(course.folder)])
    return done.exit_code, done.output


COMMANDS = [
    ["autograde", "NAME", "--trainee", "WHO"],
    ["feedback", "NAME", "--trainee", "WHO"],
    ["explain-grade", "WHO", "NAME", "first-card"],
    ["record", "WHO"],
    ["log", "--trainee", "WHO"],
    ["due", "NAME", "--for", "WHO", "--none"],
]


@pytest.mark.parametrize("words", [*COMMANDS, ["trainee", "erase", "WHO", "--because", "x", "--yes"]], ids=" ".join)
def test_who_is_not_there_is_said(course, words):
    said(course, "due", course.name, "2027-01-01 12:00")
    for who, meant in (("s-1011", "Did you mean `s-101`?"), ("Zoe Bronté-Hill", "Did you mean `Zoë Brontë`?")):
        code, output = said(course, *(word.replace("NAME", course.name).replace("WHO", who) for word in words))
        assert code == 2 and f"There is no trainee `{who}` in this course. {meant}" in output


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_name_is_as_good_as_the_id(course, words):
    said(course, "due", course.name, "2027-01-01 12:00")
    by = [
        said(course, *(word.replace("NAME", course.name).replace("WHO", who) for word in words))
        for who in ("s-101", "bronte zoe", "S-101")
    ]
    assert by[0] == by[1] == by[2] and by[0][0] == 0, by
    _, output = said(course, *(word.replace("NAME", course.name).replace("WHO", "Ada Okafor") for word in words))
    assert "s-102 and s-103 are called `Ada Okafor`: give the id." in output


def test_who_has_handed_in_nothing_is_said(course):
    code, output = said(course, "autograde", course.name, "--trainee", "s-102")
    assert code == 1 and "not graded: s-102: nothing of theirs is in" in output
    code, output = said(course, "feedback", course.name, "--trainee", "s-102")
    assert code == 2 and f"Nothing of s-102 in `{course.name}` has been graded." in output


def test_what_cannot_be_undone_goes_by_the_id_alone(course):
    code, output = said(course, "trainee", "erase", "Zoë Brontë", "--because", "their wish", "--yes")
    assert code == 2 and "`Zoë Brontë` is s-101 here: give the id." in output


def test_the_summary_calls_people_by_their_names(course):
    said(course, "summary", course.name)
    page = (course.folder / f"summary-{course.name}.html").read_text(encoding="utf-8")
    row = page[page.index("Trainee: opens the feedback") :]
    assert row.index(">Zoë Brontë</a>") < row.index(">s-101<")
    assert "<bdi>Ada Okafor</bdi> (s-102), <bdi>Ada Okafor</bdi> (s-103)." in page


def test_whoever_has_an_id_and_a_name_is_counted_once(course):
    with db.one_write(OurCourse(course.folder).settings.db_url) as connection:
        roster.save_people(connection, [Person(f"t-{number}", "Jo", f"Doe{number}") for number in range(30)])
    assert "There are 33, and none is like it." in said(course, "record", "QQQQ")[1]
