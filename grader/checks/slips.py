"""Rules for slips that a card's form allows and its meaning does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..cards.library import Library
from ..cards.problem import Problem, Text, problem, rule


@rule("R007")
def criteria_apart(library: Library) -> Iterator[Problem]:
    """The criteria of a reflection have names of their own. With two of one name a marker cannot tell which mark is
    asked for, and the sheet, the feedback and the report have two columns alike."""
    for card in library.reflections.values():
        seen: dict[str, Text] = {}
        for criterion in card.criteria:
            name = criterion.name
            if first := seen.get(name.casefold()):
                what = f"two criteria are called `{name}`; the first is on line {first.line}"
                yield problem(criteria_apart, library.shown(card.path), name, what, "Give each a name of its own.")
            seen.setdefault(name.casefold(), name)


@rule("L017")
def reviewed_by_now(library: Library) -> Iterator[Problem]:
    """A review has happened: its date is not later than today. A date to come is a slip of the year, or a plan; until
    somebody has reviewed the card it says `review: draft`."""
    today = date.today()
    for card in library.cards():
        review: Text = getattr(card, "review", Text())  # a body's rules have none
        try:
            day = date.fromisoformat(review[:10])
        except ValueError:
            continue
        if day > today:
            what = f"this review is dated {day}, which has not come yet"
            yield problem(reviewed_by_now, library.shown(card.path), review, what, "Give the day of the review.")


CHECKS = (criteria_apart, reviewed_by_now)
