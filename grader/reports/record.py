"""What a trainee did with this library, by assignment, chapter and area. Kept apart from hours that a body counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from math import floor
from pathlib import Path

from .reached import by_objective, in_words
from .summary import Row, read
from ..cards.criterion import Criterion
from ..cards.library import Library
from ..cards.model import Assignment
from ..counted import counted
from ..grading.course import Course
from ..grading.scores import standings
from ..language import day as day_in_words
from ..language import in_percent, later, number, t, tc, tn, untranslated
from ..learner.badge import NOT_CREDIT
from ..web.interval import RANGED, Interval, likely
from ..web.paper import Paper, Signature, Tag
from ..web.words import typeset

AREAS = 6  # areas that the terminal shows before it counts the rest
MINUTES = later(
    "Minutes of study are counted by this library’s own rule, from the length of what was set; nobody measured them. "
    "They are not hours that a certifying body counts."
)
VERIFY = later(
    "To verify: ask {program} ({url}) and quote the number, which is made from what stands here, so that the program’s "
    "own gradebook gives it again. A badge that came with it is checked with “grader badge verify” and the program’s "
    "public key."
)
COLUMNS = later(
    "Points are those of questions and reflections together; the percentage is of the questions alone, so the two may "
    "differ. The dot is that percentage, the bar where it likely lies (95 % interval, Wilson); none is drawn for fewer "
    "than {fewest} questions."
)


@dataclass
class Reached:
    """Points reached of those that are marked. `waiting`: points that nobody has marked yet.

    `asked`: questions among them that are marked; `right`: the sum of their shares.
    """

    score: float = 0.0
    points: float = 0.0
    waiting: float = 0.0
    asked: int = 0
    right: float = 0.0

    @property
    def words(self) -> str:
        return in_words(self.score, self.points)

    @property
    def so_far(self) -> str:
        """The same, with what is not marked yet."""
        if not self.waiting:
            return self.words
        return t("{reached} so far, {n} more not marked yet", reached=self.words, n=number(self.waiting))

    @property
    def share(self) -> str:
        """Of the questions alone."""
        return in_percent(self.right / self.asked) if self.asked else tc("questions", "none")

    @property
    def interval(self) -> Interval | None:
        """How sure the share of the questions is; None where they are too few to say."""
        return likely(self.right, self.asked)


@dataclass
class Record:
    """One trainee: what was reached by assignment (title) and by chapter (title); minutes of study in all, of chapters
    by area, and of the assignments themselves. `safety`: the safety questions that are marked, and how many of them
    reached every point."""

    trainee: str
    assignments: dict[str, Reached] = field(default_factory=dict)
    chapters: dict[str, Reached] = field(default_factory=dict)
    areas: dict[str, float] = field(default_factory=dict)
    minutes: int = 0
    work: int = 0
    safety: tuple[int, int] = (0, 0)


def collect(course: Path, trainee: str) -> Record:
    """Read the gradebook of a course. Raises Unsupported. An empty record says that nothing of this trainee was
    graded."""
    record = Record(trainee)
    chapters: set[str] = set()
    place = Course(course)
    late = _late(place, trainee)
    for name in place.handed_out():
        library = place.as_released(name)
        card = library.assignments[name]
        rows = [row for row in read(course, card) if row.trainee == trainee]
        if not rows:
            continue
        marked = [row for row in rows if not row.waits]
        asked = [row.score / row.points for row in marked if not row.rubric and row.points]
        record.assignments[str(card.title)] = Reached(
            sum(row.score for row in marked) - late.get(name, 0.0),
            sum(row.points for row in marked),
            sum(row.points for row in rows if row.waits),
            len(asked),
            sum(asked),
        )
        record.minutes, record.work = record.minutes + card.minutes, record.work + card.minutes
        chapters |= set(map(str, card.chapters))
        _by_chapter(record, card, library, marked)
    for chapter in sorted(chapters & set(place.library.chapters)):
        read_in = place.library.chapters[chapter]
        record.minutes += read_in.minutes
        shown = [area for area in read_in.covers if area.partition("/")[0] in place.library.shown_bodies]
        # A chapter that serves no area of a body that is shown counts under its own title.
        for title in [place.library.areas.get(str(area), str(area)) for area in shown] or [str(read_in.title)]:
            record.areas[title] = record.areas.get(title, 0.0) + read_in.minutes / max(1, len(shown))
    return record


def _late(course: Course, trainee: str) -> dict[str, float]:
    """Assignment -> the points that were taken off because it came late."""
    engine = course.connect()
    with engine.connect() as connection:
        found = {
            name: one.penalty
            for name in course.handed_out()
            for one in standings(connection, name)
            if one.trainee == trainee
        }
    engine.dispose()
    return found


def _by_chapter(record: Record, card: Assignment, library: Library, marked: list[Row]) -> None:
    scores = {row.cell: (row.score, row.points) for row in marked}
    for (chapter, _), (score, points) in by_objective(card, library, scores).items():
        reached = record.chapters.setdefault(_title(chapter, library), Reached())
        reached.score, reached.points = reached.score + score, reached.points + points
    for row in marked:
        question = library.questions.get(row.cell)
        if question and not row.rubric and row.points:
            reached = record.chapters.setdefault(_title(question.chapter, library), Reached())
            reached.asked, reached.right = reached.asked + 1, reached.right + row.score / row.points
            if question.gate:
                record.safety = record.safety[0] + 1, record.safety[1] + (row.score >= row.points)


def _title(chapter: str, library: Library) -> str:
    return str(library.chapters[chapter].title) if chapter in library.chapters else chapter


def text(record: Record, most: int = 0) -> str:
    """For the terminal. `most`: areas that have a line of their own, the rest is one line; all of them where it is 0,
    as the record's number is made."""
    if not record.assignments:
        return t("Nothing of {trainee} has been graded in this course.", trainee=record.trainee)
    lines = [
        tn(
            "{trainee}: about {n} minute of study and work.",
            "{trainee}: about {n} minutes of study and work.",
            record.minutes,
            trainee=record.trainee,
        ),
        "",
        t("Assignments"),
    ]
    lines += [f"  {title}: {one.so_far}" for title, one in record.assignments.items()]
    if record.safety[0]:
        lines += ["", f"{t('Safety questions')}: {_safety(record)}"]
    lines += ["", t("Chapters")] + [f"  {one.words}: {title}" for title, one in record.chapters.items()]
    areas = _areas(record)
    lines += ["", t("Minutes, by area")] + [f"  {minutes}: {area}" for area, minutes in _grouped(areas, most)]
    return "\n".join([*lines, "", f"{t(MINUTES)} {t(NOT_CREDIT)}"])


