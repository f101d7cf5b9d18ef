"""Claims of a chapter's evidence table, and which works a page cites.

```{evidence}
- A sentence in a clinician's words, with its population and its outcome.
  from: key/outcome, other-key
```

The grade comes from the first result that is named: of its outcome, or of the card.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .evidence import Evidence
from .library import Library
from .problem import Text

CITE = re.compile(r"\{cite(?::[a-z]+)?\}`([^`]*)`")
_FENCE = re.compile(r"(`{3,}|:{3,})\{evidence\}\s*$")


@dataclass(frozen=True)
class Claim:
    """A row of the evidence table: what is claimed, and the results that it rests on, as `key` or `key/outcome`."""

    text: Text
    names: tuple[Text, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The works, each once, in their order."""
        return tuple(dict.fromkeys(name.partition("/")[0] for name in self.names))

    def grade(self, cards: dict[str, Evidence]) -> str:
        """How sure the first result lets us be; empty where there is no card."""
        if not self.names:
            return ""
        key, _, outcome = self.names[0].partition("/")
        return cards[key].grade(outcome) if key in cards else ""


def read(lines: Iterable[Text]) -> list[Claim]:
    """The claims in the lines of one table."""
    made: list[Claim] = []
    for line in lines:
        if item := re.match(r"-\s+(?=\S)", line):
            made.append(Claim(Text(line[item.end() :].rstrip(), line.line, line.column + item.end())))
        elif made and (given := re.match(r"\s+from:", line)):
            made[-1] = Claim(made[-1].text, (*made[-1].names, *_names(line, given.end())))
        elif made and line.strip():
            text = made[-1].text
            made[-1] = Claim(Text(f"{text}\n{line.strip()}", text.line, text.column), made[-1].names)
        elif line.strip():
            made.append(Claim(Text(line.strip(), line.line, line.column)))
    return made


def _names(line: Text, start: int) -> Iterator[Text]:
    for match in re.finditer(r"[^\s,;`\[\]]+", line[start:]):
        yield Text(match[0], line.line, line.column + start + match.start())


def tables(body: Text) -> Iterator[Claim]:
    """The claims of every evidence table on a page."""
    block: list[Text] | None = None
    fence = ""
    for number, line in enumerate(body.split("\n")):
        if block is None:
            if match := _FENCE.match(line):
                fence, block = match[1], []
        elif line.startswith(fence):
            yield from read(block)
            block = None
        else:
            block.append(Text(line, body.line + number, 1))


def cited(body: str) -> set[str]:
    """The keys of the works that a page cites, in its text or in its evidence table."""
    found = {key.strip() for match in CITE.finditer(body) for key in match[1].split(",")}
    return found | {key for claim in tables(Text(body, 1, 1)) for key in claim.keys}


def citing(library: Library) -> dict[str, list[str]]:
    """For each work the pages that cite it, in the order of the book; a chapter's questions cite for their chapter."""
    asked: dict[str, set[str]] = {}
    for question in library.questions.values():
        asked.setdefault(question.chapter, set()).update(map(str, question.sources))
    made: dict[str, list[str]] = {}
    for page in library.toc:
        for key in sorted(cited(library.pages.get(page, "")) | asked.get(page.rpartition("/")[2], set())):
            made.setdefault(key, []).append(str(page))
    return made
