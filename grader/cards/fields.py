"""Located text + dataclass -> card, or problems. Every problem of a file is reported, not only the first."""

from __future__ import annotations

import dataclasses
import difflib
import functools
import re
import types
import typing
from collections.abc import Callable
from datetime import date
from pathlib import Path

from . import evidence, model, sets
from .bodies import Area, Requirement
from .chapter import Chapter
from .field_rules import (
    level_number,
    missing_field,
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
from .source import Fields, Items, read_fields, read_front_matter

REVIEW = re.compile(r"draft|\d{4}-\d\d-\d\d by [^,]+, .+|retired, see [a-z0-9-]+")


@dataclasses.dataclass
class _Reader:
    """Reads one file; collects its problems."""

    path: str
    problems: list[Problem] = dataclasses.field(default_factory=list)

    def note(self, found: Problem) -> None:
        self.problems.append(found)

    def record(self, cls: type, fields: object, what: str):
        """A dataclass from named fields; None when a required field is missing or broken."""
        if not isinstance(fields, Fields):
            return self.note(wrong_shape(self.path, fields, what, "a group of named fields"))
        if cls in _SPECIAL:
            return _SPECIAL[cls](self, fields)
        specs = _specs(cls)
        meant = set()  # fields that a slip of the fingers stands for: they are not missing as well
        for name in fields.values:
            if name not in specs:
                self.note(unknown_field(self.path, name, what, specs))
                meant.update(difflib.get_close_matches(name, specs, 1))
        values, whole = {}, True
        for name, (kind, metadata) in specs.items():
            given = fields.get(name)
            if given is None or given == "" or (isinstance(given, (Items, Fields)) and not given.values):
                if metadata.get("required"):
                    if name not in meant:
                        at = given if isinstance(given, Text) else fields
                        self.note(missing_field(self.path, at, name, what, metadata["help"]))
                    whole = False
                continue
            value = self.value(kind, name, given, metadata)
            if value is None:
                whole = False
            else:
                values[name] = value
        return functools.partial(cls, **values) if whole else None

    def value(self, kind, name: str, given: object, metadata):
        origin, inner = typing.get_origin(kind), typing.get_args(kind)
        if kind in (Text, int, float):
            return self.scalar(kind, name, given, metadata)
        if origin is tuple:
            # One name alone may stand without a hyphen.
            entries = [given] if isinstance(given, Text) and inner[0] is Text else getattr(given, "values", None)
            if (
                (not isinstance(given, Items) and not isinstance(given, Text))
                or entries is None
                or (isinstance(given, Text) and inner[0] is not Text)
            ):
                return self.note(wrong_shape(self.path, given, name, "a list, each entry on a line with a hyphen"))
            listed = [self.entry(inner[0], name, entry, metadata) for entry in entries]
            return None if None in listed else tuple(listed)
        if origin is dict:
            if not isinstance(given, Fields):
                return self.note(wrong_shape(self.path, given, name, "a group of named fields"))
            named = {key: self.value(inner[1], key, entry, {}) for key, entry in given.values.items()}
            return None if None in named.values() else named
        raise TypeError(f"no reader for {kind}")  # pragma: no cover - a mistake in model.py

    def entry(self, kind, name: str, given: object, metadata):
        if kind is Text:
            return self.scalar(Text, name, given, metadata)
        made = self.record(kind, given, _WHAT.get(kind, f"an entry of `{name}`"))
        return made() if made else None

    def scalar(self, kind, name: str, given: object, metadata):
        if not isinstance(given, Text):
            return self.note(wrong_shape(self.path, given, name, "a text"))
        if not given.strip():
            return self.note(missing_field(self.path, given, name, "this card", "It is empty"))
        if kind is int:
            if not re.fullmatch(r"[0-9]{1,5}", given) or int(given) == 0:
                return self.note(not_a_number(self.path, given, name))
            return int(given)
        if kind is float:
            if not re.fullmatch(r"0?\.[0-9]{1,4}|0|1(?:\.0+)?", given):
                return self.note(not_a_share(self.path, given, name))
            return float(given)
        if metadata.get("date") and not _is_day(given):
            return self.note(not_a_date(self.path, given, name))
        if metadata.get("words") and given not in metadata["words"]:
            return self.note(not_a_choice(self.path, given, name, metadata["words"]))
        if name == "review" and not REVIEW.fullmatch(given):
            return self.note(review_form(self.path, given))
        return given


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _option(reader: _Reader, fields: Fields):
    sides = [name for name in fields.values if name in ("right", "wrong")]
    for name in fields.values:
        if name not in ("right", "wrong", "why"):
            reader.note(unknown_field(reader.path, name, "an option", ("right", "wrong", "why")))
    if len(sides) != 1:
        return reader.note(option_side(reader.path, sides[1] if sides else fields))
    text = reader.scalar(Text, sides[0], fields.values[sides[0]], {})
    why = fields.get("why")
    if not why:
        return reader.note(
            missing_field(
                reader.path,
                sides[0],
                "why",
                "each option",
                "The reason; for a wrong option, the misunderstanding that makes it tempting",
            )
        )
    why = reader.scalar(Text, "why", why, {})
    if text is None or why is None:
        return None
    return functools.partial(model.Option, text=text, right=sides[0] == "right", why=why)


def _criterion(reader: _Reader, fields: Fields):
    levels: dict[int, Text] = {}
    whole = True
    for name, given in fields.values.items():
        if name == "name":
            continue
        descriptor = reader.scalar(Text, name, given, {})
        if not re.fullmatch(r"[0-9]|10", name):
            reader.note(level_number(reader.path, name))
            whole = False
        elif descriptor is None:
            whole = False
        else:
            levels[int(name)] = descriptor
    title = fields.get("name")
    if not isinstance(title, Text) or not title:
        return reader.note(
            missing_field(reader.path, fields, "name", "a criterion", "What the criterion looks at, in a few words")
        )
    return functools.partial(model.Criterion, name=title, levels=levels) if whole and levels else None


def _choice(cls: type, names: tuple[str, ...], other: tuple[str, ...], what: str) -> Callable:
    """A reader for a line that names one of a few cards, and may hold `other` fields beside."""

    def read(reader: _Reader, fields: Fields):
        known = {*names, *other}
        for name in fields.values:
            if name not in known:
                reader.note(unknown_field(reader.path, name, what, known))
        chosen = [name for name in names if fields.get(name)]
        if len(chosen) != 1:
            return reader.note(one_of(reader.path, fields, names, what))
        values, types_ = {}, typing.get_type_hints(cls)
        for field in (*chosen, *(field for field in other if field in fields.values)):
            values[field] = reader.scalar(types_[field], field, fields.get(field), {})
        return None if None in values.values() else functools.partial(cls, **values)

    return read


_SPECIAL: dict[type, Callable] = {
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
def _specs(cls: type) -> types.MappingProxyType:
    hints = typing.get_type_hints(cls)
    return types.MappingProxyType(
        {f.name: (hints[f.name], f.metadata) for f in dataclasses.fields(cls) if not f.metadata.get("internal")}
    )


def read_card(cls: type, path: Path, shown: str):
    """The card in a file and its problems. The card is None where a required field is missing or broken.

    `shown` is the path as messages print it, relative to the library. A file of the bank that has `stories` is a set.
    """
    body = Text()
    if cls is Chapter:
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
    card = made(path=path, body=body) if cls is Chapter else made(path=path)
    return card, reader.problems


def read_alone(cls: type, path: Path, what: str):
    """The card in a file that stands in no library, and its problems; None where it is broken. `what` it is: `a
    ...`."""
    fields, problems = read_fields(path, str(path))
    if fields is None:
        return None, problems
    reader = _Reader(str(path), problems)
    made = reader.record(cls, fields, what)
    return (made(path=path) if made else None), reader.problems


def field_order(cls: type) -> tuple[str, ...]:
    """The names of a card's fields in reading order."""
    return tuple(_specs(cls))
