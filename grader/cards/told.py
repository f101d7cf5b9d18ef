"""Evidence cards in words: label and text, for the page and for the terminal alike."""

from __future__ import annotations

import re
from datetime import date

from .evidence import Evidence, HelpLine, Outcome, Ruling

READ = {
    "full-text": "Read in full",
    "guideline": "The guideline itself was read",
    "statute": "The text of the law was read",
    "abstract": "Only the abstract was read",
    "secondary": "Read in somebody else's account of it",
    "not-seen": "Not read by the editors of this book",
}
#: The same of a row of law or a help line.
ROW_READ = READ | {
    "full-text": "The service's or body's own page was read",
    "guideline": "The body's own page was read",
    "abstract": "Only the opening was read",
}


def day(iso: str) -> str:
    """`2026-11-28` as `28 November 2026`."""
    when = date.fromisoformat(iso)
    return f"{when.day} {when:%B} {when.year}"


def grade(word: str) -> str:
    return str(word).replace("-", " ")


def result(one: Outcome) -> str:
    """One result in a line."""
    more = "; ".join(part for part in (flat(one.interval), flat(one.follow_up)) if part)
    return f"{flat(one.what)}: {flat(one.found)}" + (f" ({more})" if more else "")


def facts(card: Evidence) -> list[tuple[str, str]]:
    """What a card says, as (label, text), in reading order; a label comes again for each result."""
    who = "; ".join(part for part in (flat(card.population), flat(card.n), flat(card.setting)) if part)
    law = "; ".join(
        part
        for part in (
            flat(card.place),
            flat(card.section),
            f"in force since {day(card.in_force)}" if card.in_force else "",
        )
        if part
    )
    rows = [
        ("Law", law),
        ("Who", who),
        ("Design", flat(card.design)),
        ("Compared", "" if card.comparison.strip() == "none" else flat(card.comparison)),
    ]
    rows += [("Found", result(one) + (f" [{grade(one.certainty)}]" if one.certainty else "")) for one in card.outcomes]
    rows += [
        ("Does not show", f"{flat(card.does_not_show)}."),
        ("Certainty", f"{grade(card.certainty)}. {flat(card.because)}."),
        ("Read", read(card)),
    ]
    return [(label, text[0].upper() + text[1:]) for label, text in rows if text]


def read(row: Evidence | Ruling | HelpLine) -> str:
    """How far it was read, where, when, and when somebody looks again."""
    where = flat(getattr(row, "where", ""))
    words = READ if isinstance(row, Evidence) else ROW_READ
    parts = [words[row.seen] + (f": {where}" if where else ""), f"checked {day(row.checked)}"]
    if row.look_again:
        parts.append(f"{'was to be looked at' if row.due else 'look'} again by {day(row.look_again)}")
    return "; ".join(parts) + "."


def flat(text: str) -> str:
    """A text of a card on one line, without its last full stop."""
    return unbroken(" ".join(str(text).split()).rstrip("."))


def unbroken(text: str) -> str:
    """A text whose percent signs never begin a line."""
    return re.sub(r"(?<=\d) (?=%)", "\u00a0", text)
