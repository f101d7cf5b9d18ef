"""The bridge to nbgrader: one call in a course's `nbgrader_config.py`, and stock commands do the rest.

Only this package imports nbgrader.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from traitlets.config import Config

OURS = "grader.grading.stock"
EXPORTERS = "grader.grading.exporters"
STOCK = "nbgrader.preprocessors"
#: nbgrader's steps at release. No ClearSolutions: our answer cells hold options, and it would empty them.
_STEPS = (
    "grader.grading.release.MayRelease IncludeHeaderFooter LockCells ClearOutput CheckCellMetadata ComputeChecksums "
    "grader.grading.release.SaveAtOnce grader.grading.release.KeepReleased ClearMarkScheme ComputeChecksums "
    "CheckCellMetadata"
)
RELEASE = [step if "." in step else f"{STOCK}.{step}" for step in _STEPS.split()]
# No CheckCellMetadata: the graded copy's metadata is ours, and checking it takes longer than grading.
SANITIZE = [f"{OURS}.Restore"]
GRADE = [f"{OURS}.Score", f"{STOCK}.AssignLatePenalties"]
FEEDBACK = [f"{OURS}.Grades"]
PAGE = "grader.reports.feedback_page.FeedbackPage"
#: What a course has where nothing is said.
COURSE_ID, VERSION = "candor", "A"


def configure(
    config: Config,
    config_file: str,
    library: str = "",
    course_id: str = COURSE_ID,
    book: str = "",
    version: str = VERSION,
    private: Sequence[str] = (),
    calibrate: bool = False,
    shares: bool = False,
    edition: str = "",
) -> None:
    """Set up a course that grades without running anything.

    `config_file` is the course's `nbgrader_config.py` (its folder is the course). `library` is the folder
    of the cards; without it the nearest library at or above the course is taken. `private` are folders with a
    program's own cards. `book` is the address of the published book, which the feedback then links to. `version` is
    the letter of the course: it says which story of a set its assignments ask. `calibrate`: whether markers calibrate
    on a reflection's anchors before they mark it.
    `shares`: whether feedback says what share of the cohort chose each option. `edition`: the folder of the program's
    edition, where it has one.
    Ends the command with one line where that cannot be done: with nbgrader's own defaults it would go on
    and run what was submitted.
    """
    try:
        from ..cards.library import find_root
        from ..cards.vocabulary import LETTERS

        if "nbgrader" in sys.modules:  # grading may not go on without them
            import_module(OURS)
    except Exception as error:
        raise SystemExit(
            f"{config_file}: Candor cannot be loaded ({error}). Install it in this environment again."
        ) from None
    course = Path(config_file).resolve().parent
    root = Path(library) if library else find_root(course)
    if root is None or not (root / "exercises" / "bank").is_dir():
        raise SystemExit(
            f"{config_file}: there is no card library at {library or course}. "
            "Give its folder: configure(..., library='/path/to/candor')"
        )
    if missing := [folder for folder in private if not (Path(folder) / "exercises").is_dir()]:
        raise SystemExit(
            f"{config_file}: there are no cards of your own at {', '.join(missing)}. "
            "Where the folder was moved, give it again: grader course FOLDER --private PLACE"
        )
    if edition and not (Path(edition) / "program.yml").is_file():
        raise SystemExit(
            f"{config_file}: there is no edition at {edition}. "
            "Where the folder was moved, give it again: grader course FOLDER --edition PLACE"
        )
    if version not in tuple(LETTERS):
        raise SystemExit(
            f"{config_file}: `{version}` is not a version. "
            f"Give a letter, {LETTERS[0]} to {LETTERS[-1]}: configure(..., version='B')"
        )

    config.CourseDirectory.root = str(course)
    config.CourseDirectory.course_id = course_id
    config.IncludeHeaderFooter.header = ""
    config.Candor.library, config.Candor.private = str(root), [str(Path(folder)) for folder in private]
    config.Candor.version, config.Candor.book = version, book
    config.Candor.calibrate, config.Candor.shares = calibrate, shares
    config.Candor.edition = edition
    config.Candor.sets = {
        "sanitize_preprocessors": SANITIZE,
        "autograde_preprocessors": GRADE,
        "exporter_class": f"{EXPORTERS}.Reader",
    }

    # By name, so that reading a course's settings does not start nbgrader.
    config.GenerateAssignment.preprocessors = RELEASE
    config.Autograde.exporter_class = f"{EXPORTERS}.Reader"
    config.Autograde.sanitize_preprocessors = SANITIZE
    config.Autograde.autograde_preprocessors = GRADE
    config.GenerateFeedback.preprocessors = FEEDBACK
    config.GenerateFeedback.exporter_class = PAGE
    # What a trainee typed is escaped by Restore; this cleans what a later hand might add.
    config.HTMLExporter.sanitize_html = True
    config.ZipCollectApp.extractor_plugin = "grader.grading.collect.Extractor"
    config.ZipCollectApp.collector_plugin = "grader.grading.collect.Collector"
