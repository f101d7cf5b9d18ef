"""What a supervisor reads about a cohort: what to do first, trainees, objectives, questions. No HTML here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from . import item_analysis as items
from .reached import by_objective, in_words, left_open
from .summary import Row, waiting
from ..cards.library import Library
from ..cards.model import Assignment
from ..cards.render import opening, words
from ..cards.vocabulary import LETTERS, spoken
from ..grading.alike import Place
from ..grading.read import Read
from ..grading.still_open import still_open
from ..language import later, t, tc, tn
from ..notebook.assemble import Item, questions, reflections
from ..web.interval import FEWEST, Interval, likely

SHOWN = 8  # objectives, before the rest is folded


@dataclass(frozen=True, kw_only=True)
class Trainee:
    """A row of the table.

    `missed`: what the safety questions that were answered and missed are about; `missed_count`: how many they are, of
    `gates` that were answered; `left`: what those left open are about; `looks`: answers that a person must read.
    """

    name: str
    score: str
    written: str
    interval: Interval | None
    answered: int
    asked: int
    missed: tuple[str, ...]
    missed_count: int
    left: tuple[str, ...]
    gates: int
    looks: int
    unmarked: int

    @property
    def first(self) -> bool:
        """Whether to talk to this trainee, or read an answer, before the others."""
        return bool(self.missed or self.looks)


@dataclass(frozen=True)
class Objective:
    """What the cohort reached of an objective's points, over so many answers."""

    words: str
    chapter: str
    share: float
    answers: int


@dataclass(frozen=True)
class Asked:
    """A question over the cohort: what it asks, and how its story begins; `name` is for commands; `options` are
    (letter, trainees, whether it is best)."""

    number: int
    name: str
    ask: str
    story: str
    gate: str
    item: items.Item
    options: tuple[tuple[str, int, bool], ...]
    none: int
    remarks: tuple[str, ...]
    planned: float = 0.0  # the share that two readers expected; 0 where nobody said


@dataclass(frozen=True)
class Missed:
    """The safety question that most of those who `answered` it have missed: `what` it is about, its number and what it
    asks."""

    what: str
    missed: int
    answered: int
    number: int
    ask: str


@dataclass
class Waiting:
    """A reflection that waits for marks: how many answers."""

    name: str
    title: str
    count: int


@dataclass
class Summary:
    """The page's content, in the order of the page."""

    title: str
    assignment: str
    trainees: list[Trainee] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    ungraded: Mapping[str, str] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    looks: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    gate: Missed | None = None
    objectives: list[Objective] = field(default_factory=list)
    parts: dict[str, list[Asked]] = field(default_factory=dict)
    alike: list[list[tuple[str, str]]] = field(default_factory=list)  # (trainee, title) of reflections with one text
    decided: list[str] = field(default_factory=list)  # what was decided for all about a question, a line each

    @property
    def apart(self) -> bool:
        """Whether the cohort is large enough to say that a question tells trainees apart."""
        return any(one.item.discrimination is not None for part in self.parts.values() for one in part)

    @property
    def most(self) -> int:
        return max((one.item.answers for part in self.parts.values() for one in part), default=0)


Reads = Mapping[str, Sequence[Read]]


def view(
    rows: Sequence[Row],
    reads: Reads,
    assignment: Assignment,
    library: Library,
    missing: Sequence[str] = (),
    waived: Mapping[str, str] = MappingProxyType({}),
    alike: Sequence[Sequence[Place]] = (),
    ungraded: Mapping[str, str] = MappingProxyType({}),
) -> Summary:
    """The summary of an assignment. `reads`: trainee -> what was read in the graded copy; `waived`: question ->
    `dropped` or `full-marks`; `alike`: the reflections in which one text stands; `ungraded`: trainee -> why
    what they handed in is not graded, so that nobody can settle an answer of theirs. It holds keys."""
    gone = [trainee for trainee in missing if trainee not in ungraded]
    made = Summary(str(assignment.title), assignment.name, missing=gone, ungraded=ungraded)
    gates = {
        name: spoken(item.question.gate) for name, item in questions(assignment, library).items() if item.question.gate
    }
    by_trainee: dict[str, list[Row]] = {}
    for row in rows:
        by_trainee.setdefault(row.trainee, []).append(row)
    opened = {name: left_open(reads.get(name, ())) for name in by_trainee}
    for name in waived:
        gates.pop(name, None)
    made.decided = [
        t(DECIDED[waived[name]], number=place, ask=words(item.question.ask))
        for place, (name, item) in enumerate(questions(assignment, library).items(), 1)
        if name in waived
    ]
    made.trainees = [
        _trainee(name, mine, gates, opened[name], _written(mine, reads.get(name, ())))
        for name, mine in sorted(by_trainee.items())
    ]
    asks = {name: words(item.question.ask) for name, item in questions(assignment, library).items()}
    made.looks = {
        trainee: [(number, asks.get(name, name)) for number, name in found]
        for trainee, found in waiting(rows, assignment, library).items()
        if trainee not in ungraded
    }
    titles = {name: str(card.title) for name, card in reflections(assignment, library).items()}
    unmarked = still_open(rows, reflections(assignment, library).values()).reflections
    made.waiting = [Waiting(name, titles[name], len(trainees)) for name, trainees in unmarked.items()]
    made.alike = [[(trainee, titles.get(name, name)) for trainee, name in places] for places in alike]
    made.gate = _worst_gate(rows, gates, opened, questions(assignment, library))
    made.objectives = _objectives(by_trainee, assignment, library)
    # What everybody was given says nothing about a question.
    told = [row for row in rows if row.cell not in waived]
    made.parts = _parts(told, reads, assignment, library, gates)
    return made


