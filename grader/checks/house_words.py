"""The rule for words that stigmatise, judge or are out of date; the list is the book's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..cards.library import Library
from ..cards.problem import Problem, Text, problem, rule
from ..cards.source import read_fields, read_text

HOUSE_WORDS = "book/house-words.yml"


@rule("W109", "warning")
def house_words(library: Library) -> Iterator[Problem]:
    """A word that stigmatises, judges or is out of date, with a better one from `book/house-words.yml`. What a client
    says in quotation marks may stand.

    Words carry a view of the person, and trainees take over the words of what they study.
    """
    fields, problems = (
        read_fields(library.source(HOUSE_WORDS), HOUSE_WORDS) if library.source(HOUSE_WORDS).exists() else (None, [])
    )
    yield from problems
    better = (
        {
            str(word).lower(): str(instead)
            for word, instead in fields.values.items()
            if word.strip() and isinstance(instead, Text)
        }
        if fields
        else {}
    )
    if not better:
        return
    wanted = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(better, key=len, reverse=True))
    anywhere = re.compile(wanted)  # in small letters and without its ends, it is many times as fast
    pattern = re.compile(
        rf"(?<![\w-])({wanted})(?![\w-])", re.IGNORECASE
    )  # a card's name, joined by hyphens, is no prose
    for path in dict.fromkeys(card.path for card in (*library.cards(), *library.sets.values())):
        text, _ = read_text(path, "")
        if not text or not anywhere.search(text.lower()):
            continue
        bare = re.sub(
            r"\"[^\"\n]*\"|“[^“”]*”|\*[^*\n]+\*|`[^`\n]*`", lambda match: re.sub(r"[^\n]", " ", match[0]), text
        )
        for match in pattern.finditer(bare):
            before, word = bare[: match.start()], " ".join(match[1].split())
            at = Text(word, before.count("\n") + 1, len(before) - before.rfind("\n"))
            yield problem(
                house_words,
                library.shown(path),
                at,
                f"`{word}` judges, or is out of date",
                f"Better: {better[word.lower()]}.",
            )


CHECKS = (house_words,)
