"""What somebody handed in, and a later file made room for: kept beside, where nbgrader does not look."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

from .shared import make, open_to_group

FOLDER = "replaced"


def latest(root: Path, folder: Path) -> Path | None:
    """What was kept last of a submission's folder; None where nothing was."""
    there = root / FOLDER / folder.parent.name / folder.name
    return max(there.iterdir(), default=None) if there.is_dir() else None


def keep(root: Path, folder: Path, shared: bool) -> Path:
    """Copy the files of a submission's folder (TRAINEE/ASSIGNMENT) into a folder of its own, whose name is the time;
    where. Raises OSError."""
    home = root / FOLDER
    to = home / folder.parent.name / folder.name / f"{datetime.now():%Y-%m-%dT%H-%M-%S-%f}"
    make(to, home, shared)
    for entry in os.scandir(folder):
        if entry.is_file(follow_symlinks=False):
            copied = Path(shutil.copy2(entry.path, to))
            if shared:
                open_to_group(copied)
    return to
