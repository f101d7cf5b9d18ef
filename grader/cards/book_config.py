"""The configuration of an edition's book: the library's own `_config.yml`, with what the program says of itself."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

import yaml

from .contents import WORKS
from .program import Program
from ..language import ENGLISH, language, later, t

FILE = "_config.yml"
#: What the licence of the content asks for: where it comes from, and that it was changed.
CREDIT = later(
    'Based on <a href="{source}">Candor</a>, <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>, '
    "with changes. Code: MIT."
)
NO_CREDIT = later("Study material: it confers no credit and no certification.")


class Unreadable(Exception):
    """Why the library's configuration cannot be used, in one line."""


def configuration(root: Path, program: Program, logo: str, favicon: str) -> str:
    """The text of the edition's `_config.yml` (JSON, which YAML reads). `logo` and `favicon` are files of its book, as
    pages find them. Raises Unreadable."""
    path = root / FILE
    try:
        made: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        source = str(made["repository"]["url"])
        html, sphinx = made["html"], made["sphinx"]["config"]
        name = str(program.name)
        made |= {"title": name, "author": escape(name), "copyright": "", "logo": logo}
        html |= {"favicon": favicon, "extra_footer": footer(program, source)}
        if program.address:
            html["baseurl"] = str(program.address)
        spoken = language() if language().split("-")[0] != ENGLISH else ENGLISH
        sphinx |= {"language": spoken.replace("-", "_"), "html_search_language": ENGLISH}
        sphinx |= {"project": name, "candor_library": str(root), "candor_edition": str(program.folder)}
        sphinx["html_theme_options"] |= {"logo": {"text": name}, "search_bar_text": t("Search this book...")}
        return json.dumps(made, indent=1, ensure_ascii=False) + "\n"
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        line = " ".join(str(error).split())
        raise Unreadable(f"{path}: cannot be read ({type(error).__name__}: {line}).") from None


def footer(program: Program, source: str) -> str:
    """What stands at the foot of every page, as HTML."""
    contact = str(program.contact)
    address = contact if "://" in contact else f"mailto:{contact}"
    link = f'<a href="{escape(address, True)}">{escape(contact)}</a>'
    lines = [
        t("Contact: {address}", address=link) if contact else "",
        escape(program.licence),
        t(CREDIT, source=escape(source, True)),
        t(NO_CREDIT),
    ]
    return "".join(f"<p>{line}</p>\n" for line in lines if line)


def works(homes: tuple[Path, ...]) -> str:
    """The bibliography: the library's, and the edition's own behind it."""
    files = [home / WORKS for home in homes]
    return "\n".join(file.read_text(encoding="utf-8-sig") for file in files if file.is_file())
