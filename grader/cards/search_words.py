"""What the site's search knows beside the text of the pages: `book/search-words.yml`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import yaml

FILE = "book/search-words.yml"


@dataclass(frozen=True)
class SearchWords:
    """`ignore`: words that say nothing of what is looked for. `same`: groups of words for one thing, its own first.
    `sections`: page -> objective or label of a section ("" for the page) -> words that lead there."""

    ignore: tuple[str, ...] = ()
    same: tuple[tuple[str, ...], ...] = ()
    sections: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)


def read(path: Path) -> SearchWords:
    """The words in a file; none where there is none. Raises ValueError, with one line for the
    author, where it has another form."""
    if not path.is_file():
        return SearchWords()
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        return SearchWords(
            tuple(str(found.get("ignore", "")).split()),
            tuple(tuple(str(word) for word in group) for group in found.get("same", ())),
            {
                str(page): {str(name): tuple(str(word) for word in words) for name, words in places.items()}
                for page, places in found.get("sections", {}).items()
            },
        )
    except (yaml.YAMLError, AttributeError, TypeError) as error:
        line = " ".join(str(error).split())
        raise ValueError(f"{FILE}: it has not the form that its first lines tell ({line}).") from None


def plain(text: str) -> str:
    """Small letters and figures, words apart by one space, without marks; an apostrophe joins. As `plain` of
    js/src/book/query.js."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’]", "", bare)).split())
