"""Located text + dataclass -> card, or problems. Every problem of a file is reported, not only the first."""

from __future__ import annotations

import dataclasses
import difflib
import functools
import re
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from . import evidence, model, sets
from .bodies import Area, Requirement
from .field_rules import (
    level_number,
    missing_field,
    missing_fields,
    not_a_choice,
    not_a_date,
    not_a_number,
    not_a_share,
    one_of,
    option_side,
    review_form,
    unknown_field,
    wrong_shape,
)
from .kinds import BY_CLASS
from .problem import Problem, Text
from .source import Fields, Items, Node, read_fields, read_front_matter

REVIEW = re.compile(r"draft|\d{4}-\d\d-\d\d by [^,]+, .+|retired, see [a-z0-9-]+")

Made = TypeVar("Made")
#: What model.py says of a field beside its type.
Metadata = Mapping[str, Any]


@dataclasses.dataclass
class _Reader:
    """Reads one file; collects its problems."""

    path: str
    problems: list[Problem] = dataclasses.field(default_factory=list)

    def note(self, found: Problem) -> None:
        self.problems.append(found)

    def record(self, cls: type[Made], fields: Node, what: str) -> Callable[..., Made] | None:
        """A dataclass from named fields; None when a required field is missing or broken."""
        if not isinstance(fields, Fields):
            self.note(wrong_shape(self.path, fields, what, "a group of named fields"))
            return None
        if cls in _SPECIAL:
            return _SPECIAL[cls](self, fields)
        of: type = cls
        specs = _specs(of)
        meant = set()  # fields that a slip of the fingers stands for: they are not missing as well
        for given_name in fields.values:
            if given_name not in specs:
                self.note(unknown_field(self.path, given_name, what, specs))
                meant.update(difflib.get_close_matches(given_name, specs, 1))
        values, whole, lacking = {}, True, {}
        for name, (kind, metadata) in specs.items():
            given = fields.get(name)
            if given is None or given == "" or (isinstance(given, (Items, Fields)) and not given.values):
                if metadata.get("required"):
                    if name not in meant:
                        lacking[name] = given if isinstance(given, Text) else fields, metadata["help"]
                    whole = False
                continue
            value = self.value(kind, name, given, metadata)
            if value is None:
                whole = False
            else:
                values[name] = value
        self.problems += missing_fields(self.path, fields, lacking, what)
        return functools.partial(cls, **values) if whole else None

    def value(self, kind: Any, name: str, given: Node, metadata: Metadata) -> object:
        origin, inner = typing.get_origin(kind), typing.get_args(kind)
        if kind is Text:
            return self.word(name, given, metadata)
        if kind in (int, float):
            return self.number(kind, name, given)
        if origin is tuple:
            if isinstance(given, Text) and inner[0] is Text:
                given = Items([given])  # one name alone may stand without a hyphen
            if not isinstance(given, Items):
                self.note(wrong_shape(self.path, given, name, "a list, each entry on a line with a hyphen"))
                return None
            listed = [self.entry(inner[0], name, entry, metadata) for entry in given.values]
            return None if None in listed else tuple(listed)
        if origin is dict:
            if not isinstance(given, Fields):
                self.note(wrong_shape(self.path, given, name, "a group of named fields"))
                return None
            named = {key: self.value(inner[1], key, entry, {}) for key, entry in given.values.items()}
            return None if None in named.values() else named
        raise TypeError(f"no reader for {kind}")  # pragma: no cover - a mistake in model.py

    def entry(self, kind: Any, name: str, given: Node, metadata: Metadata) -> object:
        if kind is Text:
            return self.word(name, given, metadata)
        made = self.record(kind, given, _WHAT.get(kind, f"an entry of `{name}`"))
        return made() if made else None

    def text(self, name: str, given: Node) -> Text | None:
        """Words, whichever."""
        if not isinstance(given, Text):
            self.note(wrong_shape(self.path, given, name, "a text"))
            return None
        if not any(one.isprintable() and not one.isspace() for one in given):
            words = "It is empty; a text that begins with `#` needs quotes"
            self.note(missing_field(self.path, given, name, "this card", words))
            return None
        return given

    def number(self, kind: type[int] | type[float], name: str, given: Node) -> int | float | None:
        text = self.text(name, given)
        if text is None:
            return None
        if kind is int and (not re.fullmatch(r"[0-9]{1,5}", text) or int(text) == 0):
            self.note(not_a_number(self.path, text, name))
            return None
        if kind is float and not re.fullmatch(r"0?\.[0-9]{1,4}|0|1(?:\.0+)?", text):
            self.note(not_a_share(self.path, text, name))
            return None
        return kind(text)

    def word(self, name: str, given: Node, metadata: Metadata) -> Text | None:
        """Words, and of those that the field allows."""
        text = self.text(name, given)
        if text is None:
            return None
        if metadata.get("date") and not _is_day(text):
            self.note(not_a_date(self.path, text, name))
        elif metadata.get("words") and text not in metadata["words"]:
            self.note(not_a_choice(self.path, text, name, metadata["words"]))
        elif name == "review" and not (REVIEW.fullmatch(text) and (not text[0].isdigit() or _is_day(text[:10]))):
            self.note(review_form(self.path, text))
        else:
            return text
        return None


