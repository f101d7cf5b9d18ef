"""The repository, and the programs of this environment."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def run(*words: str, folder: Path = ROOT) -> subprocess.CompletedProcess:
    """A program of this environment."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    program = str(Path(sys.executable).with_name(words[0]))
    return subprocess.run(
        [program, *words[1:]], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
