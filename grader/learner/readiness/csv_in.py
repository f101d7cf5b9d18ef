"""CSV files as spreadsheets write them: a comma, semicolon or tab between values, with or without a byte order mark."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from ...language import later, t


class Unreadable(Exception):
    """Why a file cannot be used; one line for the person who gave it."""


#: How a file in UTF-16 begins: Blackboard's grade centre and Excel's *Unicode Text* are written so.
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
#: A first line that tells a spreadsheet what stands between the values, as some programs write it.
_TOLD = re.compile(r"\"?sep=([,;\t])\"?[,;\t]*\r?(?:\n|$)", re.IGNORECASE)


def separator(text: str) -> str:
    """What stands between the values: as the first line tells it (`sep=;`), else what it has most of. Spreadsheets
    write a semicolon where the comma is the decimal sign."""
    if told := _TOLD.match(text):
        return told[1]
    return max(",;\t", key=text.split("\n", 1)[0].count)


def read(path: Path) -> list[tuple[int, list[str]]]:
    """Every row with the number of the line on which it ends. Raises Unreadable: no such file, not Unicode, not
    CSV."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-16" if data[:2] in UTF_16 else "utf-8-sig")
    except OSError as error:
        raise Unreadable(t("{path}: cannot be opened ({why}).", path=path, why=error.strerror)) from None
    except UnicodeDecodeError:
        book = later("{path}: is a workbook (.xlsx, .ods), and no CSV file. Save it as `CSV UTF-8`.")
        other = later("{path}: is not UTF-8. Save it as `CSV UTF-8`.")
        raise Unreadable(t(book if data[:2] == b"PK" else other, path=path)) from None
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
