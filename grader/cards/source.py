"""YAML or front matter -> text that knows its line. With `source_errors` the only module that imports yaml.

The reader's events give the shape; every scalar stays the author's own text, so `302.70`, `6E20`, `No` and
`12:30` arrive as typed. Anchors and aliases are refused: a card is read by people, and an alias can
make a small file unfold into a huge one. Events and not nodes, since the tree of nodes is built by recursion,
and a file of brackets alone would end the program.
"""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from .problem import Problem, Text
from .source_errors import explain, place_of
from .source_rules import (
    LARGEST,
    alias,
    cut,
    empty,
    given_twice,
    line_break,
    merge_left,
    mixed_quotes,
    no_front_matter,
    not_utf8,
    not_yaml,
    tag,
    too_large,
    unreadable,
    unseen,
)

MANY = 20  # invisible characters of one text that are named
DEEPEST = 20  # steps of indentation
#: YAML ends a line at these, editors and people do not.
_BREAKS = re.compile("[\x85\u2028\u2029]")
#: What draws nothing, or turns what follows: no script needs these where people write cards.
UNSEEN = re.compile("[\u115f\u1160\u180e\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\u2800\u3164\ufeff\uffa0]")
#: The marks that git puts around two versions of a text that it could not join.
_MERGE = re.compile("^(?:<{7}|>{7})(?: |$)", re.MULTILINE)
_CURLY = "“”„«»"  # what a word processor makes of a quotation mark

try:
    _Loader: Any = yaml.CSafeLoader
except AttributeError:  # pragma: no cover - PyYAML built without libyaml
    _Loader = yaml.SafeLoader


@dataclass(slots=True)
class Items:
    """A list in an author's file."""

    values: list[Node] = field(default_factory=list)
    line: int = 1
    column: int = 1


@dataclass(slots=True)
class Fields:
    """Named fields in an author's file, in the order written."""

    values: dict[Text, Node] = field(default_factory=dict)
    line: int = 1
    column: int = 1

    def get(self, name: str) -> Node | None:
        """The text, list or group of a name; None where there is none."""
        return self.values.get(Text(name))


Node: TypeAlias = Text | Items | Fields


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
    except UnicodeDecodeError as error:
        return None, [_not_utf8(data, error.start, shown)]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def _not_utf8(data: bytes, at: int, shown: str) -> Problem:
    """Where a file stops being UTF-8, and what stands there in the encoding that Windows has had instead."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return not_utf8(shown, Text("", 1, 1), data[0], "UTF-16")
    before = data[:at].removeprefix(b"\xef\xbb\xbf").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    sign = data[at : at + 1].decode("cp1252", "ignore")
    return not_utf8(shown, place_of(len(before), before), data[at], sign if sign.isprintable() else "")


def unmerged(text: str, shown: str) -> list[Problem]:
    """A line on the first place where git left two versions of a text; none where it is whole."""
    found = _MERGE.search(text)
    return [merge_left(shown, place_of(found.start(), text))] if found else []


def read_fields(path: Path, shown: str) -> tuple[Fields | None, list[Problem]]:
    """The fields of a YAML file, each text with its place."""
    text, problems = read_text(path, shown)
    if text is None:
        return None, problems
    if left := unmerged(text, shown):
        return None, left
    return parse_fields(text, shown)


def read_front_matter(path: Path, shown: str) -> tuple[Fields | None, Text, list[Problem]]:
    """A Markdown file's front matter, and the text below it (its place is its first line)."""
    text, problems = read_text(path, shown)
    if text is None:
        return None, Text(), problems
    if left := unmerged(text, shown):
        return None, Text(text, 1, 1), left
    match = re.match(r"---[ ]*\n(.*?\n)---[ ]*(?:\n|$)", text, re.DOTALL)
    if not match:
        return None, Text(text, 1, 1), [no_front_matter(shown)]
    fields, problems = parse_fields("\n" + match[1], shown)
    problems += [unseen(shown, place_of(one.start(), text), one[0]) for one in UNSEEN.finditer(text, match.end())][
        :MANY
    ]
    return fields, Text(text[match.end() :], text.count("\n", 0, match.end()) + 1, 1), problems


def parse_fields(text: str, shown: str) -> tuple[Fields | None, list[Problem]]:
    """The fields in a YAML text, or None with the problems."""
    problems = [line_break(shown, place_of(match.start(), text)) for match in _BREAKS.finditer(text)]
    text = _BREAKS.sub(" ", text)
    try:
        value = _tree(text, shown, problems)
    except yaml.YAMLError as error:
        return None, [explain(error, text, shown)]
    if value is None:
        return None, [empty(shown)]
    if not isinstance(value, Fields):
        return None, [
            *problems,
            not_yaml(
                shown, value, "a field name and a colon come first", "Begin with the name of a field: `title: ...`."
            ),
        ]
    return value, problems


@dataclass(slots=True)
class _Open:
    """A list or a group of fields that is being read."""

    made: Items | Fields
    name: Text | None = None  # the field whose value comes next
    kept: bool = True  # whether that field counts

    def add(self, value: Node, shown: str, problems: list[Problem]) -> None:
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


def _tree(text: str, shown: str, problems: list[Problem]) -> Node | None:
    """What a text holds, made from the events of the YAML reader, so that no file is too deep to be refused with a
    place."""
    root = Items()
    open_ = [_Open(root)]
    lines, aliased = text.split("\n"), False
    for event in yaml.parse(text, Loader=_Loader):
        at: Any = event.start_mark
        line, column = at.line + 1, at.column + 1
        if getattr(event, "anchor", None) and not aliased:  # once: where one is, there are often hundreds
            aliased = True
            problems.append(alias(shown, Text("", line, column)))
        problems += _lost(event, lines, shown)
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


def _lost(event: Any, lines: list[str], shown: str) -> list[Problem]:
    """What YAML takes out of a text, or leaves in it, without a word: a comment behind it, a first word that begins
    with `!`, a quotation mark that is none to YAML."""
    found = []
    if word := getattr(event, "tag", None):
        found.append(tag(shown, Text("", event.start_mark.line + 1, event.start_mark.column + 1), word))
    if isinstance(event, yaml.ScalarEvent) and (found_one := UNSEEN.search(event.value)):
        found.append(unseen(shown, _where(found_one[0], event, lines), found_one[0]))
    if isinstance(event, yaml.ScalarEvent) and not event.style and event.value:
        end: Any = event.end_mark
        rest = lines[end.line][end.column :] if end.line < len(lines) else ""
        if rest.lstrip(" \t").startswith("#"):
            found.append(cut(shown, Text("", end.line + 1, end.column + rest.index("#") + 1)))
        if event.value[0] in _CURLY and event.value.endswith('"') and event.value.count('"') % 2:
            begin: Any = event.start_mark
            found.append(mixed_quotes(shown, Text("", begin.line + 1, begin.column + 1), event.value[0]))
    return found


def _where(mark: str, event: Any, lines: list[str]) -> Text:
    """Where a character stands that a text holds; where the text begins, if it was written as an escape."""
    begin, end = event.start_mark, event.end_mark
    for number in range(begin.line, min(end.line + 1, len(lines))):
        at = lines[number].find(mark, begin.column if number == begin.line else 0)
        if at >= 0:
            return Text("", number + 1, at + 1)
    return Text("", begin.line + 1, begin.column + 1)
