"""At a page's foot: each work that it cites, once, with its evidence card.

The citations in the text lead there; a script opens them as small cards. What the cards say is a third of a chapter,
and comes behind it, in a file beside the page; without a script an entry leads to its card on the page of all cards.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinxcontrib.bibtex.domain import Citation

from . import citations
from .library import library_of
from .practice import shelved
from ..cards.evidence import Evidence
from ..cards.told import facts
from ..language import later, t
from ..web.files import write
from ..web.shell import components
from ..web.words import typeset

NO_CARD = later("There is no evidence card for this work yet: how far it was read is not written down.")
TABLE = "candor-evidence-table"
REST = "candor-rests-on"  # the page of all cards,
ALL = "appendix/rests-on"  # and its name


def note(app: Sphinx, doctree: nodes.document) -> None:
    """A page that cites a work is read again when its evidence card changes."""
    for cited in doctree.findall(addnodes.pending_xref):
        if cited.get("refdomain") == "cite":
            for key in cited["reftarget"].split(","):
                if card := library_of(app).evidence.get(key.strip()):
                    app.env.note_dependency(str(card.path))


def mark(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Say which works were not read. On the site, too: turn each citation of a page toward the page's own list of
    works, and put the list at its end."""
    on_site = app.builder.format == "html"
    known: dict[str, Citation] = {one.citation_id: one for one in citations.bibliography(app.env).citations}
    links = [
        (link, one)
        for link in doctree.findall(nodes.reference)
        if (one := known.get((link.get("refuri") or "").rpartition("#")[2]))
    ]
    links = [(link, one) for link, one in links if one.bibliography_key.docname != docname]
    everything = next((box for box in doctree.findall(nodes.container) if REST in box["classes"]), None)
    for link, one in links:
        if everything is None:
            _shorten(link, citations.short(app.env, one.key))
            _say_unread(link, library_of(app).evidence.get(one.key))
        if on_site and everything is None:
            _to_list(link, one)
        elif on_site:
            _in_full(link, one)
    section = next(iter(doctree.findall(nodes.section)), None)
    if on_site and links and section is not None and everything is None:
        section.append(_list(app, docname, {one.key: one for _, one in links}))


def _in_full(link: nodes.reference, one: Citation) -> None:
    """On the page of all cards the reference stands in place of the citation."""
    place = link
    while place.parent is not None and not isinstance(place, nodes.paragraph):
        place = place.parent
    place.replace_self(nodes.raw("", f'<p class="candor-reference">{reference(one)}</p>', format="html"))


def _shorten(link: nodes.reference, name: str) -> None:
    """In a table of claims a work has its short name: the card that it opens has the full one."""
    place = link.parent
    while place is not None and not isinstance(place, nodes.entry):
        place = place.parent
    if place is not None and any(TABLE in box["classes"] for box in _above(place)):
        link.children = [nodes.Text(name)]
        link.setup_child(link.children[0])
        link.parent.children = [link]


def _above(node: nodes.Node) -> Iterator[nodes.container]:
    while (node := node.parent) is not None:
        if isinstance(node, nodes.container):
            yield node


def _to_list(link: nodes.reference, one: Citation) -> None:
    link["refuri"] = f"#work-{one.key}"
    link["classes"].append("candor-cite")
    link.attributes.pop("reftitle", None)


def _say_unread(link: nodes.reference, card: Evidence | None) -> None:
    if card is not None and card.seen == "not-seen":
        link.parent.insert(
            link.parent.index(link) + 1, nodes.inline("", f" ({t('not read')})", classes=["candor-not-read"])
        )


def _list(app: Sphinx, docname: str, cited: dict[str, Citation]) -> nodes.raw:
    home = app.builder.get_relative_uri(docname, next(iter(cited.values())).bibliography_key.docname)
    cards = {key: card for key in cited if (card := library_of(app).evidence.get(key))}
    if not cards or ALL not in app.env.found_docs:
        behind, said = "", {key: told(cards.get(key)) for key in cited}
    else:
        behind = f' data-cards="{escape(_put_beside(app, docname, cards))}"'
        said = {key: _elsewhere(app, docname, key) if key in cards else told(None) for key in cited}
    items = sorted((reference(one), one) for one in cited.values())
    shown = "".join(_item(one, said[one.key], home) for _, one in items)
    summary = t("Works cited on this page: what they found, and how far each was read ({n})", n=len(cited))
    text = f'<details class="candor-works"{behind}><summary>{summary}</summary><ul>{shown}</ul></details>'
    return nodes.raw("", text, format="html")


def _item(one: Citation, said: str, home: str) -> str:
    more = f'<p class="candor-more"><a href="{home}#{one.citation_id}">{t("In the list of references")}</a></p>'
    return f'<li id="work-{one.key}"><p class="candor-reference">{reference(one)}</p>{said}{more}</li>'


def _elsewhere(app: Sphinx, docname: str, key: str) -> str:
    """What stands in the place of a card until it comes."""
    address = f"{app.builder.get_relative_uri(docname, ALL)}#card-{key}"
    said = t("What it found, and how far it was read")
    return f'<p class="candor-elsewhere"><a href="{address}">{said}</a></p>'


def _put_beside(app: Sphinx, docname: str, cards: dict[str, Evidence]) -> str:
    """Writes what a page's cards say into a file beside it; its address, seen from the page."""
    text = json.dumps({key: told(card) for key, card in sorted(cards.items())}, ensure_ascii=False)
    path = Path(app.outdir) / f"{docname}-works.js"
    address, script = shelved(path.name, text)
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, script, lasting=False)
    return address


def reference(one: Citation) -> str:
    """The reference as the bibliography prints it, as HTML."""
    text = re.sub(r"</?span[^<>]*>", "", one.formatted_entry.text.render_as("html"))
    return re.sub(r'(<(?:[^<>"]|"[^"]*")*>)|([^<>]+)', lambda part: part[1] or str(typeset(part[2])), text)


def told(card: Evidence | None) -> str:
    """What a card says, as HTML; where there is none, that."""
    if card is None:
        return f'<p class="candor-no-card">{t(NO_CARD)}</p>'
    rows, before = [], ""
    because = escape(str(typeset(card.because.strip())))
    for label, text in facts(card):
        shown = linked(text) if label != t("Certainty") else f"{chip(card.certainty)} {because}"
        rows.append(f"<dd>{shown}</dd>" if label == before else f"<dt>{label}</dt><dd>{shown}</dd>")
        before = label
    due = f' <p class="candor-due">{t("It is time to look at this again.")}</p>' if card.due else ""
    return f'<dl class="candor-evidence">{"".join(rows)}</dl>{due}'


def linked(text: str) -> str:
    """A text as HTML; an address in it becomes a link."""
    shown = escape(str(typeset(text)))
    return re.sub(r"https?://[^\s;,]+[^\s;,.)]", lambda found: f'<a href="{found[0]}">{found[0]}</a>', shown)


def chip(word: str, key: str = "", place: str = "") -> str:
    """The chip of a grade. With a key it leads to the work on this page."""
    return str(components().evidence(word, place, f"#work-{key}" if key else ""))
