"""Feedback as one archive in the form that a learning platform takes back: each page under the name of what was handed
in."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from ..grading import gradebook as db
from ..grading import kept
from ..grading.course import Course
from ..grading.gradebook import Unsupported


def write(course: Course, assignment: str, to: Path) -> tuple[int, list[str]]:
    """Write the archive; how many pages, and who is not in it and why, a line each. Raises Unsupported.

    Moodle and Brightspace know people by the folder, Canvas by the file's name: both are those of the archive that
    `grader collect` read. A trainee whose file came in another way has a folder of their own.
    """
    with db.reading(course.settings.db_url) as connection:
        course.released(connection, assignment)
        paths = {one.trainee: one.said["path"] for one in kept.entries(connection, assignment, what="collected")}
    pages = sorted(course.folder("feedback").glob(f"*/{assignment}/{assignment}.html"))
    if not pages:
        raise Unsupported(f"There is no feedback of `{assignment}` yet. Run `grader feedback {assignment}` first.")
    passing, left = to.with_name(f".{to.name}.new"), []
    with zipfile.ZipFile(passing, "w", zipfile.ZIP_DEFLATED) as archive:
        for page in pages:
            trainee = page.parts[-3]
            if trainee not in paths:
                left.append(f"{trainee}: in a folder of their own, since no platform's name for their file is known")
            path = PurePosixPath(paths.get(trainee, f"{trainee}/{assignment}.ipynb"))
            archive.write(page, str(path.with_name(f"{path.name.split('.ipynb')[0]}.html")))
    passing.replace(to)
    return len(pages), left
