"""When a trainee would have the hours that are missing."""

from __future__ import annotations

import math
from datetime import date, timedelta
from statistics import fmean, pstdev

from .line import Entry
from ...language import month, number, t

WINDOW = 26  # weeks from which the rate is taken
FEW = 8  # weeks that a rate needs


def no_forecast() -> str:
    """What is said where none can be made."""
    return t(
        "no forecast: fewer than {weeks} weeks since the first hours that count, or fewer than three with hours in the"
        " last half year.",
        weeks=FEW,
    )


def forecast(entries: list[Entry], missing: float, today: date) -> str:
    """When the missing hours would be there at the recent rate, with a range that holds about 8 times in 10.

    `entries` hold the hours that counted, without formats whose cap is full. The rate is that of the weeks since the
    first of them, at most the last 26. Weeks are taken as independent, with the mean m and the standard deviation s of
    their hours. The time to collect R more is then about normal with mean R/m and variance R s^2/m^3 (renewal-reward
    central limit theorem; W. Feller, An Introduction to Probability Theory, vol. II, ch. XI).
    """
    past = [entry for entry in entries if entry.date <= today]
    begun = max(((today - entry.date).days // 7 + 1 for entry in past), default=0)
    weeks = [0.0] * min(WINDOW, begun)
    for entry in past:
        age = (today - entry.date).days // 7
        if age < len(weeks):
            weeks[age] += entry.hours
    if begun < FEW or sum(hours > 0 for hours in weeks) < 3:
        return no_forecast()
    rate, spread = fmean(weeks), pstdev(weeks)
    middle = missing / rate
    wide = 1.2816 * math.sqrt(missing * spread**2 / rate**3)
    weekly = number(rate, 1)
    if middle > 520:
        return t("at {rate} hours a week, more than ten years away.", rate=weekly)
    days = [today + timedelta(weeks=max(0.0, weeks_)) for weeks_ in (middle - wide, middle, middle + wide)]
    first, likely, last = map(month, days)
    return t(
        "at {rate} hours a week: about {month}, most likely between {first} and {last}.",
        rate=weekly,
        month=likely,
        first=first,
        last=last,
    )
