"""What several tests look at: the repository's own library, and the book built from it once."""

import fcntl
import functools
import gc
import os
import sys
from pathlib import Path

import pytest

import support.lean  # noqa: F401 - before anything imports Jupyter
from grader.web import brand
from support.postgres import postgres  # noqa: F401 - a fixture
from support.project import ROOT, run, the_library

gc.disable()  # as tests are collected, much is made and little thrown away

#: Files whose tests run nbgrader's own commands.
STOCK = {
    "attacks",
    "demo",
    "exchange/test_lms.py",
    "grading",
    "insight/test_report.py",
    "learner/test_badge.py",
    "learner/test_results.py",
    "marking",
    "notebook/test_receipt.py",
    "reports",
    "web/test_gallery.py",
    "web/test_pages.py",
}
SLOW = {"test_growth.py", "book/test_print.py"}


#: Files that take longest, first: one that began last would be waited for by all other workers. The first builds the
#: book, and those after it need none, so that no worker waits for it.
FIRST = (
    "browser/test_evidence.py",
    "browser/test_lite.py",
    "browser/test_lab.py",
    "browser/test_desk_keeps.py",
    "web/test_pages.py",
    "web/test_gallery.py",
    "demo/test_demo.py",
    "browser/test_mock_exam.py",
    "grading/test_assignments.py",
    "browser/test_states.py",
    "js/test_scripts.py",
    "book/test_published.py",
    "browser/test_book.py",
    "browser/test_offline.py",
    "browser/test_keeping.py",
    "browser/test_search.py",
    "browser/test_menus.py",
    "browser/test_formgrader.py",
    "marking/test_page.py",
    "browser/test_study_place.py",
    "browser/test_kill.py",
    "cli/test_package.py",
    "book/test_book.py",
    "browser/test_figures.py",
    "grading/test_regrade.py",
    "learner/test_forms.py",
    "grading/test_gradebook.py",
    "test_growth.py",
    "checks/test_check.py",
    "web/test_said.py",
    "checks/test_check_edges.py",
    "exchange/test_travel.py",
    "cli/test_cli.py",
    "test_make.py",
    "notebook/test_guard.py",
    "insight/test_statistics.py",
    "learner/test_readiness.py",
    "learner/test_review.py",
    "hub/test_hub.py",
    "book/test_print.py",
    "grading/test_waits.py",
    "marking/test_sheet.py",
    "book/test_edition.py",
    "grading/test_same_as_stock.py",
    "browser/test_lists.py",
    "browser/test_keys.py",
    "grading/test_loop.py",
    "attacks/test_attacks.py",
    "attacks/test_bounds.py",
)


@functools.cache
def file_of(path: Path) -> str:
    return path.relative_to(ROOT / "tests").as_posix()


def marks_of(path: str) -> set[str]:
    """The marks of all tests of a file: `browser`, `stock`, `slow` (a book is built for one test alone, or every
    pattern is tried)."""
    names = {path, path.split("/")[0]}
    kinds = {"browser": names & {"browser"}, "stock": names & STOCK, "slow": names & SLOW}
    return {mark for mark, found in kinds.items() if found}


def pytest_ignore_collect(collection_path, config):
    """A file of which `-m` leaves out all need not be imported."""
    marks = marks_of(file_of(collection_path)) if collection_path.suffix == ".py" else set()
    return True if any(f"not {mark}" in config.option.markexpr for mark in marks) else None


def pytest_collection_modifyitems(items):
    """Slow files first. Tests are marked by where they lie and by what they ask for; others say themselves that they
    are slow."""
    places = {name: place for place, name in enumerate(FIRST)}
    items.sort(key=lambda item: places.get(file_of(item.path), len(FIRST)))
    for item in items:
        marks = marks_of(file_of(item.path))
        if "browser" in item.fixturenames:
            marks.add("browser")
        if {"site", "book", "changed_book", "faulty_book"} & set(item.fixturenames):
            marks.add("slow")
        for mark in marks:
            item.add_marker(mark)


def pytest_collection_finish():
    gc.freeze()
    gc.enable()
    gc.set_threshold(100_000, 20, 20)  # tests throw away by the file, not by the line


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """A browser that went on from the file before ends where none is asked for."""
    if "browser" not in item.fixturenames and (browsers := sys.modules.get("browser.conftest")):
        browsers.RUNNING.end_if_idle()


def pytest_sessionfinish():
    gc.freeze()  # what is there goes with the process; pytest looks through it five times
    if browsers := sys.modules.get("browser.conftest"):
        browsers.RUNNING.end()


@pytest.fixture(autouse=True)
def english():
    """Whose edition a test chose, or a course that it opened, and its language, are not those of the next test."""
    yield
    brand.wear()


@pytest.fixture(scope="session")
def library():
    return the_library()


def up_to_date() -> Path | None:
    """The book in `_build`, if it was built after the last change of what it is made from, and before a desk came."""
    html = ROOT / "_build/html"
    if not (html / "searchindex.js").is_file() or (html / "desk").exists():  # the index of words is written last
        return None
    made_from = [ROOT / "_config.yml"]
    for folder in ("book", "case_vignettes", "exercises", "grader"):
        made_from += [path for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix != ".pyc"]
    newest = max(path.stat().st_mtime for path in made_from)
    return html if (html / "searchindex.js").stat().st_mtime > newest else None


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The published book, without a desk: the one in `_build` where nothing has changed since, or else built with
    warnings as errors, once for all workers of a run."""
    if built := up_to_date():
        return built
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "site"
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a second worker waits here until the first has built
        if not (place / "built").exists():
            done = run("jupyter-book", "build", "book", "-W", "-n", "--keep-going", "--path-output", str(place))
            assert done.returncode == 0, done.stdout[-4000:]
            (place / "built").touch()
    return place / "_build" / "html"
