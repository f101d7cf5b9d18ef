"""One page about an assignment for those who teach it: each trainee, each objective, each question, and what a person still has to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from sqlalchemy import text

from ..notebook.assemble import questions
from ..grading.top_of_copy import Read, by_objective, gates, left_open
from ..grading.course import Course
from ..grading.plan import waits
from ..cards.library import Library
from ..cards.model import LETTERS, Assignment, Question
from . import item_analysis as items

_GRADES = text(
    """
    select submitted_assignment.student_id as trainee, base_cell.name as cell, base_cell.type as type,
           coalesce(grade_cells.max_score, task_cells.max_score) as points,
           coalesce(grade.manual_score, grade.auto_score, 0) + coalesce(grade.extra_credit, 0) as score,
           grade.needs_manual_grade as needs, grade.manual_score as manual
    from grade
    join base_cell on base_cell.id = grade.cell_id
    left join grade_cells on grade_cells.id = base_cell.id
    left join task_cells on task_cells.id = base_cell.id
    join submitted_notebook on submitted_notebook.id = grade.notebook_id
    join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
    join assignment on assignment.id = submitted_assignment.assignment_id
    where assignment.name = :assignment
    order by submitted_assignment.student_id, base_cell.name
    """
)


@dataclass(frozen=True)
class Row:
    """One score: `points` are the most that there are; `needs` says that a person has to look, `waits` that nobody has marked it."""

    trainee: str
    cell: str
    rubric: bool
    points: float
    score: float
    needs: bool
    waits: bool


def read(course: Path, assignment: Assignment) -> list[Row]:
    """Every score of an assignment, by one plain statement. Raises engine.Unsupported."""
    engine = Course(course).connect()
    with engine.connect() as connection:
        found = connection.execute(_GRADES, {"assignment": assignment.name}).mappings().all()
    engine.dispose()
    return [Row(r["trainee"], r["cell"], r["type"] == "TaskCell", r["points"], r["score"], bool(r["needs"]), waits(r["needs"], r["manual"])) for r in found]


def waiting(rows: list[Row], assignment: Assignment, library: Library) -> dict[str, list[str]]:
    """Trainee -> the questions whose answer waits for a person, by number and name, in order. What a rubric waits for is not among them."""
    numbers = {name: number for number, name in enumerate(questions(assignment, library), 1)}
    found: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: (row.trainee, numbers.get(row.cell, 0))):
        if row.waits and not row.rubric:
            found.setdefault(row.trainee, []).append(f"{numbers[row.cell]}. {row.cell}" if row.cell in numbers else row.cell)
    return found


def page(rows: list[Row], reads: Mapping[str, list[Read]], assignment: Assignment, library: Library, synthetic: bool = False) -> str:
    """The summary as one HTML page that needs nothing else. `reads`: trainee -> what was read in the graded copy. It holds keys."""
    trainees = sorted({row.trainee for row in rows})
    letters = items.chosen(reads)
    safety = {name: item.question for name, item in questions(assignment, library).items() if item.question.gate}
    note = "<p class='note'>This cohort is synthetic: the trainees and their answers were generated. Nobody here is real.</p>" if synthetic else ""
    return _PAGE.format(
        title=escape(assignment.title),
        note=note,
        trainees="\n".join(
            _trainee(name, [row for row in rows if row.trainee == name], assignment, safety, left_open(reads.get(name, ()))) for name in trainees
        ),
        waiting=_waiting(waiting(rows, assignment, library)),
        objectives="\n".join(_objectives(rows, trainees, assignment, library)),
        items="\n".join(_items(rows, letters, assignment, library)),
        book='<p><a href="book/index.html">The book</a></p>' if synthetic else "",
    )


def _trainee(name: str, mine: list[Row], assignment: Assignment, safety: Mapping[str, Question], opened: frozenset[str]) -> str:
    quiz, rubric = ([row for row in mine if row.rubric == kind] for kind in (False, True))
    short = [safety[row.cell] for row in mine if row.cell in safety and not row.waits and row.score < row.points]
    missed, left = (", ".join(gates(card for card in short if (card.name in opened) is kind)) for kind in (False, True))
    link = f"feedback/{escape(name)}/{escape(assignment.name)}/{escape(assignment.name)}.html"
    return (
        f'<tr><th scope="row"><a href="{link}">{escape(name)}</a></th><td>{_of(quiz)}</td><td>{_of(rubric)}</td><td>{_of(mine)}</td>'
        f"<td>{sum(row.needs for row in mine) or 'nothing'}</td><td>{escape(missed)}</td><td>{escape(left)}</td></tr>"
    )


def _waiting(found: Mapping[str, list[str]]) -> str:
    if not found:
        return ""
    lines = "".join(f'<tr><th scope="row">{escape(trainee)}</th><td>{escape(", ".join(names))}</td></tr>' for trainee, names in found.items())
    return _WAITING.format(lines=lines)


def _objectives(rows: list[Row], trainees: list[str], assignment: Assignment, library: Library) -> list[str]:
    """What the cohort reached, the lowest first: what to teach next."""
    reached: dict[tuple[str, str], list[float]] = {}
    for name in trainees:
        scores = {row.cell: (row.score, row.points) for row in rows if row.trainee == name and not row.waits}
        for what, (score, points) in by_objective(assignment, library, scores).items():
            total = reached.setdefault(what, [0.0, 0.0])
            total[0], total[1] = total[0] + score, total[1] + points
    lines = []
    for (chapter, objective), (score, points) in sorted(reached.items(), key=lambda pair: pair[1][0] / (pair[1][1] or 1)):
        card = library.chapters.get(chapter)
        words = " ".join(str(card.objectives.get(objective, objective)).split()) if card else objective
        lines.append(f'<tr><th scope="row">{escape(words)}</th><td>{escape(str(card.title) if card else chapter)}</td><td>{score / (points or 1):.0%}</td></tr>')
    return lines


def _items(rows: list[Row], letters: Mapping[str, Mapping[str, int]], assignment: Assignment, library: Library) -> list[str]:
    shares: dict[str, dict[str, float]] = {}
    for row in rows:
        if not row.rubric and row.points > 0 and not row.waits:
            shares.setdefault(row.trainee, {})[row.cell] = row.score / row.points
    found = items.analyse(shares, letters)
    lines = []
    for number, (name, asked) in enumerate(questions(assignment, library).items(), 1):
        if name not in found:
            continue
        item, card = found[name], asked.question
        counts = [f"<b>{letter} {item.chosen.get(letter, 0)}</b>" if letter in card.key else f"{letter} {item.chosen.get(letter, 0)}" for letter in LETTERS[: len(card.options)]]
        counts += [f"none {item.chosen['']}"] if item.chosen.get("") else []
        planned = f"{card.difficulty:.2f}" if card.difficulty else ""
        apart = "" if item.discrimination is None else f"{item.discrimination:.2f}"
        lines.append(
            f'<tr><th scope="row">{number}. {escape(name)}</th><td>{planned}</td><td>{item.difficulty:.2f}</td><td>{apart}</td><td>{" · ".join(counts)}</td>'
            f"<td>{escape(' '.join(items.remarks(item, card)))}</td></tr>"
        )
    return lines


def _of(rows: list[Row]) -> str:
    """Points reached of those that are marked."""
    marked = [row for row in rows if not row.waits]
    if not marked:
        return "not marked yet" if rows else "none"
    return f"{round(sum(row.score for row in marked), 2):g} of {round(sum(row.points for row in marked), 2):g}" + (" so far" if len(marked) < len(rows) else "")


_WAITING = """<h2>Answers that wait for a person</h2>
<p>They are neither clear nor untouched. Each graded copy says why, at its top; give the score in Formgrader.</p>
<div class="wide" role="region" aria-label="Answers that wait for a person" tabindex="0"><table>
<thead><tr><th scope="col">Trainee</th><th scope="col">Questions</th></tr></thead>
<tbody>{lines}</tbody></table></div>
"""

_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}: summary</title>
<style>
:root {{ color-scheme: light dark; --paper: #fdfcf9; --ink: #1f2a37; --line: #c9d1d9; --soft: #f0eee8; --link: #0b5f59; }}
@media (prefers-color-scheme: dark) {{ :root {{ --paper: #16191d; --ink: #e6e8eb; --line: #444c56; --soft: #22272e; --link: #7fd6cd; }} }}
body {{ background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; width: 100%; margin: 1rem 0 2rem; }}
th, td {{ text-align: left; padding: .4rem .6rem; border-bottom: 1px solid var(--line); font-variant-numeric: tabular-nums; }}
tbody th {{ font-weight: 500; }} a {{ color: var(--link); }}
.note {{ background: var(--soft); border-left: 4px solid var(--link); padding: .6rem 1rem; }}
.wide {{ overflow-x: auto; }} .figures td:nth-child(-n+5) {{ white-space: nowrap; }}
</style></head>
<body><main>
<h1>{title}</h1>
{note}
<p>This page holds the key of every question: keep it with the course.</p>
{book}
<h2>Trainees</h2>
<div class="wide" role="region" aria-label="Trainees" tabindex="0"><table class="figures">
<thead><tr><th scope="col">Trainee (feedback)</th><th scope="col">Questions</th><th scope="col">Rubric</th><th scope="col">In all</th><th scope="col">A person must look at</th><th scope="col">Safety questions missed</th><th scope="col">Safety questions left open</th></tr></thead>
<tbody>{trainees}</tbody></table></div>
{waiting}<h2>Objectives</h2>
<p>What the cohort reached, the lowest first. Reflections count once they are marked.</p>
<div class="wide" role="region" aria-label="Objectives" tabindex="0"><table>
<thead><tr><th scope="col">Objective</th><th scope="col">Chapter</th><th scope="col">Reached</th></tr></thead>
<tbody>{objectives}</tbody></table></div>
<h2>Questions</h2>
<p>Difficulty is the mean share of the points that was reached: the higher, the easier. Planned is what two readers expected before anybody answered. Discrimination is the correlation with the other questions
together: near 0 a question does not tell apart those who know more, below 0 its key should be read again. It is shown from twenty answers on, and even then it is rough. The best option is bold.</p>
<div class="wide" role="region" aria-label="Questions" tabindex="0"><table class="figures">
<thead><tr><th scope="col">Question</th><th scope="col">Planned</th><th scope="col">Difficulty</th><th scope="col">Discrimination</th><th scope="col">Chosen</th><th scope="col">Look at</th></tr></thead>
<tbody>{items}</tbody></table></div>
</main></body></html>
"""
