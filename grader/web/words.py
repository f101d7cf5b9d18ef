"""Words as a page sets them: quotation marks and apostrophes that curl."""

from __future__ import annotations

import re

from markupsafe import Markup

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
