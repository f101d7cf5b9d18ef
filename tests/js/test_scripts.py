"""The scripts of the pages, by node: one test among the others, so that it has a core beside them."""

import os
import shutil
import subprocess

import pytest

from support.project import ROOT

pytestmark = pytest.mark.slow


def test_the_scripts_do_what_their_own_tests_say():
    if not shutil.which("npm"):
        pytest.skip("node and npm are not installed")
    if not (ROOT / "js/node_modules/.installed").exists():
        pytest.skip("what the scripts are tested with is not installed: make js-test")
    plain = {name: value for name, value in os.environ.items() if name != "NODE_OPTIONS"}
    command = ["npm", "--prefix", "js", "run", "--silent", "test"]
    done = subprocess.run(command, cwd=ROOT, env=plain, capture_output=True, text=True, errors="replace")
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[max(0, said.find("\nnot ok")) :][:8000]
