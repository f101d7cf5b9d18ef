"""What lets a site be kept for use without a network: a list of its files with their hashes, by part, and the service
worker that answers from what was kept.

The browser's side is `js/src/book/offline.js`: it fetches the files of the chosen parts into a store of their own,
compares each with its hash, and takes the whole for the kept version only when the last one is right.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from sphinx.application import Sphinx

from ..language import for_scripts, later, t
from ..web import tokens
from ..web.brand import brand
from ..web.files import write

LIST, BUILD, WORKER, MANIFEST = "candor-offline.json", "candor-build.json", "candor-worker.js", "manifest.webmanifest"
FRAME, DESK = "frame", "desk"
OWN = (LIST, BUILD, WORKER, MANIFEST)
#: Folders that are no part of the book and that every page may ask for something of.
SHARED = ("_static", "_images", "pagefind", "front", "practice")
NOT_READ = (".buildinfo", "objects.inv", "jupyterlite.schema.v0.json")
TITLES = {FRAME: later("Home, practice, search, glossary and references"), DESK: later("Desk with all assignments")}


def after_build(app: Sphinx, exception: Exception | None) -> None:
    """After everything else: the list of what stands in the site then."""
    if exception or app.builder.name != "html":
        return
    parts = app.env.external_site_map.root.subtrees  # type: ignore[attr-defined]
    titles = {str(item).partition("/")[0]: str(tree.caption) for tree in parts for item in tree.items if "/" in item}
    site = Path(app.outdir)
    words = for_scripts(("js/src/book/worker.js",))  # it runs beside the pages, and loads none of their scripts
    write(site / WORKER, words + (site / "_static" / WORKER).read_text(encoding="utf-8"), lasting=False)
    write_list(site, titles, app.config.candor_desk)
    favicon = Path(app.config.html_favicon or "").name
    icons = [{"src": f"_static/{favicon}", "sizes": "any"}] if favicon else []
    told = {
        "name": brand().name,
        "short_name": brand().name,
        "start_url": "./index.html",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": tokens.colour("paper"),
        "icons": icons if brand().credit else [*icons, {"src": "_static/candor-touch.png", "sizes": "180x180"}],
    }
    write(site / MANIFEST, json.dumps(told), lasting=False)


def write_list(site: Path, titles: dict[str, str], desk: str = "") -> None:
    """`candor-offline.json`: {"build", "parts": [{"name", "title", "bytes", "files": [[address, hash, bytes]]}]}, the
    frame first, which every other part needs. `candor-build.json` holds the build alone. `titles`: folder -> what its
    part is called; `desk`: the folder of the desk. Files of other folders are in no part."""
    parts: dict[str, list[tuple[str, str, int]]] = {}
    part_of = {
        **{name: name for name in titles},
        **dict.fromkeys(("", *SHARED), FRAME),
        **({desk: DESK} if desk else {}),
    }
    for path in sorted(one for one in site.rglob("*") if one.is_file()):
        address = path.relative_to(site).as_posix()
        part = part_of.get(address.rpartition("/")[0].partition("/")[0])
        if part is None or address in OWN or path.name in NOT_READ or path.name.startswith("."):
            continue
        data = path.read_bytes()
        parts.setdefault(part, []).append((address, sha256(data).hexdigest(), len(data)))
    listed = [
        {
            "name": name,
            "title": t(TITLES[name]) if name in TITLES else titles[name],
            "bytes": sum(size for _, _, size in parts[name]),
            "files": parts[name],
        }
        for name in dict.fromkeys((FRAME, *titles, DESK))
        if name in parts
    ]
    build = sha256(json.dumps(listed).encode()).hexdigest()[:16]
    write(site / LIST, json.dumps({"build": build, "parts": listed}, separators=(",", ":")), lasting=False)
    write(site / BUILD, json.dumps({"build": build}), lasting=False)
