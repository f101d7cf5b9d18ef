"""What changes grades, and how a grade came about."""

from __future__ import annotations

import json as json_text
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ParamSpec, TypeVar

import typer

from .desk import CourseFolder, Force, Who, app, kept_private, progress, replaces, stop, who_runs
from ..counted import counted
from ..language import later, number, t

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


def trainees_of(place: Course, typed: Sequence[str]) -> list[str]:
    """The ids of the trainees whom a person named; ends the command, with who may be meant, where one is not known."""
    from ..grading.roster import called

    return [tried(called, place, one) for one in typed]


@app.command()
def regrade(
    assignment: Annotated[str, typer.Argument(help="The assignment.")],
    question: Annotated[
        str, typer.Option(help="The question, by name or number; with --card alone, every one whose card changed.")
    ] = "",
    accept: Annotated[
        str, typer.Option(help="The letters that are right: B,C. Where one answer is asked, each is enough.")
    ] = "",
    drop: Annotated[bool, typer.Option("--drop", help="It counts for nobody.")] = False,
    full_marks: Annotated[bool, typer.Option("--full-marks", help="Everybody has its points.")] = False,
    card: Annotated[bool, typer.Option("--card", help="Go by the card as it is now, under the same letters.")] = False,
    because: Annotated[str, typer.Option(help="The reason, for the log and for whoever asks years later.")] = "",
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
        print(t("Every card is the one that is graded by. Nothing to decide."))
        return
    found = tried(regrading.propose, place, assignment, decisions)
    print(_shown(found))
    if not found.moves and found.points[0] == found.points[1]:
        print(t("Nothing changes for anybody; the decision is logged for those who hand in later."))
    if not because:
        because = typer.prompt(t("Why?")) if not yes else ""
    if not because.strip():
        stop(t("Nothing was changed: give the reason with --because."), 2)
    if not yes and not typer.confirm(t("Change this?")):
        stop(t("Nothing was changed."), 1)
    kept = tried(copies.copy, place, "regrade")
    tried(regrading.apply, place, found, who_runs(who), because)
    with progress(t("Graded copies of {assignment}", assignment=assignment)) as step:
        tried(lambda: autograde(course, assignment, step=step))
    print(t("Changed and logged. The gradebook as it was: {kept}", kept=kept))
    if stale := _stale(place, assignment, found):
        print(t("Feedback to write and send again ({n}): {names}", n=len(stale), names=", ".join(stale)))
        print(t("Run: {command}", command=f"grader feedback {assignment}"))


def _decisions(
    place: Course, assignment: str, question: str, accept: str, drop: bool, full_marks: bool, card: bool
) -> list[Decision]:
    from ..grading import gradebook, regrade
    from ..grading.gradebook import Unsupported

    ways = [bool(accept), drop, full_marks, card]
    if sum(ways) != 1:
        raise Unsupported(t("Say what to do with the question: one of --accept B,C, --drop, --full-marks, --card."))
    with gradebook.reading(place.settings.db_url) as connection:
        cards = place.released(connection, assignment)
    if not question and not card:
        raise Unsupported(t("Say which question: --question NAME."))
    waive = "dropped" if drop else "full-marks" if full_marks else ""
    names = [cards.meant(question)] if question else regrade.changed_cards(place, cards)
    return [regrade.decision(place, cards, name, accept.split(",") if accept else (), waive, card) for name in names]


def _shown(found: Proposal) -> str:
    from ..grading.plan import DECIDED

    lines = []
    for one in found.decisions:
        what = (
            t("right are {letters}", letters=", ".join(one["accept"]))
            if "accept" in one
            else t(DECIDED[one["waive"]])
            if "waive" in one
            else t("card {version}", version=one["version"])
        )
        lines.append(f"{one['question']}: {what}")
    for move in found.scored:
        lines.append(
            "  "
            + t(
                "{trainee}: {cell}: {before} to {after}",
                trainee=move.trainee,
                cell=move.cell,
                before=number(move.before),
                after=number(move.after),
            )
        )
    if held := [move for move in found.moves if move.kept]:
        words = later("A person's mark stands; where it should change, mark it anew in Formgrader: {names}")
        lines.append("  " + t(words, names=", ".join(sorted({move.trainee for move in held}))))
    if settled := sorted({move.trainee for move in found.moves if move.settled}):
        words = later("The letters that a person settled stay, and are scored by the decision; nothing to do: {names}")
        lines.append("  " + t(words, names=", ".join(settled)))
    up, down = (sum(sign * (m.after - m.before) > 0 for m in found.scored) for sign in (1, -1))
    lines.append(
        t(
            "{trainees}: {up} more, {down} less, another comment: {other}.",
            trainees=counted(found.trainees, "trainee"),
            up=counted(up, "answer scores", "answers score"),
            down=down,
            other=len(found.moves) - len(found.scored),
        )
    )
    if found.points[0] != found.points[1]:
        had, has = number(found.points[0]), counted(found.points[1], "point")
        lines.append(t("The assignment has {points} then; it had {before}.", points=has, before=had))
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
    question: Annotated[str, typer.Argument(help="The question, by name or number, or the reflection.")],
    course: CourseFolder = Path(),
) -> None:
    """How one score came about: the card as released, what was read, what it scored, who decided or changed what."""
    from ..grading.explain import explain
    from ..web.terminal import plain

    place = course_at(course)
    [whose] = trainees_of(place, [trainee])
    print("\n".join(map(plain, tried(explain, place, whose, assignment, question).split("\n"))))


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
        print(
            t(
                "There are no copies yet in {folder}. One is kept before each regrade.",
                folder=place.root / copies.FOLDER,
            )
        )
        return
    if not copy:
        for number, one in enumerate(found, 1):
            print(
                "  "
                + t(
                    "{number}. {at:%Y-%m-%d %H:%M:%S}, before {before}: {submissions}",
                    number=number,
                    at=one.at,
                    before=one.before,
                    submissions=counted(one.submissions, "submission"),
                )
            )
        print(t("Put one back: grader restore NUMBER"))
        return
    if not copy.isdigit() or not 1 <= int(copy) <= len(found):
        stop(t("There is no copy `{copy}`: give a number from 1 to {n}.", copy=copy, n=len(found)), 2)
    one = found[int(copy) - 1]
    print(
        t("What was graded and marked since {at:%Y-%m-%d %H:%M:%S} will not be in the gradebook any more.", at=one.at)
    )
    if not yes and not typer.confirm(t("Put this copy back?")):
        stop(t("Nothing was changed."), 1)
    kept = tried(copies.restore, place, one)
    print(
        t("Done. What stood there is kept: {kept}", kept=kept)
        if kept
        else t("Done. What stood there could not be read.")
    )


