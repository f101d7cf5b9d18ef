"""Rules for places: what their rows rest on, and what chapters show of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .text import lines, place
from ..cards.library import Library
from ..cards.problem import Problem, near, problem, rule
from ..cards.vocabulary import ADDRESS, LINES, RULINGS


@rule("P001")
def row_has_source(library: Library) -> Iterator[Problem]:
    """A row of law names a work of `book/references.bib` as its source; a help line may name an address instead.

    A reader far away must be able to open what was read here, and to see whether it still says so.
    """
    for card in library.places.values():
        for row in (*card.law, *card.lines):
            line = row in card.lines
            if row.source not in library.works and not (line and ADDRESS.fullmatch(row.source)):
                what = "neither in the bibliography nor an address" if line else "not in the bibliography"
                yield problem(
                    row_has_source,
                    library.shown(card.path),
                    row.source,
                    f"`{row.source}` is {what}",
                    near(row.source, library.works),
                )


@rule("P002")
def place_within(library: Library) -> Iterator[Problem]:
    """`within` names another place, whose rows hold here too: California lies within the United States.

    A name that is not there would leave out the federal rows without a word.
    """
    for card in library.places.values():
        if card.within and (card.within == card.name or not library.there("places", card.within)):
            yield problem(
                place_within,
                library.shown(card.path),
                card.within,
                f"there is no place `{card.within}` for this one to lie in",
                near(card.within, [name for name in library.places if name != card.name]),
            )


@rule("P003")
def place_has_page(library: Library) -> Iterator[Problem]:
    """Each place has a page of its own: `book/places/california.md`, with a title and ```{place} california.

    Without it a reader who chose that place finds no page to read through or to print.
    """
    for card in library.places.values():
        if f"places/{card.name}" not in library.pages:
            yield problem(
                place_has_page,
                library.shown(card.path),
                card.title,
                f"there is no page book/places/{card.name}.md",
                f"Make it: a heading, then ```{{place}} {card.name}, and list it in book/_toc.yml.",
            )


@rule("P004")
def topics_known(library: Library) -> Iterator[Problem]:
    """A page that shows law, help lines or a place names topics and places that are there.

    A topic is one of a short list.

    ```{law} duty-to-protect
    """
    known = {"law": RULINGS, "helplines": LINES, "place": tuple(library.places)}
    for page, text in library.pages.items():
        for line in lines(text):
            if match := re.match(r"`{3,}\{(law|helplines|place)\}\s*([^`]*)$", line):
                for word in re.finditer(r"[^\s,]+", match[2]):
                    if word[0] not in known[match[1]] and not (
                        match[1] == "place" and library.there("places", word[0])
                    ):
                        what = "place" if match[1] == "place" else "topic"
                        yield problem(
                            topics_known,
                            library.page_file(page),
                            place(line, match.start(2) + word.start()),
                            f"there is no {what} `{word[0]}`",
                            near(word[0], known[match[1]]),
                        )


@rule("P005")
def line_was_seen(library: Library) -> Iterator[Problem]:
    """A help line that nobody has seen prints no number.

    A wrong number is worse than none, for somebody who calls it at night. Read it on the service's own page
    (`seen: full-text`), or on a page that names it (`seen: secondary`), with that address as its source.
    """
    for card in library.places.values():
        for row in card.lines:
            if row.seen == "not-seen" and re.search(r"\d", row.reach):
                yield problem(
                    line_was_seen,
                    library.shown(card.path),
                    row.reach,
                    f"nobody has seen the number of `{row.name}`",
                    "Read it on the service's own page, or leave it out.",
                )


CHECKS = (row_has_source, place_within, place_has_page, topics_known, line_was_seen)
