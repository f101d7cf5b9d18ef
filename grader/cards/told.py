"""Evidence cards in words: label and text, for the page and for the terminal alike."""

from __future__ import annotations

import re
from datetime import date

from .evidence import Evidence, HelpLine, Outcome, Ruling
from .vocabulary import spoken
from ..language import day as in_words
from ..language import later, t, tc

READ = {
    "full-text": later("Read in full"),
    "guideline": later("The guideline itself was read"),
    "statute": later("The text of the law was read"),
    "abstract": later("Only the abstract was read"),
    "secondary": later("Read in somebody else's account of it"),
    "not-seen": later("Not read by the editors of this book"),
}
#: The same of a row of law or a help line.
ROW_READ = READ | {
    "full-text": later("The service's or body's own page was read"),
    "guideline": later("The body's own page was read"),
    "abstract": later("Only the opening was read"),
}


def day(iso: str) -> str:
    """`2026-11-28` as `28 November 2026`."""
    return in_words(date.fromisoformat(iso))


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
            t("in force since {day}", day=day(card.in_force)) if card.in_force else "",
        )
        if part
    )
    rows = [
        (t("Law"), law),
        (tc("evidence", "Who"), who),
        (t("Design"), flat(card.design)),
        (t("Compared"), "" if card.comparison.strip() == "none" else flat(card.comparison)),
    ]
    rows += [
        (t("Found"), result(one) + (f" [{spoken(one.certainty)}]" if one.certainty else "")) for one in card.outcomes
    ]
    rows += [
        (t("Does not show"), f"{flat(card.does_not_show)}."),
        (t("Certainty"), f"{spoken(card.certainty)}. {flat(card.because)}."),
        (t("Read"), read(card)),
    ]
    return [(label, text[0].upper() + text[1:]) for label, text in rows if text]


def read(row: Evidence | Ruling | HelpLine) -> str:
    """How far it was read, where, when, and when somebody looks again."""
    where = flat(getattr(row, "where", ""))
    words = READ if isinstance(row, Evidence) else ROW_READ
    parts = [t(words[row.seen]) + (f": {where}" if where else ""), t("checked {day}", day=day(row.checked))]
    if row.look_again:
        again = day(row.look_again)
        parts.append(
            t("was to be looked at again by {day}", day=again) if row.due else t("look again by {day}", day=again)
        )
    return "; ".join(parts) + "."


def flat(text: str) -> str:
    """A text of a card on one line, without its last full stop."""
    return unbroken(" ".join(str(text).split()).rstrip("."))


def unbroken(text: str) -> str:
    """A text whose percent signs never begin a line."""
    return re.sub(r"(?<=\d) (?=%)", "\u00a0", text)
