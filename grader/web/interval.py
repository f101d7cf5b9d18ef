"""How sure a score is: the interval that every page and paper draws around it, and from when on. The one place of
this rule."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from ..language import t

Z = 1.959963984540054  # of the normal distribution, for 95 %
FEWEST = 5  # questions; a score of fewer is joined with others before it is shown as one
#: Questions from which a likely range is given to a trainee's score: with twelve it is narrower than half of the scale
#: whatever the score, with five it would reach from 38 to 96 of 100. `js/src/book/score.js` has the same;
#: `tests/ranges.json` holds both.
RANGED = 12


@dataclass(frozen=True)
class Interval:
    """A share of the points, 0 to 1, with the bounds of its 95 % interval. `low < high` always."""

    share: float
    low: float
    high: float

    @property
    def words(self) -> str:
        """`59 to 77 %`: what a reader may rely on."""
        return t("{low} to {high} %", low=round(100 * self.low), high=round(100 * self.high))


def likely(score: float, count: float) -> Interval | None:
    """The interval that is drawn around a trainee's score; None where it would say too little."""
    return wilson(score, count) if count >= RANGED else None


def wilson(score: float, count: float) -> Interval:
    """The interval of `score` points reached in `count` questions of one point each.

    The score interval of E. B. Wilson (Journal of the American Statistical Association 22, 1927, pages 209 to 212): it
    stays between 0 and 1 and is never zero wide, also at none and at all. Points in parts of a question are taken as
    they are; that errs on the side of width. Raises ValueError without a question.
    """
    if count <= 0:
        raise ValueError("there is no interval for a score without a question")
    share = min(1.0, max(0.0, score / count))
    square = Z * Z / count
    middle = (share + square / 2) / (1 + square)
    half = Z * sqrt(share * (1 - share) / count + square / (4 * count)) / (1 + square)
    return Interval(share, max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))
