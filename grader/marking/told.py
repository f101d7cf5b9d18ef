"""Two markers' agreement in words."""

from __future__ import annotations

from collections.abc import Iterator

from .agreement import FEWEST, Agreement, measured
from .levels import in_words
from .second import Pair
from ..cards.model import Reflection
from ..counted import in_english as counted

SHOWN = 10  # pairs


def lines(card: Reflection, pairs: list[Pair]) -> Iterator[str]:
    """A table for one reflection, then the answers on which the two are furthest apart."""
    yield f"{card.title}: {counted(len(pairs), 'answer')} marked by two people"
    if len(pairs) < FEWEST:
        yield f"  Fewer than {FEWEST} answers: the numbers below may be chance."
    names, levels = zip(*((str(one.name), tuple(one.levels)) for one in card.criteria))
    wide = max(map(len, (*names, "in all")))
    yield f"  {'':{wide}}  alike  within 1  second higher by  weighted kappa          ICC"
    for one in measured(pairs, list(names), list(levels)):
        yield _row(one, wide)
    apart = [pair for pair in pairs if pair.apart]
    if not apart:
        return
    yield "  Furthest apart (first; second):"
    for pair in apart[:SHOWN]:
        agreed = f"; agreed {in_words(pair.agreed)}" if pair.agreed else ""
        yield f"    {pair.id}: {in_words(pair.first)}; {in_words(pair.second)} ({pair.by}){agreed}"
    if len(apart) > SHOWN:
        yield f"    and {len(apart) - SHOWN} more"


def _row(one: Agreement, wide: int) -> str:
    kappa, icc = _coefficient(one.kappa, one.kappa_range), _coefficient(one.icc, one.icc_range)
    if one.what == "in all":
        kappa = ""  # totals have too many steps for a table of who gave what
    shares = f"{one.exact:>5.0%}  {one.within_one:>8.0%}  {one.leaning:>+16.2f}"
    return f"  {one.what:{wide}}  {shares}  {kappa:<22}  {icc}".rstrip()


def _coefficient(value: float | None, between: tuple[float, float] | None) -> str:
    if value is None:
        return "not defined"
    return f"{value:.2f} ({between[0]:.2f} to {between[1]:.2f})" if between else f"{value:.2f}"
