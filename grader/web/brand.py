"""Whose name, colours and logo stand on what is made: the library's, or those of the program whose edition it is.

A command makes things for one program. It says which, once, when it has read the library (`wear`); pages, papers and
style sheets ask here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..language import t, use

NAME = "Candor"


@dataclass(frozen=True)
class Brand:
    """`colours`: a token's name -> its value on light and on dark ground, where it is not the library's. `contact`: an
    address of mail or of a page. `licence`: a sentence on the program's own pages."""

    name: str = NAME
    language: str = "en"
    about: str = ""
    colours: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    logo: Path | None = None
    favicon: Path | None = None
    contact: str = ""
    licence: str = ""

    @property
    def file(self) -> str:
        """The name as files have it: `north-institute`."""
        return re.sub(r"\W+", "-", self.name.lower()).strip("-") or NAME.lower()

    @property
    def credit(self) -> str:
        """What the licence of the content asks of an edition: where it comes from. Empty for the library itself."""
        return "" if self.name == NAME else t("Based on {library}, CC BY 4.0.", library=NAME)


_worn = [Brand()]


def brand() -> Brand:
    """Whose it is."""
    return _worn[0]


def wear(one: Brand | None = None) -> None:
    """Say whose it is from here on, and in which language; the library's own without one."""
    _worn[0] = one or Brand()
    use(_worn[0].language)
