"""Who handed in a file, as the learning platform's own names of folders and files say it, and who that is here.

The forms are those of Moodle, Canvas, Blackboard, Brightspace and Google Classroom; our desk's is in `names`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from .stamp import moment
from ..language import joined, later, t

#: Platforms whose files carry a number or a user name that a roster has, too.
KEYED = ("Canvas", "Blackboard", "Brightspace")
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

#: A folder for each participant: `Ada Okafor_12345_assignsubmission_file_`; or in front of the file's name.
_MOODLE = re.compile(r"(?P<name>[^_/]{1,200})_(?P<key>\d{1,12})_assignsubmission_[a-z]{1,20}_?(?P<file>.*)")
#: `okaforada_LATE_12345_998877_concerns.ipynb`: name without spaces, user, upload. A second upload ends in `-1`.
_CANVAS = re.compile(r"(?P<name>[^_/\d]{1,200})_(?P<late>LATE_)?(?P<key>\d{1,12})_(?P<upload>\d{1,12})_(?P<file>.+)")
#: `Concerns_aokafor_attempt_2026-03-01-10-22-33_concerns.ipynb`
_BLACKBOARD = re.compile(
    r"(?P<task>[^/]{1,300}?)_(?P<key>[^_/]{1,100})_attempt_"
    r"(?P<time>\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d)(?:_(?P<file>.+)|\.txt)"
)
#: A folder for each hand-in: `12345-67890 - Ada Okafor - Mar 1, 2026 1022 AM`
_BRIGHTSPACE = re.compile(r"(?P<key>\d{1,12})-\d{1,12} ?- ?(?P<name>[^/]{1,200}?) ?- ?(?P<time>[^-/]{8,40})")
#: A file in the class's Drive folder: `Ada Okafor - concerns.ipynb`
_CLASSROOM = re.compile(r"(?P<name>[^_/]{2,100}?) - (?P<file>[^/]{1,200})")


@dataclass(frozen=True)
class Sender:
    """`key`: the platform's own number or name of a person, by which two of one name are told apart."""

    platform: str
    key: str
    name: str
    file: str
    time: datetime | None = None
    late: bool = False
    upload: int = 0  # the later of two has the higher number
    front: str = ""  # what stands before the key: a login may hold the very sign that should end the task's name

    @property
    def keys(self) -> list[str]:
        """Each key that may be meant."""
        parts = self.front.split("_") if self.front else []
        return [self.key, *("_".join([*parts[at:], self.key]) for at in range(len(parts) - 1, 0, -1))]


def sender(parts: tuple[str, ...]) -> Sender | None:
    """Who handed in the file with these parts of a path, as its platform says; None where no platform made it."""
    *folders, file = (unicodedata.normalize("NFC", part) for part in parts)
    for folder in reversed(folders):
        if found := _MOODLE.fullmatch(folder):
            return Sender("Moodle", found["key"], found["name"], file)
        if (found := _BRIGHTSPACE.fullmatch(folder)) and (time := _brightspace_time(found["time"])):
            return Sender("Brightspace", found["key"], found["name"].strip(), file, time)
    if found := _MOODLE.fullmatch(file):
        return Sender("Moodle", found["key"], found["name"], found["file"])
    if (found := _BLACKBOARD.fullmatch(file)) and (time := moment(*map(int, found["time"].split("-")))):
        return Sender("Blackboard", found["key"], found["key"], found["file"] or "", time, front=found["task"])
    if found := _CANVAS.fullmatch(file):
        late, upload = bool(found["late"]), int(found["upload"])
        return Sender("Canvas", found["key"], found["name"], found["file"], late=late, upload=upload)
    if "__" not in file and (found := _CLASSROOM.fullmatch(file)):
        return Sender("Google Classroom", found["name"], found["name"], found["file"])
    return None


def participant(folders: tuple[str, ...]) -> str:
    """The number of the participant in whose folder a file lies, where Moodle made the folders; empty otherwise."""
    return next((found["key"] for folder in folders if (found := _MOODLE.fullmatch(folder))), "")


