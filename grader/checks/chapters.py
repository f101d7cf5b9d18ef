"""Rules for the chapters of the book."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .text import lines, outside_fences, place
from ..cards import reading_time as study
from ..cards.library import Library
from ..cards.problem import Problem, Text, near, problem, rule

SECTIONS = (
    "What the evidence says",
    "A case, worked",
    "Check yourself",
    "Take to supervision",
    "Key points",
    "Further reading",
)
WORDS = (1800, 3000)


@rule("C001")
def title_is_heading(library: Library) -> Iterator[Problem]:
    """The chapter's first heading has the words of its title. The one stands on the page, the other in lists and
    links, and two names for one chapter confuse both."""
    for card in library.chapters.values():
        heading = next((line for line in lines(card.body) if line.startswith("# ")), None)
        if heading is None or heading[2:].strip() != card.title.strip():
            yield problem(
                title_is_heading,
                library.shown(card.path),
                heading or card.title,
                f"the first heading is not the title `{card.title}`",
                "Give both the same words.",
            )


@rule("C003")
def page_listed(library: Library) -> Iterator[Problem]:
    """Every page of the book stands in `book/_toc.yml`, the only place where order lives. A page that is not there
    is not published."""
    for page in library.pages:
        if page not in library.toc:
            yield problem(
                page_listed,
                library.page_file(page),
                None,
                "this page is not in the table of contents",
                "Add it to book/_toc.yml, or delete it.",
            )


@rule("C004")
def listed_page_exists(library: Library) -> Iterator[Problem]:
    """Every entry of `book/_toc.yml` has its file. A name that leads nowhere stops the build of the whole book.

    Before:  - file: ethics/confidentialty
    After:   - file: ethics/confidentiality
    """
    for page in library.toc:
        if str(page) not in library.pages:
            yield problem(
                listed_page_exists, "book/_toc.yml", page, f"there is no page `{page}`", near(page, library.pages)
            )


@rule("C005")
def area_known(library: Library) -> Iterator[Problem]:
    """An area that a chapter covers is one of an encoded body: `aasect-cst/a`. The coverage map is made of these."""
    for card in library.chapters.values():
        for area in card.covers:
            if area not in library.areas:
                yield problem(
                    area_known, library.shown(card.path), area, f"there is no area `{area}`", near(area, library.areas)
                )


@rule("C006")
def sections(library: Library) -> Iterator[Problem]:
    """A chapter ends with the same sections in the same order, so that a reader finds the evidence, the case and the
    questions without looking.

    The closing sections: What the evidence says; A case, worked; Check yourself; Take to supervision; Key points;
    Further reading.
    """
    for card in library.chapters.values():
        found = [line[3:].strip() for line in lines(card.body) if line.startswith("## ")]
        path = library.shown(card.path)
        missing = [name for name in SECTIONS if name not in found]
        if missing:
            yield problem(
                sections,
                path,
                card.title,
                f"there is no section `## {missing[0]}`",
                "The closing sections: " + ", ".join(SECTIONS) + ".",
            )
        elif [name for name in found if name in SECTIONS] != list(SECTIONS):
            yield problem(
                sections,
                path,
                card.title,
                "the closing sections are not in their order",
                "Their order: " + ", ".join(SECTIONS) + ".",
            )
        if "```{objectives}" not in card.body:
            yield problem(
                sections,
                path,
                card.title,
                "the objectives are not shown",
                "Put ```{objectives} behind the opening scene.",
            )


@rule("C007")
def card_known(library: Library) -> Iterator[Problem]:
    """A `{question}`, `{set}` or `{vignette}` in a chapter names a card that is there. The page would otherwise have a
    hole where the reader was to think.

    Look at the card's file name: that is its name, without the ending.
    """
    for card in library.chapters.values():
        for line in lines(card.body):
            for kind in ("question", "set", "vignette"):
                match = re.match(rf"`{{3,}}\{{{kind}\}}\s*(\S*)", line)
                if match and not library.there(f"{kind}s", match[1]):
                    yield problem(
                        card_known,
                        library.shown(card.path),
                        place(line, match.start(1)),
                        f"there is no {kind} `{match[1]}`",
                        near(match[1], getattr(library, f"{kind}s")),
                    )


@rule("C008")
def published_card(library: Library) -> Iterator[Problem]:
    """Only practice cards stand in the book: with the card, its key and its reasons are published.

    A graded card in the book could never be graded again. Write a practice card of another situation. Of a `{set}` the
    practice stories are shown. A card that was withdrawn says what is asked instead: show that.
    """
    for card in library.chapters.values():
        for line in lines(card.body):
            match = re.match(r"`{3,}\{set\}\s*(\S*)", line)
            if (
                match
                and match[1] in library.sets
                and library.sets[match[1]].options
                and not library.stories(match[1], "practice")
            ):
                yield problem(
                    published_card,
                    library.shown(card.path),
                    place(line, match.start(1)),
                    f"the set `{match[1]}` has no practice story to show",
                    f"Write one: grader new story {match[1]}.",
                )
            match = re.match(r"`{3,}\{question\}\s*(\S*)", line)
            question = library.questions.get(match[1]) if match else None
            if match and question is not None and question.use != "practice":
                yield problem(
                    published_card,
                    library.shown(card.path),
                    place(line, match.start(1)),
                    f"`{question.name}` is a {question.use} card; only practice cards are published",
                    "Take a practice card.",
                )
            elif match and question is not None and question.retired:
                instead = question.review.partition("see ")[2]
                yield problem(
                    published_card,
                    library.shown(card.path),
                    place(line, match.start(1)),
                    f"`{question.name}` was withdrawn, and this page still asks it",
                    f"Show `{instead}` in its place." if instead else "Take another card.",
                )


@rule("C011")
def minutes_of_study(library: Library) -> Iterator[Problem]:
    """`minutes` is computed from the chapter's words and tasks, by the rule in the book's appendix, so that study plans
    can be trusted.

    The message gives the number; write it into the front matter.
    """
    for card in library.chapters.values():
        if card.minutes != (wanted := study.minutes(card.body)):
            at = Text("", card.title.line + 1, 1)
            yield problem(
                minutes_of_study,
                library.shown(card.path),
                at,
                f"`minutes` says {card.minutes}; by the rule it is {wanted}",
                f"Write `minutes: {wanted}`.",
            )


@rule("C012", "warning")
def length(library: Library) -> Iterator[Problem]:
    """A chapter has 1,800 to 3,000 words: one evening's reading. Tables are not counted. A shorter one has usually
    left out the room; a longer one says what could stand in any chapter."""
    for card in library.chapters.values():
        count = study.words(card.body)
        if not WORDS[0] <= count <= WORDS[1]:
            yield problem(
                length,
                library.shown(card.path),
                card.title,
                f"this chapter has {count:,} words; {WORDS[0]:,} to {WORDS[1]:,} are wanted",
                "Cut what could stand in any chapter, or say what is missing.",
            )


@rule("C014")
def heading_steps(library: Library) -> Iterator[Problem]:
    """Headings go down one step at a time, and there is one `#`. Screen readers and the contents beside the page
    follow them."""
    for card in library.chapters.values():
        before = 0
        for line in outside_fences(card.body):
            match = re.match(r"(#{1,6}) ", line)
            if match and (len(match[1]) > before + 1 or (len(match[1]) == 1 and before)):
                yield problem(
                    heading_steps,
                    library.shown(card.path),
                    line,
                    f"this heading jumps to {len(match[1])} from {before}",
                    "Use one `#` for the title, then `##`, then `###`.",
                )
            before = len(match[1]) if match else before


CHECKS = (
    title_is_heading,
    page_listed,
    listed_page_exists,
    area_known,
    sections,
    card_known,
    published_card,
    minutes_of_study,
    length,
    heading_steps,
)
