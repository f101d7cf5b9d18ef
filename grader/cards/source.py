"""YAML or front matter -> text that knows its line. The only module that imports yaml.

The reader's events give the shape; every scalar stays the author's own text, so `302.70`, `6E20`, `No` and
`12:30` arrive as typed. Anchors and aliases are refused: a card is read by people, and an alias can
make a small file unfold into a huge one. Events and not nodes, since the tree of nodes is built by recursion,
and a file of brackets alone would end the program.
"""

from __future__ import annotations

import re
import stat
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from .problem import Problem, Text, problem, rule

LARGEST = 500_000  # bytes; the longest chapter is a tenth of it
DEEPEST = 20  # steps of indentation
#: YAML ends a line at these, editors and people do not.
_BREAKS = re.compile("[\x85\u2028\u2029]")

try:
    _Loader = yaml.CSafeLoader
except AttributeError:  # pragma: no cover - PyYAML built without libyaml
    _Loader = yaml.SafeLoader


@dataclass(slots=True)
class Items:
    """A list in an author's file."""

    values: list = field(default_factory=list)
    line: int = 1
    column: int = 1


@dataclass(slots=True)
class Fields:
    """Named fields in an author's file, in the order written."""

    values: dict[Text, object] = field(default_factory=dict)
    line: int = 1
    column: int = 1


@rule("Y001")
def not_yaml(path, at, words: str, hint: str) -> Problem:
    """The file is not valid YAML, so nothing after this place can be read.

    The usual causes are a colon followed by a space inside a text, a quote that is not closed,
    and a line that is indented by a different number of spaces from its neighbours.
    Before:  ask: Which comes first: safety or desire?
    After:   ask: "Which comes first: safety or desire?"
    """
    return problem(not_yaml, path, at, words, hint)


@rule("Y002")
def given_twice(path, name: Text, first: Text) -> Problem:
    """The same field is written twice; one of the two texts would be lost without a word.

    Before:  level: apply ... level: analyse
    After:   level: analyse
    """
    return problem(
        given_twice,
        path,
        name,
        f"`{name}` is given twice; it was already set on line {first.line}",
        "Keep one of the two.",
    )


@rule("Y003")
def tab(path, at) -> Problem:
    """A line starts with a tab. YAML counts spaces, and a tab has no agreed width, so nobody can tell where the line
    belongs.

    Set your editor to write two spaces for the tab key.
    """
    return problem(tab, path, at, "this line starts with a tab", "Use two spaces for each step instead.")


@rule("Y004")
def not_utf8(path) -> Problem:
    """The file is not UTF-8 text. Letters with accents and quotation marks would come out wrong in the book and in
    notebooks.

    In the editor: Save As, encoding UTF-8.
    """
    return problem(not_utf8, path, None, "this file is not UTF-8 text", "Save it again with the encoding UTF-8.")


@rule("Y005")
def too_large(path, size: int) -> Problem:
    """The file is far larger than any card or chapter. Perhaps a picture or a document was saved under this name. A
    card is one screen of text."""
    return problem(
        too_large,
        path,
        None,
        f"this file has {size:,} bytes; {LARGEST:,} at most",
        "Is it the right file? One card is one screen of text.",
    )


@rule("Y006")
def alias(path, at) -> Problem:
    """The file uses a YAML anchor (&name) or alias (*name). A reader would have to look up what it stands for.

    A text that starts with & or * needs quotes.
    """
    return problem(
        alias,
        path,
        at,
        "a card has no anchors (`&`) or aliases (`*`)",
        "Write the text out, or put a text that starts with `*` or `&` in quotes.",
    )


@rule("Y007")
def empty(path) -> Problem:
    """The file has nothing in it; perhaps it was made and not saved. `grader new KIND NAME` writes one with a
    question above each blank."""
    return problem(empty, path, None, "this file is empty", "Fill it in, or delete it.")


@rule("Y008")
def no_front_matter(path) -> Problem:
    """A chapter starts with its front matter: a line of three hyphens, the fields, and three hyphens again. Title,
    objectives and areas stand there; without them no question can belong to the chapter."""
    return problem(
        no_front_matter,
        path,
        None,
        "this chapter has no front matter",
        "Start the file with a line `---`, the fields, and a line `---`.",
    )


@rule("Y009")
def unreadable(path, why: str) -> Problem:
    """The file cannot be opened. It may be a link to nowhere, a folder with the name of a card, or a file that this
    account is not allowed to read."""
    return problem(
        unreadable, path, None, f"this file cannot be opened ({why})", "Look at its name and its permissions."
    )


@rule("Y010")
def line_break(path, at) -> Problem:
    """The text holds a line break that nobody sees: U+2028, U+2029 or U+0085. It comes with text pasted from word
    processors and web pages.

    The YAML reader ends a line there and your editor does not, so every place below would be wrong.
    Delete the space that is none, and type it again.
    """
    return problem(
        line_break,
        path,
        at,
        "there is an invisible line break here",
        "Delete this character, and type a space or start a new line.",
    )


