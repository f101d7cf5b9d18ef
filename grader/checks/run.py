"""`grader check`: every rule over the whole library. A rule is a function that yields problems; its docstring is its manual page."""

from __future__ import annotations

from collections.abc import Iterator

from ..cards.library import Library
from ..cards.problem import RULES, Problem, problem, rule
from . import assignments, cases, chapters, coverage, likeness, pages, questions, shelf, writing

CHECKS = (
    *questions.CHECKS, *cases.CHECKS, *assignments.CHECKS, *chapters.CHECKS, *pages.CHECKS, *shelf.CHECKS, *coverage.CHECKS,
    *writing.CHECKS, *likeness.CHECKS,
)  # fmt: skip


def check(library: Library) -> list[Problem]:
    """Every problem of a library, sorted by file and line; warnings that a card excuses with a reason are left out."""
    found = set(library.problems)
    for one in CHECKS:
        found.update(one(library))
    return sorted(_excused(library, found))


@rule("L007")
def bad_excuse(path, name, message: str, hint: str) -> Problem:
    """A card excuses a warning with a reason: `allow: {W103: "the guideline itself says always"}`.

    Without a reason there is no excuse, an error cannot be excused, and the code must be one of a warning.
    """
    return problem(bad_excuse, path, name, message, hint)


@rule("L008", "warning")
def unused_excuse(path, name) -> Problem:
    """A card excuses a warning that it does not cause any more. Excuses that nobody needs hide the ones that matter; take it out."""
    return problem(unused_excuse, path, name, f"this card excuses {name}, which it does not cause", "Take the excuse out.")


def _excused(library: Library, found: set[Problem]) -> Iterator[Problem]:
    excuses: dict[tuple[str, str], object] = {}
    for card in library.cards():
        path = library.shown(card.path)
        for name, reason in card.allow.items():
            known = RULES.get(str(name))
            if known is None or known.level != "warning":
                yield bad_excuse(path, name, f"`{name}` is not the code of a warning", "Codes of warnings stand in the output of `grader check`.")
            elif len(reason.split()) < 3:
                yield bad_excuse(path, name, f"the excuse for {name} gives no reason", "Say in a few words why this card is right as it is.")
            else:
                excuses[path, str(name)] = name
    used = set()
    for one in found:
        if (one.path, one.code) in excuses:
            used.add((one.path, one.code))
        else:
            yield one
    for place, name in excuses.items():
        if place not in used:
            yield unused_excuse(place[0], name)
