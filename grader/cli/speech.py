"""What the commands say of themselves, in the language of the edition in whose folder one stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import typer
from typer import core

from .desk import app
from ..language import ENGLISH, PSEUDO, language, later, t, use

#: What the library that reads the command line says on every page of help.
OF_TYPER = (
    later("Aborted!"),
    later("Arguments"),
    later("Commands"),
    later("Options"),
    later("Show this message and exit."),
    later("default: {default}"),
    later("required"),
)


def program() -> Any:
    """The commands, to be called."""
    made = typer.main.get_command(app)
    for one in _every(made):
        for param in one.params:
            if isinstance(param, core.TyperArgument):
                param.get_usage_pieces = partial(_in_usage, param)  # type: ignore[method-assign]  # its own has braces
    if tag := _asked():
        use(tag)
        if language() == PSEUDO or language().split("-")[0] != ENGLISH:
            vars(core)["_"] = t  # its gettext, by which it says what stands in OF_TYPER
            for one in _every(made):
                _say(one)
    return made


def _in_usage(argument: core.TyperArgument, context: object) -> list[str]:
    """How a line of usage shows an argument: ASSIGNMENT, [ASSIGNMENT], FILES..."""
    name = (argument.name or "").upper()
    return [(name if argument.required else f"[{name}]") + "..." * (argument.nargs != 1)]


def _asked() -> str:
    """The language of the edition in which one stands; empty elsewhere, where nothing needs to be read."""
    here = Path.cwd()
    if not any((folder / "program.yml").is_file() for folder in (here, *here.parents)):
        return ""
    from ..cards.program import find_edition, read_program

    edition = find_edition(here)
    found = read_program(edition)[0] if edition else None
    return str(found.language) if found else ""


def _every(command: Any) -> Iterator[Any]:
    yield command
    for one in getattr(command, "commands", {}).values():
        yield from _every(one)


def _say(command: Any) -> None:
    asked = command.get_help_option(typer.Context(command))
    for one in (command, *command.params, *([asked] if asked else [])):
        if one.help:
            one.help = "\n\n".join(t(" ".join(part.split())) for part in one.help.split("\n\n"))
