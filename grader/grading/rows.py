"""Results -> nbgrader's rows, in one transaction, as `nbgrader autograde` with our preprocessors leaves them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from . import bulk, kept, late
from . import gradebook as db
from .course import Course
from .gradebook import Unsupported
from .plan import Plan, marked_with, needs_a_person, plan, waits
from .plan import Row as Cell
from .work import Result
from ..language import t


def released(connection: sa.Connection, name: str) -> tuple[tuple[str, str], list[Cell]]:
    """The ids of an assignment and of its notebook, and its released cells (in no order). Raises Unsupported."""
    assignment = connection.execute(sa.select(db.assignment.c.id).where(db.assignment.c.name == name)).scalar()
    if assignment is None:
        raise Unsupported(
            t(
                "There is no assignment `{name}` in the gradebook. Run `nbgrader generate_assignment {name}` first.",
                name=name,
            )
        )
    notebooks = connection.execute(sa.select(db.notebook).where(db.notebook.c.assignment_id == assignment)).all()
    if len(notebooks) != 1 or notebooks[0].name != name:
        raise Unsupported(t("`{name}` is not one notebook of that name, so its card cannot be told.", name=name))
    notebook = notebooks[0].id
    cell, source = db.base_cell, db.source_cell
    query = (
        sa.select(
            source.c.name,
            source.c.source,
            source.c.checksum,
            source.c.cell_type,
            cell.c.type,
            sa.func.coalesce(db.grade_cells.c.max_score, db.task_cells.c.max_score).label("points"),
        )
        .select_from(source)
        .outerjoin(
            cell,
            (cell.c.name == source.c.name) & (cell.c.notebook_id == notebook) & (cell.c.type != "SolutionCell"),
        )
        .outerjoin(db.grade_cells, db.grade_cells.c.id == cell.c.id)
        .outerjoin(db.task_cells, db.task_cells.c.id == cell.c.id)
        .where(source.c.notebook_id == notebook)
    )
    cells = [
        Cell(row.name, row.source or "", row.checksum or "", row.cell_type, row.type or "", row.points or 0.0)
        for row in connection.execute(query)
    ]
    return (assignment, notebook), cells


def answers(connection: sa.Connection, assignment: str) -> dict[str, str]:
    """Cell -> its text as released, of the cells that are graded; of the assignment with this id."""
    source, base, notebook = db.source_cell.c, db.base_cell.c, db.notebook.c
    same = (base.name == source.name) & (base.notebook_id == notebook.id)
    found = connection.execute(
        sa.select(source.name, source.source)
        .join(db.notebook, notebook.id == source.notebook_id)
        .join(db.base_cell, same)
        .where(notebook.assignment_id == assignment, base.type == "GradeCell")
    )
    return {one.name: one.source or "" for one in found}


def plan_of(connection: sa.Connection, course: Course, name: str) -> Plan:
    """How an assignment of a course is graded. Raises Unsupported."""
    cards = course.released(connection, name)
    ids, cells = released(connection, name)
    return plan(name, cells, cards, ids)


def save(
    connection: sa.Connection, plan: Plan, results: list[Result], timestamps: dict[str, datetime | None]
) -> list[kept.Entry]:
    """Write all rows of some results; what was set aside. A person's marks and comments stay as they are, where the
    words still stand that they were given to; else they are set aside in the log, and the cell is open again. Nobody
    has to look any more at what keeps its mark: the results say so from then on."""
    assignment, notebook = plan.assignment_id, plan.notebook_id
    trainees = [result.trainee for result in results]
    _insert_missing_students(connection, trainees)
    submissions = _submissions(connection, assignment, timestamps, trainees)
    late.extend(connection, plan.assignment, submissions)
    notebooks = _notebooks(connection, notebook, submissions)
    kinds: dict[str, dict[str, str]] = {"GradeCell": {}, "TaskCell": {}, "SolutionCell": {}}
    for cell in connection.execute(sa.select(db.base_cell).where(db.base_cell.c.notebook_id == notebook)):
        kinds[cell.type][cell.name] = cell.id
    changed = _changed(connection, results, notebooks)
    aside = set_aside(connection, plan, changed, notebooks, kinds)
    _save_grades(connection, results, notebooks, kinds)
    _save_comments(connection, results, notebooks, kinds)
    read = [result for result in results if not result.refused]
    kept.keep_graded(connection, [_graded(result, plan, notebooks[result.trainee]) for result in read])
    return aside


def _graded(result: Result, plan: Plan, notebook: str) -> dict[str, object]:
    read = {one.cell: ["".join(one.chosen), one.state, one.note] for one in result.readings if one.role != "criterion"}
    words = {cell: [check, *read.get(cell, ("", "", ""))] for cell, check in result.words.items()}
    return {"id": notebook, "made_from": result.made_from, "plan": plan.digest, "words": words}


def _changed(connection: sa.Connection, results: list[Result], notebooks: dict[str, str]) -> dict[str, list[str]]:
    """Trainee -> cells in which other words stand than when they were graded last."""
    before = kept.words(connection, notebooks.values())
    found = {}
    for result in results:
        old = before.get(notebooks[result.trainee], {})
        cells = [cell for cell, check in result.words.items() if cell in old and old[cell].check != check]
        if cells:
            found[result.trainee] = cells
    return found


def set_aside(
    connection: sa.Connection,
    plan: Plan,
    changed: dict[str, list[str]],
    notebooks: dict[str, str],
    kinds: dict[str, dict[str, str]],
) -> list[kept.Entry]:
    """Take marks and comments from under words that they were not given to. They stay in the log."""
    scored = {**kinds["GradeCell"], **kinds["TaskCell"]}
    said = {**kinds["SolutionCell"], **kinds["TaskCell"]}
    entries = []
    for trainee, cells in changed.items():
        for cell in cells:
            names, place = marked_with(cell, plan), notebooks[trainee]
            marks = _taken(connection, db.grade, place, scored, names, ("manual_score", "extra_credit"))
            comments = _taken(connection, db.comment, place, said, names, ("manual_comment",))
            if marks or comments:
                about = {"marks": marks, "comments": comments}
                entries.append(kept.Entry("grader", "set aside", plan.assignment, trainee, cell, about))
    kept.add(connection, entries)
    return entries


def _taken(
    connection: sa.Connection,
    table: sa.Table,
    notebook: str,
    cells: dict[str, str],
    names: list[str],
    columns: tuple[str, ...],
) -> dict[str, dict[str, object]]:
    """What a person wrote in some columns for some cells of a submission: taken out, and given back."""
    ids = {cells[name]: name for name in names if name in cells}
    where = (table.c.notebook_id == notebook) & table.c.cell_id.in_(ids)
    taken = {}
    for row in connection.execute(sa.select(table).where(where)).mappings():
        values = {column: row[column] for column in columns if row[column] is not None}
        if values:
            taken[ids[row["cell_id"]]] = values
            change: dict[str, object] = dict.fromkeys(columns)
            if table is db.grade:
                change["needs_manual_grade"] = True
            connection.execute(table.update().where(table.c.id == row["id"]).values(change))
    return taken


def _insert_missing_students(connection: sa.Connection, trainees: list[str]) -> None:
    there = {row.id for row in bulk.known(connection, db.student, db.student.c.id, trainees)}
    bulk.insert(connection, db.student, [{"id": trainee} for trainee in trainees if trainee not in there])


def _submissions(
    connection: sa.Connection, assignment: str, timestamps: Mapping[str, datetime | None], trainees: list[str]
) -> dict[str, str]:
    table = db.submitted_assignment
    ids = {
        row.student_id: row.id
        for row in bulk.known(connection, table, table.c.student_id, trainees, table.c.assignment_id == assignment)
    }
    new = [trainee for trainee in trainees if trainee not in ids]
    for trainee in trainees:
        if trainee in ids and timestamps.get(trainee):
            connection.execute(table.update().where(table.c.id == ids[trainee]).values(timestamp=timestamps[trainee]))
    ids |= {trainee: bulk.new_id() for trainee in new}
    bulk.insert(
        connection,
        table,
        [
            {
                "id": ids[t],
                "assignment_id": assignment,
                "student_id": t,
                "timestamp": timestamps.get(t),
                "extension": None,
            }
            for t in new
        ],
    )
    return ids


def _notebooks(connection: sa.Connection, notebook: str, submissions: dict[str, str]) -> dict[str, str]:
    table = db.submitted_notebook
    by_submission = {
        row.assignment_id: row.id
        for row in bulk.known(connection, table, table.c.assignment_id, list(submissions.values()))
    }
    old = list(by_submission.values())
    for some in bulk.chunks(old):
        connection.execute(table.update().where(table.c.id.in_(some)).values(late_submission_penalty=None))
    new = {submission: bulk.new_id() for submission in submissions.values() if submission not in by_submission}
    empty = {"notebook_id": notebook, "flagged": False, "late_submission_penalty": None}
    bulk.insert(
        connection, table, [{"id": made, "assignment_id": submission, **empty} for submission, made in new.items()]
    )
    by_submission |= new
    return {trainee: by_submission[submission] for trainee, submission in submissions.items()}


def _save_grades(
    connection: sa.Connection, results: list[Result], notebooks: dict[str, str], kinds: dict[str, dict[str, str]]
) -> None:
    there = {
        (row.notebook_id, row.cell_id): row
        for row in bulk.known(connection, db.grade, db.grade.c.notebook_id, list(notebooks.values()))
    }
    cells = {**kinds["GradeCell"], **kinds["TaskCell"]}
    new: list[tuple[bulk.Plain, ...]] = []
    update: list[dict[str, object]] = []
    ids = bulk.row_ids()
    for result in results:
        place = notebooks[result.trainee]
        for name, cell in cells.items():
            known = there.get((place, cell))
            score, look = result.grades.get(name, (None, True))
            if known is None:
                new.append((next(ids), place, cell, score, look))
            elif name in result.grades or (name in result.comments and known.auto_score is not None):
                # The latter: a criterion of a reflection that was blank, and now holds words to mark.
                wanted = (score, needs_a_person(look, known.manual_score))
                if name in result.grades:
                    result.grades[name] = score, waits(look, known.manual_score)
                if wanted != (known.auto_score, known.needs_manual_grade):
                    update.append({"this": known.id, "score": wanted[0], "needs": wanted[1]})
    bulk.insert_plain(connection, db.grade, "id, notebook_id, cell_id, auto_score, needs_manual_grade", new)
    if update:
        statement = db.grade.update().where(db.grade.c.id == sa.bindparam("this"))
        statement = statement.values(auto_score=sa.bindparam("score"), needs_manual_grade=sa.bindparam("needs"))
        connection.execute(statement, update)


def _save_comments(
    connection: sa.Connection, results: list[Result], notebooks: dict[str, str], kinds: dict[str, dict[str, str]]
) -> None:
    there = {
        (row.notebook_id, row.cell_id): row
        for row in bulk.known(connection, db.comment, db.comment.c.notebook_id, list(notebooks.values()))
    }
    cells = {**kinds["SolutionCell"], **kinds["TaskCell"]}
    new: list[tuple[bulk.Plain, ...]] = []
    update: list[dict[str, object]] = []
    ids = bulk.row_ids()
    for result in results:
        place = notebooks[result.trainee]
        for name, cell in cells.items():
            known, words = there.get((place, cell)), result.comments.get(name)
            if known is None:
                new.append((next(ids), place, cell, words))
            elif name in result.comments and known.auto_comment != words:
                update.append({"this": known.id, "words": words})
    bulk.insert_plain(connection, db.comment, "id, notebook_id, cell_id, auto_comment", new)
    if update:
        connection.execute(
            db.comment.update()
            .where(db.comment.c.id == sa.bindparam("this"))
            .values(auto_comment=sa.bindparam("words")),
            update,
        )
