"""The trainee's ledger: one plain CSV file, a line for each thing done or planned, read with every line checked."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from . import csv_in as sheets
from .csv_in import Unreadable
from ...cards.problem import near
from ...counted import counted
from ...notebook.guard import identifiers
from ...web.files import write

COLUMNS = ("date", "kind", "hours", "format", "area", "title", "initials", "evidence")
#: What a line may be, with the formats that it may have.
KINDS = {
    "contract": (),
    "education": ("in-person", "live-online", "e-learning"),
    "training": ("in-person", "live-online", "e-learning"),
    "sar": ("in-person", "live-online", "e-learning"),
    "client": ("in-person", "telehealth"),
    "supervision": ("individual", "group"),
    "self-reflection": ("in-person", "live-online"),
    "other": (),
}
WORDS = {
    "contract": "a supervision contract, signed on this date (hours 0)",
    "education": "teaching in human sexuality (core knowledge)",
    "training": "training in sex therapy",
    "sar": "a sexual attitude reassessment",
    "client": "clinical hours with clients under supervision",
    "supervision": "supervision, individual or group",
    "self-reflection": "personal therapy or self-experience",
    "other": "anything else worth keeping",
}
HEAD = ",".join(COLUMNS) + "\n"
#: Hours that one line can hold: a course, or for clients a week, for supervision a day.
MOST = {"client": 60.0, "supervision": 24.0}
MOST_OF_ALL = 400.0
INITIALS = 5  # letters


@dataclass(frozen=True)
class Entry:
    """A line of the ledger. `hours` are clock hours; `line` is where it stands."""

    line: int
    date: date
    kind: str
    hours: float
    format: str = ""
    area: str = ""
    title: str = ""
    initials: str = ""
    evidence: str = ""


@dataclass
class Ledger:
    """What was read: entries in the order of their dates, and one line for each that could not be taken or that
    names somebody."""

    entries: list[Entry] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def contract(self) -> date | None:
        """The day of the first supervision contract: it picks the version of the rules."""
        return min((entry.date for entry in self.entries if entry.kind == "contract"), default=None)


def read(path: Path) -> Ledger:
    """Read a ledger. Raises Unreadable for a file that is none; a line that cannot be taken is named and left out."""
    rows = sheets.read(path)
    head = [name.strip().lower() for name in rows[0][1]] if rows else []
    if tuple(head[: len(COLUMNS)]) != COLUMNS:  # what a trainee keeps in columns to the right is theirs
        raise Unreadable(
            f"{path}: the first line does not begin with `{HEAD.strip()}`. Make a ledger with `grader ledger new FILE`."
        )
    ledger = Ledger()
    seen: dict[tuple[object, ...], int] = {}
    for number, row in rows[1:]:
        if not any(value.strip() for value in row):
            continue
        values = dict(zip(COLUMNS, [value.strip() for value in row] + [""] * len(COLUMNS)))
        try:
            entry = parse(values, number)
        except ValueError as error:
            ledger.refused.append(f"{path.name}, line {number}: {error}")
            continue
        same = _same(entry)
        if same in seen:
            ledger.refused.append(
                f"{path.name}, line {number}: the same as line {seen[same]}; it is counted once. Give each its own"
                " title if both are true."
            )
            continue
        seen[same] = number
        ledger.notices += [f"{path.name}, line {number}: {words}" for words in notices(entry)]
        ledger.entries.append(entry)
    ledger.entries.sort(key=lambda entry: (entry.date, entry.line))
    return ledger


def _same(entry: Entry) -> tuple[object, ...]:
    return entry.date, entry.kind, entry.hours, entry.format, entry.area, entry.title


def notices(entry: Entry) -> list[str]:
    """What in a line may name a client: the identifiers that the guard of reflections finds, and initials that are a
    name."""
    words = []
    for found in identifiers(". ".join((entry.title, entry.evidence, entry.area))):
        if found.kind in ("name", "telephone", "e-mail", "record number", "date of birth", "address"):
            words.append(f"`{found.text}` is {found.why}. A ledger names no client: write {found.better}.")
    if len(re.sub(r"[^A-Za-z]", "", entry.initials)) > INITIALS:
        words.append(f"`{entry.initials}` is longer than initials. Write the supervisor's initials alone.")
    return words


def parse(values: dict[str, str], line: int = 0) -> Entry:
    """An entry from its words. Raises ValueError with one line that says what to write instead."""
    kind = values["kind"].lower()
    if kind not in KINDS:
        raise ValueError(f"`{values['kind']}` is not a kind of entry. {near(kind, list(KINDS))}")
    try:
        when = date.fromisoformat(values["date"])
    except ValueError:
        more = (
            " If a spreadsheet changed it, give its column the format YYYY-MM-DD."
            if {"/", "."} & set(values["date"])
            else ""
        )
        raise ValueError(f"`{values['date']}` is not a date. Write it as 2026-03-31.{more}") from None
    if not re.fullmatch(
        r"(-?\d+([.,]\d{1,2})?)?", values["hours"]
    ):  # 1,000 is a thousand to one reader and one to another
        raise ValueError(f"`{values['hours']}` is not a number of hours. Write 1.5 for an hour and a half.")
    hours = float(values["hours"].replace(",", ".") or "0")
    most = MOST.get(kind, MOST_OF_ALL)
    if not 0 <= hours <= most or (hours == 0 and kind != "contract"):
        raise ValueError(
            f"{counted(hours, 'hour')} cannot be: a line of {kind} has more than 0 and at most {counted(most, 'hour')}."
        )
    form = values["format"].lower()
    if KINDS[kind] and form not in KINDS[kind]:
        raise ValueError(f"`{values['format']}` is not a format of {kind}. Write one of: {', '.join(KINDS[kind])}.")
    return Entry(
        line, when, kind, hours, form, values["area"].lower(), values["title"], values["initials"], values["evidence"]
    )


def append(path: Path, values: dict[str, str]) -> list[str]:
    """Check a line and put it at the end of the ledger; what in it may name a client. Raises ValueError, or
    Unreadable where there is no ledger."""
    entry = parse(values)
    if twin := next((one for one in read(path).entries if _same(one) == _same(entry)), None):
        raise ValueError(f"the same stands on line {twin.line}. Give each its own title if both are true.")
    text = path.read_text(encoding="utf-8-sig")
    line = io.StringIO()
    csv.writer(line, lineterminator="\n", delimiter=sheets.separator(text)).writerow([values[name] for name in COLUMNS])
    before = path.read_bytes()
    write(path, before + b"\n" * bool(before and not before.endswith(b"\n")) + line.getvalue().encode("utf-8"))
    return notices(entry)
