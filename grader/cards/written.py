"""What is known of a card -> its file: each field in its place, and a question above each blank that is left."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from .kinds import BY_WORD
from .source import Fields, parse_fields
from .templates import BLANK, blanks

#: What a field can hold: a text, a list, or fields by name.
Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_LONGEST = 110  # characters of a text that stands on the line of its field


def filled(kind: str, values: Mapping[str, Value], remarks: Sequence[str] = ()) -> str:
    """The file of a card of a kind (a key of kinds.BY_WORD): `remarks` as comments at its head, the fields of `values`,
    and for each required field that is not among them the blank that `grader new` writes. An optional field that is not
    known is left out."""
    lines = [f"# {line}".rstrip() for remark in remarks for line in clean(remark).split("\n")]
    for name, question, blank, optional in blanks(BY_WORD[kind].cls):
        if name in values:
            known = values[name]
            lines += [question] if BLANK in str(known) else []
            lines += entry(name, known)
        elif not optional:
            lines += [question, blank] if BLANK in blank else [blank]
    return "\n".join(lines) + "\n"


def clean(text: str) -> str:
    """A text without what no file of a card can hold: control characters, and separators that YAML takes for the end
    of a line."""
    return _CONTROLS.sub("", text.replace("\u2028", "\n").replace("\u2029", "\n\n").replace("\x0b", "\n"))


def entry(name: str, value: Value, indent: str = "") -> list[str]:
    """The lines of a field."""
    if isinstance(value, str):
        return _text(f"{indent}{name}:", clean(value), indent)
    if isinstance(value, Mapping):
        return [f"{indent}{name}:", *(line for key in value for line in entry(key, value[key], f"{indent}  "))]
    if all(isinstance(one, str) and re.fullmatch(r"[\w.-]+", one) for one in value):
        return [f"{indent}{name}: [{', '.join(map(str, value))}]"]
    return [f"{indent}{name}:", *(line for one in value for line in _listed(one, f"{indent}  "))]


def _listed(value: Value, indent: str) -> list[str]:
    """An entry of a list: what would stand two steps further in begins behind its hyphen."""
    if isinstance(value, str):
        return _text(f"{indent}-", clean(value), indent)
    fields = value if isinstance(value, Mapping) else {}
    lines = [line for key in fields for line in entry(key, fields[key], f"{indent}  ")]
    return [f"{indent}- {lines[0].lstrip()}", *lines[1:]]


def _text(head: str, text: str, indent: str) -> list[str]:
    lines = [line.rstrip(" \t") for line in text.strip().expandtabs(4).split("\n")]
    if len(lines) == 1 and len(text) <= _LONGEST:
        return [f"{head} {_quoted(lines[0])}"]
    return [f"{head} |", *(f"{indent}  {line}".rstrip() for line in lines)]


def _quoted(line: str) -> str:
    """A line as it is where the reader takes it so, else between quotation marks."""
    fields, problems = parse_fields(f"field: {line}\n", "")
    same = isinstance(fields, Fields) and not problems and fields.get("field") == line
    return line if same and line else "'" + line.replace("'", "''") + "'"
