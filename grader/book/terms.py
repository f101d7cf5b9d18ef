"""Words of the glossary in the text: each opens a small card with what the glossary says.

The cards stand in the page, in a `template`, which no browser shows and no printer prints: a script opens them, from a
folder on disk too. Without it the word leads to the glossary.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain

from .library import library_of
from ..cards import glossary
from ..language import t
from ..web.words import typeset

WORDS = "candor-words"


def note(app: Sphinx, doctree: nodes.document) -> None:
    """A page that uses a word of the glossary is read again when the glossary changes."""
    if any(one.get("reftype") == "term" for one in doctree.findall(addnodes.pending_xref)):
        app.env.note_dependency(str(Path(app.env.doc2path(glossary.PAGE))))


def mark(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Mark the words that lead to the glossary, and put what it says of them at the page's end."""
    if app.builder.format != "html" or docname == glossary.PAGE:
        return
    texts, known = glossary.words(library_of(app).pages), places(app)
    said = {place: (word, texts[word]) for word, place in known.items() if word in texts}
    home = app.builder.get_relative_uri(docname, glossary.PAGE) if glossary.PAGE in app.env.found_docs else ""
    shown: dict[str, str] = {}
    for link in doctree.findall(nodes.reference):
        page, _, place = str(link.get("refuri") or "").partition("#")
        if page == home and place in said:
            link["classes"].append("candor-term")
            link.attributes.pop("reftitle", None)
            shown[place] = _card(f"{home}#{place}", place, *said[place])
    section = next(iter(doctree.findall(nodes.section)), None)
    if shown and section is not None:
        held = "".join(shown[place] for place in sorted(shown))
        section.append(nodes.raw("", f'<template class="{WORDS}">{held}</template>', format="html"))


def places(app: Sphinx) -> dict[str, str]:
    """Each word of the glossary, and its place on the page."""
    objects = cast(StandardDomain, app.env.get_domain("std")).objects
    return {word: place for (kind, word), (page, place) in objects.items() if kind == "term" and page == glossary.PAGE}


def _card(address: str, place: str, word: str, text: str) -> str:
    return (
        f'<div id="{escape(place)}"><p class="candor-word">{typeset(escape(word, quote=False))}</p>'
        f'<p>{glossary.shown(text)}</p><p class="candor-more"><a href="{escape(address)}">{t("In the glossary")}</a>'
        "</p></div>"
    )
