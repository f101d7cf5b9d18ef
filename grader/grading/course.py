"""A course: the one object that knows what belongs to it. Every command that takes one takes everything from here."""

from __future__ import annotations

import tempfile
from functools import cached_property
from pathlib import Path
from typing import cast

import sqlalchemy as sa

from . import gradebook, kept, settings, shared, snapshot
from .gradebook import Unsupported
from .settings import Settings
from .snapshot import Decision, Snapshot
from ..cards.library import Library, load
from ..cards.model import Assignment
from ..cards.problem import near
from ..cards.stored import Unknown
from ..checks.edition import Refused, take
from ..language import t


class Course:
    """The course in a folder: its cards, its gradebook, its book, the order of an assignment's cells."""

    def __init__(self, root: Path | Settings):
        """Raises Unsupported where there is no course. nbgrader's own configuration, which knows more than the folder,
        may be given instead."""
        self.settings = root if isinstance(root, Settings) else settings.read(root)

    @property
    def root(self) -> Path:
        return self.settings.root

    @cached_property
    def library(self) -> Library:
        """The cards: the library's, the edition's over them, and those of the program's private folders, in the
        course's version. What is made of them wears the program's name. Raises Unsupported where the edition is not
        whole."""
        ours = self.settings
        try:
            return take(load(ours.library, *ours.private, edition=ours.edition, version=ours.version))
        except Refused as error:
            raise Unsupported(str(error)) from None

    @property
    def staging(self) -> Path:
        """Ours: files that are being written, and what each graded copy was made from."""
        folder = self.root / ".candor"
        shared.make(folder, folder, self.settings.shared)
        return folder

    def apart(self) -> tempfile.TemporaryDirectory[str]:
        """A folder for what is unpacked, gone with its block. Raises Unsupported where none can be made."""
        try:
            return tempfile.TemporaryDirectory(dir=self.staging)
        except OSError as error:
            raise Unsupported(
                t(
                    "{folder}: {error}. Look at the folder's permissions and the space left.",
                    folder=self.root / ".candor",
                    error=error.strerror,
                )
            ) from None

    def folder(self, step: str) -> Path:
        """Where nbgrader keeps one step of its work: source, release, submitted, autograded or feedback."""
        return self.settings.folder(step)

    def connect(self) -> sa.Engine:
        """The gradebook. Raises Unsupported."""
        url = sa.make_url(self.settings.db_url)
        if self.settings.shared and url.get_backend_name() == "sqlite":
            shared.open_to_group(Path(url.database or ""))
        return gradebook.connect(self.settings.db_url)

    def assignment(self, name: str) -> Assignment:
        """An assignment of the course. Raises Unsupported, by name, where the cards do not know it."""
        card = self.library.assignments.get(name)
        if card is None:
            hint = near(name, list(self.library.assignments))
            raise Unsupported(
                t(
                    "There is no assignment `{name}` among the cards of this course ({cards}). {hint}",
                    name=name,
                    cards=self._cards,
                    hint=hint,
                )
            )
        return card

    def released(self, connection: sa.Connection, name: str) -> Snapshot:
        """The cards of an assignment as they were handed out, with what was decided since. Raises Unsupported."""
        kept_cards = kept.last_released(connection, name)
        if kept_cards is None:
            self.assignment(name)
            raise Unsupported(
                t(
                    "`{name}` has not been released from these cards yet. Run `nbgrader generate_assignment "
                    "{name}` first; add --force where it was released before.",
                    name=name,
                )
            )
        decisions = [
            cast(Decision, entry.said)
            for entry in kept.entries(connection, name, what="regraded")
            if "card" not in entry.said or entry.said.get("release") == kept_cards[0]
        ]
        try:
            return snapshot.read(kept_cards[2], decisions, kept_cards[1])
        except Unknown as error:
            raise Unsupported(
                t("What was released as `{name}` is in the gradebook, but {error}.", name=name, error=error)
            ) from None

    def handed_out(self) -> list[str]:
        """The assignments that were released from cards, by name. Raises Unsupported."""
        with gradebook.reading(self.settings.db_url) as connection:
            return kept.names(connection)

    def edition(self, name: str) -> tuple[int, int]:
        """(last release, last decision) of an assignment: it changes when what is graded by changes. Raises
        Unsupported."""
        with gradebook.reading(self.settings.db_url) as connection:
            last = kept.last_released(connection, name)
            decided = [entry.id for entry in kept.entries(connection, name, what="regraded")]
        return last[0] if last else 0, max(decided, default=0)

    def as_released(self, name: str) -> Library:
        """The library with an assignment's cards as they were handed out. Raises Unsupported."""
        with gradebook.reading(self.settings.db_url) as connection:
            return self.released(connection, name).over(self.library)

    def waived(self, name: str) -> dict[str, str]:
        """Question -> `dropped` or `full-marks`, where that was decided for all. Raises Unsupported."""
        with gradebook.reading(self.settings.db_url) as connection:
            return dict(self.released(connection, name).waived)

    @property
    def _cards(self) -> str:
        return ", ".join(map(str, (self.settings.library, *self.settings.private)))

    def refuse_unknown(self, instead: str) -> None:
        """Raises Unsupported where nbgrader is told to do what only nbgrader does."""
        if self.settings.unknown:
            raise Unsupported(
                t(
                    "nbgrader's configuration sets {names}, which the fast path does not know. Use `{instead}`; "
                    "it gives the same scores.",
                    names=", ".join(self.settings.unknown),
                    instead=instead,
                )
            )
