"""`grader collect`: what a class handed in, brought to the right people."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from . import gradebook as db
from . import kept
from .archives import walk
from .collection import leave_nothing, replaced, same
from .course import Course
from .disputed import One, anew, disputed
from .earlier import keep, latest
from .gradebook import Unsupported
from .late import extensions
from .listed import rows
from .outcome import first_of
from .roster import people, save_people
from .rows import answers
from .senders import Roster
from .shared import make, open_to_group
from .sorted import Sorted
from .stamp import handed_in, not_before
from .when import PACKING, came
from ..counted import counted
from ..language import later, t
from ..notebook.intake import Refused
from ..web.files import write

DOUBTFUL = later("check the time")
DONE = (later("collected"), later("late"), DOUBTFUL, later("blank"), later("replaced"), later("there already"))
#: Files that somebody has to look at: their work is nowhere yet.
ASTRAY = (later("wrong assignment"), later("unreadable"), later("not kept"), later("unknown person"))
STATES = (*DONE, *ASTRAY, later("missing"))


@dataclass
class Pile(Sorted):
    """One run for one assignment: what was sorted, put in its place."""

    put: list[One] = field(default_factory=list)
    over: list[tuple[One, Path]] = field(default_factory=list)  # of these, what replaced one, and where that is kept
    unlogged: str = ""  # why the gradebook does not know of what was put
    untimed: list[str] = field(default_factory=list)  # whose file came when it was due, and nothing says since when

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
        against = disputed(
            self.handed, {} if force else self.before, lambda one: self._stands(one, force), self.assignment
        )
        for trainee, found in sorted(self.handed.items()):
            if trainee in against:
                for one in found:
                    self.refuse(one.source, against[trainee], "unknown person", trainee)
                continue
            *earlier, last = sorted(found, key=lambda one: one.order)
            if self._there(last):
                self._stood(last)
                if not last.by_word or trainee in self.before:
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

    def _stands(self, one: One, force: bool) -> bool:
        """Whether another file of theirs is there."""
        target = self.course.folder("submitted") / one.trainee / self.assignment / f"{self.assignment}.ipynb"
        return not force and target.exists() and not same(target, one.place)

    def _there(self, one: One) -> bool:
        """Whether this very file was collected before, and stands in a folder of the course."""
        folder = self.course.folder("submitted") / one.trainee / self.assignment
        linked = folder.is_symlink() or folder.parent.is_symlink()
        return not linked and same(folder / f"{self.assignment}.ipynb", one.place)

    def _stood(self, one: One) -> None:
        """Say of a file that it is there already, and whether it was late. What it replaced is logged now, where an
        earlier run could not do that."""
        folder = self.course.folder("submitted") / one.trainee / self.assignment
        try:
            noted = handed_in(folder)
        except Refused:  # grading says what is wrong with it
            noted = None
        time = noted.replace(tzinfo=UTC) if noted else one.when.time
        if self._late(one, time):
            self.lines.append(("late", one.trainee, f"{one.source}; {t('there already')}"))
        else:
            self.lines.append(("there already", one.trainee, one.source))
        aside = latest(self.course.root, folder)
        if aside and not same(aside / f"{self.assignment}.ipynb", one.place):
            self.over.append((one, aside))

    def _late(self, one: One, time: datetime | None) -> bool:
        due = self._due(one.trainee)
        return bool(one.who and one.who.late) or bool(due and time and time > due)

    def _put(self, one: One, force: bool) -> None:
        folder = self.course.folder("submitted") / one.trainee / self.assignment
        target = folder / f"{self.assignment}.ipynb"
        if folder.is_symlink() or folder.parent.is_symlink():
            self.refuse(one.source, t("{folder} is a link. Take it away.", folder=folder), who=one.trainee)
            return
        shared, aside = self.course.settings.shared, None
        if target.exists():
            if not force and self._earlier(one, target):
                why = t("a later file of theirs is there. To take this one, use --force.")
                self.refuse(one.source, why, "replaced", one.trainee)
                return
            aside = keep(self.course.root, folder, shared)
        make(folder, self.course.folder("submitted"), shared)
        os.utime(
            one.place, (one.came, one.came)
        )  # so that what comes later can be told by its date, where no time is known
        stamp = folder / "timestamp.txt"
        if one.when.utc:
            write(stamp, f"{one.when.utc:%Y-%m-%d %H:%M:%S} UTC\n")
        else:
            stamp.unlink(missing_ok=True)
        os.replace(one.place, target)
        for path in (target, stamp) if shared else ():
            open_to_group(path)
        if aside:
            said = t("what stood in {folder}, kept in {kept}", folder=folder, kept=aside)
            self.lines.append(("replaced", one.trainee, said))
            self.over.append((one, aside))
        self.put.append(one)
        self.lines.append(self._line(one))

    def _line(self, one: One) -> tuple[str, str, str]:
        """What the table says of a file that was taken. Nobody is late by the date of a download."""
        due = self._due(one.trainee)
        packed = one.who is not None and one.who.platform in PACKING
        by = came(one.came, self.out) if packed else datetime.now(UTC)
        if one.when.doubtful or (due and one.when.time is None and by > due):
            self.untimed.append(one.trainee)
        late = self._late(one, one.when.time)
        state = DOUBTFUL if one.when.doubtful else "late" if late else "blank" if one.blank else "collected"
        dated = t("dated {time}", time=f"{datetime.fromtimestamp(one.came):%Y-%m-%d %H:%M}")
        said = [
            f"{one.source}, {one.when.here:%Y-%m-%d %H:%M}" if one.when.here else f"{one.source}, {dated}",
            one.note,
        ]
        earlier = self.before.get(one.trainee)
        if earlier and one.who and anew([one], earlier):
            words = later("{platform}'s number was {was} before; the roster has one person of this name")
            said.append(t(words, platform=one.who.platform, was=earlier.key))
        said += [t("blank")] * (one.blank and state != "blank")
        return state, one.trainee, "; ".join(filter(None, said))

    def _earlier(self, one: One, there: Path) -> bool:
        """Whether a file is earlier than the one that is there: by both their times, or else by both their dates."""
        stamp = there.with_name("timestamp.txt")
        if one.when.time and stamp.exists():
            return not not_before(stamp, one.when.time)
        return one.came < there.stat().st_mtime // 1

    @property
    def whole(self) -> bool:
        """Whether there was work, and every file that looked like somebody's is now theirs, in its place and time."""
        return bool(self.handed) and not any(state in (DOUBTFUL, *ASTRAY) for state, _, _ in self.lines)

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
        advice = list(self.advice)
        if self.untimed:
            said = t(
                "Nothing here says when these were handed in, so none of them counts as late: {names}. See the "
                "platform's own page, and write the time of one that was late into TRAINEE/{assignment}/timestamp.txt "
                "in {folder}, as 2027-03-01 18:00:00 UTC.",
                names=first_of(sorted(self.untimed)),
                assignment=self.assignment,
                folder=there,
            )
            advice.append(said)
        then = [t("Next: {command}", command=f"grader autograde {self.assignment}")] * bool(self.put)
        head = f"{self.assignment}: {counts or t('nothing')}."
        return "\n".join([head, *(f"  {one}" for one in advice), *rows(lines, STATES, 16), *rest, *then])


