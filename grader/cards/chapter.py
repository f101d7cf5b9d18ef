"""A chapter of the book as a card: its front matter and its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .model import Card
from .problem import Text
from .vocabulary import excuses, optional, required, reviewed
from ..language import ENGLISH

if TYPE_CHECKING:
    from .library import Library


@dataclass(frozen=True, kw_only=True)
class Chapter(Card):
    """A chapter of the book: its front matter, and its text."""

    title: Text = required("The chapter's title; the first heading has the same words")
    lead: Text = optional(
        "What the chapter gives the reader, in about twenty words; it stands under the title and in search results"
    )
    minutes: int = required("Minutes of study, by the rule in grader/cards/reading_time.py")
    objectives: dict[str, Text] = required("short-name: one sentence that starts with a verb")
    covers: tuple[Text, ...] = required("Areas of certifying bodies: aasect-cst/a, ...")
    also: tuple[Text, ...] = optional(
        "Other words by which people look for this: lay words, DSM-5-TR and ICD-11 terms", default=()
    )
    language: Text = optional("The tag of its language, such as pt, where it is not the book's")
    check: tuple[Text, ...] = optional("What an editor must still confirm", default=())
    allow: dict[str, Text] = excuses("this chapter")
    review: Text = reviewed()
    body: Text = field(default=Text(), metadata={"internal": True})

    @property
    def part(self) -> str:
        return self.path.parent.name

    def section(self, objective: str) -> str:
        """The address, inside the book, of the section that teaches an objective; of the chapter where none is
        labelled."""
        label = f"{self.name}-{objective}"
        return f"{self.part}/{self.name}.html" + (f"#{label}" if f"\n({label})=\n" in self.body else "")


def language_of(page: str, library: Library) -> str:
    """The tag of the language in which a page of the book is written: what its chapter says; that of the edition which
    brought the page; or the library's English."""
    chapter = library.chapters.get(page.rpartition("/")[2])
    if chapter is not None and chapter.language:
        return str(chapter.language)
    program = library.program
    if program and library.source(f"book/{page}.md").is_relative_to(program.folder):
        return str(program.language)
    return ENGLISH
