"""The files that a class handed in, in whatever form its platform gives them: whose each is, and when it came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .archives import in_words
from .collection import ARCHIVES
from .course import Course
from .disputed import One
from .names import NAME_IT, NOBODYS, PACKED, assignment_of, ends_as_notebook, hidden, not_this, said_by, said_inside
from .senders import Person, Roster, Sender, folded, sender
from .when import came, when
from ..language import later, t
from ..notebook.intake import LARGEST, Notebook, Refused, grade_id, names_a_trainee, read_notebook, source_of


@dataclass
class Sorted:
    """The files of one run for one assignment, by whose they are. `lines`: (what became of it, whose, file and why)."""

    course: Course
    assignment: str
    roster: Roster
    staging: Path
    released: dict[str, str]  # cell -> text, to know a blank one
    out: datetime | None  # when it was released first
    due: datetime | None
    extended: dict[str, timedelta]  # trainee -> the time given beyond that
    known: frozenset[str]  # the course's assignments that were handed out
    add: bool = False
    before: dict[str, Sender] = field(default_factory=dict)  # trainee -> who sent what was collected last
    handed: dict[str, list[One]] = field(default_factory=dict)
    lines: list[tuple[str, str, str]] = field(default_factory=list)
    new: dict[str, Person] = field(default_factory=dict)
    advice: list[str] = field(default_factory=list)  # what to do, where it is the same for many files
    besides: dict[str, list[str]] = field(default_factory=dict)  # whose -> files that are no notebooks
    others: int = 0
    taken: int = 0

    def refuse(self, source: str, why: str, state: str = "unreadable", who: str = "") -> None:
        self.lines.append((state, who, f"{source}: {why}" if why else source))

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
        due = None if person.id in self.extended else self._due(person.id)  # a platform knows of no extension here
        named = typed.time.astimezone() if typed and typed.time else None
        time = when(who, named, by_desk, came(at, self.out), self.out, due)
        by_word = who is not None and self.roster.of(who) != person and person.lms != who.key
        stamp = time.time.timestamp() if time.time else at
        one = One(
            person.id,
            source,
            place,
            (
                stamp // 60,
                typed.copy if typed and not by_desk else 0,
                who.upload if who else 0,
                stamp,
                by_desk.timestamp() if by_desk else 0.0,
            ),
            at,
            time,
            self._blank(notebook),
            "; ".join(filter(None, (note, t("by the id in the file alone") if by_word else "", time.note))),
            "/".join(parts) if who else "",
            who,
            by_word,
            who is not None and self.roster.of(who) == person and self.roster.of_id(called) in (None, person),
        )
        self.handed.setdefault(person.id, []).append(one)

    def _due(self, trainee: str) -> datetime | None:
        """Until when a trainee has time."""
        return (self.due + self.extended.get(trainee, timedelta())).replace(tzinfo=UTC) if self.due else None

    def _person(self, who: Sender | None, typed: str) -> tuple[Person | None, str]:
        """Whose a file is, and what was odd about that; or None, why it cannot be told, and what to do."""
        person, said = self.roster.whose(who, typed)
        if person:
            return person, said
        if who is None and not typed:
            self._advise(t(NAME_IT, name=f"TRAINEE__{self.assignment}.ipynb"))
            return None, t(NOBODYS)
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
        if not self.roster.people:
            self._advise(t("No roster yet: put one in (grader roster FILE), or take them as they are with --add."))
            return None, ""
        self._advise(t("Not on the roster: put them on it (grader roster FILE), or take them as they are with --add."))
        return None, why

    def _advise(self, what: str) -> None:
        """What to do about several files, said once."""
        if what not in self.advice:
            self.advice.append(what)

    def _blank(self, notebook: Notebook) -> bool:
        texts = {grade_id(cell): source_of(cell) for cell in notebook["cells"] if grade_id(cell) in self.released}
        own = (source_of(cell).strip() for cell in notebook["cells"] if not grade_id(cell))
        return texts == self.released and not any(own)
