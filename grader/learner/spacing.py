"""Spaced review of practice cards with FSRS, by the `fsrs` package, and aware of a date by which all should be fresh.

The book's page counts the same way (`js/src/book/schedule.js`); `tests/schedule.json` holds both to the same figures.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from fsrs import Card, Rating, Scheduler

from ..language import t
from ..web.files import write as write_file

PARAMETERS = list(Scheduler().parameters)
RETENTION = 0.9
NEW_A_DAY = 10
TURN = 4  # the hour at which a new day begins


class Unreadable(Exception):
    """Why a review file cannot be used; one line."""


@dataclass
class Progress:
    """What has been reviewed: name -> card of FSRS; the date of an examination, if one was chosen."""

    cards: dict[str, Card] = field(default_factory=dict)
    exam: date | None = None


def scheduler(exam: date | None, today: date) -> Scheduler:
    """Whole days and no chance. With an exam ahead no interval reaches beyond it, so every card comes once more
    before."""
    longest = max(1, (exam - today).days - 1) if exam and exam > today else 36500
    return Scheduler(
        PARAMETERS, RETENTION, learning_steps=(), relearning_steps=(), maximum_interval=longest, enable_fuzzing=False
    )


def read(path: Path) -> Progress:
    """Read a review file; empty where there is none yet. Raises Unreadable."""
    if not path.exists():
        return Progress()
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        exam = date.fromisoformat(kept["exam"]) if kept.get("exam") else None
        return Progress({name: Card.from_json(text) for name, text in kept["cards"].items()}, exam)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise Unreadable(t("{path}: is not a review file. Move it away, and a new one is begun.", path=path)) from None


def write(path: Path, progress: Progress) -> None:
    """Whole or not at all."""
    kept = {
        "exam": progress.exam.isoformat() if progress.exam else "",
        "cards": {name: card.to_json() for name, card in sorted(progress.cards.items())},
    }
    write_file(path, json.dumps(kept, indent=1))


def due(progress: Progress, names: list[str], now: datetime, new: int = NEW_A_DAY) -> list[str]:
    """What to review now: first what is due, the most overdue first, then up to `new` cards that were never seen, in
    their order."""
    when = {name: _when(progress.cards[name], progress.exam, now) for name in names if name in progress.cards}
    late = sorted((moment, name) for name, moment in when.items() if moment <= now)
    unseen = [name for name in names if name not in progress.cards]
    return [name for _, name in late] + unseen[:new]


def _when(card: Card, exam: date | None, now: datetime) -> datetime:
    """When a card comes: as it was scheduled, but on the eve of an examination at the latest, if it was not seen
    that day."""
    if not exam or exam <= now.astimezone().date():
        return card.due
    eve = datetime.combine(exam - timedelta(days=1), time.min).astimezone()
    return min(card.due, eve) if card.last_review is None or card.last_review < eve else card.due


def day_of(moment: datetime) -> date:
    """The calendar day of a moment where the learner is; it turns at TURN, so that who studies past midnight is still
    in the same one."""
    return (moment.astimezone() - timedelta(hours=TURN)).date()


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(TURN)).astimezone(UTC)


def answer(progress: Progress, name: str, rating: int, now: datetime) -> int:
    """Note an answer (1 again, 2 hard, 3 good, 4 easy); the calendar days until the card comes again. What comes
    tomorrow comes from TURN in the morning on."""
    card = progress.cards.get(name) or Card(card_id=0, due=now)
    today, before = day_of(now), card.last_review
    if before:
        card.last_review = _begins(day_of(before))
    card, _ = scheduler(progress.exam, now.astimezone().date()).review_card(card, Rating(rating), _begins(today))
    days = round((card.due - _begins(today)) / timedelta(days=1))
    card.due = _begins(today + timedelta(days=days))
    card.last_review = now.astimezone(UTC)
    progress.cards[name] = card
    return days
