"""A course that several accounts of one group teach: both ways leave files that the other teachers can write."""

import pytest

from grader.grading.course import Course as Place
from grader.grading.run import autograde
from grader.reports.feedback import feedback
from support.compare import differences
from support.course import Course, choose, twin, write_library


@pytest.fixture(scope="module")
def shared(tmp_path_factory) -> Course:
    base = tmp_path_factory.mktemp("shared")
    made = Course(write_library(base / "library"), base / "course")
    config = made.folder / "nbgrader_config.py"
    config.write_text(f"{config.read_text()}\nget_config().CourseDirectory.groupshared = True\n")
    made.nbgrader("generate_assignment", made.name)
    made.submit("ada", choose(made.released, "first-card", "B"))
    return made


def rights(folder, steps=("autograded", "feedback")) -> dict[str, str]:
    found = {}
    for step in steps:
        for path in (folder / step, *(folder / step).rglob("*")):
            if path.parent != folder / step:  # nbgrader forgets the folder between its own two
                found[str(path.relative_to(folder))] = oct(path.stat().st_mode & 0o2770)
    return found


def test_the_fast_path_leaves_what_nbgrader_leaves(shared, tmp_path):
    stock, ours = twin(shared, tmp_path / "stock"), twin(shared, tmp_path / "ours")
    stock.nbgrader("autograde", shared.name)
    stock.nbgrader("generate_feedback", shared.name)
    assert autograde(ours.folder, shared.name).graded == ["ada"]
    assert feedback(ours.folder, shared.name).graded == ["ada"]
    assert differences(stock.folder, ours.folder) == []
    assert rights(stock.folder) == rights(ours.folder)
    copy = f"autograded/ada/{shared.name}/{shared.name}.ipynb"
    assert rights(ours.folder)[copy] == "0o660"


def test_a_second_teacher_can_write_wherever_the_first_one_did(shared, tmp_path):
    place = twin(shared, tmp_path / "course")
    autograde(place.folder, place.name)
    ours = [path for step in (".candor", "autograded") for path in (place.folder / step).rglob("*")]
    for path in (place.folder / "gradebook.db", place.folder / ".candor", *ours):
        wanted = 0o2070 if path.is_dir() else 0o060
        assert path.stat().st_mode & wanted == wanted, path


def test_a_course_of_one_account_stays_closed(shared, tmp_path):
    place = twin(shared, tmp_path / "course")
    config = place.folder / "nbgrader_config.py"
    config.write_text(config.read_text().replace("groupshared = True", "groupshared = False"))
    autograde(place.folder, place.name)
    assert not Place(place.folder).settings.shared
    assert (place.folder / "autograded/ada" / place.name / f"{place.name}.ipynb").stat().st_mode & 0o777 == 0o444
