"""The report as a folder of pages: no other host, no script, to be read from a disk, on paper, or on a stick."""

from __future__ import annotations

import hashlib
import random
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import quote

from . import plots
from .asked import Test, tests
from .cohort import Cohort
from .markers import FEWEST, Marker, markers
from .trainees import SHOWN, Trainee, areas, gaps, handed_in, objectives, trainees
from ..cards.vocabulary import spoken
from ..language import later, t
from ..web import fonts
from ..web.files import naming, write
from ..web.shell import page, stylesheet

HERE = Path(__file__).parent / "templates"
PAGES = {
    "index": later("The cohort"),
    "questions": later("Questions"),
    "tests": later("Tests"),
    "marking": later("Marking"),
}
MANY = 20  # rows of a table before the rest is folded
MARK = ".candor-report"  # in a folder that a report was written to: it may be written anew


class Occupied(Exception):
    """Why a folder is not written to; one line."""


def write_site(
    cohort: Cohort,
    to: Path,
    *,
    others: Sequence[Cohort] = (),
    named: bool = True,
    book: str = "",
    today: date | None = None,
    step: Callable[[int], None] | None = None,
) -> int:
    """Write the pages into `to`; how many. `named`: whether trainees and markers are told by name, or by a number that
    this report alone has. Raises Occupied where the folder holds something else."""
    if not named:
        cohort = without_names(cohort)
    to = to.resolve()  # a link is followed, and what it leads to is written anew
    if to.exists() and any(to.iterdir()) and not (to / MARK).exists():
        raise Occupied(
            t("{to}: there is something else in this folder. Give an empty one, or a new one, with --to.", to=to)
        )
    with naming(to):
        made = Path(tempfile.mkdtemp(dir=to.parent if to.parent.is_dir() else None, prefix=".report-"))
    old = made.with_name(f"{made.name}.old")
    try:
        with naming(to):
            pages = _pages(cohort, made, others, named, book, today or date.today(), step)
            made.chmod(0o755)
            to.parent.mkdir(parents=True, exist_ok=True)
            if to.exists():  # the old report goes once the new one stands in its place
                to.rename(old)
            shutil.move(made, to)
    finally:
        shutil.rmtree(made, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
    return pages


def _pages(
    cohort: Cohort,
    to: Path,
    others: Sequence[Cohort],
    named: bool,
    book: str,
    today: date,
    step: Callable[[int], None] | None,
) -> int:
    write(to / MARK, "A report of Candor stands here; it is written anew as a whole.\n")
    (to / "fonts").mkdir()
    for path in fonts.files():
        shutil.copyfile(path, to / "fonts" / path.name)
    own = (HERE / "report.css").read_text(encoding="utf-8")
    write(to / "style.css", fonts.linked("fonts/") + stylesheet(own))
    people, given = trainees(cohort), markers(cohort.marks)
    common = {
        "cohort": cohort,
        "pages": PAGES,
        "named": named,
        "today": today,
        "book": book.rstrip("/"),
    }
    asked = tests(cohort, others)
    whole: dict[str, dict[str, object]] = {
        "index": {
            "people": people,
            "talk": [one for one in people if one.reasons],
            "gaps": gaps(people),
            "handed": handed_in(cohort, people),
            "objectives": objectives(cohort),
            "areas": areas(cohort),
            "shown": 2 * SHOWN,
            "many": MANY,
            "file": file_of,
        },
        "questions": {"tests": asked, "spoken": spoken},
        "tests": {
            "tests": asked,
            "plots": {one.name: _plot(one) for one in asked},
            "counts": {one.name: _counts(one) for one in asked},
        },
        "marking": {"markers": given, "fewest": FEWEST, "plots": _marking(given)},
    }
    for name, values in whole.items():
        text = page(HERE / f"{name}.html.j2", style="style.css", base="", here=name, **common, **values)
        write(to / f"{name}.html", text)
    (to / "trainees").mkdir()
    for one in people:
        text = page(HERE / "trainee.html.j2", style="../style.css", base="../", here="", **common, it=one)
        write(to / "trainees" / f"{file_of(one)}.html", text)
        if step:
            step(len(people))
    return len(whole) + len(people)


def file_of(one: Trainee, quoted: bool = False) -> str:
    """A trainee's page: the id where a file may have that name on any system, else with what tells it apart."""
    plain = re.sub(r"[^\w.@+-]+", "_", one.id).strip(".")[:80]
    name = (
        plain
        if plain == one.id.casefold() and len(plain) > 4
        else f"{plain}-{hashlib.sha256(one.id.encode()).hexdigest()[:8]}"
    )
    return quote(name) if quoted else name


def without_names(cohort: Cohort) -> Cohort:
    """The same cohort with numbers for names, drawn anew each time: whoever has the list of names cannot work them out.
    Words that people wrote do not stand in it."""
    dice = random.SystemRandom()
    alias = _numbers(later("trainee-{number}"), cohort.trainees, dice)
    who = _numbers(later("marker {number}"), sorted({one.marker for one in cohort.marks}), dice)
    sittings = {
        key: replace(
            one,
            standings={
                alias[name]: replace(own, trainee=alias[name], first_name="", last_name="", email="", lms_user_id="")
                for name, own in one.standings.items()
            },
            sheets={alias[name]: own for name, own in one.sheets.items()},
            waiting={alias[name]: own for name, own in one.waiting.items()},
            collected=frozenset(alias[name] for name in one.collected if name in alias),
        )
        for key, one in cohort.sittings.items()
    }
    return replace(
        cohort,
        trainees=tuple(sorted(alias.values())),
        names={},
        sittings=sittings,
        marks=[replace(one, marker=who[one.marker], trainee=alias.get(one.trainee, "")) for one in cohort.marks],
        escalated=[
            replace(entry, trainee=alias.get(entry.trainee, ""), who="", said={"because": t("the reason is not shown")})
            for entry in cohort.escalated
        ],
    )


def _numbers(word: str, names: Sequence[str], dice: random.Random) -> dict[str, str]:
    wide = len(str(len(names)))
    return {name: t(word, number=f"{at:0{wide}}") for at, name in enumerate(dice.sample(names, len(names)), 1)}


def _plot(one: Test) -> str:
    found = one.reliability
    return plots.distribution(one.title, _counts(one), found.questions) if found and found.trainees > 1 else ""


def _counts(one: Test) -> dict[int, int]:
    """Whole questions right -> trainees."""
    scores = one.reliability.scores if one.reliability else ()
    return dict(sorted(Counter(int(score + 1e-9) for score in scores).items()))


def _marking(given: Sequence[Marker]) -> dict[str, object]:
    lean = [(one.name, one.leaning) for one in given if one.leaning]
    drift = [(one.name, one.drift) for one in given if one.drift]
    return {
        "leaning": plots.leaning(t("How much more each marker gives than others"), lean) if lean else "",
        "drift": plots.leaning(t("How much more each marker gives after fifty answers"), drift) if drift else "",
    }
