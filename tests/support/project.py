"""The repository, and the programs of this environment."""

import os
import subprocess
import sys
from pathlib import Path

from .warm import Warm

ROOT = Path(__file__).resolve().parent.parent.parent
WARM = Warm()


def run(
    *words: str, folder: Path = ROOT, given: str = "", together: bool = True, **environment: str
) -> subprocess.CompletedProcess:
    """A program of this environment (nbgrader, jupyter-book, grader) in a folder, as somebody would type it."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, **environment}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return WARM.run(*words, folder=folder, environment=environment, given=given, together=together)
