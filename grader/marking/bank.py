"""Ready comments: what a supervisor writes often, by number."""

from __future__ import annotations

import re
from pathlib import Path

from ..language import later, t
from ..web.files import write

BEGUN = (
    later("Comments that you write often, one a line. In a sheet, the column `bank` takes their numbers: 1 3"),
    later("Say what you would do first, in one sentence, before you say why."),
    later("You name a feeling of your own. Now say what it made you do, or not do."),
    later("You give a rule. Say which code or law it comes from, and whether it holds where you work."),
    later("The other partner is missing. What would they say about this answer?"),
    later("Give the client's possible words, not only yours."),
    later("Bring this one to supervision: I should like to hear more."),
)


def with_bank(comment: str, numbers: str, bank: list[str]) -> str:
    """A comment with ready ones put behind it. Raises ValueError with one line for a number that is not there."""
    chosen = []
    for number in re.findall(r"\S+", numbers.replace(",", " ")):
        if not number.isdigit() or not 1 <= int(number) <= len(bank):
            raise ValueError(
                t("`{number}` is not a number of the comment bank (1 to {last}).", number=number, last=len(bank))
            )
        chosen.append(bank[int(number) - 1])
    return "\n\n".join(part for part in (comment.strip(), *chosen) if part)


def ready(course: Path) -> list[str]:
    """The supervisor's own ready comments: a line each in the course's `comment-bank.txt`, begun if it is not there."""
    path = course / "comment-bank.txt"
    if not path.is_file():
        write(path, "# " + "".join(f"{t(line)}\n" for line in BEGUN))
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
