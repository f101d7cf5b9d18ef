"""Libraries for the tests of `grader check`: the good one, and copies of it with something broken."""

import os
import shutil
from pathlib import Path

from grader.cards.templates import place

GOOD = Path(__file__).parent.parent / "good"
BROKEN = Path(__file__).parent.parent / "broken"


def copy_of_good(folder: Path) -> Path:
    return Path(shutil.copytree(GOOD, folder / "library"))


def book_of_good(folder: Path) -> Path:
    """The good library as a book, with the project's own configuration."""
    library, root = copy_of_good(folder), GOOD.parent.parent
    shutil.copy(root / "_config.yml", library)
    for name in ("candor-logo.svg", "candor-favicon.svg"):
        shutil.copy(root / "book/figures" / name, library / "book/figures")
    return library


def new_card(kind: str, library: Path) -> Path:
    """Where a new card of a kind goes in a library; its folder is made."""
    folder = {"question": "confidentiality/", "set": "confidentiality/", "chapter": "ethics/"}.get(kind, "")
    path = place(kind, f"{folder}new-one", library)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def overlay(library: Path, broken: Path) -> None:
    """Put a broken folder's files over a library. `MAKE` names a file too large to be kept here: its path and its
    size."""
    for path in sorted(broken.rglob("*")):
        if (path.is_dir() and not path.is_symlink()) or path.name in ("expected.txt", "MAKE"):
            continue
        target = library / path.relative_to(broken)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        if path.is_symlink():
            target.symlink_to(os.readlink(path))
        else:
            shutil.copy(path, target)
    if (broken / "MAKE").is_file():
        name, size = (broken / "MAKE").read_text().split()
        (library / name).write_text("# " + "x" * int(size))
