"""What is said of each trainee over all assignments, and of who may need a talk. Counts, and no ranks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import fmean

from .cohort import Cohort, Sitting
from ..cards.library import Library
from ..cards.vocabulary import spoken
from ..counted import counted
from ..language import later, number, t, tn
from ..notebook.assemble import criterion_cell
from ..reports.reached import by_objective, in_words
from ..web.interval import FEWEST, Interval, likely, wilson

STRONG, WEAK = 0.8, 0.6  # of the points of an objective
DAY = 86_400  # seconds
SHOWN = 5  # objectives on a trainee's page, of each kind
OFTEN = 2  # assignments that are missing, blank or late before somebody is asked about them
STATES = {
    "missing": later("not handed in"),
    "blank": later("blank"),
    "open": later("to mark"),
    "marked": later("marked"),
    "collected": later("not graded yet"),
    "ahead": later("still to come"),
}


@dataclass(frozen=True)
class Line:
    """One assignment of a trainee. `score`: points reached so far, in words; `interval`: of the questions answered,
    None where they are few; `low`: whether they are surely below WEAK, few or not; `late`: seconds."""

    name: str
    title: str
    state: str
    score: str
    interval: Interval | None
    low: bool
    late: float
    penalty: float

    @property
    def short(self) -> str:
        """What a table of many assignments says of it: points, or its state, and whether it was late."""
        words = self.score if self.score and self.state != "blank" else t(STATES[self.state])
        return t("{state}, late", state=words) if self.late else words

    @property
    def words(self) -> str:
        """Its state, and how late it was; `late` is in seconds."""
        state, days = t(STATES[self.state]), round(self.late / DAY)
        if not self.late:
            return state
        if self.late < DAY:
            return t("{state}, less than 1 day late", state=state)
        return tn("{state}, {n} day late", "{state}, {n} days late", days, state=state)


@dataclass(frozen=True)
class Reached:
    """What one trainee, or all, reached of an objective or of a part of the book, in points."""

    words: str
    chapter: str
    score: float
    points: float
    answers: int
    link: str = ""

    @property
    def share(self) -> float:
        return self.score / (self.points or 1)


@dataclass(frozen=True)
class Written:
    """A reflection that was marked: the level of each criterion and the most there is."""

    title: str
    assignment: str
    levels: tuple[tuple[str, float, float], ...]

    @property
    def share(self) -> float:
        return sum(level for _, level, _ in self.levels) / (sum(most for *_, most in self.levels) or 1)


@dataclass
class Trainee:
    """A trainee's page. `missed`: (what, question, assignment) of each safety question that was missed, of `gates` that
    were answered; `flagged`: what was escalated, in words; `parts`: part of the book -> the share of its questions, the
    interval where they are many, and how many."""

    id: str
    name: str
    lines: list[Line] = field(default_factory=list)
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    gates: int = 0
    flagged: list[str] = field(default_factory=list)
    strong: list[Reached] = field(default_factory=list)
    weak: list[Reached] = field(default_factory=list)
    parts: dict[str, tuple[float, Interval | None, int]] = field(default_factory=dict)
    written: list[Written] = field(default_factory=list)

    def count(self, state: str) -> int:
        return sum(line.state == state for line in self.lines)

    @property
    def late(self) -> int:
        return sum(line.late > 0 for line in self.lines)

    @property
    def handed_in(self) -> str:
        """How many assignments were handed in, in a sentence."""
        asked, blank, late = len(self.lines) - self.count("ahead"), self.count("blank"), self.late
        words = later("{n} of {of} assignments handed in.")
        if blank and late:
            words = later("{n} of {of} assignments handed in, {blank} of them blank, {late} late.")
        elif blank:
            words = later("{n} of {of} assignments handed in, {blank} of them blank.")
        elif late:
            words = later("{n} of {of} assignments handed in, {late} late.")
        return t(words, n=asked - self.count("missing"), of=asked, blank=blank, late=late)

    @property
    def reasons(self) -> list[str]:
        """Why somebody may want to talk with this trainee: counts, most urgent first."""
        missing, blank = self.count("missing"), self.count("blank")
        low = sum(one.low for one in self.lines)
        said = [
            (len(self.flagged), later("{n} flagged while marking")),
            (len(self.missed), later("{n} of {of} safety questions missed")),
            (missing if missing >= OFTEN else 0, later("{n} assignments not handed in")),
            (blank if blank >= OFTEN else 0, later("{n} handed in blank")),
            (self.late if self.late >= OFTEN else 0, later("{n} handed in late")),
        ]
        found = [t(words, n=n, of=self.gates) for n, words in said if n]
        return found + [
            tn(
                "{n} assignment surely below {share} % of the questions",
                "{n} assignments surely below {share} % of the questions",
                low,
                share=number(100 * WEAK, 0),
            )
        ] * bool(low)


def trainees(cohort: Cohort) -> list[Trainee]:
    """Everybody, in the order of their ids."""
    flagged: dict[str, list[str]] = {}
    for entry in cohort.escalated:
        because = " ".join(str(entry.said.get("because", "")).split())
        flagged.setdefault(entry.trainee, []).append(f"{entry.at[:10]}, {entry.cell}: {because}")
    return [_trainee(name, cohort, flagged.get(name, [])) for name in cohort.trainees]


def _trainee(name: str, cohort: Cohort, flagged: list[str]) -> Trainee:
    made = Trainee(name, cohort.names.get(name) or name, flagged=flagged)
    reached: dict[tuple[str, str], list[float]] = {}
    shares: dict[str, list[float]] = {}
    for sitting in cohort.sittings.values():
        made.lines.append(_line(name, sitting))
        gates = sitting.gates(name)
        made.gates += len(gates)
        for ask, met in gates.items():
            if not met:
                made.missed.append((spoken(sitting.asked[ask].gate), ask, sitting.title))
        marked = sitting.marked(name)
        for what, (score, points) in by_objective(sitting.card, sitting.library, marked).items():
            total = reached.setdefault(what, [0.0, 0.0, 0])
            total[0], total[1], total[2] = total[0] + score, total[1] + points, total[2] + 1
        for ask, answer in sitting.sheets.get(name, {}).items():
            if ask in sitting.asked and not answer.open:
                shares.setdefault(part_of(cohort.library, sitting.asked[ask].chapter), []).append(answer.share)
        made.written += _written(name, sitting)
    objectives = [one for what, sums in reached.items() if (one := objective(cohort.library, what, sums)).points]
    made.strong = sorted((one for one in objectives if one.share >= STRONG), key=lambda one: -one.points)[:SHOWN]
    made.weak = sorted((one for one in objectives if one.share < STRONG), key=lambda one: one.score - one.points)[
        :SHOWN
    ]
    made.parts = {
        part: (fmean(own), likely(sum(own), len(own)), len(own))
        for part in dict.fromkeys(cohort.library.parts.values())
        if len(own := shares.get(part, [])) >= FEWEST
    }
    return made


def _line(name: str, sitting: Sitting) -> Line:
    own = sitting.standings.get(name)
    if own is None or own.status == "missing":
        return Line(sitting.name, sitting.title, sitting.state(name), "", None, False, 0.0, 0.0)
    met = [one.share for one in sitting.sheets.get(name, {}).values() if not one.open]
    marked = sitting.marked(name).values()
    score, points = own.score, own.points
    if own.status == "open":  # of what is marked so far
        score, points = sum(one for one, _ in marked) - own.penalty, sum(most for _, most in marked)
    return Line(
        sitting.name,
        sitting.title,
        own.status,
        in_words(score, points, so_far=own.status == "open"),
        likely(sum(met), len(met)),
        bool(met) and wilson(sum(met), len(met)).high < WEAK,
        own.late,
        own.penalty,
    )


def _written(name: str, sitting: Sitting) -> list[Written]:
    marked = sitting.marked(name)
    found = []
    for card in sitting.written.values():
        cells = [(str(criterion.name), criterion_cell(card, criterion)) for criterion in card.criteria]
        if all(cell in marked for _, cell in cells):
            levels = tuple((words, *marked[cell]) for words, cell in cells)
            found.append(Written(str(card.title), sitting.title, levels))
    return found


def part_of(library: Library, chapter: str) -> str:
    """The part of the book in which a chapter stands; the chapter's name where the book has it not."""
    card = library.chapters.get(chapter)
    return library.parts.get(f"{card.part}/{chapter}", chapter) if card else chapter


