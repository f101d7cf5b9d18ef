"""A course's whole gradebook, read once: every assignment that was released, every trainee, every mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property

from ..cards.library import Library
from ..cards.model import Assignment, Question, Reflection
from ..grading import gradebook, kept
from ..grading.course import Course
from ..grading.late import due_dates
from ..grading.scores import Standing, standings
from ..notebook.assemble import questions, reflections
from ..reports.item_analysis import Answer, Sheet
from ..web.terminal import one_line


@dataclass(frozen=True)
class Mark:
    """What one person gave one answer: a level for each criterion. `order`: its place in that person's work, from 0."""

    marker: str
    assignment: str
    reflection: str
    trainee: str
    levels: tuple[float, ...]
    highest: tuple[float, ...]
    order: int = 0

    @property
    def share(self) -> float:
        return sum(self.levels) / (sum(self.highest) or 1)


@dataclass(frozen=True)
class Sitting:
    """An assignment over the cohort, as it was released. `sheets`: trainee -> question -> answer, of what a machine or
    a person has read; `waiting`: trainee -> questions that wait for a person. What was decided for all is in neither.
    `collected`: whose work lies in the course's folder; `due`: in naive UTC."""

    card: Assignment
    library: Library
    standings: Mapping[str, Standing]
    sheets: Mapping[str, Sheet]
    waiting: Mapping[str, frozenset[str]] = field(default_factory=dict)
    waived: Mapping[str, str] = field(default_factory=dict)
    collected: frozenset[str] = frozenset()
    due: datetime | None = None

    def state(self, trainee: str) -> str:
        """missing, blank, open or marked as in a Standing; `collected`: handed in and not graded yet; `ahead`: nothing
        of it has been graded, or it is not due yet, so that nobody misses it."""
        own = self.standings.get(trainee)
        if own and own.status != "missing":
            return own.status
        if trainee in self.collected:
            return "collected"
        begun = any(one.status != "missing" for one in self.standings.values())
        early = self.due is not None and datetime.now(UTC).replace(tzinfo=None) < self.due
        return "ahead" if early or not begun else "missing"

    @property
    def name(self) -> str:
        return self.card.name

    @property
    def title(self) -> str:
        return str(self.card.title)

    @cached_property
    def asked(self) -> dict[str, Question]:
        """The questions by name, in their order; not those that were decided for all."""
        return {
            name: one.question for name, one in questions(self.card, self.library).items() if name not in self.waived
        }

    @cached_property
    def written(self) -> dict[str, Reflection]:
        return reflections(self.card, self.library)

    def marked(self, trainee: str) -> dict[str, tuple[float, float]]:
        """Cell -> (score, points), of what nobody has to look at any more and what was not decided for all."""
        own = self.standings.get(trainee)
        return {
            cell: (one.score, one.points)
            for cell, one in (own.cells if own else {}).items()
            if not one.waits and one.points and cell not in self.waived
        }

    def gates(self, trainee: str) -> dict[str, bool]:
        """Safety question -> whether it was met, of those that were answered."""
        own = self.sheets.get(trainee, {})
        return {
            name: own[name].share >= 1
            for name, card in self.asked.items()
            if card.gate and name in own and not own[name].open
        }


@dataclass(frozen=True)
class Cohort:
    """Everything that reports look at. `escalated`: what was flagged on the marking page, oldest first."""

    course: str
    library: Library
    trainees: tuple[str, ...]
    names: Mapping[str, str]
    sittings: Mapping[str, Sitting]
    marks: Sequence[Mark] = ()
    escalated: Sequence[kept.Entry] = ()


def read(place: Course) -> Cohort:
    """The cohort of a course. Raises Unsupported."""
    with gradebook.reading(place.settings.db_url) as connection:
        cards = {name: place.released(connection, name) for name in kept.names(connection)}
        found = {name: standings(connection, name) for name in cards}
        words = {name: kept.answers(connection, name) for name in cards}
        entries = list(kept.entries(connection))
        due = due_dates(connection)
    submitted = place.folder("submitted")
    sittings = {
        name: replace(
            _sitting(shot.assignment, shot.over(place.library), shot.waived, found[name], words[name]),
            collected=frozenset(path.parts[-3] for path in submitted.glob(f"*/{name}/{name}.ipynb")),
            due=due.get(name),
        )
        for name, shot in cards.items()
    }
    people = {one.trainee: f"{one.first_name} {one.last_name}".strip() for own in found.values() for one in own}
    return Cohort(
        place.root.name,
        place.library,
        tuple(sorted(people)),
        people,
        dict(sorted(sittings.items(), key=lambda pair: _order(place.library, pair[1]))),
        _marks(entries, sittings),
        [entry for entry in entries if entry.what == "flagged"],
    )


def _order(library: Library, sitting: Sitting) -> tuple[float, str]:
    """The book's order: where an assignment's first chapter stands; then by name."""
    chapters = list(library.chapters)
    homes = [card.chapter for card in sitting.asked.values()] + [str(card.chapter) for card in sitting.written.values()]
    places = [chapters.index(home) for home in homes if home in chapters]
    return (sum(places) / len(places) if places else len(chapters), sitting.name)


def _sitting(
    card: Assignment,
    library: Library,
    waived: Mapping[str, str],
    found: Sequence[Standing],
    words: Mapping[str, Mapping[str, kept.Words]],
) -> Sitting:
    asked = questions(card, library)
    sheets: dict[str, dict[str, Answer]] = {}
    waiting: dict[str, frozenset[str]] = {}
    for one in found:
        said = words.get(one.trainee, {})
        own, waits = {}, set()
        for name in asked:
            cell = one.cells.get(name)
            if cell is None or not cell.points or name in waived:
                continue
            if cell.waits:
                waits.add(name)
                continue
            read = said.get(name, kept.Words())
            own[name] = Answer(cell.score / cell.points, tuple(read.chosen), read.state == "blank")
        if own:
            sheets[one.trainee] = own
        if waits:
            waiting[one.trainee] = frozenset(waits)
    return Sitting(card, library, {one.trainee: one for one in found}, sheets, waiting, dict(waived))


def _marks(entries: Sequence[kept.Entry], sittings: Mapping[str, Sitting]) -> list[Mark]:
    """The last marks of each person for each answer, in the order in which they were given. What was agreed upon by
    two is nobody's own mark."""
    last: dict[tuple[str, ...], tuple[kept.Entry, tuple[float, ...]]] = {}
    for entry in entries:
        levels = {
            "marked": lambda said: said["new"][0],
            "second mark": lambda said: said["marks"],
        }.get(entry.what)
        if levels is None or entry.assignment not in sittings:
            continue
        given = tuple(levels(entry.said))
        if entry.what == "marked" and tuple(entry.said["old"][0]) == given:
            continue  # a comment on marks that stood there, perhaps another's
        if None not in given:
            key = (kept.marker(entry.who), entry.assignment, entry.cell, entry.trainee)
            last.pop(key, None)
            last[key] = (entry, given)
    found = []
    counts: dict[str, int] = {}
    names: dict[str, str] = {}  # a person who writes the name in small letters once is no second one
    for entry, given in last.values():
        card = sittings[entry.assignment].written.get(entry.cell)
        if card is None or len(card.criteria) != len(given):
            continue
        highest = tuple(float(max(criterion.levels)) for criterion in card.criteria)
        who = names.setdefault(kept.marker(entry.who), one_line(entry.who))
        order = counts[who] = counts.get(who, -1) + 1
        found.append(Mark(who, entry.assignment, entry.cell, entry.trainee, given, highest, order))
    return found
