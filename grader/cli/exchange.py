"""Questions for other systems, and for a clinician who confirms them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .desk import Edition, Force, Private, Root, export, kept_private, load_library, replaces, stop
from ..counted import counted
from ..language import t


@export.command("questions")
def export_questions(
    form: Annotated[str, typer.Option("--for", help="moodle, gift, qti21, qti3, cc, csv or anki.")] = "",
    to: Annotated[
        Path | None, typer.Option(help="The file to write; by default here, by the name of the program.")
    ] = None,
    use: Annotated[str, typer.Option(help="practice, graded or exam.")] = "practice",
    reflections: Annotated[
        bool, typer.Option("--reflections", help="The reflections as essays, too, with their rubrics.")
    ] = False,
    carries: Annotated[
        bool, typer.Option("--carries", help="Print what each form carries of a card, and nothing else.")
    ] = False,
    force: Force = False,
    library: Root = None,
    edition: Edition = None,
    private: Private = None,
) -> None:
    """Write the questions in the form that a learning platform takes in, with a reason under each option."""
    from ..cards.problem import near
    from ..cards.vocabulary import USES
    from ..exchange import carried, out
    from ..exchange.items import essays, items
    from ..web.brand import brand
    from ..web.files import write

    if carries:
        print(carried.table())
        return
    form = form.lower()
    if form not in carried.FORMS:
        stop(t("--for cannot be `{form}`. {near}", form=form, near=near(form, list(carried.FORMS))), 2)
    if use not in USES:
        stop(t("--use cannot be `{use}`. {near}", use=use, near=near(use, list(USES))), 2)
    if to is None and (use != "practice" or reflections or private):
        stop(t("This file holds keys of graded or exam questions, or rubrics: say with --to where it is kept."), 2)
    found = load_library(library, private, edition=edition)
    path = to or Path(f"{brand().file}-practice{out.ENDINGS[form]}")
    if use != "practice" or reflections or private:
        kept_private(path)
    replaces(path, force)
    asked = items(found, use)
    written = essays(found) if reflections and carried.takes_reflections(form) else []
    write(path, out.write(form, asked, written))
    held = counted(len(asked), "question")
    if written:
        held = t("{first} and {second}", first=held, second=counted(len(written), "reflection"))
    print(f"{path}: {held}.")
    if reflections and not carried.takes_reflections(form):
        print(t("Reflections are left out: {form} has no place for something to write on.", form=form))
    if missing := carried.left_out(form, reflections):
        print(t("Left out of each, as {form} has no place for it: {names}.", form=form, names="; ".join(missing)))
    if lost := sum(map(len, found.unread.values())):
        stop(
            t(
                "{cards} of the library cannot be read, so more may be missing: see `grader check`.",
                cards=counted(lost, "card"),
            ),
            1,
        )


@export.command("gates")
def export_gates(
    to: Annotated[Path, typer.Option(help="The file to write: Markdown.", callback=kept_private)],
    library: Root = None,
    edition: Edition = None,
    private: Private = None,
    force: Force = False,
) -> None:
    """Write each must-not-miss question with its key, its source and what that found, and a box for a clinician."""
    from ..checks.gates import gates
    from ..web.files import write

    if to.exists() and not force:
        stop(t("{to} is there already, perhaps signed; nothing was changed. Give another name, or --force.", to=to), 1)
    count, text = gates(load_library(library, private, edition=edition))
    write(to, text)
    print(f"{to}: {counted(count, 'question')}.")
