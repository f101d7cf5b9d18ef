"""One reading of an answer cell: what a person sees in it at a glance, or that a person must look.

`read_answer` alone understands the text of an answer cell: the score, the graded copy, the check before handing in and the receipt go by
what it says. It knows what was released. A marked line counts for the option whose words stand in it, so that a letter never stands for
another text; what is not understood, or contradicts itself, goes to a person.

A text is made plain (`_plain`), cut into lines (`_lines`), and each line taken apart into mark, label and words (`_take_apart`). Every
step is linear in the text, and the text is bounded first. A further way of marking an answer is a further entry in one of the tables.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ..cards.vocabulary import LETTERS

LONGEST = 20_000  # characters of an answer cell that are read; what is released has about 600


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer cell says.

    `state`: `answered`; `blank`, which is exactly what was released; or `look`, which is for a person.
    `chosen`: the letters that are pointed to, as released, in order. `note`: in our own words, why a person must look, or what was odd.
    """

    chosen: tuple[str, ...]
    state: str
    note: str = ""


def option_line(letter: str, text: str) -> str:
    """An option as it stands in the released notebook, in Markdown's task list."""
    return f"- [ ] **{letter}.** {text}"


_RELEASED = re.compile(r"^- \[ \] \*\*[A-H]\.\*\* (.*)$", re.MULTILINE)


@lru_cache(maxsize=4096)
def released_options(source: str) -> tuple[str, ...]:
    """The texts of the options in an answer cell as it was released."""
    return tuple(_RELEASED.findall(source))


def read_answer(text: str, options: Sequence[str], kind: str) -> Reading:
    """Read an answer cell in which the texts `options` were released, in the order of their letters.

    Any mark counts: where a line stands twice (a copied or split cell), its option is chosen if one of them is marked.
    """
    if not options:
        return Reading((), "look", "which options were released is not known")
    if len(text) > LONGEST:
        return Reading((), "look", f"the answer cell holds more than {LONGEST:,} characters")
    if without_space(text) == without_space("".join(map(option_line, LETTERS, options))):
        return Reading((), "blank")
    if not text.strip():
        return Reading((), "look", "the options were taken out of the answer cell, and nothing stands in their place")
    claims = _claims(_plain(text), tuple(options))
    if note := claims.trouble or claims.contradiction(len(options), kind):
        return Reading(claims.chosen, "look", note)
    return Reading(claims.chosen, "answered", "the options stand under other letters than were released; their words were compared" if claims.relabelled else "")


def without_space(text: str) -> str:
    return "".join(text.split())


# ---- What a cell claims ---------------------------------------------------------------------------------------------------


@dataclass
class _Claims:
    """What the lines of a cell point to, as released letters: by a mark, by emphasis on some lines alone, by a letter that was typed."""

    lines: set[str] = field(default_factory=set)
    marked: set[str] = field(default_factory=set)
    emphasised: set[str] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)  # the letter in front of a line -> the released letter of its words
    signs: set[str] = field(default_factory=set)
    trouble: str = ""  # the first line that is not understood

    @property
    def ways(self) -> list[set[str]]:
        standing_out = self.emphasised if self.emphasised != self.lines else set()
        typed = {self.labels.get(letter, letter) for letter in self.typed}
        return [way for way in (self.marked, standing_out, typed) if way]

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(sorted(set().union(*self.ways)))

    @property
    def relabelled(self) -> bool:
        return any(label != letter for label, letter in self.labels.items())

    def contradiction(self, count: int, kind: str) -> str:
        """Why these claims are no clear answer; empty where they are one."""
        ways, chosen = self.ways, self.chosen
        if not ways:
            return "no option is marked, and the answer cell is not as it was released"
        if any(way != ways[0] for way in ways):
            return f"{' and '.join(chosen)} are pointed to in different ways"
        if kind == "one-best-answer" and len(chosen) > 1:
            return f"{' and '.join(chosen)} are both marked, and the question asks for one"
        if self.signs & _CROSSES and self.signs & _TICKS:
            return "ticks and crosses stand side by side, and a cross may mean no"
        if kind == "all-that-apply" and not self.typed and len(self.lines) < count:
            return f"the line of option {next(letter for letter in LETTERS if letter not in self.lines)} is missing"
        return ""


