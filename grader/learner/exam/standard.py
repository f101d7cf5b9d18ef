"""Honest scores: a score with its standard error, and a cut score only where judges set one."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, stdev

from ..readiness.sheet_in import Unreadable, read
from ...language import in_percent, later, number, t


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
        raise Unreadable(t("{path}: the first line is not `judge,question,rating`.", path=path))
    ratings: dict[str, dict[str, float]] = defaultdict(dict)
    for line, values in rows[1:]:
        if not any(value.strip() for value in values):
            continue
        row = dict(zip(head, values))
        judge, question = (str(row.get(name) or "").strip() for name in ("judge", "question"))
        try:
            rating = float(str(row.get("rating")).replace(",", "."))
        except ValueError:
            rating = -1.0
        if not judge or not question or not 0 <= rating <= 1:
            raise Unreadable(
                t(
                    "{path}, line {line}: write a judge, a question and a rating from 0 to 1.",
                    path=path,
                    line=line,
                )
            )
        if question in ratings[judge]:
            raise Unreadable(
                t(
                    "{path}, line {line}: {judge} rates `{question}` twice. Keep one.",
                    path=path,
                    line=line,
                    judge=judge,
                    question=question,
                )
            )
        ratings[judge][question] = rating
    ratings = {judge: {name: own[name] for name in own.keys() - set(without)} for judge, own in ratings.items()}
    if len(ratings) < 2:
        raise Unreadable(t("{path}: a standard needs two judges or more; here is {n}.", path=path, n=len(ratings)))
    questions = set().union(*ratings.values())
    for judge, given in ratings.items():
        if missing := sorted(questions - set(given)):
            named = f"`{missing[0]}`"
            if len(missing) > 1:
                named = t("{some} and {n} more", some=named, n=len(missing) - 1)
            raise Unreadable(
                t("{file}: {judge} has no rating for {questions}.", file=path, judge=judge, questions=named)
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
    said = [t("Nothing was asked.")]
    if asked:
        said = [
            t(
                "{right} of {asked} ({share}, standard error {error} points).",
                right=number(right),
                asked=asked,
                share=in_percent(right / asked),
                error=number(100 * error, 0),
            )
        ]
    if standard is None:
        return " ".join([*said, t("No judges set a standard, so there is no pass or fail: read the profile.")])
    above = later("The panel's cut is {cut} (standard error {error}): at or above.")
    below = later("The panel's cut is {cut} (standard error {error}): below.")
    side = above if right >= standard.cut else below
    said.append(t(side, cut=number(standard.cut), error=number(standard.error)))
    if decided(right, asked, standard) == "undecided":
        said.append(t("That is within one standard error of the cut: treat it as undecided."))
    return " ".join(said)


def decided(right: float, asked: int, standard: Standard) -> str:
    """What a score is by a panel's cut: `pass`, `not`, or `undecided` within one standard error of it."""
    if abs(right - standard.cut) <= standard_error(right, asked) * asked:
        return "undecided"
    return "pass" if right >= standard.cut else "not"
