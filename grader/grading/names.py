"""What the name of a file that was handed in says: TRAINEE__ASSIGNMENT.ipynb, with what browsers and desktops add to
it; and what the desk wrote into it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from .stamp import moment
from ..language import later, t
from ..notebook.intake import Notebook, grade_id, ours_in
from ..web.terminal import one_line

#: How a notebook's name may end: as it should, in capitals, or as a mail program or a browser leaves it.
ENDINGS = (".ipynb", ".ipynb.txt", ".ipynb.json")
#: What a browser or a desktop adds to a second copy: ` (1)`, `[1]`, ` - Copy`, ` - Kopie (2)`, ` copy 2`.
_COPY = re.compile(
    r"(?: ?\((\d{1,4})\)| ?\[(\d{1,4})\]| (?:- )?(?:copy|kopie|copie|copia|cópia)(?: \(?(\d{1,4})\)?)?)$",
    re.IGNORECASE,
)
_TIME = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T -]?(\d\d)[:.-]?(\d\d)(?:[:.-]?(\d\d))?)?Z?")

PACKED = later("it is an archive of another kind, or inside another. Unpack it, and give its file as {name}.")
NOBODYS = later("neither its folder nor its name says who handed it in")
NAME_IT = later("Nobody's yet: name such a file {name}, with the id of the roster in front, and collect it again.")
#: What to do with a notebook of another assignment, or of which it cannot be told what it is.
OTHER = later("it is the notebook of `{other}`. Run: grader collect {other} FILES")
STRANGE = later("it is the notebook of `{other}`, which this course has not handed out. Ask for the right file.")
UNNAMED = later(
    "nothing in it says which assignment it is. Ask for the file as JupyterLab saved it; or, if "
    "it is this assignment's, put it into submitted/TRAINEE/ASSIGNMENT/ASSIGNMENT.ipynb: answers "
    "are found by their words, too."
)


@dataclass(frozen=True)
class Name:
    """`time`: when it was handed in, as it stands there; None where it does not. `odd`: a time that is none. `copy`:
    the number of a second copy."""

    trainee: str
    assignment: str
    time: datetime | None = None
    odd: str = ""
    copy: int = 0


def ends_as_notebook(name: str) -> bool:
    return name.casefold().endswith(ENDINGS)


def hidden(parts: tuple[str, ...]) -> bool:
    """Whether a path is a system's or an editor's own: a Mac's `__MACOSX`, a checkpoint, any name that begins with a
    dot."""
    return any(part.startswith("__MACOSX") or (part[:1] == "." and not part.startswith("..")) for part in parts)


def said_by(name: str) -> Name | None:
    """What a notebook's file name says; None where it does not say who and which assignment."""
    ending = next((ending for ending in sorted(ENDINGS, key=len, reverse=True) if name.casefold().endswith(ending)), "")
    stem, copy = name[: len(name) - len(ending)].strip(), 0
    while found := _COPY.search(stem, max(0, len(stem) - 20)):  # a copy of a copy has two
        stem = stem[: found.start()].strip()
        copy = copy or int(next(filter(None, found.groups()), "1"))
    parts = unicodedata.normalize("NFC", stem).split("__")
    last = parts.pop() if len(parts) > 2 and re.fullmatch(r"\d[\dT:.Z +-]*", parts[-1]) else ""
    if not ending or len(parts) < 2:
        return None
    time = _time(last)
    return Name("__".join(parts[:-1]).strip(), parts[-1].strip().casefold(), time, "" if time else last, copy)


def _time(words: str) -> datetime | None:
    """2026-03-01T10:22:33, also with hyphens, as Windows needs it, or with none; None where there is no such day or
    hour."""
    found = _TIME.fullmatch(words)
    return moment(*map(int, found.groups("0"))) if found else None


def said_inside(notebook: Notebook) -> tuple[str, datetime | None]:
    """Whose a notebook is and when it was handed in, as our desk wrote it, with the zone; "" and None where it did
    not."""
    ours = ours_in(notebook)
    who, when = ours.get("trainee"), ours.get("handed_in")
    time = None
    if isinstance(when, str) and len(when) < 40:
        try:
            time = datetime.fromisoformat(when).astimezone()
        except (ValueError, OverflowError):
            time = None
    return (who.strip() if isinstance(who, str) and len(who) <= 64 else ""), time


def made(trainee: str, assignment: str, time: datetime | None) -> str:
    """The name that says this, on any system."""
    return f"{trainee}__{assignment}{f'__{time:%Y-%m-%dT%H-%M-%S}' if time else ''}.ipynb"


def assignment_of(notebook: Notebook) -> str:
    """The assignment that a notebook was made for: by its own metadata, or by its first cell's name; empty if none."""
    ours = ours_in(notebook).get("assignment")
    if isinstance(ours, str):
        return ours
    names = (grade_id(cell) for cell in notebook["cells"])
    return next((name.removesuffix("--intro") for name in names if name.endswith("--intro")), "")


def not_this(other: str, known: Collection[str]) -> str:
    """Why a notebook is not taken for an assignment: it is another's, perhaps of none of `known`; or nobody knows."""
    return t(UNNAMED) if not other else t(OTHER if other in known else STRANGE, other=one_line(other)[:60])
