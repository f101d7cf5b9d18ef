"""One reading of an answer cell: what a person sees in it at a glance, or that a person must look.

`read_answer` alone understands the text of an answer cell: the score, the graded copy, the check before handing in and
the receipt go by what it says. It knows what was released. A marked line counts for the option whose words stand in it,
so that a letter never stands for another text; what is not understood, or contradicts itself, goes to a person.

The text is bounded first; `answer_lines` takes it apart, and `claims` decides what the lines say together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .answer_lines import plain, without_space
from .claims import claims_of
from ..cards.vocabulary import LETTER, LETTERS
from ..language import later, t

RELABELLED = later("the options stand under other letters than were released; their words were compared")
LONGEST = 20_000  # characters of an answer cell that are read; what is released has about 600


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer cell says.

    `state`: `answered`; `blank`, which is exactly what was released; or `look`, which is for a person. `chosen`: the
    letters that are pointed to, as released, in order. `note`: in our own words, why a person must look, or what was
    odd.
    """

    chosen: tuple[str, ...]
    state: str
    note: str = ""


def option_line(letter: str, text: str) -> str:
    """An option as it stands in the released notebook, in Markdown's task list."""
    return f"- [ ] **{letter}.** {text}"


_RELEASED = re.compile(rf"^- \[ \] \*\*{LETTER}\.\*\* (.*)$", re.MULTILINE)


@lru_cache(maxsize=4096)
def released_options(source: str) -> tuple[str, ...]:
    """The texts of the options in an answer cell as it was released."""
    return tuple(_RELEASED.findall(source))


def read_answer(text: str, options: Sequence[str], kind: str) -> Reading:
    """Read an answer cell in which the texts `options` were released, in the order of their letters.

    Any mark counts: where a line stands twice (a copied or split cell), its option is chosen if one of them is marked,
    unless two lists are marked and differ.
    """
    if not options:
        return Reading((), "look", t("which options were released is not known"))
    if len(text) > LONGEST:
        return Reading((), "look", t("the answer holds more than {most} characters", most=f"{LONGEST:,}"))
    if without_space(text) == without_space("".join(map(option_line, LETTERS, options))):
        return Reading((), "blank")
    if not text.strip():
        return Reading((), "look", t("the options were taken out of the answer, and nothing stands in their place"))
    claims = claims_of(plain(text), tuple(options), several=kind == "all-that-apply")
    if note := claims.trouble or claims.contradiction():
        return Reading(claims.chosen, "look", note)
    return Reading(claims.chosen, "answered", t(RELABELLED) if claims.relabelled else "")
