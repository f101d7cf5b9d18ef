"""Pure scoring: a question's card + what was read in its answer cell -> points and a comment.

Nothing here reads a file, runs a cell or trusts a number that came with a submission.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .reading import Reading, option_line
from ..cards.model import Question
from ..cards.vocabulary import LETTERS, spoken
from ..language import later, t

LOOK = later("A person decides about this answer: {why}.")  # true before and after the supervisor has

#: Why neither key nor reasons are there.
CLOSED = later(
    "A supervised exam of your program asks this question, so its key and its reasons stay closed. Your supervisor has"
    " them, and can go through it with you."
)

#: What is said of a letter that is right: not chosen, and chosen.
RIGHT = later("**{letter} is right.** {why}"), later("**{letter} is right, and you chose it.** {why}")
BEST = later("**{letter} is best.** {why}"), later("**{letter} is best, and you chose it.** {why}")
ACCEPTED = later("**{letter} is accepted.** {why}"), later("**{letter} is accepted, and you chose it.** {why}")


@dataclass(frozen=True, slots=True)
class Score:
    """`fraction`: of the points, 0 to 1. `look`: a person must look. `comment`: what the trainee reads, in Markdown."""

    fraction: float
    look: bool
    comment: str


def option_lines(question: Question) -> list[str]:
    """The options as they stand in the released notebook."""
    return [option_line(letter, option.text) for letter, option in zip(LETTERS, question.options)]


def one_best(right: set[str], chosen: set[str]) -> float:
    """All or nothing: 1 for the best option alone, else 0. Where several are accepted, each of them is enough."""
    return 1.0 if len(chosen) == 1 and chosen <= right else 0.0


def hits_minus_false_alarms(right: set[str], chosen: set[str], count: int) -> float:
    """Partial credit for all-that-apply questions: the share of right options marked, less the share of wrong ones, not
    below 0.

    With R right options among `count`: `max(0, hits / R - false alarms / (count - R))`. Marking nothing and
    marking everything both give 0; each hit is worth the same, and guessing gains nothing on average.
    (The difference of hit rate and false-alarm rate, known from signal detection as Youden's J.)
    """
    hits, false_alarms = len(chosen & right), len(chosen - right)
    return max(0.0, hits / len(right) - false_alarms / (count - len(right)))


def fraction_of(question: Question, chosen: Iterable[str]) -> float:
    """The share of a question's points, 0 to 1, for the letters that were chosen."""
    right = set(question.key)
    if question.single:
        return one_best(right, set(chosen))
    return hits_minus_false_alarms(right, set(chosen), len(question.options))


def score(question: Question, reading: Reading, closed: bool = False) -> Score:
    """The score of a reading, with the reasons that the trainee gets; `closed`: key and reasons stay here."""
    fraction = fraction_of(question, reading.chosen) if reading.state == "answered" else 0.0
    return Score(fraction, reading.state == "look", _comment(question, reading, fraction, closed))


def in_a_word(fraction: float) -> str:
    """How right an answer was, where its key is not told."""
    full, part, none = later("Right."), later("Partly right."), later("Another answer is better.")
    return t(full if fraction >= 1 else part if fraction > 0 else none)


def _comment(question: Question, reading: Reading, fraction: float, closed: bool) -> str:
    lines = []
    if reading.state == "blank":
        lines.append(t("No option was marked."))
    elif reading.state == "look":
        lines.append(t(LOOK, why=reading.note))
    if closed:
        lines += [in_a_word(fraction)] * (reading.state == "answered")
        return "\n\n".join([*lines, t(CLOSED)])
    for letter, option in zip(LETTERS, question.options):
        mine = letter in reading.chosen
        if option.right and (mine or question.single):
            words = RIGHT if not question.single else BEST if len(question.key) == 1 else ACCEPTED
            lines.append(t(words[mine], letter=letter, why=_flat(option.why)))
        elif option.right:
            lines.append(
                t("**{letter} is right, and you did not mark it.** {why}", letter=letter, why=_flat(option.why))
            )
        elif mine:
            lines.append(t("**You chose {letter}.** {why}", letter=letter, why=_flat(option.why)))
    lines.append(_flat(question.explain))
    if question.unless:
        lines.append(t("*Unless:* {unless}", unless=_flat(question.unless)))
    if question.gate and reading.state == "answered" and fraction < 1:
        gate = t("**Must not be missed: {topic}.** Take this one to supervision.", topic=spoken(question.gate))
        lines.insert(0, gate)
    return "\n\n".join(lines)


def _flat(text: str) -> str:
    return " ".join(text.split())
