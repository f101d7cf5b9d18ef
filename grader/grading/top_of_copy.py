"""The short text at the top of a graded copy, for the supervisor; and what a copy says, by objective and by task."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ..cards.library import Library
from ..cards.model import Assignment, Question, Reflection
from ..cards.vocabulary import TASKS
from ..notebook.assemble import criterion_cell, questions, reflections
from ..notebook.score import fraction_of


@dataclass(frozen=True, slots=True)
class Read:
    """What was read in a graded cell, as the graded copy's metadata has it."""

    name: str
    role: str
    chosen: tuple[str, ...] = ()
    state: str = ""
    identifiers: str = ""
    note: str = ""


def read(cell: Mapping) -> Read | None:
    """A cell of a graded copy (JSON): None where it is not ours or not an answer."""
    metadata = cell["metadata"]
    ours = metadata.get("candor") or {}
    if ours.get("role") not in ("answer", "reflection"):
        return None
    words = (ours.get(field, "") for field in ("state", "identifiers", "note"))
    return Read(metadata["nbgrader"]["grade_id"], ours["role"], tuple(ours.get("chosen", ())), *words)


def for_supervisor(
    reads: Iterable[Read],
    cards: Mapping[str, Question],
    prompts: Mapping[str, Reflection],
    waived: Collection[str] = (),
) -> str:
    """What a person must see first: gates that were missed, answers that need a look, when to escalate a reflection.

    It is Markdown of our own words and the cards'; nothing that the trainee typed stands in it. Empty where there is
    nothing. Of a question that was `waived` for all there is nothing to say.
    """
    lines, number = [], 0
    for one in reads:
        if one.role == "answer":
            number += 1
            card = cards.get(one.name)
            if one.name in waived:
                continue
            if card and card.gate and one.state == "answered" and fraction_of(card, one.chosen) < 1:
                lines.append(
                    f"- **Must not be missed, and was: {card.gate.replace('-', ' ')}** "
                    f"(question {number}, {one.name}). Talk about it before the marks."
                )
            elif one.state == "look":
                lines.append(f"- Question {number} ({one.name}): a person must look, since {one.note}.")
        elif one.state == "answered" and one.name in prompts:
            prompt = prompts[one.name]
            if one.identifiers:
                lines.append(
                    f"- *{prompt.title}*: may identify a client: {one.identifiers}. "
                    "The trainee's desk marks such text while it is written; it is still there."
                )
            lines.append(
                f"- *{prompt.title}*: escalate, whatever the marks, if you find: "
                f"{'; '.join(' '.join(item.split()).rstrip('.') for item in prompt.escalate)}."
            )
    return "\n".join(["**For the supervisor, not for the trainee**", "", *lines]) if lines else ""


def left_open(reads: Iterable[Read]) -> frozenset[str]:
    """The questions in which nothing was marked."""
    return frozenset(one.name for one in reads if one.role == "answer" and one.state == "blank")


def by_objective(
    assignment: Assignment, library: Library, scores: Mapping[str, tuple[float, float]]
) -> dict[tuple[str, str], list[float]]:
    """(chapter, objective) -> [score, points] over an assignment's questions and criteria."""
    reached: dict[tuple[str, str], list[float]] = {}
    for name, item in questions(assignment, library).items():
        _add(reached, (item.question.chapter, str(item.question.objective)), scores.get(name))
    for prompt in reflections(assignment, library).values():
        for criterion in prompt.criteria:
            _add(reached, (str(prompt.chapter), str(prompt.objective)), scores.get(criterion_cell(prompt, criterion)))
    return reached


def by_task(
    assignment: Assignment, library: Library, scores: Mapping[str, tuple[float, float]]
) -> dict[str, list[float]]:
    """Task of the clinician -> [score, points] over the questions that name one, in the order of `TASKS`."""
    reached: dict[str, list[float]] = {}
    for task in TASKS:
        for name, item in questions(assignment, library).items():
            if item.question.task == task:
                _add(reached, task, scores.get(name))
    return reached


def _add(reached: dict, what: tuple[str, str] | str, pair: tuple[float, float] | None) -> None:
    if pair is not None:
        total = reached.setdefault(what, [0.0, 0.0])
        total[0], total[1] = round(total[0] + pair[0], 4), total[1] + pair[1]
