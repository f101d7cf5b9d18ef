"""What `nbgrader zip_collect` unpacks, within bounds: a class's archive, not a bomb."""

from __future__ import annotations

import os
import re
import shutil
import time
import zipfile
from pathlib import Path, PurePosixPath

from nbgrader.plugins import ExtractorPlugin

from ..intake import LARGEST

FILES = 5_000  # in one archive
TOTAL = 1_000_000_000  # bytes of one archive, unpacked
#: What a browser calls a file that is downloaded again: `ada__holding (1).ipynb`.
_AGAIN = re.compile(r"(?P<name>.+__[a-z0-9-]+?) ?\((?P<number>\d{1,4})\)(?P<ending>\.ipynb)$")


class BoundedExtractor(ExtractorPlugin):
    """Unpacks zip archives with limits on files and bytes, takes only ordinary files, and never writes outside its folder.

    Anything else is named in one line and left where it is; the rest goes on.
    """

    def extract(self, archive_path: str, extracted_path: str) -> None:
        for folder, _, names in os.walk(archive_path):
            target = Path(extracted_path) / os.path.relpath(folder, archive_path)
            target.mkdir(parents=True, exist_ok=True)
            for name in sorted(names):
                path = Path(folder) / name
                if path.is_symlink() or not path.is_file():
                    self.log.error("%s: is not an ordinary file; it was left out.", path)
                elif path.suffix == ".zip":
                    self._unpack(path, target / path.stem)
                elif path.stat().st_size > LARGEST:
                    self.log.error("%s: is larger than %d MB; it was left out.", path, LARGEST // 1_000_000)
                else:
                    shutil.copy2(path, target / name)
        self._latest(Path(extracted_path))

    def _latest(self, folder: Path) -> None:
        """Of a trainee's files for one assignment that bear no time, leave the latest, under its plain name.

        nbgrader has no way to compare them and would collect nothing of the whole class.
        """
        versions: dict[str, list[tuple[tuple, Path]]] = {}
        for path in sorted(folder.rglob("*__*.ipynb")):
            again = _AGAIN.match(path.name)
            plain = again["name"] + again["ending"] if again else path.name
            at = path.stat().st_mtime
            # Within a minute, as after a copy, the browser's number says more than the clock.
            versions.setdefault(plain, []).append(((at // 60, int(again["number"]) if again else 0, at), path))
        for plain, found in versions.items():
            *earlier, (_, last) = sorted(found)
            for _, path in earlier:
                path.unlink()
                self.log.warning("%s: is an earlier version than %s; the later one is collected.", path.relative_to(folder), last.relative_to(folder))
            last.rename(last.with_name(plain))

    def _unpack(self, path: Path, target: Path) -> None:
        try:
            with zipfile.ZipFile(path) as archive:
                members = [member for member in archive.infolist() if not member.is_dir()]
                if len(members) > FILES or sum(member.file_size for member in members) > TOTAL:
                    self.log.error("%s: would unpack to %d files and %d MB; it was left out.", path, len(members), sum(m.file_size for m in members) // 1_000_000)
                    return
                for member in members:
                    self._member(archive, member, path, target)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
            self.log.error("%s: cannot be unpacked (%s); it was left out.", path, error)

    def _member(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, target: Path) -> None:
        parts = PurePosixPath(member.filename.replace("\\", "/")).parts
        linked = (member.external_attr >> 16) & 0o170000 == 0o120000
        if not parts or ".." in parts or parts[0].startswith("/") or ":" in parts[0] or linked or member.file_size > LARGEST:
            self.log.error("%s: %r in it is not taken (its name, its size or its kind).", path, member.filename)
            return
        place = target.joinpath(*parts)
        place.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as source, place.open("wb") as out:
            # The size in the archive is a claim: what is read is counted.
            left = LARGEST
            while chunk := source.read(min(1 << 20, left + 1)):
                left -= len(chunk)
                if left < 0:
                    break
                out.write(chunk)
        os.utime(place, (when := time.mktime((*member.date_time, 0, 0, -1)), when))
        if left < 0:
            place.unlink()
            self.log.error("%s: %r in it is larger than it says; it was left out.", path, member.filename)
