"""The end of a command names what comes next: only what is really open, and as it is typed from where one stands."""

import copy

import pytest

from grader.marking.board import Change, Desk
from support.course import cell, choose, released_course
from support.project import run

SETTLE = "Next: 1 answer waits for a person: grader settle holding"
MARK = "Next: 1 reflection waits for its marks: grader marks serve holding what-you-would-say"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    made = released_course(tmp_path_factory.mktemp("then"))
    open_, whole = copy.deepcopy(made.released), copy.deepcopy(made.released)
    cell(choose(open_, "first-card", "AB"), "what-you-would-say")["source"] = "I would say it to both of them."
    made.submit("open", open_)
    made.submit("whole", choose(whole, "first-card", "A"))
    return made


def test_what_waits_is_named_until_it_is_done(course, tmp_path):
    def said(*words, given="", folder=course.folder):
        return run("grader", *words, folder=folder, given=given).stdout.splitlines()

    assert said("autograde", "holding")[-2:] == [SETTLE, MARK]
    above = said("autograde", "holding", "--course", "course", folder=course.folder.parent)
    assert above[-2:] == [SETTLE + " --course course", MARK + " --course course"]
    archive = str(tmp_path / "feedback.zip")
    for words in (("feedback", "holding"), ("export", "feedback", "holding", "--to", archive)):
        before, *then = said(*words)[-3:]
        assert before.startswith("Before you send them out: 1 trainee ") and before.endswith(": open")
        assert then == [SETTLE, MARK]
    assert said("feedback", "holding", "--trainee", "whole")[-1].startswith("Next: grader export feedback holding")
    assert said("settle", "holding", given="a\n")[-1] == MARK
    assert said("summary", "holding")[-1] == MARK and SETTLE not in said("summary", "holding")
    desk = Desk(course.folder, "holding", "what-you-would-say")
    [row] = [row for row in desk.rows() if not row.done]
    assert not desk.save([Change(row.id, row.seen, (4, 4))], "AB").refused
    wanted = "Next: nothing waits for a person; write the feedback: grader feedback holding"
    assert said("autograde", "holding")[-1] == wanted
    assert said("feedback", "holding")[-1].startswith("Next: grader export feedback holding")
    assert said("autograde", "holding") == ["holding: 0 graded, 2 unchanged, 0 not graded."]
    assert "grader export grades" in said("export", "feedback", "holding", "--to", archive)[-1]


def test_the_reflection_may_be_left_out_where_there_is_one(course, tmp_path):
    def export(*words):
        done = run(
            "grader", "marks", "export", "holding", *words, "--to", str(tmp_path / "a.csv"), folder=course.folder
        )
        return done.stdout

    assert "grader marks import holding what-you-would-say" in export()


def test_beside_a_course_it_is_said_where_it_is(course):
    for folder, way in ((course.folder.parent, "cd course"), (course.folder / "source", "cd ..")):
        done = run("grader", "summary", "holding", folder=folder)
        assert done.returncode == 2 and done.stdout.endswith(f": {way}\n"), done.stdout