def _claims(plain: str, options: tuple[str, ...]) -> _Claims:
    claims, offered = _Claims(), LETTERS[: len(options)]
    by_words = _by_words(options)
    for line in _lines(plain, by_words):
        letters = by_words.get(line.words, "")
        letter = line.label if line.label in letters else letters if len(letters) == 1 else ""
        if line.mark:
            claims.signs.add(line.mark)
        if letter:
            claims.lines.add(letter)
            if line.label and claims.labels.setdefault(line.label, letter) != letter:
                claims.trouble = f"the letter {line.label} stands in front of two options"
            claims.marked |= {letter} if line.mark else set()
            claims.emphasised |= {letter} if line.emphasised and not _emphasised(options[offered.index(letter)]) else set()
        elif line.mark and not line.words and line.label and line.label in offered:
            claims.marked.add(line.label)
        elif typed := _typed(line.raw, offered):
            claims.typed |= typed
        elif not claims.trouble:
            claims.trouble = _trouble(line)
        if line.mark and line.mark not in _SIGNS:
            claims.trouble = "a box holds a sign that is not known as a mark"
        elif line.struck:
            claims.trouble = "a line is struck through"
    return claims


def _trouble(line: _Line) -> str:
    """Why a line that is no option and no typed letter needs a person; empty for a rule, or a bullet with nothing behind it."""
    if any(sign.isalnum() for sign in line.words):
        return f"the line of option {line.label} holds other words than were released" if line.label else "there is other text in the answer cell"
    return "a mark stands beside no option" if line.mark or line.label else ""


_ANSWER = re.compile(
    r"(?:(?:my|the|final|best|correct|right) ){0,3}(?:(?:answer|choice|option|response)s? ?(?:is|are)? ?[:=-]? ?)?"
    r"(?P<letters>[a-h](?: ?(?:,|&|\+|/|and) ?[a-h])*)[.!]?"
)


def _typed(raw: str, offered: str) -> set[str]:
    """The letters of a line that says nothing but an answer (`B`, `My answer: B`, `A and C`); none where it says anything else."""
    if len(raw) > 80:
        return set()
    found = _ANSWER.fullmatch(" ".join(raw.lower().translate(_NO_EMPHASIS).replace(":", ": ").split()))
    letters = set(re.findall(r"\b[a-h]\b", found["letters"])) if found else set()
    return {letter.upper() for letter in letters} if letters <= set(offered.lower()) else set()


# ---- A line, taken apart --------------------------------------------------------------------------------------------------

_CROSSES = frozenset("xX×хХ✗✘✖❌❎☒⊠")  # two are Cyrillic
_TICKS = frozenset("✓✔✅☑vV*●◉⦿")
_SIGNS = _CROSSES | _TICKS
_ALONE = "".join(sorted(_SIGNS - set("vV*хХ")))  # as a mark without a box
_BOXES = "☐□▢◻⬜❏❑○◯"
_ENDS = " .!?"


@dataclass
class _Line:
    """`mark`: None without a box, empty for an empty one, else the sign. `label`: the letter in front. `words`: what else stands there, to compare."""

    raw: str
    mark: str | None
    label: str
    words: str
    emphasised: bool
    struck: bool


def _lines(plain: str, by_words: Mapping[str, str]) -> Iterator[_Line]:
    """The lines of a cell that say something; an option that an editor broke over several lines is one of them."""
    longest = max(map(len, by_words))
    broken: _Line | None = None
    for raw in plain.split("\n"):
        if not raw.strip():
            if broken:
                yield broken
            broken = None
            continue
        line = _take_apart(raw, by_words)
        if broken and line.mark is None and not line.label and len(broken.words) + len(line.words) <= longest:
            broken.words, broken.emphasised = broken.words + line.words, line.emphasised
            line = broken
        elif broken:
            yield broken
        starts = line.words and line.words not in by_words and (line.mark is not None or line.label)
        broken = line if starts else None
        if not starts:
            yield line
    if broken:
        yield broken


