"""Completion records and badges, for programs."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .desk import app, kept_private, stop, who_runs
from .grades import course_at, trainees_of, tried
from ..language import t

if TYPE_CHECKING:
    from ..grading.course import Course
    from ..grading.kept import Entry
    from ..reports.completion import Completion

badge = typer.Typer(help="Badges that your program signs: Open Badges 3.0.", no_args_is_help=True)
app.add_typer(badge, name="badge")


@app.command()
def record(
    trainee: Annotated[str, typer.Argument(help="The trainee, as the course names them.")],
    course: Annotated[Path, typer.Option(help="The course's folder.")] = Path("."),
    pdf: Annotated[Path | None, typer.Option(help="Write a completion record as PDF.", callback=kept_private)] = None,
    criterion: Annotated[
        Path | None, typer.Option(help="What must have been done; criterion.yml of the course by default.")
    ] = None,
    signer: Annotated[
        list[str] | None, typer.Option(help="Who signs the record, with credentials; may be given several times.")
    ] = None,
    size: Annotated[str, typer.Option("--paper", help="The PDF's size: a4 or letter.")] = "a4",
    areas: Annotated[bool, typer.Option("--areas", help="Every area of study, however few its minutes.")] = False,
) -> None:
    """What a trainee did in a course: assignments, scores by objective, minutes by area. Not hours that a body
    counts."""
    from dataclasses import replace
    from datetime import date

    from ..grading import run as engine
    from ..reports import record as records
    from ..web.press import CannotPrint

    if not pdf and (criterion or signer or size != "a4"):
        stop(t("--criterion, --signer and --paper say what the paper holds: give --pdf FILE, too."), 2)
    [trainee] = trainees_of(course_at(course), [trainee])
    met = _met(course, trainee, criterion)[1] if pdf else None
    try:
        found = records.collect(course, trainee)
    except engine.Unsupported as error:
        stop(str(error), 2)
    print(records.text(found, 0 if areas else records.AREAS))
    if not found.assignments:
        raise typer.Exit(1)
    if pdf and met:
        try:
            records.pdf(replace(found, trainee=met.name), met.criterion, date.today(), pdf, tuple(signer or ()), size)
        except CannotPrint as error:
            stop(str(error), 2)
        print(t("{out}: {title}, for {name}.", out=pdf, title=met.criterion.title, name=met.name))


@badge.command("keygen")
def keygen(
    folder: Annotated[
        Path, typer.Argument(help="Where the keys are put: private to the program.", callback=kept_private)
    ],
) -> None:
    """Make the program's key pair, once."""
    from ..learner.badge import Invalid
    from ..learner.badge import keygen as make

    try:
        private, public = make(folder)
    except Invalid as error:
        stop(str(error), 2)
    print(t("{file}: keep it to yourselves.", file=private))
    print(t("{file}: publish it, so that others can verify your badges.", file=public))


