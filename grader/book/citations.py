"""Citations as clinicians know them, (Kuo, 2009), and references that begin with the family name.

And a repair: pybtex looks up its plug-ins anew for each citation, and reads every installed package's metadata to do
so; it reads the LaTeX of each name and title anew wherever it stands, a work is set twice, for its reference and for
what a link to it says, and all citations are looked through for each work, whether it is cited. Remembering the
answers takes almost half off a build of this book.
"""

from __future__ import annotations

import ast
import functools
import re
import string
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

import pybtex.plugin
import pybtex.richtext
from pybtex.database import BibliographyData, Entry
from pybtex.style import FormattedEntry
from pybtex.style.formatting.plain import Style
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.directives import BibliographyKey
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

NAME = "candor"  # in _config.yml: bibtex_reference_style; in references.md: the bibliography's style
CITED = ast.dump(ast.parse("cited"))  # what a bibliography lists that says nothing of it
any_listed = BibtexDomain.get_filtered_entries


def _round() -> BracketStyle:
    return field(default_factory=lambda: BracketStyle(left="(", right=")"))


@dataclass
class RoundBrackets(AuthorYearReferenceStyle):
    bracket_textual: BracketStyle = _round()
    bracket_parenthetical: BracketStyle = _round()
    bracket_year: BracketStyle = _round()


class FamilyNameFirst(Style):  # type: ignore[misc]  # pybtex has no types
    default_name_style = "lastfirst"
    last: tuple[str, Entry, FormattedEntry] | None = None

    def format_entry(self, label: str, entry: Entry, bib_data: BibliographyData | None = None) -> FormattedEntry:
        """The same when it is asked for twice on end."""
        if self.last is None or self.last[0] != label or self.last[1] is not entry:
            self.last = label, entry, super().format_entry(label, entry, bib_data)
        return self.last[2]


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


def _listed(domain: BibtexDomain, where: BibliographyKey) -> Iterable[tuple[str, Entry]]:
    """The works of a bibliography of what is cited, as `get_filtered_entries` gives them."""
    bibliography = domain.bibliographies[where]
    if ast.dump(bibliography.filter_) != CITED:
        yield from any_listed(domain, where)
        return
    cited = {target.key for reference in domain.citation_refs for target in reference.targets}
    for entry in domain.get_entries(bibliography.bibfiles):
        key = bibliography.keyprefix + entry.key
        if key in cited or entry.key in bibliography.keys:
            yield key, entry


def remember() -> None:
    BibtexDomain.get_filtered_entries = _listed  # type: ignore[assignment,method-assign]
    if not hasattr(pybtex.plugin.entry_points, "cache_info"):
        pybtex.plugin.entry_points = functools.cache(pybtex.plugin.entry_points)
        pybtex.richtext.Text.from_latex = functools.cache(pybtex.richtext.Text.from_latex)


def register() -> None:
    remember()
    register_plugin("sphinxcontrib.bibtex.style.referencing", NAME, RoundBrackets, force=True)
    pybtex.plugin.register_plugin("pybtex.style.formatting", NAME, FamilyNameFirst)
