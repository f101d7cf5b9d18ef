"""Answers that stand elsewhere in a submission than in or beside the cells that were handed out for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .answer_lines import without_space
from .answer_list import Listed, listed
from .frame import Released, Written, as_released
from .reading import released_options
from ..language import later, t

LISTED = later("the options were left as they were handed out; the answer was taken from a list of answers")
FEW = 12  # words beside a list of answers: a heading, and no reflection
UNREAD = later("text of the trainee's own stands elsewhere in the notebook, and was not read")
SHORT = 10  # words: fewer are no reflection


def take_lists(found: Written, released: Sequence[Released]) -> None:
    """Give each question what a list of answers says under its number. In the cell of a question, and beside it, a
    list may be an order of its options: there it must be longer, or say *question* with each number."""
    asked = [cell for cell in released if cell.role == "answer"]
    sources = {name: cell.source for cell in asked for name in (cell.name, f"{cell.name}--ask")}
    answers: dict[int, list[str]] = {}
    for place, text in _places_of_lists(found, released):
        got = listed(text)
        if not got or (place in sources and not _is_longer(got, sources[place])):
            continue
        for number, answer in got.answers.items():
            answers.setdefault(number, []).append(answer)
        if got.others <= FEW:
            found.lists.add(text)
    for number, cell in enumerate(asked, start=1):
        if number in answers and (texts := found.texts.get(cell.name)):
            if all(as_released(text, cell.source) for text in texts):
                found.notes.setdefault(cell.name, []).append(t(LISTED))
            found.texts[cell.name] = [*texts, *answers[number]]


def _is_longer(got: Listed, options: str) -> bool:
    return len(got.answers) > (1 if got.named else len(released_options(options)))


def _places_of_lists(found: Written, released: Sequence[Released]) -> list[tuple[str, str]]:
    """(released cell in or behind which it stands, text) of what may be a list of answers."""
    own = [(cell.name, text) for cell in released for text in found.texts.get(cell.name, ()) if text != cell.source]
    return [*((place, text) for place, group in found.extras.items() for text in group), *own]


def ask_where_text_is_left(found: Written, released: Sequence[Released]) -> None:
    """Let nobody call blank what may have been answered in a text that nothing here understands: of reflections where
    it is long enough to be one, of questions where none is answered. A person looks; else it is named."""
    left = [words for words in _left(found, released) if words] if found.extras else []
    if not left:
        return
    blank = [
        cell
        for cell in released
        if cell.role in ("answer", "reflection")
        and cell.name in found.texts
        and all(not text.strip() or as_released(text, cell.source) for text in found.texts[cell.name])
    ]
    long = max(left) >= SHORT
    nothing = sum(cell.role == "answer" for cell in blank) == sum(cell.role == "answer" for cell in released)
    for cell in blank:
        found.notes.setdefault(cell.name, []).append(t(UNREAD))
        if long if cell.role == "reflection" else nothing:
            del found.texts[cell.name]


def _left(found: Written, released: Sequence[Released]) -> Iterator[int]:
    """For each text that was taken for nothing, how many words of it are the trainee's. A locked cell in which a word
    was changed is no text of theirs."""
    sources = {cell.name: cell.source for cell in released}
    known = {without_space(source) for source in sources.values()}
    for place, group in found.extras.items():
        for text in group:
            if text in found.taken or text in found.lists or without_space(text) in known:
                continue
            words = text.split()
            new = (Counter(words) - Counter(sources.get(place, "").split())).total()
            if any(map(str.isalnum, text)) and (new >= 3 or 2 * new >= len(words)):
                yield new
