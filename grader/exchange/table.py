"""Questions as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io

from .items import Essay, Item
from .labels import ESCALATE
from ..cards.model import Question, Reflection
from ..cards.render import words
from ..cards.vocabulary import LETTERS
from ..language import t
from ..reports.export import harmless

HEAD = (
    *("name", "title", "kind", "use", "chapter", "set", "objective", "level", "topic", "task", "gate"),
    *("planned difficulty", "words", "story", "ask"),
)
TAIL = ("key", "explain", "unless", "sources", "review", "replaces", "excuses", "language")


def write(found: list[Item], essays: list[Essay]) -> bytes:
    """CSV with a line for each question, as plain text, options and reasons in columns by letter; an essay has its
    prompt under `ask` and its rubric under `explain`."""
    most = max((len(item.choices) for item in found), default=0)
    letters = LETTERS[:most]
    sides = [f"{what} {letter}" for letter in letters for what in ("option", "reason")]
    rows: list[list[object]] = [
        [*HEAD, *sides, *TAIL],
        *(_row(item, most) for item in found),
        *(_essay(one, most) for one in essays),
    ]
    made = io.StringIO()
    csv.writer(made).writerows([harmless(str(value)) for value in row] for row in rows)
    return ("\ufeff" + made.getvalue()).encode()


def _row(item: Item, most: int) -> list[object]:
    card = item.card
    head: list[object] = [
        item.name,
        item.title,
        card.kind,
        card.use,
        item.chapter,
        card.set,
        card.objective,
        card.level,
        card.topic,
    ]
    sides = [text for option in card.options for text in (words(option.text), words(option.why))]
    blank = [""] * (2 * (most - len(card.options)))
    tail = ["".join(card.key), words(card.explain), words(card.unless), "; ".join(card.sources), card.review]
    tail += [card.replaces, _excuses(card), card.written_in]
    head += [card.task, card.gate, card.difficulty or "", "", words(card.story), words(card.ask)]
    return [*head, *sides, *blank, *tail]


def _essay(essay: Essay, most: int) -> list[object]:
    card = essay.card
    rubric = "\n".join(
        f"{words(criterion.name)}: "
        + "; ".join(f"{points} {words(text)}" for points, text in sorted(criterion.levels.items()))
        for criterion in card.criteria
    )
    rubric += "".join(
        f"\n{t(ESCALATE) if number == 0 else ''} {words(line)}" for number, line in enumerate(card.escalate)
    )
    head = [essay.name, essay.title, "essay", "graded", essay.chapter, "", card.objective, *[""] * 5, card.words, ""]
    head.append(words(card.prompt))
    return [
        *head,
        *[""] * (2 * most),
        "",
        rubric,
        "",
        "; ".join(card.sources),
        card.review,
        "",
        _excuses(card),
        card.written_in,
    ]


def _excuses(card: Question | Reflection) -> str:
    """The warnings that a card allows itself, each with its reason."""
    return "; ".join(f"{code}: {words(reason)}" for code, reason in card.excuses.items())