#: A reader of its own for a class whose fields do not say everything; what it returns makes one of the class.
Special = Callable[[_Reader, Fields], Callable[..., Any] | None]


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _option(reader: _Reader, fields: Fields) -> Callable[[], model.Option] | None:
    sides = [name for name in fields.values if name in ("right", "wrong")]
    for name in fields.values:
        if name not in ("right", "wrong", "why"):
            reader.note(unknown_field(reader.path, name, "an option", ("right", "wrong", "why")))
    if len(sides) != 1:
        if sides or fields.values.keys() <= {"why"}:  # of a side that was mistyped it is said already
            reader.note(option_side(reader.path, sides[1] if sides else fields))
        return None
    text = reader.text(sides[0], fields.values[sides[0]])
    why = fields.get("why")
    if not why:
        reader.note(
            missing_field(
                reader.path,
                sides[0],
                "why",
                "each option",
                "The reason; for a wrong option, the misunderstanding that makes it tempting",
            )
        )
        return None
    reason = reader.text("why", why)
    if text is None or reason is None:
        return None
    return functools.partial(model.Option, text=text, right=sides[0] == "right", why=reason)


def _criterion(reader: _Reader, fields: Fields) -> Callable[[], model.Criterion] | None:
    levels: dict[int, Text] = {}
    whole = True
    for name, given in fields.values.items():
        if name == "name":
            continue
        descriptor = reader.text(name, given)
        if not re.fullmatch(r"[0-9]|10", name):
            reader.note(level_number(reader.path, name))
            whole = False
        elif descriptor is None:
            whole = False
        else:
            levels[int(name)] = descriptor
    title = fields.get("name")
    if not isinstance(title, Text) or not title:
        reader.note(
            missing_field(reader.path, fields, "name", "a criterion", "What the criterion looks at, in a few words")
        )
        return None
    return functools.partial(model.Criterion, name=title, levels=levels) if whole and levels else None


def _choice(cls: type, names: tuple[str, ...], other: tuple[str, ...], what: str) -> Special:
    """A reader for a line that names one of a few cards, and may hold `other` fields beside."""

    def read(reader: _Reader, fields: Fields) -> Callable[..., object] | None:
        known = {*names, *other}
        for name in fields.values:
            if name not in known:
                reader.note(unknown_field(reader.path, name, what, known))
        chosen = [name for name in names if fields.get(name)]
        if len(chosen) != 1:
            if chosen or fields.values.keys() <= known:  # of a name that was mistyped it is said already
                reader.note(one_of(reader.path, fields, names, what))
            return None
        values, types_ = {}, typing.get_type_hints(cls)
        for field, given in fields.values.items():
            if field in (*chosen, *other):
                values[str(field)] = reader.value(types_[field], field, given, {})
        return None if None in values.values() else functools.partial(cls, **values)

    return read


_SPECIAL: dict[type, Special] = {
    model.Option: _option,
    model.Criterion: _criterion,
    model.Ask: _choice(model.Ask, ("question", "write"), ("reflection",), "what a part asks"),
    model.Entry: _choice(model.Entry, ("question", "set", "vignette", "reflection"), ("points",), "an item"),
}
_WHAT = {
    model.Option: "an option",
    model.Person: "a person",
    model.Part: "a part",
    model.Anchor: "an anchor answer",
    model.Weight: "a weight",
    Area: "an area",
    Requirement: "a requirement",
    sets.Story: "a story",
    evidence.Outcome: "an outcome",
    evidence.Ruling: "a row of law",
    evidence.HelpLine: "a help line",
}


@functools.cache
def _specs(cls: type) -> Mapping[str, tuple[Any, Metadata]]:
    hints = typing.get_type_hints(cls)
    return types.MappingProxyType(
        {f.name: (hints[f.name], f.metadata) for f in dataclasses.fields(cls) if not f.metadata.get("internal")}
    )


def read_card(cls: type[model.Card], path: Path, shown: str) -> tuple[model.Card | None, list[Problem]]:
    """The card in a file and its problems. The card is None where a required field is missing or broken.

    `shown` is the path as messages print it, relative to the library. A file of the bank that has `stories` is a set.
    """
    body, a_page = Text(), "body" in cls.__dataclass_fields__
    if a_page:
        fields, body, problems = read_front_matter(path, shown)
    else:
        fields, problems = read_fields(path, shown)
    if fields is None:
        return None, problems
    if cls is model.Question and "stories" in fields.values:
        cls = sets.QuestionSet
    reader = _Reader(shown, problems)
    made = reader.record(cls, fields, BY_CLASS[cls].what)
    if made is None:
        return None, reader.problems
    card = made(path=path, body=body) if a_page else made(path=path)
    return card, reader.problems


def read_alone(cls: type[Made], path: Path, what: str, shown: str = "") -> tuple[Made | None, list[Problem]]:
    """The card in a file that stands in no library, and its problems; None where it is broken. `what` it is: `a
    ...`. `shown` is the path as messages print it."""
    fields, problems = read_fields(path, shown or str(path))
    if fields is None:
        return None, problems
    reader = _Reader(shown or str(path), problems)
    made = reader.record(cls, fields, what)
    return (made(path=path) if made else None), reader.problems


def field_order(cls: type) -> tuple[str, ...]:
    """The names of a card's fields in reading order."""
    return tuple(_specs(cls))
