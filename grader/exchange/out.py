"""The door out: every form that questions and reflections are written in."""

from __future__ import annotations

import tempfile
from pathlib import Path

from . import cartridge, gift, moodle, qti, table
from .items import Essay, Item
from ..learner import anki

ENDINGS = {
    "moodle": ".xml",
    "gift": ".gift.txt",
    "qti21": ".qti21.zip",
    "qti3": ".qti3.zip",
    "cc": ".imscc",
    "csv": ".csv",
    "anki": ".apkg",
}


def write(form: str, found: list[Item], essays: list[Essay]) -> bytes:
    """The file of a form (a key of ENDINGS). One without a place for essays leaves them out."""
    if form == "anki":
        return _deck(found)
    if form in ("qti21", "qti3"):
        return qti.write(found, essays, "2.1" if form == "qti21" else "3.0")
    writers = {"moodle": moodle.write, "gift": gift.write, "cc": cartridge.write, "csv": table.write}
    return writers[form](found, essays)


def _deck(found: list[Item]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.apkg"
        anki.write((anki.Note(item.card, item.chapter, item.part) for item in found), path)
        return path.read_bytes()
