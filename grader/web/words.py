"""Words as a page sets them: quotation marks and apostrophes that curl."""

from __future__ import annotations

import re

from markupsafe import Markup

from ..language import direction, language, other

_RULES = (
    (re.compile(r'(^|[\s(\[–—])"'), r"\1“"),
    (re.compile(r'"'), "”"),
    (re.compile(r"(^|[\s(\[–—“])'"), r"\1‘"),
    (re.compile(r"'"), "’"),
)


def typeset(text: object) -> object:
    """Our own words with typographic marks.

    HTML (`Markup`) and what is no text stays as it is; never use it on what somebody typed.
    """
    if not isinstance(text, str) or isinstance(text, Markup):
        return text
    for pattern, mark in _RULES:
        text = pattern.sub(mark, text)
    return text


def written_in(tag: str, html: Markup | str, block: bool = False) -> Markup:
    """HTML that somebody wrote in the language of this tag: inside an element that says so, where the interface speaks
    another one. `block`: it holds paragraphs."""
    if not html or not other(tag):
        return Markup(html)
    name = "div" if block else "span"
    return Markup(f"<{name}{{}}>{{}}</{name}>").format(attributes(tag), Markup(html))


def attributes(tag: str, around: str = "") -> Markup:
    """` lang="es"`, for an element whose text is in another language than what stands around it (the interface's by
    default), with the direction where that differs, too; else empty."""
    if not other(tag, around):
        return Markup("")
    side = direction(tag)
    turned = Markup(' dir="{}"').format(side) if side != direction(around or language()) else Markup("")
    return Markup(' lang="{}"').format(tag) + turned