#: What may stand in front of the words, piece by piece: white space, bullets, quotation marks, numbers; boxes of any form; a mark; the label.
_LEAD = re.compile(
    r"\s+|[-+•·▪>]|\d{1,2}[.)](?=\s)"
    r"|\[(?P<square>[^\[\]]{0,3})\]|\[(?P<left>\s?[xX✓✔]?)(?=\s)|(?P<right>[xX✓✔])\s?\]"
    r"|\((?P<round>[ xX✓✔]{0,3})\)"
    rf"|(?P<box>[{_BOXES}])|(?P<alone>[{_ALONE}])(?![\w.)\]])"
    r"|\(?(?P<label>[A-Ha-h])(?:\s?[.):]|(?=\s*$))"
)
_PIECES = 12  # in front of a line's words: more are no list
_TAIL = re.compile(rf"(?:\[(?P<square>[^\[\]]{{0,3}})\]|\((?P<round>[ xX✓✔]{{0,3}})\)|(?P<alone>[{_ALONE}]))$")


def _take_apart(raw: str, by_words: Mapping[str, str]) -> _Line:
    text = raw.replace("[*]", "[x]").translate(_NO_EMPHASIS)
    marks: list[str] = []
    label, at = "", 0
    for _ in range(_PIECES):
        found = _LEAD.match(text, at)
        if not found or (label and (found["label"] or _words(text[at:]) in by_words)):
            break
        at, label = found.end(), (found["label"] or label).upper()
        marks += [found[found.lastgroup].strip().strip(_BOXES)] if found.lastgroup not in (None, "label") else []
    words = _words(text[at:])
    text = text.rstrip()
    if words not in by_words and (found := _TAIL.search(text, max(at, len(text) - 5))) and (before := _words(text[at : found.start()])) in by_words:
        words = before
        marks.append(found[found.lastgroup].strip())
    mark = next((sign for sign in marks if sign), "" if marks else None)
    return _Line(raw, mark, label, words, _emphasised(raw), "~~" in raw)


def _emphasised(text: str) -> bool:
    return text.rstrip(_ENDS).endswith(("*", "_"))


def _words(text: str) -> str:
    """A text for comparison: without white space, emphasis, capitals and a full stop at its end."""
    return without_space(text.translate(_NO_EMPHASIS).casefold()).rstrip(".")


@lru_cache(maxsize=4096)
def _by_words(options: tuple[str, ...]) -> dict[str, str]:
    """Words of an option -> its letter; several letters where options read alike, and then the label tells."""
    found: dict[str, str] = {}
    for letter, text in zip(LETTERS, options):
        found[words] = found.get(words := _words(_plain(text)), "") + letter
    return found


_NO_EMPHASIS = str.maketrans("", "", "*_~`")
_INVISIBLE = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
_ALIKE = {"-": "‐‑‒–—―−", '"': "“”„‟«»", "'": "‘’‚‛′`´", "": _INVISIBLE}
_TABLE = {ord(sign): plain for plain, signs in _ALIKE.items() for sign in signs}
_TAG = re.compile(r"<(/?)([a-zA-Z]{1,10})\b([^<>]{0,200})>")
_TAGS = dict.fromkeys("b strong em i u mark".split(), "**") | dict.fromkeys("s del strike".split(), "~~")
_TAGS |= dict.fromkeys("br p li div ul ol".split(), "\n") | dict.fromkeys("span label font".split(), "")


def _plain(text: str) -> str:
    """A text as a rich-text editor would show it, with one sign for those that look alike: tags, character references, escapes, dashes, invisible characters."""
    try:
        text = html.unescape(text)
    except ValueError:  # a reference of more figures than Python turns into a number
        pass
    text = _TAG.sub(_as_markdown, text)
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    return unicodedata.normalize("NFKC", text.translate(_TABLE)).translate(_TABLE)


def _as_markdown(tag: re.Match) -> str:
    name = tag[2].lower()
    if name == "input":
        return "[x]" if re.search(r"(?<![\w-])checked(?![\w-])", tag[3], re.IGNORECASE) else "[ ]"
    return _TAGS.get(name, tag[0])
