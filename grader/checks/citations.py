"""Rules for what a chapter cites: works of the bibliography, enough of them, and one for each number."""

from __future__ import annotations

from collections.abc import Iterator

from .text import bare, lines, place, sentences
from ..cards.claims import CITE, cited
from ..cards.findings import findings
from ..cards.library import Library
from ..cards.problem import Problem, near, problem, rule
from ..counted import in_english as counted

WORKS = 8


@rule("C002")
def work_known(library: Library) -> Iterator[Problem]:
    """A citation names a key of `book/references.bib`. A work that is not there is not cited; nothing is added from
    memory."""
    for card in library.chapters.values():
        for line in lines(card.body):
            for match in CITE.finditer(line):
                for key in match[1].split(","):
                    if key.strip() not in library.works:
                        yield problem(
                            work_known,
                            library.shown(card.path),
                            place(line, match.start()),
                            f"`{key.strip()}` is not in the bibliography",
                            near(key.strip(), library.works),
                        )


@rule("C009", "warning")
def number_without_source(library: Library) -> Iterator[Problem]:
    """A number in a chapter has its citation in the same sentence or table row, so that nobody has to guess whose it
    is.

    Years, ages, codes, clock times and names such as PHQ-9 are not counted. Small counts are written in words.
    """
    for card in library.chapters.values():
        for passage in sentences(card.body):
            if not CITE.search(passage.text) and (
                found := [one for one in findings(bare(passage.text)) if one.kind == "digits"]
            ):
                yield problem(
                    number_without_source,
                    library.shown(card.path),
                    passage.at(found[0].at),
                    f"a number without a citation: {_short(passage.text)}",
                    "Cite its source in this sentence, write it in words, or leave it out.",
                )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return f"`{words[:70]}...`" if len(words) > 70 else f"`{words}`"


@rule("C013", "warning")
def enough_works(library: Library) -> Iterator[Problem]:
    """A chapter cites at least eight works. Fewer usually means that one author's view stands for the field's. A
    chapter on a topic with little evidence says so, and excuses this with a reason."""
    for card in library.chapters.values():
        if (count := len(cited(card.body))) < WORKS:
            yield problem(
                enough_works,
                library.shown(card.path),
                card.title,
                f"this chapter cites {counted(count, 'work')}; at least {WORKS} are wanted",
                "See the bibliography by topic.",
            )


CHECKS = (work_known, number_without_source, enough_works)
