"""Which numbers of a text say what somebody found: no years, ages or codes; words where they count studies or
shares."""

from __future__ import annotations

import re
from functools import lru_cache

from .numbers import KEPT, PARTS, TENS, UNITS, Number, numbers

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_LABELS = (
    "session|part|chapter|step|level|week|stage|figure|table|standard|standards|section|area|item|version|article|"
    "principle|cfr|hour|day"
)
_WORD_FIRST = (
    r"(?:1[5-9]|20)\d\ds?\b",  # years
    rf"\d{{1,2}} (?:{_MONTHS})\b",
    r"\d+[- ]year[s]?[- ]old\b",
    r"(?:aged|age|turned|(?<!\d )of) \d{2}\b(?![.,]\d)",
    r"[A-Z][A-Za-z]*(?:-[A-Za-z]+)?-\d+[A-Za-z.-]*",  # DSM-5-TR, PHQ-9
    r"[A-Z]{2}\d[.\dA-Z]*\b",  # HA00
    r"[A-Z]{2,}(?:\d-?[A-Z]*|-[A-Z]*)?\d*\b",
    r"\d{3}\.\d+\b",  # 302.72, 164.524
    r"\d+ ?(?:CFR|Cal)\b",
    r"\d{1,2}:\d\d\b|at \d{1,2}\.\d\d\b(?! ?%)|24 hours\b",  # clock times
    rf"(?i:(?:{_LABELS})s? \d[\d.()a-z-]*(?: and \d+)?)",
    r"9\d ?% (?:CI|confidence|interval)",
)
#: Figures that are not findings; the second part is the age in `Ines, 41, speaks`.
NOT_FINDINGS = re.compile(rf"\b(?:{'|'.join(_WORD_FIRST)})|(?<![\d%]), ?(?:aged )?\d{{2}},(?!\d)")
_STUDIES = r"(?:\w+[\s-]){0,2}(?:trials|studies|papers|articles|reviews|surveys|experiments|interviews|reports)\b"
_TIME = r"\s(?:hour|day|week|month|year|session)s?\b"
_PEOPLE = (
    "women|men|people|persons|adults|couples|participants|patients|clients|therapists|psychologists|counsellors|"
    "clinicians|partners|mothers|fathers|members|respondents|students|sample|those|them|cases|trials|studies"
)
_DID = "had|have|has|were|was|did|do|reported|said|felt|used|screened|improved"
_OF_PEOPLE = rf"\sof\s(?:(?:all\s|the\s)?\d|(?:[\w-]+\s){{0,3}}(?:{_PEOPLE})\b)"
_SHARED = rf"(?:{_OF_PEOPLE}|\s(?:the\s|all\s)(?:{_PEOPLE})\b|\s(?:{_DID})\b)"
_LEADS = re.compile(r"\b(?:the|other|this|that|its|their|her|his|second|first|better|physical)\s$", re.IGNORECASE)
_WORDS = *PARTS, "per cent", *UNITS, *TENS, "one in", "one out", "dozen", "hundred", "thousand"
_DIGIT = re.compile(r"\d")
_HINT = re.compile(rf"\b(?:{'|'.join(_WORDS)})", re.IGNORECASE)


def may_find(text: str) -> bool:
    """Whether it is worth looking for numbers here; quick."""
    if _DIGIT.search(text):
        return True
    small = text.lower()
    return any(word in small for word in _WORDS) and bool(_HINT.search(text))


@lru_cache(KEPT)
def findings(text: str) -> tuple[Number, ...]:
    """The numbers of a text that say what somebody found.

    Words are among them where they count studies, are a share, or tell the time beside another finding.
    """
    if not may_find(text):
        return ()
    shown = NOT_FINDINGS.sub(lambda match: " " * len(match[0]), text)
    found = [one for one in numbers(shown) if one.kind != "share"]
    firm = [one for one in found if one.kind == "digits" or _counts(one, shown)]
    if not firm:
        return ()
    return tuple(one for one in found if one in firm or (one.kind == "word" and re.match(_TIME, shown[one.end :])))


def _counts(one: Number, text: str) -> bool:
    """Whether a number in words says what somebody found, by what stands around it."""
    before, after = text[: one.at], text[one.end :]
    if one.kind == "word":
        counted = re.match(rf"\s(?:of\s\w+\s)?{_STUDIES}", after) and one.value > 1 and not _LEADS.search(before)
        return one.unit == "%" or bool(counted)
    if re.search(r"\s(?:in|out of)\s", one.text):
        return True
    if one.text.endswith("third") and not one.near:  # as in: adults in a third had tried
        return bool(re.match(_OF_PEOPLE, after))
    if _LEADS.search(before) or re.match(r"\s(?:of\s)?an?\s|\s(?:hour|century)", after):
        return False
    return bool(one.near or re.match(_SHARED, after))
