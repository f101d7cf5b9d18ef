"""Figures stand in the page itself, so that their colours and letters are the page's: light, dark and on paper."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from .directive import html


def inline(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put each figure's drawing into the page in place of a picture of it."""
    if app.builder.format != "html":
        return
    for figure in doctree.findall(nodes.figure):
        for image in [image for image in figure.findall(nodes.image) if image["uri"].endswith(".svg")]:
            path = Path(app.srcdir) / image["uri"]
            image.replace_self(html(drawing(path.read_text(encoding="utf-8"), path.stem, image.get("alt", ""))))


def drawing(text: str, name: str, alt: str) -> str:
    """A drawing as part of a page: `alt` says it in words, and its inner names are its own.

    Its title would open as a tooltip over the text, and its description repeats `alt`: both stay in the file.
    """
    first, last = text.find("<svg"), text.rfind("</svg>")
    if first < 0 or last < first:
        return ""
    svg = _without(_without(text[first : last + len("</svg>")], "title"), "desc")
    svg = (
        re.sub(r'\s(?:role|aria-labelledby|xmlns|width|height)="[^"]*"', "", svg[: svg.index(">")])
        + svg[svg.index(">") :]
    )
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', svg)
    svg = re.sub(r'(url\(#|href="#)', rf"\1{name}-", svg)
    svg = svg.replace("<svg", f'<svg role="img" aria-label="{escape(alt)}"', 1)
    return f'<div class="candor-figure" tabindex="0">{svg}</div>'  # it scrolls where it is wider than the screen


def _without(svg: str, tag: str) -> str:
    """A drawing without the first element of this name."""
    before, opened, rest = svg.partition(f"<{tag}")
    return before + rest.partition(f"</{tag}>")[2].lstrip() if opened else svg
