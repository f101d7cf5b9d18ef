"""Completion records and badges, for programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from .desk import app, kept_private, stop

badge = typer.Typer(help="Badges that your program signs: Open Badges 3.0.", no_args_is_help=True)
app.add_typer(badge, name="badge")


@app.command()
def record(
    trainee: Annotated[str, typer.Argument(help="The trainee, as the course names them.")],
    course: Annotated[Path, typer.Option(help="The course's folder.")] = Path("."),
    pdf: Annotated[Optional[Path], typer.Option(help="Write a completion record as PDF.", callback=kept_private)] = None,
    program: Annotated[str, typer.Option(help="Your program's name, as the one who gives the record.")] = "",
    signer: Annotated[Optional[list[str]], typer.Option(help="Who signs the record, with credentials; may be given several times.")] = None,
    size: Annotated[str, typer.Option("--paper", help="The PDF's size: a4 or letter.")] = "a4",
) -> None:
    """What a trainee did in a course: assignments, scores by objective, minutes by area. Not hours that a body counts."""
    from datetime import date

    from ..grading import run as engine
    from ..reports import record as records
    from ..web.paper import CannotPrint

    if pdf and not program:
        stop("Give --program: the record names the program that gives it.", 2)
    try:
        found = records.collect(course, trainee)
    except engine.Unsupported as error:
        stop(str(error), 2)
    print(records.text(found))
    if not found.assignments:
        raise typer.Exit(1)
    if pdf:
        try:
            records.pdf(found, program, date.today(), pdf, tuple(signer or ()), size)
        except CannotPrint as error:
            stop(str(error), 2)


@badge.command("keygen")
def keygen(folder: Annotated[Path, typer.Argument(help="Where the keys are put: private to the program.", callback=kept_private)]) -> None:
    """Make the program's key pair, once."""
    from ..learner.badge import Invalid, keygen as make

    try:
        private, public = make(folder)
    except Invalid as error:
        stop(str(error), 2)
    print(f"{private}: keep it to yourselves.\n{public}: publish it, so that others can verify your badges.")


@badge.command("issue")
def issue(
    key: Annotated[Path, typer.Argument(help="The private key.")],
    to: Annotated[str, typer.Option(help="The trainee's name, as it shall stand on the badge.")],
    title: Annotated[str, typer.Option(help="What was completed.")],
    criteria: Annotated[str, typer.Option(help="What had to be done for it, in a sentence.")],
    issuer: Annotated[str, typer.Option(help="Your program's name.")],
    url: Annotated[str, typer.Option(help="Your program's address on the web.")],
    out: Annotated[Path, typer.Option(help="The badge to write.", callback=kept_private)] = Path("badge.jwt"),
) -> None:
    """Sign a badge. Your program is the issuer; it is no continuing-education credit unless you are an approved provider."""
    from datetime import datetime, timezone
    from urllib.parse import urlsplit

    from ..learner.badge import Invalid, Issuer, credential, read_key, sign
    from ..web.files import write

    if urlsplit(url).scheme not in ("https", "http") or not urlsplit(url).hostname:
        stop("--url is an address on the web: https://your-program.org", 2)
    for name, words in (("--to", to), ("--title", title), ("--criteria", criteria), ("--issuer", issuer)):
        if not words.strip():
            stop(f"{name} is empty. A badge says who did what, for whom.", 2)
    try:
        token = sign(credential(Issuer(issuer, url), to, title, criteria, datetime.now(timezone.utc)), read_key(key))
    except Invalid as error:
        stop(str(error), 2)
    write(out, token + "\n")
    print(f"{out}: {title}, for {to}, issued by {issuer}.")


@badge.command("verify")
def verify(
    path: Annotated[Path, typer.Argument(help="The badge.")],
    key: Annotated[Path, typer.Option(help="The issuer's public key, from the issuer and not from the badge.")],
) -> None:
    """Whether a badge is what its issuer signed, to the last byte."""
    from ..learner.badge import Invalid, read_key, verify as check

    try:
        found = check(path.read_text(encoding="ascii", errors="replace"), read_key(key))
    except Invalid as error:
        stop(str(error), 1)
    print(f"Holds: {found['name']}, for {found['sub']}, issued by {found['issuer'].get('name', found['iss'])} on {found['validFrom'][:10]}.")
