"""What the YAML reader could not read, as an author is told it: where the slip was made, which is not always where the
reader met it, and what to do."""

from __future__ import annotations

import re
from collections import deque

import yaml

from .problem import Problem, Text
from .source_rules import not_yaml, tab

_ADVICE = {
    "a comment in a list": '`#` begins a comment here. Put the text in quotes: "#...".',
    "nested too deeply": "A card has at most four steps of indentation.",
    "a field further in": (
        "It begins further in than the field above it, and is read as more of its text. If it is a field, begin it "
        "where that one begins; if it is text, put the whole text in quotes, or use `|`."
    ),
    "mapping values are not allowed": (
        "A colon followed by a space starts a new field. Put the whole text in quotes, or use `|` and go on below."
    ),
    "could not find expected ':'": (
        "A field name needs a colon and a space behind it. A text over several lines starts with `|`."
    ),
    "expected <block end>": (
        "Look at how far this line is indented, and at the quotes: it does not fit the lines above it."
    ),
    "did not find expected": "Look at how far this line is indented, and at the quotes above it.",
    "found unexpected end of stream": "A quote that was opened is not closed.",
    "found character": "This character has a meaning in YAML. Put the text in quotes.",
    "found undefined alias": "A text that starts with `*` needs quotes.",
    "expected a single document": "A line of three hyphens starts another document. Use one file for each card.",
    "special characters are not allowed": "There is an invisible control character in the file. Type the line again.",
}


def explain(error: Exception, text: str, shown: str) -> Problem:
    """The author's version of a YAML error. The pure-Python reader is asked again, for its better words and place."""
    if not str(getattr(error, "problem", "")).startswith(("nested too deeply", "expected a single")):
        try:
            deque(yaml.parse(text, Loader=yaml.SafeLoader), maxlen=0)
        except yaml.YAMLError as better:
            error = better
    words = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    at, words = _cause(error, words, text)
    lines = text.split("\n")
    if at.line <= len(lines) and re.match(r"[ ]*\t", lines[at.line - 1]):
        return tab(shown, Text("", at.line, 1))
    if at.line <= len(lines) and lines[at.line - 1][at.column - 1 : at.column] == "\t":
        return tab(shown, at)
    hint = next(
        (advice for start, advice in _ADVICE.items() if start in words),
        "Look at the quotes, the colons and the indentation here.",
    )
    return not_yaml(shown, at, "from this place on the file cannot be read", hint)


def _cause(error: Exception, words: str, text: str) -> tuple[Text, str]:
    """Where a mistake was made and what it is, which is not always where and what the reader met: an open quote is met
    at the end of the file, and a field without its colon on the line below."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return place_of(getattr(error, "position", 0) or 0, text), words
    begun = getattr(error, "context_mark", None)
    if "while parsing a flow" in str(getattr(error, "context", "")):
        for number, line in reversed([*enumerate(text.split("\n")[: mark.line + 1], 1)]):
            if comment := re.search(r"[\[{,]\s*(#)\S", line):  # as in a list of two colours
                return Text("", number, comment.start(1) + 1), "a comment in a list"
    if begun is not None and ("quoted scalar" in str(getattr(error, "context", "")) or "expected ':'" in words):
        mark = begun
    at = Text("", mark.line + 1, mark.column + 1)
    if "mapping values" in words:
        lines = text.split("\n")
        above = next((n for n in range(mark.line - 1, -1, -1) if lines[n].strip()), None)
        if above is not None and _field_without_colon(lines[above], lines[mark.line]):
            return Text("", above + 1, _begins(lines[above]) + 1), "could not find expected ':'"
        if above is not None and _field_further_in(lines[above], lines[mark.line], mark.column):
            return Text("", at.line, _begins(lines[mark.line]) + 1), "a field further in"
    return at, words


def _begins(line: str) -> int:
    """Where the first word of a line stands, behind what indents it: spaces, and the hyphens of a list."""
    return len(line) - len(line.lstrip(" -"))


def _field_without_colon(above: str, below: str) -> bool:
    """Whether the first word of a line is as far in as the field below it, and is neither a field nor a comment."""
    depth = _begins(above)
    return depth == _begins(below) and not re.match(r"#|[^\s:]+:(\s|$)", above[depth:])


def _field_further_in(above: str, below: str, colon: int) -> bool:
    """Whether a line begins with a word and a colon, further in than the field with a text on the line above."""
    if _begins(below) <= _begins(above) or not re.fullmatch(r" *[\w-]+", below[:colon]):
        return False
    return re.match(r"[^\s:]+:\s+[^\s#]", above[_begins(above) :]) is not None


def place_of(position: int, text: str) -> Text:
    before = text[:position]
    return Text("", before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)
