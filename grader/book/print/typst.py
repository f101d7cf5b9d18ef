"""A page of the book as Typst code: each node becomes a call of a function of `book.typ`, each text a string.

Code and not markup: nothing that somebody wrote can be read as more than text.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels

from .transform import TURN, target

#: Around the name of a place and of a link to one, until it is known which of them meet.
AT, TO = "\x01", "\x02"
#: Links to what stands in a list by its letter get no page beside them.
LISTED = ("glossary", "references")
#: What nobody sees.
SILENT = (nodes.comment, nodes.substitution_definition, nodes.raw, nodes.pending, addnodes.index, addnodes.toctree)


def text(words: str) -> str:
    """A string of Typst. A line break of the source is a space."""
    lines = re.sub(r"\s+", lambda room: " " if "\n" in room[0] else room[0], words)
    kept = "".join(char for char in lines if char >= " " or char == "\t")
    return json.dumps(kept, ensure_ascii=False)


@dataclass
class Page:
    """A page while it is set. `pictures`: those that it shows."""

    docname: str
    level: int = 1
    pictures: set[str] = field(default_factory=set)

    def all(self, children: Iterable[nodes.Node]) -> str:
        """Nodes as arguments of a call."""
        return ", ".join(one for child in children if (one := self.set(child)))

    def set(self, node: nodes.Node) -> str:
        """A node as an expression; "" for what nobody sees."""
        if isinstance(node, nodes.Text):
            return text(node.astext())
        if isinstance(node, SILENT):
            return ""
        for kind in type(node).__mro__:
            if kind in NODES:
                return self.places(node) + NODES[kind](self, node)
        return self.places(node) + self.call("all", node)

    def call(self, name: str, node: nodes.Element, *first: str) -> str:
        return f"{name}({', '.join((*first, self.all(node.children)))})"

    def places(self, node: nodes.Element) -> str:
        """The places at which a node stands, in front of it. A section puts its own at its heading."""
        if isinstance(node, nodes.section):
            return ""
        return "".join(f"at({self.name(one)}), " for one in dict.fromkeys(node.get("ids", ())))

    def name(self, place: str) -> str:
        return f"{AT}{self.docname}#{place}{AT}"


def _section(page: Page, node: nodes.section) -> str:
    page.level += 1
    title = next((child for child in node if isinstance(child, nodes.title)), None)
    places = "".join(f"at({page.name(one)}), " for one in dict.fromkeys(node["ids"]))
    head = f"{places}head({page.level}, {page.all(title.children)}), " if title is not None else places
    if isinstance(node.parent, nodes.document):
        head = f"at({AT}{page.docname}{AT}), {head}"
    before = node.index(title) if title is not None else 0
    body = page.all(node[before + 1 :] if title is not None else node)
    page.level -= 1
    return f"all({page.all(node[:before])}), {head}all({body})"


def _kind(node: nodes.Element, otherwise: str = "") -> str:
    """What our style calls a node; in quotation marks."""
    names = [str(name).removeprefix("candor-") for name in node["classes"] if str(name).startswith("candor-")]
    return text(names[0] if names else otherwise)


def _reference(page: Page, node: nodes.reference) -> str:
    address = str(node.get("refuri", ""))
    if "://" in address or address.startswith(("mailto:", "tel:")):
        return page.call("url", node, text(address))
    way, _, place = address.partition("#")
    place = place or str(node.get("refid", ""))
    to = target(page.docname, way) if way else page.docname
    far = TURN in node["classes"] or (to != page.docname and to not in LISTED)
    name = f"{to}#{place}" if place else to
    return page.call("far" if far else "to", node, f"{TO}{name}{TO}")


def _admonition(page: Page, node: nodes.Element) -> str:
    title = next((child for child in node if isinstance(child, nodes.title)), None)
    label = title.astext() if title is not None else str(admonitionlabels.get(node.tagname, ""))
    body = page.all(child for child in node if child is not title)
    kinds = {"warning": "note", "danger": "note", "content-note": "voice"}
    kind = next((kinds[name] for name in (node.tagname, *node["classes"]) if name in kinds), "act")
    return f"note({text(kind)}, {text(label)}, {body})"


def _items(page: Page, node: nodes.Element) -> str:
    items = ", ".join(f"all({page.places(item)}{page.all(item.children)})" for item in node)
    if isinstance(node, nodes.enumerated_list):
        return f"numbered({node.get('start', 1)}, {_kind(node)}, {items})"
    return f"points({_kind(node)}, {items})"


def _terms(page: Page, node: nodes.Element) -> str:
    made = []
    for item in node:
        names = [child for child in item if isinstance(child, (nodes.term, nodes.field_name))]
        said = [child for child in item if child not in names and not isinstance(child, nodes.classifier)]
        places = "".join(page.places(name) for name in names)
        made.append(f"(all({places}{page.all(one for name in names for one in name.children)}), all({page.all(said)}))")
    return f"words({', '.join(made)})"


def _figure(page: Page, node: nodes.figure) -> str:
    pictures = "".join(f"{page.set(one)}, " for one in node if isinstance(one, (nodes.image, nodes.reference)))
    caption = page.all(one for child in node if isinstance(child, nodes.caption) for one in child.children)
    legend = page.all(child for child in node if isinstance(child, nodes.legend))
    return f"picture(all({pictures}), all({caption}), all({legend}))"


def _image(page: Page, node: nodes.image) -> str:
    page.pictures.add(node["uri"])
    return f"drawing({text(PurePosixPath(node['uri']).name)}, {text(node.get('alt', ''))})"


def _table(page: Page, node: nodes.table) -> str:
    group = next(child for child in node if isinstance(child, nodes.tgroup))
    title = page.all(one for child in node if isinstance(child, nodes.title) for one in child.children)
    columns = sum(isinstance(child, nodes.colspec) for child in group)
    head, body = (
        [row for part in group if isinstance(part, kind) for row in part] for kind in (nodes.thead, nodes.tbody)
    )
    sizes = "".join(f"{_share(column, head + body)}, " for column in range(columns))
    rows = ", ".join(f"({''.join(f'{_row(page, row)}, ' for row in some)})" for some in (head, body))
    return f"table-of(({sizes}), all({title}), {rows})"


def _share(column: int, rows: list[nodes.row]) -> int:
    """How much of a table's width a column wants: by its words, and by its longest one."""
    said = [row[column].astext() for row in rows if column < len(row)]
    longest = max((len(word) for one in said for word in one.split()), default=1)
    mean = sum(map(len, said)) / max(1, len(said))
    return max(5, longest, round(1.4 * math.pow(min(mean, 120), 0.75)))


