"""The page shell: a room's template in our frame, with our style. Everything a template prints is escaped."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache, lru_cache
from pathlib import Path
from types import ModuleType
from typing import cast
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from . import fonts, tokens
from .brand import brand
from .review import review_state
from .words import attributes, typeset, written_in
from ..language import direction, in_percent, language, later, number, t, tc, tn

HERE = Path(__file__).parent
_STYLE = "<!-- style -->"
#: What somebody typed, or what a file brings back, fetches nothing from elsewhere: the browser itself refuses it.
OURS_ALONE = (
    "img-src 'self' data: blob:; media-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; "
    "frame-src 'self' blob:; object-src 'none'"
)
#: Light or dark, if the reader chose so in the book, which keeps it under this name on the same site.
THEME = (
    'try{const chosen=localStorage.getItem("mode");if(chosen==="light"||chosen==="dark")'
    "document.documentElement.dataset.theme=chosen}catch{}"
)


def page(template: Path, *, style: str = "", **values: object) -> str:
    """A whole HTML page from a room's template, which extends `shell.html.j2`.

    The page needs nothing else: fonts and style stand in it, with what the page alone has (`feedback.css` beside
    `feedback.html.j2`). `style` is for a page that is served with its style sheet beside it: the sheet's address.
    """
    linked = Markup('<link rel="stylesheet" href="{}">').format(style)
    text = _environment(template.parent).get_template(template.name)
    made = text.render(style=linked if style else Markup(_STYLE), **values)
    if style:
        return made
    own = template.with_suffix("").with_suffix(".css")
    css = stylesheet(own.read_text(encoding="utf-8") if own.is_file() else "")
    return made.replace(_STYLE, f"<style>\n{fonts.inside(made)}{css}</style>", 1)


def is_page(path: Path) -> bool:
    """Whether a file is a page of ours, which may be made anew."""
    try:
        return 'class="candor-page"' in path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


def stylesheet(more: str = "") -> str:
    """Tokens, page and components, as a page of our own takes them; without the fonts."""
    return _tight(tokens.css() + _text("page.css") + components_css() + more)


def components_css() -> str:
    """The components' style for a site that brings its own page, as the book does. It asks for the tokens beside it."""
    return _text("components.css")


def components() -> ModuleType:
    """The components as functions: `components().chip("draft", "note")`. What they return is safe HTML."""
    return cast(ModuleType, _environment(HERE / "templates").get_template("components.html.j2").module)


def icon(name: str) -> Markup:
    """One of the ten line icons.

    It is hidden from a screen reader: a word always stands beside it. Raises KeyError for another name.
    """
    return Markup('<svg class="candor-icon" viewBox="0 0 16 16" aria-hidden="true">{}</svg>').format(
        Markup(_icons()[name])
    )


def percent(part: float, whole: float) -> str:
    """A share for a drawing: `42.5%`, between 0 and 100."""
    share = 100 * part / whole if whole else 0.0
    return f"{min(100.0, max(0.0, share)):.4g}%"


_LOGO = Markup(
    '<svg viewBox="0 0 32 32" aria-hidden="true"><rect class="candor-logo-back" width="32" height="32" rx="7"/>'
    '<path class="candor-logo-line" d="M22.5 12.2a8 8 0 1 0 0 7.6"/>'
    '<circle class="candor-logo-dot" cx="23" cy="16" r="2.3"/></svg>'
)


_LETTER = Markup(
    '<svg viewBox="0 0 32 32" aria-hidden="true"><rect class="candor-logo-back" width="32" height="32" rx="7"/>'
    '<text class="candor-logo-letter" x="16" y="22.5" font-family="sans-serif" font-size="19" font-weight="600"'
    ' text-anchor="middle" fill="{}">{}</text></svg>'
)
_KINDS = {".svg": "image/svg+xml", ".png": "image/png"}


def logo() -> Markup:
    """The mark before the name: ours; an edition's own, or else its first letter."""
    worn = brand()
    if worn.logo:
        return Markup('<img src="{}" alt="" height="32">').format(_address(worn.logo))
    return _LETTER.format("var(--cd-on-act)", worn.name[0].upper()) if worn.credit else _LOGO


def _address(picture: Path) -> str:
    kind = _KINDS[picture.suffix.lower()]
    return f"data:{kind};base64,{b64encode(picture.read_bytes()).decode()}"


def mark() -> str:
    """The mark as an address: a page that stands alone has no file beside it, and a browser would ask for one."""
    favicon = brand().favicon
    return _address(favicon) if favicon else "data:image/svg+xml," + quote(drawn_mark())


def drawn_mark() -> str:
    """The mark as an SVG file."""
    worn = brand()
    drawing = str(_LETTER.format(tokens.colour("on-act"), worn.name[0].upper()) if worn.credit else _LOGO)
    drawing = drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')
    for name, style in (
        ("back", f'fill="{tokens.colour("act")}"'),
        ("line", f'fill="none" stroke="{tokens.colour("on-act")}" stroke-width="3.4" stroke-linecap="round"'),
        ("dot", f'fill="{tokens.colour("spark")}"'),
    ):
        drawing = drawing.replace(f'class="candor-logo-{name}"', style)
    return drawing


@cache
def _environment(folder: Path) -> Environment:
    made = Environment(
        loader=FileSystemLoader([folder, HERE / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["typeset"] = typeset
    made.globals |= {
        "t": t,
        "tc": tc,
        "tn": tn,
        "later": later,
        "number": number,
        "in_percent": in_percent,
        "language": language,
        "written_in": written_in,
        "attributes": attributes,
        "direction": direction,
        "icon": icon,
        "percent": percent,
        "review_state": review_state,
        "colour": tokens.colour,
        "brand": brand,
        "logo": logo,
        "mark": mark,
        "zip": zip,
        "Markup": Markup,
    }
    return made


@lru_cache(maxsize=1)
def _icons() -> dict[str, str]:
    return cast(dict[str, str], json.loads(_text("icons.json")))


@cache
def _text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _tight(css: str) -> str:
    """Without comments and indents."""
    lines = []
    for part in css.split("/*"):
        lines += part.rpartition("*/")[2].splitlines()
    return "\n".join(line.strip() for line in lines if line.strip()) + "\n"