@app.command()
def log(
    assignment: Annotated[str, typer.Argument(help="One assignment; all by default.")] = "",
    trainee: Annotated[str, typer.Option(help="Only what concerns this trainee.")] = "",
    course: CourseFolder = Path(),
    json: Annotated[bool, typer.Option("--json", help="A line of JSON for each entry.")] = False,
    to: Annotated[Path | None, typer.Option(help="Write to this file.", callback=kept_private)] = None,
    force: Force = False,
) -> None:
    """Who changed what, when and why: marks, marks set aside, regrades, settled answers, escalations."""
    from dataclasses import asdict

    from ..grading import gradebook, kept
    from ..web.files import write
    from ..web.terminal import plain

    place = course_at(course)
    if to:
        replaces(to, force)

    def read(whose: str) -> list[Entry]:
        with gradebook.reading(place.settings.db_url) as connection:
            return list(kept.entries(connection, assignment, trainee=whose))

    found = tried(read, trainee)
    if trainee and not found:  # whoever was erased is nobody else's, and has lines
        [whose] = trainees_of(place, [trainee])
        found = tried(read, whose)
    lines = []
    for one in found:
        about = " ".join(filter(None, (one.assignment, one.trainee, one.cell)))
        short = {name: value for name, value in one.said.items() if name not in ("card", "moves")}
        said = json_text.dumps(short, ensure_ascii=False)
        whole = json_text.dumps(asdict(one), ensure_ascii=False)
        lines.append(whole if json else f"{kept.to_seconds(one.at)} {one.who}: {one.what} {about} {said}")
    if to:
        write(to, "\n".join(lines) + "\n", mode=0o600)
        print(f"{to}: {counted(len(lines), 'entry', 'entries')}.")
    else:
        print("\n".join(map(plain, lines)) if lines else t("Nothing has been changed by hand yet."))
