"""Numbers in running text: found where they stand, and compared as a careful reader would compare them.

`25.8 %` and `26 %` agree, `a third` and `33 %`, `.58` and `0.58`, `31,581` and `more than 31,000`; `39 %` and
`39 women` do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

UNITS = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = (
    {word: number for number, word in enumerate(UNITS, 2)}
    | {word: 10 * number for number, word in enumerate(TENS, 2)}
    | {"one": 1, "a": 1, "dozen": 12}
)
PARTS = {
    "half": 1 / 2,
    "halve": 1 / 2,
    "third": 1 / 3,
    "quarter": 1 / 4,
    "fifth": 1 / 5,
    "sixth": 1 / 6,
    "eighth": 1 / 8,
    "tenth": 1 / 10,
}
ABOUT = ("about", "around", "roughly", "approximately", "some", "circa")
OVER = ("more than", "over", "above", "at least", "just over")
UNDER = ("fewer than", "less than", "nearly", "almost", "under", "below", "up to", "at most", "just under")

_small = rf"(?:{'|'.join(UNITS[:8])}|one)"
_word = rf"(?:(?:{'|'.join(TENS)})(?:[- ]{_small})?|{'|'.join(sorted(UNITS, key=len, reverse=True))}|one)"
_percent = r"(?P<unit>[\s\u00a0\u202f]?%|[\s-]per\s?cent\b|\spercentage\spoints?)?"
_THOUSANDS = r"[1-9]\d{0,2}(?:[,’'\u00a0\u2009\u202f]\d{3})+(?:\.\d+)?"
_DIGITS = re.compile(
    rf"(?<![\w.,])(?<![A-Za-z]-)(?P<digits>{_THOUSANDS}|\d+(?:[.,]\d+)?|\.\d+)"
    rf"(?!\d|[.,]\d|(?:st|nd|rd|th|s)\b|[A-Za-z]*\d)(?P<times>\s(?:thousand|million))?{_percent}",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"\b(?P<word>{_word}|a(?=\s(?:dozen|hundred|thousand)))"
    rf"(?P<times>[\s-](?:hundred|thousand|dozen))?\b{_percent}",
    re.IGNORECASE,
)
_PART = re.compile(rf"(?:\b(?P<many>{_word}|an?)[\s-])?\b(?P<part>{'|'.join(PARTS)})s?\b", re.IGNORECASE)
_IN = re.compile(
    rf"(?<![\w.,])(?P<few>\d+|{_word})\s(?P<of>in|out\sof|of|per)\s(?:every\s|the\s)?(?P<all>\d[\d,]*|{_word})\b(?!\s?%)",
    re.IGNORECASE,
)
KEPT = 1 << 15  # texts whose numbers are remembered: those of a large library
_HEDGE = re.compile(rf"\b(?:{'|'.join((*ABOUT, *OVER, *UNDER))})$")
_LONGEST = max(map(len, (*ABOUT, *OVER, *UNDER)))
#: Without one of these among its words a text spells no number.
_SPELT = {*WORDS, *PARTS, *(f"{part}s" for part in PARTS), "hundred", "thousand"} - {"a"}
_TIMES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
#: Between two numbers of one list or range, so that a percent sign behind the last holds for all.
_JOINED = re.compile(r"\s*(?:,|;|/|-|–|to|and|or|against|versus|vs\.?|,\s?and)\s*(?:by\s|in\s|of\s)?", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """A number as it was typed.

    `unit` is `%`, empty, or `?` where a percent sign elsewhere in the text may hold for it; `decimals` says to how many
    places it is printed; `near` how it is hedged; `kind` is digits, word, part (a third) or share (31 of 35).
    """

    text: str
    value: float
    at: int
    end: int
    unit: str = ""
    decimals: int = 0
    near: str = ""
    kind: str = "digits"


@lru_cache(KEPT)
def numbers(text: str) -> tuple[Number, ...]:
    """Every number of a text in its order, words and shares among them. Several rules ask for the same texts."""
    spelt = not _SPELT.isdisjoint(re.findall("[a-z]+", text.lower()))
    found = [*_shares(text), *_parts(text)] if spelt else [*_shares(text)]
    for one in (*_plain(text, _DIGITS), *(_plain(text, _WORDS) if spelt else ())):
        if not any(other.kind == "part" and other.at <= one.at and one.end <= other.end for other in found):
            found.append(one)
    return tuple(_units(text, sorted(found, key=lambda one: (one.at, one.end))))


def _plain(text: str, pattern: re.Pattern[str]) -> Iterator[Number]:
    for match in pattern.finditer(text):
        given = match.groupdict()
        if digits := given.get("digits"):
            value, decimals, at, kind = *_read(digits), match.start("digits"), "digits"
        else:
            value, decimals, at, kind = float(_spelled(given["word"])), 0, match.start("word"), "word"
        value *= _TIMES.get((given["times"] or "").strip(" -").lower(), 1)
        yield Number(
            " ".join(text[at : match.end()].split()),
            value,
            at,
            match.end(),
            "%" if given["unit"] else "",
            decimals,
            _near(text, at),
            kind,
        )


def _read(digits: str) -> tuple[float, int]:
    """The value of typed digits and their decimals. A comma before exactly three digits parts thousands,
    any other is a decimal comma.
    """
    if re.fullmatch(_THOUSANDS, digits):
        digits = re.sub(r"[,’'\u00a0\u2009\u202f]", "", digits)
    digits = digits.replace(",", ".")
    return float(digits), len(digits.partition(".")[2])


def _spelled(word: str) -> int:
    return sum(WORDS[part] for part in re.split(r"[\s-]", word.lower()))


def _near(text: str, at: int) -> str:
    """How the number at a place is hedged, by the words before it."""
    end = at
    while end and text[end - 1].isspace():
        end -= 1
    before = " ".join(text[max(0, end - _LONGEST - 1) : end].lower().split())
    words = found[0] if end < at and (found := _HEDGE.search(before)) else ""
    return "about" if words in ABOUT else "over" if words in OVER else "under" if words in UNDER else ""


def _parts(text: str) -> Iterator[Number]:
    """A third, two thirds, half: as percentages."""
    for match in _PART.finditer(text):
        many = (match["many"] or "a").lower()
        value = 100 * (1 if many == "an" else _spelled(many)) * PARTS[match["part"].lower()]
        if value <= 100:
            at = match.start("many") if match["many"] else match.start("part")
            yield Number(text[at : match.end()], value, at, match.end(), "%", 0, _near(text, at), "part")


def _shares(text: str) -> Iterator[Number]:
    """One in three, 31 of 35: as percentages. Of `31 of 35` the two numbers stay, and the share comes beside them."""
    for match in _IN.finditer(text):
        few, every = (
            float(part.replace(",", "")) if part[0].isdigit() else float(_spelled(part))
            for part in (match["few"], match["all"])
        )
        if 0 < few < every and not (1500 <= every <= 2100):
            kind = "share" if match["of"].lower() == "of" else "part"
            yield Number(
                text[match.start("few") : match.end()],
                100 * few / every,
                match.start("few"),
                match.end(),
                "%",
                9,
                _near(text, match.start()),
                kind,
            )


def _units(text: str, found: list[Number]) -> list[Number]:
    """A percent sign holds for the whole list or range before it; elsewhere in its text it may hold.

    A comma alone joins only inside a list that has its `and`: in `57 to 85, 73 % of them` the 85 is an age.
    """
    made: list[Number] = []
    after, inherited = None, False
    percent = any(one.unit == "%" and one.kind != "share" for one in found)
    for one in reversed(found):
        given = False
        if one.kind in ("digits", "word") and not one.unit:
            between = text[one.end : after.at] if after else ""
            if after and after.unit == "%" and one.kind == after.kind == "digits" and _JOINED.fullmatch(between):
                given = inherited or between.strip() not in (",", ";")
            if given:
                one = replace(one, unit="%")
            elif percent and one.value <= 100:
                one = replace(one, unit="?")
        made.append(one)
        if one.kind != "share":
            after, inherited = one, given
    return made[::-1]


def agree(said: Number, known: Number) -> bool:
    """Whether a number in a sentence says what a number in a source says: the same, rounded, hedged, in other words."""
    return any(_close(said, value, decimals) for value, decimals in _readings(said, known))


def _readings(said: Number, known: Number) -> Iterator[tuple[float, int]]:
    """What the known number is in the unit of the one that is said: as it is, and as a percentage or a proportion."""
    if said.unit == known.unit or "?" in (said.unit, known.unit):
        yield known.value, known.decimals
    if said.unit != "" and known.unit != "%" and known.value <= 1:
        yield known.value * 100, max(0, known.decimals - 2)
    if said.unit != "%" and known.unit != "" and said.value <= 1:
        yield known.value / 100, known.decimals + 2


def _close(said: Number, value: float, decimals: int) -> bool:
    tiny = 1e-9 * max(1.0, value)
    if abs(said.value - value) <= tiny:
        return True
    if said.kind == "part" or (said.near and not said.decimals):
        return _hedged(said, value)
    return decimals > said.decimals and abs(said.value - value) <= 0.5 * 10.0**-said.decimals + tiny


def _hedged(said: Number, value: float) -> bool:
    """`About 70 %`, `nearly half`, `more than 31,000`: near enough, and on the right side."""
    part = said.kind == "part"
    room = (0.3 if part else 0.1) * said.value
    if said.near == "over":
        return said.value < value <= said.value + room
    if said.near == "under":
        return said.value - room <= value < said.value
    return abs(said.value - value) <= (0.1 if part else 0.05) * said.value
