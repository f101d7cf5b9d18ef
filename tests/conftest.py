"""What several tests look at: the repository's own library, and the book built from it once."""

from pathlib import Path

import pytest

from support.project import ROOT, run


@pytest.fixture(scope="session")
def library():
    from grader.library import load

    return load(ROOT)


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The published book: built with warnings as errors."""
    place = tmp_path_factory.mktemp("site")
    done = run("jupyter-book", "build", "book", "-W", "-n", "--keep-going", "--path-output", str(place))
    assert done.returncode == 0, done.stdout[-4000:]
    return place / "_build" / "html"
