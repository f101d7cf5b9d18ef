"""GIFT, the plain text in which Moodle and others take questions (docs.moodle.org, *GIFT format*)."""

from __future__ import annotations

import re

from .items import Essay, Item
from ..web.brand import brand

_SIGNS = re.compile(r"([\\~=#{}:])")


def write(found: list[Item], essays: list[Essay]) -> bytes:
    """The file: a category for each chapter, then its questions. GIFT has no place for a rubric."""
    parts, home = [], ""
    both: list[Item | Essay] = [*found, *essays]
    for one in both:
        if one.chapter != home:
            home = one.chapter
            parts.append(f"$CATEGORY: $course$/top/{brand().name.replace('/', '//')}/{home.replace('/', '//')}\n")
        parts.append(_question(one) if isinstance(one, Item) else _essay(one))
    return "\n".join(parts).encode()


def _plain(html: str) -> str:
    """HTML with the signs of GIFT escaped, on one line: an empty line would end the question."""
    return _SIGNS.sub(r"\\\1", " ".join(html.split()))


def _question(item: Item) -> str:
    lines = [_labels(item), f"::{_plain(item.name)}::[html]{_plain(item.stem)} {{"]
    for choice in item.choices:
        mark = f"~%{100 * choice.share:.5g}%" if item.many else "=" if choice.right else "~"
        lines.append(f"  {mark}{_plain(choice.text)}#{_plain(choice.why)}")
    return "\n".join([*lines, f"  ####{_plain(item.explain)}", "}", ""])


def _essay(essay: Essay) -> str:
    return f"{_labels(essay)}\n::{_plain(essay.title)}::[html]{_plain(essay.prompt)} {{}}\n"


def _labels(one: Item | Essay) -> str:
    """The comment from which Moodle takes the id number and the tags."""
    marks = [f"[id:{one.name}]", *(f"[tag:{tag}]" for tag in one.tags)]
    return "// " + " ".join(mark.replace("\\", "\\\\") for mark in marks)