def _row(page: Page, row: nodes.row) -> str:
    cells = (
        f"cell({entry.get('morecols', 0) + 1}, {entry.get('morerows', 0) + 1}, {page.all(entry.children)}), "
        for entry in row
    )
    return f"({''.join(cells)})"


def _paragraph(page: Page, node: nodes.Element) -> str:
    return page.call("para", node, _kind(node))


def _quote(page: Page, node: nodes.Element) -> str:
    return page.call("said", node)


#: Node -> how it is set. Others are set as what is in them.
NODES: dict[type[nodes.Node], Callable[[Page, nodes.Element], str]] = {
    nodes.section: _section,
    nodes.paragraph: _paragraph,
    nodes.rubric: lambda page, node: page.call("para", node, text("title")),
    nodes.emphasis: lambda page, node: page.call("slanted", node),
    nodes.strong: lambda page, node: page.call("bold", node),
    nodes.literal: lambda page, node: f"code({text(node.astext())})",
    nodes.literal_block: lambda page, node: f"listing({json.dumps(node.astext(), ensure_ascii=False)})",
    nodes.superscript: lambda page, node: page.call("super", node),
    nodes.subscript: lambda page, node: page.call("sub", node),
    nodes.inline: lambda page, node: page.call("span", node, _kind(node)),
    nodes.reference: _reference,
    nodes.bullet_list: _items,
    nodes.enumerated_list: _items,
    nodes.definition_list: _terms,
    nodes.field_list: _terms,
    nodes.container: lambda page, node: page.call("box-of", node, _kind(node)),
    nodes.Admonition: _admonition,
    nodes.topic: lambda page, node: page.call("box-of", node, text("topic")),
    nodes.block_quote: _quote,
    nodes.attribution: lambda page, node: page.call("para", node, text("by")),
    nodes.figure: _figure,
    nodes.image: _image,
    nodes.table: _table,
    nodes.transition: lambda page, node: "rule()",
    nodes.line: lambda page, node: page.call("line-of", node),
}


def joined(pages: Iterable[str]) -> list[str]:
    """Pages of one book: a link to a place that is on none of them is words, and a place that nobody asks for goes."""
    pages = list(pages)
    known = {name for page in pages for name in re.findall(f"{AT}([^{AT}]*){AT}", page)}
    asked = {name for page in pages for name in re.findall(f"{TO}([^{TO}]*){TO}", page)} & known
    placed: set[str] = set()

    def place(match: re.Match[str]) -> str:
        if match[1] not in asked or match[1] in placed:
            return ""
        placed.add(match[1])
        return f"at({text(match[1])}), "

    def link(match: re.Match[str]) -> str:
        return f"{match[1]}({text(match[2])}, " if match[2] in known else "all("

    return [
        re.sub(rf"\b(to|far)\({TO}([^{TO}]*){TO}, ", link, re.sub(rf"\bat\({AT}([^{AT}]*){AT}\), ", place, page))
        for page in pages
    ]
