"""For those who learn."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from .desk import Edition, Private, Root, app, kept_private, ledger, load_library, stop
from ..language import joined, later, t


@app.command("check-submission")
def check_submission(notebook: Annotated[Path, typer.Argument(help="The notebook, before it is handed in.")]) -> None:
    """What is answered, what is open or waits for a person, and what in the reflections may identify a client. Sends
    nothing, changes nothing."""
    from ..notebook import receipt
    from ..notebook.intake import Refused

    try:
        work = receipt.read(notebook)
    except Refused as error:
        stop(str(error), 2)
    print(receipt.review(work))
    sys.exit(1 if work.look or any(one.sure for found in work.found.values() for one in found) else 0)


@app.command("receipt")
def verify_receipt(
    notebook: Annotated[Path, typer.Argument(help="The notebook that was handed in.")],
    given: Annotated[Path | None, typer.Argument(help="The receipt to verify; without it, one is made.")] = None,
    trainee: Annotated[str, typer.Option(help="Whose receipt is made.")] = "",
) -> None:
    """Verify a trainee's receipt against the notebook that arrived, or make one."""
    from datetime import datetime

    from ..notebook import receipt
    from ..notebook.intake import Refused

    try:
        work = receipt.read(notebook)
        words = given.read_text(encoding="utf-8", errors="replace") if given else ""
    except Refused as error:
        stop(str(error), 2)
    if given is None:
        print(receipt.receipt(work, trainee or notebook.stem.split("__")[0], datetime.now().astimezone()), end="")
        return
    different = receipt.verify(work, words)
    print(different or t("{notebook}: the answers are those of the receipt.", notebook=notebook))
    sys.exit(1 if different else 0)


@ledger.command("new")
def ledger_new(
    path: Annotated[Path, typer.Argument(help="The file, such as ledger.csv.", callback=kept_private)],
) -> None:
    """Make an empty ledger: one plain CSV file that any spreadsheet opens."""
    from ..learner.readiness.ledger import HEAD
    from ..learner.readiness.line import KINDS, NEEDED, SUPERVISORS, WORDS
    from ..web.files import write

    if path.exists():
        stop(t("{path} is there already; nothing was changed.", path=path), 1)
    write(path, HEAD, fresh=True)
    print(t("{file}: add lines with `grader ledger add {file}`, or in a spreadsheet. Kinds:", file=path))
    for kind, formats in KINDS.items():
        words = t(WORDS[kind])
        if formats:
            words = t("{words}; formats {formats}", words=words, formats=", ".join(formats))
        print(f"  {kind}: {words}")
    print(t("Of supervision, the column {column} says who gave it:", column="supervisor"))
    for word, words in SUPERVISORS.items():
        print(f"  {word}: {t(words)}")
    print(t("Each line needs {columns}; the rest may stay empty.", columns=", ".join(NEEDED)))
    print(t("Name no client in it."))


@ledger.command("add")
def ledger_add(path: Annotated[Path, typer.Argument(help="The ledger.", callback=kept_private)]) -> None:
    """Add a line, asked for word by word; nothing is written before all of it is right."""
    from ..learner.readiness.ledger import append, read
    from ..learner.readiness.line import KINDS, SUPERVISORS, WORDS, parse
    from ..learner.readiness.sheet_in import Unreadable

    try:
        read(path)
    except Unreadable as error:
        stop(str(error), 1)
    good = {"kind": "other", "date": "2026-03-31", "hours": "1"}

    def ask(name: str, words: str) -> None:
        """Ask until the answer can stand beside those before it."""
        while True:
            values[name] = typer.prompt(words).strip()
            try:
                parse(good | values)
                return
            except ValueError as error:
                print(error, file=sys.stderr)

    print("\n".join(f"  {kind}: {t(words)}" for kind, words in WORDS.items()))
    values: dict[str, str] = {}
    ask("kind", t("Kind"))
    ask("date", t("Date (2026-03-31)"))
    ask("hours", t("Hours"))
    formats = KINDS[values["kind"].lower()]
    if formats:
        ask("format", t("Format ({names})", names=", ".join(formats)))
    if values["kind"].lower() == "supervision":
        print("\n".join(f"  {word}: {t(words)}" for word, words in SUPERVISORS.items()))
        ask("supervisor", t("Who supervised ({names})", names=", ".join(SUPERVISORS)))
    for name, words in (
        ("area", t("Area of the body, such as a or st-b")),
        ("title", t("What it was, without a client's name")),
        ("initials", t("Supervisor's initials")),
        ("evidence", t("File with the evidence")),
    ):
        values[name] = typer.prompt(words, default="", show_default=False).strip()
    try:
        found = append(path, values)
    except ValueError as error:
        stop(t("Nothing was written: {error}", error=error), 1)
    print(t("{path}: added.", path=path))
    for line in found:
        print(t("Look at this line: {line}", line=line), file=sys.stderr)


@app.command()
def readiness(
    path: Annotated[Path, typer.Argument(help="The ledger.")],
    body: Annotated[
        list[str] | None,
        typer.Option(
            help="A certifying body, such as cosrt; several times if you like. aasect-cst by default, or an edition's."
        ),
    ] = None,
    page: Annotated[Path | None, typer.Option("--html", help="Write a page, too.", callback=kept_private)] = None,
    pdf: Annotated[Path | None, typer.Option(help="Write a PDF, too.", callback=kept_private)] = None,
    size: Annotated[str, typer.Option("--paper", help="The PDF's size: a4 or letter.")] = "a4",
    today: Annotated[str, typer.Option(help="Another day than today: 2026-03-31.")] = "",
    dates: Annotated[
        str, typer.Option(help="Where a spreadsheet rewrote the dates: mdy (3/31/2026) or dmy (31.3.2026).")
    ] = "",
    library: Root = None,
    edition: Edition = None,
    private: Private = None,
) -> None:
    """Where you stand with a certifying body: done, counted, missing, planned, and why something does not count."""
    from datetime import date

    from ..cards.problem import near
    from ..learner.readiness import page as pages
    from ..learner.readiness import paper as papers
    from ..learner.readiness import report
    from ..learner.readiness import rules as ready
    from ..learner.readiness.ledger import read
    from ..learner.readiness.line import ORDERS
    from ..learner.readiness.sheet_in import Unreadable
    from ..learner.readiness.versions import version_for
    from ..web.files import write
    from ..web.press import CannotPrint

    if dates not in ("", *ORDERS):
        stop(
            t(
                "--dates cannot be `{dates}`: {orders}.",
                dates=dates,
                orders=joined(ORDERS, later("{first} or {second}")),
            ),
            2,
        )
    found = load_library(library, private, edition=edition)
    body = body or list(found.program.bodies if found.program else ()) or ["aasect-cst"]
    try:
        day = date.fromisoformat(today) if today else date.today()
        kept = read(path, dates)
        standings = [
            ready.evaluate(kept, *version_for(name, found, kept.contract), day)
            for name in dict.fromkeys(name.lower() for name in body)
        ]
    except ValueError:
        stop(t("`{today}` is not a date. Write it as 2026-03-31.", today=today), 2)
    except Unreadable as error:
        stop(str(error), 2)
    except KeyError as error:
        stop(
            t("There is no body `{name}`. {near}", name=error.args[0], near=near(error.args[0], list(found.bodies))), 2
        )
    if page:
        write(page, pages.page(standings, kept, day))
    if pdf:
        try:
            papers.pdf(standings, kept, day, pdf, size)
        except CannotPrint as error:
            stop(str(error), 2)
    print(report.text(standings, kept))
    sys.exit(1 if kept.refused else 0)
