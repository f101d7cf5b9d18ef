"""The repository, and the programs of this environment."""

import functools
import os
import subprocess
import sys
from pathlib import Path

from grader.cards.library import Library, load

from .reading import remember, remember_options
from .warm import Going, Warm

remember()
remember_options()
ROOT = Path(__file__).resolve().parent.parent.parent
WARM = Warm()
#: Whether what is tried at random is tried as often as before a release: `CANDOR_LONG=1 make test`.
LONG = os.environ.get("CANDOR_LONG") == "1"


@functools.cache
def the_library() -> Library:
    """The repository's own cards, read once for all tests of a process; none of them may change it."""
    return load(ROOT)


def run(
    *words: str, folder: Path = ROOT, given: str = "", apart: bool = False, **environment: str
) -> subprocess.CompletedProcess:
    """A program of this environment (nbgrader, jupyter-book, grader) in a folder, as somebody would type it."""
    return WARM.run(*words, folder=folder, environment=_with_programs(environment), given=given, apart=apart)


def going(*words: str, folder: Path = ROOT, **environment: str) -> Going:
    """One that goes on, as a server does."""
    return Going(WARM, *words, folder=folder, environment=_with_programs(environment))


def started(*words: str, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess:
    """The same by starting the program, for what a fork cannot show: that it starts, and finds what it imports."""
    command = [Path(sys.executable).with_name(words[0]), *words[1:]]
    return subprocess.run(
        command, cwd=folder, env=_with_programs(environment), capture_output=True, text=True, timeout=600
    )


def _with_programs(environment: dict) -> dict:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, **environment}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment
