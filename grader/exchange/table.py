"""Questions as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io

from .items import Essay, Item
from ..cards.vocabulary import LETTERS
from ..reports.export import harmless

HEAD = ("name", "kind", "use", "chapter", "set", "objective", "level", "topic", "planned difficulty", "story", "ask")
TAIL = ("key", "explain", "unless", "sources", "review")


def write(found: list[Item], essays: list[Essay]) -> bytes:
    """CSV with a line for each question, in the author's own words (Markdown), options and reasons in columns by
    letter; an essay has its prompt under `ask` and its rubric under `explain`."""
    most = max((len(item.choices) for item in found), default=0)
    letters = LETTERS[:most]
    sides = [f"{what} {letter}" for letter in letters for what in ("option", "reason")]
    rows = [[*HEAD, *sides, *TAIL], *(_row(item, most) for item in found), *(_essay(one, most) for one in essays)]
    made = io.StringIO()
    csv.writer(made).writerows([harmless(str(value)) for value in row] for row in rows)
    return ("\ufeff" + made.getvalue()).encode()


def _row(item: Item, most: int) -> list[object]:
    card = item.card
    head = [card.name, card.kind, card.use, item.chapter, card.set, card.objective, card.level, card.topic]
    sides = [text for option in card.options for text in (option.text, option.why)]
    blank = [""] * (2 * (most - len(card.options)))
    tail = ["".join(card.key), card.explain, card.unless, "; ".join(card.sources), card.review]
    return [*head, card.difficulty or "", card.story, card.ask, *sides, *blank, *tail]


def _essay(essay: Essay, most: int) -> list[object]:
    card = essay.card
    rubric = "\n".join(
        f"{criterion.name}: " + "; ".join(f"{points} {text}" for points, text in sorted(criterion.levels.items()))
        for criterion in card.criteria
    )
    head = [card.name, "essay", "", essay.chapter, "", card.objective, "", "", "", "", card.prompt]
    return [*head, *[""] * (2 * most), "", rubric, "", "; ".join(card.sources), card.review]
