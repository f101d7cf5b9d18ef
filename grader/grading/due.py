"""Setting what `late` counts by: an assignment's due date, and a later one for one trainee. Both are logged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa

from . import gradebook as db
from . import kept, late, settings
from .course import Course
from .gradebook import Unsupported
from ..language import t


@dataclass(frozen=True)
class Due:
    """When an assignment is due, and for whom later: naive UTC. `stale`: it was handed out with other words."""

    assignment: str
    due: datetime | None
    later: dict[str, datetime] = field(default_factory=dict)
    stale: bool = False


def moment(words: str) -> datetime:
    """`2026-12-04 18:00` on this machine's clock, or with its zone: `2026-12-04T18:00+01:00`, `2026-12-04 17:00 UTC`. A
    day alone ends at 23:59. As naive UTC. Raises Unsupported."""
    text = words.strip()
    text = f"{text[:-4]}+00:00" if text.upper().endswith(" UTC") else text
    try:
        found = datetime.fromisoformat(text)
        if len(text) == len("2026-12-04"):
            found = datetime.combine(found, time(23, 59))
        return found.astimezone(UTC).replace(tzinfo=None, second=0, microsecond=0)
    except (ValueError, OverflowError):
        raise Unsupported(
            t(
                "`{words}` is no day and time. Write it as 2026-12-04 18:00 (this machine's clock), or with "
                "its zone: 2026-12-04 18:00+01:00",
                words=words,
            )
        ) from None


def read(course: Course, names: Sequence[str] = ()) -> list[Due]:
    """What is set for some assignments; for all that have a date where none is named. Raises Unsupported."""
    with db.reading(course.settings.db_url) as connection:
        dates = late.due_dates(connection)
        found = []
        for name in names or sorted(name for name, due in dates.items() if due):
            course.assignment(name)
            due = dates.get(name)
            given = late.extensions(connection, name) if due else {}
            later = {trainee: due + extra for trainee, extra in sorted(given.items()) if due and extra}
            found.append(Due(name, due, later, _stale(course, name, due)))
    return found


def _stale(course: Course, name: str, due: datetime | None) -> bool:
    """Whether the notebook that trainees got says another date than is set, or none."""
    try:
        text = (course.folder("release") / name / f"{name}.ipynb").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    words = late.words(due, course.settings.late) if due else ""
    return words not in text or (not due and late.BY in text)


def set_due(course: Course, name: str, due: datetime | None, who: str) -> None:
    """Set an assignment's due date, or take it away. Extensions stay: so many days beyond it. Raises Unsupported."""
    course.assignment(name)
    _make(course, name)
    said = f"{due:%Y-%m-%d %H:%M} UTC" if due else ""
    with db.one_write(course.settings.db_url) as connection:
        connection.execute(db.assignment.update().where(db.assignment.c.name == name).values(duedate=due))
        kept.add(connection, [kept.Entry(who, "due", name, said={"due": said})])


def _make(course: Course, name: str) -> None:
    """A date may be set before the first release: nbgrader makes its gradebook, and a row for the assignment."""
    from nbgrader.api import Gradebook, MissingEntry

    try:
        with db.reading(course.settings.db_url) as connection:
            if name in late.due_dates(connection):
                return
    except db.NotThere:
        pass
    id = str(settings.merged(course.root).CourseDirectory.course_id)
    with Gradebook(course.settings.db_url, id) as gradebook:
        try:
            gradebook.find_assignment(name)
        except MissingEntry:
            gradebook.add_assignment(name)


def extend(course: Course, name: str, trainees: Sequence[str], until: datetime | None, who: str) -> None:
    """Give trainees until a moment, or take their extension away (None). Raises Unsupported."""
    course.assignment(name)
    work = db.submitted_assignment
    with db.one_write(course.settings.db_url) as connection:
        row = connection.execute(sa.select(db.assignment).where(db.assignment.c.name == name)).first()
        if row is None or row.duedate is None:
            raise Unsupported(
                t("{name} has no due date to extend. Set one first: grader due {name} '2026-12-04 18:00'", name=name)
            )
        extra = until - row.duedate if until else timedelta()
        if until and extra <= timedelta():
            raise Unsupported(
                t(
                    "{until:%Y-%m-%d %H:%M} UTC is not after {name} is due ({due:%Y-%m-%d %H:%M} UTC).",
                    until=until,
                    name=name,
                    due=row.duedate,
                )
            )
        theirs = (work.c.assignment_id == row.id) & work.c.student_id.in_(trainees)
        connection.execute(work.update().where(theirs).values(extension=extra or None))
        said = {"seconds": extra.total_seconds(), "until": f"{until:%Y-%m-%d %H:%M} UTC" if until else ""}
        kept.add(connection, [kept.Entry(who, "extended", name, trainee, said=said) for trainee in trainees])
