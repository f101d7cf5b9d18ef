"""Calibration: the anchors without their marks, in an order of one's own, and a course that asks for it first."""

from grader.grading import course as courses
from grader.grading import gradebook, kept
from grader.marking import calibrate
from support.course import program

from .test_sheet import REFLECTION


def test_anchors_come_without_marks_and_then_side_by_side(course):
    card = course.library.reflections[REFLECTION]
    first = calibrate.order(card, "Mara")[0]
    begin = ("grader", "calibrate", REFLECTION, "--as", "Mara")
    stopped = program(*begin, folder=course.folder, given="9\n4\nq\n")
    assert "`9` is no level of this rubric" in stopped and "agreed" not in stopped
    assert stopped.endswith(f"go on with: {' '.join(begin)}\n"), "what was given is kept"
    said = program(*begin, folder=course.folder, given="3\n0\n2\n0\n")
    assert "`3` is no level of this rubric" in said
    shown = said[: said.index("Answer 1, agreed in all")]
    assert "agreed" not in shown and shown.index(f"anchor {'strong' if first == 0 else 'weak'}") < shown.index(
        f"anchor {'weak' if first == 0 else 'strong'}"
    )
    # Given is 4 and 0, then 2 and 0. Of two levels, 4 and 0, one is within one of the other.
    assert ("2 of 4 levels as agreed, 4 within one" if first == 0 else "1 of 4 levels as agreed, 3 within one") in said
    with gradebook.reading(courses.Course(course.folder).settings.db_url) as connection:
        (entry,) = kept.entries(connection, what=calibrate.CALIBRATED)
    assert entry.said["anchors"] == [first, 1 - first] and entry.said["given"] == [[4, 0], [2, 0]]
    assert calibrate.times(courses.Course(course.folder), REFLECTION, "mara") == 1


def test_each_time_and_each_marker_has_another_order():
    from support.project import the_library

    card = next(one for one in the_library().reflections.values() if len(one.anchors) == 4)
    orders = {tuple(calibrate.order(card, who, time)) for who in ("Ada", "Ben", "Cleo") for time in range(4)}
    assert len(orders) > 4 and all(sorted(one) == [0, 1, 2, 3] for one in orders)
    assert calibrate.order(card, "Ada") == calibrate.order(card, "ada")


def test_a_course_may_ask_for_it_before_anybody_marks(course):
    said = program(
        "grader",
        "course",
        str(course.folder),
        "--calibrate",
        "--library",
        str(course.library.root),
        folder=course.folder,
    )
    assert "Changed in nbgrader_config.py: calibrate" in said
    words = ("grader", "marks", "export", course.name, REFLECTION, "--as", "Mara", "--to", "m.csv")
    said = program(*words, folder=course.folder, ok=False)
    assert said.strip().count("\n") == 0 and f"grader calibrate {REFLECTION} --as Mara" in said
    assert not (course.folder / "m.csv").exists()
    program("grader", "calibrate", REFLECTION, "--as", "Mara", folder=course.folder, given="4\n4\n0\n0\n")
    assert "6 answers" in program(*words, folder=course.folder)
    program("grader", "course", str(course.folder), "--no-calibrate", folder=course.folder)
    assert not courses.Course(course.folder).settings.calibrate


def test_stopping_in_the_middle_is_no_calibration(course):
    program("grader", "calibrate", REFLECTION, "--as", "Mara", folder=course.folder, given="4\n", ok=False)
    assert calibrate.times(courses.Course(course.folder), REFLECTION, "Mara") == 0


def test_the_agreed_marks_wait_for_the_log(course, monkeypatch):
    from typer.testing import CliRunner

    from grader.cli.desk import app
    from grader.grading.gradebook import Unsupported

    tried, keep = [], calibrate.keep

    def locked_at_first(*words):
        tried.append(words)
        if len(tried) < 3:
            raise Unsupported("it is locked.")
        keep(*words)

    monkeypatch.setattr(calibrate, "keep", locked_at_first)
    words = ["calibrate", REFLECTION, "--as", "Mara", "--course", str(course.folder)]
    ended = CliRunner().invoke(app, words, input="4\n0\n2\n0\nn\n")
    assert ended.exit_code == 2 and "agreed in all" not in ended.output and "it is locked." in ended.output
    assert "Your marks are kept; go on with: grader calibrate" in ended.output
    ended = CliRunner().invoke(app, words, input="y\n")
    assert ended.exit_code == 0 and ended.output.index("it is locked.") < ended.output.index("Answer 1, agreed in all")
    assert calibrate.times(courses.Course(course.folder), REFLECTION, "Mara") == 1
