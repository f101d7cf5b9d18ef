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
    ("exam standard RATINGS --score 5", "A score of 5 cannot be: the judges rated 2 questions"),
    ("exam standard RATINGS --score nan", "A score of nan cannot be"),
    ("review --exam 2020-01-01 --file FOLDER/review.json", "is not ahead"),
    ("new ledger mine.csv", "`grader ledger new mine.csv` makes one"),
    ("new question ../up", "A question is named CHAPTER/NAME"),
    ("explain Z999", "There is no rule Z999"),
])  # fmt: skip
def test_one_line_and_no_trace(tmp_path, command, said):
    (tmp_path / "file").write_text("x")
    (tmp_path / "ratings.csv").write_text("judge,question,rating\nA,q1,0.5\nA,q2,0.7\nB,q1,0.6\nB,q2,0.9\n")
    words = [word.replace("FOLDER", str(tmp_path)).replace("FILE", str(tmp_path / "file")).replace("RATINGS", str(tmp_path / "ratings.csv")) for word in command.split()]
    done = subprocess.run([sys.executable, "-m", "grader", *words], cwd=ROOT, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)
    assert done.returncode and said in done.stderr, done.stderr
    assert "Traceback" not in done.stderr and "our mistake" not in done.stderr
    assert (tmp_path / "file").read_text() == "x"
