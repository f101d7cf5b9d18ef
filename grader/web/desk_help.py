"""The page of help for the desk: how an assignment is opened, answered, kept and handed in, with pictures of the desk.

What it calls a button is what the interface calls it, in the same words of the same catalogue. The pictures are made
from a built desk by `scripts/desk_help.py`.
"""

from __future__ import annotations

import json
from pathlib import Path

from markupsafe import Markup

from .shell import page as shell_page
from ..language import later, t

PAGE = "help.html"
TEMPLATE = Path(__file__).with_name("desk_help.html.j2")
STYLE = Path(__file__).with_name("desk_help.css")
#: Beside the script of the desk, so that JupyterLab gives them out, too; `sizes.json`: of each its size in CSS pixels.
PICTURES = Path(__file__).parent.parent / "labextension" / "static" / "help"
SIZES, SCHEMES = PICTURES / "sizes.json", ("light", "dark")
#: The page as a JupyterLab gives it out, in English, which `scripts/desk_help.py` writes; and its style, in the colours
#: of the system, so that a change of our look leaves it as it is.
IN_LAB, IN_LAB_STYLE = PICTURES.with_name(PAGE), PICTURES / "page.css"
ONLY_IN_LAB = (IN_LAB.name, IN_LAB_STYLE.name)
#: The same from the desk's own page.
FROM_DESK = "extensions/candor/static/help/"

#: The parts of the page by their places. Those of `ALONE` are of the desk in the browser, without a server.
PARTS = {
    "open": later("Open an assignment"),
    "answer": later("Answer"),
    "saved": later("See that it is saved"),
    "client": later("A warning about a client"),
    "windows": later("Two windows"),
    "offline": later("Without a network"),
    "hand-in": later("Hand in"),
    "take-out": later("Take your answers out"),
    "bring-back": later("Bring answers back"),
    "shared": later("On a shared computer"),
    "forgets": later("When the browser forgets"),
}
ALONE = ("open", "offline", "shared", "forgets")


def page(style: str = "", *, site: bool = True, study: bool = True, theme: Markup | str = "", words: str = "") -> str:
    """The page as HTML. `style`: the address of its style sheet, "" to have it inside; `site`: for the desk in the
    browser, else for a JupyterLab; `study`: whether a book with the page *Your study* is beside it; `theme`: the script
    that takes over light or dark; `words`: the file of what scripts say in the edition's language."""
    parts = [(name, t(title)) for name, title in PARTS.items() if site or name not in ALONE]
    pictures = json.loads(SIZES.read_text(encoding="utf-8"))
    folder = FROM_DESK if site else "help/"
    values = {
        "parts": parts,
        "pictures": pictures,
        "folder": folder,
        "schemes": SCHEMES,
        "site": site,
        "study": study,
        "theme": theme,
        "words": words,
    }
    return shell_page(TEMPLATE, style=style, **values)


def in_lab() -> str:
    """The page for a JupyterLab."""
    return page(f"{PICTURES.name}/{IN_LAB_STYLE.name}", site=False)
