"""Blind readings of the bank: sheets, scores, and planned difficulty."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .desk import Edition, Private, Root, app, load_library, stop
from ..counted import in_english as counted

blind = typer.Typer(
    help="Readings by people who see no key: does the story decide, and how hard is each question?",
    no_args_is_help=True,
)
app.add_typer(blind, name="blind")


@blind.command("make")
def make(
    count: Annotated[int, typer.Argument(min=1, help="How many questions on each sheet.")],
    to: Annotated[Path, typer.Option(help="A new folder for the sheets and the sealed key.")],
    use: Annotated[str, typer.Option(help="Which questions: graded, exam, practice, with commas.")] = "graded,exam",
    only: Annotated[bool, typer.Option("--options-only", help="The sheet of options alone, and no other.")] = False,
    full: Annotated[bool, typer.Option("--full", help="The sheet of questions in full, and no other.")] = False,
    seed: Annotated[int, typer.Option(help="The same seed draws the same questions.")] = 1,
    library: Root = None,
    edition: Edition = None,
    private: Private = None,
) -> None:
    """Write a sheet of options alone and a sheet of other questions in full, a table for the answers to each, and a
    sealed key."""
    from ..blind import sheets
    from ..cards.problem import near
    from ..cards.vocabulary import USES
    from ..learner.readiness.sheet_in import Unreadable

    uses = tuple(word.strip() for word in use.split(","))
    for word in uses:
        if word not in USES:
            stop(f"--use cannot be `{word}`. {near(word, USES)}", 2)
    chosen = (sheets.ONLY, sheets.FULL) if only == full else (sheets.ONLY,) if only else (sheets.FULL,)
    try:
        print("\n".join(sheets.make(load_library(library, private, edition=edition), to, count, seed, uses, chosen)))
    except Unreadable as error:
        stop(str(error), 2)


@blind.command("score")
def score(
    folder: Annotated[Path, typer.Argument(help="The folder of the sheets, with the readers' tables.")],
    note: Annotated[
        bool, typer.Option(help="Put the result behind the review notes of the bank; --no-note prints it alone.")
    ] = True,
    library: Root = None,
    edition: Edition = None,
) -> None:
    """How often readers chose the key, with and without the story, with intervals; what the story carries; each
    disagreement."""
    from datetime import date

    from ..blind import answers
    from ..learner.readiness.sheet_in import Unreadable

    found = load_library(library, None, edition=edition) if note else None
    try:
        text = answers.report(*answers.read(folder), f"{date.today():%d %B %Y}".lstrip("0"))
    except Unreadable as error:
        stop(str(error), 2)
    print(text)
    if found:
        print(f"Written into {answers.append(found, text)}. Say there what was changed for each.")


@blind.command("difficulty")
def difficulty(
    folders: Annotated[list[Path], typer.Argument(help="Folders of sheets that readers answered with p.")],
    write: Annotated[bool, typer.Option("--write", help="Write the means on the cards.")] = False,
    library: Root = None,
    edition: Edition = None,
    private: Private = None,
) -> None:
    """The mean of two readers' estimates for each question, to be planned with; a cohort corrects it."""
    from ..blind import difficulty as planning
    from ..learner.readiness.sheet_in import Unreadable

    found = load_library(library, private, edition=edition)
    try:
        estimates = planning.judged(folders)
    except Unreadable as error:
        stop(str(error), 2)
    means = planning.planned(estimates)
    for name, value in means.items():
        print(f"{name}: difficulty: {value:g}  ({', '.join(f'{one:g}' for one in estimates[name])})")
    if len(means) < len(estimates):
        print(
            counted(len(estimates) - len(means), "question was", "questions were")
            + f" judged by one reader; {planning.READERS} are needed."
        )
    if write:
        left = planning.write(found, means)
        print("\n".join([*left, f"{counted(len(means) - len(left), 'card says', 'cards say')} it now."]))
        raise typer.Exit(1 if left else 0)
