"""Questions from other systems."""

from __future__ import annotations

import shlex
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .desk import Edition, Private, Root, app, kept_private, load_library, root, stop
from ..counted import counted
from ..language import t, tn

if TYPE_CHECKING:
    from ..exchange.incoming.bring import Brought

SHOWN = 12  # kinds of losses that are printed; the table has them all


@app.command("import")
def bring_in(
    form: Annotated[
        str, typer.Argument(help="moodle (XML), gift, or qti (1.2, 2.x or 3.0: a package, a pool, a cartridge).")
    ],
    files: Annotated[list[Path], typer.Argument(help="What the other system exported.")],
    to: Annotated[
        Path, typer.Option(help="The folder for the cards: a program's own, as --private elsewhere; made if need be.")
    ],
    chapter: Annotated[
        str, typer.Option(help="The chapter of questions whose category names none of the library.")
    ] = "",
    use: Annotated[
        str, typer.Option(help="practice, graded or exam, of questions that do not say it themselves.")
    ] = "graded",
    library: Root = None,
    edition: Edition = None,
    private: Private = None,
) -> None:
    """Make drafts of cards from the questions of another system, and a table of what could not be carried.

    What nobody can know from the file is left as ???, with its question above. Nothing is written over.
    """
    from ..cards.problem import near
    from ..cards.vocabulary import USES
    from ..exchange.incoming.bring import FORMS, bring, table
    from ..exchange.incoming.taken import Refused
    from ..web.files import write

    form = form.lower()
    if form not in FORMS:
        stop(t("The form cannot be `{form}`. {near}", form=form, near=near(form, list(FORMS))), 2)
    if use not in USES:
        stop(t("--use cannot be `{use}`. {near}", use=use, near=near(use, list(USES))), 2)
    home = root(library)
    shared = to.expanduser().resolve() == home
    if not shared or use != "practice":
        kept_private(to)
    to = to.expanduser()
    brought, refused = [], 0
    for path in files:
        over = [to] if to.is_dir() and not shared else []
        try:
            found = load_library(home, [*(private or ()), *over], edition=edition)
            if chapter and chapter not in found.chapters:
                stop(
                    t(
                        "There is no chapter `{name}`. {near}",
                        name=chapter,
                        near=near(chapter, list(found.chapters)),
                    ),
                    2,
                )
            brought.append(bring(form, path, to, found, chapter, use, shared))
        except Refused as error:
            refused += 1
            print(f"{path}: {error}.")
    for one in brought:
        _say(one)
    if any(one.losses for one in brought):
        to.mkdir(parents=True, exist_ok=True)
        report = _free(to, "not-carried")
        write(report, table(brought), fresh=True)
        print(t("Each of these, by question: {report}", report=report))
    if any(one.written for one in brought):
        print(t("Fill in each ???, then run: grader check --private {to}", to=shlex.quote(str(to))))
    if refused:
        words = t(
            "{files} of {of} could not be read; nothing of it was written.",
            files=counted(refused, "file"),
            of=len(files),
        )
        stop(words, 1)
    if empty := [one.file for one in brought if not one.written and not one.there]:
        stop(
            t(
                "No question of {names} could be made into a card. Is it the file that you meant?",
                names=", ".join(empty),
            ),
            1,
        )


def _say(one: Brought) -> None:
    cards = ", ".join(counted(number, kind) for kind, number in sorted(one.kinds.items()))
    print(f"{one.file}: {t('{cards} as drafts', cards=cards or t('no card'))}.")
    if one.there:
        print(
            "  "
            + tn(
                "{n} question came before, such as {name}: the card stays as it is. To take one anew, delete its card "
                "first.",
                "{n} questions came before, such as {name}: the card stays as it is. To take one anew, delete its card "
                "first.",
                len(one.there),
                name=one.there[0],
            )
        )
    if one.unplaced:
        print(
            "  "
            + t(
                "{cards} in exercises/bank/to-be-placed: no chapter of the library is named by the category. "
                "Move each into its chapter's folder, or import with --chapter.",
                cards=counted(one.unplaced, "card"),
            )
        )
    kinds = Counter((loss.what, loss.why) for loss in one.losses)
    if kinds:
        print("  " + t("Not carried:"))
    for (what, why), number in kinds.most_common(SHOWN):
        names = [loss.question for loss in one.losses if (loss.what, loss.why) == (what, why) and loss.question]
        where = f"{t('{n} times', n=number)}: " if number > 1 else f"{names[0]}: " if names else ""
        print(f"  - {where}{what}: {why}.")
    if len(kinds) > SHOWN:
        print(f"  - {tn('and {n} more kind.', 'and {n} more kinds.', len(kinds) - SHOWN)}")


def _free(folder: Path, stem: str) -> Path:
    """A name for a table that is not taken yet."""
    path, number = folder / f"{stem}.csv", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}.csv", number + 1
    return path
