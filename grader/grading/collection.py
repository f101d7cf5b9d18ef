"""The files of a class, each for itself: which are taken, which are not and why, and who of the gradebook has handed in
nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from . import kept
from .archives import in_words
from .earlier import FOLDER, keep
from .listed import rows
from .names import Name, ends_as_notebook, hidden, made, said_by, said_inside
from .senders import Roster, Sender, participant, sender
from .when import came, when
from ..counted import counted
from ..language import later, t
from ..notebook.intake import LARGEST, Refused, names_a_trainee, read_notebook

ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")
STATES = (later("collected"), later("earlier"), later("not collected"), later("missing"))


@dataclass(frozen=True)
class Handed:
    """A notebook that was unpacked: what its name says, with the time at which it was handed in (in UTC, as nbgrader
    takes the times in names) and a `note` on that; where it came from, whose folder an LMS put it in, when that file
    was made, and where it is now."""

    name: Name
    note: str
    source: str
    participant: str
    at: float
    place: Path


@dataclass
class Collection:
    """One run for one assignment. `lines`: (what became of it, trainee, the file and why), for the list at the end."""

    assignment: str
    known: frozenset[str]  # the course's assignments
    target: Path  # where one file for each trainee is left
    submitted: Path
    root: Path  # of the course
    shared: bool = False
    out: datetime | None = None  # when the assignment was released first
    roster: Roster = field(default_factory=lambda: Roster([]))
    handed: dict[str, list[Handed]] = field(default_factory=dict)
    chosen: dict[str, Handed] = field(default_factory=dict)
    lines: list[tuple[str, str, str]] = field(default_factory=list)
    over: dict[str, Path] = field(
        default_factory=dict
    )  # trainee of whom another file has to make room -> where it is kept
    taken: int = 0
    others: int = 0

    def refuse(self, source: str, why: str, trainee: str = "") -> None:
        self.lines.append(("not collected", trainee, f"{source}: {why}"))

    def take(
        self, source: str, parts: tuple[str, ...], size: int, at: Callable[[], float], copy: Callable[[Path], object]
    ) -> None:
        """Take a file, by the parts of its path, if it is a trainee's notebook of this assignment. Whatever is wrong
        with it is said of it alone."""
        source = source if len(source) <= 160 else f"{source[:80]} ... {source[-70:]}"
        if parts[-1].casefold().endswith(ARCHIVES):
            self.refuse(
                source,
                t(
                    "of archives only .zip files are unpacked, and none inside another. Unpack it, and put its "
                    "files in its place."
                ),
            )
            return
        if not ends_as_notebook(parts[-1]) or hidden(parts):
            self.others += 1
            return
        name = said_by(parts[-1])
        why = self._wrong(name, size) or self._not_theirs(name, sender(parts))
        if why or name is None:
            self.refuse(source, why, name.trainee if name else "")
            return
        place = self.target / f"{self.taken}.new"
        self.taken += 1
        try:
            copy(place)
            typed = name.time.replace(tzinfo=UTC) if name.time else None
            found = when(sender(parts), typed, self._by_desk(place), came(at(), self.out), self.out)
            name = replace(name, time=found.utc)
            one = Handed(name, found.note, source, participant(parts), at(), place)
            self.handed.setdefault(name.trainee, []).append(one)
        except Exception as error:  # zipfile and what it unpacks with have a dozen
            place.unlink(missing_ok=True)
            self.refuse(source, in_words(error), name.trainee)

    def _by_desk(self, place: Path) -> datetime | None:
        """When our desk says that a notebook was handed in."""
        try:
            return said_inside(read_notebook(place))[1]
        except Refused:  # grading says what is wrong with it
            return None

    def _wrong(self, name: Name | None, size: int) -> str:
        if name is None:
            return t(
                "its name does not say who handed it in. Name it TRAINEE__{assignment}.ipynb.",
                assignment=self.assignment,
            )
        if name.assignment != self.assignment:
            there = (
                t("Hand it to `nbgrader zip_collect {assignment}`.", assignment=name.assignment)
                if name.assignment in self.known
                else t("There is no such assignment in this course.")
            )
            return t("its name says `{assignment}`. {there}", assignment=name.assignment[:60], there=there)
        if not names_a_trainee(name.trainee):
            return t("what stands in front of its name is not a name for a trainee's folder.")
        return t("it is larger than {size} MB.", size=LARGEST // 1_000_000) if size > LARGEST else ""

    def _not_theirs(self, name: Name | None, who: Sender | None) -> str:
        """What there is to say where a platform's sender is not who the file's name says, by the roster."""
        named = self.roster.of_id(name.trainee) if name else None
        if who is None or named is None or self.roster.may_be(named, who):
            return ""
        return t(
            "{platform}'s {name} (`{key}`) sent it, and is not {trainee} on the roster. Ask whose it is, and name it "
            "so outside of that folder.",
            platform=who.platform,
            name=who.name,
            key=who.key,
            trainee=named.id,
        )

    def settle(self, force: bool) -> None:
        """Leave in the target the file that is taken of each trainee, under its plain name, and nothing else."""
        for trainee, found in sorted(self.handed.items()):
            if len({one.participant for one in found if one.participant}) > 1:
                for one in found:
                    self.refuse(
                        one.source,
                        t(
                            "two people handed in under this name, so neither file was taken. Ask each for the number "
                            "that is their own."
                        ),
                        trainee,
                    )
                continue
            *earlier, last = sorted(found, key=_in_time(found))
            self.lines += [
                (
                    "earlier",
                    trainee,
                    t(
                        "{source}: an earlier version than {last}, which was taken.",
                        source=one.source,
                        last=last.source,
                    ),
                )
                for one in earlier
            ]
            self._leave(trainee, last, force)
        for left in self.target.glob("*.new"):
            left.unlink()

    def _leave(self, trainee: str, one: Handed, force: bool) -> None:
        there = self.submitted / trainee / self.assignment
        try:
            for folder in (there.parent, there):
                if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
                    self.refuse(one.source, t("{folder} is no folder. Take it away.", folder=folder), trainee)
                    return
            if not force and there.is_dir() and any(there.iterdir()):
                if same(there / f"{self.assignment}.ipynb", one.place):
                    self.lines.append(("collected", trainee, t("{source}, which was there already", source=one.source)))
                else:
                    self.refuse(
                        one.source,
                        t(
                            "another file of theirs is in {there} already. To put this one in its place, run again "
                            "with --force.",
                            there=there,
                        ),
                        trainee,
                    )
                return
            if any(there.glob("*.ipynb")) and not same(there / f"{self.assignment}.ipynb", one.place):
                self.over[trainee] = keep(self.root, there, self.shared)
            one.place.rename(one.place.with_name(made(trainee, self.assignment, one.name.time)))
            self.chosen[trainee] = one
        except OSError as error:
            self.refuse(one.source, in_words(error), trainee)

    def text(self, roster: list[str], unknown: str = "") -> str:
        """The list at the end, true to what is in `submitted` now. `roster`: the gradebook's trainees; `unknown`: why
        they are not known."""
        lines = [*self.lines, *map(self._arrived, self.chosen.items())]
        missing = [
            trainee
            for trainee in roster
            if not (self.submitted / trainee / self.assignment / f"{self.assignment}.ipynb").exists()
        ]
        lines += [("missing", trainee, "") for trainee in missing]
        collected, refused = (sum(state == line[0] for line in lines) for state in ("collected", "not collected"))
        counts = t("{collected} collected, {refused} not", collected=collected, refused=refused)
        head = f"{self.assignment}: {counts}. "
        if unknown:
            head += t("Who is missing cannot be told: {why}", why=unknown)
        elif roster:
            people = counted(len(roster), "trainee")
            head += t("Of the gradebook's {trainees} {missing} missing.", trainees=people, missing=len(missing))
        else:
            head += t("The gradebook has no trainees yet, so nobody can be called missing.")
        return "\n".join(
            [
                head,
                *rows(lines, STATES, 13),
                *["  " + t("Left where they are, being no notebooks: {files}.", files=counted(self.others, "file"))]
                * bool(self.others),
            ]
        )

    def log(self) -> list[kept.Entry]:
        """Whose file was replaced, once nbgrader is done."""
        return [
            replaced(self.assignment, trainee, one.source, one.name.time, self.over[trainee])
            for trainee, one in self.chosen.items()
            if trainee in self.over and self._is_there(trainee, one)
        ]

    def _is_there(self, trainee: str, one: Handed) -> bool:
        there = self.submitted / trainee / self.assignment / f"{self.assignment}.ipynb"
        return same(there, self.target / made(trainee, self.assignment, one.name.time))

    def _arrived(self, pair: tuple[str, Handed]) -> tuple[str, str, str]:
        trainee, one = pair
        if not self._is_there(trainee, one):
            return (
                "not collected",
                trainee,
                t("{source}: nbgrader ended before this one; its own message above says why.", source=one.source),
            )
        said = one.source
        if one.name.time:
            said = t("{source}, handed in {time}", source=said, time=one.name.time)
        elif one.name.odd:
            said = t("{source}; `{odd}` in its name is no time, so none was noted", source=said, odd=one.name.odd)
        said += f"; {one.note}" * bool(one.note)
        if trainee in self.over:
            said += f"; {t('what stood there is kept in {kept}', kept=self.over[trainee])}"
        return "collected", trainee, said


def replaced(assignment: str, trainee: str, source: str, time: datetime | None, aside: Path) -> kept.Entry:
    """A line of the log: a file of theirs, kept aside, made room for a later one, which is graded next."""
    said = {
        "by": source,
        "kept": f"{FOLDER}/{trainee}/{assignment}/{aside.name}",
        **({"handed_in": f"{time:%Y-%m-%d %H:%M}"} if time else {}),
    }
    return kept.Entry("grader", "replaced", assignment, trainee, said=said)


def _in_time(found: list[Handed]) -> Callable[[Handed], tuple[object, ...]]:
    """How to order one trainee's files: by the times in their names if all have one, else by the files' own times."""
    if all(one.name.time for one in found):
        return lambda one: (one.name.time, one.name.copy)
    # Within a minute, as after a copy, the number that a browser gave says more than the clock.
    return lambda one: (one.at // 60, one.name.copy, one.at, bool(one.name.time))


def leave_nothing(folder: Path) -> None:
    """Take away a trainee's folder of an assignment into which no notebook came: it would say that something was
    handed in without one."""
    if not any(folder.glob("*.ipynb")):
        with suppress(OSError):
            (folder / "timestamp.txt").unlink(missing_ok=True)
            folder.rmdir()
            folder.parent.rmdir()


def same(one: Path, other: Path) -> bool:
    """Whether two files hold the same bytes; False where one cannot be read."""
    try:
        return one.read_bytes() == other.read_bytes()
    except OSError:
        return False
