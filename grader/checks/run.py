"""`grader check`: every rule over the whole library. A rule is a function that yields problems; its docstring is its
manual page."""

from __future__ import annotations

from collections.abc import Iterator

from . import (
    assignments,
    bibliography,
    cases,
    chapters,
    citations,
    coverage,
    evidence,
    figures,
    findings,
    grades,
    guides,
    house_words,
    kit,
    likeness,
    measure,
    options,
    pages,
    places,
    questions,
    searching,
    sets,
    sets_asked,
    shelf,
    slips,
    stories,
    tags,
    writing,
)
from .edition import CHECKS as OF_EDITIONS
from .edition import of_the_edition
from .text import first_line
from ..cards.library import Library
from ..cards.problem import RULES, Placed, Problem, Text, problem, rule
from ..language import untranslated

CHECKS = (
    *questions.CHECKS,
    *options.CHECKS,
    *sets.CHECKS,
    *sets_asked.CHECKS,
    *cases.CHECKS,
    *assignments.CHECKS,
    *chapters.CHECKS,
    *citations.CHECKS,
    *bibliography.CHECKS,
    *pages.CHECKS,
    *figures.CHECKS,
    *searching.CHECKS,
    *shelf.CHECKS,
    *slips.CHECKS,
    *tags.CHECKS,
    *coverage.CHECKS,
    *evidence.CHECKS,
    *findings.CHECKS,
    *grades.CHECKS,
    *places.CHECKS,
    *kit.CHECKS,
    *guides.CHECKS,
    *stories.CHECKS,
    *writing.CHECKS,
    *house_words.CHECKS,
    *likeness.CHECKS,
    *measure.CHECKS,
    *OF_EDITIONS,
)


def check(library: Library) -> list[Problem]:
    """Every problem of a library, sorted by file and line; warnings that a card excuses with a reason are left out."""
    found = set(library.problems)
    with untranslated():  # findings are for authors, who share them in English
        for one in CHECKS:
            found.update(one(library))
    blank = {(path, place.line) for path, places in shelf.blanks(library).items() for place in places}
    found = {one for one in found if one.code == "L009" or (one.path, one.line) not in blank}
    return sorted(of_the_edition(library, list(_excused(library, found))))


@rule("L007")
def bad_excuse(path: str, name: Placed, message: str, hint: str) -> Problem:
    """A card excuses a warning with a reason: `allow: {W103: "the guideline itself says always"}`.

    Without a reason there is no excuse, and the code must be one of a warning. A number that is not in its evidence
    card can be excused by name: `allow: {E006 41 %: "our own count of the cases in this book"}`. No other error can be
    excused.
    """
    return problem(bad_excuse, path, name, message, hint)


@rule("L008", "warning")
def unused_excuse(path: str, name: Text) -> Problem:
    """A card excuses a warning that it does not cause any more. Excuses that nobody needs hide the ones that matter;
    take it out."""
    return problem(
        unused_excuse, path, name, f"this card excuses {name}, which it does not cause", "Take the excuse out."
    )


def _excused(library: Library, found: set[Problem]) -> Iterator[Problem]:
    """The problems that no card excuses, and what is wrong with the excuses. `E006 41 %` excuses what that rule says
    of `41 %`."""
    excuses: dict[tuple[str, int, str, str], Text] = {}
    starts = _starts(library)
    for card in (*library.cards(), *library.sets.values()):
        path = library.shown(card.path)
        for name, reason in card.excuses.items():
            code, _, about = str(name).partition(" ")
            known = RULES.get(code)
            if known is None or (known.level != "warning" and not known.excusable):
                yield bad_excuse(
                    path,
                    name,
                    f"`{name}` is not the code of a warning",
                    "Codes of warnings stand in the output of `grader check`.",
                )
            elif known.level != "warning" and not about:
                yield bad_excuse(
                    path, name, f"the excuse for {name} does not say which number", f"Name it: `{code} 41 %`."
                )
            elif len(reason.split()) < 3:
                yield bad_excuse(
                    path,
                    name,
                    f"the excuse for {name} gives no reason",
                    "Say in a few words why this card is right as it is.",
                )
            else:
                excuses[path, _owner(starts, path, name.line), code, about] = name
    used = set()
    for one in found:
        place = one.path, _owner(starts, one.path, one.line), one.code
        by = next((key for key in excuses if key[:3] == place and (not key[3] or f"`{key[3]}`" in one.message)), None)
        if by:
            used.add(by)
        else:
            yield one
    for excuse, name in excuses.items():
        if excuse not in used:
            yield unused_excuse(excuse[0], name)


def _starts(library: Library) -> dict[str, list[int]]:
    """For each file of a set the lines on which its stories begin: an excuse holds for its own story, or for what
    stands above the first."""
    return {library.shown(card.path): sorted(map(first_line, card.stories)) for card in library.sets.values()}


def _owner(starts: dict[str, list[int]], path: str, line: int) -> int:
    """Which story of a file a line belongs to: the line on which it begins; 0 for the set itself, and for every
    other file."""
    return max((start for start in starts.get(path, ()) if start <= line), default=0)
