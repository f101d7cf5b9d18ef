"""A submitted notebook, made safe and whole again: pure functions on plain JSON.

The released cells are the frame; only what the trainee wrote is taken from the submission. So a copied,
deleted, split, merged or retyped cell costs nobody anything, edited metadata has no effect, and whatever
else was put into the notebook is kept as text that nothing renders or runs.
"""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Required, TypedDict

from .deadline import TooLong, within
from .frame import Released, same
from .guard import counted, identifiers
from .intake import Notebook, Refused
from .reading import Reading, read_answer, released_options
from .recovery import bare_line, written
from ..language import t

PLACEHOLDER = "*Write your answer here.*"
LIMIT = 20  # seconds that one submission may take; a full one takes 0.002
WRITTEN = 50_000  # characters of a reflection that are kept in the graded copy
SHOWN = 20_000  # characters of a trainee's extra cell that are kept in the graded copy; the submission keeps all


@dataclass
class Restored:
    """The graded copy (nbformat 4 JSON), and what was odd about answers that were read all the same, by cell name."""

    notebook: Graded
    notes: dict[str, str]


class Graded(TypedDict):
    """A graded copy, in nbformat 4."""

    cells: list[Cell]
    metadata: dict[str, dict[str, str]]
    nbformat: int
    nbformat_minor: int


class Said(TypedDict, total=False):
    """What was read in a cell, as the metadata of a graded copy have it. `chosen`: letters; `state`: answered, blank,
    look (a person must), missing; `identifiers`: what may identify a client, counted."""

    role: Required[str]
    chosen: list[str]
    state: str
    note: str
    identifiers: str


_STYLE = "white-space: pre-wrap; word-break: normal; overflow-wrap: anywhere; font: inherit; border: 0"
_OPEN = f'<pre class="learner-text" style="{_STYLE}; background: none; padding: 0">\n'
_CLOSE = "\n</pre>"
#: What `shown` makes, with what is inside. Nothing in it can be a tag.
INERT = re.compile(re.escape(_OPEN) + "([^<]*)</pre>")


def shown(text: str) -> str:
    """A trainee's text as inert HTML: as typed, in a block that neither Markdown nor MathJax looks into.

    `<`, `&`, quotes, `$` and backslashes become character references, so no tag, link, formula or macro survives.
    """
    safe = html.escape(text, quote=True).replace("$", "&#36;").replace("\\", "&#92;").replace("`", "&#96;")
    return f"{_OPEN}{safe}{_CLOSE}"


def typed(safe: str) -> str:
    """The text that `shown` made inert, as it was typed."""
    whole = safe.rstrip()
    return html.unescape(whole.removeprefix(_OPEN).removesuffix(_CLOSE)) if whole.startswith(_OPEN) else safe


def restore(submitted: Notebook, released: Sequence[Released], where: str = "The submission") -> Restored:
    """The graded copy of a submission: the released cells in their order, with what the trainee wrote.

    Each answer cell's metadata gets `candor`: for a question `chosen`, `state`, `note`; for a reflection `state`
    (answered, blank, missing) and `note`. The scorer reads these, so nothing that a trainee can edit reaches it in
    another way. Raises Refused with one line that begins with `where`, for a submission that takes longer than `LIMIT`.
    """
    try:
        with within(LIMIT):
            return _restore(submitted, released)
    except TooLong:
        raise Refused(
            f"{where}: was not read to its end within {LIMIT} seconds, and was left out. "
            "Open it by hand, and report it."
        ) from None


