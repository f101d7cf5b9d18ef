"""What a question of another system is called: in messages, and as the file of a card."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from .markup import one_line
from .taken import Asked
from ...cards.library import NAME

_LONGEST = 60  # characters of a name that is made from a title
#: An id that a machine gave, and a title that a system writes where an author wrote none: they name nothing.
_MACHINE = re.compile(r"[_\d.-]{3,}|[a-z]{0,4}_?[0-9a-f][0-9a-f_-]{11,}", re.IGNORECASE)
_GENERAL = re.compile(r"(?:question|item|untitled|frage|pregunta|vraag|domanda)?[\s\d.:_-]{0,20}", re.IGNORECASE)


def wanted(asked: Asked) -> str:
    """A name for its card: by its id, its title or its first words, the first of them that Latin letters can write;
    else `question-` and a few signs of its digest, which are the same at the next import."""
    first = " ".join(one_line(asked.stem).split()[:6])
    own = "" if _MACHINE.fullmatch(asked.id) else asked.id
    title = "" if _GENERAL.fullmatch(asked.title) or _MACHINE.fullmatch(asked.title) else asked.title
    for text in (own, title, first):
        name = slug(text)
        if name and _speaks(name, text):
            return name
    digest = hashlib.sha256(f"{asked.id}\0{asked.title}\0{asked.stem}".encode()).hexdigest()
    return f"question-{digest[:6]}"


def said(title: str, stem: str, own: str) -> str:
    """What messages call a question: its title, or its first words where a system wrote one for it."""
    first = " ".join(one_line(stem).split())
    short = first if len(first) <= _LONGEST else first[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return short or own if not title or _GENERAL.fullmatch(title) or _MACHINE.fullmatch(title) else title


def slug(text: str) -> str:
    """A name from any words: `Maria & Tom (2)` -> `maria-tom-2`; empty where nothing is left."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", bare))
    if len(words) > _LONGEST and not NAME.fullmatch(text):
        words = words[:_LONGEST].rsplit("-", 1)[0]
    return words


def _speaks(name: str, text: str) -> bool:
    """Whether a name says what the text says: of Arabic, Greek or Japanese words next to nothing is left."""
    letters = sum(unicodedata.category(sign)[0] == "L" for sign in text[: 2 * _LONGEST])
    kept = sum(sign.isalpha() for sign in name)
    return kept > 0 and 2 * kept >= min(letters, _LONGEST)
