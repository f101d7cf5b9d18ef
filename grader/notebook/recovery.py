"""What a trainee wrote, found in whatever a submission has become: cells that were copied, split, merged, renamed or
stripped of their metadata.

A notebook of another version of the assignment brings questions with the same options and other stories: no answer
passes from one to the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile

from .answer_lines import without_space
from .elsewhere import ask_where_text_is_left, take_lists
from .frame import Released, Written, as_released, same
from .intake import Notebook, grade_id, source_of
from .reading import LONGEST
from ..language import later, t

EXTRA_CELLS = 200  # of a trainee's own cells are kept in the graded copy
BESIDE = later("the answer was left as it was handed out; the text that was added beside it was taken")
SEARCHED = 1_000_000  # characters of them in which a lost answer is looked for


def written(submitted: Notebook, released: Sequence[Released]) -> Written:
    """Sort out the cells of a submission by those that were released, then find answers that lost their cell."""
    frame = {cell.name: cell for cell in released}
    found = _sort_out(submitted, frame)
    lost = [cell for cell in released if cell.role == "answer" and cell.name not in found.texts]
    others: list[tuple[str, str]] = []
    if lost and found.extras:
        others = _strangers(submitted, frame)
        _find_by_options(lost, found, {text for _, text in others})
        _name_strangers(lost, found, others)
    if not others:
        take_lists(found, released)
    before = ""
    for cell in released:
        if cell.role == "reflection" and cell.name not in found.texts and before:
            _find_behind_prompt(cell, frame[before], found, released)
        elif cell.role == "reflection" and all(_untouched(text, cell) for text in found.texts.get(cell.name, ())):
            _find_beside(cell, before, found)
        elif cell.role == "answer" and all(as_released(text, cell.source) for text in found.texts.get(cell.name, [""])):
            _find_answer_beside(cell, before if before and frame[before].role == "text" else "", found)
        before = cell.name
    if not others:
        ask_where_text_is_left(found, released)
    return found


def _sort_out(submitted: Notebook, frame: Mapping[str, Released]) -> Written:
    texts: dict[str, list[str]] = {}
    extras: dict[str, list[str]] = {}
    place, count = "", 0
    for cell in submitted["cells"]:
        name, text = grade_id(cell), source_of(cell)
        if name in frame:
            place, released = name, frame[name]
            if released.role in ("answer", "reflection", "other"):
                texts.setdefault(name, []).append(text)
                continue
            handed_out = without_scheme(released.source)
            if text == handed_out or same(text, handed_out) or same(text, released.source):
                continue
        if text.strip() and count < EXTRA_CELLS:
            extras.setdefault(place, []).append(text)
            count += 1
    return Written({name: _distinct(copies, frame[name]) for name, copies in texts.items()}, extras)


def _distinct(copies: list[str], cell: Released) -> list[str]:
    """The texts of one cell, each once: of a question's, white space makes no other."""
    if len(copies) == 1:
        return copies
    found: dict[str, str] = {}
    for text in copies:
        found.setdefault(without_space(text) if cell.role == "answer" else text, text)
    return list(found.values())


_BEGIN, _END = "=== BEGIN MARK SCHEME ===", "=== END MARK SCHEME ==="


@lru_cache(maxsize=4096)
def without_scheme(source: str) -> str:
    """A criterion's cell as it is handed out: without what stands in nbgrader's mark-scheme region."""
    first, *pieces = source.split(_BEGIN)
    return first + "".join(
        piece.partition(_END)[2].removeprefix("\n") if _END in piece else f"{_BEGIN}{piece}" for piece in pieces
    )


def _strangers(submitted: Notebook, frame: Mapping[str, Released]) -> list[tuple[str, str]]:
    """Answer cells of questions that were not released, and their copies: (name, text). A question of another version
    brings its own locked story; a cell that has merely lost its name does not."""
    named = [(name, source_of(cell)) for cell in submitted["cells"] if (name := grade_id(cell)) and name not in frame]
    names = {name for name, _ in named}
    return [(name, text) for name, text in named if f"{name}--ask" in names and _CARD.fullmatch(name)][:EXTRA_CELLS]


def _name_strangers(lost: Sequence[Released], found: Written, others: Sequence[tuple[str, str]]) -> None:
    """Say of a question that is not there which one stands in its place, with the same options."""
    by_lines = {_bare_lines(text[:LONGEST]): name for name, text in others}
    for cell in lost:
        other = by_lines.get(_bare_lines(cell.source))
        if other and cell.name not in found.texts:
            found.notes.setdefault(cell.name, []).append(
                t("another question stands in its place (`{name}`): is this another version's notebook?", name=other)
            )


