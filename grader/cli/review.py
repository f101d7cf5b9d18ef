"""Spaced review in the terminal."""

from __future__ import annotations

import sys
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .desk import Edition, Force, Private, Root, app, export, kept_private, load_library, replaces, stop
from ..counted import counted
from ..language import t

if TYPE_CHECKING:
    from ..cards.model import Question


@app.command()
def review(
    path: Annotated[
        Path, typer.Option("--file", help="Your review file; it is begun if it is not there.", callback=kept_private)
    ] = Path("~/candor-review.json"),
    exam: Annotated[str, typer.Option(help="The date of an examination: 2026-09-01; none to forget it.")] = "",
    chapter: Annotated[str, typer.Option(help="Only this chapter.")] = "",
    new: Annotated[int, typer.Option(help="At most so many new cards.")] = 10,
    library: Root = None,
    edition: Edition = None,
    private: Private = None,
) -> None:
    """Practice cards that are due, one by one; q ends. Wrong answers come again tomorrow, right ones later and
    later."""
    from datetime import date, datetime

    from ..cards.problem import near
    from ..cards.vocabulary import LETTERS
    from ..learner import spacing as spaced
    from ..notebook.reading import Reading
    from ..notebook.score import score

    found = load_library(library, private, edition=edition)
    if chapter and chapter not in found.chapters:
        stop(t("There is no chapter `{name}`. {near}", name=chapter, near=near(chapter, list(found.chapters))), 2)
    try:
        progress = spaced.read(path)
        if exam:
            progress.exam = None if exam == "none" else date.fromisoformat(exam)
            if progress.exam and progress.exam <= date.today():
                stop(t("{exam} is not ahead. Give the date of an examination to come, or none.", exam=exam), 2)
            spaced.write(path, progress)
    except spaced.Unreadable as error:
        stop(str(error), 2)
    except ValueError:
        stop(t("`{exam}` is not a date. Write it as 2026-09-01.", exam=exam), 2)
    names = sorted(
        card.name
        for card in found.questions.values()
        if card.use == "practice" and not card.retired and (not chapter or card.chapter == chapter)
    )
    queue = spaced.due(progress, names, datetime.now(UTC), new)
    if not queue:
        print(t("Nothing is due."))
        return
    for number, name in enumerate(queue, 1):
        card = found.questions[name]
        place = t("{number} of {of}", number=number, of=len(queue))
        title = found.chapters[card.chapter].title if card.chapter in found.chapters else card.chapter
        print(f"\n[{place}] {title}\n\n{_asked(card)}")
        known, given = LETTERS[: len(card.options)], ""
        while not given or set(given) - {*known, "Q"}:
            given = "".join(
                input(t("Your answer ({first} to {last}, q to stop):", first=known[0], last=known[-1]) + " ")
                .upper()
                .replace(",", " ")
                .split()
            )
        if "Q" in given:
            break
        right = score(card, Reading(tuple(dict.fromkeys(given)), "answered")).fraction == 1
        print("\n" + (t("Right.") if right else t("Best: {letters}.", letters=", ".join(card.key))) + "\n")
        print(_reasons(card))
        rating = 1
        if right:
            rating = {"h": 2, "e": 4}.get(
                input(t("How was it? h hard, Enter good, e easy:") + " ").strip().lower()[:1], 3
            )
        days = spaced.answer(progress, name, rating, datetime.now(UTC))
        spaced.write(path, progress)
        print(t("Again in {days}.", days=counted(days, "day")))
    print(("\n" + t("Kept in {path}.", path=path)), file=sys.stderr)


def _asked(card: Question) -> str:
    import textwrap

    from ..cards.vocabulary import LETTERS

    lines = [textwrap.fill(" ".join(card.story.split()), 100), "", textwrap.fill(" ".join(card.ask.split()), 100), ""]
    lines += [
        textwrap.fill(f"{letter}. {option.text}", 100, initial_indent="  ", subsequent_indent="     ")
        for letter, option in zip(LETTERS, card.options)
    ]
    return "\n".join(lines)


def _reasons(card: Question) -> str:
    import textwrap

    from ..cards.render import UNLESS, verdict
    from ..cards.vocabulary import LETTERS

    lines = [
        textwrap.fill(
            f"{letter}. {verdict(card, letter)}. {' '.join(option.why.split())}", 100, subsequent_indent="   "
        )
        for letter, option in zip(LETTERS, card.options)
    ]
    lines.append(textwrap.fill(" ".join(card.explain.split()), 100))
    lines += [textwrap.fill(f"{t(UNLESS)} {' '.join(card.unless.split())}", 100)] * bool(card.unless)
    return "\n".join(lines) + "\n"


@export.command("anki")
def export_anki(
    to: Annotated[
        Path | None, typer.Option(help="The deck to write; here, by the name of the program, outside the library.")
    ] = None,
    force: Force = False,
    library: Root = None,
    edition: Edition = None,
    private: Private = None,
) -> None:
    """Write the practice cards and the glossary, both ways, as an Anki deck; a newer one updates the cards, says which
    were withdrawn, and keeps what was learned."""
    from ..cards.library import find_root
    from ..learner import anki
    from ..web.brand import brand

    found = load_library(library, private, edition=edition)
    if to is None:
        to = Path(f"{brand().file}.apkg")
        if find_root(Path.cwd()):
            stop(t("This folder is the library's. Say where the deck goes: grader export anki --to ~/{to}", to=to), 2)
    if private:
        kept_private(to)
    replaces(to, force, lambda: anki.is_deck(to))
    made = anki.export(found, to)
    held = t(
        "{cards} and {words} of the glossary",
        cards=counted(made.cards, "card"),
        words=counted(made.words, "word"),
    )
    if made.withdrawn:
        held = t("{held}; {gone} withdrawn", held=held, gone=made.withdrawn)
    print(f"{to}: {held}.")
