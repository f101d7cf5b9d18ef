"""What several tests look at: the repository's own library, and the book built from it once."""

import fcntl
import os
from pathlib import Path

import pytest

from support.postgres import postgres  # noqa: F401 - a fixture
from support.project import ROOT, run

#: Files whose tests run nbgrader's own commands.
STOCK = {
    "attacks",
    "demo",
    "grading",
    "learner/test_badge.py",
    "learner/test_results.py",
    "marking",
    "notebook/test_receipt.py",
    "reports",
    "web/test_gallery.py",
    "web/test_pages.py",
}
SLOW = {"test_growth.py"}


def pytest_collection_modifyitems(items):
    """Marks by where a test lies: `browser`, `stock`, `slow` (the book is built, or every pattern is tried)."""
    for item in items:
        path = Path(item.fspath).relative_to(ROOT / "tests").as_posix()
        names = {path, path.split("/")[0]}
        if "browser" in names or "browser" in item.fixturenames:
            item.add_marker("browser")
        if names & STOCK:
            item.add_marker("stock")
        if names & SLOW or "site" in item.fixturenames:
            item.add_marker("slow")


@pytest.fixture(scope="session")
def library():
    from grader.cards.library import load

    return load(ROOT)


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The published book: built with warnings as errors, once for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "site"
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a second worker waits here until the first has built
        if not (place / "built").exists():
            done = run("jupyter-book", "build", "book", "-W", "-n", "--keep-going", "--path-output", str(place))
            assert done.returncode == 0, done.stdout[-4000:]
            (place / "built").touch()
    return place / "_build" / "html"
