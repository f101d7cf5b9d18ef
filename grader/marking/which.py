"""Which reflection of an assignment is meant, where somebody names none, or the assignment has none."""

from __future__ import annotations

from ..grading import gradebook, kept
from ..grading.course import Course
from ..grading.gradebook import Unsupported
from ..language import t


def which(course: Course, assignment: str, reflection: str) -> str:
    """The reflection that was named, or the only one. Raises Unsupported, with those that there are."""
    with gradebook.reading(course.settings.db_url) as connection:
        there = list(course.released(connection, assignment).reflections)
        if not there:
            names = [name for name in kept.names(connection) if course.released(connection, name).reflections]
            listed = t("These of the course have one: {names}.", names=", ".join(names)) if names else ""
            none = t("`{assignment}` has no reflection to mark.", assignment=assignment)
            raise Unsupported(f"{none} {listed}".strip())
    if not reflection and len(there) > 1:
        raise Unsupported(
            t("Say which reflection of `{assignment}`: {names}.", assignment=assignment, names=", ".join(there))
        )
    return reflection or there[0]
