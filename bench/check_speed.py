"""Seconds that `grader check` needs for 1,000 question cards, as a whole process: start, read, every rule.

    python bench/check_speed.py [CARDS]

The cards are made from those of the library, with other names and shuffled words, so that no two stories are alike.
"""

from __future__ import annotations

import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grader.cards.library import find_root, load

ROOT = find_root(Path(__file__).resolve().parent)


def main(wanted: int) -> None:
    dice = random.Random(1)
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "library"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "_build", "tests", "source"))
        cards = list(load(ROOT).questions.values())
        for number in range(max(0, wanted - len(cards))):
            card = dice.choice(cards)
            words = card.story.split()
            dice.shuffle(words)
            text = card.path.read_text(encoding="utf-8").replace(
                card.story.rstrip("\n").replace("\n", "\n  "), " ".join(words) + f" number {number}"
            )
            (copy / "exercises/bank" / card.chapter / f"{card.name}-{number}.yml").write_text(text, encoding="utf-8")
        taken = []
        for _ in range(5):
            began = time.perf_counter()
            subprocess.run([sys.executable, "-m", "grader", "check", "--library", str(copy)], capture_output=True)
            taken.append(time.perf_counter() - began)
    print(
        f"{wanted} cards: {statistics.median(taken):.2f} s (median of 5, whole process),"
        f" {wanted / statistics.median(taken):.0f} cards a second"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
