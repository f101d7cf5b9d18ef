"""A Chromium that is there and cannot start costs a reason, and not an error in every test."""

import os
import subprocess
import sys

import pytest

from support.project import ROOT

TESTS = ["tests/browser/test_kill.py", "tests/browser/test_lab.py"]


@pytest.mark.parametrize(
    "script, why",
    [
        ("echo 'cannot open libnss3.so' >&2; exit 127", "does not start (it ended with 127): cannot open libnss3.so"),
        ("exit 1", "does not start (it ended with 1): it said nothing"),
    ],
)
def test_a_chromium_that_cannot_start_skips_with_its_reason(tmp_path, script, why):
    fake = tmp_path / "chromium"
    fake.write_text(f"#!/bin/sh\n{script}\n")
    fake.chmod(0o755)
    environment = {**os.environ, "CANDOR_CHROMIUM": str(fake), "CANDOR_BROWSER": ""}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-rs",
        "-W",
        "ignore",
        *TESTS,
    ]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert (
        done.returncode == 0
        and "skipped" in done.stdout
        and "passed" not in done.stdout
        and "error" not in done.stdout.splitlines()[-1]
    ), done.stdout[-3000:]
    assert f"{fake} {why}" in done.stdout
    if script == "exit 1":  # where a browser is promised, its absence is a failure
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**environment, "CANDOR_BROWSER": "required"},
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 1 and f"{fake} {why}" in done.stdout
