"""Tables as spreadsheets save them: CSV with a comma, semicolon or tab between values, with or without a byte order
mark; and the first sheet of an XLSX workbook."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from zipfile import ZipFile

from ...language import t


class Unreadable(Exception):
    """Why a file cannot be used; one line for the person who gave it."""


#: How a file in UTF-16 begins: Blackboard's grade centre and Excel's *Unicode Text* are written so.
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
#: A first line that tells a spreadsheet what stands between the values, as some programs write it.
_TOLD = re.compile(r"\"?sep=([,;\t])\"?[,;\t]*\r?(?:\n|$)", re.IGNORECASE)
#: Of a workbook: no table that somebody keeps by hand has more.
MOST_ROWS, MOST_COLUMNS, MOST_BYTES = 50_000, 200, 200_000_000
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def separator(text: str) -> str:
    """What stands between the values: as the first line tells it (`sep=;`), else what it has most of. Spreadsheets
    write a semicolon where the comma is the decimal sign."""
    if told := _TOLD.match(text):
        return told[1]
    return max(",;\t", key=text.split("\n", 1)[0].count)


def read(path: Path) -> list[tuple[int, list[str]]]:
    """Every row with the number of the line on which it ends. Raises Unreadable: no such file, not Unicode, not
    CSV, or a workbook of another kind than XLSX."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(t("{path}: cannot be opened ({why}).", path=path, why=error.strerror)) from None
    if is_workbook(data):
        return _workbook(path, data)
    try:
        text = data.decode("utf-16" if data[:2] in UTF_16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(
            t(
                "{path}: is not UTF-8, so letters with accents would come out wrong. In Excel: File, Save As, file type"
                " `CSV UTF-8 (Comma delimited)`; or save it as XLSX, which is read too.",
                path=path,
            )
        ) from None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text))
    try:
        rows = [(reader.line_num, row) for row in reader]
        return rows[1:] if _TOLD.match(text) else rows
    except csv.Error:
        raise Unreadable(
            t(
                "{path}, line {line}: is not a line of a CSV file. Look for a quotation mark that is not closed, and"
                " save it as `CSV UTF-8`.",
                path=path,
                line=reader.line_num,
            )
        ) from None


def is_workbook(data: bytes) -> bool:
    """Whether a file is a workbook, of whatever program."""
    return data.startswith((_ZIP, _OLD))


def _workbook(path: Path, data: bytes) -> list[tuple[int, list[str]]]:
    """The rows of the first sheet, as they would stand in CSV. Raises Unreadable."""
    from openpyxl import load_workbook

    too_much = Unreadable(t("{path}: is too large. Leave the table in it, and nothing else.", path=path))
    rows: list[list[str]] = []
    try:
        with ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_BYTES:
                raise too_much
        shown, typed = (
            load_workbook(io.BytesIO(data), read_only=True, data_only=values).worksheets[0].iter_rows(values_only=True)
            for values in (True, False)
        )
        for pair in zip(shown, typed):
            if all(row.count(None) == len(row) for row in pair):  # of these there can be hundreds of thousands
                rows.append([])
                continue
            values = [_value(*cell) for cell in islice(zip(*pair), MOST_COLUMNS)]
            rows.append(values if any(values) else [])
            if len(rows) > MOST_ROWS and rows[-1]:
                raise too_much
    except Unreadable:
        raise
    except Exception:  # openpyxl has many, for what is no workbook that it knows
        raise Unreadable(
            t(
                "{path}: is a workbook that cannot be read here (.ods, .xls, .numbers). Save it as XLSX or CSV UTF-8.",
                path=path,
            )
        ) from None
    return list(enumerate(rows, 1))


def _value(shown: object, typed: object) -> str:
    """What stands in a cell. A text that began with `=` became a formula: what was typed is the text, unless a number
    or a day came of it."""
    formula = getattr(typed, "text", typed)
    if isinstance(formula, str) and formula.startswith("=") and not isinstance(shown, (int, float, date)):
        return formula
    if isinstance(shown, float):
        return f"{shown:.12g}"  # 0.1 + 0.2 is 0.3 to who sees it
    if isinstance(shown, datetime):
        return shown.date().isoformat() if shown.time() == shown.time().min else shown.isoformat(" ")
    return "" if shown is None else str(shown)
