"""Links to the book as files, where they lie beside it: a dead link helps nobody."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from .edition import edition
from ..directive import html, megabytes
from ..library import library_of
from ...language import t

ABOUT = "front/how-to-use"  # the page that says what the book is; it leads to all of it
TYPES = {".pdf": "application/pdf", ".epub": "application/epub+zip"}


def link(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """At a chapter's end: the chapter as PDF. On the page about the book, or on the first page of an edition without
    one: all of it, as PDF and as EPUB."""
    section = next(iter(doctree.findall(nodes.section)), None)
    if app.builder.format != "html" or section is None:
        return
    name, book = docname.rpartition("/")[2], edition(app).file
    files = {}
    if name in library_of(app).chapters:
        files = {f"pdf/{name}.pdf": t("this chapter as PDF")}
    elif docname == (ABOUT if ABOUT in app.env.found_docs else app.config.root_doc):
        files = {f"pdf/{book}.pdf": t("the book as PDF"), f"epub/{book}.epub": t("the book as EPUB")}
    up = "../" * docname.count("/")
    links = [
        f'<a href="{up}{file}" type="{TYPES[Path(file).suffix]}">{words}</a> ({megabytes(Path(app.outdir) / file)})'
        for file, words in files.items()
        if (Path(app.outdir) / file).is_file()
    ]
    if links:
        said = t("<strong>To keep or print:</strong> {links}.", links="; ".join(links))
        section += html(f'<p class="candor-assignment">{said}</p>')
