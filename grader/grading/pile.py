"""`grader collect`: what a class handed in, in whatever form its platform gives it, brought to the right people."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

import sqlalchemy as sa

from . import gradebook as db
from . import kept
from .archives import in_words, walk
from .collection import ARCHIVES, leave_nothing, replaced, same
from .course import Course
from .late import extensions, seconds_late
from .listed import rows
from .names import NOBODYS, PACKED, assignment_of, ends_as_notebook, hidden, not_this, said_by, said_inside
from .roster import people, save_people
from .rows import answers
from .senders import One, Person, Roster, Sender, folded, sender
from .shared import make, open_to_group
from .stamp import not_before, utc
from ..counted import counted
from ..language import later, t
from ..notebook.intake import LARGEST, Notebook, Refused, grade_id, names_a_trainee, read_notebook, source_of
from ..web.files import write

DONE = (later("collected"), later("late"), later("blank"), later("replaced"), later("there already"))
#: Files that somebody has to look at: their work is nowhere yet.
ASTRAY = (later("wrong assignment"), later("unreadable"), later("not kept"), later("unknown person"))
STATES = (*DONE, *ASTRAY, later("missing"))


@dataclass
class Pile:
    """One run for one assignment. `lines`: (what became of it, whose, file and why)."""

    course: Course
    assignment: str
    roster: Roster
    staging: Path
    released: dict[str, str]  # cell -> text, to know a blank one
    due: datetime | None
    extended: dict[str, timedelta]  # trainee -> the time given beyond that
    known: frozenset[str]  # the course's assignments that were handed out
    add: bool = False
    before: dict[str, str] = field(default_factory=dict)  # trainee -> the path of what was collected last
    handed: dict[str, list[One]] = field(default_factory=dict)
    lines: list[tuple[str, str, str]] = field(default_factory=list)
    new: dict[str, Person] = field(default_factory=dict)
    put: list[One] = field(default_factory=list)
    over: list[One] = field(default_factory=list)  # of these, what another file of theirs had to make room for
    besides: dict[str, list[str]] = field(default_factory=dict)  # whose -> files that are no notebooks
    others: int = 0
    taken: int = 0

    def refuse(self, source: str, why: str, state: str = "unreadable", who: str = "") -> None:
        self.lines.append((state, who, f"{source}: {why}"))

    def take(
        self, source: str, parts: tuple[str, ...], size: int, at: Callable[[], float], copy: Callable[[Path], object]
    ) -> None:
        source = source if len(source) <= 160 else f"{source[:80]} ... {source[-70:]}"
        if parts[-1].casefold().endswith(ARCHIVES):
            whose = self._shown(parts)
            name = f"{whose if self.roster.of_id(whose) else 'TRAINEE'}__{self.assignment}.ipynb"
            self.refuse(source, t(PACKED, name=name), who=whose)
        elif hidden(parts):
            self.others += 1
        elif not ends_as_notebook(parts[-1]):
            self.others += 1
            who = sender(parts)
            if who and (who.platform != "Google Classroom" or self.roster.of(who)):  # `Notes - two.pdf` is anybody's
                self.besides.setdefault(self._shown(parts), []).append(source)
        elif size > LARGEST:
            self.refuse(source, t("it is larger than {size} MB.", size=LARGEST // 1_000_000), who=self._shown(parts))
        else:
            place = self.staging / f"{self.taken}.ipynb"
            self.taken += 1
            try:
                copy(place)
                self._sort(source, parts, place, at())
            except Refused as error:
                said = str(error).replace(f"{place}: ", "")
                self.refuse(source, said, who=self._shown(parts))
            except Exception as error:  # zipfile and what it unpacks with have a dozen
                self.refuse(source, in_words(error), who=self._shown(parts))

    def _shown(self, parts: tuple[str, ...]) -> str:
        """Whose a file is that could not be read, so that they can be asked."""
        who, typed = sender(parts), said_by(parts[-1])
        found = (who and self.roster.of(who)) or (typed and self.roster.of_id(typed.trainee))
        return found.id if found else who.name if who else typed.trainee if typed else ""

    def _sort(self, source: str, parts: tuple[str, ...], place: Path, at: float) -> None:
        notebook = read_notebook(place)
        if (other := assignment_of(notebook)) != self.assignment:
            self.refuse(source, not_this(other, self.known), "wrong assignment", self._shown(parts))
            return
        who, typed = sender(parts), said_by(parts[-1])
        if who and (name := said_by(who.file)):
            typed = name
        inside, by_desk = said_inside(notebook)
        called = typed.trainee if typed else inside
        person, note = self._person(who, called)
        if person is None:
            self.refuse(source, note, "unknown person", who.name if who else called)
            return
        time = (who and who.time) or (typed and typed.time) or by_desk
        stamp = time.timestamp() if time else at
        copies = typed.copy if typed and not by_desk else 0
        if time is by_desk and time:
            note = "; ".join(filter(None, (note, t("by the desk's clock"))))
        one = One(
            person.id,
            source,
            place,
            (stamp // 60, copies, who.upload if who else 0, stamp, by_desk or datetime.min),
            time or datetime.fromtimestamp(at),
            self._blank(notebook),
            bool(who and who.late),
            note,
            "/".join(parts) if who else "",
            (who.platform, who.key) if who else None,
        )
        self.handed.setdefault(person.id, []).append(one)

    def _person(self, who: Sender | None, typed: str) -> tuple[Person | None, str]:
        """Whose a file is, and what was odd about that; or None, why it cannot be told, and what to do."""
        person, said = self.roster.whose(who, typed)
        if person:
            return person, said
        if who is None and not typed:
            return None, t(NOBODYS, name=f"TRAINEE__{self.assignment}.ipynb")
        if who is None:
            return self._added(Person(typed), said)
        if self.roster.called_so(who):  # two people: a third would be nobody
            return None, said
        id = who.key if who.platform == "Blackboard" else f"{who.platform.lower().split()[0]}-{who.key}"
        first, _, last = who.name.partition(" ")
        return self._added(Person(id, first, last, lms=who.key), said)

    def _added(self, person: Person, why: str) -> tuple[Person | None, str]:
        if not names_a_trainee(person.id):
            words = later("`{id}` cannot be a trainee's id. Name the file TRAINEE__{assignment}.ipynb.")
            return None, t(words, id=person.id, assignment=self.assignment)
        if self.add:
            return self.new.setdefault(folded(person.id), person), t("new on the roster")
        return None, t("{why} Put them on it (grader roster FILE), or take them as they are with --add.", why=why)

    def _blank(self, notebook: Notebook) -> bool:
        texts = {grade_id(cell): source_of(cell) for cell in notebook["cells"] if grade_id(cell) in self.released}
        own = (source_of(cell).strip() for cell in notebook["cells"] if not grade_id(cell))
        return texts == self.released and not any(own)

    def settle(self, force: bool) -> None:
        """Put the latest of each person in its place, and name who handed in no notebook at all."""
        said = {*self.handed, *(who for _, who, _ in self.lines)}
        for trainee, files in sorted(self.besides.items()):
            if trainee not in said:
                self.others -= len(files)
                why = t("it is no notebook. Ask for the file that ends in .ipynb.")
                if len(files) > 1:
                    others = counted(len(files) - 1, "other")
                    why = t("it is no notebook, and {others}. Ask for the file that ends in .ipynb.", others=others)
                self.refuse(files[0], why, who=trainee)
        for trainee, found in sorted(self.handed.items()):
            if two := self._two(trainee, found, force):
                for one in found:
                    self.refuse(one.source, two, "unknown person", trainee)
                continue
            *earlier, last = sorted(found, key=lambda one: one.order)
            if self._there(last):
                self.lines.append(("there already", trainee, last.source))
                self.put.append(last)
                continue
            for one in earlier:
                why = t("a later one was taken")
                if one.order == last.order:
                    why = (
                        t("the same again")
                        if same(one.place, last.place)
                        else t("of the same time; taken: {source}", source=last.source)
                    )
                self.lines.append(("replaced", trainee, f"{one.source}: {why}"))
            try:
                self._put(last, force)
            except OSError as error:
                leave_nothing(self.course.folder("submitted") / trainee / self.assignment)
                why = t(
                    "it could not be written here ({error}). Mend that, and collect it again.", error=error.strerror
                )
                self.refuse(last.source, why, "not kept", trainee)

    def _two(self, trainee: str, found: list[One], force: bool) -> str:
        """What there is to say where a platform has two people under one id, in this run or since an earlier one."""
        keys = {one.key for one in found if one.key}
        earlier = sender(PurePosixPath(self.before[trainee]).parts) if trainee in self.before and not force else None
        keys |= {(earlier.platform, earlier.key)} if earlier else set()
        for platform in sorted({platform for platform, _ in keys}):
            numbers = sorted(key for one, key in keys if one == platform)
            if len(numbers) > 1:
                return t(
                    "{platform} has two people under this id ({names}), so none of their files was taken. Put "
                    "each on the roster with their own number: grader roster FILE",
                    platform=platform,
                    names=", ".join(numbers),
                )
        return ""

    def _there(self, one: One) -> bool:
        """Whether this very file was collected before, and stands in a folder of the course."""
        folder = self.course.folder("submitted") / one.trainee / self.assignment
        linked = folder.is_symlink() or folder.parent.is_symlink()
        return not linked and same(folder / f"{self.assignment}.ipynb", one.place)

    def _put(self, one: One, force: bool) -> None:
        folder = self.course.folder("submitted") / one.trainee / self.assignment
        target = folder / f"{self.assignment}.ipynb"
        if folder.is_symlink() or folder.parent.is_symlink():
            self.refuse(one.source, t("{folder} is a link. Take it away.", folder=folder), who=one.trainee)
            return
        if target.exists():
            if not force and not not_before(folder / "timestamp.txt", one.time):
                self.refuse(
                    one.source,
                    t("a later file of theirs is there. To take this one, use --force."),
                    "replaced",
                    one.trainee,
                )
                return
            self.lines.append(("replaced", one.trainee, t("what stood in {folder}", folder=folder)))
            self.over.append(one)
        shared = self.course.settings.shared
        make(folder, self.course.folder("submitted"), shared)
        stamp = utc(one.time)
        write(folder / "timestamp.txt", f"{stamp:%Y-%m-%d %H:%M:%S} UTC\n")
        os.replace(one.place, target)
        for path in (target, folder / "timestamp.txt") if shared else ():
            open_to_group(path)
        self.put.append(one)
        late = one.late or bool(seconds_late(stamp, self.due, self.extended.get(one.trainee)))
        state = "late" if late else "blank" if one.blank else "collected"
        said = f"{one.source}, {one.time:%Y-%m-%d %H:%M}" + f"; {one.note}" * bool(one.note)
        self.lines.append((state, one.trainee, said + f"; {t('blank')}" * (one.blank and state != "blank")))

    @property
    def whole(self) -> bool:
        """Whether there was work, and every file that looked like somebody's is now theirs, in its place."""
        return bool(self.handed) and not any(state in ASTRAY for state, _, _ in self.lines)

    def text(self) -> str:
        """The table that a person checks against the roster."""
        there = self.course.folder("submitted")
        lines = list(self.lines)
        lines += [
            ("missing", one.id, f"{one.first} {one.last}".strip())
            for one in self.roster.people
            if not (there / one.id / self.assignment / f"{self.assignment}.ipynb").is_file()
        ]
        counts = ", ".join(f"{count} {t(state)}" for state in STATES if (count := sum(state == x[0] for x in lines)))
        rest = ["  " + t("Left, being no notebooks: {files}.", files=counted(self.others, "file"))] * bool(self.others)
        return "\n".join([f"{self.assignment}: {counts or t('nothing')}.", *rows(lines, STATES, 16), *rest])


