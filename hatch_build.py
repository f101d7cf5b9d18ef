"""What a wheel carries for a learner: the practice cards, what is said of each chapter, the certifying bodies, the
glossary. No key of a graded or exam card is in it, and no case, reflection or assignment.

In an installation that follows the repository nothing is added: there the whole library is beside the package.
"""

import shutil
import tempfile
from pathlib import Path

import yaml
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PLACE = "grader/library"
WHOLE = ("book/_toc.yml", "book/outline.yml", "book/glossary.md", "book/references.bib", "LICENSE-content")


class LearnersLibrary(BuildHookInterface):
    """Makes the learner's library apart, and has it put into the archive. An sdist's is taken as it is."""

    def initialize(self, version, build_data):
        if version == "editable" or (Path(self.root) / PLACE).is_dir():
            return
        self.made = Path(tempfile.mkdtemp())
        write(Path(self.root), self.made)
        build_data["force_include"][str(self.made)] = PLACE

    def finalize(self, version, build_data, artifact_path):
        if hasattr(self, "made"):
            shutil.rmtree(self.made)


def write(root: Path, to: Path) -> None:
    """Write the part of the library at `root` that a learner may have into the folder `to`."""
    for name in WHOLE:
        _put(to / name, (root / name).read_text(encoding="utf-8"))
    for path in sorted(root.glob("book/*/*.md")):
        if head := said_of(path.read_text(encoding="utf-8")):
            _put(to / path.relative_to(root), head)
    for path in sorted(root.glob("exercises/certification/*.yml")):
        _put(to / path.relative_to(root), path.read_text(encoding="utf-8"))
    for path in sorted(root.glob("exercises/bank/*/*.yml")):
        if practice := for_practice(path.read_text(encoding="utf-8")):
            _put(to / path.relative_to(root), practice)


def said_of(page: str) -> str:
    """A chapter's front matter and title; empty for a page that is no chapter."""
    parts = page.split("---\n", 2)
    if len(parts) < 3 or parts[0] or "objectives" not in (yaml.safe_load(parts[1]) or {}):
        return ""
    title = next((line for line in parts[2].split("\n") if line.startswith("# ")), "")
    return f"---\n{parts[1]}---\n\n{title}\n"


def for_practice(text: str) -> str:
    """A card file with its practice questions alone; empty where it has none."""
    card = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if "stories" not in card:
        return text if card.get("use") == "practice" else ""
    card["stories"] = [story for story in card["stories"] if story.get("use") == "practice"]
    return yaml.safe_dump(card, allow_unicode=True, sort_keys=False, width=120) if card["stories"] else ""


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
