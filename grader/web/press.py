"""Typst's door: a source, our fonts, and what comes out of the press."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..language import t

if TYPE_CHECKING:
    import typst

FONTS = Path(__file__).parent / "fonts"
#: First ours, then Noto for the scripts that ours do not hold. All stand in `fonts/`.
SCRIPTS = (
    "SC KR Arabic Hebrew Devanagari Bengali Gurmukhi Gujarati Tamil Telugu Kannada Malayalam Sinhala "
    "Thai Lao Khmer Myanmar Georgian Armenian Ethiopic"
)
FAMILIES = ["Candor Sans", *(f"Noto Sans {script}" for script in SCRIPTS.split())]
SIZES = {"a4": "a4", "letter": "us-letter"}
DOTS = 200  # an inch, of a picture


class CannotPrint(Exception):
    """Why a paper could not be made; one line."""


class Missing(Exception):
    """The characters that no font holds."""


def press(
    source: Path, inputs: Mapping[str, str], day: date, machine: bool = False, kind: Literal["pdf", "png"] = "pdf"
) -> bytes:
    """The pages of a Typst source: PDF (PDF/UA-1), or the first as a picture.

    The source may read what lies in its folder. `machine`: the machine's own fonts are asked for what ours do not hold.
    Raises Missing for characters that no font holds, CannotPrint where Typst is not installed.
    """
    try:
        import typst
    except ImportError:
        raise CannotPrint(t("A PDF needs the package typst, which is not installed here: pip install typst")) from None
    asked: dict[str, Any] = {"pdf_standards": ["ua-1"]} if kind == "pdf" else {"ppi": DOTS}
    try:
        made = typst.compile(
            str(source),
            root=str(source.parent),
            font_paths=_fonts(machine),
            sys_inputs=dict(inputs),
            timestamp=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
            format=kind,
            **asked,
        )
    except typst.TypstError as error:
        told = f"{error.message}\n{error.diagnostic}".split("the text ")[1:]
        missing = "".join(
            words.strip("`").removeprefix('"').removesuffix('"')
            for words, said, _ in (part.partition(" could not be displayed") for part in told)
            if said
        )
        if missing:
            raise Missing("".join(dict.fromkeys(missing))) from None
        raise
    return bytes(made[0] if isinstance(made, list) else made or b"")


@lru_cache(maxsize=2)
def _fonts(machine: bool) -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=machine, include_embedded_fonts=False, font_paths=[str(FONTS)])