def read_text(path: Path, shown: str) -> tuple[str | None, list[Problem]]:
    """The text of a file without its byte-order mark, or None with the reason. Line ends become `\\n`."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return None, [unreadable(shown, "it is not a file")]
        if status.st_size > LARGEST:
            return None, [too_large(shown, status.st_size)]
        data = path.read_bytes()
    except OSError as error:
        return None, [unreadable(shown, error.strerror or "unknown")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, [not_utf8(shown)]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def read_fields(path: Path, shown: str) -> tuple[Fields | None, list[Problem]]:
    """The fields of a YAML file, each text with its place."""
    text, problems = read_text(path, shown)
    if text is None:
        return None, problems
    return parse_fields(text, shown)


def read_front_matter(path: Path, shown: str) -> tuple[Fields | None, Text, list[Problem]]:
    """A Markdown file's front matter, and the text below it (its place is its first line)."""
    text, problems = read_text(path, shown)
    if text is None:
        return None, Text(), problems
    match = re.match(r"---[ ]*\n(.*?\n)---[ ]*(?:\n|$)", text, re.DOTALL)
    if not match:
        return None, Text(text, 1, 1), [no_front_matter(shown)]
    fields, problems = parse_fields("\n" + match[1], shown)
    return fields, Text(text[match.end() :], text.count("\n", 0, match.end()) + 1, 1), problems


def parse_fields(text: str, shown: str) -> tuple[Fields | None, list[Problem]]:
    """The fields in a YAML text, or None with the problems."""
    problems = [line_break(shown, _place_of(match.start(), text)) for match in _BREAKS.finditer(text)]
    text = _BREAKS.sub(" ", text)
    try:
        value = _tree(text, shown, problems)
    except yaml.YAMLError as error:
        return None, [_explain(error, text, shown)]
    if value is None:
        return None, [empty(shown)]
    if not isinstance(value, Fields):
        return None, [
            *problems,
            not_yaml(shown, value, "a card starts with a field name and a colon", "For example `use: practice`."),
        ]
    return value, problems


@dataclass(slots=True)
class _Open:
    """A list or a group of fields that is being read."""

    made: Items | Fields
    name: Text | None = None  # the field whose value comes next
    kept: bool = True  # whether that field counts

    def add(self, value: object, shown: str, problems: list[Problem]) -> None:
        if isinstance(self.made, Items):
            self.made.values.append(value)
        elif self.name is None:
            self.name, self.kept = (
                (value, value not in self.made.values) if isinstance(value, Text) else (Text(), False)
            )
            if not isinstance(value, Text):
                problems.append(
                    not_yaml(
                        shown,
                        value,
                        "a field name is a plain word",
                        "Put a text that starts with `[` or `{` in quotes.",
                    )
                )
            elif not self.kept:
                problems.append(given_twice(shown, value, next(name for name in self.made.values if name == value)))
        else:
            if self.kept:
                self.made.values[self.name] = value
            self.name = None


def _tree(text: str, shown: str, problems: list[Problem]) -> object:
    """What a text holds, made from the events of the YAML reader, so that no file is too deep to be refused with a
    place."""
    root = Items()
    open_ = [_Open(root)]
    for event in yaml.parse(text, Loader=_Loader):
        at = event.start_mark
        line, column = at.line + 1, at.column + 1
        if getattr(event, "anchor", None):
            problems.append(alias(shown, Text("", line, column)))
        if isinstance(event, yaml.ScalarEvent):
            # `key:` with nothing behind it is an empty text, not the word null.
            open_[-1].add(Text(event.value, line, column), shown, problems)
        elif isinstance(event, yaml.AliasEvent):
            open_[-1].add(Text("", line, column), shown, problems)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(open_) > DEEPEST:
                raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=at)
            open_.append(
                _Open((Items if isinstance(event, yaml.SequenceStartEvent) else Fields)(line=line, column=column))
            )
        elif isinstance(event, yaml.CollectionEndEvent):
            made = open_.pop().made
            open_[-1].add(made, shown, problems)
        elif isinstance(event, yaml.DocumentStartEvent) and root.values:
            raise yaml.MarkedYAMLError(problem="expected a single document", problem_mark=at)
    only = root.values[0] if root.values else None
    # A file of comments alone is an empty one.
    return None if only == "" else only


_ADVICE = {
    "nested too deeply": "A card has at most four steps of indentation.",
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


def _explain(error: Exception, text: str, shown: str) -> Problem:
    """The author's version of a YAML error. The pure-Python reader is asked again, for its better words and place."""
    if not str(getattr(error, "problem", "")).startswith(("nested too deeply", "expected a single")):
        try:
            deque(yaml.parse(text, Loader=yaml.SafeLoader), maxlen=0)
        except yaml.YAMLError as better:
            error = better
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    words = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    at = Text("", mark.line + 1, mark.column + 1) if mark else _place(error, text)
    lines = text.split("\n")
    if at.line <= len(lines) and re.match(r"[ ]*\t", lines[at.line - 1]):
        return tab(shown, Text("", at.line, 1))
    hint = next(
        (advice for start, advice in _ADVICE.items() if start in words),
        "Look at the quotes, the colons and the indentation here.",
    )
    return not_yaml(shown, at, "from this place on the file cannot be read", hint)


def _place(error: Exception, text: str) -> Text:
    return _place_of(getattr(error, "position", 0) or 0, text)


def _place_of(position: int, text: str) -> Text:
    before = text[:position]
    return Text("", before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)
