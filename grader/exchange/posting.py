"""Which scores go to a learning platform: those that count and that it has not had yet. Each is logged as it goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from .ags import Client, Refused, Score
from ..grading import gradebook as db
from ..grading import kept
from ..grading.course import Course
from ..grading.gradebook import Unsupported
from ..grading.scores import Standing, standings
from ..language import joined, later, t

#: Why a score stays here, by a standing's status.
STAYS = {
    "missing": later("nothing was handed in"),
    "open": later("waits for a person"),
    "blank": later("handed in blank"),
}
NO_ID = later("no id of the platform: give a roster that has one to `grader roster`")


@dataclass(frozen=True)
class Change:
    """A score to post. `before`: what the platform has, None for nothing."""

    trainee: str
    user: str
    before: float | None
    score: float


@dataclass
class Plan:
    """What would be posted of an assignment. `left`: why -> whose score stays. `same`: how many it has already."""

    assignment: str
    title: str
    points: float
    changes: list[Change] = field(default_factory=list)
    left: dict[str, list[str]] = field(default_factory=dict)
    same: int = 0


def plan(course: Course, assignment: str, platform: str, again: bool = False) -> Plan:
    """What to post; nothing is asked of the platform. `platform`: how the log knows it. `again`: what the platform has
    had, too. Raises Unsupported."""
    known = course.handed_out()
    if assignment not in known:
        raise Unsupported(
            t(
                "`{assignment}` was not handed out in this course. Handed out: {names}.",
                assignment=assignment,
                names=", ".join(known),
            )
        )
    with db.reading(course.settings.db_url) as connection:
        found = standings(connection, assignment)
        title = str(course.released(connection, assignment).assignment.title)
        had = {
            (entry.trainee, entry.said["user"]): (entry.said["score"], entry.said["of"])
            for entry in kept.entries(connection, assignment, what="posted")
            if entry.said["platform"] == platform
        }
    made = Plan(assignment, title, found[0].points if found else 0.0)
    owners = defaultdict(list)
    for one in found:
        owners[one.lms_user_id].append(one.trainee)
    for one in found:
        if why := _stays(one, owners):
            made.left.setdefault(why, []).append(one.trainee)
        elif not again and had.get((one.trainee, one.lms_user_id)) == (_exact(one.score), made.points):
            made.same += 1
        else:
            before = had.get((one.trainee, one.lms_user_id), (None,))[0]
            made.changes.append(Change(one.trainee, one.lms_user_id, before, _exact(one.score)))
    return made


def _stays(one: Standing, owners: Mapping[str, list[str]]) -> str:
    """Why a score is not posted; nothing where it is. `owners`: an id of the platform -> whose it is in the roster."""
    if one.status != "marked":
        return t(STAYS.get(one.status, one.status))
    if not one.lms_user_id:
        return t(NO_ID)
    same = owners[one.lms_user_id]
    if len(same) < 2:
        return ""
    people = joined(same, later("{first} and {second}"))
    return t("the roster gives {trainees} one id of the platform, {id}", trainees=people, id=one.lms_user_id)


def _exact(score: float) -> float:
    return round(score, 4)


def post(
    course: Course, made: Plan, client: Client, platform: str, who: str, step: Callable[[int], object] | None = None
) -> dict[str, str]:
    """Post what was planned; trainee -> why it was refused. What the platform took is logged at once, so that a run
    that ends half-way goes on where it ended. Raises Refused where all of it is refused, and Unsupported."""
    refused: dict[str, str] = {}
    if not made.changes:
        return refused
    item = client.line_item(made.assignment, made.title, made.points)
    for one in made.changes:
        at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        try:
            client.post(item, Score(one.user, one.score, made.points, at))
        except Refused as error:
            if error.whole:
                raise
            refused[one.trainee] = str(error)
            continue
        finally:
            if step:
                step(len(made.changes))
        said = {"platform": platform, "user": one.user, "score": one.score, "of": made.points, "item": item}
        with db.one_write(course.settings.db_url) as connection:
            kept.add(connection, [kept.Entry(who, "posted", made.assignment, one.trainee, said=said)])
    return refused
