"""The door: every command, and a line instead of a trace for whatever goes wrong."""

from __future__ import annotations

import os
import sys

from . import (  # noqa: F401 - each adds its commands
    author,
    badge,
    blind,
    calibrate,
    collect,
    due,
    exam,
    exchange,
    grades,
    lms,
    marks,
    new,
    person,
    program,
    report,
    review,
    settle,
    supervisor,
    trainee,
    travel,
)
from .desk import app, stop  # noqa: F401 - tests take the app from here, with every command
from .extras import lacking
from .speech import program as commands
from ..language import t


def main() -> None:
    """Run the command that was typed."""
    # With it, jsonschema, which comes with nbformat, takes a second to make parsers of addresses, which no schema of a
    # notebook asks for; without it, it does without.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    try:
        commands()()
    except KeyboardInterrupt:
        stop(t("Stopped. Nothing was left half done; run the command again to go on."), 130)
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:
        if isinstance(error, ModuleNotFoundError) and (words := lacking(error)):
            stop(words, 2)
        # A file or folder that the person named, or a disk that is full.
        if isinstance(error, OSError) and isinstance(error.filename, (str, bytes)):
            stop(
                t(
                    "{file}: {error}. Look at the name, the permissions and the space left.",
                    file=os.fsdecode(error.filename),
                    error=error.strerror,
                ),
                2,
            )
        if words := _of_the_gradebook(error):
            stop(words, 2)
        stop(
            t("This is our mistake, not yours: {kind}: {error}", kind=type(error).__name__, error=error)
            + "\n"
            + t("Please report it with the command that you typed."),
            2,
        )


def _of_the_gradebook(error: Exception) -> str:
    """What is the matter with a gradebook that failed in the middle of a command; empty for another error."""
    if "sqlalchemy" not in sys.modules:  # no gradebook was opened
        return ""
    from ..grading.gradebook import said_of

    return said_of(error)
