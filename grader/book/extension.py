"""The Sphinx extension of the book: practice questions, vignettes, objectives, requirements, coverage, review badge.

Only this package imports Sphinx. The library is read once a build; a name that is not there is a warning with
file and line, and the book is built with warnings as errors.
"""

from __future__ import annotations

import gc
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError
from sphinx.locale import admonitionlabels

from . import (
    announce,
    apps,
    citations,
    deck,
    figures,
    finding,
    frame,
    guides,
    hours,
    kit,
    lists,
    look,
    missing,
    offline,
    pages,
    practice,
    speech,
    terms,
    tools,
    trees,
    weight,
    works,
)
from .directives import DIRECTIVES
from .library import keep
from .print import Epub, Pdf, beside, transform
from ..cards.library import find_root, load
from ..checks.edition import Refused, take
from ..language import t

STATIC = Path(__file__).parent / "static"
TEMPLATES = Path(__file__).parent / "templates"


def _read_library(app: Sphinx) -> None:
    given, edition = app.config.candor_library, app.config.candor_edition
    root = Path(given) if given else find_root(Path(app.srcdir))
    if root is None:
        raise ExtensionError(f"there is no card library at or above {app.srcdir}")
    try:
        keep(app, take(load(root, edition=Path(edition) if edition else None)))
    except Refused as error:
        raise ExtensionError(str(error)) from None
    if app.builder.format == "html":
        made = look.folder(Path(app.doctreedir))
        speech.add(app, made)
        speech.speak_for_themes(app)
        app.config.html_static_path += [str(STATIC), str(made)]


def _put_templates_first(app: Sphinx, config: Config) -> None:
    config.templates_path.insert(0, str(TEMPLATES))


def _name_boxes(app: Sphinx) -> None:
    """What a warning is in this book: what to act on before anything else."""
    admonitionlabels["warning"] = t("Safety")


def _look_for_desk(app: Sphinx, config: Config) -> None:
    """Pages link to a desk that stands beside them, and to none that does not: a dead link helps nobody."""
    if config.candor_desk and not (Path(app.outdir) / config.candor_desk / "index.html").is_file():
        config.candor_desk = ""


def setup(app: Sphinx) -> dict[str, str | bool]:
    # A build makes trees by the million nodes and keeps most of them: looking as often as Python does for what nobody
    # holds any more would take a quarter of its time.
    gc.set_threshold(100_000, 10, 100)
    trees.walk_quickly()
    citations.register()
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    app.connect("config-inited", _put_templates_first, priority=900)  # after the themes have put in theirs
    app.connect("config-inited", _look_for_desk)
    app.connect("config-inited", frame.read_address)
    app.connect("builder-inited", _read_library)
    app.connect("builder-inited", deck.put_beside)
    app.connect("builder-inited", _name_boxes)
    app.connect("env-get-outdated", pages.outdated)
    app.connect("env-before-read-docs", citations.tell_apart)
    app.connect("source-read", kit.show)
    app.connect("source-read", pages.add_care)
    app.connect("source-read", pages.name_planned)
    app.connect("doctree-read", pages.add_badge)
    app.connect("doctree-read", guides.add_head)
    app.connect("doctree-read", pages.keep_percent_signs)
    app.connect("doctree-read", works.note)
    app.connect("doctree-read", terms.note)
    app.connect("doctree-read", transform.note_running)
    app.connect("doctree-resolved", pages.lead_to_places, priority=400)
    app.connect("doctree-resolved", pages.make_tables_scroll)
    app.connect("doctree-resolved", pages.link_assignments)
    app.connect("doctree-resolved", pages.link_paths)
    app.connect("doctree-resolved", apps.open_doors)
    app.connect("doctree-resolved", kit.link_sheets)
    app.connect("doctree-resolved", guides.link_both)
    app.connect("doctree-resolved", beside.link)
    app.connect("doctree-resolved", deck.link)
    app.connect("doctree-resolved", figures.inline)
    app.connect("doctree-resolved", finding.remember_stems)
    app.connect("doctree-resolved", lists.fold, priority=700)
    app.connect("doctree-resolved", pages.add_place, priority=900)  # others take a section's first child for its title
    app.connect("doctree-resolved", tools.add)
    app.connect("doctree-resolved", terms.mark, priority=600)
    app.connect("doctree-resolved", transform.to_keep, priority=950)
    app.connect("doctree-resolved", works.mark, priority=600)  # at the page's foot, below the assignment
    app.add_config_value("candor_desk", "", "html")
    app.add_config_value("candor_library", "", "env")  # both are set in the configuration of an edition
    app.add_config_value("candor_edition", "", "env")
    app.add_builder(Epub)
    app.add_builder(Pdf)
    app.connect("html-page-context", pages.add_script)
    app.connect("html-page-context", frame.add)
    app.connect("build-finished", practice.write)
    app.connect("build-finished", deck.write)
    app.connect("build-finished", hours.write)
    app.connect("build-finished", tools.write)
    app.connect("build-finished", kit.write_files)
    app.connect("build-finished", finding.write)
    app.connect("build-finished", announce.files)
    app.connect("build-finished", missing.write)
    app.connect("build-finished", pages.tidy)
    app.connect("build-finished", weight.join)  # after it: the theme's sheet without its icon font
    app.connect("build-finished", offline.after_build, priority=900)
    app.add_node(nodes.entry, override=True, html=(pages.visit_cell, pages.leave_cell))
    app.add_css_file(look.SHEET)
    app.add_css_file("candor.css")
    app.add_css_file("candor-evidence.css")
    app.add_css_file("candor-kit.css")
    app.add_css_file("candor-reading.css")
    app.add_css_file("candor-search.css")
    app.add_css_file("candor-talk.css")
    app.add_js_file("candor-menu.js", loading_method="defer")
    app.add_js_file("candor-search.js", loading_method="defer")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
