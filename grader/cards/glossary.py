"""The words of the book's glossary, as its page writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .render import inline

PAGE = "glossary"
#: A word in a text that leads to the glossary.
TERM = re.compile(r"\{term\}`(?:[^`<]*<)?([^`<>]+)>?`")
_BLOCK = re.compile(r"^(`{3,})\{glossary\}[ \t]*\n(.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL)


def entries(page: str) -> dict[str, str]:
    """What a page's glossary says, as Markdown: word -> definition, in the order of the page."""
    block = _BLOCK.search(page)
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in block[2].splitlines() if block else ():
        if line[:1].strip():
            lines = lines if not lines and found else []  # words without a line between them share what is said
            found[line.strip()] = lines
        else:
            lines.append(line.strip())
    return {word: " ".join(filter(None, some)) for word, some in found.items()}


def words(pages: Mapping[str, str]) -> dict[str, str]:
    """Those of a book's glossary; `pages` by their names."""
    return entries(pages.get(PAGE, ""))


def used(page: str) -> set[str]:
    """The words that lead from a page to the glossary, in small letters."""
    return {" ".join(word.split()).lower() for word in TERM.findall(page)}


def shown(definition: str) -> str:
    """A text as HTML, for where it stands alone: without citations, its links as plain words."""
    text = re.sub(r"\s*\{cite(?::[a-z]+)?\}`[^`]*`", "", definition)
    text = re.sub(r"\{term\}`([^`<]*?)\s*(?:<[^`]*>)?`", r"\1", text)
    text = re.sub(r"(?<!!)\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return inline(text)
