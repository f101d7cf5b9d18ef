"""The files of the kit: each sheet as PDF and DOCX, A4 and US Letter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from . import document, paper
from ..cards.library import Library
from ..cards.sheet import Sheet, parts
from ..language import later, t
from ..web.files import write
from ..web.press import SIZES, CannotPrint

#: Ending of a file -> (how it is called, what makes it).
FORMS = {"pdf": ("PDF", paper.pdf), "docx": ("Word", document.docx)}
NAMED = {"a4": "A4", "letter": later("US Letter")}


class CannotMake(Exception):
    """Why a sheet could not be made; one line."""


def names(sheet: Sheet) -> list[tuple[str, str]]:
    """The files of a sheet: (name, words for a link)."""
    return [
        (f"{sheet.stem}-{size}.{form}", f"{word}, {t(NAMED[size])}")
        for form, (word, _) in FORMS.items()
        for size in SIZES
    ]


def make(library: Library, folder: Path) -> Iterator[Path]:
    """Write every sheet that is not retired into `folder`, in four files; gives each when it stands.

    Raises CannotMake, naming the sheet's file and line, before anything of that sheet is written; OSError where it
    cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for sheet in library.sheets.values():
        if sheet.retired:
            continue
        shown = library.shown(sheet.path)
        for bad in parts(sheet)[1]:
            raise CannotMake(f"{shown}:{bad.at.line}:{bad.at.column}: {bad.message}. {bad.hint}")
        for form, (_, maker) in FORMS.items():
            for size in SIZES:
                try:
                    data = maker(sheet, size)
                except CannotPrint as error:
                    raise CannotMake(f"{shown}: {error}") from None
                path = folder / f"{sheet.stem}-{size}.{form}"
                write(path, data, lasting=False)
                yield path