def _find_by_options(lost: Sequence[Released], found: Written, not_in: set[str]) -> None:
    """The cell of a question was merged into another or lost its name: its option lines tell where they are. Of several
    texts the one with the most is taken."""
    asked: dict[str, list[str]] = {}
    for cell in lost:
        for line in _bare_lines(cell.source):
            asked.setdefault(line, []).append(cell.name)
    best: dict[str, list[str]] = {}
    stood: dict[str, str] = {}
    for text in _searched(found.extras):
        if text in not_in:
            continue
        lines: dict[str, list[str]] = {}
        for line in text.split("\n"):
            for name in asked.get(bare_line(line), ()):
                lines.setdefault(name, []).append(line)
        better = {name: own for name, own in lines.items() if len(own) > len(best.get(name, ""))}
        best |= better
        stood |= dict.fromkeys(better, text)
    for name, own in best.items():
        if len(own) > 1:
            found.texts[name] = ["\n".join(own)]
            found.taken.add(stood[name])
            found.notes.setdefault(name, []).append(t("the answer had lost its name, and was found by its options"))


def _searched(extras: Mapping[str, list[str]]) -> Iterator[str]:
    left = SEARCHED
    for group in extras.values():
        for text in group:
            yield text[:left]
            left -= min(left, len(text))


def _find_behind_prompt(cell: Released, prompt: Released, found: Written, released: Sequence[Released]) -> None:
    """The cell of a reflection is not there: what stands behind its prompt, in the same cell or in the next ones, is
    the answer. Where the prompt lost its name, too, its words tell where it is."""
    behind = found.extras.get(prompt.name, [])
    texts = [text for text in (_after(text, prompt.source) for text in behind) if text]
    found.taken |= set(behind)
    if texts := texts or _behind_words(cell, prompt.source, found, released):
        found.texts[cell.name] = texts
        if texts != [cell.source]:
            found.notes.setdefault(cell.name, []).append(
                t("the answer was not in its place; the text behind its prompt was taken")
            )


def _behind_words(cell: Released, prompt: str, found: Written, released: Sequence[Released]) -> list[str]:
    """What follows a cell that begins with the words of a prompt, up to the next cell that was handed out; the
    placeholder alone, where that was left as it was."""
    words, known = prompt.split(), {without_space(without_scheme(one.source)) for one in released}
    for group in found.extras.values():
        for at, text in enumerate(group):
            if text.split(maxsplit=len(words))[: len(words)] != words:
                continue
            behind = takewhile(lambda one: without_space(one) not in known, group[at + 1 :])
            texts = [one for one in (_after(text, prompt), *behind) if one.strip()]
            found.taken |= {text, *texts}
            left = group[at + 1 : at + 2]
            return texts or [cell.source] * bool(left and same(left[0], cell.source))
    return []


def _untouched(text: str, cell: Released) -> bool:
    return not text.strip() or same(text, cell.source)


def _find_beside(cell: Released, prompt: str, found: Written) -> None:
    """The cell of a reflection is as it was handed out: text in cells that were added around it, up to the next
    question or reflection, is the answer."""
    own = f"{cell.name}--"
    rubric = [name for name in found.extras if name.startswith(own) and name.removeprefix(own).isdecimal()]
    around = [text for name in (prompt, cell.name, *rubric) for text in found.extras.get(name, ())]
    texts = [text for text in around if text not in found.lists]
    if texts:
        found.texts[cell.name] = texts
        found.taken |= set(texts)
        found.notes.setdefault(cell.name, []).append(t(BESIDE))


def _find_answer_beside(cell: Released, ask: str, found: Written) -> None:
    """The options of a question are as they were handed out: text in a cell that was added behind them, or between the
    question and them, is read as if it stood below the options."""
    around = [text for name in (ask, cell.name) if name for text in found.extras.get(name, ())]
    texts = [text for text in around if text not in found.lists]
    if texts and cell.name in found.texts:
        found.texts[cell.name] = [cell.source, *texts]
        found.taken |= set(texts)
        found.notes.setdefault(cell.name, []).append(t(BESIDE))


def _after(text: str, prompt: str) -> str:
    """What stands behind the prompt in a cell that was merged with its answer; all of it where there is no prompt."""
    words = prompt.split()
    parts = text.split(maxsplit=len(words))
    return "".join(parts[len(words) :]).strip() if parts[: len(words)] == words else text.strip()


def _bare_lines(text: str) -> frozenset[str]:
    return frozenset(bare_line(line) for line in text.split("\n") if line.strip())


_CARD = re.compile(r"[a-z0-9-]{1,100}")  # the name of a card: it is said to people as it stands
_BOX = re.compile(r"\s*(?:[-*+•]\s*)?\[[^\]\n]{0,3}\]")


def bare_line(line: str) -> str:
    """An option line without its mark."""
    box = _BOX.match(line)
    return " ".join((f"[]{line[box.end() :]}" if box else line).split())
