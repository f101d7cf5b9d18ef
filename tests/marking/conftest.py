import copy

import pytest

from grader.grading.run import autograde
from support.course import Course, cell, released_course, twin

TRAINEES = [f"trainee-{number:02}" for number in range(1, 7)]


@pytest.fixture(scope="session")
def released(tmp_path_factory) -> Course:
    course = released_course(tmp_path_factory.mktemp("marks"))
    for number, trainee in enumerate(TRAINEES):
        notebook = copy.deepcopy(course.released)
        cell(notebook, "what-you-would-say")["source"] = (
            f'=HYPERLINK("x") I, number {number}, would wait <b>and</b> say so.\n\nThen ask.'
        )
        course.submit(trainee, notebook)
    autograde(course.folder, course.name)
    return course


def log_of(course: Course) -> list:
    """Every mark that was written, in its order."""
    from grader.grading import course as courses
    from grader.grading import gradebook, kept

    with gradebook.reading(courses.Course(course.folder).settings.db_url) as connection:
        return list(kept.entries(connection, course.name, what="marked"))


@pytest.fixture
def course(released, tmp_path):
    """A course of its own, graded and not yet marked."""
    return twin(released, tmp_path / "course")
