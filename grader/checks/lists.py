"""Lists of options: each once, whether one question has it or all stories of a set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..cards.library import Library
from ..cards.model import Question
from ..cards.problem import Text


@dataclass(frozen=True)
class OptionList:
    """A list of options: the file it stands in as messages print it, its kind, its texts, the questions that ask it,
    and which of its texts are right somewhere."""

    path: str
    kind: str
    at: Text
    texts: tuple[Text, ...]
    questions: tuple[Question, ...]
    right: frozenset[Text]


def lists(library: Library, live: bool = False) -> Iterator[OptionList]:
    """Every list of options of the library, a set's once. `live`: leave out questions that are retired, and sets of
    which none is left."""
    groups: dict[str, list[Question]] = {}
    for card in library.questions.values():
        if not (live and card.retired):
            groups.setdefault(card.group, []).append(card)
    for name, cards in groups.items():
        home = library.sets[name] if cards[0].set else cards[0]
        texts = tuple(option.text for option in cards[0].options)
        right = frozenset(option.text for card in cards for option in card.options if option.right)
        yield OptionList(library.shown(home.path), str(cards[0].kind), texts[0], texts, tuple(cards), right)
