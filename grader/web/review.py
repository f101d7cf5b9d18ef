"""The review status of a card or a page, in the four states that every surface shows alike."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..language import t


@dataclass(frozen=True)
class ReviewState:
    """A status in words, and how its chip looks.

    `name`: draft, in-review, reviewed or retired.
    """

    name: str
    words: str
    kind: str
    icon: str


def review_state(review: str) -> ReviewState:
    """What a card's `review:` says: `draft`, `in review by NAME`, `DATE by NAME, CREDENTIAL`, or `retired, see NAME`.

    What is none of the four is a draft: nothing is called reviewed that does not say by whom.
    """
    review = " ".join(review.split())
    if found := re.fullmatch(r"in review by (.+)", review):
        return ReviewState("in-review", t("In review by {name}", name=found[1]), "", "eye")
    if found := re.fullmatch(r"(\d{4}-\d\d-\d\d) by (.+)", review):
        return ReviewState("reviewed", t("Reviewed {day}, {name}", day=found[1], name=found[2]), "good", "tick")
    if review.startswith("retired"):
        return ReviewState("retired", review[0].upper() + review[1:], "", "arrow")
    return ReviewState("draft", t("Draft: no clinician has reviewed it yet"), "draft", "pencil")