@badge.command("issue")
def issue(
    trainee: Annotated[str, typer.Argument(help="The trainee, as the course names them.")],
    key: Annotated[Path, typer.Argument(help="The private key.")],
    course: Annotated[Path, typer.Option(help="The course's folder.")] = Path(),
    criterion: Annotated[
        Path | None, typer.Option(help="What must have been done; criterion.yml of the course by default.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="The badge to write; badge--TRAINEE.jwt by default.", callback=kept_private)
    ] = None,
    who: Annotated[str, typer.Option("--as", help="Your name or initials, for the log.")] = "",
) -> None:
    """Sign a badge for a trainee who has met the criterion, by the gradebook. Your program is the issuer; it is no
    continuing-education credit unless you are an approved provider."""
    from datetime import datetime, timedelta

    from ..grading import gradebook, kept
    from ..learner.badge import Holder, Invalid, Issuer, credential, read_key, sign
    from ..web.files import write

    [trainee] = trainees_of(course_at(course), [trainee])
    out = out or kept_private(Path(f"badge--{trainee}.jwt"))
    place, found = _met(course, trainee, criterion)
    asked, now = found.criterion, datetime.now(UTC)
    until = now + timedelta(days=365.25 * asked.valid_years) if asked.valid_years else None
    giver, holder = Issuer(str(asked.issuer), str(asked.url)), Holder(trainee, found.name)
    made = credential(giver, holder, str(asked.title), str(asked.says), now, until)
    _makes_room(out, made["id"])
    try:
        token = sign(made, read_key(key))
    except Invalid as error:
        stop(str(error), 2)
    said = {"id": made["id"], "title": str(asked.title), "until": made.get("validUntil", "")}
    with gradebook.one_write(place.settings.db_url) as connection:
        kept.add(connection, [kept.Entry(who_runs(who), "badge", "", trainee, said=said)])
    write(out, token + "\n")
    print(
        t(
            "{out}: {title}, for {name}, issued by {issuer}.",
            out=out,
            title=asked.title,
            name=found.name,
            issuer=asked.issuer,
        )
    )


def _makes_room(out: Path, badge: str) -> None:
    """Ends the command where a file stands that is not the same badge, given before; says which."""
    from ..learner.badge import claims_of, name_of
    from ..web.terminal import plain

    if not out.exists():
        return
    there = claims_of(out)
    if there and there.get("id") == badge:
        print(t("{path} was there, from an earlier time: it is made anew.", path=out))
        return
    what = t("another file")
    if there:
        what = plain(t("the badge {title}, for {name}", title=there["name"], name=name_of(there)))
    stop(
        t("{out} is there already ({what}); nothing was changed. Give another name with --out.", out=out, what=what), 1
    )


def _met(course: Path, trainee: str, criterion: Path | None) -> tuple[Course, Completion]:
    """The course, and the completion of a trainee who has met its criterion; ends the command where not."""
    from ..reports import completion

    place = course_at(course)
    asked = tried(completion.criterion, place, criterion)
    found = tried(completion.completion, place, trainee, asked)
    if found.lacking:
        stop(
            "\n".join(
                [
                    t("{trainee} has not met *{title}*:", trainee=trainee, title=asked.title),
                    *(f"  {line}" for line in found.lacking),
                ]
            ),
            1,
        )
    return place, found


@badge.command("list")
def list_badges(
    course: Annotated[Path, typer.Option(help="The course's folder.")] = Path(),
) -> None:
    """The identifiers of the badges that this course has given, one a line: publish it, so that others can check."""
    from ..grading import gradebook, kept

    place = course_at(course)

    def read() -> list[Entry]:
        with gradebook.reading(place.settings.db_url) as connection:
            return list(kept.entries(connection, what="badge"))

    print("\n".join(dict.fromkeys(entry.said["id"] for entry in tried(read))))


@badge.command("verify")
def verify(
    path: Annotated[Path, typer.Argument(help="The badge.")],
    key: Annotated[Path, typer.Option(help="The issuer's public key, from the issuer and not from the badge.")],
    given: Annotated[
        Path | None, typer.Option("--list", help="The issuer's list of the badges that it has given.")
    ] = None,
) -> None:
    """Whether a badge is what its issuer signed, to the last byte, and holds today."""
    from ..learner.badge import Invalid, name_of, read_key
    from ..learner.badge import verify as check
    from ..web.terminal import plain

    try:
        found = check(path.read_text(encoding="ascii", errors="replace"), read_key(key))
    except Invalid as error:
        stop(str(error), 1)
    if given and found["id"] not in given.read_text(encoding="utf-8").split():
        stop(t("Signed by that key, but not on the issuer's list: ask the issuer."), 1)
    giver = found["issuer"].get("name", found["iss"])
    print(
        plain(
            t(
                "Holds: {badge}, for {name}, issued by {giver} on {day}.",
                badge=found["name"],
                name=name_of(found),
                giver=giver,
                day=found["validFrom"][:10],
            )
        )
    )
