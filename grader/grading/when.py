"""When a file was handed in, and by whose word.

A platform's own time decides. Where its archive gives none, what the file says of itself is taken (our desk's clock, a
time in its name): anybody can write that, so it is said, and a time that cannot be is none. The date of a file or of an
archive's entry is that of a download or of the last change, and nobody is late by it.
"""

from __future__ import annotations

import time as clock
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from .senders import Sender
from .stamp import utc
from ..language import t

#: Platforms that date each file of an archive by the moment of packing: it was handed in before.
PACKING = ("Moodle", "Canvas")
#: How far apart clocks may be: an archive does not say in which zone its dates are.
APART = timedelta(days=1)


@dataclass(frozen=True)
class When:
    """`time`: with its zone; None where nothing says it. `note`: by whose word it is, or why it was not taken.
    `doubtful`: the file claims a time that cannot be, and a person has to look."""

    time: datetime | None = None
    note: str = ""
    doubtful: bool = False

    @property
    def here(self) -> datetime | None:
        """On this machine's clock."""
        return self.time.astimezone().replace(tzinfo=None) if self.time else None

    @property
    def utc(self) -> datetime | None:
        """As nbgrader keeps it: naive UTC."""
        return utc(self.time) if self.time else None


def came(at: float, released: datetime | None) -> datetime:
    """The date of a file that came, from `at` (POSIX): now, where that is none, as archives without dates say 1980."""
    now = clock.time()
    sound = released is None or at > (released - APART).timestamp()
    return datetime.fromtimestamp(min(at, now) if sound else now, UTC)


def when(
    who: Sender | None,
    typed: datetime | None,
    by_desk: datetime | None,
    came: datetime,
    released: datetime | None,
    due: datetime | None = None,
) -> When:
    """When a file was handed in. `typed`: as its name says; `by_desk`: as our desk wrote it; `released`: when the
    assignment was handed out first; `due`: where a platform's word that something is late tells that it came after
    that. All have a zone, but the platform's own time, which is of this machine's."""
    if who and who.time:
        return When(who.time.astimezone())
    claimed = typed or by_desk
    # The desk writes its time as the file is made; what gives a file its name may do so long after.
    wrong = _cannot_be(claimed, datetime.now(UTC) if typed else came, released) if claimed else ""
    possible = None if wrong else claimed
    if who and who.late and due and came > due and not (possible and possible > due):
        said = t("{platform} calls it late and gives no time: the archive's date was noted", platform=who.platform)
        return When(came, said)
    if wrong:
        return When(None, wrong, True)
    return When(possible, t("by the desk's clock") if possible and not typed else "")


def _cannot_be(claimed: datetime, came: datetime, released: datetime | None) -> str:
    said = _shown(claimed)
    if released and claimed < released - APART:
        return t(
            "it says that it was handed in at {said}, and the assignment was released at {released}: not taken",
            said=said,
            released=_shown(released),
        )
    if claimed > came + APART:
        return t(
            "it says that it was handed in at {said}, and it was here by {came}: not taken",
            said=said,
            came=_shown(came),
        )
    return ""


def _shown(time: datetime) -> str:
    """A time on this machine's clock."""
    return f"{time.astimezone():%Y-%m-%d %H:%M}"
