"""The desk without installation: a JupyterLite site with the assignments, our extension and no kernel.

Work stays in the trainee's browser until it is downloaded; the page says so. `nbgrader zip_collect` takes the download.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .notebook.assemble import Item, items, notebook
from .cards.library import Library
from .cards.model import Assignment
from .notebook.recovery import without_scheme

EXTENSION = Path(__file__).parent / "labextension"
STORE = Path(__file__).parent / "book" / "static" / "candor-store.js"  # the same look at the browser's store as in the book
MARKER = "candor-desk"  # a folder without this file is not ours to replace

#: Nothing is fetched from elsewhere and nothing is started.
_CONFIG = {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {
        "appName": "Candor desk",
        "exposeAppInBrowser": True,  # for tests, and harmless: the page is the trainee's own
        "disabledExtensions": ["@jupyterlite/notebook-application-extension:share-file", "@jupyterlab/extensionmanager-extension"],
    },
}
_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": True, "autosaveInterval": 20},
    # The one checkpoint of an assignment is the assignment as it was handed out: going back to it would empty the work.
    "@jupyterlab/mainmenu-extension:plugin": {
        "menus": [{"id": "jp-mainmenu-file", "items": [{"command": "docmanager:restore-checkpoint", "disabled": True}]}]
    },
}


#: Before JupyterLite reads its settings: with a closed store, only its storage in memory works.
_IN_MEMORY = """
      if (candor.store.closed) {
        const place = document.getElementById("jupyter-config-data");
        const drivers = ["settings", "contents", "workspaces"].map((what) => [`${what}StorageDrivers`, ["memoryStorageDriver"]]);
        place.textContent = JSON.stringify({ enableMemoryStorage: true, ...Object.fromEntries(drivers) });
      }
    """


class CannotBuild(Exception):
    """Why the desk could not be built, in one line."""


def build(library: Library, folder: Path) -> str:
    """Build the site in `folder`, replacing an earlier one; says what was written and what was left out. Raises CannotBuild."""
    folder = folder.resolve()
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise CannotBuild(f"{folder} is not empty and is not a desk. Give a new folder.")
    assignments, left_out = [], []
    for card in library.assignments.values():
        if card.retired:
            continue
        if reason := kept_back(card, library):
            left_out.append(f"Left out: {card.name}, {reason}.")
        else:
            assignments.append(card)
    with tempfile.TemporaryDirectory() as made:
        here = Path(made)
        (here / "files").mkdir()
        for card in assignments:
            (here / "files" / f"{card.name}.ipynb").write_text(released(notebook(card, library)), encoding="utf-8")
        extension = shutil.copytree(EXTENSION, here / "extensions" / "candor")
        (here / "jupyter-lite.json").write_text(json.dumps(_CONFIG))
        (here / "overrides.json").write_text(json.dumps(_SETTINGS))
        command = [str(Path(sys.executable).with_name("jupyter-lite")), "build", f"--lite-dir={here}", f"--contents={here / 'files'}", f"--output-dir={here / 'out'}"]
        command += ["--apps=notebooks", "--no-sourcemaps", "--no-unused-shared-packages", "--no-libarchive"]
        settings = {"ignore_sys_prefix": ["federated_extensions"], "federated_extensions": [str(extension)], "settings_overrides": [str(here / "overrides.json")]}
        (here / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": settings}))
        done = subprocess.run(command, cwd=here, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise CannotBuild("The desk could not be built: " + (done.stdout.strip().splitlines() or ["jupyter-lite said nothing"])[-1])
        (here / "out" / "index.html").write_text(_index(assignments), encoding="utf-8")
        _mind_the_store(here / "out")
        (here / "out" / MARKER).write_text("Built by `grader lite`; the next build replaces this folder.\n")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(here / "out", folder)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return "\n".join([*left_out, f"{folder}: {len(assignments)} assignments, {size / 1e6:.0f} MB. Any web server can give it out; it needs no kernel."])


def kept_back(card: Assignment, library: Library) -> str:
    """Why an assignment never stands on a public desk; empty where it may."""
    if card.blueprint:
        return "a supervised form"
    held = (part.question if isinstance(part, Item) else part[0] if isinstance(part, tuple) else part for part in items(card, library))
    if library.is_private(card) or any(map(library.is_private, held)):
        return "private to a program"
    return ""


def _mind_the_store(site: Path) -> None:
    """Where the browser keeps nothing, JupyterLite holds the work in memory instead of ending; our parts then say so. Raises CannotBuild."""
    shutil.copy(STORE, site)
    page = site / "notebooks" / "index.html"
    before, *found = re.split(r'<script\s{1,40}(?=id="jupyter-config-data")', page.read_text(encoding="utf-8"))
    config, close, after = "".join(found).partition("</script>")
    if len(found) != 1 or not close:
        raise CannotBuild("The page of JupyterLite is not as expected. Install the version that constraints.txt names.")
    more = f'\n    <script src="../{STORE.name}"></script>\n    <script>{_IN_MEMORY}</script>'
    text = f"{before}<script {config}{close}{more}{after}"
    page.write_text(text, encoding="utf-8")


def released(source: str) -> str:
    """A source notebook as a trainee gets it: without the mark schemes."""
    made = json.loads(source)
    for cell in made["cells"]:
        cell["source"] = without_scheme("".join(cell["source"])).splitlines(True)
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _index(assignments: list) -> str:
    rows = "".join(
        f'<li id="{card.name}"><a href="notebooks/index.html?path={card.name}.ipynb">{html.escape(card.title)}</a> <span>about {card.minutes} minutes</span></li>' for card in assignments
    )
    return _PAGE.format(rows=rows)


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Candor: the desk</title>
<style>
:root {{ color-scheme: light dark; --paper: #fdfcf9; --ink: #1f2a37; --soft: #f0eee8; --link: #0b5f59; }}
@media (prefers-color-scheme: dark) {{ :root {{ --paper: #16191d; --ink: #e6e8eb; --soft: #22272e; --link: #7fd6cd; }} }}
body {{ margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.6 system-ui, sans-serif; }}
main {{ max-width: 44rem; margin: 0 auto; padding: 2rem 1rem; }} a {{ color: var(--link); }} li {{ margin: .4rem 0; }} li span {{ white-space: nowrap; }}
.note {{ background: var(--soft); border-left: 4px solid var(--link); padding: .4rem 1rem; }} .closed {{ border-color: currentcolor; }}
</style><script src="candor-store.js"></script><script id="jupyter-config-data" type="application/json" data-jupyter-lite-root=".">{{}}</script></head>
<body><main>
<h1>The desk</h1>
<p>Choose an assignment and answer it here, in your browser. There is nothing to install, and no account.</p>
<p class="note closed" id="closed" role="alert" hidden><strong>This browser keeps nothing for this page:</strong> cookies are blocked, or the page stands in a frame.
You can answer an assignment, but your answers go when its window goes: download your file before you close it. Better, allow cookies for this site, or open it in a window of its own.</p>
<ul>{rows}</ul>
<div class="note">
<p><strong>Where your work is.</strong> It stays in this browser, on this device, until you download it: choose <em>Hand in</em>, then <em>Download for submission</em>, and give that file to your program. Nothing is sent from here.</p>
<p><strong>On a shared computer</strong> the next person who opens this page in the same browser can read your answers. Use a private window, download your file before you close it, and the answers go with the window. Clearing the browser's data removes them too, for good.</p>
</div>
<p><a href="../index.html">Back to the book</a></p>
</main><script>document.getElementById("closed").hidden = !candor.store.closed;</script></body></html>
"""
