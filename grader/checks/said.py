"""What the library says of the works that it cites: every sentence, row, claim and reason, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from .text import Passage, bare, lines, sentences, split, typed
from ..cards.claims import CITE, Claim, tables
from ..cards.findings import findings, may_find
from ..cards.library import Library
from ..cards.model import Question
from ..cards.numbers import Number, numbers
from ..cards.problem import Text


@dataclass(frozen=True)
class Said:
    """A sentence that leans on works: its file and place, the works, and a story whose numbers are its own."""

    file: Path
    passage: Passage
    works: tuple[str, ...]
    field: Text = Text()
    story: str = ""

    @cached_property
    def text(self) -> str:
        return bare(self.passage.text)

    def numbers(self) -> list[Number]:
        found = findings(self.text)
        own = {one.value for one in numbers(self.story)} if found and self.story else set()
        return [one for one in found if one.value not in own]

    def at(self, offset: int) -> Text:
        return typed(self.file, self.field, self.passage.start + offset) if self.field else self.passage.at(offset)


@lru_cache(1)
def said(library: Library) -> tuple[Said, ...]:
    """Every sentence, row and reason of the library that cites a work. Four rules ask for the same."""
    return tuple(_said(library))


def _said(library: Library) -> Iterator[Said]:
    for path, body in pages(library):
        for passage in sentences(body):
            if works := _cited(passage.text):
                yield Said(path, passage, works)
        for claim in tables(body):
            yield Said(path, Passage(claim.text, tuple(lines(claim.text))), claim.keys)
    for card in library.questions.values():
        if not card.retired:
            yield from _of_question(card)
    for path, text in _elsewhere(library):
        for passage in split(list(lines(text))) if "{cite" in text else ():
            if works := _cited(passage.text):
                yield Said(path, passage, works, text)


def pages(library: Library) -> Iterator[tuple[Path, Text]]:
    """The file and the running text of every page."""
    written = {f"{card.part}/{card.name}": card.body for card in library.chapters.values()}
    written |= {f"kit/{card.name}": card.rests_on for card in library.sheets.values()}
    for page, text in library.pages.items():
        yield library.source(f"book/{page}.md"), written.get(page, text)


def _of_question(card: Question) -> Iterator[Said]:
    """The reasons of a question, against its sources. What its own story says is no finding."""
    works, story = tuple(map(str, card.sources)), f"{card.story} {card.ask}"
    fields = [(card.explain, story)]
    for option in card.options:
        if option.right and card.topic:
            fields += [(option.text, story), (option.why, story)]
        else:
            fields.append((option.why, f"{story} {option.text}"))
    for field, own in fields:
        if may_find(field):
            yield from (Said(card.path, passage, works, field, own) for passage in split(list(lines(field))))


def _elsewhere(library: Library) -> Iterator[tuple[Path, Text]]:
    """Texts of cards that are checked only where they cite a work in the sentence."""
    for card in library.questions.values():
        yield from ((card.path, text) for text in (card.story, card.unless))
    for vignette in library.vignettes.values():
        yield from ((vignette.path, part.teacher) for part in vignette.parts)
    for reflection in library.reflections.values():
        yield from (
            (reflection.path, text) for text in (reflection.prompt, *(anchor.answer for anchor in reflection.anchors))
        )


def _cited(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key.strip() for match in CITE.finditer(text) for key in match[1].split(",")))


def claimed(library: Library) -> Iterator[tuple[str, Claim]]:
    """Every claim of an evidence table, with its file."""
    for path, body in pages(library):
        yield from ((library.shown(path), claim) for claim in tables(body))
