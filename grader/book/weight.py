"""What a page loads before it shows: one style sheet in place of eleven, with the rules that the site uses, the fonts
of its first view, one script in place of seven and those of its own, which wait, and none that it has no use for."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from sphinx.application import Sphinx

from .deck import FILE as DECK
from .hours import FILE as BODIES
from .practice import FILE as PRACTICE
from .sheet import names_of_page, names_of_script, only_used
from .tools import GUARD
from ..language import script_file
from ..web.files import write

SHEET, SCRIPT = "candor-site.css", "candor-site.js"
#: What the first view of every page is set in.
FONTS = ("fonts/sans.woff2", "fonts/serif.woff2")
#: The sheets of the pages, in their order, as files of `_static`; the first asks for Sphinx's own by an import.
SHEETS = (
    "styles/theme.css",
    "styles/pydata-sphinx-theme.css",
    "styles/sphinx-book-theme.css",
    "candor-look.css",
    "candor.css",
    "candor-evidence.css",
    "candor-search.css",
    "candor-kit.css",
    "candor-reading.css",
    "candor-talk.css",
    "sphinx-design.min.css",
)
FIRST = "basic.css"
#: The scripts of every page, in their order.
SCRIPTS = (
    "documentation_options.js",
    "doctools.js",
    "sphinx_highlight.js",
    "scripts/sphinx-book-theme.js",
    "candor-menu.js",
    "candor-search.js",
    "scripts/pydata-sphinx-theme.js",
)
#: How the name of a file begins that an extension puts on every page -> how a class begins on the pages that use it.
USED_BY: dict[str, str | tuple[str, ...]] = {
    "pygments.css": "highlight",
    "copybutton.": "highlight",
    "clipboard.": "highlight",
    "togglebutton.": ("toggle", "dropdown"),
    "design-tabs.": "sd-tab",
    "mystnb.": "cell",
}
#: What nothing on our pages asks for: of all that Bootstrap does the theme shows the names of three buttons.
UNUSED = ("fontawesome.js", "bootstrap.js")
#: What the theme puts on every page for a search as one types, which is off; the page of the search has its own.
SEARCH = ("searchtools.js", "language_data.js", "searchindex.js")
#: How lines between the scripts begin -> the script that alone reads them; with "" nothing does.
SETTINGS = {"let toggle": "togglebutton.", "var toggle": "togglebutton.", "DOCUMENTATION_OPTIONS.": ""}
#: The theme's script turns `auto` into a scheme once it runs, and the whole page would be styled a second time.
SCHEME = (
    "<script>((page) => { page.theme = /^(light|dark)$/.test(page.mode) ? page.mode :"
    ' matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"; })(document.documentElement.dataset);'
    "</script>"
)
_CLASSES = re.compile(r'class="([^"]*)"')
_TAG = re.compile(r"<(?:link|script)\b[^<>]*>(?:</script>)?")
_LINE = re.compile(r"<script>([^<>]*)</script>")
_ASKED = re.compile(rf"_static/({re.escape(SHEET)}|{re.escape(SCRIPT)})(?:\?v=\w*)?(?=\")")


def lighter(app: Sphinx, body: str, pathto: Callable[[str, int], str], searching: bool) -> Callable[[str], str]:
    """A function for the parts of a page's head as the themes write them. `searching`: the page of the search, whose
    scripts stay as they are."""
    classes = {name for names in _CLASSES.findall(body) for name in names.split()}
    unused = () if searching else tuple(name for name, mark in USED_BY.items() if not _any(classes, mark))
    fonts = "".join(
        f'<link rel="preload" as="font" type="font/woff2" href="{pathto(f"_static/{name}", 1)}" crossorigin />\n'
        for name in FONTS
    )
    sheet = f'{SCHEME}\n<link rel="stylesheet" href="{pathto(f"_static/{SHEET}", 1)}" />\n{fonts}'
    script = f'<script defer src="{pathto(f"_static/{SCRIPT}", 1)}"></script>'

    def tag(match: re.Match[str]) -> str:
        text, name = match[0], _file(match[0])
        if name == SHEETS[0]:
            return sheet
        if name in SHEETS or 'rel="preload"' in text or name.endswith(UNUSED):
            return ""
        if searching or not name:
            return text
        if name == SCRIPTS[0]:
            return script
        if name in SCRIPTS or name.endswith(SEARCH) or name.startswith(unused):
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


def join(app: Sphinx, exception: Exception | None) -> None:
    """After the pages: their sheets in one file, with the rules that any of them uses, and their scripts in another.
    Their addresses in the pages change when they do, for browsers and hosts that keep files."""
    out = Path(app.outdir)
    static = out / "_static"
    if exception or app.builder.format != "html" or not (static / SHEETS[0]).is_file():
        return
    paths = [path for path in out.rglob("*.html") if path.relative_to(out).parts[0] != app.config.candor_desk]
    pages = {path: path.read_text(encoding="utf-8") for path in paths}
    pages = {path: text for path, text in pages.items() if SHEET in text}
    told = (PRACTICE, DECK, BODIES, GUARD, script_file())  # texts for people, whose words are no classes
    scripts = [path.read_text(encoding="utf-8") for path in static.glob("*.js") if path.name not in told]
    scripts += [path.read_text(encoding="utf-8") for path in static.glob("scripts/*.js") if path.name not in UNUSED]
    used = set[str]().union(*map(names_of_page, pages.values()), *map(names_of_script, scripts))
    sheet = f'@charset "UTF-8";\n{only_used(whole(static), used)}'
    version = {}
    for name, joined in ((SHEET, sheet), (SCRIPT, _one_after_the_other(static, SCRIPTS, "\n;"))):
        write(static / name, joined, lasting=False)
        version[name] = sha256(joined.encode()).hexdigest()[:8]
    for path, text in pages.items():
        if (now := _ASKED.sub(lambda found: f"_static/{found[1]}?v={version[found[1]]}", text)) != text:
            write(path, now, lasting=False)


def whole(static: Path) -> str:
    """The sheets of every page, one after the other, with every rule."""
    return _one_after_the_other(static, (FIRST, *SHEETS[1:]), "\n")


def _one_after_the_other(static: Path, names: tuple[str, ...], between: str) -> str:
    return between.join((static / name).read_text(encoding="utf-8") for name in names if (static / name).is_file())
