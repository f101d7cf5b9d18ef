"""Problems as text: for the desk, for GitHub's annotations, for machines. Pure functions; the command prints."""

from __future__ import annotations

import inspect
import json
import textwrap
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from ..cards.library import Library
from ..cards.problem import RULES, Problem, near
from ..counted import in_english as counted
from ..web.terminal import plain


def text(problems: list[Problem], library: Library) -> str:
    """`path:line:column: CODE sentence`, the author's own line with a caret, then what to do; a count at the end."""
    sources: dict[str, list[str]] = {}
    blocks = []
    for one in problems:
        lines = sources.setdefault(one.path, _lines(library, one.path))
        level = " (warning)" if one.level == "warning" else ""
        block = [f"{one.path}:{one.line}:{one.column}: {one.code}{level} {one.message}".replace("\n", " ")]
        if 0 < one.line <= len(lines) and lines[one.line - 1].strip():
            line, column = lines[one.line - 1].rstrip(), one.column
            start = max(0, column - 60)
            block += [f"    {line[start : start + 100]}", f"    {' ' * (column - 1 - start)}^"]
        if one.hint:
            block.append(f"    {one.hint}")
        blocks.append("\n".join(block))
    return "\n".join([*(plain(block) for block in blocks), count(problems, library)])


def count(problems: list[Problem], library: Library) -> str:
    """`2 errors and 5 warnings in 3 of 640 files`."""
    if not problems:
        return f"No problems in {counted(library.files, 'file')}."
    errors = sum(one.level == "error" for one in problems)
    kinds = [
        counted(number, word) for number, word in ((errors, "error"), (len(problems) - errors, "warning")) if number
    ]
    return f"{' and '.join(kinds)} in {len({one.path for one in problems})} of {counted(library.files, 'file')}"


def of_files(
    problems: list[Problem], library: Library, asked: Sequence[Path]
) -> tuple[list[Problem], Library, list[Path]]:
    """What is said of some files or folders alone, the library with no other files in its count, and those of `asked`
    of which nothing is read, so that nothing can be said."""
    cards = {card.path for card in (*library.cards(), *library.sets.values())}
    unread = {path for paths in library.unread.values() for path in paths}
    files = cards | unread | {path for home in library.homes for path in (home / "book").rglob("*") if path.is_file()}
    under = {one: {path for path in files if path.is_relative_to(one)} for one in map(Path.resolve, asked)}
    found = [one for one in problems if any((library.root / one.path).is_relative_to(place) for place in under)]
    told = [library.root / one.path for one in found]
    nothing = [one for one, own in under.items() if not own and not any(path.is_relative_to(one) for path in told)]
    return found, replace(library, files=len(set().union(*under.values(), told))), nothing


def github(problems: list[Problem], library: Library) -> str:
    """Annotations on the changed lines; errors first, since GitHub shows only the first ten."""
    ordered = sorted(problems, key=lambda one: (one.level != "error", one))
    made = [
        f"::{one.level} file={_escape(one.path, True)},line={one.line},col={one.column},title={one.code}::{_escape(one.message)}%0A{_escape(one.hint)}"  # noqa: E501
        for one in ordered
    ]
    return "\n".join([*made, count(problems, library)])


def _escape(words: str, inside: bool = False) -> str:
    for mark, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")) + (((":", "%3A"), (",", "%2C")) if inside else ()):
        words = words.replace(mark, code)
    return plain(words)


def as_json(problems: list[Problem], library: Library) -> str:
    made = json.dumps(
        {"files": library.files, "problems": [asdict(one) for one in problems]}, ensure_ascii=False, indent=1
    )
    return made.encode("utf-8", "replace").decode()


FORMATS = {"text": text, "github": github, "json": as_json}


def _lines(library: Library, path: str) -> list[str]:
    try:
        return (library.root / path).read_text(encoding="utf-8-sig", errors="replace").split("\n")
    except OSError:
        return []


def explain(code: str) -> tuple[str, bool]:
    """A rule's page, and whether there is such a rule."""
    rule = RULES.get(code.upper())
    if rule is None:
        return f"There is no rule {code}. {near(code.upper(), RULES)}", False
    page = inspect.getdoc(rule) or ""
    level = "an error: `grader check` fails until it is mended" if rule.level == "error" else "a warning"
    return f"{rule.code}, {level}\n\n{page}", True


#: What the rules of a letter look at, in the order of `codes`.
FAMILIES = {
    "Y": "Files: can they be read?",
    "F": "Fields of cards",
    "L": "The library: names, lists, bibliography",
    "Q": "Questions",
    "S": "Sets of stories",
    "V": "Cases",
    "R": "Reflections and their rubrics",
    "A": "Assignments",
    "X": "Mock exams",
    "C": "Chapters and pages",
    "E": "Evidence",
    "W": "How a text is written",
    "B": "Certifying bodies",
    "P": "Places and their law",
    "K": "The kit: sheets, protocols, conversations",
    "D": "Editions of programs",
}


def codes() -> str:
    """Every rule in a line: its code, and how its page begins. Under the headings of `FAMILIES`."""

    def line(code: str) -> str:
        return f"{code}  {textwrap.shorten(inspect.getdoc(RULES[code]) or '', 100, placeholder=' ...')}"

    parts = ([head, *(line(code) for code in sorted(RULES) if code[0] == at)] for at, head in FAMILIES.items())
    return "\n\n".join("\n".join(part) for part in parts)
