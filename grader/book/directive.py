"""What our directives share: the library, a warning with a place, and Markdown -> nodes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .library import library_of
from .speech import written_in
from ..cards.library import Library
from ..cards.model import Card
from ..cards.problem import near
from ..language import number, other, t

logger = logging.getLogger(__name__)


class CardDirective(SphinxDirective):
    """A directive that is made from cards."""

    has_content = False
    required_arguments = 1

    @property
    def library(self) -> Library:
        return library_of(self.env.app)

    def warn(self, words: str, *values: str) -> None:
        logger.warning(words, *values, location=self.get_location(), type="candor")

    def find(self, shelf: str, name: str) -> Any:
        """A card by its name; a warning with file and line where it is not there."""
        card = getattr(self.library, shelf).get(name)
        if card is None:
            self.warn("there is no card `%s` in %s. %s", name, shelf, near(name, getattr(self.library, shelf)))
        else:
            self.env.note_dependency(str(card.path))
        return card

    def parse(self, text: str) -> list[nodes.Node]:
        """MyST -> nodes. HTML that somebody typed on a card is shown as typed: it never becomes part of the page."""
        node = nodes.container()
        self.state.nested_parse(
            StringList(text.split("\n"), source=self.env.doc2path(self.env.docname)), self.content_offset, node
        )
        for raw in list(node.findall(nodes.raw)):
            typed = nodes.Text(raw.astext())
            raw.parent.replace(
                raw, typed if isinstance(raw.parent, nodes.TextElement) else nodes.paragraph("", "", typed)
            )
        return list(node.children)

    def tongue(self, card: Card) -> list[str]:
        """The class by which docutils says the language of a card, where the page is written in another one."""
        tag = other(card.written_in, written_in(self.env.app, self.env.docname))
        return [f"language-{tag}"] if tag else []

    def line(self, kind: str, text: str) -> nodes.paragraph:
        """A line of its own kind: a label, a title, a setting."""
        return nodes.paragraph(text, text, classes=[f"candor-{kind}"])

    def box(self, kind: str, *children: nodes.Node) -> nodes.container:
        box = nodes.container(classes=[f"candor-{kind}"])
        box += list(children)
        return box


def html(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")


def megabytes(path: Path) -> str:
    """How large a file is: *0.4 MB*."""
    return f"{number(round(path.stat().st_size / 1e6, 1))} MB"


def one_line(text: str) -> str:
    return " ".join(text.split())


def cite(sources: Iterable[str]) -> str:
    return t("*Sources:* {works}", works="{cite:t}`" + ",".join(sources) + "`") if sources else ""
