import pytest

from support.course import Course, write_library


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    """A course whose one assignment is released."""
    base = tmp_path_factory.mktemp("loop")
    made = Course(write_library(base / "library"), base / "course")
    made.nbgrader("generate_assignment", made.name)
    return made
