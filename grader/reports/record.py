"""What a trainee did with this library: assignments, scores by objective, minutes by area. Kept apart from hours that a body would count."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ..learner.badge import NOT_CREDIT
from .summary import read
from ..grading.top_of_copy import by_objective
from ..grading.course import Course

NOTE = f"Minutes of study by this library's own rule; they are not hours that a certifying body counts, and stand in no ledger. {NOT_CREDIT}"


@dataclass
class Record:
    """One trainee: title -> (score, points, waiting), objective -> (chapter, score, points), area -> minutes."""

    trainee: str
    assignments: dict[str, tuple[float, float, int]] = field(default_factory=dict)
    objectives: dict[str, tuple[str, float, float]] = field(default_factory=dict)
    areas: dict[str, float] = field(default_factory=dict)
    minutes: int = 0


def collect(course: Path, trainee: str) -> Record:
    """Read the gradebook of a course. Raises Unsupported. An empty record says that nothing of this trainee was graded."""
    record = Record(trainee)
    chapters: set[str] = set()
    place = Course(course)
    for name in place.handed_out():
        library = place.as_released(name)
        card = library.assignments[name]
        rows = [row for row in read(course, card) if row.trainee == trainee]
        if not rows:
            continue
        record.assignments[str(card.title)] = (round(sum(row.score for row in rows), 2), sum(row.points for row in rows), sum(row.needs for row in rows))
        record.minutes += card.minutes
        chapters |= set(map(str, card.chapters))
        for (chapter, objective), (score, points) in by_objective(card, library, {row.cell: (row.score, row.points) for row in rows if not row.waits}).items():
            owner = library.chapters.get(chapter)
            words = " ".join(str(owner.objectives.get(objective, objective)).split()) if owner else objective
            before = record.objectives.get(words, ("", 0.0, 0.0))
            record.objectives[words] = (str(owner.title) if owner else chapter, round(before[1] + score, 2), before[2] + points)
    for chapter in sorted(chapters & set(place.library.chapters)):
        card = place.library.chapters[chapter]
        record.minutes += card.minutes
        for area in card.covers:
            title = place.library.areas.get(str(area), str(area))
            record.areas[title] = record.areas.get(title, 0.0) + card.minutes / len(card.covers)
    return record


def text(record: Record) -> str:
    """For the terminal."""
    if not record.assignments:
        return f"Nothing of {record.trainee} has been graded in this course."
    lines = [f"{record.trainee}: about {record.minutes} minutes of study and work.", "", "Assignments"]
    lines += [f"  {title}: {score:g} of {points:g}" + (f", {waiting} still to be looked at" if waiting else "") for title, (score, points, waiting) in record.assignments.items()]
    lines += ["", "Objectives"] + [f"  {score:g} of {points:g}: {words} ({chapter})" for words, (chapter, score, points) in record.objectives.items()]
    lines += ["", "Minutes of chapters, by area"] + [f"  {minutes:.0f}: {area}" for area, minutes in sorted(record.areas.items(), key=lambda pair: -pair[1])]
    return "\n".join([*lines, "", NOTE])


def pdf(record: Record, program: str, today: date, path: Path) -> None:
    """A completion record that names the program as the one who gives it."""
    from ..learner.readiness.page import sheet

    paper = sheet(f"Completion record, {today:%d %B %Y}")
    paper.write(f"Given by {program} to {record.trainee}.", 12)
    for line in text(record).split("\n"):
        if line:
            paper.write(line.strip(), 10, indent=4 if line.startswith(" ") else 0)
        else:
            paper.gap()
    paper.save(path)
