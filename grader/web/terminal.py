"""Text for a terminal: nothing that comes from a file, a name or a mark may move the cursor or change its colours."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def one_line(text: str) -> str:
    """A text as part of one line: a name that holds a line's end cannot begin a line of its own."""
    return plain(" ".join(text.splitlines()))


def plain(text: str) -> str:
    """A text without control characters, and with what cannot be printed replaced: it may go to any terminal."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\t", " ")).encode("utf-8", "replace").decode()
