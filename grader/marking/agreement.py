"""How far two markers agree, by measures of the field, from a well-kept library."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TypeAlias

from .levels import steps
from .second import Pair

FEWEST = 20  # answers; with fewer an interval says nothing
#: A coefficient and its interval; None where it is not defined.
Measure: TypeAlias = tuple[float | None, tuple[float, float] | None]


@dataclass(frozen=True)
class Agreement:
    """Two people's marks of one criterion, or of all. Shares and coefficients are of 1; an interval is of 95 %.

    `kappa`: Cohen's, quadratic weights (Cohen 1968). `icc`: two-way random effects, absolute agreement, single marker:
    ICC(2,1) of Shrout and Fleiss 1979, ICC(A,1) of McGraw and Wong 1996. Either is None where it is not defined: all
    marks alike, or too few answers.
    """

    what: str
    n: int
    exact: float
    within_one: float
    leaning: float  # how much higher the second marks, in levels
    kappa: float | None
    kappa_range: tuple[float, float] | None
    icc: float | None
    icc_range: tuple[float, float] | None


def measured(pairs: list[Pair], names: list[str], levels: list[tuple[int, ...]]) -> list[Agreement]:
    """One for each criterion, then one for the totals. `levels`: those of each criterion's rubric."""
    found = [
        _one(name, [(pair.first[number], pair.second[number]) for pair in pairs], levels[number])
        for number, name in enumerate(names)
    ]
    totals = [(sum(pair.first), sum(pair.second)) for pair in pairs]
    return [*found, _one("in all", totals, ())]


def _one(what: str, both: list[tuple[float, float]], levels: tuple[int, ...]) -> Agreement:
    gaps = [abs(one - other) for one, other in both]
    near = [abs(steps(one, other, levels)) for one, other in both] if levels else gaps
    kappa, kappa_range = _kappa(both, levels) if levels else (None, None)
    icc, icc_range = _icc(both)
    return Agreement(
        what,
        len(both),
        sum(gap == 0 for gap in gaps) / len(both),
        sum(gap <= 1 for gap in near) / len(both),
        sum(other - one for one, other in both) / len(both),
        kappa,
        kappa_range,
        icc,
        icc_range,
    )


def _varies(both: list[tuple[float, float]]) -> bool:
    """Whether the marks differ at all; where every mark is the same no coefficient is defined."""
    return len(both) > 2 and len({mark for pair in both for mark in pair}) > 1


def _kappa(both: list[tuple[float, float]], levels: tuple[int, ...]) -> Measure:
    """Kappa over the rubric's own levels, as wide apart as they are: half a mark is rounded to a level."""
    if not _varies(both):
        return None, None
    import numpy
    from statsmodels.stats.inter_rater import cohens_kappa

    order = sorted(levels)
    table = numpy.zeros((len(order), len(order)))
    for one, other in both:
        table[_nearest(order, one), _nearest(order, other)] += 1
    weights = numpy.subtract.outer(order, order) ** 2.0
    weights /= weights.max()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a table with empty rows
        found = cohens_kappa(table, weights=weights)
    low, high = max(-1.0, float(found.kappa_low)), min(1.0, float(found.kappa_upp))  # a normal interval may go beyond
    return _defined(float(found.kappa), low, high)


def _nearest(order: list[int], mark: float) -> int:
    """The place of the level that is nearest to a mark."""
    return min(range(len(order)), key=lambda place: abs(order[place] - mark))


def _icc(both: list[tuple[float, float]]) -> Measure:
    if not _varies(both):
        return None, None
    import pandas
    import pingouin

    rows = [(n, who, mark) for n, pair in enumerate(both) for who, mark in zip("ab", pair)]
    frame = pandas.DataFrame(rows, columns=["answer", "marker", "mark"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # perfect agreement divides by nothing
        found = pingouin.intraclass_corr(frame, targets="answer", raters="marker", ratings="mark")
    row = found[found["Type"] == "ICC(A,1)"].iloc[0]
    low, high = row["CI95"]
    return _defined(float(row["ICC"]), float(low), float(high))


def _defined(value: float, low: float, high: float) -> Measure:
    if value != value:
        return None, None
    return value, None if low != low or high != high else (low, high)