def collect(course: Course, assignment: str, files: Iterable[Path], add: bool = False, force: bool = False) -> Pile:
    """Collect an assignment from archives, folders and files. Raises Unsupported."""
    with db.reading(course.settings.db_url) as connection:
        course.released(connection, assignment)
        roster = Roster(people(connection))
        row = connection.execute(sa.select(db.assignment).where(db.assignment.c.name == assignment)).one()
        released = answers(connection, row.id)
        extended = extensions(connection, assignment)
        paths = {one.trainee: one.said["path"] for one in kept.entries(connection, assignment, what="collected")}
        out = kept.first_released(connection, assignment)
        known = frozenset(kept.names(connection))
    with course.apart() as staging:
        pile = Pile(
            course,
            assignment,
            roster,
            Path(staging),
            released,
            out,
            row.duedate,
            extended,
            known,
            add,
            roster.senders(paths),
        )
        for place in files:
            if place.exists():
                walk(place, pile)
            else:
                pile.refuse(str(place), t("there is no such file."))
        pile.settle(force)
    try:
        _log(pile, paths)
    except Unsupported as error:
        pile.unlogged = str(error)
    roster.people.extend(pile.new.values())
    return pile


def _log(pile: Pile, paths: Mapping[str, str]) -> None:
    """Let the gradebook know of what was put, and of what that replaced. `paths`: what it knows already."""
    course, assignment = pile.course, pile.assignment
    with db.one_write(course.settings.db_url) as connection:
        taken = {one.trainee for many in pile.handed.values() for one in many}
        save_people(connection, [one for one in pile.new.values() if one.id in taken])
        known = {one.said["kept"] for one in kept.entries(connection, assignment, what="replaced")}
        over = [replaced(assignment, one.trainee, one.source, one.when.here, aside) for one, aside in pile.over]
        new = [one for one in pile.put if one.path not in ("", paths.get(one.trainee))]
        kept.add(
            connection,
            (kept.Entry("grader", "collected", assignment, one.trainee, said={"path": one.path}) for one in new),
        )
        kept.add(
            connection,
            [entry for entry in over if entry.said["kept"] not in known],
        )
