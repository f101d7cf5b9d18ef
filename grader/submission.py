"""A submitted notebook, made safe and whole again: pure functions on plain JSON.

The released cells are the frame; only what the trainee wrote is taken from the submission. So a copied,
deleted, split, merged or retyped cell costs nobody anything, edited metadata has no effect, and whatever
else was put into the notebook is kept as text that nothing renders or runs.
"""

from __future__ import annotations

import html
import json
import os
import re
import stat
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from .guard import counted, identifiers
from .score import read_answer

LARGEST = 20_000_000  # bytes of one submitted notebook; a full one has about 0.1 MB
PLACEHOLDER = "*Write your answer here.*"
SHOWN = 20_000  # characters of a trainee's extra cell that are kept in the graded copy; the submission keeps all
EXTRA_CELLS = 200


class Refused(Exception):
    """A submission that cannot be read. Its text is one line for the supervisor: which file, what, what to do."""


@dataclass(frozen=True, slots=True)
class Released:
    """A cell as it was released, from the gradebook: the only source of what is locked and of the points."""

    name: str
    source: str
    checksum: str
    role: str  # "text" (locked), "answer" (a question), "reflection", "criterion" (a rubric's task cell), "other" (graded, not ours)
    points: float = 0.0
    kind: str = ""  # of a question
    cell_type: str = "markdown"


@dataclass
class Restored:
    """The graded copy (nbformat 4 JSON) and what was odd about the submission, by cell name."""

    notebook: dict
    notes: dict[str, list[str]] = field(default_factory=dict)


def read_bytes(path: Path) -> bytes:
    """The bytes of a submitted notebook, read once.

    Only a regular file is opened (not a link, a pipe or a device), never more than `LARGEST` bytes are read.
    Raises Refused with one line that names the file.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise Refused(f"{path}: cannot be opened ({error.strerror}). Ask for the notebook file itself.") from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Refused(f"{path}: is not an ordinary file. Ask for the notebook file itself.")
    with open(handle, "rb") as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Refused(f"{path}: is larger than {LARGEST // 1_000_000} MB. Ask for the notebook without pictures and attachments.")
    return data


def parse_notebook(data: bytes, path: Path) -> dict:
    """The JSON of a notebook, with a list of cells. Raises Refused with one line that names the file."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{path}: is not UTF-8 text. Ask the trainee to save it again from JupyterLab.") from None
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(f"{path}: is not a notebook (no valid JSON). Ask the trainee for the file ending in .ipynb.") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise Refused(f"{path}: is not a notebook of format 4 (it has no list of cells). Ask the trainee to save it again from JupyterLab.")
    return notebook


def read_notebook(path: Path) -> dict:
    """The JSON of a submitted notebook. Raises Refused."""
    return parse_notebook(read_bytes(path), path)


def source_of(cell: dict) -> str:
    """A cell's text, with any character that cannot be stored (lone surrogates, NUL) replaced."""
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    source = source if isinstance(source, str) else ""
    if source.isascii() and "\r" not in source and "\x00" not in source:
        return source
    return source.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def shown(text: str) -> str:
    """A trainee's text as inert HTML: as typed, in a block that neither Markdown nor MathJax looks into.

    `<`, `&`, quotes, `$` and backslashes become character references, so no tag, link, formula or macro survives.
    """
    safe = html.escape(text, quote=True).replace("$", "&#36;").replace("\\", "&#92;").replace("`", "&#96;")
    return f'<pre class="learner-text" style="white-space: pre-wrap; word-break: normal; overflow-wrap: anywhere; font: inherit; border: 0; background: none; padding: 0">\n{safe}\n</pre>'


def typed(safe: str) -> str:
    """The text that `shown` made inert, as it was typed."""
    found = re.fullmatch(r"<pre [^>]*>\n(.*)\n</pre>\s*", safe, re.DOTALL)
    return html.unescape(found[1]) if found else safe


