"""The language of a build: what the scripts of its pages say, in a file beside them, and in what a page is written."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from .library import library_of
from ..language import BOOK, ENGLISH, for_scripts, language, script_file
from ..web.files import write

#: Before every script of ours, by Sphinx's order.
FIRST = 100


def add(app: Sphinx, folder: Path) -> None:
    """Put what the scripts say into a folder of static files, and the file on every page; nothing in English, which
    they speak."""
    if text := for_scripts(BOOK):
        write(folder / script_file(), text, lasting=False)
        app.add_js_file(script_file(), loading_method="defer", priority=FIRST)


def written_in(app: Sphinx, pagename: str) -> str:
    """The tag of the language in which a page's text is written: what its chapter says; that of the edition which
    brought the page; or the library's English."""
    library = library_of(app)
    chapter = library.chapters.get(pagename.rpartition("/")[2])
    if chapter is not None and chapter.language:
        return str(chapter.language)
    if library.program and library.source(f"book/{pagename}.md").is_relative_to(library.program.folder):
        return str(library.program.language)
    return language() if language().split("-")[0] == ENGLISH else ENGLISH
