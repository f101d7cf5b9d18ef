"""What a course holds about one trainee."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .desk import CourseFolder, Who, app, kept_private, stop, who_runs
from ..counted import counted
from ..language import t

if TYPE_CHECKING:
    from ..grading.person import Held

trainee = typer.Typer(help="All that a course holds about one trainee.", no_args_is_help=True)
app.add_typer(trainee, name="trainee")
Name = Annotated[str, typer.Argument(help="The trainee's id, as in the gradebook.")]


@trainee.command("export")
def trainee_export(
    name: Name,
    course: CourseFolder = Path(),
    to: Annotated[Path | None, typer.Option(help="The archive to write; ID.zip by default.")] = None,
) -> None:
    """Write all that is held about a trainee into one archive: rows of the gradebook and the log, and their files."""
    from ..grading import person
    from ..grading.course import Course
    from ..grading.gradebook import Unsupported

    path = kept_private(to or Path(f"{name}.zip"))
    try:
        found = person.export(Course(course), name, path)
    except FileExistsError:
        stop(t("{path} is there already; nothing was changed.", path=path), 1)
    except Unsupported as error:
        stop(str(error), 2)
    print(
        t(
            "{path}: {rows} and {folders}.",
            path=path,
            rows=counted(found.count, "row"),
            folders=counted(len(found.folders), "folder"),
        )
    )
    _mentions(found, t("These files name them too, and are not in it:"))


@trainee.command("erase")
def trainee_erase(
    name: Name,
    because: Annotated[str, typer.Option(help="Why: it stays in the log.")],
    course: CourseFolder = Path(),
    who: Who = "",
    yes: Annotated[bool, typer.Option("--yes", help="Erase without asking.")] = False,
) -> None:
    """Take a trainee out of the gradebook, its copies, the log and the folders. It cannot be undone; export first."""
    from ..grading import person
    from ..grading.course import Course
    from ..grading.gradebook import Unsupported

    try:
        place = Course(course)
        found = person.held(place, name)
        print(
            t(
                "{name}: {rows}; folders: {folders}.",
                name=name,
                rows=counted(found.count, "row"),
                folders=", ".join(str(one) for one in found.folders) or t("none"),
            )
        )
        if not yes and not typer.confirm(t("Erase all of it, here and in every copy of the gradebook?")):
            stop(t("Nothing was erased."), 1)
        found = person.erase(place, name, who_runs(who), because)
    except Unsupported as error:
        stop(str(error), 2)
    print(
        t(
            "{name} is erased. What your program must keep by law you keep elsewhere; the log says when and why.",
            name=name,
        )
    )
    if _mentions(found, t("These files still name them. Delete them, or take the person out of them:")):
        sys.exit(1)


def _mentions(found: Held, head: str) -> bool:
    if found.mentions:
        print("\n  ".join([head, *map(str, found.mentions)]))
    return bool(found.mentions)
