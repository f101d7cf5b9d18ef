"""A course's `nbgrader_config.py`, read without starting nbgrader: where things are, and whether the fast path may be taken."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..cards.library import Library, load
from .gradebook import Unsupported

#: Settings that change what autograde does, other than the ones that `configure` makes.
OURS = {"sanitize_preprocessors", "autograde_preprocessors", "exporter_class"}


class _Recorder(dict):
    """Stands in for nbgrader's config object: remembers what is set."""

    def __getattr__(self, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        return self.setdefault(name, _Recorder()) if name[:1].isupper() else self[name]

    def __setattr__(self, name: str, value) -> None:
        self[name] = value


@dataclass(frozen=True)
class Settings:
    """Where a course keeps things. Paths are absolute."""

    root: Path
    library: Path
    db_url: str
    permissions: int = 0o444
    book: str = ""
    version: str = "A"

    def cards(self) -> Library:
        """The library of the course, in its version."""
        return load(self.library, version=self.version)

    @property
    def staging(self) -> Path:
        """Ours: files that are being written, and what each graded copy was made from."""
        return self.root / ".candor"

    def folder(self, step: str) -> Path:
        return self.root / step


def read(course: Path) -> Settings:
    """The settings of the course in a folder. Raises Unsupported with what to do."""
    course = course.resolve()
    path = course / "nbgrader_config.py"
    if not path.is_file():
        raise Unsupported(f"{course} is not a course: it has no nbgrader_config.py. Make one with `grader course FOLDER`.")
    config = _Recorder()
    try:
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), {"get_config": lambda: config, "__file__": str(path)})
    except SystemExit as error:
        raise Unsupported(str(error)) from None
    except Exception as error:
        raise Unsupported(f"{path}: cannot be read ({type(error).__name__}: {error}).") from None
    if "Restore" not in config:
        raise Unsupported(f"{path}: does not call `configure`. Use `nbgrader autograde`.")
    changed = set(config.get("Autograde", {})) - OURS | {name for name in config if name in ("AssignLatePenalties", "LateSubmissionPlugin")}
    folders = {name for name in config.get("CourseDirectory", {}) if name.endswith("_directory") or name in ("directory_structure", "groupshared")}
    if changed or folders:
        names = ", ".join(sorted(changed | folders))
        raise Unsupported(f"{path}: sets {names}, which the fast path does not know. Use `nbgrader autograde`; it gives the same scores.")
    place = config["CourseDirectory"]
    url = place.get("db_url") or f"sqlite:///{Path(place['root']) / 'gradebook.db'}"
    return Settings(Path(place["root"]), Path(config["Restore"]["library"]), url, book=config["Grades"]["book"], version=config["Grades"]["version"])
