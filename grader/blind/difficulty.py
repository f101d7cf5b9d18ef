"""How hard a question is planned to be: what two readers thought before they saw the key, written on its card."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from statistics import fmean

from .answers import read
from ..cards.fields import read_card
from ..cards.library import Library
from ..cards.model import Question
from ..cards.sets import QuestionSet
from ..web.files import write as write_file

READERS = 2


def judged(folders: Iterable[Path]) -> dict[str, list[float]]:
    """Question -> the estimates of all readers of all sheets in these folders. Raises Unreadable."""
    found: dict[str, list[float]] = {}
    for folder in folders:
        for reading in read(folder)[1].values():
            for name, values in reading.p.items():
                found.setdefault(name, []).extend(values)
    return found


def planned(found: dict[str, list[float]]) -> dict[str, float]:
    """Question -> the mean, for those that two readers or more judged; two decimals."""
    return {name: round(fmean(values), 2) for name, values in found.items() if len(values) >= READERS}


def write(library: Library, means: dict[str, float]) -> list[str]:
    """Write each `difficulty` on its card, below what answering asks. Says in a line what was left as it is: a file
    that would not read back is not changed."""
    said = [f"{name}: there is no such question any more." for name in means if name not in library.questions]
    cards = [library.questions[name] for name in means if name in library.questions]
    for card in sorted(
        cards, key=lambda card: -card.level.line
    ):  # from the end of a file on, so that the places above stay true
        before = card.path.read_text(encoding="utf-8")
        write_file(card.path, noted(before, card.level.line, means[card.name]))
        if _read_back(card, library) != means[card.name]:
            write_file(card.path, before)
            said.append(
                f"{library.shown(card.path)}: `difficulty: {means[card.name]:g}` of {card.name} could not be put in;"
                " write it by hand below `level`."
            )
    return said


def noted(text: str, level: int, value: float) -> str:
    """The text of a card's file with `difficulty` below the line (from 1) of its `level`, or below `topic` where
    that follows."""
    lines = text.split("\n")
    line = lines[level - 1]
    indent = line[: len(line) - len(line.lstrip(" \t-"))].replace("-", " ")
    place = level
    if place < len(lines) and lines[place].startswith(f"{indent}topic:"):
        place += 1
    there = place < len(lines) and lines[place].startswith(f"{indent}difficulty:")
    lines[place : place + there] = [f"{indent}difficulty: {value:g}"]
    return "\n".join(lines)


def _read_back(card: Question, library: Library) -> float | None:
    found, _ = read_card(Question, card.path, library.shown(card.path))
    if isinstance(found, QuestionSet):
        return next((story.difficulty for story in found.stories if story.name == card.name), None)
    return found.difficulty if isinstance(found, Question) else None
