"""More than one machine: a Dask scheduler and two workers on this one, the course in a shared folder."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.grading.run import Unsupported, autograde, executor_by_name
from support.compare import differences
from support.course import twin

from .test_gradebook import handed_in, undisturbed  # noqa: F401


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    pytest.importorskip("distributed", reason="distributed is not installed")
    place = tmp_path_factory.mktemp("dask")
    described = place / "scheduler.json"
    dask = str(Path(sys.executable).with_name("dask"))
    quiet = {"cwd": place, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = [
        subprocess.Popen(
            [
                dask,
                "scheduler",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--no-dashboard",
                "--scheduler-file",
                str(described),
            ],
            **quiet,
        )
    ]
    try:
        deadline = time.monotonic() + 30
        while not described.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        address = __import__("json").loads(described.read_text())["address"]
        for _ in range(2):
            running.append(
                subprocess.Popen(
                    [
                        dask,
                        "worker",
                        address,
                        "--nthreads",
                        "1",
                        "--no-dashboard",
                        "--host",
                        "127.0.0.1",
                        "--local-directory",
                        str(place),
                    ],
                    **quiet,
                )
            )
        yield address
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(15)


def test_two_workers_give_the_same(scheduler, handed_in, undisturbed, tmp_path, monkeypatch):
    monkeypatch.setattr("grader.grading.run.PIECE", 5)
    place = twin(handed_in, tmp_path / "course")
    with executor_by_name(f"dask:{scheduler}") as executor:
        outcome = autograde(place.folder, place.name, executor=executor)
    assert len(outcome.graded) == 40
    assert differences(undisturbed.folder, place.folder) == []


def test_an_unknown_executor_and_a_scheduler_that_is_not_there(monkeypatch):
    with pytest.raises(Unsupported, match="There is no executor `slurm`. Installed: dask"):
        executor_by_name("slurm")
    client = pytest.importorskip("distributed").Client
    monkeypatch.setattr("distributed.Client", lambda address, timeout: client(address, timeout=timeout / 10))
    with pytest.raises(Unsupported, match="did not start"):
        executor_by_name("dask:tcp://127.0.0.1:9")


def test_any_executor_of_the_standard_kind_will_do(handed_in, undisturbed, tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    place = twin(handed_in, tmp_path / "course")
    with ThreadPoolExecutor(4) as pool:
        autograde(place.folder, place.name, executor=pool)
    assert differences(undisturbed.folder, place.folder) == []
