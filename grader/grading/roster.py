"""A roster: the list of participants, as a learning platform exports it, into the gradebook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

import sqlalchemy as sa

from . import gradebook as db
from . import kept
from .course import Course
from .senders import Person, Roster, folded
from ..cards.problem import near
from ..language import joined, later, t
from ..learner.readiness import sheet_in
from ..notebook.intake import names_a_trainee
from ..web.terminal import one_line

#: What the columns of the platforms' exports are called, the surest first. Each is looked for without its case.
COLUMNS = {
    "id": (
        "id of the trainee",
        "username",
        "user name",
        "sis login id",
        "login id",
        "student id",
        "orgdefinedid",
        "id number",
        "trainee",
        "id",  # nbgrader's own lists, and one that somebody typed; Canvas has a login beside it
        "email address",
        "email",
        "e-mail",
    ),
    "first": ("first name", "firstname", "given name", "first_name"),
    "last": ("last name", "lastname", "surname", "family name", "last_name"),
    "name": ("student", "name", "full name", "student name"),
    "email": ("email address", "email", "e-mail", "sis login id"),
    "sis": ("sis user id",),
    "lms": ("lms id", "lms_user_id", "id", "canvas id", "user id", "participant"),
}

#: What no name holds, and what would not be seen on a page: control signs, and those that turn the direction of what
#: follows. The joiners of Persian or Hindi names stay.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


class Unreadable(Exception):
    """A file that is no roster, in one line."""


def read(path: Path) -> tuple[list[Person], list[str]]:
    """The people of a roster, and one line for each row that names nobody. Raises Unreadable."""
    try:
        rows = sheet_in.read(path)
    except sheet_in.Unreadable as error:
        raise Unreadable(str(error)) from None
    if not rows:
        raise Unreadable(t("{path}: is empty.", path=path))
    head = [name.strip().casefold().lstrip("\ufeff") for name in rows[0][1]]
    places = {what: next((head.index(name) for name in names if name in head), None) for what, names in COLUMNS.items()}
    if places["id"] is None:
        raise Unreadable(
            t(
                "{path}: no column says who: {names} or email. It has {head}.",
                path=path,
                names=", ".join(COLUMNS["id"][1:6]),
                head=", ".join(head),
            )
        )
    _not_read(path, rows[0][1], head, places)
    if places["lms"] == places["id"]:
        places["lms"] = None
    hashed = "end-of-line indicator" in head  # Brightspace's, which puts a # before each id
    found: dict[str, list[tuple[int, Person]]] = {}
    odd = []
    for line, row in rows[1:]:
        values = {what: row[at].strip() if at is not None and at < len(row) else "" for what, at in places.items()}
        values["id"] = values["id"].removeprefix("#" * hashed)
        if not any(value for value in row) or _no_person(values):
            continue
        if not values["id"]:
            odd.append(
                t(
                    "{path}, line {line}: it has no {column}; the line was left out.",
                    path=path,
                    line=line,
                    column=head[places["id"]],
                )
            )
        elif not names_a_trainee(values["id"]):
            odd.append(
                t(
                    "{path}, line {line}: `{id}` cannot be a trainee's id; the line was left out.",
                    path=path,
                    line=line,
                    id=one_line(values["id"])[:64],
                )
            )
        else:
            found.setdefault(folded(values["id"]), []).append((line, _person(values)))
    return [one for _, one in _each_once(path, found, odd)], odd


def _not_read(path: Path, typed: Sequence[str], head: Sequence[str], places: Mapping[str, int | None]) -> None:
    """Say which columns are not read, where names or addresses may stand in them: a list in another language, say."""
    named = any(places[what] is not None for what in ("first", "last", "name"))
    lacking = ["first name", "last name", "name"] * (not named) + ["email"] * (places["email"] is None)
    known = {name for names in COLUMNS.values() for name in names}
    unread = [
        one_line(name.strip().lstrip("\ufeff")) for name, plain in zip(typed, head) if plain and plain not in known
    ]
    if lacking and unread:
        kept.tell(
            t(
                "{path}: these columns are not read: {columns}. What is looked for, and is not there: {names}.",
                path=path,
                columns=", ".join(unread),
                names=", ".join(lacking),
            )
        )


def _each_once(
    path: Path, found: Mapping[str, list[tuple[int, Person]]], odd: list[str]
) -> Iterable[tuple[int, Person]]:
    """The lines that name one person under one id. Of an id that two people have, nobody is taken: one's work would be
    credited to the other."""
    for lines in found.values():
        if len({(one.first, one.last, one.email) for _, one in lines}) == 1:
            yield lines[0]
            continue
        numbers = joined([str(line) for line, _ in lines], later("{first} and {second}"))
        odd.append(
            t(
                "{path}, lines {lines}: different people under one id, `{id}`; they were left out.",
                path=path,
                lines=numbers,
                id=lines[0][1].id,
            )
        )


def _no_person(values: Mapping[str, str]) -> bool:
    """Canvas puts a line of points, and a test student, among the people."""
    return values["name"].casefold() in ("points possible", "student, test") or not any(
        values[what] for what in ("id", "name", "first", "last", "email")
    )


def _person(values: Mapping[str, str]) -> Person:
    first, last = values["first"], values["last"]
    if not first and not last and values["name"]:
        last, comma, first = values["name"].rpartition(", ")  # Canvas: Okafor, Ada; da Silva, Jr., Paulo
        if not comma:
            first, _, last = values["name"].rpartition(" ")
    email = values["email"] if "@" in values["email"] else values["id"] if "@" in values["id"] else ""
    said = (" ".join(_UNSEEN.sub(" ", value).split()) for value in (first, last, email, values["lms"], values["sis"]))
    return Person(values["id"], *said)


def people(connection: sa.Connection) -> list[Person]:
    """The gradebook's trainees."""
    sis = sis_numbers(connection)
    return [
        Person(
            row.id,
            row.first_name or "",
            row.last_name or "",
            row.email or "",
            row.lms_user_id or "",
            sis.get(row.id, ""),
        )
        for row in connection.execute(sa.select(db.student).order_by(db.student.c.id))
    ]


