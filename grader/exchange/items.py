"""Cards -> items as every format wants them: HTML, letters, and the share that each option is worth. A text in another
language than the interface's says so (`lang`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from .labels import ESCALATE, WORDS, labels
from ..cards.library import Library
from ..cards.model import Question, Reflection
from ..cards.render import UNLESS, block, inline
from ..cards.vocabulary import LETTERS
from ..language import t
from ..web.words import written_in


@dataclass(frozen=True)
class Choice:
    """One option. `share`: what choosing it adds, of 1; below nothing for a wrong one in all-that-apply."""

    letter: str
    text: str
    right: bool
    share: float
    why: str


@dataclass(frozen=True)
class Item:
    """A question as HTML. `name` is the card's id outside, which outlives a renaming; `group` is the set, where at most
    one may be asked."""

    name: str
    title: str
    chapter: str
    part: str
    group: str
    story: str
    ask: str
    choices: tuple[Choice, ...]
    explain: str
    tags: tuple[str, ...]
    card: Question

    @property
    def many(self) -> bool:
        """Whether several options may be chosen."""
        return not self.card.single

    @property
    def stem(self) -> str:
        """Story and ask, as one piece of HTML."""
        return f"{self.story}<p><strong>{self.ask}</strong></p>"


@dataclass(frozen=True)
class Essay:
    """A reflection as HTML: what is asked, and the rubric for whoever marks it."""

    name: str
    title: str
    chapter: str
    part: str
    prompt: str
    rubric: str
    points: int
    tags: tuple[str, ...]
    card: Reflection


def items(library: Library, use: str) -> list[Item]:
    """The questions of one use (practice, graded or exam) that are not retired, in the book's order."""
    places = _order(library)
    found = [_item(library, card) for card in library.questions.values() if card.use == use and not card.retired]
    return sorted(found, key=lambda item: (places.get(item.card.chapter, len(places)), item.group, item.name))


def essays(library: Library) -> list[Essay]:
    """Every reflection that is not retired, in the book's order."""
    places = _order(library)
    found = [_essay(library, card) for card in library.reflections.values() if not card.retired]
    return sorted(found, key=lambda essay: (places.get(str(essay.card.chapter), len(places)), essay.name))


def sections(found: list[Item]) -> Iterator[tuple[str, list[Item]]]:
    """(chapter's title, its items), in order."""
    by: dict[str, list[Item]] = {}
    for item in found:
        by.setdefault(item.chapter, []).append(item)
    yield from by.items()


def _order(library: Library) -> dict[str, int]:
    return {page.rsplit("/", 1)[-1]: number for number, page in enumerate(library.toc)}


def _home(library: Library, name: str) -> tuple[str, str]:
    """The title of a chapter and the caption of its part."""
    chapter = library.chapters.get(name)
    if chapter is None:
        return name, ""
    return str(chapter.title), library.parts.get(f"{chapter.part}/{chapter.name}", chapter.part)


def _told(tag: str, html: str, block: bool = False) -> str:
    """HTML in the language of this tag, as a text that a form may escape as it needs."""
    return str(written_in(tag, html, block))


def _item(library: Library, card: Question) -> Item:
    title, part = _home(library, card.chapter)
    right, told = len(card.key), partial(_told, card.written_in)
    shares = (1 / right, -1 / (len(card.options) - right)) if not card.single else (1.0, 0.0)
    choices = tuple(
        Choice(
            letter, told(inline(option.text)), option.right, shares[0 if option.right else 1], told(inline(option.why))
        )
        for letter, option in zip(LETTERS, card.options)
    )
    unless = f"<p><em>{t(UNLESS)}</em> {told(inline(card.unless))}</p>" if card.unless else ""
    return Item(
        card.outside,
        card.name.replace("-", " ").capitalize(),
        title,
        part,
        card.group,
        told(block(card.story), block=True) if card.story else "",
        told(inline(card.ask)),
        choices,
        f"<p>{told(inline(card.explain))}</p>{unless}",
        labels(card),
        card,
    )


def _essay(library: Library, card: Reflection) -> Essay:
    title, part = _home(library, str(card.chapter))
    told = partial(_told, card.written_in)
    rows = "".join(
        f"<li>{told(inline(criterion.name))}<ul>"
        + "".join(
            f"<li>{points}: {told(inline(text))}</li>"
            for points, text in sorted(criterion.levels.items(), reverse=True)
        )
        + "</ul></li>"
        for criterion in card.criteria
    )
    escalate = "".join(f"<li>{told(inline(line))}</li>" for line in card.escalate)
    rubric = f"<ul>{rows}</ul><p>{t(ESCALATE)}</p><ul>{escalate}</ul>"
    prompt = f"{told(block(card.prompt), block=True)}<p>{t(WORDS)} {inline(card.words)}</p>"
    return Essay(card.outside, str(card.title), title, part, prompt, rubric, card.points, labels(card), card)
