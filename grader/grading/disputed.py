"""Files whose sender may be somebody else than the file says: they go to a person.

A platform knows who sent a file. Where the roster cannot tell who that is here, the id in the file is believed as long
as it concerns nobody else: it puts no file over one that another sent, and makes one sender no two trainees.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .senders import KEYED, Sender, same_name, same_person
from .when import When
from ..language import later, t

NUMBERS = later("Put each on the roster with their own number: grader roster FILE")
ASK = later("Ask each for the id that is their own, and give their file as TRAINEE__{assignment}.ipynb.")
OVER = later(
    "{platform}'s {name} (`{key}`) claims to be {trainee}, by the file alone, and another file of {trainee} is not "
    "known to be theirs: not taken. Ask whose it is. If it is {trainee}'s, give it as {trainee}__{assignment}.ipynb, "
    "or put names on the roster (grader roster FILE)."
)
TWICE = later(
    "{platform}'s {name} (`{key}`) claims to be {trainee}, by the file alone, and to be {others} as well: not taken. "
    "Ask whose it is. If it is {trainee}'s, give it as {trainee}__{assignment}.ipynb, or put names on the roster "
    "(grader roster FILE)."
)


@dataclass(frozen=True)
class One:
    """A notebook that was unpacked, and whose it is. `order`: what tells which of two of one person is the later;
    `came`: its file's date (POSIX time); `path`: inside what the platform gave, so that feedback can go back under the
    same name; `by_word`: only the file says whose it is, while the platform says who sent it;
    `by_roster`: the roster has one person whom the platform can mean, and the file says nothing against it."""

    trainee: str
    source: str
    place: Path
    order: tuple[object, ...]
    came: float
    when: When
    blank: bool
    note: str = ""
    path: str = ""
    who: Sender | None = None
    by_word: bool = False
    by_roster: bool = False


def disputed(
    handed: Mapping[str, list[One]], before: Mapping[str, Sender], stands: Callable[[One], bool], assignment: str
) -> dict[str, str]:
    """Trainee -> why none of their files is taken. `before`: who sent what was collected of a trainee last; `stands`:
    whether a file of theirs that is another one is there."""
    ids: dict[tuple[str, str], set[str]] = {}
    came = [(trainee, one.who) for trainee, found in handed.items() for one in found if one.who]
    for trainee, who in [*before.items(), *came]:
        ids.setdefault((who.platform, who.key), set()).add(trainee)
    told = {}
    for trainee, found in handed.items():
        earlier = before.get(trainee)
        if why := _two(found, earlier, assignment):
            told[trainee] = why
            continue
        for one in found:
            if one.who is None or not one.by_word:
                continue
            others = [other.who for other in found if other is not one]
            others += [earlier] if earlier or stands(one) else []
            twice = ids[one.who.platform, one.who.key] - {trainee}
            if twice or not all(other and same_person(one.who, other) for other in others):
                told[trainee] = t(
                    TWICE if twice else OVER,
                    platform=one.who.platform,
                    name=one.who.name,
                    key=one.who.key,
                    trainee=trainee,
                    others=", ".join(sorted(twice)),
                    assignment=assignment,
                )
    return told


def anew(found: list[One], earlier: Sender | None) -> bool:
    """Whether these are one person's, who has another number since the last collection: Moodle gives a new one in each
    of its activities. The roster has to name one person, and the file nobody else."""
    here = [one for one in found if earlier and one.who and one.who.platform == earlier.platform]
    keys = {one.who.key for one in here if one.who}
    return (
        earlier is not None
        and earlier.platform not in KEYED
        and len(keys) == 1
        and earlier.key not in keys
        and all(one.by_roster and one.who and same_name(one.who, earlier) for one in here)
    )


def _two(found: list[One], earlier: Sender | None, assignment: str) -> str:
    """What there is to say where a platform has two people under one id, in this run or since an earlier one."""
    senders = {(who.platform, who.key): who for who in (earlier, *(one.who for one in found)) if who}
    for platform in sorted({platform for platform, _ in senders}):
        if earlier and earlier.platform == platform and anew(found, earlier):
            continue
        here = [who for _, who in sorted(senders.items(), key=lambda pair: pair[0]) if who.platform == platform]
        if len(here) > 1:
            said = t(
                "{platform} has two people under this id ({names}), so none of their files was taken.",
                platform=platform,
                names=", ".join(f"{who.name} {who.key}" if who.name != who.key else who.key for who in here),
            )
            if earlier and earlier.platform == platform:
                said += " " + t("If they are one person, take the later with --force.")
            return f"{said} {t(NUMBERS if platform in KEYED else ASK, assignment=assignment)}"
    return ""
