"""Beside the text of a chapter, a protocol or a conversation: a row for the tools that `candor-reading.js` puts there,
and the rules by which it warns of what may identify a client in a note."""

from __future__ import annotations

import json
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from .directive import html
from .practice import in_script
from ..notebook.guard import RULES
from ..web.files import write as write_file

TOOLS = "candor-tools"
SCRIPT = "candor-reading.js"
GUARD = "candor-guard.js"


def add(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """The row, below the badge of a page that has one."""
    if app.builder.format == "html":
        for badge in [one for one in doctree.findall(nodes.paragraph) if "candor-badge" in one["classes"]][:1]:
            badge.parent.insert(badge.parent.index(badge) + 1, html(f'<div class="{TOOLS}"></div>'))


def write(app: Sphinx, exception: Exception | None) -> None:
    """After the pages: the rules, as a script, which a page from a folder on disk can load too."""
    if exception or app.builder.format != "html":
        return
    path = Path(app.outdir) / "_static" / GUARD
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, in_script("candorGuard", json.loads(RULES.read_text(encoding="utf-8"))), lasting=False)
