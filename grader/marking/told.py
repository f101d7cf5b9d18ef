"""Two markers' agreement in words."""

from __future__ import annotations

from collections.abc import Iterator

from .agreement import FEWEST, Agreement, measured
from .levels import in_words
from .second import Pair
from ..cards.model import Reflection
from ..counted import counted
from ..language import number, t

SHOWN = 10  # pairs


def lines(card: Reflection, pairs: list[Pair]) -> Iterator[str]:
    """A table for one reflection, then the answers on which the two are furthest apart."""
    yield t("{title}: {answers} marked by two people", title=card.title, answers=counted(len(pairs), "answer"))
    if len(pairs) < FEWEST:
        yield "  " + t("Fewer than {n} answers: the numbers below may be chance.", n=FEWEST)
    names, levels = zip(*((str(one.name), tuple(one.levels)) for one in card.criteria))
    rows = [_row(one) for one in measured(pairs, list(names), list(levels))]
    head = ("", t("alike"), t("within 1"), t("second higher by"), t("weighted kappa"), t("ICC"))
    wide = [max(map(len, column)) for column in zip(head, *rows)]
    for row in (head, *rows):
        cells = [f"{cell:{'>' if 0 < at < 4 else '<'}{wide[at]}}" for at, cell in enumerate(row)]
        yield f"  {'  '.join(cells)}".rstrip()
    apart = [pair for pair in pairs if pair.apart]
    if not apart:
        return
    yield "  " + t("Furthest apart (first; second):")
    for pair in apart[:SHOWN]:
        agreed = f"; {t('agreed {marks}', marks=in_words(pair.agreed))}" if pair.agreed else ""
        yield f"    {pair.id}: {in_words(pair.first)}; {in_words(pair.second)} ({pair.by}){agreed}"
    if len(apart) > SHOWN:
        yield "    " + t("and {n} more", n=len(apart) - SHOWN)


def _row(one: Agreement) -> tuple[str, ...]:
    kappa, icc = _coefficient(one.kappa, one.kappa_range), _coefficient(one.icc, one.icc_range)
    if one.what == "in all":
        kappa = ""  # totals have too many steps for a table of who gave what
    what = t("in all") if one.what == "in all" else one.what
    return what, f"{one.exact:.0%}", f"{one.within_one:.0%}", number(one.leaning, 2, "+"), kappa, icc


def _coefficient(value: float | None, between: tuple[float, float] | None) -> str:
    if value is None:
        return t("not defined")
    if not between:
        return number(value, 2)
    low, high = (number(end, 2) for end in between)
    return t("{value} ({low} to {high})", value=number(value, 2), low=low, high=high)
