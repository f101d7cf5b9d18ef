"""Blind readers' answers against the sealed key: agreement, what the options alone give away, and what the story
carries.

What the story carries is what is left between the two sheets: (full - options alone) / (full - chance).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

from .sheets import FULL, ONLY, Asked, Key, unseal
from ..cards.library import Library
from ..cards.vocabulary import LETTERS
from ..learner.readiness.sheet_in import Unreadable
from ..learner.readiness.sheet_in import read as read_csv
from ..web.files import write as write_file
from ..web.interval import wilson

REVIEW = "exercises/bank/REVIEW.md"


@dataclass
class Read:
    """What readers made of a sheet. `right`: 1 or 0 for each answer; `other`: name -> what was chosen instead of the
    key; `p`: name -> each reader's estimate."""

    readers: list[str] = field(default_factory=list)
    right: list[tuple[str, int]] = field(default_factory=list)
    other: dict[str, list[str]] = field(default_factory=dict)
    p: dict[str, list[float]] = field(default_factory=dict)
    open: int = 0

    @property
    def share(self) -> float:
        return fmean(right for _, right in self.right) if self.right else 0.0


def read(folder: Path) -> tuple[Key, dict[str, Read]]:
    """The key of a folder, and what its readers made of each sheet. Raises Unreadable with file and line."""
    key = unseal(folder)
    found: dict[str, Read] = {}
    for sheet, rows in key["sheets"].items():
        reading = Read()
        for path in sorted(folder.glob(f"{sheet}*.csv")):
            _answers(path, rows, reading, path.stem.removeprefix(sheet).strip("-") or "a reader")
        if reading.right:
            found[sheet] = reading
    if not found:
        raise Unreadable(f"{folder}: no sheet has been answered yet. Write a letter behind each number of its .csv.")
    return key, found


def _answers(path: Path, rows: list[Asked], reading: Read, who: str) -> None:
    seen: set[int] = set()
    answered = opened = 0
    for line, values in read_csv(path):
        number, letters, p = ([value.strip() for value in values] + [""] * 3)[:3]
        if not number or number.lower() == "number":
            continue
        if not number.isdecimal() or not 1 <= int(number) <= len(rows) or int(number) in seen:
            raise Unreadable(
                f"{path}, line {line}: `{number}` is not a number of this sheet, or stands twice. Keep one line for"
                f" each, 1 to {len(rows)}."
            )
        seen.add(int(number))
        row = rows[int(number) - 1]
        chosen = "".join(sorted(set(re.sub(r"[\s,;/+.]", "", letters.upper()))))
        if p:
            reading.p.setdefault(row["name"], []).append(_share(path, line, p))
        if not chosen:
            opened += 1
        elif set(chosen) - set(LETTERS[: row["options"]]) or (row["single"] and len(chosen) > 1):
            raise Unreadable(
                f"{path}, line {line}: `{letters}` cannot be. Write {'one letter' if row['single'] else 'letters'}, A"
                f" to {LETTERS[row['options'] - 1]}."
            )
        else:
            answered += 1
            reading.right.append((row["name"], int(chosen == row["key"])))
            if chosen != row["key"]:
                reading.other.setdefault(row["name"], []).append(chosen)
    if answered:  # the empty table that came with the sheet is nobody's
        reading.readers.append(who)
        reading.open += opened


def _share(path: Path, line: int, text: str) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise Unreadable(f"{path}, line {line}: `{text}` is not a share. Write p from 0 to 1: 0.6")
    return value


def chance(rows: list[Asked]) -> float:
    """What a reader who draws by lot would have: one of the letters, or any set of letters but none where several
    may be right."""
    return fmean(1 / row["options"] if row["single"] else 1 / (2 ** row["options"] - 1) for row in rows)


def report(key: Key, found: dict[str, Read], day: str) -> str:
    """The reading in the fixed form of REVIEW.md."""
    lines = [
        f"## Blind reading, {day}, seed {key['seed']}",
        "",
        "| Sheet | Questions | Readers | Answers | As the key | 95 % interval |",
        "|---|---|---|---|---|---|",
    ]
    for sheet, reading in found.items():
        right, of = sum(value for _, value in reading.right), len(reading.right)
        sure = wilson(right, of)
        lines.append(
            f"| {'options alone' if sheet == ONLY else 'in full'} | {len(key['sheets'][sheet])} |"
            f" {len(reading.readers)} | {of} | {right} ({right / of:.0%}) | {sure.low:.0%} to {sure.high:.0%} |"
        )
    lines += [""]
    if ONLY in found:
        lines.append(
            f"Options alone, by chance: {chance(key['sheets'][ONLY]):.0%}. "
            + "; ".join(_parts(key["sheets"][ONLY], found[ONLY]))
            + "."
        )
    if len(found) == 2 and found[FULL].share > (by_lot := chance(key["sheets"][ONLY])):
        only, full = found[ONLY].share, found[FULL].share
        lines.append(
            f"What the story carries: ({full:.2f} - {only:.2f}) / ({full:.2f} - {by_lot:.2f}) ="
            f" {(full - only) / (full - by_lot):.2f}."
        )
    if FULL in found:
        keys = {row["name"]: row["key"] for row in key["sheets"][FULL]}
        lines += [
            "",
            (
                "In full, not as the key, and what was changed:"
                if found[FULL].other
                else "In full, every answer was the key."
            ),
            "",
        ]
        lines += [
            f"- `{name}`: {', '.join(chosen)}; the key is {keys[name]}. Changed: not yet."
            for name, chosen in found[FULL].other.items()
        ]
    if unanswered := sum(reading.open for reading in found.values()):
        lines += ["", f"Left open by a reader and not counted: {unanswered}."]
    return "\n".join(lines).rstrip() + "\n"


def _parts(rows: list[Asked], reading: Read) -> list[str]:
    """The rate for each use, and in sets and alone."""
    about = {row["name"]: row for row in rows}
    parts: dict[str, Callable[[Asked], object]] = {
        "graded": lambda row: row["use"] == "graded",
        "exam": lambda row: row["use"] == "exam",
        "practice": lambda row: row["use"] == "practice",
        "in sets": lambda row: row["set"],
        "outside sets": lambda row: not row["set"],
    }
    said = []
    for name, fits in parts.items():
        some = [value for question, value in reading.right if fits(about[question])]
        said += [f"{name} {sum(some)} of {len(some)}"] * bool(some)
    return said


def append(library: Library, text: str) -> Path:
    """Put a reading behind those that stand in the bank's review notes: an edition's are its own."""
    path = library.homes[-1] / REVIEW
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else "# Blind readings\n"
    write_file(path, before.rstrip() + "\n\n" + text)
    return path
