"""What is wrong with an edition, and whether anything may be made from it: while a choice is missing, nothing is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from .tags import TAG, meant
from ..cards.library import Library
from ..cards.problem import RULES, Problem, Text, near, problem, rule
from ..cards.program import FILE, Program
from ..cards.source import UNSEEN
from ..cards.vocabulary import ADDRESS
from ..language import untranslated
from ..web import contrast, tokens
from ..web.brand import Brand, wear

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
PICTURES = (".svg", ".png")
MAIL = re.compile(r"[\w.+'-]{1,64}@[\w.-]{1,190}\.[a-zA-Z]{2,}")
#: A name stands on one line of a page and of a browser's tab: no line break, no mark that turns the text around it.
NAME = re.compile(r"[^<>\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]{1,120}")
#: Rules that ask whether the library has enough of something: an edition that leaves some of it out is not measured by
#: them where it wrote nothing.
OF_THE_WHOLE = {"C003", "L005", "L006", "L011", "L013", "L018", "S008"}

#: Errors that hold the house's own form: an edition may make warnings of them.
HOUSE = {"C006", "C011", "L005", "L011", "S008", "S014"}


class Refused(Exception):
    """Why nothing can be made from an edition: a line for each thing that is wrong."""


@rule("D007")
def colours(library: Library) -> Iterator[Problem]:
    """A colour of an edition has the name of a token and two values, for light ground and for dark, in quotes. Text
    must stand out from its ground by 4.5 to 1, the edge of a control by 3 to 1, in both: readers with weak sight, and
    everybody in the sun, could not read it otherwise.
    """
    program = library.program
    if program is None:
        return
    path, known = library.shown(program.path), tokens.tokens()["colour"]
    good: dict[str, tuple[str, str]] = {}
    for name, values in program.colours.items():
        if name not in known:
            yield problem(colours, path, name, f"there is no colour `{name}`", near(name, known))
        elif len(values) != 2 or not all(map(COLOUR.fullmatch, values)):
            hint = f'In quotes, for light ground and for dark: `{name}: ["{known[name][0]}", "{known[name][1]}"]`.'
            yield problem(colours, path, name, f"`{name}` is not two colours of the form #rrggbb", hint)
        else:
            good[str(name)] = (str(values[0]), str(values[1]))

    def colour(name: str, scheme: int) -> str:
        return good[name][scheme] if name in good else str(known[name][scheme])

    said: set[Text | None] = set()
    pairs = contrast.weak(colour) if good else ()
    for front, back, scheme, found, wanted in sorted(pairs, key=lambda pair: pair[3] / pair[4]):
        given = next((name for name in program.colours if name in (front, back)), None)
        if given in said:
            continue
        said.add(given)
        where = "dark" if scheme else "light"
        words = f"`{front}` on `{back}` has a contrast of {found:.1f} to 1 on {where} ground; {wanted} is the least"
        yield problem(colours, path, given, words, "Make one of them darker or lighter.")


@rule("D008")
def said_of_itself(library: Library) -> Iterator[Problem]:
    """What an edition says of itself has the form that pages and browsers need: the tag of a language (`en-GB`, `pt`),
    an address as a browser opens it, mail as it is written to, pictures that lie in the edition's folder, and a name
    on one line.
    What is wrong here would be wrong on every page.
    """
    program = library.program
    if program is None:
        return
    path = library.shown(program.path)

    def wrong(at: Text, what: str, hint: str) -> Problem:
        return problem(said_of_itself, path, at, f"`{at}` is no {what}", hint)

    if not UNSEEN.search(program.name) and (not NAME.fullmatch(program.name) or not program.name.strip()):
        words = "the program's name is no line of 120 characters or fewer, without angle brackets and invisible marks"
        yield problem(said_of_itself, path, program.name, words, "Type it again, on one line.")
    if not TAG.fullmatch(program.language):
        yield wrong(program.language, "tag of a language", meant(program.language))
    if program.address and (not ADDRESS.fullmatch(program.address) or set("?#") & set(program.address)):
        yield wrong(program.address, "address of a site", "For example https://program.example/candor.")
    if program.contact and not (ADDRESS.fullmatch(program.contact) or MAIL.fullmatch(program.contact)):
        yield wrong(program.contact, "address of mail or of a page", "For example office@program.example.")
    for picture in filter(None, (program.logo, program.favicon)):
        file = program.folder / picture
        inside = file.resolve().is_relative_to(program.folder.resolve())
        if file.suffix.lower() not in PICTURES or not inside or not file.is_file():
            yield wrong(picture, "picture in this folder", "Put an SVG or PNG file there, and give its path from here.")


@rule("D009")
def house_rules(library: Library) -> Iterator[Problem]:
    """An edition may ask for more than the library does: `rules: {W109: error}` makes an error of a warning, and
    `grader check` fails until it is mended. Of errors only those that hold the house's own form can be made warnings:
    C006 (closing sections), C011 (minutes), L005 and L011 (questions for each objective), S008 (stories of a set), S014
    (words of an option).

    The codes stand in the output of `grader explain`.
    """
    program = library.program
    if program is None or not program.rules:
        return
    from . import run  # noqa: F401 - it knows every rule, and imports this module

    for code, level in program.rules.items():
        known = RULES.get(code)
        lowered = known is not None and known.level == "error" and level == "warning" and code not in HOUSE
        if known is None or level not in ("error", "warning") or lowered:
            what = f"there is no rule `{code}`" if known is None else f"`{code}` cannot be `{level}`"
            own = "A warning can be made an error; of errors only the house's own form a warning."
            yield problem(house_rules, library.shown(program.path), code, what, near(code, RULES) if not known else own)


CHECKS = (colours, said_of_itself, house_rules)


@untranslated()
def wrong(library: Library) -> list[Problem]:
    """What is wrong with an edition's `program.yml` and what it lays over the library; empty without an edition."""
    found = {one for one in library.problems if one.code.startswith("D") or Path(one.path).name == FILE}
    return sorted(found.union(*(one(library) for one in CHECKS)))


def take(library: Library) -> Library:
    """The library, for making something of it, which from here on wears the name and the look of its program. Raises
    Refused where its edition is not whole."""
    if found := wrong(library):
        lines = (f"{one.path}:{one.line}:{one.column}: {one.code} {one.message}. {one.hint}" for one in found)
        raise Refused("\n".join(lines))
    wear(_brand(library.program) if library.program else None)
    return library


def _brand(program: Program) -> Brand:
    def picture(name: Text) -> Path | None:
        return program.folder / name if name else None

    pairs = {str(name): (str(values[0]), str(values[1])) for name, values in program.colours.items()}
    return Brand(
        str(program.name),
        str(program.language),
        str(program.about),
        pairs,
        picture(program.logo),
        picture(program.favicon or program.logo),
        str(program.contact),
        str(program.licence),
    )


def of_the_edition(library: Library, problems: list[Problem]) -> Iterator[Problem]:
    """The problems that are a program's to mend: in its own files all, in the library's what would not build. Its house
    rules are errors."""
    program, whole = library.program, wrong(library)
    if program is None:
        yield from whole or problems
        return
    asked = {str(code): str(level) for code, level in program.rules.items()}
    for one in whole or problems:
        own = (library.root / one.path).is_relative_to(program.folder)
        if own or whole or (one.level == "error" and one.code not in OF_THE_WHOLE):
            level = asked.get(one.code, one.level)
            hint = one.hint
            if own and one.code in HOUSE and level == "error":
                hint += f" On pages of your own it may be a warning: `rules: {{{one.code}: warning}}` in {FILE}."
            yield replace(one, hint=hint, level=level)
