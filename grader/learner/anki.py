"""Practice cards as an Anki deck. Ids are stable, and notes bear the time of the export: Anki takes what is newer,
and keeps what was learned."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import genanki

from ..cards.library import Library
from ..cards.model import Question
from ..cards.render import HOW, block, inline, verdict
from ..cards.vocabulary import LETTERS
from ..web.brand import brand

MODEL = 1_693_410_217  # chosen once; another number would be another kind of note in Anki
_STYLE = (
    ".card { font: 18px/1.5 system-ui, sans-serif; text-align: left; max-width: 42em; margin: auto; padding: 1em; } li"
    " { margin: .4em 0; } .why { opacity: .85; }"
)


@dataclass(frozen=True)
class Note:
    """A card with the title of its chapter and the part that its deck is named after."""

    card: Question
    chapter: str
    part: str


def export(library: Library, path: Path, now: float | None = None) -> int:
    """Write the deck of the practice cards; their number. `now` is the time of its notes, in seconds since 1970."""
    notes = []
    for card in sorted(library.questions.values(), key=lambda card: card.name):
        chapter = library.chapters.get(card.chapter)
        if card.published and chapter is not None:
            part = library.parts.get(f"{chapter.part}/{chapter.name}", chapter.part)
            notes.append(Note(card, str(chapter.title), part))
    write(notes, path, now)
    return len(notes)


def write(notes: Iterable[Note], path: Path, now: float | None = None) -> None:
    """Write a deck for each part."""
    model = genanki.Model(
        MODEL,
        f"{brand().name} question",
        fields=[{"name": name} for name in ("Name", "Question", "Answer", "Chapter")],
        templates=[
            {
                "name": "Card",
                "qfmt": "{{Question}}",
                "afmt": "{{FrontSide}}<hr id=answer>{{Answer}}<p class=why>{{Chapter}}</p>",
            }
        ],
        css=_STYLE,
    )
    decks: dict[str, genanki.Deck] = {}
    for note in notes:
        card, name = note.card, f"{brand().name}::{note.part}"
        number = 1_500_000_000 + zlib.crc32((name if brand().credit else note.part).encode()) % 500_000_000
        deck = decks.setdefault(note.part, genanki.Deck(number, name))
        deck.add_note(
            genanki.Note(
                model=model,
                fields=[card.name, _front(card), _back(card), inline(note.chapter)],
                guid=genanki.guid_for("candor", card.outside),
                tags=[card.chapter, str(card.level), *([f"set-{card.set}"] if card.set else [])],
            )
        )
    genanki.Package(list(decks.values())).write_to_file(str(path), timestamp=time.time() if now is None else now)


def _front(card: Question) -> str:
    options = "".join(
        f"<li><b>{letter}.</b> {inline(option.text)}</li>" for letter, option in zip(LETTERS, card.options)
    )
    return (
        f"{block(card.story)}<p><b>{inline(card.ask)}</b> <i>{HOW[card.kind]}</i></p><ul"
        f" style='list-style:none;padding:0'>{options}</ul>"
    )


def _back(card: Question) -> str:
    """Each option in its own words, with its verdict and its reason: the front may have scrolled away."""
    options = "".join(
        f"<li>{letter}. {inline(option.text)}<br><b>{verdict(card, letter)}.</b> {inline(option.why)}</li>"
        for letter, option in zip(LETTERS, card.options)
    )
    unless = f"<p><i>Unless:</i> {inline(card.unless)}</p>" if card.unless else ""
    return f"<ul style='list-style:none;padding:0'>{options}</ul><p>{inline(card.explain)}</p>{unless}"
