"""What was given in one trouble of `storm.py`, and what of it is gone."""

from __future__ import annotations

import statistics
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple


class Given(NamedTuple):
    value: str
    round: int  # what was given in one round was given at the same moment
    unkept: bool  # the page said so


@dataclass
class Tally:
    """`given`: the answers under each name, in their order."""

    given: dict[str, list[Given]] = field(default_factory=lambda: defaultdict(list))
    count: int = 0
    rounds: int = 0
    unkept: int = 0
    not_entered: set[int] = field(default_factory=set)  # runs whose answers the page said the record has no room for
    lost: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)  # milliseconds

    def take(self, found: dict) -> None:
        """Notes one answer, or the end of a run, as the page gave it (surfaces.py)."""
        unkept = "Not kept" in found["said"] or "keeps nothing" in found["said"]
        if not found["given"]:
            self.not_entered |= {found["run"]} if unkept else set()
            return
        self.count += 1
        self.unkept += unkept
        self.waits.append(found["wait"])
        for name, value in found["given"]:
            self.given[name].append(Given(value, self.rounds, unkept))

    def compare(self, kept: dict[str, str], wrong: list[tuple[int, str]]) -> None:
        """Notes what a page called kept and is gone, and what is kept wrongly, by runs. What is kept is then what was
        given."""
        self.lost += [words for run, words in wrong if run not in self.not_entered]
        for name, given in self.given.items():
            if not all(one.unkept for one in given) and kept.get(name) not in self.possible(name):
                self.lost.append(f"{name}: {given[-1].value} was given last, {kept.get(name, 'nothing')} is there")
        self.given = defaultdict(list, {name: [Given(value, -1, False)] for name, value in kept.items()})

    def possible(self, name: str) -> set[str]:
        """What may be there: the last that was kept, or of several at one moment any, or one after it that the page
        said was not kept and that found room later. A run that is finished notes its answers in the record, each with
        its own time."""
        given = self.given[name]
        last = max(one.round for one in given if not one.unkept)
        values = {one.value for one in given if one.round == last or (one.unkept and one.round > last)}
        kind, _, card = name.partition("/")
        if kind == "answer":
            sat = (all_ for run, all_ in self.given.items() if run.startswith("run/") and run.endswith(f"/{card}"))
            values |= {one.value for all_ in sat for one in all_}
        return values

    def told(self, what: str) -> bool:
        """Prints it in one line, and what is lost below; true where nothing is."""
        waits = f"said after {statistics.median(self.waits):.0f} ms, at most {max(self.waits):.0f} ms"
        print(
            f"{what}: {self.count} answers, {self.unkept} said not to be kept, {len(self.lost)} lost; {waits}",
            flush=True,
        )
        for one in self.lost[:10]:
            print(f"    {one}", flush=True)
        return not self.lost
