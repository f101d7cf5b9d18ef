"""What changes grades, and how a grade came about."""

from __future__ import annotations

import json as json_text
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ParamSpec, TypeVar

import typer

from .desk import CourseFolder, Who, app, kept_private, progress, stop, who_runs
from ..counted import in_english as counted

if TYPE_CHECKING:
    from ..grading.course import Course
    from ..grading.kept import Entry
    from ..grading.regrade import Proposal
    from ..grading.snapshot import Decision

Given = ParamSpec("Given")
Made = TypeVar("Made")
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]


def course_at(folder: Path) -> Course:
    """The course in a folder; ends the command, in one line, where there is none."""
    from ..grading.course import Course
    from ..grading.gradebook import Unsupported

    try:
        return Course(folder)
    except Unsupported as error:
        stop(str(error), 2)


def tried(work: Callable[Given, Made], *given: Given.args, **named: Given.kwargs) -> Made:
    """What `work` gives; ends the command, in its own words, where it cannot."""
    from ..grading.gradebook import Unsupported

    try:
        return work(*given, **named)
    except Unsupported as error:
        stop(str(error), 2)


@app.command()
def regrade(
    assignment: Annotated[str, typer.Argument(help="The assignment.")],
    question: Annotated[str, typer.Option(help="The question; with --card alone, every one whose card changed.")] = "",
    accept: Annotated[
        str, typer.Option(help="The letters that are right: B,C. Where one answer is asked, each is enough.")
    ] = "",
    drop: Annotated[bool, typer.Option("--drop", help="It counts for nobody.")] = False,
    full_marks: Annotated[bool, typer.Option("--full-marks", help="Everybody has its points.")] = False,
    card: Annotated[bool, typer.Option("--card", help="Go by the card as it is now, under the same letters.")] = False,
    why: Annotated[str, typer.Option(help="The reason, for the log and for whoever asks years later.")] = "",
    course: CourseFolder = Path(),
    who: Who = "",
    yes: Yes = False,
) -> None:
    """Decide about a question after work was graded: shows each score that would change, asks, and logs who and why."""
    from ..grading import copies
    from ..grading import regrade as regrading
    from ..grading.run import autograde

    place = course_at(course)
    decisions = tried(_decisions, place, assignment, question, accept, drop, full_marks, card)
    if not decisions:
        print("Every card is the one that is graded by. Nothing to decide.")
        return
    found = tried(regrading.propose, place, assignment, decisions)
    print(_shown(found))
    if not found.moves and found.points[0] == found.points[1]:
        print("Nothing changes for anybody; the decision is logged for those who hand in later.")
    if not why:
        why = typer.prompt("Why?") if not yes else ""
    if not why.strip():
        stop("Nothing was changed: give the reason with --why.", 2)
    if not yes and not typer.confirm("Change this?"):
        stop("Nothing was changed.", 1)
    kept = tried(copies.copy, place, "regrade")
    tried(regrading.apply, place, found, who_runs(who), why)
    with progress(f"Graded copies of {assignment}") as step:
        tried(lambda: autograde(course, assignment, step=step))
    print(f"Changed and logged. The gradebook as it was: {kept}")
    if stale := _stale(place, assignment, found):
        print(f"Feedback to write and send again ({len(stale)}): {', '.join(stale)}")


def _decisions(
    place: Course, assignment: str, question: str, accept: str, drop: bool, full_marks: bool, card: bool
) -> list[Decision]:
    from ..grading import gradebook, regrade
    from ..grading.gradebook import Unsupported

    ways = [bool(accept), drop, full_marks, card]
    if sum(ways) != 1:
        raise Unsupported("Say what to do with the question: one of --accept B,C, --drop, --full-marks, --card.")
    with gradebook.reading(place.settings.db_url) as connection:
        cards = place.released(connection, assignment)
    if not question and not card:
        raise Unsupported("Say which question: --question NAME.")
    waive = "dropped" if drop else "full-marks" if full_marks else ""
    names = [question] if question else regrade.changed_cards(place, cards)
    return [regrade.decision(place, cards, name, accept.split(",") if accept else (), waive, card) for name in names]


