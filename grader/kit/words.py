"""What every sheet says about itself, the same on paper, in a document and on its page."""

from __future__ import annotations

from datetime import date

from ..cards.sheet import Sheet
from ..web.brand import brand

PROGRAM = "A kit to work with"
DRAFT = "Draft: no clinician has reviewed it yet."
FIT = "For the clinician, before first use"


def fit_end() -> str:
    """What to do with the part on law and code before first use."""
    return (
        f"Answer the questions of the worksheet on the law where you are (in the book {brand().name}), change what "
        "differs, ask your supervisor or a lawyer, and take this part out."
    )


def day(sheet: Sheet) -> date:
    return date.fromisoformat(sheet.date)


def dated(sheet: Sheet) -> str:
    """`version 1, 29 November 2026`."""
    when = day(sheet)
    return f"version {sheet.version}, {when.day} {when:%B %Y}"


def foot(sheet: Sheet) -> str:
    """The line at the foot of each page."""
    whose = f"{brand().name}. {brand().credit.rstrip('.')}" if brand().credit else f"{brand().name}, CC BY 4.0"
    return f"{sheet.printed}, {dated(sheet)}. {whose}: adapt it, name the source, say what you changed."


def review(sheet: Sheet) -> str:
    if sheet.retired:
        return f"Retired: use the sheet {sheet.review.partition('retired, see ')[2]} instead."
    return DRAFT if sheet.review == "draft" else f"Reviewed {sheet.review}."


def fits(sheet: Sheet) -> list[tuple[str, str]]:
    """What it must be fitted to: (label, words)."""
    return [("Law", _line(sheet.law)), ("Professional code", _line(sheet.code))]


def about(sheet: Sheet) -> list[tuple[str, str]]:
    """What it is: (label, words)."""
    return [("For", _line(sheet.use)), ("Who", _line(sheet.who))]


def _line(text: str) -> str:
    return " ".join(text.split())
