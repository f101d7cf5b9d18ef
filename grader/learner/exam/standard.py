"""Honest scores: a score with its standard error, and a cut score only where judges set one."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, stdev

from ..readiness.csv_in import Unreadable, read


@dataclass(frozen=True)
class Standard:
    """A cut score by the modified Angoff method: `cut` of `questions` points, its standard error over the judges,
    and each judge's own. `names`: the questions that were rated."""

    cut: float
    error: float
    questions: int
    judges: dict[str, float]
    names: frozenset[str] = frozenset()


def angoff(path: Path, without: Collection[str] = ()) -> Standard:
    """Read judges' ratings (CSV: judge, question, rating) and give the cut score.

    A rating is the judge's estimate, 0 to 1, of the share of borderline candidates who would answer rightly.
    A judge's cut is the sum over the questions, the panel's the mean of the judges; its standard error is
    their standard deviation over the square root of their number (W. H. Angoff, Scales, norms and equivalent
    scores, 1971; M. J. Zieky and others, Cutscores, 2008). Questions `without` count for nothing. Raises Unreadable:
    every judge rates every question once.
    """
    rows = read(path)
    head = [name.strip().lower() for name in rows[0][1]] if rows else []
    if not {"judge", "question", "rating"} <= set(head):
        raise Unreadable(f"{path}: the first line is not `judge,question,rating`.")
    ratings: dict[str, dict[str, float]] = defaultdict(dict)
    for number, values in rows[1:]:
        if not any(value.strip() for value in values):
            continue
        row = dict(zip(head, values))
        judge, question = (str(row.get(name) or "").strip() for name in ("judge", "question"))
        try:
            rating = float(str(row.get("rating")).replace(",", "."))
        except ValueError:
            rating = -1.0
        if not judge or not question or not 0 <= rating <= 1:
            raise Unreadable(f"{path}, line {number}: write a judge, a question and a rating from 0 to 1.")
        if question in ratings[judge]:
            raise Unreadable(f"{path}, line {number}: {judge} rates `{question}` twice. Keep one.")
        ratings[judge][question] = rating
    ratings = {judge: {name: own[name] for name in own.keys() - set(without)} for judge, own in ratings.items()}
    if len(ratings) < 2:
        raise Unreadable(f"{path}: a standard needs two judges or more; here is {len(ratings)}.")
    questions = set().union(*ratings.values())
    for judge, given in ratings.items():
        if missing := sorted(questions - set(given)):
            raise Unreadable(
                f"{path}: {judge} has no rating for"
                f" `{missing[0]}`{f' and {len(missing) - 1} more' if len(missing) > 1 else ''}."
            )
    cuts = {judge: round(sum(given.values()), 3) for judge, given in sorted(ratings.items())}
    error = stdev(cuts.values()) / math.sqrt(len(cuts))
    return Standard(round(fmean(cuts.values()), 2), round(error, 2), len(questions), cuts, frozenset(questions))


def standard_error(right: float, asked: int) -> float:
    """The standard error of a share right of `asked` questions, as a share: the square root of p(1 - p)/(n - 1) (F.
    M. Lord, 1955, for randomly parallel forms)."""
    share = right / asked if asked else 0.0
    return math.sqrt(share * (1 - share) / (asked - 1)) if asked > 1 else 0.0


def verdict(right: float, asked: int, standard: Standard | None = None) -> str:
    """A score in words. Without judges there is no pass or fail."""
    error = standard_error(right, asked)
    words = (
        f"{right:g} of {asked} ({100 * right / asked:.0f} %, standard error {100 * error:.0f} points)."
        if asked
        else "Nothing was asked."
    )
    if standard is None:
        return words + " No judges set a standard, so there is no pass or fail: read the profile."
    side = "at or above" if right >= standard.cut else "below"
    undecided = decided(right, asked, standard) == "undecided"
    near = " That is within one standard error of the cut: treat it as undecided." * undecided
    return f"{words} The panel's cut is {standard.cut:g} (standard error {standard.error:g}): {side}.{near}"


def decided(right: float, asked: int, standard: Standard) -> str:
    """What a score is by a panel's cut: `pass`, `not`, or `undecided` within one standard error of it."""
    if abs(right - standard.cut) <= standard_error(right, asked) * asked:
        return "undecided"
    return "pass" if right >= standard.cut else "not"
