"""What happens to whole pages: the review badge, wide tables, our files where they are needed, and when to read
anew."""

from __future__ import annotations

import re
import shutil
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.writers.html5 import HTML5Translator

from . import deck, hours, practice, tools
from .badges import badge
from .library import library_of
from .tables import in_order
from ..cards.chapter import Chapter
from ..cards.reading_time import directives
from ..cards.told import unbroken
from ..counted import counted
from ..language import t, tn
from ..web.files import write as write_file
from ..web.words import typeset

ICON = re.compile(r"\.fa-[\w.,:-]+\{content:|@font-face\{[^{]*Font Awesome")
CARE = "front/how-to-use"
PATHS = "front/study-paths"
SESSIONS = "practice/sessions"
TABLES = ("appendix/",)  # pages made from the whole library: read at every build


def outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> set[str]:
    """Pages to read again: the tables at every build, and all pages once a planned chapter has been written."""
    planned, before = set(library_of(app).planned), getattr(env, "candor_planned", None)
    vars(env)["candor_planned"] = planned  # kept with what Sphinx remembers of a build
    return {name for name in env.found_docs if planned != before or name.startswith(TABLES)}


def add_care(app: Sphinx, docname: str, source: list[str]) -> None:
    """Every content note ends with the same way out, so that no chapter has to repeat it."""
    if CARE in app.env.found_docs:
        words = t(
            "If it lands close to home, leave the page, and talk to someone you trust: [care for yourself]({page}).",
            page=f"/{CARE}.md",
        )
        source[0] = re.sub(
            r"(^:class: content-note\n(?:(?!:::|:class:).*\n)*)(:::[ \t]*$)",
            lambda found: f"{found[1]}\n{words}\n{found[2]}",
            source[0],
            flags=re.MULTILINE,
        )


def name_planned(app: Sphinx, docname: str, source: list[str]) -> None:
    """A link to a chapter that is planned and not written yet becomes its words, said to be planned."""

    def words(match: re.Match[str]) -> str:
        return t("{words} *(planned)*", words=match[1]) if match[2] in library_of(app).planned else match[0]

    source[0] = re.sub(r"\[([^\[\]\n]*(?:\n[^\[\]\n]*)?)\]\((?:\.\./|/)?(?:[a-z-]+/)?([a-z-]+)\.md\)", words, source[0])


def add_badge(app: Sphinx, doctree: nodes.document) -> None:
    """Under a chapter's title: what it gives, who reviewed it, how long it takes and what there is to answer."""
    chapter = library_of(app).chapters.get(app.env.docname.rsplit("/", 1)[-1])
    section = next(iter(doctree.findall(nodes.section)), None)
    if chapter is None or section is None:
        return
    head: list[nodes.Node] = []
    if chapter.lead:
        head.append(nodes.paragraph("", str(chapter.lead).strip(), classes=["candor-lead"]))
    time = tn("{n} minute of study", "{n} minutes of study", chapter.minutes)
    facts = [nodes.Text(f" · {time}"), *holds(app, chapter)]
    head.append(nodes.paragraph("", "", *badge(chapter.review), *facts, classes=["candor-badge"]))
    section.insert(1, head)
    if chapter.also:  # so that the site's search finds the chapter by the words that people come with
        words = t("Also looked for as: {words}.", words=", ".join(chapter.also))
        section.append(nodes.paragraph("", words, classes=["candor-also"]))  # below all that one reads


def holds(app: Sphinx, chapter: Chapter) -> list[nodes.Node]:
    """What a chapter asks of its reader, and what more there is to practise on, with the way to a session of it: ` · 8
    questions and a case · 4 more questions in the sessions`."""
    page = library_of(app).pages.get(app.env.docname, "")
    stories = [library_of(app).stories(name, "practice") for name in directives(page, "set")]
    asked, cases = len(directives(page, "question")) + sum(map(len, stories)), len(directives(page, "vignette"))
    parts = [counted(asked, "question") if asked > 1 else t("a question") if asked else ""]
    parts += [counted(cases, "case") if cases > 1 else t("a case") if cases else ""]
    words = t("{first} and {second}", first=parts[0], second=parts[1]) if all(parts) else "".join(parts)
    others = practice.elsewhere(library_of(app)).get(chapter.name, 0)
    more = tn("{n} more question in the sessions", "{n} more questions in the sessions", others) if others else ""
    said: list[nodes.Node] = [nodes.Text(f" · {words}")] if words else []
    if not more:
        return said
    if SESSIONS not in library_of(app).toc:
        return [*said, nodes.Text(f" · {more}")]
    name = quote(f"chapter:{typeset(str(chapter.title))}")
    way = f"{'../' * app.env.docname.count('/')}{SESSIONS}.html?from={name}"
    return [*said, nodes.Text(" · "), nodes.reference("", more, refuri=way)]


