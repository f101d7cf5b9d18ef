"""Marking one reflection across all trainees."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .desk import CourseFolder, Port, Who, app, kept_private, marks, serve_page, stop, who_runs
from .grades import course_at, tried
from .then import after_grading, command, say
from ..counted import counted
from ..language import t, tn

if TYPE_CHECKING:
    from ..marking.board import Change, Desk, Row

Marked = Annotated[str, typer.Argument(help="The assignment.")]
Reflected = Annotated[str, typer.Argument(help="The reflection.")]
OneOf = Annotated[str, typer.Argument(help="The reflection; where the assignment has one alone, it may be left out.")]
Second = Annotated[
    bool, typer.Option("--second", help="As the second marker: no mark of the first is shown, and no score changes.")
]
Sample = Annotated[int, typer.Option(min=0, help="With --second: only so many answers, spread over the first marks.")]
Agree = Annotated[
    bool, typer.Option("--agree", help="Only where two markers differ; the mark that you write becomes the score.")
]


def _desk(
    course: Path,
    assignment: str,
    reflection: str,
    who: str | None = None,
    second: bool = False,
    sample: int = 0,
    agree: bool = False,
    ready: bool = True,
) -> Desk:
    """The desk; `who` marks, None where nobody does. `ready`: they calibrated first, where the course asks for it."""
    from ..marking import board as desks
    from ..marking.calibrate import require
    from ..marking.second import AgreedDesk, SecondDesk
    from ..marking.which import which

    if second and agree:
        stop(t("--second marks without the first one's marks, --agree shows both: give one of the two."), 2)
    if sample and not second:
        stop(t("--sample is for a second marker: give --second as well."), 2)
    reflection = tried(which, course_at(course), assignment, reflection)
    try:
        if second:
            made: desks.Desk = SecondDesk(course, assignment, reflection, who_runs(who or ""), sample)
        else:
            made = (AgreedDesk if agree else desks.Desk)(course, assignment, reflection)
        if who is not None and ready:
            require(made.course, made.card.name, who_runs(who))
        return made
    except desks.Unsupported as error:
        stop(str(error), 2)


@marks.command("export")
def marks_export(
    assignment: Marked,
    reflection: OneOf = "",
    course: CourseFolder = Path(),
    to: Annotated[
        Path | None, typer.Option(help="The sheet, ending in .csv or .xlsx; ASSIGNMENT--REFLECTION.xlsx by default.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a sheet that is there.")] = False,
    who: Who = "",
    second: Second = False,
    sample: Sample = 0,
    agree: Agree = False,
) -> None:
    """Write a sheet with every trainee's answer under an anonymous id, the criteria, and a column for comments."""
    from ..marking import sheet
    from ..marking.which import which

    to = kept_private(to)
    reflection = tried(which, course_at(course), assignment, reflection)
    role = "--second" if second else "--agree" if agree else ""
    path = to or kept_private(Path(f"{assignment}--{reflection}{role}.xlsx"))
    if path.suffix.lower() not in (".csv", ".xlsx"):
        stop(t("--to cannot be `{path}`: a sheet ends in .csv or .xlsx.", path=path), 2)
    if path.exists() and not force:
        stop(
            t(
                "{path} is there already, perhaps with marks in it. Import it first, give another name with "
                "--to, or write over it with --force.",
                path=path,
            ),
            1,
        )
    desk = _desk(course, assignment, reflection, who, second, sample, agree)
    if agree and not desk.rows():
        print(t("There is no answer on which two markers differ."))
        return
    rows, blank = sheet.write(desk, path)
    then = [role, "--as", who_runs(who)] if second else [role] * bool(role)
    run = command(course, "marks", "import", assignment, reflection, str(path), *then)
    print(f"{path}: {counted(rows, 'answer')}.", t("Mark it, then run: {command}", command=run))
    if blank:
        words = tn(
            "{n} left blank and not in it: there is nothing to mark, and it counts 0.",
            "{n} left blank and not in it: there is nothing to mark, and they count 0.",
            blank,
        )
        print(f"  {words}")


