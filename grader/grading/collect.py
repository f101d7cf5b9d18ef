"""The two plugins of `nbgrader zip_collect`: one unpacks, within bounds, the other says whose a file is.

All is decided while unpacking, so that nbgrader has plain files before it, one for each trainee: nothing that one
person handed in can stop the others. The list at the end says who is there, who is not and why.
"""

from __future__ import annotations

import atexit
from pathlib import Path

from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin

from . import kept
from .archives import walk
from .collection import Collection
from .gradebook import Unsupported, one_write, reading
from .names import said_by
from .roster import people
from .senders import Roster
from ..language import t


class Extractor(ExtractorPlugin):  # type: ignore[misc]  # nbgrader has no types
    """Unpacks a class's archives within bounds: ordinary notebooks alone, one of each trainee, never outside its
    folder."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        directory = self.parent.coursedir
        root = Path(directory.root)
        known = frozenset(path.name for path in (root / directory.source_directory).glob("*") if path.is_dir())
        found = Collection(
            directory.assignment_id,
            known,
            Path(extracted_path),
            root / directory.submitted_directory,
            root,
            directory.groupshared,
        )
        unknown = ""
        try:
            with reading(directory.db_url) as connection:
                found.roster = Roster(people(connection))
                found.out = kept.first_released(connection, found.assignment)
        except Unsupported as error:
            unknown = str(error)
        atexit.register(_end, found, directory.db_url, unknown)  # behind all that nbgrader has to say
        walk(Path(archive_path), found)
        found.settle(self.parent.force)
        if not found.chosen and not any(state == "collected" for state, _, _ in found.lines):
            self.parent.fail(
                t("Nothing of {assignment} was collected. The list says why.", assignment=found.assignment)
            )


def _end(found: Collection, db_url: str, unknown: str) -> None:
    """Say what became of each file, and log whose was replaced."""
    print(found.text([person.id for person in found.roster.people], unknown))
    if lines := found.log():
        try:
            with one_write(db_url) as connection:
                kept.add(connection, lines)
        except Unsupported as error:
            print(error)


class Collector(FileNameCollectorPlugin):  # type: ignore[misc]  # nbgrader has no types
    """Says whose a file is, by the plain name that Extractor gave it."""

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        name = said_by(Path(submitted_file).name)
        if name is None:
            return None
        return {
            "student_id": name.trainee,
            "file_id": name.assignment,
            **({"timestamp": name.time.isoformat(" ")} if name.time else {}),
        }
