"""What happens to whole pages: the review badge, wide tables, our files where they are needed, and when to read anew."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx

TABLES = ("appendix/",)  # pages made from the whole library: read at every build


def outdated(app: Sphinx, env, added, changed, removed) -> set[str]:
    return {name for name in env.found_docs if name.startswith(TABLES)}


def name_planned(app: Sphinx, docname: str, source: list[str]) -> None:
    """A link to a chapter that is planned and not written yet becomes its words, said to be planned."""

    def words(match: re.Match) -> str:
        return f"{match[1]} *(planned)*" if match[2] in app.candor.planned else match[0]

    source[0] = re.sub(r"\[([^\]\n]*(?:\n[^\]\n]*)?)\]\((?:\.\./|/)?(?:[a-z-]+/)?([a-z-]+)\.md\)", words, source[0])


def badge(review: str) -> str:
    if review == "draft":
        return "Draft: not yet reviewed by a clinician"
    return f"Reviewed {review}"


def add_badge(app: Sphinx, doctree: nodes.document) -> None:
    """Under a chapter's title: who reviewed it, and how long it takes."""
    chapter = app.candor.chapters.get(app.env.docname.rsplit("/", 1)[-1])
    section = next(iter(doctree.findall(nodes.section)), None)
    if chapter is None or section is None:
        return
    line = nodes.paragraph("", f"{badge(chapter.review)} · {chapter.minutes} minutes of study", classes=["candor-badge"])
    section.insert(1, line)


def make_tables_scroll(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """A wide table scrolls in a box of its own, which the keyboard can reach; the page itself never scrolls sideways."""
    if app.builder.format != "html":
        return
    for number, table in enumerate(list(doctree.findall(nodes.table)), 1):
        opening = f'<div class="candor-wide" role="region" aria-label="Table {number}" tabindex="0">'
        place, parent = table.parent.index(table), table.parent
        parent.insert(place + 1, nodes.raw("", "</div>", format="html"))
        parent.insert(place, nodes.raw("", opening, format="html"))


def add_assets(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Our style on every page; our script only where there is a question."""
    app.add_css_file("candor.css")
    if doctree is not None and "candor-form" in doctree.astext() or doctree is not None and any("candor-form" in raw.astext() for raw in doctree.findall(nodes.raw)):
        app.add_js_file("candor-quiz.js", loading_method="defer")
