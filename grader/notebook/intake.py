"""What arrives: a file that says it is a notebook, read with limits and as plain JSON."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias, TypedDict, cast

from ..language import t

LARGEST = 20_000_000  # bytes of one submitted notebook; a full one has about 0.1 MB


#: An object of JSON that somebody else wrote: nothing is sure of what it holds.
Json: TypeAlias = dict[str, object]


class Notebook(TypedDict):
    """What is sure of a notebook that was handed in, once it was parsed."""

    cells: list[Json]


#: Names that Windows keeps for devices, whatever ending they have: no file and no folder can be called so.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) ?(?:\..*)?", re.IGNORECASE)


def can_be_graded(name: str) -> bool:
    """Whether a folder that is there can stand for a trainee: its name can be printed, and is not hidden."""
    return name.isprintable() and 0 < len(name) <= 128 and not name.startswith(".") and not set(name) & set("/\\")


def names_a_trainee(name: str) -> bool:
    """Whether a new trainee's folder may have this name on any system: more than `can_be_graded`, no sign stands in it
    that a path may not have, it ends in no dot or space, and Windows does not keep it for itself (`aux`, `con.ada`)."""
    sound = can_be_graded(name) and not name.endswith((".", " ")) and not _DEVICE.fullmatch(name)
    return sound and not set(name) & set('<>:"|?*')


class Refused(Exception):
    """A submission that cannot be read. Its text is one line for the supervisor: which file, what, what to do."""


def read_bytes(path: Path) -> bytes:
    """The bytes of a submitted notebook, read once.

    Only a regular file is opened (not a link, a pipe or a device), never more than `LARGEST` bytes are read.
    Raises Refused with one line that names the file.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise Refused(
            t("{path}: cannot be opened ({error}). Ask for the notebook file itself.", path=path, error=error.strerror)
        ) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Refused(t("{path}: is not an ordinary file. Ask for the notebook file itself.", path=path))
    with open(handle, "rb") as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Refused(
            t(
                "{path}: is larger than {size} MB. Ask for the notebook without pictures and attachments.",
                path=path,
                size=LARGEST // 1000000,
            )
        )
    return data


def parse_notebook(data: bytes, path: Path) -> Notebook:
    """The JSON of a notebook, with a list of cells. Raises Refused with one line that names the file."""
    if not data.strip():
        raise Refused(t("{path}: is empty. Ask the trainee for it again.", path=path))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(
            t("{path}: is not UTF-8 text. Ask the trainee to save it again from JupyterLab.", path=path)
        ) from None
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(
            t("{path}: is not a notebook (no valid JSON). Ask the trainee for the file ending in .ipynb.", path=path)
        ) from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise Refused(
            t(
                "{path}: is not a notebook of format 4 (it has no list of cells). Ask the trainee to save it "
                "again from JupyterLab.",
                path=path,
            )
        )
    return cast(Notebook, notebook)


def read_notebook(path: Path) -> Notebook:
    """The JSON of a submitted notebook. Raises Refused."""
    return parse_notebook(read_bytes(path), path)


def source_of(cell: Mapping[str, object]) -> str:
    """A cell's text, with any character that cannot be stored (lone surrogates, NUL) replaced."""
    source = cell.get("source", "")
    if isinstance(source, list):
        try:
            source = "".join(source)
        except TypeError:
            source = "".join(part for part in source if isinstance(part, str))
    source = source if isinstance(source, str) else ""
    if source.isascii() and "\r" not in source and "\x00" not in source:
        return source
    return (
        source.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\x00", "\ufffd")
        .encode("utf-8", "replace")
        .decode("utf-8")
    )


def grade_id(cell: Mapping[str, object]) -> str:
    """The name of a cell in nbgrader's metadata; empty where it has none."""
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return name if isinstance(name, str) else ""


def typed_into(cell: Mapping[str, object]) -> bool:
    """Whether a locked cell is not as it was released, by the checksum that nbgrader gave it then (its own reckoning,
    in `nbgrader.utils.compute_checksum`); False where it carries none."""
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    kept = nbgrader.get("checksum") if isinstance(nbgrader, dict) else None
    if not isinstance(nbgrader, dict) or not isinstance(kept, str) or nbgrader.get("locked") is not True:
        return False
    text, rest = source_of(cell), f"{cell.get('cell_type')}FalseFalseTrue{grade_id(cell)}"  # no grade, no solution
    made = (hashlib.md5(f"{one}{rest}".encode(), usedforsecurity=False) for one in (text, text.rstrip()))
    return kept not in {one.hexdigest() for one in made}


def ours_in(of: Mapping[str, object]) -> Json:
    """Our metadata of a cell, or of a notebook; empty where there is none."""
    metadata = of.get("metadata")
    ours = metadata.get("candor") if isinstance(metadata, dict) else None
    return ours if isinstance(ours, dict) else {}
