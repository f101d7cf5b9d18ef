"""Questions for other systems, and for a clinician who confirms them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from .desk import Private, Root, export, kept_private, load_library, stop
from ..counted import counted

Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


@export.command("questions")
def export_questions(
    form: Annotated[str, typer.Option("--for", help="moodle, gift, qti21, qti3, cc or csv.")],
    to: Annotated[
        Path | None, typer.Option(help="The file to write; candor-practice and its ending by default.")
    ] = None,
    use: Annotated[str, typer.Option(help="practice, graded or exam.")] = "practice",
    reflections: Annotated[
        bool, typer.Option("--reflections", help="The reflections as essays, too, with their rubrics.")
    ] = False,
    force: Force = False,
    library: Root = None,
    private: Private = None,
) -> None:
    """Write the questions in the form that a learning platform takes in, with a reason under each option."""
    from ..cards.problem import near
    from ..cards.vocabulary import USES
    from ..exchange import cartridge, gift, moodle, qti, table
    from ..exchange.items import Essay, Item, essays, items
    from ..web.files import write

    forms: dict[str, tuple[Callable[[list[Item], list[Essay]], bytes], str]] = {
        "moodle": (moodle.write, ".xml"),
        "gift": (gift.write, ".gift.txt"),
        "qti21": (partial(qti.write, version="2.1"), ".qti21.zip"),
        "qti3": (partial(qti.write, version="3.0"), ".qti3.zip"),
        "cc": (cartridge.write, ".imscc"),
        "csv": (table.write, ".csv"),
    }
    form = form.lower()
    if form not in forms:
        stop(f"--for cannot be `{form}`. {near(form, list(forms))}", 2)
    if use not in USES:
        stop(f"--use cannot be `{use}`. {near(use, list(USES))}", 2)
    if to is None and (use != "practice" or reflections or private):
        stop("This file holds keys of graded or exam questions, or rubrics: say with --to where it is kept.", 2)
    make, ending = forms[form]
    path = to or Path(f"candor-practice{ending}")
    if use != "practice" or reflections or private:
        kept_private(path)
    if path.exists() and not force:
        stop(f"{path} is there already; nothing was changed. Give another name with --to, or --force.", 1)
    found = load_library(library, private)
    asked, written = items(found, use), essays(found) if reflections else []
    write(path, make(asked, written))
    more = f" and {counted(len(written), 'reflection')}" if written else ""
    print(f"{path}: {counted(len(asked), 'question')}{more}.")
    if lost := sum(map(len, found.unread.values())):
        stop(f"{counted(lost, 'card')} of the library cannot be read, so more may be missing: see `grader check`.", 1)


@export.command("gates")
def export_gates(
    to: Annotated[Path, typer.Option(help="The file to write: Markdown.", callback=kept_private)],
    library: Root = None,
    private: Private = None,
    force: Force = False,
) -> None:
    """Write each must-not-miss question with its key, its source and what that found, and a box for a clinician."""
    from ..checks.gates import gates
    from ..web.files import write

    if to.exists() and not force:
        stop(f"{to} is there already, perhaps signed; nothing was changed. Give another name, or --force.", 1)
    count, text = gates(load_library(library, private))
    write(to, text)
    print(f"{to}: {counted(count, 'question')}.")
