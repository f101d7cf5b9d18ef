"""The language of a build: what the scripts of its pages say, in a file beside them."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from ..language import BOOK, for_scripts, script_file
from ..web.files import write

#: Before every script of ours, by Sphinx's order.
FIRST = 100


def add(app: Sphinx, folder: Path) -> None:
    """Put what the scripts say into a folder of static files, and the file on every page; nothing in English, which
    they speak."""
    if text := for_scripts(BOOK):
        write(folder / script_file(), text, lasting=False)
        app.add_js_file(script_file(), loading_method="defer", priority=FIRST)
