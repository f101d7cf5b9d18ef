"""What the page of flashcards knows: the glossary's words, and the facts at a glance of chapters."""

from __future__ import annotations

import re
from collections import defaultdict
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from .library import library_of
from .practice import in_script
from .tables import in_order
from .terms import places
from ..cards import glossary
from ..cards.library import Library
from ..cards.render import inline
from ..learner.spacing import PARAMETERS
from ..web.files import write as write_file

FILE = "candor-deck.js"
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


def text(library: Library, known: dict[str, str]) -> str:
    """The script; it sets `window.candorDeck`. `known`: each word of the glossary and its place on the page."""
    made = {"parameters": PARAMETERS, "words": words(library, known), "facts": facts(library)}
    return in_script("candorDeck", made)


def words(library: Library, known: dict[str, str]) -> list[tuple[str, str, str, str, list[str]]]:
    """Of each word: its name, the word and its meaning as HTML, where it stands, and the pages that use it."""
    used: dict[str, list[str]] = defaultdict(list)
    for page, body in sorted(library.pages.items()):
        for word in glossary.used(body) if page != glossary.PAGE else ():
            used[word].append(page)
    return [
        (
            known[word].removeprefix("term-"),
            escape(word, quote=False),
            glossary.shown(meaning),
            f"{glossary.PAGE}.html#{known[word]}",
            used[word.lower()],
        )
        for word, meaning in glossary.words(library.pages).items()
        if word in known and meaning
    ]


def facts(library: Library) -> list[tuple[str, str, str, str, str]]:
    """Of each fact: its name, what it is about and what it says as HTML, and the page and title of its chapter."""
    found = []
    for chapter in in_order(library):
        page = f"{chapter.part}/{chapter.name}"
        for box in FACTS.findall(library.pages.get(page, "")):
            found += [
                (
                    f"{chapter.name}/{nodes.make_id(lead)}",
                    glossary.shown(lead),
                    glossary.shown(said),
                    f"{page}.html",
                    inline(str(chapter.title)),
                )
                for lead, said in FACT.findall(box)
            ]
    return found