DECIDED = {
    "dropped": later("Question {number} was taken out, and counts for nobody: “{ask}”"),
    "full-marks": later("Everybody has the points of question {number}, whatever was answered: “{ask}”"),
}


def _written(mine: list[Row], reads: Sequence[Read]) -> str:
    """What was reached in the reflections, and how many of them were left blank."""
    states = [one.state for one in reads if one.role == "reflection"]
    blank = states.count("blank")
    if blank and blank == len(states) and not any(row.score for row in mine if row.rubric):
        return t("blank")
    points = _of([row for row in mine if row.rubric])
    return tn("{points}, {n} blank", "{points}, {n} blank", blank, points=points) if blank else points


def _trainee(name: str, mine: list[Row], gates: Mapping[str, str], opened: frozenset[str], written: str) -> Trainee:
    quiz, rubric = ([row for row in mine if row.rubric == kind] for kind in (False, True))
    quiz = [row for row in quiz if row.points]
    marked = [row for row in quiz if not row.waits]
    safety = [row for row in marked if row.cell in gates and row.cell not in opened]
    missed = [gates[row.cell] for row in safety if row.score < row.points]
    return Trainee(
        name=name,
        score=_of(quiz),
        written=written,
        interval=likely(sum(row.score / row.points for row in marked), len(marked)),
        answered=sum(row.cell not in opened for row in quiz),
        asked=len(quiz),
        missed=tuple(sorted(set(missed))),
        missed_count=len(missed),
        left=tuple(sorted({gates[row.cell] for row in marked if row.cell in gates and row.cell in opened})),
        gates=len(safety),
        looks=sum(row.waits for row in quiz),
        unmarked=sum(row.waits for row in rubric),
    )


def _of(rows: list[Row]) -> str:
    """Points reached of those that are marked."""
    marked = [row for row in rows if not row.waits]
    if not marked:
        return t("not marked yet") if rows else tc("questions", "none")
    score, points = sum(row.score for row in marked), sum(row.points for row in marked)
    return in_words(score, points, so_far=len(marked) < len(rows))


def _worst_gate(
    rows: Sequence[Row], gates: Mapping[str, str], opened: Mapping[str, frozenset[str]], asked: Mapping[str, Item]
) -> Missed | None:
    worst: Missed | None = None
    for number, (name, item) in enumerate(asked.items(), 1):
        if name not in gates:
            continue
        own = [row for row in rows if row.cell == name and not row.waits and name not in opened[row.trainee]]
        missed = sum(row.score < row.points for row in own)
        if missed and (worst is None or missed > worst.missed):
            worst = Missed(gates[name], missed, len(own), number, words(item.question.ask))
    return worst


def _objectives(by_trainee: Mapping[str, list[Row]], assignment: Assignment, library: Library) -> list[Objective]:
    """What the cohort reached, the lowest first: what to teach next. Fewer than five answers are left out."""
    reached: dict[tuple[str, str], list[float]] = {}
    for mine in by_trainee.values():
        scores = {row.cell: (row.score, row.points) for row in mine if not row.waits}
        for what, (score, points) in by_objective(assignment, library, scores).items():
            total = reached.setdefault(what, [0.0, 0.0, 0])
            total[0], total[1], total[2] = total[0] + score, total[1] + points, total[2] + 1
    found = []
    for (chapter, objective), (score, points, answers) in reached.items():
        card = library.chapters.get(chapter)
        said = " ".join(str(card.objectives.get(objective, objective)).split()) if card else objective
        if answers >= FEWEST:
            found.append(Objective(said, str(card.title) if card else chapter, score / (points or 1), int(answers)))
    return sorted(found, key=lambda one: one.share)


def _parts(
    rows: Sequence[Row], reads: Reads, assignment: Assignment, library: Library, gates: Mapping[str, str]
) -> dict[str, list[Asked]]:
    """Chapter -> its questions, in the order of the assignment."""
    read = {name: {one.cell: one for one in own if one.role == "answer"} for name, own in reads.items()}
    sheets: dict[str, dict[str, items.Answer]] = {}
    for row in rows:
        if not row.rubric and row.points > 0 and not row.waits:
            one = read.get(row.trainee, {}).get(row.cell)
            answer = items.Answer(row.score / row.points, one.chosen if one else (), bool(one and one.state == "blank"))
            sheets.setdefault(row.trainee, {})[row.cell] = answer
    found = items.analyse(sheets)
    asks = {name: asked.question for name, asked in questions(assignment, library).items()}
    ease = items.easier(found.values(), {name: card.difficulty for name, card in asks.items()})
    parts: dict[str, list[Asked]] = {}
    for number, (name, card) in enumerate(asks.items(), 1):
        if name not in found:
            continue
        item = found[name]
        options = tuple(
            (letter, item.chosen.get(letter, 0), letter in card.key) for letter in LETTERS[: len(card.options)]
        )
        owner = library.chapters.get(card.chapter)
        part = parts.setdefault(str(owner.title) if owner else card.chapter, [])
        part.append(
            Asked(
                number,
                name,
                words(card.ask),
                opening(card),
                gates.get(name, ""),
                item,
                options,
                item.omitted,
                tuple(items.remarks(item, card, ease)),
                card.difficulty,
            )
        )
    return parts