def _restore(submitted: Notebook, released: Sequence[Released]) -> Restored:
    found = written(submitted, released)
    made = _making(tuple(released))
    texts, notes, extras = found.texts, found.notes, found.extras
    cells = [_extra_cell(text, f"extra-{number}") for number, text in enumerate(extras.get("", ()))]
    for cell in released:
        name = cell.name
        cells.append(made(name, tuple(texts.get(name, ())), tuple(notes.get(name, ()))))
        if name in extras:
            cells += [_extra_cell(text, cell_id(f"{name}-extra-{at}")) for at, text in enumerate(extras[name])]
    metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    odd = {}
    for one in cells:
        ours = one["metadata"].get("candor")
        if ours and ours.get("note") and ours["state"] != "look":
            odd[one["metadata"]["nbgrader"]["grade_id"]] = ours["note"]
    return Restored({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, odd)


@lru_cache(maxsize=8)
def _making(released: tuple[Released, ...]) -> Callable[[str, tuple[str, ...], tuple[str, ...]], Cell]:
    """What makes a cell of these, by its name, with what was written in it and what was odd about it. A class gives the
    same few answers over and over, so each is made once."""
    by_name = {cell.name: cell for cell in released}
    given = "\n".join(cell.source for cell in released if cell.role == "text")

    @lru_cache(maxsize=8192)
    def made(name: str, texts: tuple[str, ...], notes: tuple[str, ...]) -> Cell:
        return _made(by_name[name], texts, notes, given)

    return made


def cell_id(name: str) -> str:
    """nbformat's id for a cell: at most 64 characters. A long name keeps its start and gets a check of the whole."""
    return name if len(name) <= 64 else f"{name[:50]}-{zlib.crc32(name.encode()):08x}"


_MARKS = re.compile(r"=== (?:BEGIN|END) MARK SCHEME ===\s*")


class Cell(dict[str, Any]):
    """A cell of a graded copy. The same one stands in many copies, so it is never changed; `text` keeps its JSON once
    made, `read` what was read in it."""

    __slots__ = ("read", "text")
    read: tuple[list[Any], dict[str, str]]
    text: str


def _made(cell: Released, texts: tuple[str, ...], notes: tuple[str, ...], given: str) -> Cell:
    """A cell with what was written in it."""
    nbgrader: dict[str, object] = {
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


def _answer(cell: Released, texts: tuple[str, ...], notes: tuple[str, ...]) -> tuple[str, Said]:
    text = "\n".join(texts)
    reading = (
        read_answer(text, released_options(cell.source), cell.kind)
        if texts
        else Reading((), "look", t("the answer is not in its place"))
    )
    source = cell.source
    for letter in reading.chosen:
        source = source.replace(f"- [ ] **{letter}.**", f"- [x] **{letter}.**", 1)
    released = {bare_line(line) for line in cell.source.split("\n")}
    if text.strip() and (
        reading.state == "look" or any(line.strip() and bare_line(line) not in released for line in text.split("\n"))
    ):
        source += "\n\nThe cell as submitted:\n\n" + _shown(text, SHOWN)
    candor: Said = {
        "role": "answer",
        "chosen": list(reading.chosen),
        "state": reading.state,
        "note": "; ".join(filter(None, (reading.note, *notes))),
    }
    return source, candor


def _reflection(cell: Released, texts: tuple[str, ...], notes: tuple[str, ...], given: str) -> tuple[str, Said]:
    text = "\n\n".join(text for text in texts if text.strip() and not same(text, cell.source))
    if len(text) > WRITTEN:
        notes = (
            *notes,
            t("it has more than {most} characters, of which the graded copy holds the first", most=f"{WRITTEN:,}"),
        )
    state = "answered" if text else "blank" if texts else "missing"  # without its cell nobody knows that it is blank
    if state == "missing":
        notes = (*notes, t("the answer is not in its place; look for it in what was handed in"))
    candor: Said = {"role": "reflection", "state": state, "note": "; ".join(notes)}
    if marked := counted(identifiers(text[:WRITTEN], given)):
        candor["identifiers"] = marked
    return (_shown(text, WRITTEN) if text else cell.source), candor


@lru_cache(maxsize=1024)
def supervisor_cell(text: str) -> Cell:
    """The cell at the top of a graded copy, for the supervisor's eyes; the feedback has the trainee's in its place."""
    return Cell(cell_type="markdown", id="for-the-supervisor", metadata={"candor": {"role": "supervisor"}}, source=text)


def _extra_cell(text: str, name: str) -> Cell:
    source = "Added by the trainee:\n\n" + _shown(text, SHOWN)
    return Cell(cell_type="markdown", id=name, metadata={"candor": {"role": "extra"}}, source=source)


def _shown(text: str, most: int) -> str:
    return shown(text[:most] + "\n(The rest is in the submitted file.)" * (len(text) > most))
