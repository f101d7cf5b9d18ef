"""Whether a trainee has met a program's criterion, from the gradebook and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..cards.criterion import Criterion
from ..cards.criterion import read as read_criterion
from ..cards.model import Reflection
from ..cards.vocabulary import ADDRESS
from ..counted import counted
from ..grading import gradebook as db
from ..grading.course import Course
from ..grading.gradebook import Unsupported
from ..grading.scores import Standing, standings
from ..grading.snapshot import Snapshot
from ..language import number, t
from ..notebook.assemble import criterion_cell

FILE = "criterion.yml"


@dataclass(frozen=True)
class Completion:
    """`name`: the trainee's, as the roster has it. `lacking`: why it is not met, a line each; empty where it is."""

    trainee: str
    name: str
    criterion: Criterion
    lacking: tuple[str, ...]


def criterion(course: Course, path: Path | None = None) -> Criterion:
    """The criterion of a course. Raises Unsupported, with what to write, where there is none that can be used."""
    path = path or course.root / FILE
    if not path.is_file():
        raise Unsupported(
            t(
                "{path}: there is no criterion, so nothing can be attested. Write one: title, says, issuer, "
                "url, and `needs:` with a line for each assignment, `- {{assignment: NAME, at_least: 0.5}}`.",
                path=path,
            )
        )
    found, problems = read_criterion(path)
    errors = [
        f"{one.path}:{one.line}: {one.code} {one.message}. {one.hint}" for one in problems if one.level == "error"
    ]
    if found is None or errors:
        raise Unsupported("\n".join(errors) or t("{path}: cannot be read.", path=path))
    if not ADDRESS.fullmatch(found.url):
        raise Unsupported(
            t("{path}:{line}: `url` is an address on the web: https://your-program.org", path=path, line=found.url.line)
        )
    return found


def completion(course: Course, trainee: str, asked: Criterion) -> Completion:
    """What a trainee lacks for a criterion. Raises Unsupported for a trainee or an assignment that is not there."""
    lacking: list[str] = []
    name = trainee
    with db.reading(course.settings.db_url) as connection:
        for need in asked.needs:
            cards = course.released(connection, str(need.assignment))
            found = {one.trainee: one for one in standings(connection, str(need.assignment))}
            own = found.get(trainee)
            if own is None:
                raise Unsupported(t("There is no trainee `{trainee}` in the gradebook.", trainee=trainee))
            name = f"{own.first_name} {own.last_name}".strip() or trainee
            lacking += _lacking(own, need.at_least) or _unwritten(own, cards)
            if asked.gates == "yes":
                safety = [name for name, card in cards.questions.items() if card.gate and name not in cards.waived]
                lacking += _missed(own, safety)
    return Completion(trainee, name, asked, tuple(lacking))


def _lacking(own: Standing, at_least: float) -> list[str]:
    if own.status == "missing":
        return [t("{assignment}: not handed in", assignment=own.assignment)]
    if own.status == "blank":
        return [t("{assignment}: handed in blank", assignment=own.assignment)]
    if open_ := [cell for cell, one in own.cells.items() if one.waits]:
        return [
            t(
                "{assignment}: not all of it is marked ({names})",
                assignment=own.assignment,
                names=", ".join(sorted(open_)[:3]),
            )
        ]
    if own.score + 1e-9 < at_least * own.points:
        return [
            t(
                "{assignment}: {score} of {points}, and {share} are asked for",
                assignment=own.assignment,
                score=number(own.score),
                points=counted(own.points, "point"),
                share=f"{at_least:.0%}",
            )
        ]
    return []


def _unwritten(own: Standing, cards: Snapshot) -> list[str]:
    """Reflections that were left blank, and to which no person has given a mark all the same."""
    blank = [
        name
        for name, card in cards.reflections.items()
        if name in own.blank and all(own.cells[one].manual is None for one in _criteria(card) if one in own.cells)
    ]
    return (
        [
            t(
                "{assignment}: reflections that were left blank: {names}",
                assignment=own.assignment,
                names=", ".join(blank),
            )
        ]
        if blank
        else []
    )


def _criteria(card: Reflection) -> list[str]:
    return [criterion_cell(card, criterion) for criterion in card.criteria]


def _missed(own: Standing, safety: list[str]) -> list[str]:
    cells = own.cells
    missed = [name for name in safety if name not in cells or cells[name].score < cells[name].points]
    return (
        [
            t(
                "{assignment}: safety questions that were missed: {names}",
                assignment=own.assignment,
                names=", ".join(missed),
            )
        ]
        if missed
        else []
    )
