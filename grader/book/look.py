"""The book's share of the common look: tokens, the theme's names for them, fonts and components, as one style sheet."""

from __future__ import annotations

import shutil
from pathlib import Path

from ..web import fonts, tokens
from ..web.files import write
from ..web.shell import components_css

SHEET = "candor-look.css"


def folder(scratch: Path) -> Path:
    """A folder of static files under `scratch`, for Sphinx to copy: the sheet, and the fonts beside it."""
    made = scratch / "candor-look"
    (made / "fonts").mkdir(parents=True, exist_ok=True)
    for path in fonts.files():
        shutil.copy(path, made / "fonts")
    write(made / SHEET, fonts.linked("fonts/") + tokens.css() + tokens.theme_css() + components_css(), lasting=False)
    return made
