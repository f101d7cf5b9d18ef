"""The words of the book's glossary, as its page writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .render import inline

PAGE = "glossary"
#: A word in a text that leads to the glossary.
TERM = re.compile(r"\{term\}`(?:[^`<]*<)?([^`<>]+)>?`")
_OPENS = re.compile(r"^(`{3,})\{glossary\}[ \t]*$", re.MULTILINE)
_CITED = re.compile(r"\s?\{cite(?::[a-z]{1,9})?\}`[^`{]*`")
_NAMED = re.compile(r"\{term\}`([^`<{]*)(?:<[^`<>{]*>)?`")
_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\([^()]*\)")


def entries(page: str) -> dict[str, str]:
    """What a page's glossary says, as Markdown: word -> definition, in the order of the page."""
    opens = _OPENS.search(page)
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in page[opens.end() + 1 :].splitlines() if opens else ():
        if opens and line.rstrip() == opens[1]:
            break
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
    text = _CITED.sub("", definition)
    text = _NAMED.sub(lambda named: named[1].strip(), text)
    text = _LINK.sub(r"\1", text)
    return inline(text)
