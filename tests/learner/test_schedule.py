"""The schedule of spaced review, held to `tests/schedule.json`, which the page's JavaScript is held to as well.

After a change of the schedule: `python tests/learner/test_schedule.py` writes the file anew.
"""

import json
import os
import random
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fsrs import Card, Rating

from grader.learner import spacing

CORPUS = Path(__file__).parent.parent / "schedule.json"
TODAY = datetime(2026, 1, 5, 12, tzinfo=UTC)
HISTORIES = 200
LATER = (1, 8, 40)  # days until a card is due


def histories():
    """Random histories of up to 12 answers, early, late and on the same day, with and without an examination ahead."""
    dice = random.Random(3)
    for _ in range(HISTORIES):
        exam = (TODAY + timedelta(days=dice.randint(2, 90))).date() if dice.random() < 0.3 else None
        rule = spacing.scheduler(exam, TODAY.date())
        card, now, steps = Card(card_id=0), TODAY, []
        for turn in range(dice.randint(1, 12)):
            days = 0 if turn == 0 else dice.choice([0, 1, 2, 5, 20, 100])
            now += timedelta(days=days)
            rating = dice.choice([1, 2, 3, 3, 4])
            card, _ = rule.review_card(card, Rating(rating), now)
            steps.append([rating, days, card.stability, card.difficulty, (card.due - now).days])
        yield {"longest": rule.maximum_interval, "steps": steps}


def examinations():
    """For days around an examination, morning and evening: the longest interval in days, and when a card of each due
    day comes (milliseconds, in UTC)."""
    for hour in (0, 9, 23):
        now = TODAY.replace(hour=hour)
        for ahead in range(-1, 31):
            exam = (now + timedelta(days=ahead)).date()
            cards = [
                Card(card_id=0, due=now + timedelta(days=days), last_review=now - timedelta(days=1)) for days in LATER
            ]
            yield {
                "now": _milliseconds(now),
                "exam": exam.isoformat(),
                "longest": spacing.scheduler(exam, now.date()).maximum_interval,
                "due": [_milliseconds(card.due) for card in cards],
                "comes": [_milliseconds(spacing._when(card, exam, now)) for card in cards],
            }


def _milliseconds(moment):
    return round(moment.timestamp() * 1000)


def corpus():
    return {
        "parameters": list(spacing.PARAMETERS),
        "histories": list(histories()),
        "examinations": list(examinations()),
    }


def test_the_schedule_is_that_of_the_corpus(monkeypatch):
    monkeypatch.setitem(os.environ, "TZ", "UTC")
    time.tzset()
    try:
        made, held = corpus(), json.loads(CORPUS.read_text(encoding="utf-8"))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert made["examinations"] == held["examinations"] and made["parameters"] == held["parameters"]
    assert len(made["histories"]) == len(held["histories"])
    for mine, theirs in zip(made["histories"], held["histories"]):
        assert mine["longest"] == theirs["longest"]
        for one, other in zip(mine["steps"], theirs["steps"]):
            assert one[:2] == other[:2] and one[4] == other[4] and one[2:4] == pytest.approx(other[2:4], rel=1e-9)


if __name__ == "__main__":
    os.environ["TZ"] = "UTC"
    time.tzset()
    text = json.dumps(corpus(), separators=(",", ":")).replace('{"', '\n{"')
    CORPUS.write_text(text.strip() + "\n", encoding="utf-8")


def test_a_day_turns_at_four_in_the_morning_where_the_learner_is(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        evening = datetime(2026, 10, 24, 20).astimezone()
        progress = spacing.Progress()
        spacing.answer(progress, "card", 1, evening)
        night, morning = datetime(2026, 10, 25, 3, 59), datetime(2026, 10, 25, 4)  # the clocks change in between
        assert spacing.day_of(night.astimezone()) == date(2026, 10, 24)
        assert spacing.due(progress, ["card"], night.astimezone(), 0) == []
        assert spacing.due(progress, ["card"], morning.astimezone(), 0) == ["card"]
        assert progress.cards["card"].last_review == evening
    finally:
        monkeypatch.undo()
        time.tzset()
