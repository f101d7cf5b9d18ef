"""What a book to keep says of itself: title, version, day, licence, and the address where it can be read."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from sphinx.application import Sphinx

from ...cards.told import day
from ...language import later, t
from ...web import tokens
from ...web.brand import brand
from ...web.press import FAMILIES, SIZES, press

FRONT = Path(__file__).with_name("front.typ")
SUBTITLE = later("An open curriculum for clinicians training as sex therapists")
LICENCE = later("Content: CC BY 4.0, creativecommons.org/licenses/by/4.0. Code: MIT.")
IS_NOT = later("Study material: no credit, no certification, no legal advice, no substitute for supervised practice.")


@dataclass(frozen=True)
class Edition:
    """A book to keep. `day`: when it was made, or SOURCE_DATE_EPOCH; `address`: of the site, "" if unknown."""

    title: str
    subtitle: str
    credit: str
    author: str
    language: str
    version: str
    day: date
    address: str

    @property
    def dated(self) -> str:
        """*Version 0.1.0, 29 November 2026*."""
        return t("Version {version}, {day}", version=self.version, day=day(self.day.isoformat()))

    @property
    def file(self) -> str:
        """How its files are called, without what follows the dot."""
        return brand().file

    @property
    def identifier(self) -> str:
        """One and the same for every version of this book."""
        return f"urn:uuid:{uuid5(NAMESPACE_URL, self.address or self.title)}"

    def inputs(self, size: str = "a4") -> dict[str, str]:
        """For a Typst source: what stands on the cover, and how it looks."""
        colours = {name: tokens.colour(name) for name in tokens.tokens()["colour"]}
        told = asdict(self) | {"day": f"{self.day}", "dated": self.dated, "licence": t(LICENCE), "is_not": t(IS_NOT)}
        return {"edition": json.dumps(told | {"size": SIZES[size], "fonts": FAMILIES, "colours": colours})}

    def cover(self) -> bytes:
        """The cover as a picture (PNG)."""
        return press(FRONT, self.inputs(), self.day, kind="png")


def edition(app: Sphinx) -> Edition:
    """The book that a build makes."""
    config = app.config
    stamp = os.environ.get("SOURCE_DATE_EPOCH")
    when = datetime.fromtimestamp(int(stamp), UTC).date() if stamp else datetime.now(UTC).date()
    return Edition(
        title=config.project,
        subtitle=brand().about or t(SUBTITLE),
        credit=brand().credit,
        author=config.author,
        language=brand().language.partition("-")[0],
        version=config.version or version("candor-training"),
        day=when,
        address=config.html_baseurl,
    )
