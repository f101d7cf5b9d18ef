"""The trainee's ledger: a plain CSV file, or a workbook, with a line for each thing done or planned, read with every
line checked."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from . import sheet_in as sheets
from .sheet_in import Unreadable
from ...cards.problem import near
from ...counted import counted
from ...language import later, t
from ...notebook.guard import identifiers
from ...notebook.guard_soft import NAME
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
    "contract": later("a supervision contract, signed on this date (hours 0)"),
    "education": later("teaching in human sexuality (core knowledge)"),
    "training": later("training in sex therapy"),
    "sar": later("a sexual attitude reassessment"),
    "client": later("clinical hours with clients under supervision"),
    "supervision": later("supervision, individual or group"),
    "self-reflection": later("personal therapy or self-experience"),
    "other": later("anything else worth keeping"),
}
HEAD = ",".join(COLUMNS) + "\n"
#: Hours that one line can hold: a course, or for clients a week, for supervision a day.
MOST = {"client": 60.0, "supervision": 24.0}
MOST_OF_ALL = 400.0
#: Hours of sessions with clients in lines alike that can be one day's work. Clinics write a line for each session.
DAY = 12.0
#: What a spreadsheet makes of a date: 3/31/2026, 31.03.2026, 03/31/26. Which figure is the month only its owner knows.
ORDERS = {"mdy": ("month", "day", "year"), "dmy": ("day", "month", "year")}
_FIGURES = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d\d)")
CENTURY = 2000  # of a year of two figures
_MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0{1,6})?)?$")
_HOURS = re.compile(r"-?(?:\d+(?:[.,]\d{1,2})?|[.,]\d{1,2})|")  # 1,000 is a thousand to one reader, one to another
#: In the title of a client's hours: a name with an initial, or two words with capitals that no work is called by.
#: Kinds that no line may hold, whatever it is about.
_NAMING = ("name", "telephone", "e-mail", "record number", "date of birth", "address", "handle")
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


def read(path: Path, dates: str = "") -> Ledger:
    """Read a ledger. Raises Unreadable for a file that is none; a line that cannot be taken is named and left out.

    The columns may stand in any order, among others. `dates`: `mdy` or `dmy`, where a spreadsheet wrote dates in its
    own way. Lines alike are one line, unless they are sessions with clients that fit into one day.
    """
    rows = sheets.read(path)
    places = _places(path, rows[0][1] if rows else [])
    ledger = Ledger()
    seen: dict[tuple[object, ...], list[int]] = {}
    for number, row in rows[1:]:
        if not any(value.strip() for value in row):
            continue
        values = {name: row[at].strip() if at < len(row) else "" for name, at in places.items()}
        try:
            entry = parse(values, number, dates)
        except ValueError as error:
            ledger.refused.append(_at(path, number, error))
            continue
        alike = seen.setdefault(_same(entry), [])
        if alike and not _one_more(entry, len(alike)):
            words = t(
                "the same as line {other}; it is counted once. Give each its own title if both are true.",
                other=alike[0],
            )
            ledger.refused.append(_at(path, number, words))
            continue
        alike.append(number)
        ledger.notices += [_at(path, number, words) for words in notices(entry)]
        ledger.entries.append(entry)
    ledger.notices += [
        t(
            "{file}, lines {lines}: alike, and counted as {n} sessions of one day. Take out what stands there twice.",
            file=path.name,
            lines=", ".join(map(str, lines)),
            n=len(lines),
        )
        for lines in seen.values()
        if len(lines) > 1
    ]
    ledger.entries.sort(key=lambda entry: (entry.date, entry.line))
    return ledger


def _at(path: Path, line: int, words: object) -> str:
    return t("{file}, line {line}: {words}", file=path.name, line=line, words=words)


def _places(path: Path, head: list[str]) -> dict[str, int]:
    """Column -> where it stands in a line. What a trainee keeps in other columns is theirs. Raises Unreadable."""
    names = [name.strip().lower() for name in head]
    if missing := [name for name in COLUMNS if name not in names]:
        raise Unreadable(
            t(
                "{path}: the first line names no column {missing}. It has to name `{columns}`, in any order. Make a"
                " ledger with `grader ledger new FILE`.",
                path=path,
                missing=", ".join(missing),
                columns=HEAD.strip(),
            )
        )
    return {name: names.index(name) for name in COLUMNS}


def _same(entry: Entry) -> tuple[object, ...]:
    return entry.date, entry.kind, entry.hours, entry.format, entry.area, entry.title


def _one_more(entry: Entry, alike: int) -> bool:
    """Whether a line may stand beside so many that are alike: a session with a client, without a title that would
    tell it from others, on a day that has room."""
    return entry.kind == "client" and not entry.title and (alike + 1) * entry.hours <= DAY


def notices(entry: Entry) -> list[str]:
    """What in a line may name a client, by the guard of reflections. A line of one's own learning names authors, towns
    and days; a line of sessions with clients has no reason to."""
    words = []
    for found in identifiers(". ".join((entry.title, entry.evidence, entry.area))):
        if entry.kind == "client" and not found.sure:
            looks = t("a client's name or a place") if found.kind == NAME else t(found.why)
            words.append(
                t(
                    "`{text}` looks like {what}. A ledger names no client: say what was done.",
                    text=found.text,
                    what=looks,
                )
            )
        elif found.kind in _NAMING or (entry.kind == "client" and found.kind != "date"):
            words.append(
                t(
                    "`{text}` is {what}. A ledger names no client: write {better}.",
                    text=found.text,
                    what=t(found.why),
                    better=t(found.better),
                )
            )
    if len(re.sub(r"[^A-Za-z]", "", entry.initials)) > INITIALS:
        words.append(t("`{text}` is longer than initials. Write the supervisor's initials alone.", text=entry.initials))
    return words


def parse(values: dict[str, str], line: int = 0, dates: str = "") -> Entry:
    """An entry from its words. Raises ValueError with one line that says what to write instead."""
    kind = values["kind"].lower()
    if kind not in KINDS:
        nearest = near(kind, list(KINDS))
        raise ValueError(t("`{kind}` is not a kind of entry. {nearest}", kind=values["kind"], nearest=nearest))
    when = _date(values["date"], dates)
    if not _HOURS.fullmatch(values["hours"]):
        raise ValueError(
            t("`{hours}` is not a number of hours. Write 1.5 for an hour and a half.", hours=values["hours"])
        )
    hours = float(values["hours"].replace(",", ".") or "0")
    most = MOST.get(kind, MOST_OF_ALL)
    if not 0 <= hours <= most or (hours == 0 and kind != "contract"):
        raise ValueError(
            t(
                "{hours} cannot be: a line of {kind} has more than 0 and at most {most}.",
                hours=counted(hours, "hour"),
                kind=kind,
                most=counted(most, "hour"),
            )
        )
    form = values["format"].lower()
    if KINDS[kind] and form not in KINDS[kind]:
        formats = ", ".join(KINDS[kind])
        raise ValueError(
            t(
                "`{format}` is not a format of {kind}. Write one of: {formats}.",
                format=values["format"],
                kind=kind,
                formats=formats,
            )
        )
    return Entry(
        line, when, kind, hours, form, values["area"].lower(), values["title"], values["initials"], values["evidence"]
    )


def _date(words: str, dates: str) -> date:
    """A day, as we write it or as a spreadsheet does. Raises ValueError."""
    figures = _FIGURES.fullmatch(_MIDNIGHT.sub("", words))
    try:
        if figures and dates:
            parts = dict(zip(ORDERS[dates], map(int, figures.groups())))
            return date(**parts | {"year": parts["year"] + CENTURY * (len(figures[3]) == 2)})
        return date.fromisoformat(_MIDNIGHT.sub("", words))
    except ValueError:
        said = t("`{text}` is not a date. Write it as 2026-03-31.", text=words)
        if figures:
            said += " " + t(
                "If a spreadsheet changed it, give its column the format YYYY-MM-DD, or say what stands first: "
                "`--dates mdy` for the month, `--dates dmy` for the day."
            )
        raise ValueError(said) from None


def append(path: Path, values: dict[str, str]) -> list[str]:
    """Check a line and put it at the end of the ledger; what in it may name a client. Raises ValueError, or
    Unreadable where there is no ledger, or one that a spreadsheet alone can write."""
    if path.is_file() and sheets.is_workbook(path.read_bytes()):
        words = t(
            "{path}: is a workbook. Add the line in your spreadsheet, or save it as `CSV UTF-8` first.", path=path
        )
        raise Unreadable(words)
    entry = parse(values)
    alike = [one for one in read(path).entries if _same(one) == _same(entry)]
    if alike and not _one_more(entry, len(alike)):
        raise ValueError(
            t("the same stands on line {line}. Give each its own title if both are true.", line=alike[0].line)
        )
    text = path.read_text(encoding="utf-8-sig")
    places = _places(path, sheets.read(path)[0][1])
    row = [""] * (max(places.values()) + 1)
    for name, at in places.items():
        row[at] = values[name]
    line = io.StringIO()
    csv.writer(line, lineterminator="\n", delimiter=sheets.separator(text)).writerow(row)
    before = path.read_bytes()
    write(path, before + b"\n" * bool(before and not before.endswith(b"\n")) + line.getvalue().encode("utf-8"))
    return notices(entry)
