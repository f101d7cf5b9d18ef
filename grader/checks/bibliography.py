"""Rules for `book/references.bib`: what would end the build of the book without a line that says where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..cards.library import Library
from ..cards.problem import Problem, Text, near, problem, rule
from ..cards.source import read_text

BIB = "book/references.bib"
#: The kinds of work that the book can print.
TYPES = [
    *("article", "book", "booklet", "dataset", "inbook", "incollection", "inproceedings", "manual", "mastersthesis"),
    *("misc", "online", "patent", "phdthesis", "proceedings", "software", "techreport", "unpublished"),
]
#: What reference managers write instead, and the kind to use.
INSTEAD = {
    **dict.fromkeys(("report",), "techreport"),
    **dict.fromkeys(("thesis",), "phdthesis"),
    **dict.fromkeys(("legal", "legislation", "jurisdiction", "standard", "video", "podcast", "letter"), "misc"),
    **dict.fromkeys(("electronic", "www", "webpage"), "online"),
    **dict.fromkeys(("conference",), "inproceedings"),
}
_ENTRY = re.compile(r"[ \t]*@(\w+)[ \t]*\{[ \t]*([^,\s{}]*)")
_FIELD = re.compile(r"[ \t]+[\w-]+[ \t]*=")


@rule("L015")
def work_of_a_kind(library: Library) -> Iterator[Problem]:
    """An entry of the bibliography is of a kind that the book can print. Zotero and Better BibTeX write `@report`,
    `@thesis` and `@legal`, with which the build ends without a word on where.

    Before:  @report{who2018icd, ...
    After:   @techreport{who2018icd, ...
    """
    for number, line in enumerate(_lines(library), 1):
        match = _ENTRY.match(line)
        if match and (kind := match[1].lower()) not in (*TYPES, "comment", "string", "preamble"):
            hint = f"Write @{INSTEAD[kind]}." if kind in INSTEAD else near(kind, TYPES)
            what = f"`@{match[1]}` is no kind of work that the book can print ({match[2]})"
            yield problem(work_of_a_kind, BIB, Text("", number, line.index("@") + 1), what, hint)


@rule("L016")
def field_has_comma(library: Library) -> Iterator[Problem]:
    """A field of an entry in the bibliography ends with a comma where another follows. Without it the build of the
    book ends, and names neither the entry nor the line."""
    lines = _lines(library)
    for number, (line, after) in enumerate(pairwise(lines), 1):
        if _FIELD.match(line) and _FIELD.match(after) and line.rstrip().endswith(("}", '"')):
            where = Text("", number, len(line.rstrip()))
            yield problem(field_has_comma, BIB, where, "there is no comma behind this field", "Put one at its end.")


@rule("L021")
def entry_closed(library: Library) -> Iterator[Problem]:
    """Every brace of an entry in the bibliography has its fellow. With one too few the build of the book ends far
    below it; with one too many the fields behind it are lost without a word.

    Before:  title = {Holding {what you know},
    After:   title = {Holding {what you know}},
    """
    begun, depth = Text(""), 0
    for number, line in enumerate([*_lines(library), "@end{"], 1):
        if match := _ENTRY.match(line):
            if begun and depth:
                what = "is not closed" if depth > 0 else "has a closing brace too many"
                yield problem(entry_closed, BIB, begun, f"`{begun}` {what}", "Count its braces: each { has its }.")
            begun, depth = Text(match[2], number, match.start(2) + 1), 0
        signs = re.sub(r"\\.", "", line)
        depth += signs.count("{") - signs.count("}")


def _lines(library: Library) -> list[str]:
    text, _ = read_text(library.root / BIB, BIB)
    return (text or "").split("\n")


CHECKS = (work_of_a_kind, field_has_comma, entry_closed)
