"""The language of a build: what the scripts of its pages say, in a file beside them, and in what a page is written."""

from __future__ import annotations

import re
from gettext import NullTranslations
from pathlib import Path

from sphinx.application import Sphinx

from .library import library_of
from ..cards.chapter import language_of
from ..language import BOOK, ENGLISH, PSEUDO, direction, for_scripts, language, later, script_file, t
from ..web.files import write

#: What the themes say on our pages, for languages in which they do not.
OF_THE_THEMES = (
    later("Back to top"),
    later("Color mode"),
    later("Contents"),
    later("Dark"),
    later("Index"),
    later("Light"),
    later("next"),
    later("next page"),
    later("previous"),
    later("previous page"),
    later("Skip to main content"),
    later("System Settings"),
    later("Version warning"),
)
#: Elements that hold words of the interface alone, or a tool of ours, whatever language the page is written in.
OURS = frozenset(
    f"candor-{name}" for name in ("app", "also", "badge", "cover", "how", "jump", "label", "more", "tools")
)
_OPENING = re.compile(r"<[a-z]+ [^<>]*>")
_CLASS, _LANG = re.compile(r' class="([^"<>]*)"'), re.compile(r' lang="([^"<>]*)"')
_REASONS = '<details class="candor-reasons"><summary>'
#: Before every script of ours, by Sphinx's order.
FIRST = 100


def add(app: Sphinx, folder: Path) -> None:
    """Put what the scripts say into a folder of static files, and the file on every page; nothing in English, which
    they speak."""
    if text := for_scripts(BOOK):
        write(folder / script_file(), text, lasting=False)
        app.add_js_file(script_file(), loading_method="defer", priority=FIRST)


class _Ours(NullTranslations):
    """Our catalogue, for what others' code says through gettext."""

    def gettext(self, message: str) -> str:
        return t(message)


def speak_for_themes(app: Sphinx) -> None:
    """Where the themes have no words in the language of the interface, ours are taken."""
    if language() == PSEUDO or language().split("-")[0] != ENGLISH:
        app.translator.add_fallback(_Ours())


def written_in(app: Sphinx, pagename: str) -> str:
    """The tag of the language in which a page's text is written; English is the interface's own kind of it."""
    found = language_of(pagename, library_of(app))
    return language() if found == ENGLISH == language().split("-")[0] else found


def marked(body: str, foreign: bool) -> str:
    """A page with the language of the interface on what we say inside of another one: `foreign` where the whole page
    is written in it, else in cards that say theirs. What runs the other way says so as well."""
    if not foreign and ' lang="' not in body:
        return body
    own = f' lang="{language()}"'

    def said(opening: re.Match[str]) -> str:
        text = opening[0]
        classes, lang = _CLASS.search(text), _LANG.search(text)
        if lang:
            return f'{text[:-1]} dir="rtl">' if direction(lang[1]) == "rtl" and " dir=" not in text else text
        return f"{text[:-1]}{own}>" if classes and OURS & set(classes[1].split()) else text

    return _OPENING.sub(said, body).replace(_REASONS, _REASONS.replace("<summary", f"<summary{own}"))
