"""How a file is written: apart, to the disk, then in the place of the old one.

Whoever reads sees the old file or the new one, never half of one.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write(
    path: Path,
    data: str | bytes,
    *,
    fresh: bool = False,
    mode: int | None = None,
    apart: Path | None = None,
    lasting: bool = True,
) -> None:
    """Write a file whole. Text is UTF-8, and its line ends stay as they are.

    `fresh`: it must not be there yet; raises FileExistsError where it is, also when two writers meet. `mode`: its
    permissions, from the first byte on; else a file that is replaced keeps its own. `apart`: a folder on the same disk
    where it is written first; else beside its place. `lasting`: it is on the disk before it takes its place; not needed
    for what can be made again at any time. A link stays a link. Raises OSError where it cannot be written; what stood
    there before is then untouched.
    """
    path = Path(os.path.realpath(path))
    first = 0o666 if mode is None else mode & 0o600
    if mode is None and not fresh and path.exists():
        mode = path.stat().st_mode & 0o7777
    passing = (apart or path.parent) / f".{path.name}.{secrets.token_hex(4)}.new"
    try:
        with naming(path):
            with os.fdopen(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, first), "wb") as stream:
                stream.write(data.encode("utf-8") if isinstance(data, str) else data)
                stream.flush()
                if lasting:
                    os.fsync(stream.fileno())
            if mode is not None:
                os.chmod(passing, mode)
            (_claim if fresh else os.replace)(passing, path)
    except BaseException:
        passing.unlink(missing_ok=True)
        raise


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """What cannot be written in the block is said of `path`, which somebody gave, and not of a file that passes."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from None


def _claim(passing: Path, path: Path) -> None:
    """Put a file where none is: of two writers one gets the place, and nobody sees it empty. Raises FileExistsError."""
    try:
        os.link(passing, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links: the empty file is the claim
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        os.replace(passing, path)
    else:
        passing.unlink()