def objective(library: Library, what: tuple[str, str], sums: list[float]) -> Reached:
    """An objective with what was reached of it."""
    home, name = what
    card = library.chapters.get(home)
    words = " ".join(str(card.objectives.get(name, name)).split()) if card else name
    score, points, answers = sums
    title, link = (str(card.title), card.section(name)) if card else (home, "")
    return Reached(words, title, score, points, int(answers), link)


def objectives(cohort: Cohort) -> list[Reached]:
    """What all reached of each objective, the lowest first; `answers`: trainees and assignments. Those with fewer than
    five are left out."""
    total: dict[tuple[str, str], list[float]] = {}
    for sitting in cohort.sittings.values():
        for name in sitting.standings:
            for what, (score, points) in by_objective(sitting.card, sitting.library, sitting.marked(name)).items():
                sums = total.setdefault(what, [0.0, 0.0, 0])
                sums[0], sums[1], sums[2] = sums[0] + score, sums[1] + points, sums[2] + 1
    found = [objective(cohort.library, what, sums) for what, sums in total.items() if sums[2] >= FEWEST and sums[1]]
    return sorted(found, key=lambda one: (one.share, one.words))


def areas(cohort: Cohort) -> dict[str, list[Reached]]:
    """Body -> each of its areas with what all reached in the chapters that cover it; those that are asked nothing are
    left out."""
    sums: dict[str, list[float]] = {}
    for sitting in cohort.sittings.values():
        for sheet in sitting.sheets.values():
            for ask, answer in sheet.items():
                if ask in sitting.asked and not answer.open:
                    total = sums.setdefault(sitting.asked[ask].chapter, [0.0, 0.0])
                    total[0], total[1] = total[0] + answer.share, total[1] + 1
    made: dict[str, list[Reached]] = {}
    for body in cohort.library.shown_bodies.values():
        for area in body.areas:
            covers = f"{body.name}/{area.id}"
            homes = {*area.chapters, *(name for name, one in cohort.library.chapters.items() if covers in one.covers)}
            score, points = (sum(sums.get(home, (0.0, 0.0))[place] for home in homes) for place in (0, 1))
            if points:
                one = Reached(str(area.title), counted(len(homes), "chapter"), score, points, int(points))
                made.setdefault(str(body.title), []).append(one)
    return made


def gaps(people: list[Trainee]) -> Mapping[str, int]:
    """State -> how many assignments, over all trainees, are in it."""
    return {state: sum(one.count(state) for one in people) for state in STATES}


def handed_in(cohort: Cohort, people: list[Trainee]) -> list[tuple[str, Counter[str]]]:
    """Title of each assignment -> state -> trainees, and `late`."""
    found: dict[str, Counter[str]] = {name: Counter() for name in cohort.sittings}
    for one in people:
        for line in one.lines:
            found[line.name].update([line.state, *(["late"] if line.late else [])])
    return [(cohort.sittings[name].title, counts) for name, counts in found.items()]
