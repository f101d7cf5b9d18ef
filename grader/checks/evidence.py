"""Rules for evidence cards by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from ..cards.evidence import Evidence
from ..cards.findings import findings
from ..cards.library import NAME, Library
from ..cards.problem import Problem, Text, near, problem, rule


@rule("E001")
def card_of_a_work(library: Library) -> Iterator[Problem]:
    """An evidence card is named after the key of its work in `book/references.bib`.

    Under another name no page would ever find it.

    `book/evidence/kuo2009secrets.yml` says what stands behind `kuo2009secrets`.
    """
    for card in library.evidence.values():
        if card.name not in library.works:
            yield problem(
                card_of_a_work,
                library.shown(card.path),
                None,
                f"`{card.name}` is not in the bibliography",
                near(card.name, library.works),
            )


@rule("E002")
def outcome_ids(library: Library) -> Iterator[Problem]:
    """Each result of a card has a short name of its own, by which an evidence table takes it: `key/pain-intensity`.

    With two of one name nobody could tell which of them a claim rests on. Names are small letters, figures and hyphens.
    """
    for card in library.evidence.values():
        seen: set[str] = set()
        for one in card.outcomes:
            if not NAME.fullmatch(one.id):
                yield problem(
                    outcome_ids,
                    library.shown(card.path),
                    one.id,
                    f"`{one.id}` is not a short name",
                    "Use small letters, figures and hyphens, for example `pain-intensity`.",
                )
            elif str(one.id) in seen:
                yield problem(
                    outcome_ids,
                    library.shown(card.path),
                    one.id,
                    f"two results of this card are named `{one.id}`",
                    "Rename one of them.",
                )
            seen.add(str(one.id))


@rule("E003")
def law_has_its_place(library: Library) -> Iterator[Problem]:
    """A card whose certainty is `law` says where the law holds, which section it is, and by when somebody looks again.

    A rule without its place is read as if it held everywhere, and an old one as if it held today.
    """
    for card in library.evidence.values():
        missing = [name for name in ("place", "section", "look_again") if not getattr(card, name)]
        if card.certainty == "law" and missing:
            yield problem(
                law_has_its_place,
                library.shown(card.path),
                card.certainty,
                f"a card of law needs `{missing[0]}`",
                "Say where it holds, which section it is, and by when to look again.",
            )


@rule("E004")
def not_seen_no_numbers(library: Library) -> Iterator[Problem]:
    """A card of a work that nobody has seen carries no numbers.

    A figure from memory looks exactly like one that was read.

    Read the work, or somebody's account of it (`seen: secondary`, with `where`), or take the number out.
    """
    for card in library.evidence.values():
        if card.seen != "not-seen":
            continue
        for text in _texts(card):
            if found := findings(text):
                yield problem(
                    not_seen_no_numbers,
                    library.shown(card.path),
                    text,
                    f"this work was not seen, and the card says `{found[0].text}`",
                    "Take the number out, or say where it was read.",
                )


def _texts(card: Evidence) -> Iterator[Text]:
    yield from (text for name, text in card.texts() if name != "section" and text)


@rule("E005")
def seen_has_results(library: Library) -> Iterator[Problem]:
    """A card of a work that was seen has at least one result, the primary outcome first, and says where it was read.

    Without a result no claim can rest on the card; without the place nobody can look again.
    """
    for card in library.evidence.values():
        if card.seen != "not-seen":
            missing = "outcomes" if not card.outcomes else "where" if not card.where else ""
            if missing:
                yield problem(
                    seen_has_results,
                    library.shown(card.path),
                    card.seen,
                    f"a card that says `seen: {card.seen}` needs `{missing}`",
                    "Give the results that are leaned on, and where they were read.",
                )


@rule("E010", "warning")
def look_again(library: Library) -> Iterator[Problem]:
    """The day has passed on which somebody was to look at this again. Pages print that it is due.

    Read the work or the law once more, mend what changed, and set `checked` and `look_again` anew.
    """
    for card in library.evidence.values():
        if card.due:
            yield problem(
                look_again,
                library.shown(card.path),
                card.look_again,
                f"this was to be looked at again by {card.look_again}",
                "Look again, and set `checked` and `look_again`.",
            )
    for place in library.places.values():
        for row in (*place.law, *place.lines):
            if row.due:
                yield problem(
                    look_again,
                    library.shown(place.path),
                    row.look_again,
                    f"this row was to be looked at again by {row.look_again}",
                    "Look again, and set `checked` and `look_again`.",
                )


CHECKS = (card_of_a_work, outcome_ids, law_has_its_place, not_seen_no_numbers, seen_has_results, look_again)
