"""Located text + dataclass -> card, or problems. Every problem of a file is reported, not only the first."""

from __future__ import annotations

import dataclasses
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
from .kinds import BY_CLASS
from .problem import Problem, Text, near, problem, rule
from .source import Fields, Items, read_fields, read_front_matter

REVIEW = re.compile(r"draft|\d{4}-\d\d-\d\d by [^,]+, .+|retired, see [a-z0-9-]+")


@rule("F001")
def unknown_field(path, name: Text, what: str, known) -> Problem:
    """A field that this kind of card does not have. It is usually a slip of the fingers, and what stands in it would be ignored.

    Before:  objectiv: hold-secrets
    After:   objective: hold-secrets
    """
    return problem(unknown_field, path, name, f"`{name}` is not a field of {what}", near(name, known))


@rule("F002")
def missing_field(path, at, name: str, what: str, help: str) -> Problem:
    """A field that every card of this kind needs is not there, or has nothing in it. The message says what belongs there.

    The template shows every field in its order: `grader new KIND NAME`.
    """
    return problem(missing_field, path, at, f"{what} needs `{name}`", help if help[-1] in ".?" else f"{help}.")


@rule("F003")
def wrong_shape(path, at, name: str, wanted: str) -> Problem:
    """A field holds a list where a text belongs, or the other way round.

    A list has one line for each entry, each starting with a hyphen and a space.
    """
    return problem(wrong_shape, path, at, f"`{name}` should be {wanted}", "See the template: `grader new KIND NAME`.")


@rule("F004")
def not_a_choice(path, value: Text, name: str, words) -> Problem:
    """The field takes one of a few words, and this is another. The nearest word is offered, or the list of them.

    Before:  level: aply
    After:   level: apply
    """
    return problem(not_a_choice, path, value, f"`{name}` cannot be `{value}`", near(value, words))


@rule("F005")
def not_a_number(path, value: Text, name: str) -> Problem:
    """The field takes a whole number above zero, in figures, without a unit. Minutes and points are added up, so a word cannot stand there."""
    return problem(not_a_number, path, value, f"`{name}` should be a whole number above zero, not `{value}`", "Write it in figures: `45`.")


@rule("F006")
def review_form(path, value: Text) -> Problem:
    """The review line says who reviewed the card. Only a named, real clinician with a credential can review, on a date.

    `review: draft`, or `review: 2027-02-01 by A Name, Credential`, or `review: retired, see OTHER-CARD`.
    """
    return problem(
        review_form, path, value, f"`review` cannot be `{value}`", "Write `draft`, or `DATE by NAME, CREDENTIAL`, or `retired, see NAME`."
    )


@rule("F007")
def option_side(path, at) -> Problem:
    """An option starts with `right:` or with `wrong:`, so that the left margin tells the truth about the key. There is no box to tick and none to mistick."""
    return problem(
        option_side, path, at, "an option starts with either `right:` or `wrong:`", "Write the option's text behind one of the two."
    )


@rule("F008")
def level_number(path, name: Text) -> Problem:
    """A level of a criterion is a number of points from 0 to 10, followed by what is on the page at that level. Markers choose among the levels, nothing between."""
    return problem(level_number, path, name, f"`{name}` is not a level of a criterion", "Levels are whole numbers: 4, 2, 0.")


@rule("F009")
def one_of(path, at, names, what: str) -> Problem:
    """A line names exactly one card: `question: NAME`, `vignette: NAME` or `reflection: NAME`. With two on a line, one would be left out of the notebook."""
    return problem(one_of, path, at, f"{what} names one of " + ", ".join(f"`{name}`" for name in names), "Put each card on its own line.")


@rule("F010")
def not_a_share(path, value: Text, name: str) -> Problem:
    """The field takes a share between 0 and 1, with a point: 0.6 means six trainees in ten. A percentage or a comma would be read as another number.

    Before:  difficulty: 60 %
    After:   difficulty: 0.6
    """
    return problem(not_a_share, path, value, f"`{name}` should be a share between 0 and 1, not `{value}`", "Write it with a point: `0.6`.")


@rule("F011")
def not_a_date(path, value: Text, name: str) -> Problem:
    """The field takes a day as year, month, day, so that a program can tell when it is time to look again. Figures in another order are read differently in different countries.

    Before:  checked: 28/11/2026
    After:   checked: 2026-11-28
    """
    return problem(not_a_date, path, value, f"`{name}` should be a day such as 2026-11-28, not `{value}`", "Write year, month, day, with hyphens.")


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
        for name in fields.values:
            if name not in specs:
                self.note(unknown_field(self.path, name, what, specs))
        values, whole = {}, True
        for name, (kind, metadata) in specs.items():
            given = fields.values.get(name)
            if given is None or given == "" or (isinstance(given, (Items, Fields)) and not given.values):
                if metadata.get("required"):
                    self.note(missing_field(self.path, given if isinstance(given, Text) else fields, name, what, metadata["help"]))
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
            if not isinstance(given, Items) and not isinstance(given, Text) or entries is None or isinstance(given, Text) and inner[0] is not Text:
                return self.note(wrong_shape(self.path, given, name, "a list, each entry on a line with a hyphen"))
            read = [self.entry(inner[0], name, entry) for entry in entries]
            return None if None in read else tuple(read)
        if origin is dict:
            if not isinstance(given, Fields):
                return self.note(wrong_shape(self.path, given, name, "a group of named fields"))
            read = {key: self.value(inner[1], key, entry, {}) for key, entry in given.values.items()}
            return None if None in read.values() else read
        raise TypeError(f"no reader for {kind}")  # pragma: no cover - a mistake in model.py

    def entry(self, kind, name: str, given: object):
        if kind is Text:
            return self.scalar(Text, name, given, {})
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
    why = fields.values.get("why")
    if not why:
        return reader.note(missing_field(reader.path, sides[0], "why", "each option", "The reason; for a wrong option, the misunderstanding that makes it tempting"))
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
    title = fields.values.get("name")
    if not isinstance(title, Text) or not title:
        return reader.note(missing_field(reader.path, fields, "name", "a criterion", "What the criterion looks at, in a few words"))
    return functools.partial(model.Criterion, name=title, levels=levels) if whole and levels else None


def _choice(cls: type, names: tuple[str, ...], other: tuple[str, ...], what: str) -> Callable:
    """A reader for a line that names one of a few cards, and may hold `other` fields beside."""

    def read(reader: _Reader, fields: Fields):
        known = {*names, *other}
        for name in fields.values:
            if name not in known:
                reader.note(unknown_field(reader.path, name, what, known))
        chosen = [name for name in names if fields.values.get(name)]
        if len(chosen) != 1:
            return reader.note(one_of(reader.path, fields, names, what))
        values, types_ = {}, typing.get_type_hints(cls)
        for name in (*chosen, *(name for name in other if name in fields.values)):
            values[name] = reader.scalar(types_[name], name, fields.values[name], {})
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


def field_order(cls: type) -> tuple[str, ...]:
    """The names of a card's fields in reading order."""
    return tuple(_specs(cls))
