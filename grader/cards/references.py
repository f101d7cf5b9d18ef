"""What on a page leads to something that is gone, and the page without it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .problem import Text

_LINK = re.compile(r"\[([^\[\]]{0,400})\]\(([^()\s]{1,200})\)(\{[.#][^{}\n]{0,200}\})?")
_LABEL = re.compile(r"^\(([a-z0-9-]{1,100})\)=[ \t]*$", re.MULTILINE)
_OPEN = re.compile(r"(`{3,}|:{3,})\{([a-z-]+)\}")
#: Directives that show one card, by its name.
SHOWN = ("question", "set", "vignette", "requirements", "coverage", "place")
#: Directives whose lines name cards.
LISTED = ("bodies", "sheets", "protocols", "conversations")


@dataclass(frozen=True)
class Gone:
    """What is not there any more: pages by their names, labels of places in them, and cards as `question:NAME`, by the
    directive that shows them; those that stand in lists as `listed:NAME`."""

    pages: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    cards: frozenset[str] = frozenset()


def labels(text: str) -> set[str]:
    """The labels that stand on a page."""
    return set(_LABEL.findall(text))


def refers(page: str, text: Text, gone: Gone) -> bool:
    """Whether anything on a page leads to what is gone."""
    return without(page, text, gone) != text


def without(page: str, text: Text, gone: Gone) -> Text:
    """A page without what leads to something gone: of a link the words stay, a directive goes. No line moves."""
    made = "\n".join(_shown(text.split("\n"), gone))

    def words(match: re.Match[str]) -> str:
        stays = "" if match[3] else match[1]  # a button that leads nowhere is no sentence
        return stays if _leads(page, match[2], gone) else match[0]

    return Text(_LINK.sub(words, made), text.line, text.column)


def _leads(page: str, address: str, gone: Gone) -> bool:
    """Whether an address on a page is one of what is gone."""
    if "://" in address:
        return False
    path, _, label = address.partition("#")
    home = "" if path.startswith("/") else posixpath.dirname(page)
    target = posixpath.normpath(posixpath.join(home, path.lstrip("/"))).removesuffix(".md")
    return target in gone.pages if path else label in gone.labels


def _shown(lines: Iterable[str], gone: Gone) -> Iterator[str]:
    """The lines, empty where a directive shows a card that is gone, without its name where a list has it."""
    end, block = "", list[str]()
    for line in lines:
        match = _OPEN.match(line) if not block else None
        if match and match[2] in (*SHOWN, *LISTED):
            end, block = match[1], [line]
        elif not block:
            yield line
        else:
            block.append(line)
            if line.strip() == end:
                yield from _left(block, gone)
                block = []
    yield from block


def _left(block: list[str], gone: Gone) -> list[str]:
    """The lines of a directive without what is gone."""
    match = _OPEN.match(block[0])
    what, first = (match[2], block[0][match.end(2) + 1 :]) if match else ("", "")
    if what in SHOWN:
        hidden = f"{what}:{first.strip()}" in gone.cards
    else:
        rows = [first, *block[1:-1]]
        left = [" ".join(word for word in row.split() if f"listed:{word}" not in gone.cards) for row in rows]
        hidden = any(rows) and not any(left)
        if not hidden and left != [row.strip() for row in rows]:
            head = block[0][: len(block[0]) - len(first)]
            block = [f"{head} {left[0]}".rstrip(), *left[1:], block[-1]]
    return [""] * len(block) if hidden else block
