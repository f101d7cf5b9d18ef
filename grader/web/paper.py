"""Papers: PDF for a file or a signature. One layout (`paper.typ`), our fonts, tagged for readers that speak (PDF/UA-1).

Typst sets them. It is one file without anything to install beside it, shapes every script, and refuses a paper that a
reader's program could not read out, or that holds a character which no font draws.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from . import tokens
from .brand import brand
from .files import write
from .interval import Interval
from .press import FAMILIES, SIZES, CannotPrint, Missing, press
from ..language import language, t

#: A part of a paper, as the template reads it.
Part: TypeAlias = dict[str, Any]

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Tag:
    """A state as a word on its colour. `kind`: good, off, note, or empty."""

    words: str
    kind: str = ""


@dataclass(frozen=True)
class Meter:
    """A share of a whole, 0 to 1, with what is planned beyond it.

    `words`: the figures as they are read; `notes`: lines below.
    """

    label: str
    words: str
    done: float
    planned: float = 0.0
    state: Tag | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signature:
    """A line to sign on, with the printed name below it and in which role it is signed."""

    name: str
    role: str


@dataclass
class Paper:
    """A paper.

    `kind`: the label above the title; `who`: whom it is about; `number`: the record's; `foot`: how to verify it, on
    each page.
    """

    title: str
    program: str
    day: date
    kind: str = ""
    who: str = ""
    number: str = ""
    foot: str = ""
    parts: list[Part] = field(default_factory=list)

    def heading(self, text: str, level: int = 1) -> None:
        self.parts.append({"part": "heading", "level": level, "text": text})

    def text(self, text: str, small: bool = False) -> None:
        self.parts.append({"part": "text", "text": text, "small": small})

    def note(self, text: str, kind: str = "note") -> None:
        """A callout. `kind`: note, act or voice."""
        self.parts.append({"part": "note", "text": text, "kind": kind})

    def facts(self, rows: list[tuple[str, str]]) -> None:
        self.parts.append({"part": "facts", "rows": rows})

    def table(self, head: list[tuple[str, float, str]], rows: Sequence[Sequence[str | Tag | Interval]]) -> None:
        """`head`: (words, share of the width or 0 for as much as it needs, "n" for figures)."""
        words, widths, sides = zip(*head)
        self.parts.append(
            {
                "part": "table",
                "head": words,
                "widths": widths,
                "sides": sides,
                "rows": [[_plain(cell) for cell in row] for row in rows],
            }
        )

    def meters(self, rows: list[Meter]) -> None:
        self.parts.append({"part": "meters", "rows": [asdict(row) for row in rows]})

    def signatures(self, said: str, people: list[Signature]) -> None:
        """Lines to sign on. `said`: what is signed, in a sentence or two; it stands with them on one page."""
        self.parts.append({"part": "signatures", "said": said, "people": [asdict(one) for one in people]})

    def save(self, path: Path, size: str = "a4") -> None:
        """Write the paper as PDF, A4 or US Letter.

        Raises CannotPrint, naming the text, where no font holds one of its characters.
        """
        write(path, self.pdf(size))

    def pdf(self, size: str = "a4") -> bytes:
        """The paper as PDF.

        Our own fonts come first, so that it is the same everywhere; the machine's are asked for what ours do not
        hold.
        """
        if size not in SIZES:
            raise CannotPrint(
                t("`{size}` is not a size of paper here. Write one of: {names}.", size=size, names=", ".join(SIZES))
            )
        data = {
            **asdict(self),
            "day": f"{self.day}",
            "size": SIZES[size],
            "fonts": FAMILIES,
            "colours": {name: tokens.colour(name) for name in tokens.tokens()["colour"]},
            "brand": brand().name,
            "marked": not brand().credit,
            "language": language().partition("-")[0],
            "words": {
                "page": pages(),
                "number": t("No. {number}", number=self.number),
                "sign": t("Date and signature"),
                "signature": t("Signature"),
                "date": t("Date"),
            },
        }
        missing = ""
        for machine in (False, True):
            try:
                return press(HERE / "paper.typ", {"paper": json.dumps(data, ensure_ascii=False)}, self.day, machine)
            except Missing as found:
                missing = str(found)
        raise CannotPrint(_refusal(missing, data["parts"], [self.title, self.program, self.who, self.foot]))


def pages() -> list[str]:
    """What stands before, between and behind the number of a page and that of the last one."""
    before, _, rest = t("Page {number} of {last}").partition("{number}")
    between, _, behind = rest.partition("{last}")
    return [before, between, behind]


def _plain(cell: str | Tag | Interval | Meter) -> str | Part:
    return cell if isinstance(cell, str) else asdict(cell)


def _refusal(missing: str, *places: object) -> str:
    """One line: in which text, which characters, and what to do."""
    named = ", ".join(
        f"{char} (U+{ord(char):04X}, {unicodedata.name(char, 'without a name').lower()})" for char in missing[:3]
    )
    where = next((text for text in _strings(places) if set(text) & set(missing)), "")
    if len(missing) > 3:
        named = t("{some} and {n} more", some=named, n=len(missing) - 3)
    return t(
        "“{where}” cannot be printed: no font here holds {named}. Install a font that has it (a Noto font of its "
        "script), or write it in other letters.",
        where=where,
        named=named,
    )


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _strings(one)
