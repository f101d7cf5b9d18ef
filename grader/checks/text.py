"""Where things stand: the first line of a card, and a page's lines and sentences, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..cards.problem import Text
from ..cards.source import read_text

#: Directives whose body is text for the reader.
PROSE = ("figure", "glossary", "admonition", "note", "tip", "warning", "dropdown", "margin")


def first_line(value: object) -> int:
    """The line on which a card, or what one of its fields holds, begins; 0 where nobody typed it."""
    if isinstance(value, Text):
        return value.line
    if isinstance(value, (tuple, dict)):
        return min((line for entry in value if (line := first_line(entry))), default=0)
    return min(
        (line for name in getattr(value, "__dataclass_fields__", ()) if (line := first_line(getattr(value, name)))),
        default=0,
    )


def lines(body: Text) -> Iterator[Text]:
    """The lines of a page's text, each with its place."""
    for number, line in enumerate(body.split("\n")):
        yield Text(line, body.line + number, 1)


def outside(body: Text) -> Iterator[Text]:
    """The lines of the running text, captions and the glossary among them: no code, cards, options or headings."""
    fenced, shown = "", True
    for line in lines(body):
        fence = re.match(r"(`{3,})(?:\{([a-z-]+)\})?", line)
        if fence and not fenced:
            fenced, shown = fence[1], fence[2] in PROSE
            yield Text("", line.line, 1)
        elif fenced and line.startswith(fenced):
            fenced, shown = "", True
            yield Text("", line.line, 1)
        elif shown and not line.startswith(("#", ":", ">", "%")):
            yield line


def place(line: Text, column: int) -> Text:
    """The place of a column (from 0) of a line."""
    return Text(line, line.line, column + 1)


def typed(file: Path, field: Text, offset: int) -> Text:
    """The place of a letter of a card's field as it was typed; the field's place where it is not found.

    A block of text stands below its field's name.
    """
    before = field[:offset]
    line = field.split("\n")[before.count("\n")]
    text, _ = read_text(file, "")
    for number, shown in enumerate((text or "").split("\n")[field.line - 1 :], field.line):
        if line.strip() and (found := shown.find(line.strip())) >= 0:
            inside = len(before) - before.rfind("\n") - 1 - (len(line) - len(line.lstrip()))
            return Text(shown, number, found + inside + 1)
    return field


def outside_fences(body: Text) -> Iterator[Text]:
    """The lines of a page that are in no fence: headings among them."""
    fenced = False
    for line in lines(body):
        if line.startswith("```"):
            fenced = not fenced
        elif not fenced:
            yield line


@dataclass(frozen=True)
class Passage:
    """A sentence or a table's row: its text, and where in the page each letter of it stands."""

    text: str
    block: tuple[Text, ...]
    start: int = 0

    def at(self, offset: int = 0) -> Text:
        """The place of a letter of the passage."""
        before = "\n".join(self.block)[: self.start + offset]
        line = self.block[before.count("\n")]
        return Text(line, line.line, line.column + len(before) - before.rfind("\n") - 1)


_ITEM = re.compile(r"\s*(?:[-*]|\d+\.)\s+(?=\S)")
_END = re.compile(r"(?<=[.!?])[\"”’)*]*\s+(?=[A-Z\"“*{(])")


def sentences(body: Text) -> Iterator[Passage]:
    """Each sentence of the running text and each row of a table."""
    block: list[Text] = []
    for line in [*outside(body), Text("")]:
        if line.startswith("|"):
            yield Passage(line, (line,))
            continue
        item = _ITEM.match(line)
        if item:
            line = Text(" " * item.end() + line[item.end() :], line.line, 1)
        if line.strip() and not (block and item):
            block.append(line)
            continue
        yield from split(block)
        block = [line] if line.strip() else []


def split(block: list[Text]) -> Iterator[Passage]:
    """The sentences of a few lines."""
    text, start = "\n".join(block), 0
    for sentence in _END.split(text):
        found = text.find(sentence, start)
        start = found + len(sentence)
        if sentence.strip():
            yield Passage(sentence, tuple(block), found)


def bare(text: str) -> str:
    """A text without citations, code and addresses; what is left stands where it stood."""
    text = re.sub(r"\{cite[^{}`]*\}`[^`]*`", lambda role: re.sub(r"[^\n]", " ", role[0]), text)
    text = re.sub(r"\{[a-z:]+\}`([^`<]*)(<[^`]*>)?`", _keep, text)
    return re.sub(r"\]\([^)\]]*\)|`[^`]*`|https?://\S+", lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _keep(role: re.Match[str]) -> str:
    """The words of a role, in their place."""
    start = role.start(1) - role.start()
    words: str = role[1]
    return " " * start + words + " " * (len(role[0]) - start - len(words))