@marks.command("import")
def marks_import(
    assignment: Marked,
    reflection: Reflected,
    path: Annotated[Path, typer.Argument(help="The marked sheet.")],
    course: CourseFolder = Path(),
    who: Who = "",
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    second: Second = False,
    agree: Agree = False,
) -> None:
    """Check a sheet against the rubric and show what would change; then write what is sound, all of it or nothing.

    A row that cannot be taken, or that somebody marked in between, is named and left as it was."""
    from ..learner.readiness.sheet_in import Unreadable
    from ..marking import sheet

    desk = _desk(course, assignment, reflection, who, second, 0, agree)
    try:
        found = sheet.read(desk, path)
    except Unreadable as error:
        stop(str(error), 2)
    for line in found.refused:
        print("  " + t("left out: {line}", line=line))
    rows = {row.id: row for row in desk.rows()}
    strange = [change.id for change in found.changes if change.id not in rows]
    outdated = [line for one in found.changes if one.id in rows and (line := desk.outdated(rows[one.id], one))]
    for line in outdated:
        print("  " + t("left out: {line}", line=line))
    for id in strange:
        print(
            "  " + t("left out: {id}: there is no such answer to mark in `{assignment}`.", id=id, assignment=assignment)
        )
    todo = [
        one
        for one in found.changes
        if one.id in rows and _changes(desk, rows[one.id], one) and not desk.outdated(rows[one.id], one)
    ]
    for change in todo:
        print(f"  {change.id}: {_changes(desk, rows[change.id], change)}")
    if not todo:
        print(t("Nothing to write."))
        sys.exit(1 if found.refused or strange or outdated else 0)
    if not yes and not typer.confirm(t("Write {rows}?", rows=counted(len(todo), "row"))):
        stop(t("Nothing was written."), 1)
    done = desk.save(todo, who_runs(who))
    for line in done.refused.values():
        print("  " + t("not written: {line}", line=line))
    print(
        counted(len(done.rows), "row written.", "rows written."),
        t("Who marked what: grader log {assignment}", assignment=assignment),
    )
    say(() if second else after_grading(course, assignment))
    sys.exit(1 if done.refused or found.refused or strange or outdated else 0)


def _changes(desk: Desk, row: Row, change: Change) -> str:
    """What a change would do to a row, in words; empty where nothing."""
    pairs = zip(desk.card.criteria, row.marks, change.marks)
    said = [
        t("{criterion}: {old} to {new}", criterion=criterion.name, old=t("none") if old is None else old, new=new)
        for criterion, old, new in pairs
        if new is not None and new != old
    ]
    if change.comment is not None and change.comment != row.comment:
        said.append(
            t("comment: {text!r}", text=change.comment[:60])
            if change.comment
            else t("comment removed: {text!r}", text=row.comment[:60])
        )
    return "; ".join(said)


@marks.command("serve")
def marks_serve(
    assignment: Marked,
    reflection: OneOf = "",
    course: CourseFolder = Path(),
    who: Who = "",
    port: Port = 0,
    second: Second = False,
    sample: Sample = 0,
    agree: Agree = False,
) -> None:
    """A page on this machine alone for marking by key: answers, anchors, autosave, next unmarked. Where the course
    asks markers to calibrate first, it begins with that."""
    from ..grading.gradebook import Unsupported
    from ..marking import calibrate
    from ..marking.blind import BlindDesk

    desk = _desk(course, assignment, reflection, who, second, sample, agree, ready=False)
    who = who_runs(who)
    try:
        first = [BlindDesk(desk.course, desk.card, who)] if calibrate.wanted(desk.course, desk.card.name, who) else []
    except Unsupported as error:
        stop(str(error), 2)
    try:
        serve_page([*first, desk], who, port)
    except KeyboardInterrupt:
        print("\n" + t("Stopped. What the page called saved is in the gradebook."))
    if not second:
        say(after_grading(course, assignment))
    elif all(row.done for row in desk.rows()):
        print(t("Next: {command}", command=command(course, "agreement", assignment, desk.card.name)))


@marks.command("who")
def marks_who(
    assignment: Marked,
    reflection: Reflected,
    id: Annotated[str, typer.Argument(help="The anonymous id, as the sheet or the page shows it.")],
    because: Annotated[str, typer.Option(help="Why you must know: what you found in the answer.")],
    course: CourseFolder = Path(),
    who: Who = "",
) -> None:
    """Who wrote an answer that a person must act on. Asking is logged, with the reason."""
    from ..marking.board import Unsupported

    try:
        print(_desk(course, assignment, reflection).reveal(id, who_runs(who), because))
    except Unsupported as error:
        stop(str(error), 2)


@app.command()
def agreement(
    assignment: Marked,
    reflection: Annotated[str, typer.Argument(help="One reflection; all that two people marked by default.")] = "",
    course: CourseFolder = Path(),
) -> None:
    """How far two markers agree: for each criterion the shares that are alike and within one level, weighted kappa and
    ICC with intervals, and the answers on which the two are furthest apart."""
    from ..grading.course import Course
    from ..grading.gradebook import Unsupported
    from ..marking.second import held, pairs
    from ..marking.told import lines

    try:
        library = Course(course).as_released(assignment)
        names = [reflection] if reflection else [card.name for card in held(library, assignment)]
    except Unsupported as error:
        stop(str(error), 2)
    told = 0
    for name in names:
        desk = _desk(course, assignment, name)
        if found := pairs(desk):
            told += 1
            print("\n".join(lines(desk.card, found)))
    if not told:
        print(
            t(
                "Nobody has marked a second time here. A second marker begins with: grader marks serve {assignment} "
                "{reflection} --second --as NAME",
                assignment=assignment,
                reflection=names[0] if names else "REFLECTION",
            )
        )
