"""The softer tier of the guard: a word with a capital that the library does not know may be a name or a place.

It reads the same file as the rules (`soft` in `labextension/static/guard.json`), and `js/src/desk/guard-soft.js` does
the same in the desk. What it marks is a question to the person who writes: the library knows its authors, medicines,
scales, large cities and peoples, and nothing else of the world.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

BEFORE = 40  # characters before a word that tell whether a sentence begins with it
FEW, SHARE = 8, 5  # more marks than FEW, and more than one word in SHARE: no English sentences, and nothing is marked
_END = re.compile(r"[.!?](?= )|\n")

Span = tuple[int, int]


class Soft:
    """The softer tier. `expression`: name -> pattern, as the file gives them."""

    def __init__(self, data: Mapping[str, object]) -> None:
        self.kind, self.why, self.better = (str(data[key]) for key in ("kind", "why", "better"))
        names = ("word", "opens", "joins", "tells", "eponym", "learning", "about", "own", "invented")
        self.expression = {name: re.compile(str(data[name])) for name in names}
        self.known = frozenset(str(data["known"]).split(" "))
        self.people: tuple[str, ...] = tuple(data["people"])  # type: ignore[arg-type]

    def says(self, name: str, text: str) -> bool:
        return self.expression[name].search(text) is not None

    def nobodys(self, kind: str, sentence: str) -> bool:
        """Whether a name is said to be invented, or a day to be one of the writer's own training."""
        if kind == "name":
            return self.says("invented", sentence)
        own = self.says("own", sentence) or self.says("learning", sentence)
        return kind == "date" and own and not self.says("about", sentence)

    def spans(self, text: str, given: Callable[[str], bool]) -> list[Span]:
        """Where a capital may be a name. `given`: whether the exercise says a word."""
        found = [span for run in self._runs(text) if (span := self._span(text, run, given))]
        inside = [(at.start(), at.end()) for one in self.people for at in re.finditer(re.escape(one), text)]
        found = [(start, end) for start, end in found if not any(a <= start and end <= b + 2 for a, b in inside)]
        words = len(self.expression["word"].findall(text)) if len(found) > FEW else 0
        return [] if len(found) * SHARE > words > 0 else found

    def _runs(self, text: str) -> Iterator[list[Span]]:
        """Words with a capital that stand beside each other."""
        run: list[Span] = []
        for match in self.expression["word"].finditer(text):
            word = _bare(match[0])
            if not word or word[0] == word[0].lower() or word[1:] == word[1:].upper():
                continue
            if run and not self.expression["joins"].search(text[run[-1][1] : match.start()]):
                yield run
                run = []
            run.append(match.span())
        if run:
            yield run

    def _span(self, text: str, run: list[Span], given: Callable[[str], bool]) -> Span | None:
        start = next((start for start, end in run if not self._knows(text[start:end], given)), None)
        if start is None:
            return None
        end = run[-1][1]
        before = ("x" if start > BEFORE else "") + text[max(0, start - BEFORE) : start]
        after, sentence = text[end : end + BEFORE], sentence_at(text, start)
        alone = len(run) == 1 and self.says("opens", before)
        if alone and not self.says("tells", after):
            return None
        if self.says("eponym", after) or self.says("invented", sentence):
            return None
        if self.says("learning", sentence) and not self.says("about", sentence):
            return None
        return start, end

    def _knows(self, word: str, given: Callable[[str], bool]) -> bool:
        bare = _bare(word)
        plain = bare.lower().replace("’", "'")
        parts = [plain, plain.removesuffix("s"), *([] if "-" not in plain else [plain.split("-")[0]])]
        return any(part in self.known for part in parts) or given(bare)


def _bare(word: str) -> str:
    """`Anna's` is Anna, and `I'd` is I."""
    return re.sub(r"['’](?:s|d|m|ve|ll|re)?$", "", word)


def sentence_at(text: str, at: int) -> str:
    """The sentence, or the line, in which a character stands."""
    start = max((end.end() for end in _END.finditer(text, max(0, at - 400), at)), default=max(0, at - 400))
    stop = _END.search(text, at, at + 400)
    return text[start : stop.start() if stop else at + 400]
