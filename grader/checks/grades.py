"""Rules for how sure the book says that a work lets us be: one claim, one grade, from the evidence card."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .said import claimed, said
from .text import bare, lines
from ..cards.library import Library
from ..cards.problem import Problem, near, problem, rule
from ..cards.vocabulary import CERTAINTIES

EVIDENCE = "What the evidence says"  # the section of a chapter that has the table
_GRADE = "|".join(grade.replace("-", "[- ]") for grade in CERTAINTIES if grade != "law")
#: `weak evidence`; `the evidence for it is still weak`; the last cell of a table's row.
_SAID = re.compile(
    rf"(?<!no )(?<!not )(?<!without )\b({_GRADE})\b(?=(?:\s\w+)?\s(?:evidence|support)\b)"
    rf"|\bevidence\s(?:\w+\s){{0,4}}(?:is|was|remains)\s(?:(?!not\b|no\b)\w+\s)?({_GRADE})\b"
    rf"|\|\s*({_GRADE})(?=\s*[|,;(]|\sfor\b)[^|]*\|\s*$",
    re.IGNORECASE,
)


@rule("E009")
def grade_agrees(library: Library) -> Iterator[Problem]:
    """A sentence or row says how strong its evidence is, and the card of the work says otherwise.

    A reader who meets two grades believes neither.

    Grades are strong, moderate, weak, expert opinion and contested. Change the sentence, or the card with its reason.
    """
    for one in said(library):
        cards = [library.evidence[key] for key in one.works if key in library.evidence]
        if not cards or len(cards) < len(one.works):
            continue
        grades = {
            str(grade)
            for card in cards
            for grade in (card.certainty, *(outcome.certainty for outcome in card.outcomes))
            if grade
        }
        for match in _SAID.finditer(one.text):
            grade = next(filter(None, match.groups())).lower().replace(" ", "-")
            if grade not in grades:
                words = " or ".join(sorted(grades)).replace("-", " ")
                yield problem(
                    grade_agrees,
                    library.shown(one.file),
                    one.at(match.start()),
                    f"this says `{grade.replace('-', ' ')}`, and the card of {' or '.join(one.works)} says {words}",
                    "Say the card's grade, or change the card and its reason.",
                )


@rule("E011")
def claim_rests_on_cards(library: Library) -> Iterator[Problem]:
    """A claim of an evidence table names the results that it rests on, and each of them is there.

    Its grade is taken from the first.

    - A sentence with its population and its outcome.
      from: key/result, other-key
    """
    for path, claim in claimed(library):
        if not claim.names:
            yield problem(
                claim_rests_on_cards,
                path,
                claim.text,
                "this claim does not say what it rests on",
                "Write below it, indented: `from: KEY/RESULT`.",
            )
        for name in claim.names:
            key, _, outcome = name.partition("/")
            if key not in library.evidence:
                if not library.there("evidence", key):
                    yield problem(
                        claim_rests_on_cards,
                        path,
                        name,
                        f"there is no evidence card `{key}`",
                        near(key, library.evidence),
                    )
            elif outcome and library.evidence[key].outcome(outcome) is None:
                yield problem(
                    claim_rests_on_cards,
                    path,
                    name,
                    f"{key} has no result `{outcome}`",
                    near(outcome, [str(one.id) for one in library.evidence[key].outcomes]),
                )


@rule("E012")
def one_claim_one_grade(library: Library) -> Iterator[Problem]:
    """The same claim stands in two evidence tables with two grades, since they name different results first.

    One of the two misleads.

    Name the same result first in both, or say in each claim what makes it another.
    """
    first: dict[str, tuple[str, str]] = {}
    for path, claim in claimed(library):
        grade, words = claim.grade(library.evidence), " ".join(re.findall(r"\w+", bare(claim.text).lower()))
        before, where = first.setdefault(words, (grade, path))
        if grade and before and grade != before:
            yield problem(
                one_claim_one_grade,
                path,
                claim.text,
                f"this claim is {grade.replace('-', ' ')} here and {before.replace('-', ' ')} in {where}",
                "Name the same result first in both.",
            )


@rule("E013")
def table_from_cards(library: Library) -> Iterator[Problem]:
    """The section *What the evidence says* has its table from the evidence cards.

    A table typed by hand keeps its grade when the card gets another.

    ```{evidence}
    - A sentence with its population and its outcome.
      from: key/result
    ```
    """
    for card in library.chapters.values():
        section = ""
        for line in lines(card.body):
            if line.startswith("## "):
                section = line[3:].strip()
            elif section == EVIDENCE and re.match(r"\|[^|]*\|.*\bCertainty\b", line):
                yield problem(
                    table_from_cards,
                    library.shown(card.path),
                    line,
                    "this table of claims is typed by hand",
                    "Name the results instead: see `grader explain E013`.",
                )


CHECKS = (grade_agrees, claim_rests_on_cards, one_claim_one_grade, table_from_cards)
