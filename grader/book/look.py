"""The book's share of the common look: tokens, the theme's names for them, fonts, icons and components, as one style
sheet."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import quote

from ..web import fonts, tokens
from ..web.files import write
from ..web.shell import components_css, icon

SHEET = "candor-look.css"
#: What the theme's buttons show, by its class names, in the grammar of our line icons. Its own script for them weighs
#: 1.5 MB, its font 157 kB; a mask in the sheet takes the colour of the button it stands in.
BUTTONS = {
    "bars": '<path d="M2.5 4h11M2.5 8h11M2.5 12h11"/>',
    "list": '<path d="M6 4h7.5M6 8h7.5M6 12h7.5M2.6 4h.2M2.6 8h.2M2.6 12h.2"/>',
    "magnifying-glass": '<circle cx="6.9" cy="6.9" r="4.4"/><path d="M10.2 10.2l3.6 3.6"/>',
    "sun": '<circle cx="8" cy="8" r="2.9"/><path d="M8 1.3v1.5M8 13.2v1.5M1.3 8h1.5M13.2 8h1.5M3.3 3.3l1 1M11.7'
    ' 11.7l1 1M12.7 3.3l-1 1M4.3 11.7l-1 1"/>',
    "moon": '<path d="M13.4 9.7A5.8 5.8 0 1 1 6.3 2.6a4.6 4.6 0 0 0 7.1 7.1z"/>',
    "circle-half-stroke": '<circle cx="8" cy="8" r="5.8"/><path d="M8 2.2a5.8 5.8 0 0 1 0 11.6z" fill="black"/>',
    "arrow-up": '<path d="M8 13.4V2.8M3.6 7.2L8 2.8l4.4 4.4"/>',
    "angle-left": '<path d="M10 3L5 8l5 5"/>',
    "angle-right": '<path d="M6 3l5 5-5 5"/>',
    "xmark": '<path d="M4 4l8 8M12 4l-8 8"/>',
}
_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="black" stroke-width="1.6"'
    ' stroke-linecap="round" stroke-linejoin="round">{}</svg>'
)


def folder(scratch: Path) -> Path:
    """A folder of static files under `scratch`, for Sphinx to copy: the sheet, and the fonts beside it."""
    made = scratch / "candor-look"
    (made / "fonts").mkdir(parents=True, exist_ok=True)
    for path in fonts.files():
        shutil.copy(path, made / "fonts")
    sheet = fonts.linked("fonts/") + tokens.css() + tokens.theme_css() + components_css() + icons_css()
    write(made / SHEET, sheet, lasting=False)
    return made


def icons_css() -> str:
    """Masks for the theme's icons, by the names of its classes, and for the signs of its admonitions."""
    drawn = "".join(f".fa-solid.fa-{name}{{--candor-sign:{_mask(paths)}}}\n" for name, paths in BUTTONS.items())
    signs = {name: _mask(str(icon(name))) for name in ("pencil", "shield")}
    return drawn + "".join(f":root{{--candor-{name}:{picture}}}\n" for name, picture in signs.items())


def _mask(drawing: str) -> str:
    paths = re.sub(r"</?svg[^<>]*>", "", drawing)
    return f'url("data:image/svg+xml,{quote(_PICTURE.format(paths), safe=" =:/")}")'
