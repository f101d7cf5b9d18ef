"""Guides as cards: a protocol, session by session, and a conversation with a supervisor's notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .model import Card
from .problem import Text
from .vocabulary import excuses, required, reviewed

#: What each session of a protocol says, in this order.
SESSION_PARTS = (
    "Aim",
    "Script",
    "Task",
    "Stop rules",
    "Review questions",
    "What usually goes wrong",
    "When to refer",
)
#: What a note beside a turn says, in this order.
NOTE_PARTS = ("Heard", "Choice", "Another way")

_SESSION = re.compile(r"## Session (\d+): (.+)")
_PART = re.compile(r"\*\*([^*]+?)\.\*\*")
_TURN = re.compile(r"([^\s:][^:]{0,30}): +(\S.*)")
_NOTE = re.compile(r"[ \t]+([^:]{1,30}): +(\S.*)")
_FENCE = re.compile(r"(`{3,})\{conversation\}[ \t]*")


@dataclass(frozen=True, kw_only=True)
class Guide(Card):
    """What a protocol and a conversation have in common: front matter, and text."""

    title: Text = required("The page's title; the first heading has the same words")
    lead: Text = required("For whom it is and what it gives, in about twenty words")
    chapters: tuple[Text, ...] = required("Chapters that teach what it is for: names, the first one first")
    allow: dict[str, Text] = excuses("this page")
    review: Text = reviewed()
    body: Text = field(default=Text(), metadata={"internal": True})


@dataclass(frozen=True, kw_only=True)
class Protocol(Guide):
    """A treatment, session by session: 6 to 10 of them."""


@dataclass(frozen=True, kw_only=True)
class Conversation(Guide):
    """One hour's heart as it was said, with a supervisor's notes in the margin."""


@dataclass(frozen=True)
class Session:
    """A session of a protocol. `parts`: the heads of its paragraphs, in the order of the page."""

    number: int
    title: Text
    parts: tuple[Text, ...]


@dataclass(frozen=True)
class Turn:
    """What one person says. `note`: part -> the supervisor's words on it; empty where there are none."""

    who: Text
    words: Text
    note: dict[str, Text]


def sessions(body: Text) -> Iterator[Session]:
    """The sessions of a protocol's text, in the order of the page."""
    title, number, parts = Text(), 0, list[Text]()
    for line in _lines(body):
        if line.startswith("## "):
            if number:
                yield Session(number, title, tuple(parts))
            match = _SESSION.fullmatch(line.strip())
            title, number, parts = line, int(match[1]) if match else 0, []
        elif number and (match := _PART.match(line)):
            parts.append(Text(match[1], line.line, 3))
    if number:
        yield Session(number, title, tuple(parts))


def turns(body: Text) -> tuple[list[Turn], list[Text]]:
    """The turns of a conversation, from its page or from what its directive holds, and the lines that are none.

    A turn is `Name: words`; below it, further in, the lines of its note: `Heard: ...`, `Choice: ...`,
    `Another way: ...`.
    """
    made: list[Turn] = []
    odd: list[Text] = []
    for line in _inside(body):
        if not line.strip():
            continue
        if (note := _NOTE.fullmatch(line)) and made and note[1] in NOTE_PARTS and note[1] not in made[-1].note:
            made[-1].note[note[1]] = Text(note[2], line.line, note.start(2) + 1)
        elif turn := _TURN.fullmatch(line):
            words = Text(turn[2].rstrip(), line.line, turn.start(2) + 1)
            made.append(Turn(Text(turn[1], line.line, 1), words, {}))
        else:
            odd.append(line)
    return made, odd


def _inside(body: Text) -> Iterator[Text]:
    """The lines inside the directive; all of them where the text has none."""
    lines = list(_lines(body))
    start = next((number for number, line in enumerate(lines) if _FENCE.fullmatch(line)), None)
    if start is None:
        yield from lines
        return
    end = lines[start].strip().partition("{")[0]
    for line in lines[start + 1 :]:
        if line.strip() == end:
            return
        yield line


def _lines(body: Text) -> Iterator[Text]:
    for number, line in enumerate(body.split("\n")):
        yield Text(line, body.line + number, 1)
