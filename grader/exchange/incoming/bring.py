"""A file of another system -> cards in a folder, and a table of what could not be carried."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from . import gift, moodle, opened, qti
from .drafts import UNPLACED, Draft, Drafts, taken_names
from .taken import Asked, Loss, Report
from .there import there
from ...cards.library import Library
from ...cards.templates import place
from ...language import t
from ...reports.export import harmless
from ...web.files import write

FORMS = ("moodle", "gift", "qti", "cc")
HEAD = ("file", "question", "what", "which", "why")


@dataclass
class Brought:
    """What came of a file: the cards written by kind, those that were there already, and what was lost."""

    file: str
    written: list[Draft] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    unplaced: int = 0

    @property
    def kinds(self) -> Counter[str]:
        return Counter(draft.kind for draft in self.written)


def bring(form: str, path: Path, to: Path, library: Library, chapter: str, use: str, shared: bool = False) -> Brought:
    """Write the questions of a file into a folder with the rooms of a library, as drafts of cards. `library`: read with
    that folder laid over it where it is there; a question whose card is in either is left alone. `chapter` and `use`:
    of questions that do not say their own; `shared`: the folder is the library's own, where no key of a graded or exam
    question may stand. Raises Refused where the whole file cannot be read, and OSError where a card cannot be
    written."""
    report = Report()
    drafts = Drafts(library, path.name, chapter, use, taken_names(library), report)
    brought = Brought(path.name, losses=report.losses)
    data = opened.read(path)
    held, told = there(library, to), 0
    for asked in _read(form, data, report):
        if place := held.place(asked, f"# {drafts.head}"):
            brought.there.append(place)
            report.losses[told:] = [loss for loss in report.losses[told:] if loss.question != report.question]
            continue
        draft = drafts.make(asked)
        told = len(report.losses)
        if shared and draft.kind != "reflection" and draft.use != "practice":
            why = t("the library's files are shared: import it with --to into a folder of your own")
            report.lost(t("the whole question, which is for {use}", use=draft.use), why)
            continue
        where = _place(draft, to)
        where.parent.mkdir(parents=True, exist_ok=True)
        write(where, draft.text, fresh=True, lasting=False)
        brought.written.append(draft)
        brought.unplaced += draft.kind != "reflection" and draft.chapter == UNPLACED
    return brought


def table(brought: list[Brought]) -> bytes:
    """What could not be carried, as CSV for a spreadsheet."""
    made = io.StringIO()
    lines = csv.writer(made)
    lines.writerow(HEAD)
    for one in brought:
        rows = ((one.file, loss.question, loss.what, loss.which, loss.why) for loss in one.losses)
        lines.writerows([harmless(cell) for cell in row] for row in rows)
    return ("\ufeff" + made.getvalue()).encode()


def _read(form: str, data: bytes, report: Report) -> Iterator[Asked]:
    if form == "gift":
        return gift.read(opened.text(data, report), report)
    return moodle.read(data, report) if form == "moodle" else qti.read(data, report)


def _place(draft: Draft, to: Path) -> Path:
    inside = draft.kind in ("question", "set")
    return place(draft.kind, f"{draft.chapter}/{draft.name}" if inside else draft.name, to)
