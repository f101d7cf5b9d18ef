"""Practice cards and the words of the glossary as an Anki deck. Ids are stable, and notes bear the time of the export:
Anki takes what is newer, and keeps what was learned. What Anki has once taken stays with its learner: a card that was
retired is therefore written on, as a note that says so.

A card's id is `Question.outside`, which outlives its file's name; a word's is the word. A learner who changed a note,
or its fields, keeps that.
"""

from __future__ import annotations

import re
import time
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path

import genanki

from ..cards import glossary
from ..cards.chapter import language_of
from ..cards.library import Library
from ..cards.model import Question
from ..cards.render import HOW, UNLESS, block, inline, verdict
from ..cards.vocabulary import LETTERS
from ..language import ENGLISH, language, t
from ..web.brand import brand
from ..web.words import written_in

# Chosen once; other numbers would be other kinds of note in Anki.
MODEL, WORD_MODEL = 1_693_410_217, 1_693_410_218
WITHDRAWN = "withdrawn"  # the tag by which a learner finds them
_STYLE = (
    ".card { font: 18px/1.5 system-ui, sans-serif; text-align: left; max-width: 42em; margin: auto; padding: 1em; } li"
    " { margin: .4em 0; } .why { opacity: .85; }"
)


@dataclass(frozen=True)
class Note:
    """A card with the title of its chapter and the part that its deck is named after. `withdrawn`: it is no longer
    asked; `instead`: what is asked instead, where that is in the library."""

    card: Question
    chapter: str
    part: str
    withdrawn: bool = False
    instead: Question | None = None


@dataclass(frozen=True)
class Written:
    """How many notes a deck has: cards, words of the glossary, and cards that were withdrawn."""

    cards: int
    words: int
    withdrawn: int


def is_deck(path: Path) -> bool:
    """Whether a file is a deck for Anki, which a newer one may replace."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.startswith("collection.anki2") for name in archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False


def export(library: Library, path: Path, now: float | None = None) -> Written:
    """Write the deck of the practice cards, with the glossary's words both ways. `now` is the time of its notes, in
    seconds since 1970."""
    notes = []
    for card in sorted(library.questions.values(), key=lambda card: card.name):
        chapter = library.chapters.get(card.chapter)
        if card.use == "practice" and chapter is not None:
            part = library.parts.get(f"{chapter.part}/{chapter.name}", chapter.part)
            instead = library.questions.get(card.review.partition("retired, see ")[2])
            public = instead if instead is not None and instead.published else None
            notes.append(Note(card, str(chapter.title), part, card.retired, public))
    words = {word: said for word, said in glossary.words(library.pages).items() if said}
    write(notes, path, now, words, language_of(glossary.PAGE, library))
    withdrawn = sum(note.withdrawn for note in notes)
    return Written(len(notes) - withdrawn, len(words), withdrawn)


def write(
    notes: Iterable[Note],
    path: Path,
    now: float | None = None,
    words: dict[str, str] | None = None,
    tag: str = ENGLISH,
) -> None:
    """Write a deck for each part, and one for `words`: word -> definition, as the glossary has it, in the language of
    this `tag`."""
    decks: dict[str, genanki.Deck] = {}
    model = _question_model()
    for note in notes:
        card = note.card
        _deck(decks, note.part).add_note(
            genanki.Note(
                model=model,
                fields=[
                    card.name,
                    *map(_spoken, _gone(note) if note.withdrawn else (_front(card), _back(card))),
                    inline(note.chapter),
                ],
                guid=genanki.guid_for("candor", card.outside),
                tags=[
                    card.chapter,
                    str(card.level),
                    *([f"set-{card.set}"] if card.set else []),
                    *([WITHDRAWN] if note.withdrawn else []),
                ],
            )
        )
    model = _word_model()
    for word, said in (words or {}).items():
        name, meaning = escape(word, quote=False), glossary.shown(said)
        fields = [f'<span lang="{tag}">{one}</span>' for one in (name, meaning, masked(meaning, name))]
        note_id = genanki.guid_for("candor", "word", word.lower())
        _deck(decks, t("Glossary")).add_note(genanki.Note(model=model, fields=fields, guid=note_id, tags=["glossary"]))
    genanki.Package(list(decks.values())).write_to_file(str(path), timestamp=time.time() if now is None else now)


def _deck(decks: dict[str, genanki.Deck], part: str) -> genanki.Deck:
    """That of a part; in an edition its number is the edition's own."""
    name = f"{brand().name}::{part}"
    number = 1_500_000_000 + zlib.crc32((name if brand().credit else part).encode()) % 500_000_000
    return decks.setdefault(part, genanki.Deck(number, name))