def _shown(found: Proposal) -> str:
    lines = []
    for one in found.decisions:
        what = (
            f"right are {', '.join(one['accept'])}" if "accept" in one else one.get("waive") or f"card {one['version']}"
        )
        lines.append(f"{one['question']}: {what}")
    for move in found.scored:
        lines.append(f"  {move.trainee}: {move.cell}: {move.before:g} to {move.after:g}")
    if held := [move for move in found.moves if move.kept]:
        lines.append(f"  A person's mark stands: {', '.join(sorted({move.trainee for move in held}))}")
    up, down = (sum(sign * (m.after - m.before) > 0 for m in found.scored) for sign in (1, -1))
    lines.append(
        f"{counted(found.trainees, 'trainee')}: {counted(up, 'answer scores', 'answers score')} more, {down} less, "
        f"another comment: {len(found.moves) - len(found.scored)}."
    )
    if found.points[0] != found.points[1]:
        lines.append(f"The assignment has {counted(found.points[1], 'point')} then; it had {found.points[0]:g}.")
    return "\n".join(lines)


def _stale(place: Course, assignment: str, found: Proposal) -> list[str]:
    """Who has feedback that says something else than the gradebook now."""
    names = {move.trainee for move in found.moves}
    if found.points[0] != found.points[1]:
        names |= {path.parts[-3] for path in place.folder("feedback").glob(f"*/{assignment}/{assignment}.html")}
    page = f"{assignment}/{assignment}.html"
    return sorted(name for name in names if (place.folder("feedback") / name / page).is_file())


@app.command("explain-grade")
def explain_grade(
    trainee: Annotated[str, typer.Argument(help="The trainee, as the course names them.")],
    assignment: Annotated[str, typer.Argument(help="The assignment.")],
    question: Annotated[str, typer.Argument(help="The question, or the reflection.")],
    course: CourseFolder = Path(),
) -> None:
    """How one score came about: the card as released, what was read, what it scored, who decided or changed what."""
    from ..grading.explain import explain
    from ..web.terminal import plain

    print("\n".join(map(plain, tried(explain, course_at(course), trainee, assignment, question).split("\n"))))


@app.command()
def restore(
    copy: Annotated[
        str, typer.Argument(help="The copy to put back, by its number in the list; none to list them.")
    ] = "",
    course: CourseFolder = Path(),
    yes: Yes = False,
) -> None:
    """List the copies of the gradebook, or put one back. What stands there now is kept as a copy, too."""
    from ..grading import copies

    place = course_at(course)
    found = tried(copies.copies, place)
    if not found:
        print(f"There are no copies yet in {place.root / copies.FOLDER}. One is kept before each regrade.")
        return
    if not copy:
        for number, one in enumerate(found, 1):
            print(
                f"  {number}. {one.at:%Y-%m-%d %H:%M:%S}, before {one.before}: {counted(one.submissions, 'submission')}"
            )
        print("Put one back: grader restore NUMBER")
        return
    if not copy.isdigit() or not 1 <= int(copy) <= len(found):
        stop(f"There is no copy `{copy}`: give a number from 1 to {len(found)}.", 2)
    one = found[int(copy) - 1]
    print(f"What was graded and marked since {one.at:%Y-%m-%d %H:%M:%S} will not be in the gradebook any more.")
    if not yes and not typer.confirm("Put this copy back?"):
        stop("Nothing was changed.", 1)
    kept = tried(copies.restore, place, one)
    print(f"Done. What stood there is kept: {kept}" if kept else "Done. What stood there could not be read.")


@app.command()
def log(
    assignment: Annotated[str, typer.Argument(help="One assignment; all by default.")] = "",
    trainee: Annotated[str, typer.Option(help="Only what concerns this trainee.")] = "",
    course: CourseFolder = Path(),
    json: Annotated[bool, typer.Option("--json", help="A line of JSON for each entry.")] = False,
    to: Annotated[Path | None, typer.Option(help="Write to this file.", callback=kept_private)] = None,
) -> None:
    """Who changed what, when and why: marks, marks set aside, regrades, settled answers, escalations."""
    from dataclasses import asdict

    from ..grading import gradebook, kept
    from ..web.files import write
    from ..web.terminal import plain

    place = course_at(course)

    def read() -> list[Entry]:
        with gradebook.reading(place.settings.db_url) as connection:
            return list(kept.entries(connection, assignment, trainee=trainee))

    lines = []
    for one in tried(read):
        about = " ".join(filter(None, (one.assignment, one.trainee, one.cell)))
        short = {name: value for name, value in one.said.items() if name not in ("card", "moves")}
        said = json_text.dumps(short, ensure_ascii=False)
        whole = json_text.dumps(asdict(one), ensure_ascii=False)
        lines.append(whole if json else f"{kept.to_seconds(one.at)} {one.who}: {one.what} {about} {said}")
    if to:
        write(to, "\n".join(lines) + "\n", mode=0o600)
        print(f"{to}: {counted(len(lines), 'entry', 'entries')}.")
    else:
        print("\n".join(map(plain, lines)) if lines else "Nothing has been changed by hand yet.")