def record_number(record: Record, given: Criterion, today: date) -> str:
    """The record's number: its day, and a check over everything that it says. The same record has the same number, in
    whichever language it is said."""
    with untranslated():
        said = (given.issuer, given.title, given.says, record.trainee, f"{today}", text(record))
    return f"CR-{today:%Y%m%d}-{sha256(chr(10).join(said).encode()).hexdigest()[:8].upper()}"


def pdf(
    record: Record, given: Criterion, today: date, path: Path, signers: tuple[str, ...] = (), size: str = "a4"
) -> None:
    """A completion record that says what was completed and names the program as the one who gives it. Raises
    CannotPrint, in one line.

    `signers`: who signs for the program, each with credentials; without one a line is left for the name.
    """
    program = str(given.issuer)
    paper = Paper(t("Completion record"), program, today, kind=t("Record of study"), who=record.trainee)
    paper.number = record_number(record, given, today)
    paper.foot = t(VERIFY, program=program, url=given.url)
    hours = tn(
        "about {n} hour of reading and assignments, as they are planned",
        "about {n} hours of reading and assignments, as they are planned",
        round(record.minutes / 60) or 1,
    )
    paper.facts(
        [
            (t("Given to"), record.trainee),
            (tc("facts", "For"), str(given.title)),
            (t("Asked for, and met"), str(given.says)),
            (tc("facts", "By"), program),
            (tc("facts", "On"), day_in_words(today)),
            (tc("facts", "Study"), hours),
            *([(t("Safety questions"), _safety(record))] if record.safety[0] else []),
        ]
    )
    paper.note(t(NOT_CREDIT))
    head = [
        (t("All points"), 0, "n"),
        (t("Questions alone"), 0, "n"),
        (t("Likely range, 0 to 100 %"), 1.4, ""),
        (t("State"), 0, ""),
    ]
    paper.heading(t("Assignments"))
    paper.table(
        [(t("Assignment"), 2, ""), *head],
        [[_set(title), one.words, one.share, _range(one), _state(one)] for title, one in record.assignments.items()],
    )
    paper.heading(t("By chapter"))
    paper.table(
        [(t("Chapter"), 2, ""), *head[:3]],
        [[_set(title), one.words, one.share, _range(one)] for title, one in record.chapters.items()],
    )
    paper.text(t(COLUMNS, fewest=RANGED), small=True)
    paper.heading(t("Minutes of study, by area"))
    paper.table(
        [(t("Area"), 1, ""), (t("Minutes"), 0, "n")],
        [[_set(area), f"{minutes}"] for area, minutes in [*_areas(record), (t("Together"), record.minutes)]],
    )
    paper.text(t(MINUTES), small=True)
    paper.signatures(
        t(
            "What is signed: that {program} has on file what record No. {number} says of {trainee}’s study.",
            program=program,
            number=paper.number,
            trainee=record.trainee,
        ),
        [
            *(Signature(name, t("for {program}", program=program)) for name in signers or (t("Name and credential:"),)),
            Signature(record.trainee, t("Trainee")),
        ],
    )
    paper.save(path, size)


def _set(title: str) -> str:
    """A title of the book, with marks that curl."""
    return str(typeset(title))


def _safety(record: Record) -> str:
    asked, whole = record.safety
    return t("every point in {whole} of {asked}", whole=whole, asked=asked)


def _range(reached: Reached) -> Interval | str:
    return reached.interval or t("too few questions for a range")


def _state(reached: Reached) -> Tag:
    if not reached.waiting:
        return Tag(t("marked"), "good")
    return Tag(tn("{n} point not marked yet", "{n} points not marked yet", reached.waiting), "note")


def _grouped(areas: list[tuple[str, int]], most: int) -> list[tuple[str, int]]:
    """Areas with their minutes, those after the first few in one; the assignments, which come last, stay apart."""
    *areas, work = areas
    small = areas[most:]
    if not most or len(small) < 2:
        return [*areas, work]
    minutes = counted(small[0][1], "minute")
    words = t("{n} more areas, {minutes} at most in each (--areas lists them)", n=len(small), minutes=minutes)
    return [*areas[:most], (words, sum(minutes for _, minutes in small)), work]


def _areas(record: Record) -> list[tuple[str, int]]:
    """Minutes by area, the most first, and those of the assignments: in whole minutes, together what is said of the
    whole. The largest remainders are rounded up."""
    whole = {area: floor(minutes) for area, minutes in record.areas.items()}
    left = round(sum(record.areas.values())) - sum(whole.values())
    for area in sorted(whole, key=lambda area: whole[area] - record.areas[area])[:left]:
        whole[area] += 1
    return [*sorted(whole.items(), key=lambda pair: -pair[1]), (t("The assignments themselves"), record.work)]
