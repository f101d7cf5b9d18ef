"""Sheets for blind readers: the options alone, and questions in full, without names and without key.

No question stands in both sheets, and no two stories of a set in one.
"""

from __future__ import annotations

import base64
import hashlib
import json
import random
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import TypedDict, cast

from ..cards.library import Library
from ..cards.model import Question
from ..cards.render import HOW
from ..cards.vocabulary import LETTERS
from ..counted import in_english as counted
from ..learner.readiness.sheet_in import Unreadable
from ..web.files import write as write_file

ONLY, FULL = "options-only", "full"
SEALED = "key.sealed"


class Asked(TypedDict):
    """A question of a sheet as the key has it. `options`: how many; `key`: the letters that are right."""

    name: str
    key: str
    options: int
    single: bool
    use: str
    set: str


class Key(TypedDict):
    """What is sealed: the questions of each sheet in their order."""

    seed: int
    sheets: dict[str, list[Asked]]


def make(
    library: Library,
    folder: Path,
    count: int,
    seed: int,
    uses: Iterable[str] = ("graded", "exam"),
    sheets: Iterable[str] = (ONLY, FULL),
) -> list[str]:
    """Write the sheets, an empty table of answers for each, and the sealed key. Says what was written, in lines.
    Raises Unreadable."""
    if folder.exists() and any(folder.iterdir()):
        raise Unreadable(f"{folder} is not empty. Give a new folder: a key that was read with its answers is no key.")
    drawn, said = _draw(library, count, random.Random(seed), tuple(uses), tuple(sheets))
    rows: dict[str, list[Asked]] = {
        sheet: [
            {
                "name": card.name,
                "key": "".join(card.key),
                "options": len(card.options),
                "single": card.single,
                "use": str(card.use),
                "set": str(card.set),
            }
            for card in cards
        ]
        for sheet, cards in drawn.items()
    }
    key = json.dumps({"seed": seed, "sheets": rows}, indent=0)
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    write_file(folder / SEALED, base64.encodebytes(zlib.compress(key.encode())))
    for sheet, cards in drawn.items():
        write_file(folder / f"{sheet}.md", _sheet(sheet, cards, library, digest))
        write_file(
            folder / f"{sheet}.csv",
            "number,letter,p\n" + "".join(f"{number},,\n" for number in range(1, len(cards) + 1)),
        )
        said.append(
            f"{folder / sheet}.md: {counted(len(cards), 'question')}; answers go into {sheet}.csv,"
            f" or {sheet}-NAME.csv where several read."
        )
    return [*said, f"{folder / SEALED}: the key, {digest}. Give it to nobody who reads."]


def _draw(
    library: Library, count: int, dice: random.Random, uses: tuple[str, ...], sheets: tuple[str, ...]
) -> tuple[dict[str, list[Question]], list[str]]:
    """For each sheet its questions: every list of options once, no question in two sheets, and a list that stands in
    another sheet only where no other is left."""
    groups: dict[str, list[Question]] = {}
    for card in library.questions.values():
        if card.use in uses and not card.retired:
            groups.setdefault(card.group, []).append(card)
    for cards in groups.values():
        dice.shuffle(cards)
    names = sorted(groups)
    dice.shuffle(names)
    drawn: dict[str, list[Question]] = {}
    said: list[str] = []
    for sheet in sheets:
        taken = {card.name: card.group for cards in drawn.values() for card in cards}
        names.sort(key=lambda name: name in taken.values())
        left = ([card for card in groups[name] if card.name not in taken] for name in names)
        some = [cards[0] for cards in left if cards][:count]
        if len(some) < count:
            raise Unreadable(
                f"There are {counted(len(some), 'question')} for the sheet {sheet}, of every set one;"
                f" {count} were asked for."
            )
        again = sum(card.group in taken.values() for card in some)
        said += [
            f"Stories of sets of which another story stands in the other sheet: {counted(again, 'question')} of"
            f" {sheet}; let one reader see one sheet."
        ] * bool(again)
        dice.shuffle(some)
        drawn[sheet] = some
    return drawn, said


def _sheet(sheet: str, cards: list[Question], library: Library, digest: str) -> str:
    task = (
        "You see the options alone, without what they answer. For each number choose the option that you take to be"
        " right."
        if sheet == ONLY
        else (
            "For each number read the story and choose. Before you choose, write under `p` which share of trainees you"
            " think will be right, from 0 to 1."
        )
    )
    lines = [
        f"# {counted(len(cards), 'question')}, {'options alone' if sheet == ONLY else 'in full'}",
        "",
        f"{task} Write the letter into the table; several letters where all that apply are asked for. Look nothing up.",
        "",
        f"Key {digest}.",
    ]
    for number, card in enumerate(cards, 1):
        lines += ["", f"## {number}", ""]
        if sheet == FULL:
            lines += [
                text
                for part in (*_so_far(card, library), card.story.strip(), f"**{card.ask.strip()}**")
                if part
                for text in (part, "")
            ]
        lines += [f"*{HOW[str(card.kind)]}*", ""]
        lines += [f"- {letter}. {option.text}" for letter, option in zip(LETTERS, card.options)]
    return "\n".join(lines) + "\n"


def _so_far(card: Question, library: Library) -> list[str]:
    """What a case has told when it asks this question; nothing where the question stands alone."""
    for case in library.vignettes.values():
        told = [
            str(case.setting),
            *(
                f"{person.name}, {person.age}, {person.pronouns}. {' '.join(person.story.split())}"
                for person in case.people
            ),
        ]
        for part in case.parts:
            told.append(f"*{part.title}.* {part.story.strip()}")
            if card.name in (str(ask.question) for ask in part.ask):
                return told
    return []


def unseal(folder: Path) -> Key:
    """The key of a folder of sheets. Raises Unreadable."""
    try:
        return cast(Key, json.loads(zlib.decompress(base64.decodebytes((folder / SEALED).read_bytes()))))
    except (OSError, ValueError, zlib.error):
        raise Unreadable(
            f"{folder / SEALED}: is not the key of a blind reading. Was the folder made by `grader blind make`?"
        ) from None