def called(course: Course, typed: str) -> str:
    """The id of the trainee whom a person means: by an id of the gradebook, or of a folder with what was handed in,
    however it is typed; or by a name that one alone has. Raises Unsupported, with who may be meant."""
    with db.reading(course.settings.db_url) as connection:
        everybody = people(connection)
    handed = course.folder("submitted")
    ids = {folder.name for folder in handed.iterdir() if folder.is_dir()} if handed.is_dir() else set[str]()
    everybody += [Person(id) for id in sorted(ids - {one.id for one in everybody})]
    roster = Roster(everybody)
    if any(one.id == typed for one in everybody):
        return typed
    one, same = roster.of_id(typed), roster.of_name(typed)
    if one or len(same) == 1:
        return (one or same[0]).id
    if same:
        found = joined(sorted(one.id for one in same), later("{first} and {second}"))
        raise db.Unsupported(t("{trainees} are called `{name}`: give the id.", trainees=found, name=typed))
    names = [f"{one.first} {one.last}".strip() for one in everybody]
    close = near(typed, filter(None, [*(one.id for one in everybody), *names]), len(everybody))
    raise db.Unsupported(t("There is no trainee `{trainee}` in this course. {near}", trainee=typed, near=close))


def sis_numbers(connection: sa.Connection) -> dict[str, str]:
    """Trainee -> their institution's own number. nbgrader's table of students has no place for it: it stands in the
    log."""
    return {entry.trainee: entry.said["sis"] for entry in kept.entries(connection, what="listed")}


def save_people(connection: sa.Connection, found: Iterable[Person]) -> tuple[int, int]:
    """Put trainees into the gradebook, or complete what it says of them; (new, changed)."""
    there = {folded(one.id): one for one in people(connection)}
    new = changed = 0
    listed = []
    for one in found:
        values = {"first_name": one.first, "last_name": one.last, "email": one.email, "lms_user_id": one.lms}
        values = {name: value for name, value in values.items() if value}
        old = there.get(folded(one.id))
        if one.sis and one.sis != (old.sis if old else ""):
            listed.append(kept.Entry("grader", "listed", "", old.id if old else one.id, said={"sis": one.sis}))
        if old is None:
            connection.execute(db.student.insert(), [{"id": one.id, **values}])
            there[folded(one.id)] = one
            new += 1
        elif (wanted := _completed(old, one)) != old:
            if values:
                connection.execute(db.student.update().where(db.student.c.id == old.id).values(values))
            there[folded(one.id)] = wanted
            changed += 1
    kept.add(connection, listed)
    return new, changed


def _completed(old: Person, one: Person) -> Person:
    """What is known of a person, with what a list says newly."""
    said = {field.name: getattr(one, field.name) or getattr(old, field.name) for field in fields(Person)}
    return Person(**{**said, "id": old.id})
