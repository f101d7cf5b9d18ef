"""What lets a site be kept for use without a network: a list of its files with their hashes, by part, and the service
worker that answers from what was kept.

The browser's side is `js/src/book/offline.js`: it fetches the files of the chosen parts into a store of their own,
compares each with its hash, and takes the whole for the kept version only when the last one is right.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from . import tokens
from .brand import brand
from .files import write
from ..language import for_scripts

LIST, BUILD, WORKER, MANIFEST = "candor-offline.json", "candor-build.json", "candor-worker.js", "manifest.webmanifest"
OWN = (LIST, BUILD, WORKER, MANIFEST)
NOT_READ = (".buildinfo", "objects.inv", "jupyterlite.schema.v0.json")
SCRIPTS = Path(__file__).parent.parent / "book" / "static"


def write_list(
    site: Path, titles: Mapping[str, str], part_of: Callable[[str], str | None], opens: Mapping[str, str]
) -> None:
    """`candor-offline.json`: {"build", "parts": [{"name", "title", "opens", "bytes", "files": [[address, hash,
    bytes]]}]}. `candor-build.json` holds the build alone. `titles`: part -> what it is called, in their order;
    `part_of`: the part of an address from the root, or None for none; `opens`: part -> the address of the page with
    which it begins, where it has pages."""
    parts: dict[str, list[tuple[str, str, int]]] = {}
    for path in sorted(one for one in site.rglob("*") if one.is_file()):
        address = path.relative_to(site).as_posix()
        part = part_of(address)
        if part is None or path.name in (*OWN, *NOT_READ) or path.name.startswith("."):
            continue
        data = path.read_bytes()
        parts.setdefault(part, []).append((address, sha256(data).hexdigest(), len(data)))
    listed = [
        {
            "name": name,
            "title": title,
            "opens": opens.get(name, ""),
            "bytes": sum(size for _, _, size in parts[name]),
            "files": parts[name],
        }
        for name, title in titles.items()
        if name in parts
    ]
    build = sha256(json.dumps(listed).encode()).hexdigest()[:16]
    write(site / LIST, json.dumps({"build": build, "parts": listed}, separators=(",", ":")), lasting=False)
    write(site / BUILD, json.dumps({"build": build}), lasting=False)


def write_worker(site: Path) -> None:
    """The service worker; it runs beside the pages and loads none of their scripts, so its words stand in it."""
    words = for_scripts(("js/src/book/worker.js",))
    write(site / WORKER, words + (SCRIPTS / WORKER).read_text(encoding="utf-8"), lasting=False)


def write_manifest(site: Path, name: str, icons: list[dict[str, str]]) -> None:
    """What a device is told that installs the site."""
    told = {
        "name": name,
        "short_name": brand().name,
        "start_url": "./index.html",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": tokens.colour("paper"),
        "icons": icons,
    }
    write(site / MANIFEST, json.dumps(told), lasting=False)
