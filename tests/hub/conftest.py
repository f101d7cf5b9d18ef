"""The hub of these tests: two courses, a teacher, two trainees. It takes minutes, so CI runs it once a week."""

import os

import pytest
from browser.conftest import browser  # noqa: F401 - a fixture

from support.course import write_library
from support.hub import Hub
from support.project import run

NAME = "holding"


@pytest.fixture(scope="session")
def wanted():
    if os.environ.get("CANDOR_HUB") != "1":
        pytest.skip("starts a JupyterHub: make hub-test")


@pytest.fixture(scope="session")
def base(tmp_path_factory):
    return tmp_path_factory.mktemp("hub")


@pytest.fixture(scope="session")
def hub(wanted, base, postgres):
    library = write_library(base / "library")
    courses = {}
    for name in ("intro", "second"):
        folder = base / "courses" / name
        done = run("grader", "course", str(folder), "--library", str(library), "--id", name)
        assert done.returncode == 0, done.stdout
        courses[name] = {"folder": str(folder), "teachers": ["mary"], "trainees": ["chidi"], "shared": name == "second"}
    courses["intro"]["trainees"] += ["ada", "dara"]
    config = base / "courses/intro/nbgrader_config.py"
    config.write_text(f"{config.read_text()}\nget_config().CourseDirectory.db_url = {postgres('gradebook')!r}\n")
    config = base / "courses/second/nbgrader_config.py"
    config.write_text(f"{config.read_text()}\nget_config().CourseDirectory.groupshared = True\n")
    made = Hub(base, courses)
    try:
        yield made.start(postgres("hub"))
    finally:
        made.stop()


@pytest.fixture(scope="session")
def mary(hub):
    one = hub.person("mary")
    one.open_lab()
    return one


@pytest.fixture(scope="session")
def course(mary):
    """Formgrader of the course that the hub runs, as Mary asks it: course(method, path)."""
    mary.open_lab("/services/intro/")

    def ask(method: str, path: str, **more):
        answer = mary.send(method, f"formgrader/api/{path}", place="/services/intro/", **more)
        assert answer.status_code == 200, answer.text[-2000:]
        said = answer.json()
        assert not isinstance(said, dict) or said.get("success", True), said.get("error", "")[-3000:]
        return said

    return ask


@pytest.fixture(scope="session")
def released(course):
    course("POST", f"assignment/{NAME}/assign")
    course("POST", f"assignment/{NAME}/release")


@pytest.fixture(scope="session")
def ada(hub):
    one = hub.person("ada")
    one.page = one.open_lab()
    return one


@pytest.fixture(scope="session")
def dara(hub):
    """Who hands in in a browser."""
    one = hub.person("dara")
    one.open_lab()
    return one


@pytest.fixture(scope="session")
def chidi(hub):
    one = hub.person("chidi")
    one.page = one.open_lab()
    return one
