"""The frame of every page: the list of parts and their pages at the side, the page's title, and what the home page
counts."""

from __future__ import annotations

from dataclasses import dataclass

from docutils import nodes
from sphinx.application import Sphinx

from .directive import CardDirective, html
from ..web import tokens
from ..web.review import review_state
from ..web.shell import components


@dataclass(frozen=True)
class Page:
    """A page in the list: `here` where it is the one that is read."""

    href: str
    title: str
    here: bool


@dataclass(frozen=True)
class Part:
    """A part of the book with its pages; open where it has the page that is read."""

    title: str
    pages: tuple[Page, ...]

    @property
    def here(self) -> bool:
        return any(page.here for page in self.pages)


def add(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """For the templates: the parts of the book, and the colours that a browser takes for its own bar."""
    site = app.config.external_site_map
    context["candor_parts"] = [_part(app, pagename, tree) for tree in site.root.subtrees]
    context["candor_bar"] = [tokens.colour("paper", scheme) for scheme in (tokens.LIGHT, tokens.DARK)]
    if pagename == site.root.docname:
        context["title"] = ""


def _part(app: Sphinx, pagename: str, tree) -> Part:
    names = [str(item).removesuffix(".md") for item in tree.items]
    pages = tuple(
        Page(app.builder.get_relative_uri(pagename, name), app.env.titles[name].astext(), name == pagename)
        for name in names
        if name in app.env.titles
    )
    return Part(tree.caption or "", pages)


class Counts(CardDirective):
    """What the library holds, in four numbers: chapters, practice questions, requirements mapped, chapters reviewed."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        library = self.library
        chapters = list(library.chapters.values())
        asked = sum(card.use == "practice" and not card.retired for card in library.questions.values())
        reviewed = sum(review_state(card.review).name == "reviewed" for card in chapters)
        minutes = round(sum(card.minutes for card in chapters) / max(1, len(chapters)))
        facts = [
            (f"{len(chapters)}", f"chapters, about {minutes} minutes each"),
            (f"{asked}", "practice questions, with a reason for every option"),
            (f"{len(library.bodies)}", "sets of requirements mapped, with version and date"),
            (f"{reviewed} of {len(chapters)}", "chapters reviewed by a named clinician"),
        ]
        return [html(str(components().counts(facts)))]


DIRECTIVES = {"counts": Counts}
