"""What a book to keep says of itself: whose it is, version, day, licence, and the address where it can be read."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from sphinx.application import Sphinx

from ...cards.told import day
from ...language import language, later, t
from ...web import tokens
from ...web.brand import NAME, brand
from ...web.press import FAMILIES, SIZES, press

HERE = Path(__file__).parent
FRONT = "front.typ"
SUBTITLE = later("An open curriculum for clinicians training as sex therapists")
LICENCE = later("Content: CC BY 4.0, creativecommons.org/licenses/by/4.0. Code: MIT.")
#: What the licence asks of an edition: where it comes from, under which licence, and that it was changed.
CREDIT = later(
    "Based on {library} ({source}), CC BY 4.0 (creativecommons.org/licenses/by/4.0), with changes. Code: MIT."
)
IS_NOT = later("Study material: no credit, no certification, no legal advice, no substitute for supervised practice.")


@dataclass(frozen=True)
class Edition:
    """A book to keep. `language`: the tag of what it says around its pages; `day`: when it was made, or
    SOURCE_DATE_EPOCH; `address`: of the site, "" if unknown; `imprint`: whom to write to, what holds for its use, and
    what it is not, in sentences; `logo`: a program's own picture."""

    title: str
    subtitle: str
    author: str
    language: str
    version: str
    day: date
    address: str
    imprint: tuple[str, ...]
    logo: Path | None

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

    @property
    def picture(self) -> str:
        """The name of the logo where the press finds it; "" where there is none."""
        return f"logo{self.logo.suffix.lower()}" if self.logo else ""

    def inputs(self, size: str = "a4") -> dict[str, str]:
        """For a Typst source: what stands on the cover, and how it looks."""
        colours = {name: tokens.colour(name) for name in tokens.tokens()["colour"]}
        told = asdict(self) | {"day": f"{self.day}", "dated": self.dated, "logo": self.picture}
        told |= {"letter": self.title[0].upper() if brand().credit else "", "contents": t("Contents")}
        told |= {"size": SIZES[size], "fonts": FAMILIES, "colours": colours, "on_page": t("p. {page}", page="{page}")}
        return {"edition": json.dumps(told)}

    def lay_out(self, folder: Path) -> None:
        """Put into a folder what every source is set with: our functions, and the logo."""
        for path in HERE.glob("*.typ"):
            shutil.copy(path, folder)
        if self.logo:
            shutil.copy(self.logo, folder / self.picture)

    def cover(self) -> bytes:
        """The cover as a picture (PNG)."""
        with tempfile.TemporaryDirectory() as made:
            self.lay_out(Path(made))
            return press(Path(made) / FRONT, self.inputs(), self.day, kind="png")


def edition(app: Sphinx) -> Edition:
    """The book that a build makes."""
    config, worn = app.config, brand()
    stamp = os.environ.get("SOURCE_DATE_EPOCH")
    when = datetime.fromtimestamp(int(stamp), UTC).date() if stamp else datetime.now(UTC).date()
    return Edition(
        title=config.project,
        subtitle=worn.about or t(SUBTITLE),
        author=worn.name if worn.credit else config.author,
        language=language(),
        version=config.version or version("candor-training"),
        day=when,
        address=config.html_baseurl,
        imprint=imprint(str(config.html_theme_options.get("repository_url", ""))),
        logo=worn.logo,
    )


def imprint(source: str) -> tuple[str, ...]:
    """What a book says of itself in small print. `source`: where the library is to be had."""
    worn = brand()
    if not worn.credit:
        return t(LICENCE), t(IS_NOT)
    contact = t("Contact: {address}", address=worn.contact) if worn.contact else ""
    return tuple(filter(None, (contact, worn.licence, t(CREDIT, library=NAME, source=source), t(IS_NOT))))
