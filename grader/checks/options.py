"""Rules for options: what makes a list of them no choice, or hard to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .lists import lists
from ..cards.library import Library
from ..cards.problem import Problem, Text, problem, rule

LONGEST = 200  # characters of an option
NUMBER = re.compile(r"\D{0,12}?(\d[\d,]*(?:\.\d+)?)")


@rule("Q003")
def options_alike(library: Library) -> Iterator[Problem]:
    """Two options say the same, so one of them is no choice at all. Often a line was copied and not changed."""
    for found in lists(library):
        seen: dict[str, Text] = {}
        for text in found.texts:
            words = " ".join(re.findall(r"\w+", text.lower()))
            if words in seen:
                yield problem(
                    options_alike,
                    found.path,
                    text,
                    f"this option is the same as the one on line {seen[words].line}",
                    "Write a different distractor.",
                )
            seen.setdefault(words, text)


@rule("Q004")
def option_form(library: Library) -> Iterator[Problem]:
    """An option is one plain line of at most 200 characters: it becomes one line of a notebook that a trainee clicks.

    Line breaks, square brackets with a mark, and Markdown would change how it is read or scored.
    """
    for found in lists(library):
        for text in found.texts:
            path = found.path
            if "\n" in text.strip() or text != text.strip():
                yield problem(
                    option_form,
                    path,
                    text,
                    "an option stands on one line",
                    "Join its lines, and take out spaces at its ends.",
                )
            elif len(text) > LONGEST:
                yield problem(
                    option_form,
                    path,
                    text,
                    f"this option has {len(text)} characters; {LONGEST} at most",
                    "Say it shorter; move detail to the story.",
                )
            elif re.search(r"\[[ xX]?\]|\*\*|`|\]\(|<[a-zA-Z/]", text):
                yield problem(
                    option_form, path, text, "an option is plain text, without Markdown or boxes", "Take the marks out."
                )


@rule("Q007")
def above(library: Library) -> Iterator[Problem]:
    """*All of the above* and *none of the above* test logic, not judgement: two right options give the key away, and a
    doubtful one decides nothing.

    Haladyna's item-writing guidelines advise against both.
    """
    for found in lists(library):
        for text in found.texts:
            if re.search(
                r"\b(all|none|both|neither|any) of the above\b|^(all|none|both|neither) of these\.?$",
                text,
                re.IGNORECASE,
            ):
                yield problem(
                    above,
                    found.path,
                    text,
                    f"an option cannot be `{text}`",
                    "Write a distractor, or make it an all-that-apply question.",
                )


@rule("Q010", "warning")
def numbers_in_order(library: Library) -> Iterator[Problem]:
    """Options that are numbers stand in order, so that nobody looks for a meaning in the order, and a reader finds the
    figure at once. Numbers of one unit are compared.

    Before:  6 months, 3 months, 12 months, 1 month
    After:   1 month, 3 months, 6 months, 12 months
    """
    for found in lists(library, live=True):
        matches = [NUMBER.match(text) for text in found.texts]
        units = {NUMBER.sub("", text, count=1).strip(" .").removesuffix("s") for text in found.texts}
        numbers = [float(match[1].replace(",", "")) for match in matches if match]
        in_order = numbers in (sorted(numbers), sorted(numbers, reverse=True))
        if len(numbers) == len(matches) and len(units) == 1 and not in_order:
            yield problem(
                numbers_in_order,
                found.path,
                found.at,
                "these options are numbers, and not in order",
                "Put the smallest first.",
            )


CHECKS = (options_alike, option_form, above, numbers_in_order)
