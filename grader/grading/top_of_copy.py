"""Two short texts at the top of a graded copy: for the supervisor what must be looked at, for the trainee what to read next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ..notebook.assemble import criterion_cell, questions, reflections
from ..notebook.score import fraction_of
from ..learner.exam.standard import verdict
from ..cards.library import Library
from ..cards.model import Assignment, Question, Reflection
from ..cards.vocabulary import TASKS

LONG = 30  # questions of a form, from which its total is told with a standard error


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


def for_supervisor(reads: Iterable[Read], cards: Mapping[str, Question], prompts: Mapping[str, Reflection]) -> str:
    """What a person must see first: gates that were missed, answers that need a look, and when to escalate a reflection.

    It is Markdown of our own words and the cards'; nothing that the trainee typed stands in it. Empty where there is nothing.
    """
    lines, number = [], 0
    for one in reads:
        if one.role == "answer":
            number += 1
            card = cards.get(one.name)
            if card and card.gate and one.state == "answered" and fraction_of(card, one.chosen) < 1:
                lines.append(f"- **Must not be missed, and was: {card.gate.replace('-', ' ')}** (question {number}, {one.name}). Talk about it before the marks.")
            elif one.state == "look":
                lines.append(f"- Question {number} ({one.name}): a person must look, since {one.note}.")
        elif one.state == "answered" and one.name in prompts:
            prompt = prompts[one.name]
            if one.identifiers:
                lines.append(f"- *{prompt.title}*: may identify a client: {one.identifiers}. The trainee's desk marks such text while it is written; it is still there.")
            lines.append(f"- *{prompt.title}*: escalate, whatever the marks, if you find: {'; '.join(' '.join(item.split()).rstrip('.') for item in prompt.escalate)}.")
    return "\n".join(["**For the supervisor, not for the trainee**", "", *lines]) if lines else ""


def left_open(reads: Iterable[Read]) -> frozenset[str]:
    """The questions in which nothing was marked."""
    return frozenset(one.name for one in reads if one.role == "answer" and one.state == "blank")


def for_trainee(
    assignment: Assignment,
    library: Library,
    scores: Mapping[str, tuple[float, float]],
    book: str = "",
    opened: Collection[str] = (),
) -> str:
    """Score by objective (and by task, where cases are asked), and what to read next, as Markdown.

    `scores`: cell -> (score, points). `book`: the address of the published book. `opened`: the questions that were left open, which
    score nothing and are not missed. Objectives below four fifths of their points are named for reading, with the practice questions
    that bear on them.
    """
    reached = by_objective(assignment, library, scores)
    short = [card.question for card in questions(assignment, library).values() if _short(scores.get(card.question.name))]
    if not reached:
        return ""
    asked = [scores[name] for name in questions(assignment, library) if name in scores]
    total = [f"**All questions:** {verdict(round(sum(score for score, _ in asked), 2), round(sum(points for _, points in asked)))}", ""] if len(asked) >= LONG else []
    lines = [*total, "## By objective", "", "| Objective | Chapter | Score |", "|---|---|---|"]
    again = []
    for (chapter, objective), (score, points) in reached.items():
        card = library.chapters.get(chapter)
        sentence = " ".join(str(card.objectives.get(objective, objective)).split()) if card else objective
        title = str(card.title) if card else chapter
        lines.append(f"| {sentence} | {title} | {round(score, 2):g} of {points:g} |".replace("\n", " "))
        if card and score < 0.8 * points:
            again.append((card, objective, sentence))
    tasks = by_task(assignment, library, scores)
    if tasks:
        lines += ["", "## In the cases, by task", "", "| Task | Score |", "|---|---|"]
        lines += [f"| {task.replace('-', ' ').capitalize()} | {round(score, 2):g} of {points:g} |" for task, (score, points) in tasks.items()]
    if missed := gates(card for card in short if card.name not in opened):
        lines += ["", f"**Take to supervision:** {', '.join(missed)}."]
    if left := gates(card for card in short if card.name in opened):
        lines += ["", f"**Safety questions left open:** {', '.join(left)}. Not missed, but not answered either."]
    if again:
        lines += ["", "## What to read next", ""]
        for card, objective, sentence in again:
            where = f"[{card.title}]({book.rstrip('/')}/{card.section(objective)})" if book else f"*{card.title}*"
            practice = sum(q.use == "practice" and q.chapter == card.name and q.objective == objective and not q.retired for q in library.questions.values())
            lines.append(f"- {sentence} Read {where}" + (f", and answer {'its practice question' if practice == 1 else f'its {practice} practice questions'} on this." if practice else "."))
    return "\n".join(lines)


def gates(cards: Iterable[Question]) -> list[str]:
    """What must not be missed in these questions, in words, each once."""
    return sorted({str(card.gate).replace("-", " ") for card in cards if card.gate})


def by_objective(assignment: Assignment, library: Library, scores: Mapping[str, tuple[float, float]]) -> dict[tuple[str, str], list[float]]:
    """(chapter, objective) -> [score, points] over an assignment's questions and criteria."""
    reached: dict[tuple[str, str], list[float]] = {}
    for name, item in questions(assignment, library).items():
        _add(reached, (item.question.chapter, str(item.question.objective)), scores.get(name))
    for prompt in reflections(assignment, library).values():
        for criterion in prompt.criteria:
            _add(reached, (str(prompt.chapter), str(prompt.objective)), scores.get(criterion_cell(prompt, criterion)))
    return reached


def by_task(assignment: Assignment, library: Library, scores: Mapping[str, tuple[float, float]]) -> dict[str, list[float]]:
    """Task of the clinician -> [score, points] over the questions that name one, in the order of `TASKS`."""
    reached: dict[str, list[float]] = {}
    for task in TASKS:
        for name, item in questions(assignment, library).items():
            if item.question.task == task:
                _add(reached, task, scores.get(name))
    return reached


def _short(pair: tuple[float, float] | None) -> bool:
    return pair is not None and pair[0] < pair[1]


def _add(reached: dict, what: tuple[str, str] | str, pair: tuple[float, float] | None) -> None:
    if pair is not None:
        total = reached.setdefault(what, [0.0, 0.0])
        total[0], total[1] = round(total[0] + pair[0], 4), total[1] + pair[1]
