"""The frame of every page: the doors at its side, what is said of it in its head, and what the home page counts."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

from . import announce, apps, kit
from .directive import CardDirective, html, one_line
from .doors import doors
from .library import library_of
from .speech import marked, written_in
from .weight import lighter
from ..language import language, later, t, tc, tn
from ..web import tokens
from ..web.brand import brand
from ..web.review import review_state
from ..web.shell import components
from ..web.words import attributes

STATIC = Path(__file__).parent / "static"
ABOUT = 160  # characters of a description that search results show
#: A table scrolls in a box of ours. The theme's own inside of it would be measured by its script, wherever it stands.
_BOX = '<div class="pst-scrollable-table-container">'
#: What is said of a page that has no words of its own, such as the page of the search.
ABOUT_ALL = later(
    "An open curriculum at graduate level for clinicians who are training as sex therapists. Talk therapy only."
)


def add(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """For the templates: the doors at the side, what the page is about in a sentence or two, and the colours that a
    browser takes for its own bar."""
    site = app.config.external_site_map
    context["candor_run"] = apps.kept_at(str(context.get("body", "")))
    context["candor_lighter"] = lighter(app, str(context.get("body", "")), context["pathto"], pagename == "search")
    context["body"] = str(context.get("body", "")).replace(_BOX, "<div>")
    context["candor_store"] = (STATIC / "candor-store.js").read_text(encoding="utf-8")
    chapter = library_of(app).chapters.get(pagename.rpartition("/")[2])
    context["candor_chapter"] = chapter is not None
    context["candor_about"] = _about(app, pagename, doctree)
    context["candor_base"] = announce.base(app)
    context["candor_feed"] = f"{announce.base(app)}{announce.FEED}" if announce.base(app) else ""
    context["candor_structured"] = announce.structured(app, pagename, context["candor_about"])
    context["pageurl"] = announce.address(app, pagename)  # not the theme's own: the first page is the site
    context["candor_doors"] = doors(app, pagename)
    context["candor_bar"] = [tokens.colour("paper", scheme) for scheme in (tokens.LIGHT, tokens.DARK)]
    context["candor_own"] = bool(brand().credit)  # a share picture and a phone's icon show the library's own name
    context["language"] = language()
    context["candor_tongue"] = attributes(written_in(app, pagename))
    context["body"] = marked(context["body"], bool(context["candor_tongue"]))
    context["t"], context["tc"] = t, tc
    if pagename == site.root.docname:
        context["title"] = ""


def read_address(app: Sphinx, config: Config) -> None:
    """The site's address, where one is set, is a whole one: half of one would stand in every page and lead nowhere."""
    address = str(config.html_baseurl or "").strip()
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
        raise ExtensionError(
            f"_config.yml: under `html`, `baseurl: {address}` is no address of a site. Write it whole, for example"
            " https://program.example/candor, or leave the line out."
        )
    config.html_baseurl = address


def _about(app: Sphinx, pagename: str, doctree: nodes.document | None) -> str:
    """What a page is about: a chapter's lead, what a sheet is for, which place it is, or the page's first words."""
    library, lead = library_of(app), ""
    if pagename == app.config.root_doc:
        lead = brand().about
    elif chapter := library.chapters.get(pagename.rpartition("/")[2]):
        lead = " ".join(str(chapter.lead or "").split())
    elif place := library.places.get(pagename.removeprefix("places/")):
        lead = t(
            "{place}: law that therapists ask about, and help lines. Dated notes to check, never legal advice.",
            place=place.title,
        )
    elif sheet := kit.sheet_of(library, pagename):
        lead = one_line(sheet.use)
    return lead or _first_words(doctree) or brand().about or t(ABOUT_ALL)


def _first_words(doctree: nodes.document | None) -> str:
    """What a search result shows of a page that has no lead: its first paragraph, or whole words of it."""
    for section in doctree.findall(nodes.section) if doctree is not None else ():
        for node in section.children:
            text = " ".join(node.astext().split())
            if isinstance(node, nodes.paragraph) and "candor-badge" not in node["classes"] and text:
                return textwrap.shorten(text, ABOUT, placeholder=" …")
    return ""


class Counts(CardDirective):
    """What the library holds, in three numbers: chapters, practice questions, certifications and rules whose
    requirements are set out; and below them how much of it was reviewed."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        library = self.library
        chapters = list(library.chapters.values())
        asked = sum(card.use == "practice" and not card.retired for card in library.questions.values())
        reviewed = sum(review_state(card.review).name == "reviewed" for card in chapters)
        minutes = round(sum(card.minutes for card in chapters) / max(1, len(chapters)))
        rules = t("certifications and professional rules: what each asks, with version and date")
        facts = [
            (f"{len(chapters)}", t("chapters, about {n} minutes each", n=minutes)),
            (f"{asked}", t("practice questions, with a reason for every option")),
            (f"{len(library.shown_bodies)}", rules),
        ]
        return [html(str(components().counts(facts))), html(_reviewed(reviewed, len(chapters)))]


def _reviewed(done: int, of: int) -> str:
    """How much of the book somebody has checked, in words: what is not done is no figure to show."""
    if not done:
        words = t(
            "None of the {of} chapters have been reviewed by a named clinician yet. Each page says how it stands.",
            of=of,
        )
    elif done == of:
        words = t(
            "All of the {of} chapters have been reviewed by a named clinician. Each page says how it stands.", of=of
        )
    else:
        words = tn(
            "{n} of the {of} chapters has been reviewed by a named clinician. Each page says how it stands.",
            "{n} of the {of} chapters have been reviewed by a named clinician. Each page says how it stands.",
            done,
            of=of,
        )
    kind, sign, state = ("good", "tick", t("Reviewed")) if done == of else ("draft", "pencil", t("Draft"))
    return f'<p class="candor-badge">{components().chip(state, kind, sign)} {words}</p>'


DIRECTIVES = {"counts": Counts}
