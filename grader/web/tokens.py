"""Colour, type, space and radius, once (`tokens.json`), written for each surface: CSS, theme, JupyterLab, papers.

A colour is a pair, light and dark. Nothing else in the package writes one: a test refuses it.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from .brand import brand

FILE = Path(__file__).with_name("tokens.json")
LIGHT, DARK = 0, 1


@lru_cache(maxsize=1)
def tokens() -> dict[str, dict[str, Any]]:
    """The groups of `tokens.json`: colours, families, sizes, and what the theme and JupyterLab call our colours."""
    return cast(dict[str, dict[str, Any]], json.loads(FILE.read_text(encoding="utf-8")))


def colour(name: str, scheme: int = LIGHT) -> str:
    """A colour as CSS writes it, the program's where it has one. Raises KeyError for a name that is no token."""
    return str(brand().colours.get(name, tokens()["colour"][name])[scheme])


def css() -> str:
    """Custom properties `--cd-*`: light, dark where the system is, and what a page's switch (`data-theme`) says."""
    families = {
        name: ", ".join(f'"{family}"' if " " in family else family for family in stack)
        for name, stack in tokens()["family"].items()
    }
    sizes = {**families, **tokens()["type"], **tokens()["space"], **tokens()["radius"]}
    fixed = "".join(f"--cd-{name}:{value};" for name, value in sizes.items())
    light, dark = (f"color-scheme:{word};{_colours(scheme)}" for word, scheme in (("light", LIGHT), ("dark", DARK)))
    return (
        f':root,html[data-theme="light"]{{{light}}}\n'
        f'@media (prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{dark}}}}}\n'
        f'html[data-theme="dark"]{{{dark}}}\n'
        f"@media print{{:root:root:root{{{light}}}}}\n"
        f":root{{{fixed}}}\n"
    )


def theme_css() -> str:
    """The book theme's own names (`--pst-*`) for our colours and families.

    They follow `--cd-*`, so one block does for light and dark.
    """
    names = "".join(f"--pst-color-{name}:var(--cd-{ours});" for name, ours in tokens()["theme"].items())
    families = "--pst-font-family-base:var(--cd-sans);--pst-font-family-heading:var(--cd-serif)"
    return f"html,html[data-theme]{{{names}{families}}}\n"


def jupyter_css() -> str:
    """JupyterLab's names (`--jp-*`) for our colours, in the light theme and in the dark one, whichever the person
    chose there. Its sizes grow with the text that the reader asked for; JupyterLab's own are of pixels.
    """
    names = "".join(f"--jp-{name}:var(--cd-{ours});" for name, ours in tokens()["jupyter"].items())
    names += "--jp-ui-font-family:var(--cd-sans);--jp-content-font-family:var(--cd-sans);"
    names += "--jp-ui-font-size1:.875rem;--jp-content-font-size1:var(--cd-t-m);--jp-code-font-size:.875rem;"
    schemes = (("true", LIGHT), ("false", DARK))
    return "".join(f'body[data-jp-theme-light="{light}"]{{{_colours(scheme)}{names}}}\n' for light, scheme in schemes)


def _colours(scheme: int) -> str:
    return "".join(f"--cd-{name}:{colour(name, scheme)};" for name in tokens()["colour"])
