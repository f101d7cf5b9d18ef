"""What comes next in an assignment, in a line or two at the end of a command."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..language import t, tn

if TYPE_CHECKING:
    from ..grading.still_open import StillOpen

MOST = 40  # names that a line holds before the rest is counted


def command(course: Path, *words: str) -> str:
    """A command as it is typed from here: with the course's folder, where somebody stands elsewhere."""
    there = [] if course.resolve() == Path.cwd() else ["--course", str(course)]
    return shlex.join(["grader", *words, *there])


def say(lines: Iterable[str]) -> None:
    """Print lines, and nothing where there are none."""
    for line in lines:
        print(line)


def waits(course: Path, assignment: str) -> list[str]:
    """The commands for what waits for a person, a line each; none where nothing waits."""
    return _lines(_open(course, assignment), course, assignment)


def after_grading(course: Path, assignment: str) -> list[str]:
    """What comes next once work was graded or marked: what waits for a person, else feedback that is not written yet
    or is older than the grades."""
    from .grades import course_at, tried
    from ..reports.feedback_out import outdated

    if (found := _open(course, assignment)).trainees:
        return _lines(found, course, assignment)
    if not tried(outdated, course_at(course), assignment):
        return []
    run = command(course, "feedback", assignment)
    return [t("Next: nothing waits for a person; write the feedback: {command}", command=run)]


def before_sending(course: Path, assignment: str, trainees: Iterable[str], then: str) -> list[str]:
    """Whose feedback says less than it will, of those who would have it sent now, and what to do first; `then` where
    nothing waits."""
    from ..grading.outcome import first_of

    found = _open(course, assignment)
    names = [one for one in found.trainees if one in set(trainees)]
    if not names:
        return [then]
    said = tn(
        "Before you send them out: {n} trainee still waits for marks, or for an answer to be read: {names}",
        "Before you send them out: {n} trainees still wait for marks, or for an answer to be read: {names}",
        len(names),
        names=first_of(names, MOST),
    )
    return [said, *_lines(found, course, assignment)]


def _open(course: Path, assignment: str) -> StillOpen:
    from .grades import course_at, tried
    from ..grading.still_open import in_course

    return tried(in_course, course_at(course), assignment)


def _lines(found: StillOpen, course: Path, assignment: str) -> list[str]:
    lines = []
    if found.answers:
        lines.append(
            tn(
                "Next: {n} answer waits for a person: {command}",
                "Next: {n} answers wait for a person: {command}",
                sum(map(len, found.answers.values())),
                command=command(course, "settle", assignment),
            )
        )
    if found.reflections:
        lines.append(_marks(found, course, assignment, list(found.reflections)))
    return lines


def _marks(found: StillOpen, course: Path, assignment: str, names: Sequence[str]) -> str:
    run = command(course, "marks", "serve", assignment, names[0])
    if len(names) > 1:
        run = t("{command} (then {names})", command=run, names=", ".join(names[1:]))
    return tn(
        "Next: {n} reflection waits for its marks: {command}",
        "Next: {n} reflections wait for their marks: {command}",
        sum(map(len, found.reflections.values())),
        command=run,
    )
