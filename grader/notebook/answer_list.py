"""Answers that a trainee listed under the questions' numbers, in a cell of one's own: `1. B`, `Q2: A, C`, `3D 4A`.

Each goes to the question of its number, beside what is marked there; the reading decides whether they agree.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from .typed_letters import typed_letters
from ..cards.vocabulary import LETTERS

_MOST = 20_000  # characters of a cell in which a list is looked for
_SAYS_QUESTION = r"(?:questions?|q|frage|questão|questao|pregunta|domanda|vraag|вопрос|nr|no|№|#)\.? ?"
_NUMBER = r"\d{1,3} ?[-.:)=>]{0,2} ?"
_HINT = re.compile(rf"{_NUMBER}[\W_]{{0,4}}[^\W\d_]")
#: What stands between two entries of one line: before a number that has a letter behind it.
_NEXT = re.compile(rf"[,;|\t ](?=(?:{_SAYS_QUESTION})?{_NUMBER}[a-z](?![^\W_]))")
_ENTRY = re.compile(rf"(?P<says>{_SAYS_QUESTION})?(?P<number>\d{{1,3}})(?!\d) ?(?P<sign>[-.:)=>]{{0,2}})(?P<answer>.*)")
_DRAWN = str.maketrans(dict.fromkeys("*_`~", "") | dict.fromkeys("|\t", " ") | dict.fromkeys("→–—", "-"))


@dataclass(frozen=True, slots=True)
class Listed:
    """`answers`: number of a question -> what is answered under it, as typed. `named`: whether each says *question*.
    `others`: how many words stand in the cell beside the list."""

    answers: dict[int, str]
    named: bool
    others: int


@lru_cache(maxsize=4096)
def listed(text: str) -> Listed | None:
    """The list of answers in a cell; None where it is none: an entry at least must be a letter or letters alone, and
    two, unless it says *question*. Its other entries are kept, for a person."""
    if len(text) > _MOST or not _HINT.search(text):
        return None
    found: dict[int, list[str]] = {}
    clear, named, others = 0, True, 0
    for raw in unicodedata.normalize("NFKC", text).translate(_DRAWN).split("\n"):
        for part in _NEXT.sub("\n", raw.lower().lstrip(" >•+-")).split("\n"):
            entry = _ENTRY.fullmatch(part.strip(" ,;"))
            answer = entry["answer"].strip().upper() if entry else ""
            is_clear = bool(typed_letters(answer, LETTERS, several=True))
            if entry and answer and (is_clear or entry["sign"] or entry["says"]):
                found.setdefault(int(entry["number"]), []).append(answer)
                clear += is_clear
                named = named and bool(entry["says"])
            else:
                others += len(part.split())
    if clear < (1 if named else 2):
        return None
    return Listed({number: "\n".join(answers) for number, answers in found.items()}, named, others)
