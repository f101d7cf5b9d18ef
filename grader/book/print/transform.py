"""A page of the book without a browser: nothing to press, nothing folded, answers at the chapter's end.

It holds for every builder whose format is not `html`, which our raw HTML is written for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from ...language import t

ANSWERS = "candor-answers"
APPS = ("candor-app", "data-candor-offline")
LABEL = "candor-label"
TURN = "candor-turn-to"  # a link to another page of paper
_SUMMARY = re.compile(r"<summary>((?:(?!<summary>).)*?)</summary>", re.DOTALL)
_ID = re.compile(r'\bid="([^"]+)"')
_OUTSIDE = re.compile(r"[a-z][a-z+.-]*:")
_TAG = re.compile(r"<[^<>]*>")
_ROOM = re.compile(r'class="candor-room candor-room-(\d)"')


@dataclass(frozen=True)
class Part:
    """A part of the book: its title, and the names of its pages in their order."""

    title: str
    pages: tuple[str, ...]


def parts(env: BuildEnvironment) -> list[Part]:
    """The parts of the book as they are kept. The first page stands in front of them."""
    site = env.app.config.external_site_map
    made = []
    for tree in site.root.subtrees:
        names = (str(item).removesuffix(".md") for item in tree.items)
        pages = tuple(name for name in names if name in env.found_docs and not runs(env, name))
        made += [Part(tree.caption or "", pages)] if pages else []
    return made


def runs(env: BuildEnvironment, docname: str) -> bool:
    """Whether a page is an application, of which nothing is left without a browser."""
    return bool(env.metadata[docname].get("candor_runs"))


def note_running(app: Sphinx, doctree: nodes.document) -> None:
    """As a page is read: whether it is an application."""
    if any(sign in raw.astext() for sign in APPS for raw in doctree.findall(nodes.raw)):
        app.env.metadata[app.env.docname]["candor_runs"] = "yes"


def to_keep(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make a page one that can be kept; for the builder of the site nothing is done."""
    if app.builder.format == "html":
        return
    for paragraph in [one for one in doctree.findall(nodes.paragraph) if _of_the_site(one)]:
        paragraph.parent.remove(paragraph)
    answers_last(doctree)
    list_works(doctree)
    for raw in list(doctree.findall(nodes.raw)):
        raw.parent.replace(raw, list(without_html(raw)))
    unlink(app.env, doctree, docname)


def _of_the_site(paragraph: nodes.paragraph) -> bool:
    """Whether it is there for the site's search, or a row of buttons."""
    buttons = any("candor-button" in link["classes"] for link in paragraph.findall(nodes.reference))
    return buttons or "candor-also" in paragraph["classes"]


def without_html(raw: nodes.raw) -> Iterator[nodes.Node]:
    """What is left of raw HTML: places that links lead to, room to write in, what a folded part said of itself."""
    text = raw.astext()
    if (places := _ID.findall(text)) and not isinstance(raw.parent, nodes.TextElement):
        yield nodes.container(ids=places)
    if found := _ROOM.search(text):
        yield nodes.container(classes=["candor-room", f"candor-room-{found[1]}"])
    elif '<details class="candor-more-of"' in text and (said := _SUMMARY.search(text)):
        words = said[1].partition("<b>")[2].partition("</b>")[0] or said[1]
        words = unescape(_TAG.sub("", words)).strip()
        yield nodes.paragraph(words, words, classes=[LABEL])


def answers_last(doctree: nodes.document) -> None:
    """Answers and reasons stand in a section at the page's end, so that one can answer before one looks."""
    section = next(iter(doctree.findall(nodes.section)), None)
    made: list[nodes.container] = []
    for box in [one for one in doctree.findall(nodes.container) if "candor-question" in one["classes"]]:
        reasons = _folded(box)
        if section is None or not reasons:
            continue
        name = next((str(one) for one in box["ids"]), f"question-{len(made) + 1}")
        said = next((one.astext() for one in box.findall(nodes.paragraph) if LABEL in one["classes"]), "")
        box += _link(t("Answer and reasons"), f"answer-{name}", TURN)
        answer = nodes.container(classes=["candor-answer"], ids=[f"answer-{name}"])
        answer += nodes.paragraph(said, said, classes=[LABEL])
        answer += reasons
        answer += _link(t("To the question"), name, TURN)
        made.append(answer)
    if made and section is not None:
        last = nodes.section(ids=[ANSWERS], names=[ANSWERS])
        last += nodes.title("", t("Answers and reasons"))
        last += made
        section += last


def _folded(box: nodes.container) -> list[nodes.Node]:
    """Takes out of a question what stands folded below it."""
    for at, child in enumerate(box.children):
        if isinstance(child, nodes.raw) and "candor-reasons" in child.astext():
            found = box.children[at + 1 :]
            box.children = box.children[:at]
            return [one for one in found if not isinstance(one, nodes.raw)]
    return []


def _link(words: str, name: str, kind: str) -> nodes.paragraph:
    link = nodes.reference("", words, internal=True, refuri=f"#{name}", classes=[kind])
    return nodes.paragraph("", "", link, classes=[kind])


def list_works(doctree: nodes.document) -> None:
    """A bibliography is a list; the numbers that stand before its works are nobody's."""
    for box in list(dict.fromkeys(work.parent for work in doctree.findall(nodes.citation))):
        items = [
            nodes.list_item("", *work.findall(nodes.paragraph), ids=work["ids"])
            for work in box.children
            if isinstance(work, nodes.citation)
        ]
        box.children = [nodes.bullet_list("", *items, classes=["candor-references"])]
        box.setup_child(box.children[0])


def unlink(env: BuildEnvironment, doctree: nodes.document, docname: str) -> None:
    """Words that lead to a page that is not kept stay as words. Every address is one that a strict reader takes."""
    kept = {env.app.builder.get_target_uri(name) for name in env.found_docs if not runs(env, name)}
    for link in list(doctree.findall(nodes.reference)):
        if "refuri" in link:
            link["refuri"] = link["refuri"].replace("<", "%3C").replace(">", "%3E")
        address = str(link.get("refuri", "")).partition("#")[0]
        if address and not _OUTSIDE.match(address) and target(docname, address) not in kept:
            link.parent.replace(link, link.children)


def target(docname: str, address: str) -> str:
    """A relative address, seen from a page, as one from the book's root."""
    way = docname.split("/")[:-1]
    for step in address.split("/"):
        if step == "..":
            way = way[:-1]
        elif step != ".":
            way.append(step)
    return "/".join(way)