def collect(course: Course, assignment: str, files: Iterable[Path], add: bool = False, force: bool = False) -> Pile:
    """Collect an assignment from archives, folders and files. Raises Unsupported."""
    with db.reading(course.settings.db_url) as connection:
        course.released(connection, assignment)
        roster = Roster(people(connection))
        row = connection.execute(sa.select(db.assignment).where(db.assignment.c.name == assignment)).one()
        released = answers(connection, row.id)
        extended = extensions(connection, assignment)
        before = {one.trainee: one.said["path"] for one in kept.entries(connection, assignment, what="collected")}
        known = frozenset(kept.names(connection))
    with course.apart() as staging:
        pile = Pile(course, assignment, roster, Path(staging), released, row.duedate, extended, known, add, before)
        for place in files:
            if place.exists():
                walk(place, pile)
            else:
                pile.refuse(str(place), t("there is no such file."))
        pile.settle(force)
    with db.one_write(course.settings.db_url) as connection:
        taken = {one.trainee for many in pile.handed.values() for one in many}
        save_people(connection, [one for one in pile.new.values() if one.id in taken])
        came = [one for one in pile.put if one.path not in ("", before.get(one.trainee))]
        kept.add(
            connection,
            (kept.Entry("grader", "collected", assignment, one.trainee, said={"path": one.path}) for one in came),
        )
        kept.add(connection, [replaced(assignment, one.trainee, one.source, one.time) for one in pile.over])
    roster.people.extend(pile.new.values())
    return pile
