"""What a trainee's feedback holds: score, remarks, safety, next steps, and every question. No HTML here."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..cards.model import Question
from ..language import ENGLISH, t
from ..web.interval import Interval


@dataclass(frozen=True)
class Choice:
    """An option of an answered question: `state` is right, wrong or empty; `why` is Markdown; `share`: of the cohort,
    in percent, where it is shown."""

    letter: str
    text: str
    mine: bool
    state: str = ""
    word: str = ""
    why: str = ""
    share: int | None = None


@dataclass(frozen=True)
class Section:
    """A section of the book: what it teaches, its chapter's title, and its address, empty without a published book."""

    words: str
    chapter: str
    href: str


@dataclass
class Asked:
    """A question with its answer.

    `kind` is "question". `missed`: answered or left open, and not all of its points reached.
    """

    name: str
    number: int
    text: str
    card: Question | None
    choices: list[Choice]
    score: float
    points: float
    state: str  # answered, blank, ambiguous, unreadable
    note: str = ""
    waits: bool = False
    remark: str = ""
    aside: float | None = None  # the points of marks that earlier words had, and that were set aside
    comment: str = ""  # what the gradebook has, for a question whose card is not there
    submitted: str = ""
    answers: int = 0  # of the cohort, where what it chose is shown
    written_in: str = ENGLISH  # the tag of its language
    decided: str = ""  # what was decided about it for all: taken out, or full marks for everybody
    looked_at: bool = False  # it could not be read by itself: a person reads it, or has
    closed: bool = False  # its key and its reasons stay closed: a supervised form asks it
    about: tuple[Section, ...] = ()  # where it is closed: what it asks for, and where that is taught
    kind: str = "question"

    @property
    def counts(self) -> bool:
        """Whether it has points, and they are known."""
        return bool(self.points) and not self.waits

    @property
    def missed(self) -> bool:
        return not self.waits and self.score < self.points

    @property
    def whole(self) -> bool:
        """Whether every point of it was reached."""
        return self.counts and not self.missed


@dataclass(frozen=True)
class Level:
    """A criterion with the level reached and its words; None where nobody has marked it."""

    name: str
    score: float | None
    points: float
    words: str
    remark: str = ""


@dataclass
class Written:
    """A reflection: its prompt, what was written, the levels reached, the supervisor's remark.

    `kind` is "reflection".
    """

    name: str
    title: str
    text: str
    answer: str
    levels: list[Level] = field(default_factory=list)
    remark: str = ""
    aside: float | None = None  # the points of marks that earlier words had, and that were set aside
    written_in: str = ENGLISH
    kind: str = "reflection"

    @property
    def waits(self) -> bool:
        return any(level.score is None for level in self.levels)

    @property
    def blank(self) -> bool:
        """Whether nothing was written, and so there was nothing to mark."""
        return not self.answer and not any(level.score is None or level.score for level in self.levels)

    @property
    def remarked(self) -> bool:
        """Whether a supervisor wrote something about it, or about one of its criteria."""
        return bool(self.remark) or any(level.remark for level in self.levels)


@dataclass(frozen=True)
class Told:
    """Text between the questions: a part of a case, what the trainee added (`own`), a graded cell that is not ours."""

    text: str
    own: bool = False
    written_in: str = ENGLISH
    kind: str = "text"


@dataclass(frozen=True)
class Gate:
    """A safety question that was answered and missed."""

    what: str
    number: int
    name: str
    read: tuple[Section, ...]  # what teaches to see that danger, then what the question itself asks for
    closed: bool = False


@dataclass(frozen=True)
class Step:
    """Something to do next."""

    label: str
    title: str
    href: str
    words: str


@dataclass(frozen=True)
class Area:
    """A row of the table by chapter: points reached; of its questions the share, and the interval; None where they are
    too few."""

    title: str
    href: str
    score: float
    points: float
    share: float | None
    interval: Interval | None


@dataclass(frozen=True)
class Taught:
    """An objective with the points reached, and the address of the section that teaches it."""

    words: str
    chapter: str
    href: str
    score: float
    points: float


@dataclass
class Feedback:
    """The page's content, in the order of the page."""

    title: str
    trainee: str
    score: float
    points: float
    unmarked: float
    late: float
    items: list[Asked | Written | Told]
    right: float = 0.0
    interval: Interval | None = None
    gates: list[Gate] = field(default_factory=list)
    open_gates: list[str] = field(default_factory=list)  # what the safety questions that were left open are about
    well: list[str] = field(default_factory=list)  # what went well, a sentence each
    strong: list[tuple[int, Section]] = field(default_factory=list)  # objectives: so many questions, all of them right
    steps: list[Step] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    objectives: list[Taught] = field(default_factory=list)
    tasks: list[tuple[str, float, float]] = field(default_factory=list)

    @property
    def again(self) -> list[tuple[str, str, float]]:
        """(anchor, where, points of the earlier mark) of what was handed in again and waits for its mark."""
        found = [(one.name, one.title, one.aside) for one in self.reflections if one.waits]
        found += [
            (one.name, t("Question {number}", number=one.number), one.aside) for one in self.questions if one.waits
        ]
        return [(name, where, points) for name, where, points in found if points is not None]

    @property
    def share(self) -> float:
        """Of the points that are marked, before anything was taken off for lateness."""
        return (self.score + self.late) / self.points if self.points else 0.0

    @property
    def questions(self) -> list[Asked]:
        return [item for item in self.items if isinstance(item, Asked)]

    @property
    def counted(self) -> list[Asked]:
        """The questions that have points, and whose points are known."""
        return [one for one in self.questions if one.counts]

    @property
    def decisions(self) -> list[tuple[str, int, str]]:
        """(anchor, number, words) of what was decided for all about a question after it was handed out."""
        return [(one.name, one.number, one.decided) for one in self.questions if one.decided]

    @property
    def answered(self) -> int:
        """How many questions that count were answered at all, however clearly."""
        return sum(one.state != "blank" for one in self.counted)

    @property
    def reflections(self) -> list[Written]:
        return [item for item in self.items if isinstance(item, Written)]

    @property
    def asked_and_told(self) -> list[Asked | Told]:
        """Questions, and the texts between them, in order."""
        return [one for one in self.items if not isinstance(one, Written)]

    @property
    def closed(self) -> int:
        """How many questions keep their key and reasons closed."""
        return sum(one.closed for one in self.questions)

    @property
    def missed_gates(self) -> set[str]:
        """The names of the safety questions that were answered and missed."""
        return {gate.name for gate in self.gates}

    @property
    def remarks(self) -> list[tuple[str, str, str]]:
        """(anchor, where, Markdown) of every comment that a supervisor wrote."""
        found = [(one.name, one.title, one.remark) for one in self.reflections]
        found += [
            (one.name, t("{reflection}, {criterion}", reflection=one.title, criterion=level.name), level.remark)
            for one in self.reflections
            for level in one.levels
        ]
        found += [(one.name, t("Question {number}", number=one.number), one.remark) for one in self.questions]
        return [remark for remark in found if remark[2]]
