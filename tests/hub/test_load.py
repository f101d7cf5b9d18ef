"""Thirty trainees at once: each starts a server, fetches, answers, saves and hands in. Nothing is lost, and nothing is
anybody else's. What it took is printed."""

import json
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from support.course import choose, write_library
from support.hub import Hub
from support.project import ROOT, run

from .conftest import NAME

PEOPLE = [f"t{number:02}" for number in range(1, 31)]


@pytest.fixture(scope="module")
def crowd(wanted, tmp_path_factory, postgres):
    base = tmp_path_factory.mktemp("crowd")
    folder = base / "courses/intro"
    done = run("grader", "course", str(folder), "--library", str(write_library(base / "library")), "--id", "intro")
    assert done.returncode == 0, done.stdout
    config = folder / "nbgrader_config.py"
    config.write_text(f"{config.read_text()}\nget_config().CourseDirectory.db_url = {postgres('crowd')!r}\n")
    made = Hub(base, {"intro": {"folder": str(folder), "teachers": ["mary"], "trainees": PEOPLE}})
    try:
        made.start(postgres("crowdhub"))
        for words in (("generate_assignment", NAME), ("release_assignment", NAME)):
            work(made, "nbgrader", *words)
        yield made
    finally:
        made.stop()


def work(hub, *words: str) -> float:
    """A command in the course's folder; how long it took."""
    folder, began = hub.folder / "courses/intro", time.monotonic()
    roles, exchange = str(ROOT / "deploy/roles/course"), str(hub.folder / "exchange")
    done = run(*words, folder=folder, JUPYTER_CONFIG_PATH=roles, CANDOR_EXCHANGE=exchange, CANDOR_COURSE=str(folder))
    assert done.returncode == 0, done.stdout
    return time.monotonic() - began


def letters(name: str) -> str:
    return "ABCD"[int(name[1:]) % 4]


def one(hub, name: str) -> dict[str, float]:
    took, began = {}, time.monotonic()

    def lap(what: str) -> None:
        nonlocal began
        took[what], began = time.monotonic() - began, time.monotonic()

    person = hub.person(name)
    person.open_lab()
    lap("log in and start")
    person.assignments("fetch", course_id="intro", assignment_id=NAME)
    lap("fetch")
    path = f"api/contents/intro/{NAME}/{NAME}.ipynb"
    content = person.send("GET", path).json()["content"]
    choose(content, "first-card", letters(name))
    content["metadata"]["candor"]["whose"] = name
    assert person.send("PUT", path, json={"type": "notebook", "content": content}).status_code == 200
    lap("open and save")
    said = person.assignments("submit", course_id="intro", assignment_id=NAME)
    assert [len(row["submissions"]) for row in said["value"] if "submissions" in row] == [1], said
    lap("hand in")
    return took


def memory(hub) -> list[float]:
    """MB of each trainee's server that are its own or its share of what several use (PSS)."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("HOME", "").startswith(f"{hub.folder}/homes/"):
                found.append(process.memory_full_info().pss / 2**20)
        except psutil.Error:  # it has ended, or is another's
            continue
    return found


def size(folder: Path) -> float:
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file()) / 1e6


def test_thirty_at_once_lose_nothing(crowd):
    began = time.monotonic()
    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        took = list(pool.map(lambda name: one(crowd, name), PEOPLE))
    whole, used = time.monotonic() - began, memory(crowd)
    disk = [size(crowd.folder / "homes" / name) for name in PEOPLE]
    inbound = list((crowd.folder / "exchange/intro/inbound").iterdir())
    assert sorted(path.name.split("+")[0] for path in inbound) == PEOPLE
    collected, graded = work(crowd, "nbgrader", "collect", NAME), work(crowd, "grader", "autograde", NAME)
    written = work(crowd, "grader", "feedback", NAME)
    released = work(crowd, "nbgrader", "release_feedback", NAME)
    for name in PEOPLE:
        place = crowd.folder / "courses/intro/submitted" / name / NAME / f"{NAME}.ipynb"
        text = place.read_text()
        assert json.loads(text)["metadata"]["candor"]["whose"] == name
        assert f"- [x] **{letters(name)}.**" in text
    assert len(list((crowd.folder / "exchange/intro/feedback").glob("*.html"))) == len(PEOPLE)
    print(f"\n{len(PEOPLE)} trainees at once: {whole:.0f} s until all had handed in")
    for what in took[0]:
        values = sorted(row[what] for row in took)
        print(f"  {what}: median {statistics.median(values):.2f} s, slowest {values[-1]:.2f} s")
    print(f"  memory of a server: median {statistics.median(used):.0f} MB (PSS, {len(used)} running)")
    print(f"  disk of a trainee: median {statistics.median(disk):.2f} MB")
    print(f"  collect {collected:.1f} s, autograde {graded:.1f} s, feedback {written:.1f} s, release {released:.1f} s")
