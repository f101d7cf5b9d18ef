"""A line that says nothing but an answer: `B`, `My answer: B`, `A and C`, `Antwort: B. The option's words`.

Only what is clear is read. A sentence, a doubt, a reason or a no is for a person.
"""

from __future__ import annotations

import re

from .answer_lines import NO_EMPHASIS
from ..cards.vocabulary import LETTER

_LONGEST = 80  # characters of a line that is one answer
_SMALL = LETTER.lower()
_NOUNS = (
    "answer|choice|option|response|selected|selection|ans|antwort|lösung|réponse|respuesta|resposta|risposta|odpowiedź"
    "|cevap|ответ|उत्तर|الإجابة|答案|正解|정답"
)
_SAID = (
    r"i(?: ?(?:choose|chose|pick|picked|select|say)|'?d (?:choose|pick|say|go with)|'?ll go with| would (?:choose|pick"
    r"|say|go with)| think (?:it is|it'?s|the answer is)) "
)
_NAMED = (
    r"(?:(?:my|the|final|best|correct|right) ){0,3}"
    rf"(?:(?:{_NOUNS})s? ?(?:is|are|ist|est|es|è)?\.? ?[:=-]? ?)?"
)
_NUMBER = r"(?:(?:q|question) ?\d{1,2} ?[-.:)]? ?|\d{1,2} ?[.:)] ?)"
#: What may stand in front of the letter: a question's number, then that this is the answer.
_SAYS = rf"{_NUMBER}?(?:{_SAID}|{_NAMED})"
_NUMBERED = re.compile(_NUMBER)
_IN_FRONT = re.compile(_SAYS)
_AND = r"(?:, ?and|,|;|&|\+|/|and)"
_ANSWER = re.compile(rf"{_SAYS}[\"'(\[]{{0,2}}(?P<letters>{_SMALL}(?: ?{_AND} ?{_SMALL})*)[\"')\].!।。]{{0,6}}")
_RUN = re.compile(rf"{LETTER}(?: ?{LETTER})+")
_LEADING = re.compile(r"[\s#>=*•-]{0,20}")
_LETTER_SIGNS = str.maketrans({"🅰": "a", "🅱": "b"})  # what phones make of A and B


def typed_letters(line: str, offered: str, several: bool) -> set[str]:
    """The letters of a line that says nothing but an answer; none where it says anything else. `several`: whether more
    than one may be chosen, so that `ACD` is a list of letters."""
    if len(line) > _LONGEST:
        return set()
    said = _bare(line)
    found = _ANSWER.fullmatch(said.lower())
    letters = found["letters"] if found else ""
    if several and _RUN.fullmatch(said):
        run = said.replace(" ", "")
        letters = " ".join(run.lower()) if list(run) == sorted(set(run)) else ""
    chosen = {letter.upper() for letter in re.findall(rf"\b{_SMALL}\b", letters)}
    return chosen if chosen <= set(offered) else set()


def is_numbered(line: str) -> bool:
    """Whether a line that is an answer begins with the number of a question."""
    return bool(_NUMBERED.match(_bare(line).lower()))


def behind_what_says_so(line: str) -> str:
    """What stands behind *My answer:* and the like; empty where a line does not begin so."""
    said = _bare(line) if len(line) <= 2_000 else ""
    found = _IN_FRONT.match(said.lower())
    return said[found.end() :] if found and found.end() and len(said) == len(said.lower()) else ""


def _bare(line: str) -> str:
    """A line without emphasis, bullets and repeated white space."""
    line = " ".join(line.translate(NO_EMPHASIS).translate(_LETTER_SIGNS).replace(":", ": ").split())
    return line[_LEADING.match(line).end() :]  # type: ignore[union-attr]
