import pytest

from support.course import Course, released_course


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    """A course whose one assignment is released."""
    return released_course(tmp_path_factory.mktemp("loop"))
