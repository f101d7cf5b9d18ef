"""Which questions of a file are there already: from an earlier import, or in the library that they came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from .drafts import parted
from .markup import one_line
from .taken import Asked, Choice, Matching
from ...cards.library import Library

_KNOWN = re.compile(r"^known_as: (.+)$", re.MULTILINE)
_MOST = 120  # letters of what is asked that are compared


@dataclass
class There:
    """`own`: id -> place, of cards in the folder that is imported into, whatever became of their words. `heads`: the
    first line of such a card, which says its file and its title -> where each stands, and its letters. `others`: id ->
    place and letters, of cards beside: there an id may be the same by chance."""

    own: dict[str, str] = field(default_factory=dict)
    heads: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    others: dict[str, tuple[str, str]] = field(default_factory=dict)

    def place(self, asked: Asked, head: str) -> str:
        """Where the card of a question stands; empty where it is new. `head`: the first line of its card."""
        if asked.id in self.own and not isinstance(asked, Matching):
            return self.own[asked.id]
        place, letters = self.others.get(asked.id, ("", ""))
        if letters and letters in _letters(asked.stem):
            return place
        story, ask = parted(asked.stem) if isinstance(asked, Choice) else ("", asked.stem.split("\n\n")[0])
        words = _letters(one_line(ask or story))[:_MOST]
        alike = (place for place, letters in self.heads.get(head, []) if words in letters)
        return next(alike, "") if not asked.id or isinstance(asked, Matching) else ""


def there(library: Library, to: Path) -> There:
    """What is there: in a folder of cards, and in a library with that folder laid over it. In the library's own folder
    (`to`) no id is taken for an earlier import's."""
    found = There()
    shared = to.resolve() == library.root.resolve()
    for path in sorted(to.glob("exercises/**/*.yml")):
        text = path.read_text("utf-8", "replace")
        first, _, rest = text.partition("\n")
        if not first.startswith("# From ") and shared:
            continue
        known = _KNOWN.search(rest)
        found.own[known[1].strip("'").replace("''", "'") if known else path.stem] = library.shown(path)
        found.heads.setdefault(first, []).append((library.shown(path), _letters(rest)))
    for card in library.questions.values():
        found.others[card.outside] = library.shown(card.path), _letters(f"{card.story}{card.ask}")
    for reflection in library.reflections.values():
        found.others[reflection.outside] = library.shown(reflection.path), _letters(str(reflection.prompt))
    return found


def _letters(text: str) -> str:
    """The letters and figures of a text alone: how it is broken, quoted and marked makes no difference."""
    return re.sub(r"[\W_]+", "", text).casefold()
