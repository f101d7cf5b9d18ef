"""A marking sheet as CSV or XLSX: written for a spreadsheet, read back with every value checked."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from .bank import with_bank
from .board import Change, Desk, Row
from ..language import later, t
from ..learner.readiness import sheet_in as sheets
from ..learner.readiness.sheet_in import Unreadable
from ..reports.export import as_written, harmless
from ..web.files import write as write_file

FIXED = ["id", "answer", "notice"]
LAST = ["comment", "bank", "seen"]


@dataclass
class Sheet:
    """A sheet that was read: the changes it asks for, and one line for each row that cannot be taken."""

    changes: list[Change] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def columns(desk: Desk) -> list[str]:
    """The columns: id, answer, one for each criterion with its levels, the comment, numbers of the bank, and the
    check of what was there."""
    named = [
        f"{number}. {criterion.name} ({'/'.join(map(str, sorted(criterion.levels, reverse=True)))})"
        for number, criterion in enumerate(desk.card.criteria, 1)
    ]
    return FIXED + named + LAST


CELL, NAME = 32_767, 31  # characters that a cell holds, and the name of a sheet
CUT = later("[The answer goes on. Read it on the marking page, or export as CSV.]")


def write(desk: Desk, path: Path) -> tuple[int, int]:
    """Write the sheet, CSV or XLSX by the file's name; the number of rows, and of blank reflections, which are left
    out."""
    every = desk.rows()
    rows = [row for row in every if not row.blank]
    plain: list[list[object]] = [
        [
            row.id,
            row.answer,
            _notice(row),
            *("" if mark is None else mark for mark in row.marks),
            row.comment,
            "",
            row.seen,
        ]
        for row in rows
    ]
    table = [[harmless(value, whole=path.suffix.lower() == ".xlsx") for value in line] for line in plain]
    if path.suffix.lower() == ".xlsx":
        _xlsx(desk, table, path)
    else:
        made = io.StringIO()
        csv.writer(made).writerows([columns(desk), *table])
        write_file(path, made.getvalue().encode("utf-8-sig"))
    return len(rows), len(every) - len(rows)


def _notice(row: Row) -> str:
    return "; ".join(
        part
        for part in (
            t("the answer has changed since it was marked; its marks were {marks}", marks=row.earlier)
            if row.earlier
            else "",
            t("the same text stands in {places}", places=row.told_same) if row.same else "",
            row.found,
            row.apart,
            row.notice,
        )
        if part
    )


def _fits(text: str) -> str:
    """A cell of a spreadsheet holds 32,767 characters, and what is over would be lost without a word."""
    cut = f"\n{t(CUT)}"
    return text if len(text) <= CELL else f"{text[: CELL - len(cut)]}{cut}"


def _xlsx(desk: Desk, table: list[list[object]], path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    page = book.active
    page.title = t("Marks")[:NAME]
    head = columns(desk)
    page.append(head)
    for line in table:
        page.append(
            [_fits(ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)) if isinstance(value, str) else value for value in line]
        )
    for cells in page.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text, whatever it begins with
    for number, name in enumerate(head, 1):
        page.column_dimensions[get_column_letter(number)].width = {"answer": 80, "comment": 50}.get(name, 16)
        page.cell(1, number).font = Font(bold=True)
        page.cell(1, number).alignment = Alignment(wrap_text=True, vertical="top")
    for number, criterion in enumerate(desk.card.criteria, len(FIXED) + 1):
        levels = DataValidation(
            type="list",
            formula1='"' + ",".join(map(str, sorted(criterion.levels, reverse=True))) + '"',
            allow_blank=True,
        )
        levels.error, levels.errorTitle, levels.showErrorMessage = (
            t("Choose one of the rubric's levels."),
            criterion.name,
            True,
        )
        page.add_data_validation(levels)
        letter = get_column_letter(number)
        levels.add(f"{letter}2:{letter}{max(2, len(table) + 1)}")
    page.freeze_panes = "C2"
    rubric = book.create_sheet(t("Rubric and comments")[:NAME])
    for criterion in desk.card.criteria:
        rubric.append([str(criterion.name)])
        for level, words in sorted(criterion.levels.items(), reverse=True):
            rubric.append(["", level, " ".join(words.split())])
    rubric.append([t("Comment bank")])
    for number, ready in enumerate(desk.bank, 1):
        rubric.append(["", number, harmless(ready, whole=True)])
    rubric.column_dimensions["C"].width = 100
    made = io.BytesIO()
    book.save(made)
    write_file(path, made.getvalue())


def read(desk: Desk, path: Path) -> Sheet:
    """Read a sheet back. Raises Unreadable for a file that is none; a row that breaks a rule is named and left out."""
    table = [row for _, row in sheets.read(path)]
    head = columns(desk)
    if not table or [value.strip() for value in table[0]][: len(head)] != head:
        raise Unreadable(
            t(
                "{path}: the first row is not that of this reflection's sheet. Export it again, and leave "
                "the first row as it is.",
                path=path,
            )
        )
    sheet, bank = Sheet(), desk.bank
    ids = Counter(line[0].strip() for line in table[1:] if line)
    for number, line in enumerate(table[1:], 2):
        values = line + [""] * len(head)
        row = dict(zip(head, values))
        if not any(value.strip() for value in values):
            continue
        try:
            if ids[row["id"].strip()] > 1:  # nobody knows which of them is meant
                raise ValueError(t("this id stands twice in the sheet."))
            marks = tuple(_mark(row[name], name) for name in head[len(FIXED) : -len(LAST)])
            comment = with_bank(as_written(row["comment"]), row["bank"], bank)
            change = Change(row["id"].strip(), row["seen"].strip(), marks, comment)
            if wrong := desk.check(change):
                raise ValueError(wrong.split(": ", 1)[1])
            sheet.changes.append(change)
        except ValueError as error:
            sheet.refused.append(t("{path}, row {number}: {error}", path=path, number=number, error=error))
    return sheet


def _mark(value: str, name: str) -> int | None:
    value = value.strip()
    if not value:
        return None
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        raise ValueError(t("`{value}` in the column *{name}* is not a number.", value=value, name=name)) from None
    if not math.isfinite(number) or number != int(number):
        raise ValueError(
            t("`{value}` in the column *{name}* is not one of the rubric's levels.", value=value, name=name)
        )
    return int(number)
