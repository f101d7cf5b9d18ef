"""One page about an assignment: each trainee, each question, and what a person still has to look at."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

from ..engine.outcome import waits
from ..model import Assignment
from .marks import database

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
    """Every score of an assignment, by one plain statement."""
    engine = create_engine(database(course))
    with engine.connect() as connection:
        found = connection.execute(_GRADES, {"assignment": assignment.name}).mappings().all()
    engine.dispose()
    return [Row(r["trainee"], r["cell"], r["type"] == "TaskCell", r["points"], r["score"], bool(r["needs"]), waits(r["needs"], r["manual"])) for r in found]


def page(rows: list[Row], assignment: Assignment, synthetic: bool = False) -> str:
    """The summary as one HTML page that needs nothing else."""
    e = html.escape
    trainees = sorted({row.trainee for row in rows})
    asked = sorted({row.cell for row in rows if not row.rubric and row.points > 0})
    lines = []
    for trainee in trainees:
        mine = [row for row in rows if row.trainee == trainee]
        quiz, rubric = ([row for row in mine if row.rubric == kind] for kind in (False, True))
        waiting = sum(row.needs for row in mine)
        link = f"feedback/{e(trainee)}/{e(assignment.name)}/{e(assignment.name)}.html"
        lines.append(
            f'<tr><th scope="row"><a href="{link}">{e(trainee)}</a></th><td>{_of(quiz)}</td><td>{_of(rubric)}</td><td>{_of(mine)}</td>'
            f"<td>{waiting or 'nothing'}</td></tr>"
        )
    items = []
    for cell in asked:
        of = [row for row in rows if row.cell == cell]
        share = sum(row.score / row.points for row in of) / len(of)
        items.append(f'<tr><th scope="row">{e(cell)}</th><td>{share:.2f}</td><td>{len(of)}</td></tr>')
    note = "<p class='note'>This cohort is synthetic: the trainees and their answers were generated. Nobody here is real.</p>" if synthetic else ""
    return _PAGE.format(title=e(assignment.title), note=note, trainees="\n".join(lines), items="\n".join(items), book='<p><a href="book/index.html">The book</a></p>')


def _of(rows: list[Row]) -> str:
    return f"{round(sum(row.score for row in rows), 2):g} of {round(sum(row.points for row in rows), 2):g}" if rows else "none"


_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}: summary</title>
<style>
:root {{ color-scheme: light dark; --line: #c9d1d9; --soft: #f2f5f7; --link: #0b5f59; }}
@media (prefers-color-scheme: dark) {{ :root {{ --line: #444c56; --soft: #22272e; --link: #7fd6cd; }} }}
body {{ font: 16px/1.55 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; width: 100%; margin: 1rem 0 2rem; }}
th, td {{ text-align: left; padding: .4rem .6rem; border-bottom: 1px solid var(--line); font-variant-numeric: tabular-nums; }}
tbody th {{ font-weight: 500; }} a {{ color: var(--link); }}
.note {{ background: var(--soft); border-left: 4px solid var(--link); padding: .6rem 1rem; }}
.wide {{ overflow-x: auto; }}
</style></head>
<body><main>
<h1>{title}</h1>
{note}
{book}
<h2>Trainees</h2>
<div class="wide" role="region" aria-label="Trainees" tabindex="0"><table>
<thead><tr><th scope="col">Trainee (feedback)</th><th scope="col">Questions</th><th scope="col">Rubric</th><th scope="col">In all</th><th scope="col">A person must look at</th></tr></thead>
<tbody>{trainees}</tbody></table></div>
<h2>Questions</h2>
<p>Item difficulty is the mean share of the points that was reached: the higher, the easier. With few trainees it says little.</p>
<div class="wide" role="region" aria-label="Questions" tabindex="0"><table>
<thead><tr><th scope="col">Question</th><th scope="col">Difficulty</th><th scope="col">Answers</th></tr></thead>
<tbody>{items}</tbody></table></div>
</main></body></html>
"""
