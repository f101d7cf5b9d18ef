"""What was read before is not read again: a card, since what it is follows from its text alone; and what each command
takes, since that follows from its function."""

from functools import cache, lru_cache

import typer

from grader.cards import library
from grader.cards.source import read_text


def remember() -> None:
    """From here on this process, and whoever is forked from it, reads a card of the same place and text once."""
    read = library.read_card
    known = lru_cache(1 << 12)(lambda cls, path, shown, text: read(cls, path, shown))

    def read_card(cls, path, shown):
        text, _ = read_text(path, shown)
        card, problems = read(cls, path, shown) if text is None else known(cls, path, shown, text)
        return card, list(problems)

    library.read_card = read_card


def remember_options() -> None:
    """From here on the options of a command are read from its function once. Typer reads those of all commands each
    time that one is typed, which takes longer than most commands do."""
    typer.main.get_params_from_function = cache(typer.main.get_params_from_function)