def _question_model() -> genanki.Model:
    answer = "{{FrontSide}}<hr id=answer>{{Answer}}<p class=why>{{Chapter}}</p>"
    return genanki.Model(
        MODEL,
        f"{brand().name} question",
        fields=[{"name": name} for name in ("Name", "Question", "Answer", "Chapter")],
        templates=[{"name": "Card", "qfmt": "{{Question}}", "afmt": answer}],
        css=_STYLE,
    )


def _word_model() -> genanki.Model:
    """A word both ways: two cards of one note."""
    what = f"<p class=why>{t('What does it mean?')}</p>"
    which = f"<p class=why>{t('Which word is it?')}</p>"
    return genanki.Model(
        WORD_MODEL,
        f"{brand().name} word",
        fields=[{"name": name} for name in ("Word", "Meaning", "Asked")],
        templates=[
            {
                "name": "Word to meaning",
                "qfmt": what + "<b>{{Word}}</b>",
                "afmt": "{{FrontSide}}<hr id=answer>{{Meaning}}",
            },
            {
                "name": "Meaning to word",
                "qfmt": which + "{{Asked}}",
                "afmt": "{{FrontSide}}<hr id=answer><b>{{Word}}</b><p>{{Meaning}}</p>",
            },
        ],
        css=_STYLE,
    )


def masked(text: str, word: str) -> str:
    """A text as HTML without the word that it explains: no answer stands in the question. As `masked` of
    js/src/book/deck.js."""
    found = re.compile(rf"(<[^<>]*>)|(?<![^\W_]){re.escape(word)}(?:e?s)?(?![^\W_])", re.IGNORECASE)
    return found.sub(lambda one: one[1] or "…", text)


def _gone(note: Note) -> tuple[str, str]:
    """What stands on a card that was withdrawn, in the place of what it asked."""
    why = t(
        "It is no longer part of {name}. In Anki's browser `tag:withdrawn` finds it, to be deleted.", name=brand().name
    )
    front = f"<p><b>{t('This question was withdrawn.')}</b> {inline(why)}</p>"
    if note.instead is None:
        return front, ""
    return front, f"<p><b>{t('What is asked instead')}</b></p>{_front(note.instead)}{_back(note.instead)}"


def _spoken(html: str) -> str:
    """A field in the language of the interface, which Anki would not know of: it may speak another one."""
    return f'<div lang="{language()}">{html}</div>' if html else ""


def _front(card: Question) -> str:
    told = partial(written_in, card.written_in)
    options = "".join(
        f"<li><b>{letter}.</b> {told(inline(option.text))}</li>" for letter, option in zip(LETTERS, card.options)
    )
    return (
        f"{told(block(card.story), block=True)}<p><b>{told(inline(card.ask))}</b> <i>{t(HOW[card.kind])}</i></p><ul"
        f" style='list-style:none;padding:0'>{options}</ul>"
    )


def _back(card: Question) -> str:
    """Each option in its own words, with its verdict and its reason: the front may have scrolled away."""
    told = partial(written_in, card.written_in)
    options = "".join(
        f"<li>{letter}. {told(inline(option.text))}<br><b>{verdict(card, letter)}.</b> {told(inline(option.why))}</li>"
        for letter, option in zip(LETTERS, card.options)
    )
    unless = f"<p><i>{t(UNLESS)}</i> {told(inline(card.unless))}</p>" if card.unless else ""
    return f"<ul style='list-style:none;padding:0'>{options}</ul><p>{told(inline(card.explain))}</p>{unless}"
