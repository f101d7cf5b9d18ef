"""How much a test's scores can be relied on: internal consistency and the standard error of a score."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from ..reports.item_analysis import Sheet, sat

FEWEST = 10  # trainees; with fewer a coefficient says nothing


@dataclass(frozen=True)
class Reliability:
    """The questions of an assignment as a test. Scores and `sem` are in points of one for each question.

    `alpha`: Cronbach's (Psychometrika 16, 1951, pages 297 to 334), with the interval of Feldt (Psychometrika 30, 1965,
    pages 357 to 370); where every question is right or wrong (`right_or_wrong`) it is the KR-20 of Kuder and Richardson
    (Psychometrika 2, 1937, pages 151 to 160). None with fewer than FEWEST trainees, with one question, or where all
    have the same. `sem`: the standard error of measurement, SD times the root of 1 - alpha. `scores`: of each trainee
    who is counted. `left_out`: trainees in whose sheet an answer waits for a person.
    """

    trainees: int
    questions: int
    scores: tuple[float, ...]
    mean: float
    sd: float | None
    alpha: float | None
    alpha_range: tuple[float, float] | None
    sem: float | None
    right_or_wrong: bool
    left_out: int


def reliability(sheets: Mapping[str, Sheet], asked: list[str]) -> Reliability:
    """Of those who sat the test and whose every answer is read. An answer that was left open counts as none: it is part
    of how the test went."""
    sitting = sat(sheets)
    rows = [[own[name].share for name in asked] for own in sitting.values() if all(name in own for name in asked)]
    scores = tuple(sum(row) for row in rows)
    sd = stdev(scores) if len(scores) > 1 else None
    alpha, span = _alpha(rows) if len(rows) >= FEWEST and len(asked) > 1 and sd else (None, None)
    return Reliability(
        len(rows),
        len(asked),
        scores,
        fmean(scores) if scores else 0.0,
        sd,
        alpha,
        span,
        sd * sqrt(1 - alpha) if alpha is not None and sd and alpha <= 1 else None,
        all(share in (0, 1) for row in rows for share in row),
        len(sitting) - len(rows),
    )


def _alpha(rows: list[list[float]]) -> tuple[float, tuple[float, float]]:
    import pandas
    import pingouin

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # questions that all have alike
        alpha, span = pingouin.cronbach_alpha(data=pandas.DataFrame(rows))
    return float(alpha), (float(span[0]), float(span[1]))