def add_place(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Above a chapter's title: its part and its number."""
    names = [f"{chapter.part}/{chapter.name}" for chapter in in_order(library_of(app))]
    section = next(iter(doctree.findall(nodes.section)), None)
    if docname in names and section is not None:
        part, number = library_of(app).parts.get(docname, ""), names.index(docname) + 1
        words = " · ".join(filter(None, (str(part), t("chapter {number}", number=number))))
        section.insert(0, nodes.paragraph(words, words, classes=["candor-label", "candor-where"]))


def keep_percent_signs(app: Sphinx, doctree: nodes.document) -> None:
    """A percent sign stays on the line of its number."""
    for text in list(doctree.findall(nodes.Text)):
        if (kept := unbroken(text)) != text and not isinstance(
            text.parent, (nodes.literal, nodes.literal_block, nodes.raw)
        ):
            text.parent.replace(text, nodes.Text(kept))


def link_assignments(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """At a chapter's end: the assignment that asks about it, with a door to the desk where one is published beside
    the book."""
    chapter = library_of(app).chapters.get(docname.rsplit("/", 1)[-1])
    section = next(iter(doctree.findall(nodes.section)), None)
    if chapter is None or section is None or app.builder.format != "html":
        return
    home = app.builder.get_relative_uri(docname, app.config.root_doc).rsplit("/", 1)
    base = f"{home[0]}/" if len(home) == 2 else ""
    items = []
    for card in library_of(app).assignments.values():
        if chapter.name in card.chapters and not card.retired:
            words = tn(
                "{title}, about {n} minute", "{title}, about {n} minutes", card.minutes, title=escape(card.title)
            )
            address = f"{base}{app.config.candor_desk}/notebooks/index.html?path={card.name}.ipynb"
            items.append(f'<a href="{address}">{words}</a>' if app.config.candor_desk else words)
    if items:
        said = t("<strong>Assignment:</strong> {links}.", links="; ".join(items))
        section.append(nodes.raw("", f'<p class="candor-assignment">{said}</p>', format="html"))


def link_paths(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """On the page of study paths the emphasised title of an assignment leads to it on the desk, where there is one."""
    desk = app.config.candor_desk
    if docname != PATHS or not desk or app.builder.format != "html":
        return
    named = {str(card.title): card.name for card in library_of(app).assignments.values() if not card.retired}
    for words in list(doctree.findall(nodes.emphasis)):
        if name := named.get(words.astext()):
            way = f"{'../' * docname.count('/')}{desk}/notebooks/index.html?path={name}.ipynb"
            words.replace_self(nodes.reference("", "", words.deepcopy(), refuri=way, internal=True))


def lead_to_places(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """A link that names a page and a place on it gets its address, which each builder writes in its own way."""
    for link in doctree.findall(nodes.reference):
        if place := link.attributes.pop("candor_place", None):
            link["refuri"] = f"{app.builder.get_relative_uri(docname, place[0])}#{place[1]}"


def make_tables_scroll(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """A wide table scrolls in a box of its own, which the keyboard can reach; the page itself never scrolls
    sideways."""
    if app.builder.format != "html":
        return
    for number, table in enumerate(list(doctree.findall(nodes.table)), 1):
        section = table.parent
        while section is not None and not isinstance(section, nodes.section):
            section = section.parent
        title = f": {section[0].astext()}" if section is not None else ""
        label = escape(t("Table {number}", number=number) + title)
        opening = f'<div class="candor-wide" role="region" aria-label="{label}" tabindex="0">'
        place, parent = table.parent.index(table), table.parent
        parent.insert(place + 1, nodes.raw("", "</div>", format="html"))
        parent.insert(place, nodes.raw("", opening, format="html"))


def visit_cell(self: HTML5Translator, node: nodes.entry) -> None:
    """A cell knows its column's name, and says it on a phone, where a row becomes a block."""
    type(self).visit_entry(self, node)
    heads = [part for part in node.parent.parent.parent if isinstance(part, nodes.thead)]
    if heads and not isinstance(node.parent.parent, nodes.thead):
        head = heads[0][0][node.parent.index(node)]
        name = escape(head.get("label") or head.astext())
        self.body[-1] = self.body[-1].replace(">", f' data-label="{name}">', 1)


def leave_cell(self: HTML5Translator, node: nodes.entry) -> None:
    type(self).depart_entry(self, node)


def tidy(app: Sphinx, exception: Exception | None) -> None:
    """After the pages: what the themes leave in the site and no page asks for goes. Their templates are full of
    links that are none."""
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    for pattern in ("*webpack-macros.html", "*.map", "fontawesome.js*"):
        for path in static.rglob(pattern):
            path.unlink()
    shutil.rmtree(static / "vendor" / "fontawesome", ignore_errors=True)
    for path in static.glob("styles/pydata-sphinx-theme.css"):
        write_file(path, without_icon_font(path.read_text(encoding="utf-8")), lasting=False)


def without_icon_font(css: str) -> str:
    """The theme's style without its icon font and the two thousand names of its icons: a third of what it weighs."""
    return "}".join(rule for rule in css.split("}") if not ICON.match(rule))


#: What a page has in its HTML, and the scripts that it then needs, in their order.
SCRIPTS = {
    "candor-form": ("candor-quiz.js",),
    "data-candor-flashcards": (deck.FILE, practice.FILE, practice.SCRIPT),  # the script behind what it reads
    **dict.fromkeys(
        [f"data-candor-{kind}" for kind in ("exam", "session", "review", "study", "today")],
        (practice.FILE, practice.SCRIPT),
    ),
    "data-candor-hours": (hours.FILE, hours.SCRIPT),
    "data-candor-offline": ("candor-offline.js",),
    "candor-next": ("candor-next.js",),
    "candor-works": ("candor-asides.js",),
    tools.TOOLS: (tools.SCRIPT,),
    "candor-words": ("candor-asides.js",),
    "candor-evidence-list": ("candor-filter.js",),
    "candor-choose": ("candor-places.js",),
    "<details": ("candor-list.js",),
}


def add_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """The scripts of a page: each only where something on the page needs it."""
    if doctree is None:
        return
    shown = [raw.astext() for raw in doctree.findall(nodes.raw)]
    wanted = [name for mark, names in SCRIPTS.items() if any(mark in text for text in shown) for name in names]
    for number, name in enumerate(dict.fromkeys(wanted)):
        app.add_js_file(name, loading_method="defer", priority=700 + number)
