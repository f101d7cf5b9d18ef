"""CSV files as spreadsheets write them: a comma, semicolon or tab between values, with or without a byte order mark."""

from __future__ import annotations

import csv
import io
from pathlib import Path


class Unreadable(Exception):
    """Why a file cannot be used; one line for the person who gave it."""


def separator(text: str) -> str:
    """What stands between the values of the first line. Spreadsheets write a semicolon where the comma is the
    decimal sign."""
    return max(",;\t", key=text.split("\n", 1)[0].count)


def read(path: Path) -> list[tuple[int, list[str]]]:
    """Every row with the number of the line on which it ends. Raises Unreadable: no such file, not UTF-8, not CSV."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Unreadable(f"{path}: cannot be opened ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise Unreadable(f"{path}: is not UTF-8. Save it as `CSV UTF-8`.") from None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text))
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error:
        raise Unreadable(
            f"{path}, line {reader.line_num}: is not a line of a CSV file. Look for a quotation mark that is not"
            " closed, and save it as `CSV UTF-8`."
        ) from None
