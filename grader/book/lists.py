"""Long lists fold: works and words by their first letter with a row of letters to jump by, other things one by one.

Everything stands in the page. Without a script the parts open by hand, a link to what is in one opens it, and on
paper all are open; `candor-list.js` adds a field that finds a word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from .directive import html
from ..counted import counted
from ..language import t
from ..web.words import typeset

FEWEST = 40  # a shorter list stands open


def fold(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Fold a page's bibliography and its glossary, where they are long."""
    if app.builder.format != "html":
        return
    works = list(doctree.findall(nodes.citation))
    for text in [text for work in works for text in work.findall(nodes.Text)]:
        text.parent.replace(text, nodes.Text(typeset(str(text))))
    for box in dict.fromkeys(work.parent for work in works):
        mine = [child for child in box.children if isinstance(child, nodes.citation)]
        if len(mine) >= FEWEST:
            box.children = by_letter(mine, "works", lambda n: counted(n, "work"), ".citation", lambda some: some)
            for child in box.children:
                box.setup_child(child)
    for glossary in list(doctree.findall(addnodes.glossary)):
        words = list(glossary.findall(nodes.definition_list_item))
        if len(words) >= FEWEST:
            glossary.replace_self(by_letter(words, "words", lambda n: counted(n, "word"), "dt", _definitions))


def _definitions(items: Sequence[nodes.Node]) -> list[nodes.Node]:
    return [nodes.definition_list("", *items, classes=["simple", "glossary"])]


def by_letter(
    items: Sequence[nodes.Node],
    what: str,
    count: Callable[[int], str],
    selector: str,
    made: Callable[[list[nodes.Node]], Sequence[nodes.Node]],
) -> list[nodes.Node]:
    """Nodes that show `items`, which are in order, folded by first letter.

    `what` they are, for the script, and `count` says a number of them; `selector` finds one of them for the script;
    `made` gives what holds some of them.
    """
    ordered = sorted(items, key=lambda item: (letter(said(item)) == "#", plain(said(item))))
    groups = [(name, list(some)) for name, some in groupby(ordered, lambda item: letter(said(item)))]
    shown = [
        html(f'<div class="candor-list" data-items="{escape(selector)}" data-words="{what}">'),
        jump([name for name, _ in groups]),
    ]
    for name, some in groups:
        summary = f"<b>{name}</b> <span>{count(len(some))}</span>"
        shown += [opening(summary, _id(name), "candor-letter"), *made(some), closing()]
    return [*shown, html("</div>")]


def said(node: nodes.Node) -> str:
    """The words of an entry: of a reference without the number that stands before it."""
    shown = next(iter(node.findall(nodes.paragraph)), node) if isinstance(node, nodes.citation) else node
    return str(shown.astext())


def jump(letters: Sequence[str]) -> nodes.raw:
    """A row of letters, each a link to the place that `anchor` or `by_letter` made."""
    links = "".join(f'<a href="#{_id(letter)}">{letter}</a>' for letter in letters)
    label = t("By first letter")
    return html(f'<nav class="candor-jump" aria-label="{label}">{links}</nav>')


def anchor(letter: str) -> nodes.raw:
    return html(f'<span id="{_id(letter)}"></span>')


def letter(text: str) -> str:
    """The first letter as a capital; `#` where a text begins with none."""
    first = plain(text)[:1]
    return first.upper() if first.isalpha() else "#"


def plain(text: str) -> str:
    """A text as it is put in order: without accents, without marks before its first letter, in small letters."""
    return unicodedata.normalize("NFKD", text).lstrip("“‘\"'(").casefold()


def _id(letter: str) -> str:
    return f"letter-{letter.lower() if letter != '#' else 'other'}"


def opening(summary: str, name: str = "", kind: str = "candor-more-of") -> nodes.raw:
    """The beginning of a part that folds, up to the box that holds it; `summary` is HTML. `closing` ends it.

    The anchor is inside, so that a link to it opens the part.
    """
    anchor = f' id="{name}"' if name else ""
    return html(f'<details class="{kind}"><summary>{summary}</summary><div{anchor}>')


def closing() -> nodes.raw:
    return html("</div></details>")
