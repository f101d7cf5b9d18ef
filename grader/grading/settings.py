"""A course's configuration as nbgrader puts it together, read without starting nbgrader.

nbgrader merges `jupyter_config` and `nbgrader_config` (Python and JSON) from all of Jupyter's folders, the nearer one
over the farther, and the course's own `nbgrader_config.py` over all of them. So do we, with the same loader.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from traitlets.config import Config
from traitlets.config.loader import ConfigFileNotFound, FileConfigLoader, JSONFileConfigLoader, PyFileConfigLoader

from .gradebook import Unsupported
from ..cards.private import may_hold
from ..language import later, t

NAME = "nbgrader_config"
#: What `configure` sets about grading, and the fast path does in its own way.
OURS = {"Autograde": {"sanitize_preprocessors", "autograde_preprocessors", "exporter_class"}}
#: Sections that change what `nbgrader autograde` does to a course of ours, with the settings in them that the fast path
#: does as well.
KNOWN = {
    "Autograde": {"force"},
    "BaseConverter": {"force"},
    "CourseDirectory": {"root", "course_id", "db_url", "assignment_id", "notebook_id", "groupshared"},
    "AssignLatePenalties": set(),
    "LateSubmissionPlugin": {"penalty_method"},
    "BasePlugin": set(),
    "NbGraderPreprocessor": set(),
    "Preprocessor": set(),
    "Exporter": set(),
    "NotebookExporter": set(),
    "Reader": set(),
    "FilesWriter": set(),
    "WriterBase": set(),
    "NbConvertBase": set(),
    "NbGrader": {"log_level", "log_format", "log_datefmt", "logfile", "verbose_crash"},
}
SHOWN = 3  # courses that are named where somebody stands beside them
METHODS = ("none", "zero")  # of LateSubmissionPlugin.penalty_method
#: Where nbgrader keeps things; honoured everywhere.
STEPS = {f"{step}_directory" for step in ("source", "release", "submitted", "autograded", "feedback")}


@dataclass(frozen=True)
class Settings:
    """What a course is made of. Paths are absolute. `unknown`: settings, by their full names, that `nbgrader autograde`
    would follow and the fast path would not."""

    root: Path
    library: Path
    private: tuple[Path, ...]
    version: str
    book: str
    db_url: str
    folders: dict[str, str] = field(default_factory=dict, hash=False)
    unknown: tuple[str, ...] = ()
    calibrate: bool = False  # whether markers calibrate on a reflection before they mark it
    shares: bool = False  # whether feedback says what share of the cohort chose each option
    edition: Path | None = None  # the program's own, laid over the library
    shared: bool = False  # whether several accounts of one group teach it: `groupshared` of nbgrader's CourseDirectory
    late: str = "none"  # what lateness costs: `penalty_method` of nbgrader's LateSubmissionPlugin

    def folder(self, step: str) -> Path:
        """Where nbgrader keeps one step of its work: source, release, submitted, autograded or feedback."""
        return self.root / self.folders.get(f"{step}_directory", step)


def read(course: Path) -> Settings:
    """The settings of the course in a folder. Raises Unsupported with what to do."""
    course = course.resolve()
    path = course / f"{NAME}.py"
    if not path.is_file():
        raise Unsupported(_no_course(course, path.name))
    config = merged(course)
    if "Candor" not in config:
        raise Unsupported(
            t(
                "{path}: does not call `configure`, and with nbgrader's own settings what trainees hand in would be "
                "run. Put the file elsewhere, run `grader course {folder}`, and write your own lines below.",
                path=path,
                folder=course,
            )
        )
    if not isinstance(config.CourseDirectory.root, str | Path):
        raise Unsupported(
            t(
                "{path}: CourseDirectory.root is {value!r}, which is no folder. Take that line out.",
                path=path,
                value=config.CourseDirectory.root,
            )
        )
    found = of(config)
    _can_open(found.db_url, path)
    if found.root != course:
        raise Unsupported(
            t(
                "{path}: sets CourseDirectory.root to {folder}. Go there, or take that line out.",
                path=path,
                folder=found.root,
            )
        )
    return found


def _no_course(folder: Path, file: str) -> str:
    """What to do in a folder that is no course: where the nearest one is, above it or up to two folders below it."""
    near = [above for above in folder.parents if (above / file).is_file()][:1]
    below = (one.parent for depth in ("*", "*/*") for one in sorted(folder.glob(f"{depth}/{file}")))
    near = near or [one for one in below if may_hold(one)]
    if not near:
        words = later("{folder} is not a course: it has no {file}. Make one with `grader course FOLDER`.")
        return t(words, folder=folder, file=file)
    ways = [f"cd {shlex.quote(os.path.relpath(one) if folder == Path.cwd() else str(one))}" for one in near[:SHOWN]]
    if len(near) == 1:
        return t("{folder} is not a course. There is one near it: {way}", folder=folder, way=ways[0])
    return t("{folder} is not a course. Go to yours, below it: {ways}", folder=folder, ways=", ".join(ways))


def _can_open(address: object, path: Path) -> None:
    """Raises Unsupported where no gradebook can have this address here."""
    try:
        sa.make_url(address).get_dialect().import_dbapi()  # type: ignore[arg-type]  # a configuration holds anything
    except (sa.exc.ArgumentError, ImportError) as error:
        raise Unsupported(
            t(
                "{path}: no gradebook can be opened under its CourseDirectory.db_url ({error}). Take the line out, for "
                "gradebook.db in the course, or write it as sqlite:////srv/gradebook.db or postgresql://...",
                path=path,
                error=error,
            )
        ) from None


def merged(course: Path) -> Config:
    """All configuration that nbgrader would go by in the course's folder, the course's own on top.

    Raises Unsupported, with the file's name, for a file that cannot be read. nbgrader goes on without it and warns;
    its settings would be missing here without a word.
    """
    from jupyter_core.paths import jupyter_config_path

    config = Config()
    folders = list(reversed(jupyter_config_path()))
    for name, places in (("jupyter_config", folders), (NAME, folders), (NAME, [str(course)])):
        for place in places:
            for one in _loaded(name, place):
                config.merge(one)
    return config


def _loaded(name: str, place: str) -> Iterator[Config]:
    for loader in (PyFileConfigLoader(f"{name}.py", place), JSONFileConfigLoader(f"{name}.json", place)):
        try:
            yield _load(loader)
        except ConfigFileNotFound:
            continue


def _load(loader: FileConfigLoader) -> Config:
    try:
        return loader.load_config()
    except ConfigFileNotFound:
        raise
    except SystemExit as error:
        raise Unsupported(str(error)) from None
    except Exception as error:
        where = loader.full_filename or loader.filename
        raise Unsupported(
            t("{where}: cannot be read ({kind}: {error}).", where=where, kind=type(error).__name__, error=error)
        ) from None


def of(config: Config) -> Settings:
    """The settings in nbgrader's configuration, once `configure` has been called in it."""
    place, ours = config.CourseDirectory, config.Candor
    root = Path(place.root)
    folders = {name: str(place[name]) for name in STEPS if name in place}
    return Settings(
        root,
        Path(ours.library),
        tuple(map(Path, ours.private)),
        ours.version,
        ours.book,
        place.get("db_url") or f"sqlite:///{root / 'gradebook.db'}",
        folders,
        tuple(sorted(_unknown(config))),
        calibrate=bool(ours.calibrate),
        shares=bool(ours.shares),
        edition=Path(ours.edition) if ours.edition else None,
        shared=bool(place.get("groupshared", False)),
        late=str(config.LateSubmissionPlugin.get("penalty_method", "none")),
    )


def _unknown(config: Config) -> Iterator[str]:
    set_here = config.Candor.sets
    for section, known in KNOWN.items():
        for name, value in config.get(section, {}).items():
            if name in OURS.get(section, ()) and value == set_here.get(name):
                continue
            if (section, name) == ("LateSubmissionPlugin", "penalty_method") and value not in METHODS:
                yield f"{section}.{name} = {value!r}"
            elif name not in known and not (section == "CourseDirectory" and name in STEPS):
                yield f"{section}.{name}"
