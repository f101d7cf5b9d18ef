"""Citations as clinicians know them, (Kuo, 2009), and references that begin with the family name.

And one repair: pybtex looks up its plug-ins anew for each citation, and reads every installed package's metadata to
do so. Remembering the answer takes a third off a build of this book.
"""

from __future__ import annotations

import functools
import re
import string
from collections import defaultdict
from dataclasses import dataclass, field
from typing import cast

import pybtex.plugin
import pybtex.richtext
from pybtex.database import Entry
from pybtex.style.formatting.plain import Style
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

NAME = "candor"  # in _config.yml: bibtex_reference_style; in references.md: the bibliography's style


def _round() -> BracketStyle:
    return field(default_factory=lambda: BracketStyle(left="(", right=")"))


@dataclass
class RoundBrackets(AuthorYearReferenceStyle):
    bracket_textual: BracketStyle = _round()
    bracket_parenthetical: BracketStyle = _round()
    bracket_year: BracketStyle = _round()


class FamilyNameFirst(Style):  # type: ignore[misc]  # pybtex has no types
    default_name_style = "lastfirst"


def _printed(entry: Entry) -> tuple[str, ...]:
    """The authors as a citation prints them: one name, two, or the first and *et al.*"""
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [" ".join(person.prelast_names + person.last_names) for person in people]
    return tuple(names) if len(names) < 3 else (names[0], "et al.")


def bibliography(env: BuildEnvironment) -> BibtexDomain:
    """What sphinxcontrib-bibtex knows of a book: its citations, and the works behind them."""
    return cast(BibtexDomain, env.get_domain("cite"))


def short(env: BuildEnvironment, key: str) -> str:
    """A work as a table names it: *Kuo 2009*, *Meston et al. 2004a*; its key where no reference is known."""
    entry = bibliography(env).bibdata.data.entries.get(key)
    if entry is None:
        return key
    year = str(entry.fields.get("year", "")).strip() or "n.d."
    return f"{_named(key, entry)} {year}"


def _named(key: str, entry: Entry) -> str:
    """Family names; an office or society by the initials that the key has for it; a title where nobody signs."""
    names = [_plain(name) for name in _printed(entry)]
    if not names:
        return _plain(str(entry.fields.get("title", key)))
    if names[1:]:
        return f"{names[0]} et al." if names[1] == "et al." else " and ".join(names)
    prefix = key[: len(key) - len(key.lstrip(string.ascii_lowercase))]
    letters = iter(re.sub(r"[^A-Z]", "", names[0]).lower())
    if " " in names[0] and len(prefix) > 1 and all(letter in letters for letter in prefix):
        return prefix.upper()
    return names[0].split(",")[0]


def _plain(text: str) -> str:
    """A field of the bibliography without its braces and commands."""
    return str(pybtex.richtext.Text.from_latex(text))


def tell_apart(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Works that would print alike, (Meston et al., 2004), get a letter, 2004a and 2004b, in the order of their
    titles."""
    alike: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in bibliography(env).bibdata.data.entries.values():
        year = re.fullmatch(
            r"(\d{4})[a-z]?", str(entry.fields.get("year", ""))
        )  # a letter may stand there from the last build
        if year:
            entry.fields["year"] = year[1]
            alike[*_printed(entry), year[1]].append(entry)
    for entries in alike.values():
        for letter, entry in zip(
            "abcdefghijklmnopqrstuvwxyz", sorted(entries, key=lambda one: one.fields.get("title", "")), strict=False
        ):
            if len(entries) > 1:
                entry.fields["year"] += letter


def remember_plugins() -> None:
    known = pybtex.plugin.entry_points
    if not hasattr(known, "cache_info"):
        pybtex.plugin.entry_points = functools.lru_cache(None)(known)


def register() -> None:
    remember_plugins()
    register_plugin("sphinxcontrib.bibtex.style.referencing", NAME, RoundBrackets, force=True)
    pybtex.plugin.register_plugin("pybtex.style.formatting", NAME, FamilyNameFirst)
