"""Reading a chapter's text: its lines and sentences, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..cards.chapter import Chapter
from ..cards.problem import Text


def lines(chapter: Chapter) -> Iterator[Text]:
    """The lines of a chapter's text, each with its place."""
    for number, line in enumerate(chapter.body.split("\n")):
        yield Text(line, chapter.body.line + number, 1)


def outside(chapter: Chapter) -> Iterator[Text]:
    """The lines of the running text: no code or directive bodies with options, no headings."""
    fenced = ""
    for line in lines(chapter):
        fence = re.match(r"(`{3,})", line)
        if fence and not fenced:
            fenced = fence[1]
        elif fenced and line.startswith(fenced):
            fenced = ""
        elif not fenced and not line.startswith(("#", ":", ">", "%")):
            yield line


def place(line: Text, column: int) -> Text:
    """The place of a column (from 0) of a line."""
    return Text(line, line.line, column + 1)


def outside_fences(card: Chapter) -> Iterator[Text]:
    """The lines of a page that are in no fence: headings among them."""
    fenced = False
    for line in lines(card):
        if line.startswith("```"):
            fenced = not fenced
        elif not fenced:
            yield line


def sentences(card: Chapter) -> Iterator[tuple[Text, str]]:
    """(where it starts, its text) for each sentence of the running text and each row of a table."""
    block: list[Text] = []
    for line in [*outside(card), Text("")]:
        if line.startswith("|"):
            yield line, line
            continue
        line = Text(re.sub(r"^\s*(?:[-*]|\d+\.)\s+(?=\S)", lambda marker: " " * len(marker[0]), line), line.line, 1) if (item := re.match(r"\s*(?:[-*]|\d+\.) ", line)) else line
        if line.strip() and not (block and item):
            block.append(line)
            continue
        text, start = "\n".join(block), 0
        for sentence in re.split(r"(?<=[.!?])[\"”’)*]*\s+(?=[A-Z\"“*{(])", text):
            found = text.find(sentence, start)
            start = found + len(sentence)
            if sentence.strip():
                yield block[text.count("\n", 0, found)], sentence
        block = [line] if line.strip() else []
