"""Each question that must not be missed beside what it rests on: a list for a clinician to confirm, one box each."""

from __future__ import annotations

from collections.abc import Iterator

from ..cards.evidence import Evidence
from ..cards.library import Library
from ..cards.model import Question
from ..cards.vocabulary import GATES, LETTERS

_HEAD = """# Must-not-miss questions, to be confirmed by a clinician

{count} questions, under the danger that each is about. Tick a box if the key is right and what the work found
carries it, and sign with name and date; otherwise write below what is wrong."""


def gates(library: Library) -> tuple[int, str]:
    """How many gate questions there are that are not retired, and the list as Markdown: story, key, and of each source
    that bears on the danger what it found and what it does not show."""
    cards = [card for card in library.questions.values() if card.gate and not card.retired]
    parts = [_HEAD.format(count=len(cards))]
    for gate in GATES:
        parts += [f"## {gate.replace('-', ' ').capitalize()}"] * any(card.gate == gate for card in cards)
        parts += [_entry(card, library) for card in sorted(cards, key=lambda one: one.name) if card.gate == gate]
    return len(cards), "\n\n".join(parts) + "\n"


def bearing(card: Question, library: Library) -> list[Evidence]:
    """The evidence cards among a gate question's sources that are about its danger."""
    known = [library.evidence[key] for key in card.sources if key in library.evidence]
    return [work for work in known if card.gate in work.bears_on]


def _entry(card: Question, library: Library) -> str:
    right = [f"{letter}. {option.text}" for letter, option in zip(LETTERS, card.options) if option.right]
    lines = [f"- [ ] `{card.name}` ({card.use}, {card.chapter}). Name: ____________ Date: ____________"]
    lines += [f"Story: {card.story}"] * bool(card.story) + [f"Asked: {card.ask}", f"Key: {' / '.join(right)}"]
    lines += list(_grounds(card, library)) or ["Rests on no source that is known to bear on this danger."]
    return "\n\n  ".join(" ".join(line.split()) for line in lines)


def _grounds(card: Question, library: Library) -> Iterator[str]:
    for work in bearing(card, library):
        found = "; ".join(f"{one.what}: {one.found}" for one in work.outcomes)
        yield f"Rests on `{work.name}` ({work.certainty}). {found}. Does not show: {work.does_not_show}"
