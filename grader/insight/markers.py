"""How people mark: more or less generously than others, changing over time, or by one impression for all criteria.

Leaning and *all alike* compare a person with the others on the same reflections; drift compares a person with
themselves, and answers that get better over a term look like it. Each comes with an interval; with fewer than FEWEST
marks on either side there is none.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .cohort import Mark
from ..language import later, t
from ..web.interval import Interval, wilson

FEWEST = 20
STEP = 50  # answers: drift is told for so many more of them
LEVEL = 0.01  # for a flag: one in a hundred by chance, since there are several people and three questions about each


@dataclass(frozen=True)
class Figure:
    """An estimate with its 95 % interval, and how probable so large a one is where there is nothing."""

    value: float
    low: float
    high: float
    p: float


@dataclass(frozen=True)
class Marker:
    """A person over all that they marked. Shares are of a reflection's points, 0 to 1.

    `leaning`: how much more they give than others do on the same reflections (least squares with a term for each
    reflection, and standard errors that allow for unequal spread: HC3 of MacKinnon and White, Journal of Econometrics
    29, 1985, pages 305 to 325). `drift`: how much more they give after STEP answers than before, on the same
    reflections. `alike`: in how many of their answers every criterion has the same share of its points;
    `alike_others`: of others'.
    """

    name: str
    answers: int
    given: Interval
    leaning: Figure | None
    drift: Figure | None
    alike: Interval | None
    alike_others: Interval | None

    @property
    def flags(self) -> list[str]:
        """What to talk about, a sentence each."""
        found = []
        if self.leaning and self.leaning.p < LEVEL:
            more, less = (
                later("Gives more than others for the same reflections."),
                later("Gives less than others for the same reflections."),
            )
            found.append(t(more if self.leaning.value > 0 else less))
        if self.drift and self.drift.p < LEVEL:
            more, less = (
                later("Gives more the longer the marking goes on."),
                later("Gives less the longer the marking goes on."),
            )
            found.append(t(more if self.drift.value > 0 else less))
        if self.alike and self.alike_others and self.alike.low > self.alike_others.high:
            found.append(t("Gives all criteria of an answer the same, oftener than others: one impression for all?"))
        return found


def markers(marks: Sequence[Mark]) -> list[Marker]:
    """Everybody who marked, by name."""
    names = sorted({mark.marker for mark in marks}, key=str.casefold)
    return [_marker(name, marks) for name in names]


def _marker(name: str, marks: Sequence[Mark]) -> Marker:
    own = [mark for mark in marks if mark.marker == name]
    shared = {mark.reflection for mark in own} & {mark.reflection for mark in marks if mark.marker != name}
    mine = [mark for mark in own if mark.reflection in shared]
    others = [mark for mark in marks if mark.marker != name and mark.reflection in shared]
    both = len(mine) >= FEWEST and len(others) >= FEWEST
    many = [mark for mark in (*mine, *others) if len(mark.levels) > 1]
    return Marker(
        name,
        len(own),
        wilson(sum(mark.share for mark in own), len(own)),
        _effect([*mine, *others], lambda mark: float(mark.marker == name)) if both else None,
        _effect(own, lambda mark: mark.order / STEP) if len(own) >= FEWEST else None,
        _alike([mark for mark in many if mark.marker == name]) if both else None,
        _alike([mark for mark in many if mark.marker != name]) if both else None,
    )


def _effect(marks: Sequence[Mark], of: Callable[[Mark], float]) -> Figure | None:
    """What one thing adds to the share that is given, among marks of the same reflection; None where it cannot be
    told."""
    import numpy
    from statsmodels.regression.linear_model import OLS

    often = Counter(mark.reflection for mark in marks)
    marks = [mark for mark in marks if often[mark.reflection] > 1]  # one alone is explained by its own term
    places = sorted({mark.reflection for mark in marks})
    dummies = [[float(mark.reflection == place) for place in places] for mark in marks]
    table = numpy.column_stack([[of(mark) for mark in marks], numpy.array(dummies)])
    if numpy.linalg.matrix_rank(table) < table.shape[1] or len(marks) <= table.shape[1]:
        return None
    shares = numpy.array([mark.share for mark in marks])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a reflection that one answer was marked of
        fit = OLS(shares, table).fit(cov_type="HC3")
        low, high = fit.conf_int()[0]
    value, p = float(fit.params[0]), float(fit.pvalues[0])
    return Figure(value, float(low), float(high), p) if p == p else None


def _alike(marks: Sequence[Mark]) -> Interval | None:
    if len(marks) < FEWEST:
        return None
    same = sum(len({round(level / most, 6) for level, most in zip(mark.levels, mark.highest)}) == 1 for mark in marks)
    return wilson(same, len(marks))
