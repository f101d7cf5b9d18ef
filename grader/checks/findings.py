"""Rules for numbers: what a page or a card says that a work found, held against the evidence card of the work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .said import said
from ..cards.evidence import Evidence
from ..cards.library import Library
from ..cards.numbers import Number, agree, numbers
from ..cards.problem import Problem, problem, rule

SHOWN = 16  # numbers of a card that a message lists


def _known(card: Evidence) -> list[tuple[str, Number]]:
    """Every number of a card, with the field or the result in which it stands."""
    return [(name, number) for name, text in card.texts() for number in numbers(text)]


@rule("E006", excusable=True)
def number_in_card(library: Library) -> Iterator[Problem]:
    """A number in a sentence that cites a work stands in the evidence card of that work.

    The message lists the numbers which the card has. Rounding, percentages for proportions, words for figures and
    *a third* for 33 % are understood. Where the card is right, mend the sentence; where the work says what the sentence
    says, add the result to the card. In a question the reasons are held against its `sources`.

    An excuse names the number: `allow: {E006 41 %: "the reader's own count, said to be so"}`.
    """
    known = {name: _known(card) for name, card in library.evidence.items()}
    for one in said(library):
        if all(key in known for key in one.works):
            for number in one.numbers():
                if not any(agree(number, other) for key in one.works for _, other in known[key]):
                    has = ". ".join(f"{key} has {_list(known[key])}" for key in one.works)
                    yield problem(
                        number_in_card,
                        library.shown(one.file),
                        one.at(number.at),
                        f"`{number.text}` is not in the evidence card of {' or '.join(one.works)}",
                        f"The card of {has}. Mend the sentence; or, if the work says so, add the result to its card.",
                    )


def _list(known: list[tuple[str, Number]]) -> str:
    """A card's numbers as a message lists them: no years of its setting, no lone `one`."""
    shown = [
        number.text
        for name, number in known
        if number.kind != "share" and number.value != 1 and not (name == "setting" and 1500 <= number.value <= 2100)
    ]
    shown = list(dict.fromkeys(shown))
    return ("; ".join(shown[:SHOWN]) + ("; ..." if len(shown) > SHOWN else "")) or "no number"


@rule("E007")
def card_missing(library: Library) -> Iterator[Problem]:
    """A number leans on a work that has no evidence card, so nobody can check it from here.

    It is said once for each work on a page.

    Make one, and write it from the work itself: `grader new evidence KEY`.
    """
    known = {name: _known(card) for name, card in library.evidence.items()}
    named: set[tuple[Path, str]] = set()
    for one in said(library):
        missing = [
            key
            for key in one.works
            if key in library.works and not library.there("evidence", key) and (one.file, key) not in named
        ]
        for number in one.numbers() if missing else ():
            if not any(agree(number, other) for key in one.works for _, other in known.get(key, ())):
                for key in missing:
                    yield problem(
                        card_missing,
                        library.shown(one.file),
                        one.at(number.at),
                        f"`{number.text}` leans on {key}, which has no evidence card",
                        f"Write it: grader new evidence {key}.",
                    )
                named.update((one.file, key) for key in missing)
                break


@rule("E008", "warning")
def number_has_its_noun(library: Library) -> Iterator[Problem]:
    """A percentage stands in its sentence with a word of whom it is about and a word of what was measured.

    Any other number stands with one of the two. Without them a share of those with pain becomes a share of everybody.
    The words are those of the evidence card, endings aside.
    Before:  It was reported by 39 %.
    After:   Of the sexually active men, 39 % reported difficulty with erection.
    """
    known = {name: _known(card) for name, card in library.evidence.items()}
    for one in said(library):
        if one.story or not all(key in known for key in one.works):
            continue
        words = _stems(one.text)
        for number in one.numbers():
            places = [
                (library.evidence[key], name) for key in one.works for name, other in known[key] if agree(number, other)
            ]
            lacks = [_lacking(words, number, card, name) for card, name in places]
            if lacks and all(lacks):
                yield problem(
                    number_has_its_noun,
                    library.shown(one.file),
                    one.at(number.at),
                    f"`{number.text}` stands without {lacks[0]}",
                    f"The card says: {_who(*places[0])}.",
                )
                break


def _lacking(words: set[str], number: Number, card: Evidence, name: str) -> str:
    """What a sentence lacks of the card's words: the people, the outcome; nothing for a section of law."""
    outcome = card.outcome(name)
    measured = f"{outcome.what} {outcome.found}" if outcome else " ".join(one.what for one in card.outcomes)
    people, what = (
        words & _stems(f"{card.population} {card.n}"),
        words & _stems(f"{measured} {card.comparison} {card.design}"),
    )
    both = number.unit == "%" and not words & _NOT_OF_PEOPLE
    if card.certainty == "law" or (people and what) or (not both and (people or what)):
        return ""
    return "its outcome" if people else "its people" if what else "its people and its outcome"


def _who(card: Evidence, name: str) -> str:
    outcome = card.outcome(name)
    return " ".join(f"{card.population}; {outcome.what if outcome else card.n or card.design}".split()).rstrip(".")


#: Percentages that are not of people.
_NOT_OF_PEOPLE = {"sensi", "speci", "varia", "occas"}
_LIKE = {
    "woman": "women",
    "female": "women",
    "females": "women",
    "man": "men",
    "male": "men",
    "males": "men",
    "adults": "people",
    "persons": "people",
    "participants": "people",
    "respondents": "people",
}
_EMPTY = {
    "sexual",
    "sexually",
    "with",
    "from",
    "that",
    "this",
    "than",
    "their",
    "them",
    "they",
    "those",
    "which",
    "were",
    "have",
    "after",
    "before",
    "study",
    "studies",
    "about",
    "more",
    "less",
    "into",
    "each",
    "other",
    "between",
    "against",
    "over",
    "under",
}


def _stems(text: str) -> set[str]:
    """The words of a text without their endings, to compare by: `partnered` and `partners` are alike."""
    names = {word.lower() for word in re.findall(r"\b[A-Z]{2,}\b", text)}  # of scales
    words = [_LIKE.get(word, word) for word in re.findall(r"[a-z]{3,}", text.lower())]
    return names | {word[:5].rstrip("s") for word in words if (len(word) > 3 or word == "men") and word not in _EMPTY}


CHECKS = (number_in_card, card_missing, number_has_its_noun)
