"""What a page loads before it shows: one style sheet in place of seven, scripts that wait, and none that it has no use
for."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from sphinx.application import Sphinx

from ..web.files import write

SHEET = "candor-site.css"
#: The sheets of every page, in their order, as files of `_static`; the first asks for Sphinx's own by an import.
SHEETS = (
    "styles/theme.css",
    "styles/pydata-sphinx-theme.css",
    "styles/sphinx-book-theme.css",
    "candor-look.css",
    "candor.css",
    "candor-evidence.css",
    "candor-search.css",
)
FIRST = "basic.css"
#: How the name of a file begins that an extension puts on every page -> how a class begins on the pages that use it.
USED_BY: dict[str, str | tuple[str, ...]] = {
    "pygments.css": "highlight",
    "copybutton.": "highlight",
    "clipboard.": "highlight",
    "togglebutton.": ("toggle", "dropdown"),
    "sphinx-design.": "sd-",
    "design-tabs.": "sd-tab",
    "mystnb.": "cell",
    "candor-kit.": ("candor-files", "candor-sheet"),
    "candor-talk.": "candor-talk",
}
#: What the theme puts on every page for a search as one types, which is off; the page of the search has its own.
SEARCH = ("searchtools.js", "language_data.js", "searchindex.js")
#: How lines between the scripts begin -> the script that alone reads them; with "" nothing does.
SETTINGS = {"let toggle": "togglebutton.", "var toggle": "togglebutton.", "DOCUMENTATION_OPTIONS.": ""}
_CLASSES = re.compile(r'class="([^"]*)"')
_TAG = re.compile(r"<(?:link|script)\b[^<>]*>(?:</script>)?")
_LINE = re.compile(r"<script>([^<>]*)</script>")


def lighter(app: Sphinx, body: str, pathto: Callable[[str, int], str], searching: bool) -> Callable[[str], str]:
    """A function for the parts of a page's head as the themes write them. `searching`: the page of the search, whose
    scripts stay as they are."""
    classes = {name for names in _CLASSES.findall(body) for name in names.split()}
    unused = () if searching else tuple(name for name, mark in USED_BY.items() if not _any(classes, mark))
    address = f"{pathto(f'_static/{SHEET}', 1)}?v={_edition(tuple(app.config.html_static_path))}"
    sheet = f'<link rel="stylesheet" href="{address}" />'

    def tag(match: re.Match[str]) -> str:
        text, name = match[0], _file(match[0])
        if name == SHEETS[0]:
            return sheet
        if name in SHEETS or 'rel="preload"' in text or name.endswith("fontawesome.js"):
            return ""
        if searching or not name:
            return text
        if name.endswith(SEARCH) or name.startswith(unused):
            return ""
        return text if " defer" in text else text.replace("<script", "<script defer", 1)

    def line(match: re.Match[str]) -> str:
        words = match[1].strip()
        gone = not searching and any(
            words.startswith(begin) and (not script or script in unused) for begin, script in SETTINGS.items()
        )
        return "" if gone else match[0]

    return lambda head: _LINE.sub(line, _TAG.sub(tag, head))


def _any(classes: set[str], mark: str | tuple[str, ...]) -> bool:
    return any(name.startswith(mark) for name in classes)


def _file(tag: str) -> str:
    """Which file of the site's `_static`, or of its root, a tag asks for; "" where it asks for none."""
    for word in ('href="', 'src="'):
        if word in tag:
            address = tag.split(word, 1)[1].split('"', 1)[0].split("?", 1)[0]
            return address.rpartition("_static/")[2]
    return ""


@cache
def _edition(folders: tuple[str, ...]) -> str:
    """Changes when a sheet does: for browsers and hosts that keep files."""
    ours = [path for folder in folders for path in sorted(Path(folder).glob("candor*.css"))]
    parts = [version(name) for name in ("sphinx", "pydata-sphinx-theme", "sphinx-book-theme")]
    text = "".join((*parts, *(path.read_text(encoding="utf-8") for path in ours)))
    return sha256(text.encode()).hexdigest()[:8]


def one_sheet(app: Sphinx, exception: Exception | None) -> None:
    """After the pages: the sheets of every page, one after the other, in one file."""
    static = Path(app.outdir) / "_static"
    if exception or app.builder.format != "html" or not (static / SHEETS[0]).is_file():
        return
    texts = [(static / name).read_text(encoding="utf-8") for name in (FIRST, *SHEETS[1:]) if (static / name).is_file()]
    whole = "\n".join(text.replace('@charset "UTF-8";', "") for text in texts)
    write(static / SHEET, f'@charset "UTF-8";\n{whole}', lasting=False)
