"""Two supervisors at once on one reflection, one through the page, one through a sheet, both killed at random."""

import csv
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from grader.marking.board import Change, Desk
from grader.marking.second import SecondDesk

from .test_page import Server
from .test_sheet import REFLECTION

ROUNDS = int(os.environ.get("CANDOR_KILLS", "2"))  # 50 for the long run


class Page(threading.Thread):
    """The first marker, at the page: marks until its server is killed. `said`: row -> the marks that may stand there,
    the last that was called saved and those of which nothing came back."""

    def __init__(self, course, said, seed):
        super().__init__()
        self.running, self.said, self.dice = Server(course), said, random.Random(seed)
        self.leaked, self.saved = [], 0

    def run(self):
        try:
            with httpx.Client(timeout=20) as client:
                client.get(self.running.address, follow_redirects=True)
                for number in range(10_000):
                    row = self.dice.choice(list(self.said))
                    shown = client.get(f"{self.running.base}/row/{row}").text
                    self.leaked += re.findall(r"second \w+", shown)
                    marks = (self.dice.choice([4, 2, 0]), self.dice.choice([4, 0]))
                    sent = {
                        "seen": re.search(r'data-seen="(\w+)"', shown)[1],
                        "marks": marks,
                        "comment": f"first {number}",
                    }
                    self.said[row].append(marks)
                    if client.post(f"{self.running.base}/row/{row}", json=sent).status_code == 200:
                        self.said[row][:], self.saved = [marks], self.saved + 1
        except httpx.HTTPError:
            pass  # the server is gone; what was under way may stand or not


def grader(course, *words, kill_after=None):
    """Exit code and what was said; the command is killed after some seconds."""
    command = [str(Path(sys.executable).with_name("grader")), *words, "--course", str(course.folder), "--as", "Ben"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        said, _ = running.communicate(timeout=kill_after)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
        said, _ = running.communicate()
    return running.returncode, said


@pytest.mark.slow
def test_nothing_that_was_called_saved_is_lost_and_neither_sees_the_other(course, tmp_path):
    first = Desk(course.folder, course.name, REFLECTION)
    rows = first.rows()
    assert not first.save([Change(row.id, row.seen, (4, 4), "first") for row in rows], "BN").refused
    said = {row.id: [(4, 4)] for row in rows}
    stands = {row.id: (None, None) for row in rows}  # the second marks that were called written
    dice, imports, took = random.Random(5), 0, 2.0
    for round_ in range(ROUNDS):
        page = Page(course, said, round_)
        page.start()
        try:
            sheet = tmp_path / f"{round_}.csv"
            code, words = grader(course, "marks", "export", course.name, REFLECTION, "--second", "--to", str(sheet))
            assert code == 0, words
            assert "first" not in sheet.read_text(encoding="utf-8-sig"), (
                "the second marker sees no comment of the first"
            )
            wanted = fill(sheet, stands, dice)
            began = time.monotonic()
            kill = dice.uniform(0.3, took) if round_ % 2 else None
            code, words = grader(
                course, "marks", "import", course.name, REFLECTION, str(sheet), "--second", "--yes", kill_after=kill
            )
            if kill is None:
                took = time.monotonic() - began
                assert code == 0, words
        finally:
            page.running.stop(signal.SIGKILL)
            page.join(30)
        assert page.leaked == []
        now = {row.id: row.marks for row in first.rows()}
        assert all(now[row] in possible for row, possible in said.items()), "a first mark that was saved stands"
        for row, possible in said.items():
            possible[:] = [now[row]]
        found = {row.id: row.marks for row in SecondDesk(course.folder, course.name, REFLECTION, "Ben", 0).rows()}
        assert found == wanted or (code and found == stands), "a sheet is written whole, or not at all"
        imports += found == wanted
        stands = found
    assert imports >= ROUNDS // 2


def fill(sheet, stands, dice):
    """Write a second mark into each row of a sheet that shows Ben's own marks alone; the marks by row."""
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream))
    head = lines[0]
    marks = [place for place, name in enumerate(head) if name[:2] in ("1.", "2.")]
    wanted = {}
    for line in lines[1:]:
        own = tuple(float(line[place]) if line[place] else None for place in marks)
        assert own == tuple(stands[line[0]]), "the sheet shows the marks of the one who marks, and nobody else's"
        wanted[line[0]] = (dice.choice([4, 2, 0]), dice.choice([4, 0]))
        for place, mark in zip(marks, wanted[line[0]]):
            line[place] = str(mark)
        line[head.index("comment")] = f"second {line[0]}"
    with sheet.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(lines)
    return wanted
