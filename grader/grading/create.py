"""A private course: a folder that stock nbgrader, Formgrader and JupyterLab work in."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from . import settings
from .config_file import call_of, with_words, words_of
from .configure import COURSE_ID, VERSION
from ..cards.library import Library, load
from ..cards.private import Shared, outside
from ..checks.edition import Refused, take
from ..counted import counted
from ..language import joined, later, t
from ..notebook.assemble import CannotAssemble, notebook, nothing_to_hand_out, target
from ..web.brand import brand
from ..web.files import write

CONFIG = """\
try:
    from grader.grading.configure import configure
except ImportError:  # with nbgrader's own defaults, submitted code would run
    raise SystemExit({install!r})

configure(get_config(), __file__, {words})
"""
INSTALL = (
    "Candor is not installed in this environment. Start the command from the one that made this course, "
    "or run: pip install {}"
)
#: What a course keeps for good once something was handed out.
FIXED = {"version": (VERSION, later("version")), "course_id": (COURSE_ID, later("course id"))}

SWITCHES = {"calibrate", "shares"}  # off at first


class CannotCreate(Exception):
    """Why a course cannot be made there, in one line."""


def create(
    folder: Path,
    library: Library,
    book: str = "",
    version: str = "",
    course_id: str = "",
    calibrate: bool | None = None,
    shares: bool | None = None,
) -> str:
    """Make a course in `folder`, or bring its source notebooks up to date. Says what was written.

    `book`: the address of the published book, to which feedback then links. `version`: the letter that says which story
    of a set is asked; `library` is taken in it. `course_id`: as nbgrader's exchange or a JupyterHub knows the course.
    `calibrate`: whether markers mark a reflection's anchors first, `shares`: whether feedback says what the cohort
    chose; None leaves them as they are.
    The edition and the private folders of `library` are recorded. A course keeps what it has of all these where nothing
    is given, and its version and id for good once something was handed out.

    Nothing that a trainee or a supervisor wrote is touched, their lines in `nbgrader_config.py` included: of a course
    that is there, only words inside its call of `configure` are ever changed, and `library` only where no library is
    there any more. Raises CannotCreate for a folder inside the library, since no trainee's data is kept there, and for
    one that holds something else.
    """
    folder = folder.resolve()
    config = folder / "nbgrader_config.py"
    try:
        outside(folder)
    except Shared as error:
        raise CannotCreate(str(error)) from None
    if folder.exists() and any(folder.iterdir()) and not config.is_file():
        raise CannotCreate(t("{folder} is not empty and is not a course. Give a new folder.", folder=folder))
    there = config.is_file()
    if not there and not course_id and library.program and brand().file.isascii():
        course_id = brand().file
    before = words_of(config.read_bytes()) if there else {}
    private, edition = list(map(str, library.private)), str(library.program.folder) if library.program else ""
    kept = {"book": book, "version": version, "course_id": course_id, "private": private, "edition": edition}
    given = {**kept, "calibrate": calibrate, "shares": shares}
    wanted: dict[str, object] = {
        name: value
        for name, value in given.items()
        if value not in ("", [], None) and value != before.get(name, _default(name))
    }
    if there:
        _may_change(folder, before, wanted)
    library = _cards(library, before, version)
    handed_out = [assignment for assignment in library.assignments.values() if not assignment.retired]
    if not handed_out:
        raise CannotCreate(nothing_to_hand_out(library))
    for place in library.private:
        if not any((place / room).is_dir() for room in ("exercises", "case_vignettes")):
            raise CannotCreate(
                t("{place}: there are no cards of your own there; they stand in its `exercises` folder.", place=place)
            )
    try:
        sources = {target(one, folder): notebook(one, library) for one in handed_out}
    except CannotAssemble as error:
        raise CannotCreate(str(error)) from None
    (folder / "source").mkdir(parents=True, exist_ok=True)
    said = _keep(config, library, before, wanted) if there else _begin(config, {"library": str(library.root), **wanted})
    for path, source in sources.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, source)
    made = t(
        "{folder}: a course with {assignments}, version {version}.",
        folder=folder,
        assignments=counted(len(handed_out), "assignment"),
        version=library.version,
    )
    then = t("Next: cd there, and `nbgrader generate_assignment NAME`. The names are the folders in `source`.")
    return f"{made} {then}{said}{_left_out(library)}"


def _left_out(library: Library) -> str:
    """The private cards that could not be read, a line each."""
    unread = sorted(path for paths in library.unread.values() for path in paths)
    own = [path for path in unread if any(path.is_relative_to(place) for place in library.private)]
    return "".join(
        "\n" + t("{path}: this card cannot be read, and is left out. See: grader check --private", path=path)
        for path in own
    )


def _default(name: str) -> object:
    return FIXED[name][0] if name in FIXED else False if name in SWITCHES else None


def _cards(library: Library, before: Mapping[str, object], version: str) -> Library:
    """The library as the course has it: with the edition and the private folders that it recorded, in its version."""
    private = library.private or [Path(one) for one in cast(list[str], before.get("private") or [])]
    recorded = str(before.get("edition") or "")
    edition = library.program.folder if library.program else Path(recorded) if recorded else None
    if (private and not library.private) or (edition and not library.program):
        try:
            library = take(load(library.root, *private, edition=edition))
        except OSError as error:
            raise CannotCreate(f"{error.filename}: {error.strerror}.") from None
        except Refused as error:
            raise CannotCreate(str(error)) from None
    library.version = version or str(before.get("version", "A"))
    return library


def _may_change(folder: Path, before: Mapping[str, object], wanted: Mapping[str, object]) -> None:
    """Raises CannotCreate where a course cannot be changed so any more."""
    config = folder / "nbgrader_config.py"
    for name, (default, words) in FIXED.items():
        if name not in wanted:
            continue
        if call_of(config.read_bytes()) is None:
            raise CannotCreate(
                t(
                    "{config}: no call of `configure` was found in it. Write {name}={value!r} into it first.",
                    config=config,
                    name=name,
                    value=wanted[name],
                )
            )
        places = settings.read(folder)
        if any(any(part.iterdir()) for part in map(places.folder, ("release", "submitted")) if part.is_dir()):
            raise CannotCreate(
                t(
                    "{folder}: {what} {before} has been handed out here, and its marks belong to it. Give {what} {now} "
                    "a course of its own.",
                    folder=folder,
                    what=t(words),
                    before=before.get(name, default),
                    now=wanted[name],
                )
            )


def _begin(config: Path, words: Mapping[str, object]) -> str:
    """The configuration of a new course."""
    install = INSTALL.format(shlex.quote(str(words["library"])))
    said = ", ".join(f"{name}={value!r}" for name, value in words.items())
    write(config, CONFIG.format(install=install, words=said))
    return ""


def _keep(config: Path, library: Library, before: Mapping[str, object], wanted: dict[str, object]) -> str:
    """Change in a course's configuration what has to be changed and nothing else; what there is to say about it."""
    text = config.read_bytes()
    if call_of(text) is None:
        ours = ", ".join(f"{name}={value!r}" for name, value in wanted.items())
        left = t(
            "{config} was left as it is: no call of `configure` was found in it. Where nothing calls it, nbgrader "
            "runs what trainees hand in: then put the file elsewhere, run this again, and write your own lines below.",
            config=config,
        )
        return f"\n{left}" + (f" {t('Write into it: {words}.', words=ours)}" if ours else "")
    there, said = str(before.get("library", "")), ""
    if there and not (Path(there) / "exercises" / "bank").is_dir():
        wanted["library"] = str(library.root)
    elif there and Path(there) != library.root:
        said = "\n" + t(
            "Its nbgrader_config.py names another library, {there}, and that is where grading reads the "
            "cards. Change `library=` in it if that is not wanted.",
            there=there,
        )
    if wanted and (made := with_words(text, wanted)) != text:
        write(config, made)
        what = joined(sorted(wanted), later("{first} and {second}"))
        said += "\n" + t("Changed in nbgrader_config.py: {what}. All else in it was left as it is.", what=what)
    return said
