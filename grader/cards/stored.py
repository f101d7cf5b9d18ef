"""Cards as plain data, to be kept for years and read back: what was released, whatever the files say by then."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import typing
from functools import cache
from pathlib import Path, PurePath
from typing import Any, TypeVar, cast

from .problem import Text

Kept = TypeVar("Kept")


class Unknown(Exception):
    """Data that this version of the package cannot read as a card, in one line."""


def plain(value: object) -> object:
    """A card, or a part of one, as JSON has it: fields by name, and nothing that only a file has (lines, columns)."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(name): plain(inside) for name, inside in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(inside) for inside in value]
    return str(value) if isinstance(value, (str, PurePath)) else value


def card(cls: type[Kept], data: object) -> Kept:
    """The card of a class that `plain` made into data. Raises Unknown."""
    try:
        return cast(Kept, _read(cls, data))
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise Unknown(f"a {cls.__name__.lower()} that was kept cannot be read ({error})") from None


def version(value: object) -> str:
    """A short check of a card's content: two cards with the same one say the same."""
    data = plain(value)
    if isinstance(data, dict):
        data.pop("path", None)
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]


@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _read(kind: Any, data: Any) -> Any:
    outer, inner = typing.get_origin(kind), typing.get_args(kind)
    if outer is tuple:
        return tuple(_read(inner[0], one) for one in data)
    if outer is dict:
        return {_key(inner[0], name): _read(inner[1], one) for name, one in data.items()}
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        known = {field.name for field in dataclasses.fields(kind)}
        return kind(**{name: _read(_hints(kind)[name], one) for name, one in data.items() if name in known})
    if kind in (Text, Path):
        return kind(data)
    if kind is float and isinstance(data, int):
        return float(data)
    return data


def _key(kind: object, name: str) -> int | Text:
    return int(name) if kind is int else Text(name)
