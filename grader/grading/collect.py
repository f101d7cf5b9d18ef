"""The two plugins of `nbgrader zip_collect`: one unpacks, within bounds, the other says whose a file is.

All is decided while unpacking, so that nbgrader has plain files before it, one for each trainee: nothing that one
person handed in can stop the others. The list at the end says who is there, who is not and why.
"""

from __future__ import annotations

import atexit
import io
import os
import shutil
import struct
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin

from .gradebook import Unsupported, students
from ..notebook.intake import LARGEST
from .collection import Collection, in_words
from .names import said_by

FILES = 5_000  # in one archive
TOTAL = 1_000_000_000  # bytes of one archive, unpacked


class Extractor(ExtractorPlugin):
    """Unpacks a class's archives within bounds: ordinary notebooks alone, one of each trainee, never outside its
    folder."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        directory = self.parent.coursedir
        root = Path(directory.root)
        known = frozenset(path.name for path in (root / directory.source_directory).glob("*") if path.is_dir())
        found = Collection(directory.assignment_id, known, Path(extracted_path), root / directory.submitted_directory)
        roster, unknown = [], ""
        try:
            roster = students(directory.db_url)
        except Unsupported as error:
            unknown = str(error)
        atexit.register(lambda: print(found.text(roster, unknown)))  # behind all that nbgrader has to say
        for folder, _, names in os.walk(archive_path):
            for name in sorted(names):
                _file(Path(folder) / name, Path(archive_path), found)
        found.settle(self.parent.force)
        if not found.chosen and not any(state == "collected" for state, _, _ in found.lines):
            self.parent.fail(f"Nothing of {found.assignment} was collected. The list says why.")


class Collector(FileNameCollectorPlugin):
    """Says whose a file is, by the plain name that Extractor gave it."""

    def collect(self, submitted_file: str) -> dict | None:
        name = said_by(Path(submitted_file).name)
        if name is None:
            return None
        return {
            "student_id": name.trainee,
            "file_id": name.assignment,
            **({"timestamp": name.time.isoformat(" ")} if name.time else {}),
        }


def _file(path: Path, root: Path, found: Collection) -> None:
    shown = path.relative_to(root)
    try:
        if path.is_symlink() or not path.is_file():
            found.refuse(str(shown), "it is not an ordinary file.")
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


def _archive(path: Path, shown: str, found: Collection) -> None:
    try:
        archive, mended = _opened(path)
        with archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            total = sum(member.file_size for member in members if member.file_size <= LARGEST)
            if len(members) > FILES or total > TOTAL:
                found.refuse(shown, f"it would unpack to {len(members)} files and {total // 1_000_000} MB.")
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


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, mended: bool, shown: str, found: Collection) -> None:
    name, readable = member.filename, True
    if not member.flag_bits & 0x800 and not name.isascii():
        try:
            name = member.orig_filename.encode("cp437").decode("utf-8")  # macOS writes UTF-8 and does not say so
        except UnicodeError:
            readable = not mended  # Windows writes its own letters, and zipfile has read them
    parts = PurePosixPath(name.replace("\\", "/")).parts
    linked = (member.external_attr >> 16) & 0o170000 == 0o120000
    if not parts or ".." in parts or parts[0].startswith("/") or linked:
        found.refuse(f"{shown}: {name}", "its name leads elsewhere, or it is a link.")
    elif not readable:
        found.refuse(
            f"{shown}: {name}",
            "its name cannot be read, so that nobody can tell whose it is. "
            "Take it out of the archive and put it beside it.",
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
                raise ValueError("longer than it says")
            out.write(chunk)
