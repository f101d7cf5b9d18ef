"""The lines of an answer cell, taken apart: mark, label, and the words that are compared with what was released.

How a person marks an option is kept in tables here; a further way is a further entry. Every step is linear.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from ..cards.vocabulary import LETTERS

REJECTS = frozenset("×✗✘✖❌❎")  # chosen where they stand in a box; beside a bare letter they may say no
CROSSES = frozenset("xXхХχ☒⊠")  # two are Cyrillic, one is Greek
TICKS = frozenset("✓✔✅☑√vV*●◉⦿👉👈👍→←➡⬅⭐★")
SIGNS = CROSSES | REJECTS | TICKS
NO = "-"  # how a sign for *not this one* is kept
OWN = "own letter"  # an option's letter in its box
#: What is typed into a box to say yes or no, in a few languages.
_TYPED_SIGNS = dict.fromkeys(["y", "yes", "ja", "oui", "si", "sí", "ok", "+", "1", "对", "是"], "x")
_TYPED_SIGNS |= dict.fromkeys(["n", "no", "non", "-", "0", "错", "否"], NO)
_ALONE = "".join(sorted(SIGNS - set("vV*хХχ")))  # as a mark without a box
CIRCLE = "○"
_CIRCLES = "○◯〇"
_BOXES = "☐□▢◻⬜❏❑" + _CIRCLES
_ENDS = " .!?"


@dataclass
class Line:
    """`mark`: None without a box, empty for an empty one, else the sign. `bullet`: a sign that stands in front without
    a box; where all lines have it, it is a bullet and no mark. `circle`: the box is an open circle, which means yes
    where crosses mean no. `label`: the letter in front. `words`: what else stands there, to compare. `tildes`: how many
    stand in it, since they strike words out."""

    raw: str
    mark: str | None
    bullet: str
    circle: bool
    label: str
    words: str
    emphasised: bool
    tildes: int


def lines(plain: str, by_words: Mapping[str, str]) -> Iterator[Line]:
    """The lines of a cell that say something; an option that an editor broke over several lines is one of them."""
    longest, front = max(map(len, by_words)), front_of(by_words)
    broken: Line | None = None
    for raw in plain.split("\n"):
        if not raw.strip():
            if broken:
                yield broken
            broken = None
            continue
        line = take_apart(raw, by_words, front)
        if broken and line.mark is None and not line.label and len(broken.words) + len(line.words) <= longest:
            broken.words, broken.emphasised = broken.words + line.words, line.emphasised
            broken.tildes += line.tildes
            line = broken
        elif broken:
            yield broken
        starts = line.words and line.words not in by_words and (line.mark is not None or line.label)
        broken = line if starts else None
        if not starts:
            yield line
    if broken:
        yield broken


#: What may stand in front of the words and their label, piece by piece: white space, bullets, quotation marks, numbers;
#: boxes of any form; a mark.
_FRONT = (
    r"\s+|[-+•◦‣·▪▫⁃\uf0b7>]|\d{1,2}[.)](?=\s)"
    r"|\[\s{0,4}(?P<square>[^\[\]]{0,3})\s{0,4}\]|\[(?P<left>\s?[xX✓✔]?)(?=\s)|(?P<right>[xX✓✔])\s?\]"
    r"|\((?P<round>[ xX✓✔√]{0,3})\)"
    rf"|(?P<box>[{_BOXES}])|(?P<alone>[{_ALONE}])(?![\w.)\]])"
)


@lru_cache(maxsize=len(LETTERS))
def lead(last: str) -> re.Pattern[str]:
    """What may stand in front of the words. Labels go to H, or to the `last` letter of a longer list: an `I` that is no
    option is a word."""
    labels = f"A-{max('H', last)}"
    return re.compile(rf"{_FRONT}|\(?(?P<label>[{labels}{labels.lower()}])(?:\s?[.):]|\s-(?=\s)|(?=\s*$))")


def front_of(by_words: Mapping[str, str]) -> re.Pattern[str]:
    """What may stand in front of the words of these options."""
    return lead(max("".join(by_words.values())))


_PIECES = 12  # in front of a line's words: more are no list
_TAIL = re.compile(rf"(?:\[(?P<square>[^\[\]]{{0,3}})\]|\((?P<round>[ xX✓✔]{{0,3}})\)|(?P<alone>[{_ALONE}]))$")


def take_apart(raw: str, by_words: Mapping[str, str], front: re.Pattern[str]) -> Line:
    """A line's parts. What stands in front is peeled off piece by piece, until the rest is an option's words."""
    text = raw.replace("[*]", "[x]").translate(NO_EMPHASIS)
    marks: list[str] = []
    label, bullet, circle, at = "", "", False, 0
    for _ in range(_PIECES):
        found = front.match(text, at)
        if not found or (label and (found["label"] or _words(text[at:]) in by_words)):
            break
        at, label = found.end(), (found["label"] or label).upper()
        if found.lastgroup == "box":
            circle = found["box"] in _CIRCLES
            marks.append("")
        elif found.lastgroup == "alone" and not bullet:
            bullet = found["alone"]
        elif found.lastgroup and found.lastgroup != "label":
            marks.append(_sign(found[found.lastgroup]))
    words: str = _words(text[at:])
    text = text.rstrip()
    if (
        words not in by_words
        and (found := _TAIL.search(text, max(at, len(text) - 5)))
        and (before := _words(text[at : found.start()])) in by_words
    ):
        words = before
        marks.append(_sign(found[found.lastgroup or 0]))
    mark = next((sign for sign in marks if sign), "" if marks else None)
    if mark and mark.upper() == label:
        mark = OWN
    return Line(raw, mark, bullet, circle and len(marks) == 1, label, words, emphasised(raw), raw.count("~"))


def _sign(typed: str) -> str:
    """What stands in a box as one sign: a doubled `x`, a full stop or quotation marks that a phone added, a word."""
    sign = typed.strip()
    sign = sign.rstrip(".").strip("\"'") or sign
    if sign and set(sign) <= set("xX"):
        return "x"
    return _TYPED_SIGNS.get(sign.casefold(), sign)


def emphasised(text: str) -> bool:
    """Whether a line ends in emphasis; a released one has it at the letter alone."""
    return text.rstrip(_ENDS).endswith(("*", "_", "=="))


def struck_whole(line: Line) -> bool:
    """Whether the words of a line that holds tildes are struck out from the first to the last."""
    before = line.raw.partition("~~")[0]
    return line.tildes == 4 and line.raw.rstrip().endswith("~~") and sum(map(str.isalnum, before)) <= 1


def _words(text: str) -> str:
    """A text for comparison: without white space, emphasis, capitals and a full stop at its end."""
    return without_space(text.translate(NO_EMPHASIS).casefold()).rstrip(".")


@lru_cache(maxsize=4096)
def by_words_of(options: tuple[str, ...]) -> dict[str, str]:
    """Words of an option -> its letter; several letters where options read alike, and then the label tells."""
    found: dict[str, str] = {}
    for letter, text in zip(LETTERS, options):
        words = _words(plain(text))
        found[words] = found.get(words, "") + letter
    return found


NO_EMPHASIS = str.maketrans("", "", "*_~`=")
_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
    "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"  # the skin of a hand
)
_ALIKE = {"-": "‐‑‒–—―−", '"': "“”„‟«»", "'": "‘’‚‛′´", "[": "【", "]": "】", "\n": "\u2028\u2029\x85", "": _INVISIBLE}
_TABLE = {ord(sign): plain for plain, signs in _ALIKE.items() for sign in signs}
_TAG = re.compile(r"<(/?)([a-zA-Z]{1,10})\b([^<>]{0,200})>")
_HIDES = re.compile(r"display ?: ?none|(?<![\w-])hidden(?![\w-])", re.IGNORECASE)
_TAGS = dict.fromkeys(["b", "strong", "em", "i", "u", "mark"], "**") | dict.fromkeys(["s", "del", "strike"], "~~")
_TAGS |= dict.fromkeys(["br", "p", "li", "div", "ul", "ol"], "\n") | dict.fromkeys(["span", "label", "font"], "")


def plain(text: str) -> str:
    """A text as a rich-text editor would show it, with one sign for those that look alike: tags, character references,
    escapes, dashes, invisible characters."""
    with suppress(ValueError):  # a reference of more figures than Python turns into a number
        text = html.unescape(text)
    text = _TAG.sub(_as_markdown, text)
    text = text.replace("\\\n", "\n").removesuffix("\\")  # a hard line end, as editors export it
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    text = unicodedata.normalize("NFKC", text.translate(_TABLE)).translate(_TABLE)
    return re.sub(r"<-{1,9}", "←", text)


def _as_markdown(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if "line-through" in tag[3].lower():
        return "~~"
    if _HIDES.search(tag[3]):
        return tag[0]  # nobody sees what stands in it: it stays as other text
    if name == "input":
        return "[x]" if re.search(r"(?<![\w-])checked(?![\w-])", tag[3], re.IGNORECASE) else "[ ]"
    return _TAGS.get(name, tag[0])


def without_space(text: str) -> str:
    return "".join(text.split())
