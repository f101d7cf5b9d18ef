"""Rules for the figures of the book: said in words, legible on a phone, in the page's own colours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .text import lines, place
from ..cards.library import Library
from ..cards.problem import Problem, Text, problem, rule
from ..cards.source import read_text
from ..web.tokens import colour

FIGURE = re.compile(r"`{3,}\{(?:figure|image)\}\s*(\S+)")
IMAGE = re.compile(r"!\[[^\]\n]{0,400}\]\(([^)\s]{1,300})\)")
WIDTH, LETTERS = 420, 15  # of a drawing, in its own units: on a phone its letters are then 12.8 pixels
BOX = re.compile(r'viewBox="[\d.-]{1,9} [\d.-]{1,9} ([\d.]{1,9}) ')
SIZE = re.compile(r'font-size[:=]"?([\d.]{1,9})')
COLOUR = re.compile(r'\b(?:fill|stroke)[:=]"?(?!var\(--cd-|none|currentColor|url\(#)([^;"<>]{1,40})')


@rule("C010")
def figure_described(library: Library) -> Iterator[Problem]:
    """A figure has an `:alt:` text of a sentence or more, and its file is there. Who cannot see it must be able to
    learn from it."""
    for card in library.chapters.values():
        for number, line in enumerate(found := list(lines(card.body))):
            for image in IMAGE.finditer(line):
                if "://" not in image[1] and not _is_there(library, card.path.parent, image[1]):
                    yield _no_file(library.shown(card.path), place(line, image.start(1)), image[1])
            match = FIGURE.match(line)
            if not match:
                continue
            options = "\n".join(found[number + 1 : number + 8]).split("```")[0]
            if not re.search(r"^:alt: \S+(?: \S+){4,}", options, re.MULTILINE):
                yield problem(
                    figure_described,
                    library.shown(card.path),
                    line,
                    "this figure has no `:alt:` text of a sentence",
                    "Say what it shows.",
                )
            if not _is_there(library, card.path.parent, match[1]):
                yield _no_file(library.shown(card.path), place(line, match.start(1)), match[1])


def _no_file(path: str, at: Text, name: str) -> Problem:
    hint = "Look at the name; figures stand in book/figures."
    return problem(figure_described, path, at, f"there is no file `{name}`", hint)


@rule("C020")
def figure_legible(library: Library) -> Iterator[Problem]:
    """A drawing is at most 420 wide, its letters are 15 or more, and its colours are the page's own. On a phone the
    letters of a wider one shrink to seven pixels, and a colour of its own is a white plate in the dark.

    Before:  <svg viewBox="0 0 720 400"> ... <rect fill="#rrggbb"/>
    After:   <svg viewBox="0 0 420 640"> ... <rect style="fill:var(--cd-act-soft,#rrggbb)"/>
    """
    for path in sorted(_drawings(library)):
        text, _ = read_text(path, "")
        for number, line in enumerate((text or "").splitlines(), 1):
            for start, message, hint in _illegible(line):
                yield problem(figure_legible, library.shown(path), Text(line, number, start + 1), message, hint)


def _drawings(library: Library) -> set[Path]:
    """The drawings that chapters show."""
    shown = [
        card.path.parent / match[1]
        for card in library.chapters.values()
        for line in lines(card.body)
        if (match := FIGURE.match(line)) and match[1].endswith(".svg")
    ]
    return {path.resolve() for path in shown if _is_file(path)}


def _illegible(line: str) -> Iterator[tuple[int, str, str]]:
    """(column, what is wrong, what to do) for each fault of a line of a drawing."""
    for match in BOX.finditer(line):
        if float(match[1]) > WIDTH:
            words = f"this drawing is {match[1]} wide; {WIDTH} can be read on a phone"
            yield match.start(1), words, "Draw it higher than wide, or make it a table or a list."
    for match in SIZE.finditer(line):
        if float(match[1]) < LETTERS:
            yield match.start(1), f"these letters are {match[1]} high; {LETTERS} is the least", "Say it in fewer words."
    for match in COLOUR.finditer(line):
        words = f"`{match[1]}` is the same by day and by night"
        yield match.start(1), words, f"Take a token by its role, for example `fill:var(--cd-act,{colour('act')})`."


def _is_there(library: Library, folder: Path, name: str) -> bool:
    """Whether a page's figure is there: an edition's page may show one of the library's, at the same place."""
    home = next((home for home in reversed(library.homes) if folder.is_relative_to(home)), None)
    beside = [one / folder.relative_to(home) for one in library.homes] if home else [folder]
    return any(_is_file(place / name) for place in beside)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no file can have
        return False


CHECKS = (figure_described, figure_legible)
