"""Files that a class handed in, out of folders and archives, within bounds: each odd one costs only itself.

Whoever wants them gives an object with two methods: `refuse(shown, why)`, and `take(shown, parts, size, at, copy)`,
where `parts` are those of the file's path, `at()` gives its time and `copy(place)` unpacks it.
"""

from __future__ import annotations

import io
import os
import shutil
import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Protocol

from ..language import t
from ..notebook.intake import LARGEST

FILES = 5_000  # in one archive
TOTAL = 1_000_000_000  # bytes of one archive, unpacked


class Taker(Protocol):
    def refuse(self, source: str, why: str) -> None: ...

    def take(
        self, source: str, parts: tuple[str, ...], size: int, at: Callable[[], float], copy: Callable[[Path], object]
    ) -> None: ...


def in_words(error: Exception) -> str:
    """What is the matter with a file that could not be unpacked."""
    if isinstance(error, RuntimeError) and "password" in str(error):
        return t("it is locked with a password.")
    if isinstance(error, OSError) and error.strerror:
        return t("it cannot be written or read ({error}).", error=error.strerror)
    return t("it is damaged, or packed in a way that is not known here ({kind}).", kind=type(error).__name__)


def walk(place: Path, found: Taker) -> None:
    """Every file of a folder, those in its archives among them; or one file."""
    if place.is_dir() and not place.is_symlink():
        for folder, _, names in os.walk(place):
            for name in sorted(names):
                _file(Path(folder) / name, place, found)
    else:
        _file(place, place.parent, found)


def _file(path: Path, root: Path, found: Taker) -> None:
    shown = path.relative_to(root)
    try:
        if path.is_symlink() or not path.is_file():
            found.refuse(str(shown), t("it is not an ordinary file."))
        elif path.suffix.casefold() == ".zip":
            _archive(path, str(shown), found)
        else:
            found.take(
                str(shown),
                shown.parts,
                path.stat().st_size,
                lambda: path.stat().st_mtime,
                lambda place: shutil.copyfile(path, place),
            )
    except OSError as error:
        found.refuse(str(shown), in_words(error))


def _archive(path: Path, shown: str, found: Taker) -> None:
    try:
        archive, mended = _opened(path)
        with archive:
            members = [member for member in archive.infolist() if not member.filename.endswith("/")]
            total = sum(member.file_size for member in members if member.file_size <= LARGEST)
            if len(members) > FILES or total > TOTAL:
                found.refuse(
                    shown,
                    t("it would unpack to {files} files and {size} MB.", files=len(members), size=total // 1_000_000),
                )
                return
            for member in members:
                _member(archive, member, mended, shown, found)
    except Exception as error:
        found.refuse(shown, in_words(error))


def _opened(path: Path) -> tuple[zipfile.ZipFile, bool]:
    """An archive, and whether it had to be mended: one name in it that says it is UTF-8 and is not would otherwise
    close the whole of it."""
    try:
        return zipfile.ZipFile(path), False
    except UnicodeDecodeError:
        data = bytearray(path.read_bytes())
        for at, name in _names(data):
            try:
                name.decode("utf-8")
            except UnicodeDecodeError:
                data[at + 9] &= ~0x08  # bit 11 of the flags: the name is UTF-8
        return zipfile.ZipFile(io.BytesIO(data)), True


def _names(data: bytearray) -> Iterator[tuple[int, bytes]]:
    """(place, name) of each entry in an archive's central directory. Layout: APPNOTE.TXT of PKWARE, 4.3.12 and
    4.3.16."""
    end = data.rfind(b"PK\x05\x06")
    count, _, at = struct.unpack_from("<HLL", data, end + 10)
    for _ in range(count):
        name, extra, comment = struct.unpack_from("<3H", data, at + 28)
        yield at, bytes(data[at + 46 : at + 46 + name])
        at += 46 + name + extra + comment


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, mended: bool, shown: str, found: Taker) -> None:
    name, readable = member.filename, True
    if not member.flag_bits & 0x800 and not name.isascii():
        try:
            name = member.orig_filename.encode("cp437").decode("utf-8")  # macOS writes UTF-8 and does not say so
        except UnicodeError:
            readable = not mended  # Windows writes its own letters, and zipfile has read them
    parts = PurePosixPath(name.replace("\\", "/")).parts
    linked = (member.external_attr >> 16) & 0o170000 == 0o120000
    if not parts:
        found.refuse(
            f"{shown}: {t('(no name)')}", t("it has no name. Ask whose it is, and give it beside the archive.")
        )
    elif ".." in parts or parts[0].startswith("/") or linked:
        found.refuse(f"{shown}: {name}", t("its name leads elsewhere, or it is a link."))
    elif not readable:
        found.refuse(
            f"{shown}: {name}",
            t(
                "its name cannot be read, so that nobody can tell whose it is. Take it out of the archive "
                "and put it beside it."
            ),
        )
    else:
        found.take(
            f"{shown}: {name}",
            parts,
            member.file_size,
            lambda: time.mktime((*member.date_time, 0, 0, -1)),
            lambda place: _copy(archive, member, place),
        )


def _copy(archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: Path) -> None:
    """Unpack a member. The size in the archive is a claim: what is read is counted. Raises ValueError for more than a
    notebook may have."""
    with archive.open(member) as source, place.open("wb") as out:
        left = LARGEST
        while chunk := source.read(1 << 20):
            left -= len(chunk)
            if left < 0:
                raise ValueError(t("longer than it says"))
            out.write(chunk)
