"""What a cohort chose in each question of an assignment: for the feedback, where the program wants it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..grading import gradebook, kept
from ..grading.settings import Settings

ENOUGH = 15  # answers; of fewer a share says little, and may say who


@dataclass(frozen=True)
class Chosen:
    """One question: how many answered it so that it could be read, and how many of them marked each letter."""

    answers: int
    letters: Mapping[str, int] = field(default_factory=dict)

    def share(self, letter: str) -> int:
        """In whole percent, 0 to 100."""
        return round(100 * self.letters.get(letter, 0) / self.answers)


def chosen(settings: Settings, assignment: str) -> dict[str, Chosen]:
    """Question -> what the cohort chose; nothing where the course does not show it, and no question with fewer than
    ENOUGH answers. Raises Unsupported for a gradebook that cannot be read."""
    if not settings.shares:
        return {}
    with gradebook.reading(settings.db_url) as connection:
        read = kept.answers(connection, assignment).values()
    answers: Counter[str] = Counter()
    letters: dict[str, Counter[str]] = {}
    for own in read:
        for name, words in own.items():
            if words.state == "answered":
                answers[name] += 1
                letters.setdefault(name, Counter()).update(words.chosen)
    return {name: Chosen(count, letters[name]) for name, count in answers.items() if count >= ENOUGH}
