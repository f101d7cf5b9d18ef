"""What a card knows beside its words, as labels that any system keeps as tags: `objective:pause-conjoint-work`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..cards.model import Question, Reflection
from ..cards.vocabulary import GATES, LEVELS, TASKS, TOPICS, USES
from ..language import later

_NAME = re.compile(r"[a-z0-9-]{1,80}")
_KEY = re.compile(r"[A-Za-z0-9_-]{1,80}")
_SHARE = re.compile(r"0?\.[0-9]{1,4}")
#: Field -> what its value may be: a form, or one of some words. `source` stands as often as the card has one.
_FORMS: dict[str, re.Pattern[str] | tuple[str, ...]] = {
    "chapter": _NAME,
    "objective": _NAME,
    "level": LEVELS,
    "topic": TOPICS,
    "task": TASKS,
    "gate": GATES,
    "difficulty": _SHARE,
    "use": USES,
    "set": _NAME,
    "source": _KEY,
}
#: What stands above the lines of a rubric that a person must read.
ESCALATE = later("A person must read, whatever the marks:")
#: What stands before the number of words that a reflection asks for.
WORDS = later("Words:")


def labels(card: Question | Reflection) -> tuple[str, ...]:
    """The labels of a card, in the order of its fields."""
    held = {name: getattr(card, name, "") for name in _FORMS if name != "source"}
    held["difficulty"] = f"{held['difficulty']:g}" if held["difficulty"] else ""
    own = [f"{name}:{value}" for name, value in held.items() if value]
    return (*own, *(f"source:{key}" for key in card.sources))


def read(tags: Iterable[str]) -> tuple[dict[str, list[str]], list[str]]:
    """(field -> values, tags that are none of ours). A platform may have changed the case of a tag: only a source's
    counts."""
    found: dict[str, list[str]] = {}
    other = []
    for tag in tags:
        name, _, value = tag.partition(":")
        name = name.strip().lower()
        value = value.strip() if name == "source" else value.strip().lower()
        if _fits(name, value):
            found.setdefault(name, []).append(value)
        else:
            other.append(tag)
    return found, other


def _fits(name: str, value: str) -> bool:
    form = _FORMS.get(name, ())
    return value in form if isinstance(form, tuple) else bool(form.fullmatch(value))
