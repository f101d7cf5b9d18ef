"""Which parts of the book can be kept for use without a network; how, is `grader/web/offline.py`."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from .deck import ANKI
from .missing import PAGE
from ..language import later, t
from ..web import offline
from ..web.brand import brand
from ..web.offline import BUILD, LIST, MANIFEST, WORKER

__all__ = ["BUILD", "LIST", "MANIFEST", "WORKER", "after_build", "write_list"]
FRAME, DESK = "frame", "desk"
#: Folders that are no part of the book and that every page may ask for something of.
SHARED = ("_static", "_images", "pagefind", "front", "practice")
TITLES = {
    FRAME: later("Home, practice, search, glossary and references"),
    DESK: later("Desk with all assignments"),
    ANKI: later("Deck for Anki"),
}


def after_build(app: Sphinx, exception: Exception | None) -> None:
    """After everything else: the list of what stands in the site then."""
    if exception or app.builder.name != "html":
        return
    parts = app.env.external_site_map.root.subtrees  # type: ignore[attr-defined]
    items = [(str(item), str(tree.caption)) for tree in parts for item in tree.items if "/" in item]
    titles = {item.partition("/")[0]: caption for item, caption in items}
    opens = {item.partition("/")[0]: f"{item}.html" for item, _ in reversed(items)}  # of each the first
    site = Path(app.outdir)
    offline.write_worker(site)
    write_list(site, titles, opens, app.config.candor_desk)
    favicon = Path(app.config.html_favicon or "").name
    icons = [{"src": f"_static/{favicon}", "sizes": "any"}] if favicon else []
    touch = {"src": "_static/candor-touch.png", "sizes": "180x180"}
    offline.write_manifest(site, brand().name, icons if brand().credit else [*icons, touch])


def write_list(site: Path, titles: dict[str, str], opens: dict[str, str], desk: str = "") -> None:
    """The list, the frame first, which every part of the book needs. `titles`: folder -> what its part is called;
    `opens`: folder -> its first page; `desk`: the folder of the desk. Files of other folders are in no part."""
    part_of = {
        **{name: name for name in titles},
        **dict.fromkeys(("", *SHARED), FRAME),
        **({desk: DESK} if desk else {}),
        ANKI: ANKI,
    }
    named = {FRAME: t(TITLES[FRAME]), **titles, **{name: t(TITLES[name]) for name in (DESK, ANKI)}}
    offline.write_list(
        site,
        named,
        lambda address: part_of.get(address.rpartition("/")[0].partition("/")[0]) if address != PAGE else None,
        {FRAME: "index.html", **opens, **({DESK: f"{desk}/index.html"} if desk else {})},
    )
