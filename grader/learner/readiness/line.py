"""A line of a ledger: its columns, the words that may stand in them, and what it says. `js/src/book/hours/line.js`
reads the same; `tests/hours` holds both to the same lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from ...counted import counted
from ...language import later, t

Value = TypeVar("Value")
#: Without these nothing can be counted; the others are for what a body may ask besides.
NEEDED = ("date", "kind", "hours")
COLUMNS = (*NEEDED, "format", "area", "title", "initials", "evidence", "supervisor")
_TAUGHT = ("in-person", "live-online", "e-learning")
#: What a line may be, with the formats that it may have. One that is empty was not said.
KINDS = {
    "contract": (),
    "education": _TAUGHT,
    "training": _TAUGHT,
    "sar": _TAUGHT,
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
#: Who supervised. One that is empty was not said, and is counted as not confirmed.
SUPERVISORS = {
    "certified": later("a supervisor whom the certifying body certifies or accepts"),
    "other": later("another supervisor"),
    "peer": later("peers, without a supervisor"),
}
#: What trainees call a kind; the first letters tell the others.
CALLED = {
    "session": "client",
    "sessions": "client",
    "patient": "client",
    "patients": "client",
    "contact": "client",
    "direct": "client",
    "course": "education",
    "class": "education",
    "workshop": "education",
    "lecture": "education",
    "seminar": "education",
    "teaching": "education",
    "consultation": "supervision",
    "peer": "supervision",
    "group": "supervision",
    "personal": "self-reflection",
    "agreement": "contract",
}
FIRST_LETTERS = 3
#: Hours that one line can hold: a course, or for clients a week, for supervision a day.
MOST = {"client": 60.0, "supervision": 24.0}
MOST_OF_ALL = 400.0
#: In the title of what the page gives as an example, so that nobody counts it.
EXAMPLE = "example: write over it"
#: What a spreadsheet makes of a date: 3/31/2026, 31.03.2026, 03/31/26. Which figure is the month its figures may tell.
ORDERS = {"mdy": ("month", "day", "year"), "dmy": ("day", "month", "year")}
_FIGURES = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d\d)")
_YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})")
CENTURY = 2000  # of a year of two figures
MONTHS = 12
_MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0{1,6})?)?$")
_HOURS = re.compile(r"-?(?:\d+(?:[.,]\d{1,2})?|[.,]\d{1,2})|")  # 1,000 is a thousand to one reader, one to another


@dataclass(frozen=True)
class Entry:
    """A line that can be counted. `hours` are clock hours; `line` is where it stands."""

    line: int
    date: date
    kind: str
    hours: float
    format: str = ""
    area: str = ""
    title: str = ""
    initials: str = ""
    evidence: str = ""
    supervisor: str = ""

    @property
    def accepted(self) -> bool:
        """Whether its hours may count by who supervised. Where that was not said they do, and it is said."""
        return self.supervisor in ("", "certified")

    def may_be(self, form: str) -> bool:
        """Whether it has a format, or could have it since its own was not said."""
        return self.format == form or (not self.format and form in KINDS[self.kind])


def parse(values: Mapping[str, str], line: int = 0, dates: str = "") -> Entry:
    """An entry from its words by column; what is not there is empty. Raises ValueError with one line that says of all
    that is wrong what to write instead; behind a word that is no kind it goes by the kind that it may be."""
    values = dict.fromkeys(COLUMNS, "") | dict(values)
    if values["title"].lower() == EXAMPLE:
        raise ValueError(t("this is an example, and not counted. Write your own over it, or delete the line."))
    wrong: list[str] = []
    when = _heard(wrong, lambda: _date(values["date"], dates), date.min)
    kind = _heard(wrong, lambda: _kind(values["kind"]), nearest(values["kind"]))
    hours = _heard(wrong, lambda: _hours(values["hours"], kind), 0.0)
    form = _heard(wrong, lambda: _format(values["format"], kind), "")
    supervisor = _heard(wrong, lambda: _supervisor(values["supervisor"], kind), "")
    if wrong:
        raise ValueError(" ".join(wrong))
    area, title = values["area"].lower(), values["title"]
    return Entry(line, when, kind, hours, form, area, title, values["initials"], values["evidence"], supervisor)


def _heard(wrong: list[str], work: Callable[[], Value], instead: Value) -> Value:
    """What a column says; where it cannot, why is put among what is wrong."""
    try:
        return work()
    except ValueError as error:
        wrong.append(str(error))
        return instead


def _kind(text: str) -> str:
    if text.lower() not in KINDS:
        raise ValueError(_no_kind(text))
    return text.lower()


def _hours(text: str, kind: str) -> float:
    """Clock hours that a line of a kind can have. Raises ValueError."""
    if not _HOURS.fullmatch(text):
        raise ValueError(t("“{hours}” is not a number of hours. Write 1.5 for an hour and a half.", hours=text))
    hours, most = float(text.replace(",", ".") or "0"), MOST.get(kind, MOST_OF_ALL)
    if kind and (not 0 <= hours <= most or (hours == 0 and kind != "contract")):
        raise ValueError(
            t(
                "{hours} cannot be: a line of {kind} has more than 0 and at most {most}.",
                hours=counted(hours, "hour"),
                kind=kind,
                most=counted(most, "hour"),
            )
        )
    return hours


def _format(text: str, kind: str) -> str:
    formats = KINDS.get(kind, ())
    words = ", ".join(formats)
    why = t("“{format}” is not a format of {kind}. Write one of: {formats}.", format=text, kind=kind, formats=words)
    return _one_of(text, formats, why)


def _supervisor(text: str, kind: str) -> str:
    why = t(
        "“{text}” does not say what kind of supervisor it was. Write one of: {words}; initials have a column of"
        " their own.",
        text=text,
        words=", ".join(SUPERVISORS),
    )
    return _one_of(text, SUPERVISORS if kind == "supervision" else (), why)


def _one_of(text: str, words: Iterable[str], why: str) -> str:
    """A word of a column that a kind has; "" where it has none, or nothing was said. Raises ValueError."""
    word, known = text.lower(), tuple(words)
    if word and known and word not in known:
        raise ValueError(why)
    return word if known else ""


def _no_kind(text: str) -> str:
    """What to write instead of a word that is no kind."""
    kinds = ", ".join(KINDS)
    if kind := nearest(text):
        return t(
            "“{text}” is not a kind of hours. If it was {what}, write {kind}. The kinds are {kinds}.",
            text=text,
            what=t(WORDS[kind]),
            kind=kind,
            kinds=kinds,
        )
    return t("“{text}” is not a kind of hours. The kinds are {kinds}.", text=text, kinds=kinds)


def nearest(text: str) -> str:
    """The kind that a word probably means, or "": by what trainees call it, else by its first letters."""
    for word in re.split(r"[^a-z]+", text.lower()):
        if word in CALLED:
            return CALLED[word]
        for kind in KINDS:
            if len(word) >= FIRST_LETTERS and kind.startswith(word[:FIRST_LETTERS]):
                return kind
    return ""


def order_of(words: Iterable[str]) -> tuple[str, str]:
    """What stands first in the dates of a file that can be two days, and an example of them; ("", example) where that
    is to be asked, ("", "") where nothing has to be told.

    It is told by dates that can be one day alone, and are one. They tell it of those with the same sign between their
    figures: 31.12.2026 was typed in another hand than 3/4/2026. Those that tell must not differ.
    """
    either: dict[str, str] = {}  # sign -> the last date with it
    telling: dict[str, set[str]] = {}  # order -> the signs that it is told for
    for text in words:
        own = _own_order(text)
        if own == "":
            either[_sign(text)] = text
        elif own and _is_day(text):
            telling.setdefault(own, set()).add(_sign(text))
    untold = [text for sign, text in either.items() if [sign in signs for signs in telling.values()] != [True]]
    if untold or not either:
        return "", "".join(untold[-1:])
    return next(iter(telling)), [*either.values()][-1]


def _sign(words: str) -> str:
    """What stands between the figures of a date."""
    return words.lstrip("0123456789")[0]


def _is_day(words: str) -> bool:
    try:
        _date(words, "")
    except ValueError:
        return False
    return True


def _own_order(words: str) -> str | None:
    """What must stand first in a date of figures; "" where it can be either, None where nothing is in question."""
    figures = _FIGURES.fullmatch(_MIDNIGHT.sub("", words))
    if not figures:
        return None
    one, other = int(figures[1]), int(figures[2])
    if (one > MONTHS) != (other > MONTHS):
        return "dmy" if one > MONTHS else "mdy"
    return None if one == other or one > MONTHS else ""


def _date(words: str, order: str) -> date:
    """A day, as we write it or as a spreadsheet does. Raises ValueError."""
    plain = _MIDNIGHT.sub("", words)
    own = _own_order(words)
    if figures := _FIGURES.fullmatch(plain):
        if not order and own == "":
            raise ValueError(
                t(
                    "“{text}” can be two days, and no other date tells which. Write it as year-month-day, such as"
                    " 2026-03-31.",
                    text=words,
                )
            )
        if order and own and own != order:
            raise ValueError(t("“{text}” is a day only if the other figure is the month.", text=words))
        parts = dict(zip(ORDERS[order or own or "dmy"], map(int, figures.groups())))
        parts["year"] += CENTURY * (len(figures[3]) == 2)
    elif figures := _YEAR_FIRST.fullmatch(plain):
        parts = dict(zip(("year", "month", "day"), map(int, figures.groups())))
    else:
        raise ValueError(t("“{text}” cannot be read as a date. Dates stand as year-month-day: 2026-03-31.", text=words))
    try:
        return date(**parts)
    except ValueError:
        raise ValueError(t("“{text}”: there is no such day.", text=words)) from None
