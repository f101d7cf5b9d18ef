"""Scores to a learning platform, by its own services (LTI 1.3)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .desk import CourseFolder, Who, app, kept_private, progress, stop, who_runs
from .grades import Yes, course_at, tried
from ..counted import counted
from ..language import number, t

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
    print(t("{file}: keep it to yourself.", file=private))
    print(t("{file}: register this one with the tool at the platform.", file=public))


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
    if not yes and not typer.confirm(t("Post {scores}?", scores=counted(len(made.changes), "score"))):
        stop(t("Nothing was posted."), 1)
    try:
        client = Client(said, private_key(platform.parent / str(said.key)))
        with progress(t("Posting {assignment}", assignment=assignment)) as step:
            refused = tried(posting.post, place, made, client, name, who_runs(who), step)
    except Refused as error:
        left = t("What was posted before that is logged; run the same command again for the rest.")
        stop(f"{error}\n{left}", 1)
    for trainee, why in refused.items():
        print("  " + t("not taken: {trainee}: {why}", trainee=trainee, why=why))
    print(t("{scores} posted and logged.", scores=counted(len(made.changes) - len(refused), "score")))
    if refused:
        raise typer.Exit(1)


def _platform(path: Path) -> Platform:
    from ..cards.platform import read

    found, problems = read(path)
    if found is None or problems:
        lines = [f"{one.path}:{one.line}: {one.message}. {one.hint}" for one in problems]
        stop("\n".join(lines) or t("{path}: cannot be read.", path=path), 2)
    return found


def _shown(made: Plan, platform: str) -> str:
    lines = [
        t(
            "{title} ({assignment}), {points}, to {platform}:",
            title=made.title,
            assignment=made.assignment,
            points=counted(made.points, "point"),
            platform=platform,
        )
    ]
    for one in made.changes[:SHOWN]:
        who, score = t("{trainee} (there {user})", trainee=one.trainee, user=one.user), number(one.score)
        if one.before is not None:
            score = t("{score}, before {before}", score=score, before=number(one.before))
        lines.append(f"  {who}: {score}")
    if len(made.changes) > SHOWN:
        lines.append("  " + t("and {n} more", n=len(made.changes) - SHOWN))
    if made.same:
        lines.append("  " + t("as the platform has it: {scores}", scores=counted(made.same, "score")))
    for why, names in made.left.items():
        lines.append("  " + t("stays here, {why}: {names}", why=why, names=", ".join(names)))
    if not made.changes:
        lines.append(t("Nothing to post."))
    return "\n".join(lines)
