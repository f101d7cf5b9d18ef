"""Whatever a person types, they get a line and no trace: files that are folders, places that cannot be written, names that do not exist."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("command,said", [
    ("check-submission FOLDER", "is not an ordinary file"),
    ("receipt FOLDER FOLDER", "is not an ordinary file"),
    ("readiness FOLDER", "cannot be opened (Is a directory)"),
    ("exam standard FOLDER", "cannot be opened (Is a directory)"),
    ("badge verify FOLDER --key FOLDER", "Is a directory"),
    ("badge keygen FILE", "File exists"),
    ("ledger new FOLDER/none/ledger.csv", "No such file or directory"),
    ("export anki --to FOLDER/none/deck.apkg", "No such file or directory"),
    ("exam build case-form --to FILE/exams", "Not a directory"),
    ("course FILE", "Not a directory"),
    ("summary concerns --course FOLDER", "is not a course"),
    ("new ledger mine.csv", "`grader ledger new mine.csv` makes one"),
    ("new question ../up", "A question is named CHAPTER/NAME"),
    ("explain Z999", "There is no rule Z999"),
])  # fmt: skip
def test_one_line_and_no_trace(tmp_path, command, said):
    (tmp_path / "file").write_text("x")
    words = [word.replace("FOLDER", str(tmp_path)).replace("FILE", str(tmp_path / "file")) for word in command.split()]
    done = subprocess.run([sys.executable, "-m", "grader", *words], cwd=ROOT, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)
    assert done.returncode and said in done.stderr, done.stderr
    assert "Traceback" not in done.stderr and "our mistake" not in done.stderr
    assert (tmp_path / "file").read_text() == "x"
