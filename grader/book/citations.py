"""Citations as clinicians know them, (Kuo, 2009), and references that begin with the family name.

And one repair: pybtex looks up its plug-ins anew for each citation, and reads every installed package's metadata to
do so. Remembering the answer takes a third off a build of this book.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

import pybtex.plugin
from pybtex.style.formatting.plain import Style
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


class FamilyNameFirst(Style):
    default_name_style = "lastfirst"


def remember_plugins() -> None:
    known = pybtex.plugin.entry_points
    if not hasattr(known, "cache_info"):
        pybtex.plugin.entry_points = functools.lru_cache(None)(known)


def register() -> None:
    remember_plugins()
    register_plugin("sphinxcontrib.bibtex.style.referencing", NAME, RoundBrackets, force=True)
    pybtex.plugin.register_plugin("pybtex.style.formatting", NAME, FamilyNameFirst)