def _brightspace_time(words: str) -> datetime | None:
    """`Mar 1, 2026 1022 AM`, `1 March, 2026 10:22 AM`, as Brightspace writes it in English; None for another text."""
    found = re.search(r"(\d{1,2}):?(\d\d)\s?([AP]M)?\s*$", words, re.IGNORECASE)
    if found is None:
        return None
    month = next((number for number, name in enumerate(MONTHS, 1) if name in words.lower()), 0)
    figures = re.findall(r"\d+", words[: found.start()])
    day = next((int(one) for one in figures if len(one) < 3), 0)
    year = next((int(one) for one in figures if len(one) == 4), 0)
    hour = int(found[1]) % 12 + 12 * (found[3].upper() == "PM") if found[3] else int(found[1])
    return moment(year, month, day, hour, int(found[2]))


def folded(text: str) -> str:
    """A trainee's id for comparison: one form of each letter, capitals and spaces at its ends aside."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).strip()


def bare(name: str) -> str:
    """A name for comparison: letters and figures alone, in any order of its words, accents aside."""
    return " ".join(sorted(_plain(name)))


def solid(name: str) -> str:
    """The same as one word, in the order in which it is written: so Canvas has it, `O'Brien, Mary` as `obrienmary`."""
    return "".join(_plain(name))


def _plain(name: str) -> list[str]:
    text = unicodedata.normalize("NFKD", name.casefold())
    return re.findall(r"\w+", "".join(sign for sign in text if not unicodedata.combining(sign)))


@dataclass(frozen=True)
class Person:
    """A trainee of the gradebook."""

    id: str
    first: str = ""
    last: str = ""
    email: str = ""
    lms: str = ""
    sis: str = ""  # the institution's own number, which Canvas lists beside its own

    def may_be(self, who: Sender) -> bool:
        """Whether the roster says nothing against this being the person that a platform means."""
        if self.first or self.last:
            return not self.names.isdisjoint(_called(who))
        return not self.lms or who.platform not in KEYED or folded(self.lms) == folded(who.key)

    @property
    def names(self) -> set[str]:
        """What a platform may call this person, as `bare` and as Canvas writes it."""
        whole = {bare(f"{self.first} {self.last}"), bare(self.id), bare(self.email)}
        return (whole | {solid(f"{self.last} {self.first}"), solid(f"{self.first} {self.last}")}) - {""}


class Roster:
    """Who is who. A name that two people have is nobody's."""

    def __init__(self, people: Iterable[Person]):
        self.people = list(people)
        self._by_id: dict[str, list[Person]] = {}
        self._by_key: dict[str, list[Person]] = {}
        self._by_name: dict[str, list[Person]] = {}
        for one in self.people:
            self._by_id.setdefault(folded(one.id), []).append(one)
            for key in {folded(one.lms), folded(one.email), folded(one.email.split("@")[0])} - {""}:
                self._by_key.setdefault(key, []).append(one)
            for name in one.names:
                self._by_name.setdefault(name, []).append(one)

    def of_id(self, id: str) -> Person | None:
        """The trainee of an id, however it is typed; None for nobody, and where two trainees' ids read alike."""
        return _only(self._by_id.get(folded(id), []))

    def of_name(self, name: str) -> list[Person]:
        """Everybody who is called so, accents, capitals and the order of the words aside."""
        return self._by_name.get(bare(name), [])

    def of(self, who: Sender) -> Person | None:
        """The person that a platform means: by its own number or user name, else by a name that one person alone
        has."""
        return _only(self.called_so(who))

    def called_so(self, who: Sender) -> list[Person]:
        """Everybody whom a platform may mean."""
        return self._keyed(who) or next(filter(None, (self._by_name.get(name) for name in _called(who))), [])

    def _keyed(self, who: Sender) -> list[Person]:
        """Everybody who has the platform's own number or user name."""
        keys = who.keys if who.platform in KEYED else []
        found = (_only(self._by_key.get(folded(key), [])) or self.of_id(key) for key in keys)
        return list({one.id: one for one in found if one}.values())

    def senders(self, paths: Mapping[str, str]) -> dict[str, Sender]:
        """Trainee -> who sent what was collected of theirs last, by its path inside what a platform gave; not where the
        roster says by now that this was somebody else."""
        found = {trainee: sender(PurePosixPath(path).parts) for trainee, path in paths.items()}
        known = {trainee: self.of_id(trainee) for trainee in found}
        return {
            trainee: who
            for trainee, who in found.items()
            if who and ((person := known[trainee]) is None or self.may_be(person, who))
        }

    def may_be(self, person: Person, who: Sender) -> bool:
        """Whether a platform's sender is this person, or may be, as far as the roster says."""
        meant = self.of(who)
        return meant == person if meant else person.may_be(who)

    def whose(self, who: Sender | None, typed: str) -> tuple[Person | None, str]:
        """Whose a file is, by its platform and by the id `typed` in its name, and what is odd about that; or None, and
        why it cannot be told. The platform knows who sent it; what stands in a file's name anybody can type."""
        named = self.of_id(typed) if typed else None
        if who is None:
            return named, "" if named else t("the roster has no `{typed}`.", typed=typed) if typed else ""
        person = self.of(who)
        if person and named and person != named:
            return person, t(
                "{platform} says {id}, the file says {named}: {platform} was taken",
                platform=who.platform,
                id=person.id,
                named=named.id,
            )
        if person:
            known = {folded(one) for one in (person.id, person.lms, person.email)}
            odd = who.platform == "Canvas" and person.lms and folded(who.key) not in known
            if not odd:
                return person, ""
            return person, t(
                "by the name alone: the roster's number is {lms}, Canvas's {key}", lms=person.lms, key=who.key
            )
        if named and named.may_be(who):
            return named, ""
        if two := self.called_so(who):
            words = later(
                "{platform}'s {name} (`{key}`): {ids} on the roster are called so. Find out whose it is, and name the "
                "file TRAINEE__NAME.ipynb"
            )
            if who.platform in KEYED:
                words = later(
                    "{platform}'s {name} (`{key}`): {ids} on the roster are called so. Give their numbers on the "
                    "platform (grader roster FILE), or name the file TRAINEE__NAME.ipynb"
                )
            said = t(
                words,
                platform=who.platform,
                name=who.name,
                key=who.key,
                ids=joined(sorted(one.id for one in two), later("{first} and {second}")),
            )
            return None, f"{said}; {t('that it says {id} proves nothing', id=named.id)}." if named else f"{said}."
        said = t(
            "{platform}'s {name} (`{key}`) is nobody on the roster", platform=who.platform, name=who.name, key=who.key
        )
        proves = t("that the file says {id} proves nothing", id=named.id) if named else ""
        return None, f"{said}; {proves}." if named else f"{said}."


def same_person(one: Sender, other: Sender) -> bool:
    """Whether two files are of one sender: on one platform by its own number or user name, on two by the name, which
    Canvas writes as one word that begins with the last."""
    if one.platform == other.platform:
        return one.key == other.key
    return same_name(one, other)


def same_name(one: Sender, other: Sender) -> bool:
    """Whether two senders are called the same, whichever of a name's words comes first."""
    return not _words(one.name).isdisjoint(_words(other.name))


def _words(name: str) -> set[str]:
    """A name's letters as one word, whichever of its words comes first."""
    words = [solid(word) for word in name.split()]
    return {"".join([*words[at:], *words[:at]]) for at in range(len(words))} - {""}


def _called(who: Sender) -> tuple[str, str]:
    """What a platform calls a person, for comparison: as a name, and as Canvas writes it."""
    return bare(who.name), solid(who.name)


def _only(found: list[Person]) -> Person | None:
    return found[0] if len(found) == 1 else None
