"""The softer tier of the guard: a given name, or another word with a capital that the library does not know, may be a
person's or a place's.

It reads the same file as the rules (`soft`, `names` and `words` in `labextension/static/guard.json`), and
`js/src/desk/guard-soft.js` does the same in the desk. What it marks is a question to the person who writes. A given
name counts wherever it stands; one that is also a word or a city (*Grace*, *Florence*), or that is written small, only
beside a sign of a person; any other word only in a sentence about somebody. People of books, of films and of a case
that the text calls a case of the course, and the writer's own people, are nobody's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

BEFORE = 60  # characters before and after a word that tell what it is
NEAR = 120  # characters before a sentence in which a case may have been said to be invented
SHORTEST = 4  # letters of a name that is looked for where it is written small
FEW, SHARE = 5, 5  # more marks than FEW, and more than one word in SHARE: no English sentences, and nothing is marked
_DIGITS = frozenset("0123456789")
_END = re.compile(r"[.!?](?= )|\n")
_EXPRESSIONS = (
    *("word", "opens", "joins", "tells", "met", "lower", "file", "full", "eponym", "named", "learning", "about"),
    *("own", "ours", "peer", "invented", "real", "story", "fiction", "initial", "medicine", "family", "many", "home"),
    *("surname", "line", "alone", "at"),
)
NAME = "perhaps a name"  # the kind of what this tier marks
PLACE = "perhaps a place"  # of a place, large or small, that the text gives to somebody

Span = tuple[int, int]
Given = Callable[[str], bool]


class Soft:
    """The softer tier. `data`: its part of the file; `names`: given names; `words`: those that are words or cities,
    too; `plain`: words that the library writes small; `cities`: large ones, and regions. All are folded."""

    def __init__(
        self,
        data: Mapping[str, object],
        names: frozenset[str],
        words: frozenset[str],
        plain: frozenset[str],
        cities: frozenset[str],
    ) -> None:
        self.why, self.better = str(data["why"]), str(data["better"])
        self.expression = {name: re.compile(str(data[name])) for name in _EXPRESSIONS}
        self.known = plain | cities | frozenset(str(data["known"]).split(" "))
        self.names, self.words, self.cities = names, words, cities
        self.places = cities | frozenset(str(data["towns"]).split(" "))
        self.people: tuple[str, ...] = tuple(data["people"])  # type: ignore[arg-type]

    def says(self, name: str, text: str) -> bool:
        return self.expression[name].search(text) is not None

    def nobodys(self, kind: str, text: str, at: int) -> bool:
        """Whether a name or a place is of an invented case, or a day one of the writer's own training."""
        if kind in ("name", "place", PLACE) and self._invented(text, at):
            return True
        sentence = _sentence(text, at)
        signs = {"date": ("own", "learning"), "place": ("home", "many")}.get(kind, ())
        return any(self.says(sign, sentence) for sign in signs) and not self.says("about", sentence)

    def tells_where(self, words: str, wide: frozenset[str], said: frozenset[str], what: str) -> bool:
        """Whether a place tells something of a person: it is a `city`, or `unknown` to the library, or, for a `town`,
        one of both. A country, a day, a faith and a name do not."""
        if words in wide:
            return False
        large = [word for word in words.split() if word[0] != word[0].lower() and word not in wide]
        if what != "unknown" and any(folded(_bare(word)) in self.places for word in large):
            return True
        unknown = (not self._knows(word, said.__contains__) and folded(_bare(word)) not in self.names for word in large)
        return what != "city" and any(unknown)

    def _invented(self, text: str, at: int) -> bool:
        """Whether a case that somebody made up is spoken of here, or just before, and no client of one's own is."""
        start, end = sentence_at(text, at)
        sentence = text[start:end]
        near = sentence if self.says("real", sentence) else text[max(0, start - NEAR) : end]
        return self.says("invented", near)

    def invented(self, text: str) -> frozenset[str]:
        """The words with a capital where an invented case, or one of the writer's own people, is spoken of."""
        cases = self.says("invented", text)
        nobody = (
            run for run in self._runs(text) if (cases and self._invented(text, run[0][0])) or self._ours(text, run)
        )
        return frozenset(_bare(text[a:b]) for run in nobody for a, b in run)

    def _ours(self, text: str, run: list[Span]) -> bool:
        """Whether somebody of the writer's own life is spoken of; a peer or a relation in full is no less a person."""
        before = _before(text, run[0][0])
        return self.says("ours", before) and not (len(run) > 1 and self.says("peer", before))

    def spans(self, text: str, given: Given) -> list[Span]:
        """Where a word may be a name. `given`: whether the exercise, or the text as invented, says a word."""
        found = [span for run in self._runs(text) if (span := self._span(text, run, given))]
        found += [span for span in self._small(text) if not given(text[slice(*span)])]
        inside = bytearray(len(text))
        for at in (at for one in self.people for at in re.finditer(re.escape(one), text)):
            inside[at.start() : at.end() + 2] = b"\1" * (len(at[0]) + 2)
        found = [(start, end) for start, end in found if 0 in inside[start:end]]
        words = len(self.expression["word"].findall(text)) if len(found) > FEW else 0
        return [] if len(found) * SHARE > words > 0 else found

    def _runs(self, text: str) -> Iterator[list[Span]]:
        """Words with a capital that stand beside each other."""
        run: list[Span] = []
        for match in self.expression["word"].finditer(text):
            word = _bare(match[0])
            if not word or word[0] == word[0].lower() or word[1:] == word[1:].upper():
                continue
            if "-" not in word and text[match.end() : match.end() + 1] in _DIGITS:  # HbA1c
                continue
            if run and not self.expression["joins"].search(text[run[-1][1] : match.start()]):
                yield run
                run = []
            run.append(match.span())
        if run:
            yield run

    def _small(self, text: str) -> Iterator[Span]:
        """Given names that are written small, beside a sign of a person."""
        for match in self.expression["word"].finditer(text):
            word = _bare(match[0])
            if len(word) < SHORTEST or word != word.lower() or not self._names(word) or word in self.known:
                continue
            after = _after(text, match.start() + len(word))
            surname = self.expression["surname"].search(after)
            if surname and not {surname[1], surname[1].removesuffix("s")} & self.known and len(word) > SHORTEST:
                yield match.start(), match.start() + len(word) + surname.end()
                continue
            signs = ("lower", _before(text, match.start())), ("tells", after), ("file", after)
            if any(self.says(*sign) for sign in signs):
                yield match.span()

    def _names(self, word: str, also: bool = False) -> bool:
        """Whether it is a given name. `also`: or a word that is one, too."""
        plain = folded(_bare(word))
        parts = [plain, plain.removesuffix("s")] if len(plain) > SHORTEST else [plain]
        if "-" in plain and all(part in self.names or part in self.words for part in plain.split("-")):
            return True
        return any(part in self.names or (also and part in self.words) for part in parts)

    def _span(self, text: str, run: list[Span], given: Given) -> Span | None:
        words = [text[a:b] for a, b in run]
        unknown = self._unknown(text, run, given)
        start, last = run[0][0] if unknown is None else unknown, run[-1][1]
        before, after = _before(text, start), _after(text, run[-1][0] + len(_bare(words[-1])))
        sentence = _sentence(text, start)
        first_name = any(self._names(word) for word in words)
        person = self.says("met", before) or self.says("file", after)
        told = self.says("tells", after) and (first_name or not self.says("story", sentence))
        person = person or (told and not self._fiction(text, start))
        if all(given(_bare(word)) for word in words) or self._elsewhere(text, run, start, after, person):
            return None
        if unknown is None:
            if self.says("at", before) and all(folded(_bare(word)) in self.cities for word in words):
                return None  # India is a given name, too
            named = next((a for a, b in run if self._names(text[a:b], also=True) and not given(_bare(text[a:b]))), None)
            return None if named is None or not person else (named, last)
        if person or any(self._names(word) and not self._knows(word, given) for word in words):
            return start, last
        initial = self.says("initial", before)
        if len(run) == 1 and self.says("opens", before) and not initial:
            return None
        full = initial or (len(run) > 1 and self.says("full", before))
        full = full or (words[-1].endswith("s") and self.says("family", before))
        full = full or (len(run) > 1 and self._names(words[0], also=True) and self._alone(text, run))
        return (start, last) if full or self.says("about", sentence) else None

    def _alone(self, text: str, run: list[Span]) -> bool:
        """Whether nothing else stands in the line, or before a full stop: the title of an hour, or a heading."""
        return self.says("line", _before(text, run[0][0])) and self.says("alone", _after(text, run[-1][1]))

    def _unknown(self, text: str, run: list[Span], given: Given) -> int | None:
        """Where the first word begins that the library does not know; a given name before it belongs to it."""
        for at, (a, b) in enumerate(run):
            if not self._knows(text[a:b], given):
                first = run[at - 1] if at else run[at]
                return first[0] if at and self._names(text[slice(*first)], also=True) else a
        return None

    def _fiction(self, text: str, start: int) -> bool:
        """Whether a film or a book was spoken of just before, and no client of one's own is."""
        near = text[max(0, start - NEAR) : start]
        return self.says("fiction", near) and not self.says("real", near)

    def _elsewhere(self, text: str, run: list[Span], start: int, after: str, person: bool) -> bool:
        """Whether a word with a capital is an author's, a scale's or a character's, or of the writer's own people."""
        before, sentence = _before(text, start), _sentence(text, start)
        if self.says("eponym", after) or self._ours(text, run) or self._invented(text, start):
            return True
        general = not self.says("about", sentence)
        if general and self.says("many", sentence):
            return True
        if person:
            return False
        if self.says("named", before) or self.says("story", sentence) or self._fiction(text, start):
            return True
        return general and (self.says("home", sentence) or self.says("learning", sentence))

    def _knows(self, word: str, given: Given) -> bool:
        bare = _bare(word)
        plain, small = bare.lower().replace("’", "'"), folded(bare)
        first, *rest = plain.split("-")
        parts = [plain, plain.removesuffix("s")]
        if rest and not any(folded(part) in self.names for part in rest):
            parts.append(first)  # English-speaking
        known = any(part in self.known for part in parts) or small in self.words or small in self.cities
        return known or self.says("medicine", small) or given(bare)


def folded(word: str) -> str:
    """In lower case, without accents."""
    plain = unicodedata.normalize("NFD", word.lower().replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _before(text: str, at: int) -> str:
    return ("x" if at > BEFORE else "") + text[max(0, at - BEFORE) : at]


def _after(text: str, at: int) -> str:
    return text[at : at + BEFORE]


def _bare(word: str) -> str:
    """`Anna's` is Anna, and `I'd` is I."""
    return re.sub(r"['’](?:s|d|m|ve|ll|re)?$", "", word)


def sentence_at(text: str, at: int) -> Span:
    """The sentence, or the line, in which a character stands; 400 characters to each side at most."""
    start = max((end.end() for end in _END.finditer(text, max(0, at - 400), at)), default=max(0, at - 400))
    stop = _END.search(text, at, at + 400)
    return start, stop.start() if stop else min(len(text), at + 400)


def _sentence(text: str, at: int) -> str:
    return text[slice(*sentence_at(text, at))]
