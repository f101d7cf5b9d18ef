"""What the page of flashcards knows: the glossary's words, and the facts at a glance of chapters. Beside the pages, and
linked there, the same deck for Anki that `grader export anki` writes."""

from __future__ import annotations

import os
import re
import shutil
from collections import defaultdict
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from .directive import html, megabytes
from .library import library_of
from .practice import in_script
from .tables import in_order
from .terms import places
from ..cards import glossary
from ..cards.chapter import language_of
from ..cards.library import Library
from ..cards.render import inline
from ..language import t
from ..learner import anki
from ..learner.spacing import PARAMETERS
from ..web.brand import brand
from ..web.files import write as write_file
from ..web.words import written_in

FILE = "candor-deck.js"
ANKI = "anki"  # the folder of the deck for Anki: a part of its own for those who keep the book on a device
FACTS = re.compile(r"^## Facts at a glance\n(.*?)(?=^#|^`{3}|^:{3}|\Z)", re.MULTILINE | re.DOTALL)
#: `1. **Never with nitrates.** Sprays, patches ...`
FACT = re.compile(r"^\d+\. \*\*(.+?)\*\*[ ]*(.+)$", re.MULTILINE)


def write(app: Sphinx, exception: Exception | None) -> None:
    """After the pages: the file of the flashcards."""
    if exception or app.builder.format != "html":
        return
    path = Path(app.outdir) / "_static" / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, text(library_of(app), places(app)), lasting=False)


def _for_anki(app: Sphinx) -> Path:
    return Path(app.outdir) / ANKI / f"{brand().file}.apkg"


def put_beside(app: Sphinx) -> None:
    """Before the pages, which say how large it is: the deck for Anki."""
    if app.builder.format != "html":
        return
    path, stamp = _for_anki(app), os.environ.get("SOURCE_DATE_EPOCH")
    shutil.rmtree(path.parent, ignore_errors=True)
    path.parent.mkdir(parents=True)
    anki.export(library_of(app), path, float(stamp) if stamp else None)


def link(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """On the page of flashcards, at its end: the deck for Anki."""
    section, path = next(iter(doctree.findall(nodes.section)), None), _for_anki(app)
    if section is None or not any("data-candor-flashcards" in raw.astext() for raw in doctree.findall(nodes.raw)):
        return
    if app.builder.format == "html":
        said = t(
            '<strong>For Anki:</strong> <a href="{way}" download>a deck</a> ({size}) with the practice questions, each'
            " option with its reason, and the glossary's words both ways. A newer deck that you import over it brings"
            " what has changed, and keeps what you have learned.",
            way=f"{'../' * docname.count('/')}{ANKI}/{path.name}",
            size=megabytes(path),
        )
        section += html(f'<p class="candor-assignment">{said}</p>')


def text(library: Library, known: dict[str, str]) -> str:
    """The script; it sets `window.candorDeck`. `known`: each word of the glossary and its place on the page."""
    made = {"parameters": PARAMETERS, "words": words(library, known), "facts": facts(library)}
    return in_script("candorDeck", made)


def words(library: Library, known: dict[str, str]) -> list[tuple[str, str, str, str, list[str]]]:
    """Of each word: its name, the word and its meaning as HTML, where it stands, and the pages that use it."""
    used: dict[str, list[str]] = defaultdict(list)
    tag = language_of(glossary.PAGE, library)
    for page, body in sorted(library.pages.items()):
        for word in glossary.used(body) if page != glossary.PAGE else ():
            used[word].append(page)
    return [
        (
            known[word].removeprefix("term-"),
            written_in(tag, escape(word, quote=False)),
            written_in(tag, glossary.shown(meaning)),
            f"{glossary.PAGE}.html#{known[word]}",
            used[word.lower()],
        )
        for word, meaning in glossary.words(library.pages).items()
        if word in known and meaning
    ]


def facts(library: Library) -> list[tuple[str, str, str, str, str]]:
    """Of each fact: its name, what it is about and what it says as HTML, and the page and title of its chapter."""
    found: list[tuple[str, str, str, str, str]] = []
    for chapter in in_order(library):
        page = f"{chapter.part}/{chapter.name}"
        tag = language_of(page, library)
        for box in FACTS.findall(library.pages.get(page, "")):
            found += [
                (
                    f"{chapter.name}/{nodes.make_id(lead)}",
                    written_in(tag, glossary.shown(lead)),
                    written_in(tag, glossary.shown(said)),
                    f"{page}.html",
                    inline(str(chapter.title)),
                )
                for lead, said in FACT.findall(box)
            ]
    return found