def restore(submitted: dict, released: Sequence[Released]) -> Restored:
    """The graded copy of a submission: the released cells in their order, with what the trainee wrote.

    Each answer cell's metadata gets `candor`: for a question `chosen`, `state`, `note`; for a reflection
    `state`. The scorer reads these, so nothing that a trainee can edit reaches it in another way.
    """
    frame = {cell.name: cell for cell in released}
    texts, extras = _sort_out(submitted, frame)
    notes: dict[str, list[str]] = {}
    _recover(frame, texts, extras, notes)
    given = "\n".join(cell.source for cell in released if cell.role == "text")
    cells = [_extra_cell(text, f"extra-{number}") for number, text in enumerate(extras.get("", ()))]
    for cell in released:
        cells.append(_made(cell, tuple(texts.get(cell.name, ())), tuple(notes.get(cell.name, ())), given))
        cells += [_extra_cell(text, cell_id(f"{cell.name}-extra-{number}")) for number, text in enumerate(extras.get(cell.name, ()))]
    metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return Restored({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, notes)


def cell_id(name: str) -> str:
    """nbformat's id for a cell: at most 64 characters. A long name keeps its start and gets a check of the whole."""
    return name if len(name) <= 64 else f"{name[:50]}-{zlib.crc32(name.encode()):08x}"


def grade_id(cell: dict) -> str:
    """The name of a cell in nbgrader's metadata; empty where it has none."""
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return name if isinstance(name, str) else ""


def _sort_out(submitted: dict, frame: dict[str, Released]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """What was written in each answer cell, and what else there is, kept behind the released cell that it follows."""
    texts: dict[str, list[str]] = {}
    extras: dict[str, list[str]] = {}
    place, count = "", 0
    for cell in submitted["cells"]:
        name, text = grade_id(cell), source_of(cell)
        if name in frame:
            place = name
            released = frame[name]
            if released.role in ("answer", "reflection", "other"):
                if text not in texts.setdefault(name, []):
                    texts[name].append(text)
                continue
            handed_out = without_scheme(released.source)
            if text == handed_out or _same(text, handed_out) or _same(text, released.source):
                continue
        if text.strip() and count < EXTRA_CELLS:
            extras.setdefault(place, []).append(text)
            count += 1
    return texts, extras


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


_MARKS = re.compile(r"=== (?:BEGIN|END) MARK SCHEME ===\s*")
_SCHEME = re.compile(r"=== BEGIN MARK SCHEME ===.*?=== END MARK SCHEME ===\n?", re.DOTALL)


@lru_cache(maxsize=4096)
def without_scheme(source: str) -> str:
    return _SCHEME.sub("", source)


def _recover(frame: dict[str, Released], texts: dict, extras: dict, notes: dict) -> None:
    """Find answers whose cell lost its name: merged into a neighbour, pasted into a new cell, or stripped of its metadata."""
    loose = [text for group in extras.values() for text in group]
    for name, cell in frame.items():
        if name in texts:
            continue
        if cell.role == "answer":
            wanted = {_bare(line) for line in cell.source.split("\n") if line.strip()}
            found = max(([line for line in text.split("\n") if _bare(line) in wanted] for text in loose), key=len, default=[])
            if len(found) > 1:
                texts[name] = ["\n".join(found)]
                notes.setdefault(name, []).append("the answer cell had lost its name; the answer was found by its options")
        elif cell.role == "reflection":
            follows = _previous(frame, name)
            for text in extras.get(follows, ()):
                written = _after(text, frame[follows].source) if follows else text
                if written:
                    texts.setdefault(name, []).append(written)
            if name in texts:
                notes.setdefault(name, []).append("the answer cell was missing; the text behind its prompt was taken")


def _bare(line: str) -> str:
    """An option line without its mark."""
    return " ".join(re.sub(r"^\s*(?:[-*+•]\s*)?\[[^\]\n]{0,3}\]", "[]", line).split())


def _previous(frame: dict[str, Released], name: str) -> str:
    names = list(frame)
    return names[names.index(name) - 1] if names.index(name) else ""


def _after(text: str, prompt: str) -> str:
    """What stands behind the prompt in a cell that was merged with its answer; all of it where there is no prompt."""
    words = prompt.split()
    pattern = r"\s+".join(re.escape(word) for word in words)
    match = re.match(r"\s*" + pattern, text) if words else None
    return (text[match.end() :] if match else text).strip()


class Cell(dict):
    """A cell of a graded copy. The same one stands in many copies, so it is never changed; `text` keeps its JSON once made."""

    __slots__ = ("text",)


@lru_cache(maxsize=8192)
def _made(cell: Released, texts: tuple[str, ...], notes: tuple[str, ...], given: str) -> Cell:
    """A cell with what was written in it. A class gives the same few answers over and over, so each is made once."""
    nbgrader = {
        "checksum": cell.checksum,
        "cell_type": cell.cell_type,
        "grade": cell.role in ("answer", "reflection", "other"),
        "grade_id": cell.name,
        "locked": cell.role in ("text", "criterion"),
        "schema_version": 3,
        "solution": cell.role in ("answer", "reflection", "other"),
        "task": cell.role == "criterion",
    }
    if nbgrader["grade"] or nbgrader["task"]:
        nbgrader["points"] = cell.points
    made = Cell(cell_type=cell.cell_type, id=cell_id(cell.name), metadata={"nbgrader": nbgrader}, source=cell.source)
    if cell.cell_type == "code":
        made |= {"execution_count": None, "outputs": []}
    if cell.role == "answer":
        made["source"], made["metadata"]["candor"] = _answer(cell, texts, notes)
    elif cell.role == "reflection":
        made["source"], made["metadata"]["candor"] = _reflection(cell, texts, notes, given)
    elif cell.role == "criterion":
        made["source"] = _MARKS.sub("", cell.source)  # the descriptors stay, for the supervisor and for feedback
    elif cell.role == "other":
        made["source"] = "\n\n".join(texts) if cell.cell_type == "code" else shown("\n\n".join(texts))
        made["metadata"]["candor"] = {"role": "other"}
    return made


def _answer(cell: Released, texts: tuple[str, ...], notes: tuple[str, ...]) -> tuple[str, dict]:
    letters = "".join(re.findall(r"^- \[ \] \*\*([A-H])\.\*\*", cell.source, re.MULTILINE))
    text = "\n".join(texts)
    reading = read_answer(text, letters, cell.kind)
    lines = []
    for line in cell.source.split("\n"):
        letter = re.match(r"- \[ \] \*\*([A-H])\.\*\*", line)
        lines.append(line.replace("- [ ]", "- [x]", 1) if letter and letter[1] in reading.chosen else line)
    source = "\n".join(lines)
    released = {_bare(line) for line in cell.source.split("\n")}
    other = "\n".join(line for line in text.split("\n") if line.strip() and _bare(line) not in released)
    if other or reading.state in ("ambiguous", "unreadable"):
        source += "\n\nThe cell as submitted:\n\n" + shown(text[:SHOWN])
    candor = {"role": "answer", "chosen": list(reading.chosen), "state": reading.state, "note": "; ".join(filter(None, (reading.note, *notes)))}
    return source, candor


def _reflection(cell: Released, texts: tuple[str, ...], notes: tuple[str, ...], given: str) -> tuple[str, dict]:
    written = [text for text in texts if text.strip() and not _same(text, cell.source)]
    candor = {"role": "reflection", "state": "answered" if written else "blank", "note": "; ".join(notes)}
    if marked := counted(identifiers("\n\n".join(written)[:SHOWN], given)):
        candor["identifiers"] = marked
    return (shown("\n\n".join(written)) if written else cell.source), candor


@lru_cache(maxsize=1024)
def supervisor_cell(text: str) -> Cell:
    """The cell at the top of a graded copy, for the supervisor's eyes; the feedback has the trainee's in its place."""
    return Cell(cell_type="markdown", id="for-the-supervisor", metadata={"candor": {"role": "supervisor"}}, source=text)


def _extra_cell(text: str, name: str) -> Cell:
    cut = "\n(The rest is in the submitted file.)" if len(text) > SHOWN else ""
    source = "Added by the trainee:\n\n" + shown(text[:SHOWN] + cut)
    return Cell(cell_type="markdown", id=name, metadata={"candor": {"role": "extra"}}, source=source)
