"""The trainee's ledger: a plain CSV file, or a workbook, with a line for each thing done or planned, read with every
line checked."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from . import sheet_in as sheets
from .line import COLUMNS, KINDS, MOST, NEEDED, Entry, order_of, parse
from .sheet_in import Unreadable
from ...language import number, t, tn
from ...notebook.guard import identifiers
from ...notebook.guard_soft import NAME
from ...web.files import write

HEAD = ",".join(COLUMNS) + "\n"
#: Hours of sessions with clients, or of supervision, that can be one day's work. Clinics write a line for each session.
DAY = 12.0
#: Kinds that no line may hold, whatever it is about.
_NAMING = ("name", "telephone", "e-mail", "record number", "date of birth", "address", "handle")
INITIALS = 5  # letters
FEW = 3  # days or lines that are named; the others are counted


@dataclass
class Ledger:
    """What was read: entries in the order of their dates, one line for each that could not be taken, one for each that
    somebody has to look at, and what was taken how (`told`)."""

    entries: list[Entry] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def contract(self) -> date | None:
        """The day of the first supervision contract: it picks the version of the rules."""
        return min((entry.date for entry in self.entries if entry.kind == "contract"), default=None)


def read(path: Path, dates: str = "") -> Ledger:
    """Read a ledger. Raises Unreadable for a file that is none; a line that cannot be taken is named and left out.

    The columns may stand in any order, among others; those of `NEEDED` have to be there. `dates`: `mdy` or `dmy`, where
    a spreadsheet wrote dates in its own way and none of them tells which. Lines alike are one line, unless they are
    sessions with clients that fit into one day.
    """
    rows = sheets.read(path)
    places = _places(path, rows[0][1] if rows else [])
    lines = [(at, _values(places, row)) for at, row in rows[1:] if any(value.strip() for value in row)]
    ledger = Ledger(told=[_of(path, words) for words in _unread(rows, places)])
    if not dates:
        dates, example = order_of(values.get("date", "") for _, values in lines)
        if dates:
            ledger.told.append(_of(path, _ordered(dates, example)))
        elif example:
            words = t("say what stands first in its dates: `--dates mdy` for the month, `--dates dmy` for the day.")
            ledger.notices.append(_of(path, words))
    seen: dict[tuple[object, ...], list[int]] = {}
    for at, values in lines:
        try:
            entry = parse(values, at, dates)
        except ValueError as error:
            ledger.refused.append(_at(path, at, error))
            continue
        alike = seen.setdefault(_same(entry), [])
        if alike and not _one_more(entry, len(alike)):
            words = t(
                "the same as line {other}; it is counted once. Give each its own title if both are true.",
                other=alike[0],
            )
            ledger.refused.append(_at(path, at, words))
            continue
        alike.append(at)
        ledger.notices += [_at(path, at, words) for words in notices(entry)]
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
    ledger.notices += [_of(path, words) for words in crowded(ledger.entries)]
    ledger.told += [_of(path, words) for words in unsaid(ledger.entries)]
    return ledger


def _of(path: Path, words: str) -> str:
    return f"{path.name}: {words}"


def _at(path: Path, line: int, words: object) -> str:
    return t("{file}, line {line}: {words}", file=path.name, line=line, words=words)


def _ordered(dates: str, example: str) -> str:
    """How dates that can be two days were read."""
    if dates == "dmy":
        return t("dates such as {date} are read with the day first, as others of this file have it.", date=example)
    return t("dates such as {date} are read with the month first, as others of this file have it.", date=example)


def crowded(entries: list[Entry]) -> list[str]:
    """What is more than days hold, in one sentence. A line may stand for a week, so nothing is refused."""
    days: dict[tuple[date, str], float] = defaultdict(float)
    for entry in entries:
        if entry.kind in MOST:
            days[entry.date, entry.kind] += entry.hours
    found = [f"{day} ({number(hours)})" for (day, _), hours in sorted(days.items()) if hours > DAY]
    if not found:
        return []
    words = t(
        "more hours with clients or of supervision than a day holds ({most}): {days}. Right where a line stands for"
        " several days, such as a week; otherwise mend it.",
        most=number(DAY),
        days=_first(found),
    )
    return [words]


def unsaid(entries: list[Entry]) -> list[str]:
    """What the lines do not say and a body may ask, in a sentence each."""
    bare = [str(entry.line) for entry in entries if not entry.format and KINDS[entry.kind]]
    if not bare:
        return []
    words = t(
        "no format on line {lines}. Such hours count as those of which least is taken, and not where a body asks for a"
        " format.",
        lines=_first(bare),
    )
    return [words]


def _first(names: list[str]) -> str:
    """The first of many, and how many more there are."""
    more = len(names) - FEW
    return ", ".join(names) if more <= 0 else t("{names} and {n} more", names=", ".join(names[:FEW]), n=more)


def _places(path: Path, head: list[str]) -> dict[str, int]:
    """Column -> where it stands in a line. What a trainee keeps in other columns is theirs. Raises Unreadable."""
    names = [name.strip().lower() for name in head]
    if missing := [name for name in NEEDED if name not in names]:
        raise Unreadable(
            t(
                "{path}: the first line names no column {missing}. It has to name {needed}; {others} may be there, too."
                " `grader ledger new FILE` makes a ledger with all of them.",
                path=path,
                missing=", ".join(missing),
                needed=", ".join(NEEDED),
                others=", ".join(COLUMNS[len(NEEDED) :]),
            )
        )
    return {name: names.index(name) for name in COLUMNS if name in names}


def _unread(rows: list[tuple[int, list[str]]], places: dict[str, int]) -> list[str]:
    """Which columns hold something that is not taken, in one sentence. A column without a name, or with that of
    another which is taken, goes by its number."""
    head = [name.strip() for name in rows[0][1]]
    held = {at for _, row in rows[1:] for at, value in enumerate(row) if value.strip()}
    left = sorted(held - set(places.values()))
    named = {at: name for at, name in enumerate(head) if name and name.lower() not in COLUMNS}
    columns = [named.get(at) or t("number {n}", n=at + 1) for at in left]
    if not columns:
        return []
    words = tn(
        "the column {columns} is not read: nothing of it is kept. It stays in your file.",
        "the columns {columns} are not read: nothing of them is kept. They stay in your file.",
        len(columns),
        columns=", ".join(columns),
    )
    return [words]


def _values(places: dict[str, int], row: list[str]) -> dict[str, str]:
    """The words of a line by column."""
    return {name: row[at].strip() for name, at in places.items() if at < len(row)}


def _same(entry: Entry) -> tuple[object, ...]:
    return entry.date, entry.kind, entry.hours, entry.format, entry.area, entry.title


def _one_more(entry: Entry, alike: int) -> bool:
    """Whether a line may stand beside so many that are alike: a session with a client, without a title that would
    tell it from others, on a day that has room."""
    return entry.kind == "client" and not entry.title and (alike + 1) * entry.hours <= DAY


def notices(entry: Entry) -> list[str]:
    """What in a line may name a client, by the guard of reflections. A line of one's own learning names authors, towns
    and days; one of sessions with clients has no reason to, and one of supervision names nobody but the supervisor."""
    words = []
    for found in identifiers(". ".join((entry.title, entry.evidence, entry.area))):
        asked = entry.kind == "client" or (entry.kind == "supervision" and found.kind == NAME)
        if asked and not found.sure:
            looks = t("a client's name or a place") if found.kind == NAME else t(found.why)
            words.append(
                t(
                    "“{text}” looks like {what}. A ledger names no client: say what was done.",
                    text=found.text,
                    what=looks,
                )
            )
        elif found.kind in _NAMING or (entry.kind == "client" and found.kind != "date"):
            words.append(
                t(
                    "“{text}” is {what}. A ledger names no client: write {better}.",
                    text=found.text,
                    what=t(found.why),
                    better=t(found.better),
                )
            )
    if len(re.sub(r"[^A-Za-z]", "", entry.initials)) > INITIALS:
        words.append(t("“{text}” is longer than initials. Write the supervisor's initials alone.", text=entry.initials))
    return words


def append(path: Path, values: dict[str, str]) -> list[str]:
    """Check a line and put it at the end of the ledger; what in it may name a client. Raises ValueError, or
    Unreadable where there is no ledger, or one that a spreadsheet alone can write."""
    if path.is_file() and sheets.is_workbook(path.read_bytes()):
        words = t(
            "{path}: is a workbook. Add the line in your spreadsheet, or save it as `CSV UTF-8` first.", path=path
        )
        raise Unreadable(words)
    values = dict.fromkeys(COLUMNS, "") | values
    entry = parse(values)
    before = read(path).entries
    alike = [one for one in before if _same(one) == _same(entry)]
    if alike and not _one_more(entry, len(alike)):
        raise ValueError(
            t("the same stands on line {line}. Give each its own title if both are true.", line=alike[0].line)
        )
    text = path.read_text(encoding="utf-8-sig")
    places = _places(path, sheets.read(path)[0][1])
    if lost := [name for name in COLUMNS if values[name] and name not in places]:
        raise ValueError(
            t("the first line of the file names no column {missing}. Add it there first.", missing=", ".join(lost))
        )
    row = [""] * (max(places.values()) + 1)
    for name, at in places.items():
        row[at] = values[name]
    line = io.StringIO()
    csv.writer(line, lineterminator="\n", delimiter=sheets.separator(text)).writerow(row)
    data = path.read_bytes()
    write(path, data + b"\n" * bool(data and not data.endswith(b"\n")) + line.getvalue().encode("utf-8"))
    same_day = [one for one in before if one.date == entry.date]
    return notices(entry) + crowded([*same_day, entry])
