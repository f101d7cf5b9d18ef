"""When a submission was handed in: nbgrader's `timestamp.txt`, read as nbgrader reads it."""

from __future__ import annotations

import os
import re
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from pathlib import Path

from ..notebook.intake import Refused, read_bytes

LONGEST = 100  # characters of a time
_PLAIN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?: UTC)?")


def handed_in(folder: Path) -> datetime | None:
    """The time of a submission as naive UTC; None where its folder has no `timestamp.txt`, or an empty one.

    Raises Refused, with one line that names the file, where there is no time in it: lateness hangs on it, so it is not
    passed over.
    """
    path = folder / "timestamp.txt"
    if not os.path.lexists(path):
        return None
    try:
        words = read_bytes(path)[: LONGEST + 1].decode("utf-8").strip()
        return time_of(words) if words else None
    except ValueError:
        raise Refused(
            f"{path}: there is no time in it that can be read. "
            "Write it as 2026-03-01 10:22:33 UTC, or take the file away, and grade again."
        ) from None


def moment(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime | None:
    """The time with these figures, without a zone; None where no clock shows it, in one zone or another."""
    try:
        return datetime(year, month, day, hour, minute, second) if MINYEAR < year < MAXYEAR else None
    except ValueError:
        return None


def utc(time: datetime) -> datetime:
    """A time, of this machine's clock where it has no zone, as nbgrader keeps it: naive UTC."""
    return time.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def not_before(path: Path, time: datetime) -> bool:
    """Whether a time is at least that of a `timestamp.txt`; True where that has none."""
    try:
        return utc(time) >= time_of(path.read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return True


def time_of(words: str) -> datetime:
    """The time that nbgrader's `parse_utc` finds in a text, as naive UTC. Raises ValueError."""
    if len(words) > LONGEST:
        raise ValueError("too long for a time")
    if _PLAIN.fullmatch(words):
        return datetime.fromisoformat(words.removesuffix(" UTC"))
    from dateutil import parser, tz

    try:
        parts = words.split(" ")
        if len(parts) == 3:  # the third names a time zone
            zone = int(parts[2]) if re.fullmatch(r"[+-]?\d{1,6}", parts[2]) else tz.gettz(parts[2])
            stamp = parser.parse(" ".join([*parts[:2], "TZ"]), tzinfos={"TZ": zone})
        else:
            stamp = parser.parse(words)
        offset = stamp.utcoffset()
        return stamp if offset is None else (stamp - offset).replace(tzinfo=None)
    except (OverflowError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from None
