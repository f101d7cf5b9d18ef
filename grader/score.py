"""Pure scoring: a question's options + the text of an answer cell -> what was read, and its score.

Nothing here reads a file, runs a cell or trusts a number that came with a submission.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .model import LETTERS, Question

#: An option line as a person may leave it: `- [x] **B.** text`, `* [X ] B) text`, `[ ] **A.** text`.
_LINE = re.compile(r"^\s{0,3}(?:[-*+•]\s*)?\[(?P<mark>[^\]\n]{0,3})\]\s*(?:\*\*)?(?P<letter>[A-H])[.)](?:\*\*)?(?=\s|$)", re.MULTILINE)
_YES = {"x", "X", "✓", "✔", "✗", "✘", "☑", "☒", "*", "v", "V", "х", "Х"}  # the last two are Cyrillic
_NO = {"", "_", "\u00a0"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer cell says.

    `chosen`: letters marked, in order. `state`: `answered`, `blank`, `unreadable` (text, but no options),
    or `ambiguous` (a person must look). `note`: why, in words for the trainee and the supervisor.
    """

    chosen: tuple[str, ...]
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """`fraction`: of the points, 0 to 1. `look`: a person must look. `comment`: what the trainee reads, in Markdown."""

    fraction: float
    look: bool
    comment: str


def option_lines(question: Question) -> list[str]:
    """The options as they stand in the released notebook."""
    return [f"- [ ] **{letter}.** {option.text}" for letter, option in zip(LETTERS, question.options)]


def read_answer(text: str, letters: str, kind: str) -> Reading:
    """Read an answer cell that offers `letters`.

    Any mark counts: where a line stands twice (a copied or split cell), a letter is chosen if one of its
    lines is marked. Two letters chosen in a one-best-answer question, or a mark that is not known, is ambiguous.
    """
    marks: dict[str, set[bool]] = {}
    odd: list[str] = []
    for line in _LINE.finditer(text):
        letter, mark = line["letter"], line["mark"].strip()
        if letter not in letters:
            continue
        if mark not in _YES and mark not in _NO:
            odd.append(f"[{line['mark']}]")
        marks.setdefault(letter, set()).add(mark in _YES)
    chosen = tuple(letter for letter in letters if True in marks.get(letter, ()))
    if odd:
        return Reading(chosen, "ambiguous", f"the mark {odd[0]} is not an x")
    if kind == "one-best-answer" and len(chosen) > 1:
        return Reading(chosen, "ambiguous", f"{' and '.join(chosen)} are both marked, and the question asks for one")
    if chosen:
        missing = [letter for letter in letters if letter not in marks]
        if missing and kind == "all-that-apply":
            return Reading(chosen, "ambiguous", f"the line of option {missing[0]} is missing")
        return Reading(chosen, "answered")
    typed = _LINE.sub("", text) if marks else text
    alone = re.fullmatch(r"\W*(?:answer|option)?\W*([A-H])\W*", text.strip(), re.IGNORECASE)
    if not marks and alone and alone[1].upper() in letters:
        return Reading((), "ambiguous", f"no box is marked, but the cell says {alone[1].upper()}")
    if not marks and typed.strip():
        return Reading((), "unreadable", "the options are no longer in the answer cell")
    return Reading((), "blank")


def one_best(right: set[str], chosen: set[str]) -> float:
    """All or nothing: 1 for the best option alone, else 0."""
    return 1.0 if chosen == right else 0.0


def hits_minus_false_alarms(right: set[str], chosen: set[str], count: int) -> float:
    """Partial credit for all-that-apply questions: the share of right options marked, less the share of wrong ones, not below 0.

    With R right options among `count`: `max(0, hits / R - false alarms / (count - R))`. Marking nothing and
    marking everything both give 0; each hit is worth the same, and guessing gains nothing on average.
    (The difference of hit rate and false-alarm rate, known from signal detection as Youden's J.)
    """
    hits, false_alarms = len(chosen & right), len(chosen - right)
    return max(0.0, hits / len(right) - false_alarms / (count - len(right)))


def score(question: Question, reading: Reading) -> Score:
    """The score of a reading, with the reasons that the trainee gets. An exam card's reasons and key stay here."""
    if reading.state == "answered":
        right, chosen = set(question.key), set(reading.chosen)
        if question.kind == "one-best-answer":
            fraction = one_best(right, chosen)
        else:
            fraction = hits_minus_false_alarms(right, chosen, len(question.options))
    else:
        fraction = 0.0
    look = reading.state == "ambiguous"
    return Score(fraction, look, _comment(question, reading, fraction))


def _comment(question: Question, reading: Reading, fraction: float) -> str:
    lines = []
    if reading.state == "blank":
        lines.append("No option was marked.")
    elif reading.state == "unreadable":
        lines.append(f"This answer could not be read: {reading.note}.")
    elif reading.state == "ambiguous":
        lines.append(f"A person needs to look at this answer: {reading.note}.")
    if question.use == "exam":
        if reading.state == "answered":
            lines.append("Right." if fraction == 1 else "Partly right." if fraction else "Another answer is better.")
        lines.append("This is an exam question: its key and its reasons are not released.")
        return "\n\n".join(lines)
    right = question.key
    for letter, option in zip(LETTERS, question.options):
        mine = letter in reading.chosen
        if option.right and (mine or question.kind == "one-best-answer"):
            lines.append(f"**{letter} is {'best' if question.kind == 'one-best-answer' else 'right'}{', and you chose it' if mine else ''}.** {_flat(option.why)}")
        elif option.right:
            lines.append(f"**{letter} is right, and you did not mark it.** {_flat(option.why)}")
        elif mine:
            lines.append(f"**You chose {letter}.** {_flat(option.why)}")
    lines.append(_flat(question.explain))
    if question.unless:
        lines.append(f"*Unless:* {_flat(question.unless)}")
    if question.gate and reading.state == "answered" and set(reading.chosen) != set(right):
        lines.insert(0, f"**Must not be missed: {question.gate.replace('-', ' ')}.** Take this one to supervision.")
    return "\n\n".join(lines)


def _flat(text: str) -> str:
    return " ".join(text.split())
