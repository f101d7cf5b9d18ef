"""Seconds to write 1,000 questions, and all reflections, in each form that other systems read, and to take them in
again.

    python bench/exchange.py [QUESTIONS]

The library's own questions, repeated under other names until there are so many.
"""

from __future__ import annotations

import dataclasses
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from grader.cards.library import Library, find_root, load
from grader.cards.problem import Text
from grader.exchange import carried, out
from grader.exchange.incoming.bring import bring
from grader.exchange.items import essays, items

Made = TypeVar("Made")


def timed(what: str, act: Callable[[], Made]) -> tuple[Made, float]:
    began = time.perf_counter()
    made = act()
    taken = time.perf_counter() - began
    print(f"  {what}: {taken:.2f} s")
    return made, taken


def repeated(library: Library, count: int) -> Library:
    """The library with `count` practice questions."""
    own = [card for card in library.questions.values() if card.published]
    cards = {}
    for number in range(count):
        card = own[number % len(own)]
        name = Text(f"{card.name}-{number}")
        cards[str(name)] = dataclasses.replace(card, named=name)
    return dataclasses.replace(library, questions=cards)


def main(count: int) -> None:
    library = repeated(load(find_root(Path(__file__).resolve().parent)), count)
    print(f"Out, {count} questions and {len(library.reflections)} reflections:")
    (found, written), all_of_it = timed("cards as HTML", lambda: (items(library, "practice"), essays(library)))
    files = {}
    for form in carried.FORMS:
        files[form], taken = timed(form, partial(out.write, form, found, written))
        all_of_it += taken
    print(f"  all forms: {all_of_it:.2f} s")
    print("In:")
    empty = dataclasses.replace(library, questions={}, sets={}, reflections={}, unread={})
    for form, reader in (("moodle", "moodle"), ("gift", "gift"), ("qti21", "qti"), ("qti3", "qti")):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bank"
            path.write_bytes(files[form])
            timed(form, partial(bring, reader, path, Path(folder) / "own", empty, "", "graded"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
