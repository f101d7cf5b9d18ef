"""What every sheet says about itself, the same on paper, in a document and on its page."""

from __future__ import annotations

from datetime import date

from ..cards.sheet import Sheet
from ..language import day as in_words
from ..language import later, t, tc
from ..web.brand import brand

PROGRAM = later("A kit to work with")
FIT = later("For the clinician, before first use")


def fit_end() -> str:
    """What to do with the part on law and code before first use."""
    return t(
        "Answer the questions of the worksheet on the law where you are (in the book {book}), change what differs, ask"
        " your supervisor or a lawyer, and take this part out.",
        book=brand().name,
    )


def day(sheet: Sheet) -> date:
    return date.fromisoformat(sheet.date)


def dated(sheet: Sheet) -> str:
    """`version 1, 29 November 2026`."""
    return t("version {version}, {day}", version=sheet.version, day=in_words(day(sheet)))


def foot(sheet: Sheet) -> str:
    """The line at the foot of each page."""
    whose = f"{brand().name}. {brand().credit.rstrip('.')}" if brand().credit else f"{brand().name}, CC BY 4.0"
    return t(
        "{sheet}, {version}. {whose}: adapt it, name the source, say what you changed.",
        sheet=sheet.printed,
        version=dated(sheet),
        whose=whose,
    )


def review(sheet: Sheet) -> str:
    if sheet.retired:
        return t("Retired: use the sheet {sheet} instead.", sheet=sheet.review.partition("retired, see ")[2])
    if sheet.review == "draft":
        return t("Draft: no clinician has reviewed it yet.")
    return t("Reviewed {review}.", review=sheet.review)


def fits(sheet: Sheet) -> list[tuple[str, str]]:
    """What it must be fitted to: (label, words)."""
    return [(t("Law"), _line(sheet.law)), (t("Professional code"), _line(sheet.code))]


def about(sheet: Sheet) -> list[tuple[str, str]]:
    """What it is: (label, words)."""
    return [(tc("sheet", "For"), _line(sheet.use)), (tc("sheet", "Who"), _line(sheet.who))]


def _line(text: str) -> str:
    return " ".join(text.split())
