"""What a class hands in, and who is in it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .desk import CourseFolder, app, stop
from .grades import course_at, tried
from ..counted import counted
from ..language import t


@app.command()
def collect(
    assignment: Annotated[str, typer.Argument(help="The assignment.")],
    files: Annotated[list[Path], typer.Argument(help="Archives, folders and notebooks, as the platform gives them.")],
    course: CourseFolder = Path(),
    add: Annotated[bool, typer.Option("--add", help="Take people whom the roster does not know, too.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Also over a later file that is there.")] = False,
) -> None:
    """Collect what was handed in through Moodle, Canvas, Blackboard, Brightspace, Google Classroom or our desk.

    The notebook says which assignment it is, the platform and the roster say whose; the latest of each person is taken.
    """
    from ..grading.pile import collect as bring

    found = tried(bring, course_at(course), assignment, files, add, force)
    print(found.text())
    if found.unlogged:
        again = t("Not noted in the gradebook: whose files these are, and what was replaced. Run the same again.")
        stop(f"{found.unlogged} {again}", 2)
    if not found.whole:
        raise typer.Exit(1)


@app.command()
def roster(
    path: Annotated[Path, typer.Argument(help="The list of participants, as the platform exports it: CSV.")],
    course: CourseFolder = Path(),
) -> None:
    """Put the trainees of a list into the gradebook: ids, names, addresses and the platform's own numbers."""
    from ..grading import gradebook
    from ..grading import roster as rosters

    place = course_at(course)
    try:
        found, odd = rosters.read(path)
    except rosters.Unreadable as error:
        stop(str(error), 2)

    def save() -> tuple[int, int]:
        with gradebook.one_write(place.settings.db_url) as connection:
            return rosters.save_people(connection, found)

    new, changed = tried(save)
    print(
        *odd,
        t(
            "{path}: {persons}, {new} new, {changed} completed.",
            path=path,
            persons=counted(len(found), "person", "people"),
            new=new,
            changed=changed,
        ),
        *[t("Next: {command}", command="grader collect NAME ARCHIVES...")] * bool(found),
        sep="\n",
    )
    raise typer.Exit(1 if odd else 0)
