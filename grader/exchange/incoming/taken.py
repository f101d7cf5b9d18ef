"""A question as another system gave it, and what of it could not be carried."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from ...language import t


class Refused(Exception):
    """Why a whole file is not read, in one line."""


@dataclass(frozen=True)
class Loss:
    """One thing that did not come along: a kind of thing (`what`, `why`), and `which` it was. `question` is empty
    where it is a matter of the whole file."""

    question: str
    what: str
    which: str
    why: str

    @property
    def said(self) -> str:
        """The thing and the reason, as a comment in the card says them."""
        return f"{self.what}{': ' if self.which else ''}{self.which} ({self.why})"


@dataclass
class Report:
    """Collects the losses of a file; `question` is the one that is being read."""

    question: str = ""
    losses: list[Loss] = field(default_factory=list)

    def lost(self, what: str, why: str, which: str = "") -> None:
        loss = Loss(self.question, what, which, why)
        if loss not in self.losses[-20:]:
            self.losses.append(loss)


def number(text: str, report: Report) -> float:
    """A weight as people and systems write it: `50`, `33.33333`, `33,3`, `50 %`. What is no number is nothing, and
    goes into the report."""
    try:
        found = float(text.strip().removesuffix("%").replace(",", ".") or 0)
    except ValueError:
        found = math.nan
    if math.isfinite(found):
        return found
    report.lost(t("a weight"), t("it is no number, so the option counts as wrong: look at the key"), text.strip()[:40])
    return 0.0


@dataclass(frozen=True)
class Offer:
    """An option: Markdown, the share of 1 that choosing it adds, and the reason."""

    text: str
    share: float
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What all questions have. Texts are Markdown; `id` is the other system's own, empty where it has none; `home` the
    last step of its category; `tags` are words, or `field:value` as our own exports write them."""

    id: str
    title: str
    stem: str
    explain: str = ""
    home: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Choice(Asked):
    """A question with options, of which one or several (`many`) may be chosen."""

    offers: tuple[Offer, ...]
    many: bool = False


@dataclass(frozen=True, kw_only=True)
class Matching(Asked):
    """Prompts, each with the answer that goes with it; `spare` are answers that go with none."""

    pairs: tuple[tuple[str, str], ...]
    spare: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Written(Asked):
    """Something to write on, with what the file says to whoever marks it."""

    rubric: str = ""
