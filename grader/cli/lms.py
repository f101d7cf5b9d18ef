"""Scores to a learning platform, by its own services (LTI 1.3)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .desk import CourseFolder, Who, app, kept_private, progress, stop, who_runs
from .grades import Yes, course_at, tried
from ..counted import in_english as counted

if TYPE_CHECKING:
    from ..cards.platform import Platform
    from ..exchange.posting import Plan

lms = typer.Typer(help="Scores to your learning platform, by LTI 1.3.", no_args_is_help=True)
app.add_typer(lms, name="lms")

SHOWN = 40  # scores that are listed before the rest is counted


@lms.command("keygen")
def keygen(
    folder: Annotated[
        Path, typer.Argument(help="Where the keys are put: private to the program.", callback=kept_private)
    ],
) -> None:
    """Make the tool's key pair, once. The public key is for the platform's administrator."""
    from ..learner.badge import Invalid
    from ..learner.badge import keygen as make

    try:
        private, public = make(folder, "candor-lms")
    except Invalid as error:
        stop(str(error), 2)
    print(f"{private}: keep it to yourself.\n{public}: register this one with the tool at the platform.")


@lms.command("post")
def post(
    assignment: Annotated[str, typer.Argument(help="The assignment.")],
    platform: Annotated[Path, typer.Option(help="The file that says which platform: lms.yml.")],
    course: CourseFolder = Path(),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be posted, and end.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Post what it has had, too: after a column was deleted there.")
    ] = False,
    who: Who = "",
    yes: Yes = False,
) -> None:
    """Post the scores that the platform does not have yet: shows each, asks, and logs what was taken."""
    from ..exchange import posting
    from ..exchange.ags import Client, Refused, private_key

    place, said = course_at(course), _platform(platform)
    name = f"{said.title} ({said.client_id})"
    made = tried(posting.plan, place, assignment, name, again)
    print(_shown(made, str(said.title)))
    if dry_run or not made.changes:
        return
    if not yes and not typer.confirm(f"Post {counted(len(made.changes), 'score')}?"):
        stop("Nothing was posted.", 1)
    try:
        client = Client(said, private_key(platform.parent / str(said.key)))
        with progress(f"Posting {assignment}") as step:
            refused = tried(posting.post, place, made, client, name, who_runs(who), step)
    except Refused as error:
        stop(f"{error}\nWhat was posted before that is logged; run the same command again for the rest.", 1)
    for trainee, why in refused.items():
        print(f"  not taken: {trainee}: {why}")
    print(f"{counted(len(made.changes) - len(refused), 'score')} posted and logged.")
    if refused:
        raise typer.Exit(1)


def _platform(path: Path) -> Platform:
    from ..cards.platform import read

    found, problems = read(path)
    if found is None or problems:
        stop("\n".join(map(str, problems)) or f"{path}: cannot be read.", 2)
    return found


def _shown(made: Plan, platform: str) -> str:
    lines = [f"{made.title} ({made.assignment}), {counted(made.points, 'point')}, to {platform}:"]
    for one in made.changes[:SHOWN]:
        before = "" if one.before is None else f", before {one.before:g}"
        lines.append(f"  {one.trainee} (there {one.user}): {one.score:g}{before}")
    if len(made.changes) > SHOWN:
        lines.append(f"  and {len(made.changes) - SHOWN} more")
    if made.same:
        lines.append(f"  as the platform has it: {counted(made.same, 'score')}")
    for why, names in made.left.items():
        lines.append(f"  stays here, {why}: {', '.join(names)}")
    if not made.changes:
        lines.append("Nothing to post.")
    return "\n".join(lines)
