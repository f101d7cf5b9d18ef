"""The rights of files in a course that several accounts of one group teach: nbgrader's `CourseDirectory.groupshared`.

Folders keep the group (setgid) and let it write, files can be written by it, as nbgrader leaves them.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

FILE = 0o664
_FILE, _FOLDER = 0o660, 0o2770


def make(folder: Path, top: Path, shared: bool) -> None:
    """Make a folder, and where the course is shared open it and those above it, up to `top`, to the group. Raises
    OSError where it cannot be made."""
    folder.mkdir(parents=True, exist_ok=True)
    while shared and folder.is_relative_to(top):
        open_to_group(folder)
        folder = folder.parent


def open_to_group(path: Path) -> None:
    """Add the group's rights. What belongs to another account stays as it is: its owner has opened it, or must."""
    with suppress(OSError):
        mode, wanted = path.stat().st_mode, _FOLDER if path.is_dir() else _FILE
        if mode & wanted != wanted:
            path.chmod((mode | wanted) & 0o7777)
