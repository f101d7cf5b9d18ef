"""The list at the side of every page, behind three doors: to learn, to practise, and one's own progress."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sphinx.application import Sphinx

from .library import library_of
from ..language import later, t

LEARN, PRACTISE, PROGRESS = "learn", "practise", "progress"
TITLES = {LEARN: later("Learn"), PRACTISE: later("Practise"), PROGRESS: later("Progress")}
#: Captions in the table of contents whose pages stand behind a door of their own; everything else is to learn.
CAPTIONS = {"Practise": PRACTISE, "Progress": PROGRESS}


@dataclass(frozen=True)
class Page:
    """A page in the list: `here` where it is the one that is read."""

    href: str
    title: str
    here: bool = False


@dataclass(frozen=True)
class Part:
    """A part of the book with its pages; open where it has the page that is read. `read`: it is made of chapters, of
    which a browser knows how many were read."""

    title: str
    pages: tuple[Page, ...]
    read: bool = False

    @property
    def here(self) -> bool:
        return any(page.here for page in self.pages)


@dataclass(frozen=True)
class Door:
    """A door and what is behind it. `parts` fold; `pages` stand by themselves."""

    title: str
    parts: tuple[Part, ...] = ()
    pages: tuple[Page, ...] = ()
    here: bool = False


def doors(app: Sphinx, pagename: str) -> list[Door]:
    """The doors of a page: one of them is open, and none is there with nothing behind it."""
    behind: dict[str, list[Part]] = {name: [] for name in TITLES}
    for tree in app.config.external_site_map.root.subtrees:
        part = _part(app, pagename, tree)
        behind[CAPTIONS.get(part.title, LEARN)] += [part] if part.pages else []
    lists = {name: tuple(page for part in behind[name] for page in part.pages) for name in (PRACTISE, PROGRESS)}
    lists[PRACTISE] += tuple(_desk(app, pagename))
    open_ = next((name for name, pages in lists.items() if any(page.here for page in pages)), LEARN)
    made = {LEARN: Door(t(TITLES[LEARN]), parts=tuple(behind[LEARN]))}
    made |= {name: Door(t(TITLES[name]), pages=pages) for name, pages in lists.items()}
    return [replace(door, here=name == open_) for name, door in made.items() if door.parts or door.pages]


def _part(app: Sphinx, pagename: str, tree: Any) -> Part:
    names = [str(item).removesuffix(".md") for item in tree.items]
    names = [name for name in names if name in app.env.titles]
    pages = tuple(
        Page(app.builder.get_relative_uri(pagename, name), app.env.titles[name].astext(), name == pagename)
        for name in names
    )
    chapters = library_of(app).chapters
    return Part(tree.caption or "", pages, all(name.rpartition("/")[2] in chapters for name in names))


def _desk(app: Sphinx, pagename: str) -> Iterator[Page]:
    """The way to the assignments, where a desk stands beside the book."""
    if app.config.candor_desk and app.builder.format == "html":
        yield Page(f"{'../' * pagename.count('/')}{app.config.candor_desk}/index.html", t("Assignments, on the desk"))
