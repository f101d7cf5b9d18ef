"""The desk without installation: a JupyterLite site with the assignments, our extension and no kernel.

Work stays in the trainee's browser until it is downloaded; the page says so. `nbgrader zip_collect` takes the download.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TypeAlias, cast

from markupsafe import Markup

from .cards.library import Library
from .cards.model import Assignment
from .counted import counted
from .language import DESK, direction, for_scripts, language, later, number, script_file, t
from .notebook.assemble import MARKED_BY_HAND, SAVED_BY_HAND, Item, items, notebook, nothing_to_hand_out
from .notebook.programs import start
from .notebook.recovery import without_scheme
from .web import desk_help, fonts, offline, tokens
from .web.brand import brand
from .web.shell import OURS_ALONE, THEME, mark, stylesheet
from .web.shell import page as shell_page
from .web.words import typeset

SITE = "jupyterlite_core.app"
EXTENSION = Path(__file__).parent / "labextension"
STORE = (
    Path(__file__).parent / "book" / "static" / "candor-store.js"
)  # the same look at the browser's store as in the book
LIST = Path(__file__).parent / "book" / "static" / "candor-desk-list.js"
GOING = Path(__file__).parent / "book" / "static" / "candor-desk-going.js"  # stands in the list's page
SESSIONS = "practice/sessions.html"  # of the book beside a desk, where it has one
KEEPING = "desk"  # the one part that can be kept without a network; as the book calls it beside its own
TEMPLATE = Path(__file__).with_name("lite.html.j2")
SHEET = "candor-page.css"  # of the front page
OPENING = Path(__file__).with_name("lite_opening.html.j2")
INSIDE = Path(__file__).with_name("lite.css")
SYSTEM = Path(__file__).with_name("lite_system.js")
#: What of JupyterLite a desk does without.
OFF = [one for one in Path(__file__).with_name("lite_off.txt").read_text().splitlines() if one.startswith("@")]
ACROSS = later("Across the parts")
MARKER = "candor-desk"  # a folder without this file is not ours to replace

#: On the desk there is no file to save and no bracket to fill.
_SAVED = later("Every answer is kept in this browser as you give it. When you are done, choose *Hand in* at the top.")
_MARKED = later("To answer a question, choose an option.")

#: Nothing is fetched from elsewhere and nothing is started.
_CONFIG = {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {
        "exposeAppInBrowser": True,  # for tests, and harmless: the page is the trainee's own
        "disabledExtensions": OFF,
    },
}
_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},  # light or dark, as the system is
    "@jupyterlab/docmanager-extension:plugin": {"autosave": True, "autosaveInterval": 20},
}


def _config(named: bool, assignments: list[Assignment], library: Library) -> dict[str, object]:
    """What JupyterLite reads: with the name of whose desk it is, and for our scripts whether a program is `named`; if
    not, where in the book beside it questions give their reasons: sessions, and the practice of each one's chapters."""
    places = {path.rsplit("/", 1)[-1]: f"{path}.html#check-yourself" for path in library.toc}
    chapters = {
        card.name: [(places[name], str(library.chapters[name].title)) for name in card.chapters if name in places]
        for card in assignments
    }
    page = {
        "appName": t("{program} desk", program=brand().name),
        "candorProgram": "true" if named else "",
        "candorBook": {} if named else {"sessions": SESSIONS * (SESSIONS[:-5] in library.toc), "chapters": chapters},
        **cast(dict[str, object], _CONFIG["jupyter-config-data"]),
    }
    return {**_CONFIG, "jupyter-config-data": page}


class CannotBuild(Exception):
    """Why the desk could not be built, in one line."""


#: Assignment -> what its desk is told of a due date: `due`, in UTC, and `late`, what lateness costs.
Dates: TypeAlias = Mapping[str, Mapping[str, str]]


def build(library: Library, folder: Path, due: Dates | None = None) -> str:
    """Build the site in `folder`, replacing an earlier one; says what was written and what was left out. `due`: the
    dates of a course, or None without one. Where there is neither a course nor an edition, no program is named, and the
    desk asks nobody for a trainee number unless they hand in. Raises CannotBuild."""
    named = due is not None or bool(brand().credit)
    folder = folder.resolve()
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise CannotBuild(t("{folder} is not empty and is not a desk. Give a new folder.", folder=folder))
    assignments, left_out = [], []
    for card in library.assignments.values():
        if card.retired:
            continue
        if reason := kept_back(card, library):
            left_out.append(t("Left out: {name}, {why}.", name=card.name, why=reason))
        else:
            assignments.append(card)
    if not assignments and not left_out:
        raise CannotBuild(nothing_to_hand_out(library))
    import_module(SITE)  # it is run as a program; where it is missing, this says which
    with tempfile.TemporaryDirectory() as made:
        here = Path(made)
        (here / "files").mkdir()
        for card in assignments:
            text = released(notebook(card, library))
            (here / "files" / f"{card.name}.ipynb").write_text(text, encoding="utf-8")
        left_here = shutil.ignore_patterns("words.json", *desk_help.ONLY_IN_LAB)
        extension = shutil.copytree(EXTENSION, here / "extensions" / "candor", ignore=left_here)
        (here / "jupyter-lite.json").write_text(json.dumps(_config(named, assignments, library)))
        (here / "overrides.json").write_text(json.dumps(_SETTINGS))
        command = [
            *start(SITE),
            "build",
            f"--lite-dir={here}",
            f"--contents={here / 'files'}",
            f"--output-dir={here / 'out'}",
        ]
        command += ["--apps=notebooks", "--no-sourcemaps", "--no-unused-shared-packages", "--no-libarchive"]
        settings = {
            "ignore_sys_prefix": ["federated_extensions"],
            "federated_extensions": [str(extension)],
            "settings_overrides": [str(here / "overrides.json")],
        }
        (here / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": settings}))
        done = subprocess.run(command, cwd=here, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            said = done.stdout.strip().splitlines() or [t("jupyter-lite said nothing")]
            raise CannotBuild(t("The desk could not be built: {why}", why=said[-1]))
        (here / "out" / "index.html").write_text(_index(assignments, library, due or {}, named), encoding="utf-8")
        study, spoken = "practice/your-study" in library.toc, script_file() if for_scripts(DESK) else ""
        helps = desk_help.page(SHEET, study=study, theme=Markup(THEME), words=spoken)
        (here / "out" / desk_help.PAGE).write_text(helps, encoding="utf-8")
        _lighten(here / "out")
        _dress(here / "out")
        _prepare(here / "out", assignments, due or {})
        _let_be_kept(here / "out")
        (here / "out" / MARKER).write_text("Built by `grader lite`; the next build replaces this folder.\n")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(here / "out", folder)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return "\n".join(
        [
            *left_out,
            t(
                "{folder}: {assignments}, {size} MB. Any web server can give it out; it needs no kernel.",
                folder=folder,
                assignments=counted(len(assignments), "assignment"),
                size=number(size / 1e6, 0),
            ),
        ]
    )


def _lighten(site: Path) -> None:
    """Take out the settings of what is off: as an assignment opens, all that are there are read eight times."""
    path = site / "build" / "schemas" / "all.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    kept = [one for one in settings if one["id"] not in OFF and one["id"].split(":")[0] not in OFF]
    path.write_text(json.dumps(kept), encoding="utf-8")


def kept_back(card: Assignment, library: Library) -> str:
    """Why an assignment never stands on a public desk; empty where it may."""
    if card.blueprint:
        return t("a supervised form")
    held = (
        part.question if isinstance(part, Item) else part[0] if isinstance(part, tuple) else part
        for part in items(card, library)
    )
    if library.is_private(card) or any(map(library.is_private, held)):
        return t("private to a program")
    return ""


def _prepare(site: Path, assignments: list[Assignment], due: Dates) -> None:
    """The page of an assignment: it says at once what is being opened, in the theme that was chosen in the book. Where
    the browser keeps nothing, JupyterLite holds the work in memory instead of ending; our parts then say so. They find
    the due dates here, too: a notebook that was begun says those of its day. Raises CannotBuild."""
    shutil.copy(STORE, site)
    shutil.copy(LIST, site)
    page = site / "notebooks" / "index.html"
    before, *found = re.split(r'<script\s{1,40}(?=id="jupyter-config-data")', page.read_text(encoding="utf-8"))
    config, close, after = "".join(found).partition("</script>")
    start, body, rest = after.partition("<body")
    tag, end, rest = rest.partition(">")
    if len(found) != 1 or not close or not end:
        raise CannotBuild(
            t("The page of JupyterLite is not as expected. Install the version that constraints.txt names.")
        )
    more = "".join(f'\n    <script src="../{name}"></script>' for name in (STORE.name, *words(site)))
    more += f"\n    <script>{THEME}\n{SYSTEM.read_text()}</script>"
    if due:
        more += f'\n    <script id="candor-due" type="application/json">{_inert(due)}</script>'
    opening = shell_page(OPENING, style="-", titles={card.name: typeset(str(card.title)) for card in assignments})
    turned = ' dir="rtl"' if direction(language()) == "rtl" else ""
    before = before.replace("<html>", f'<html lang="{language()}"{turned}>', 1)
    policy = f'<head>\n    <meta http-equiv="Content-Security-Policy" content="{OURS_ALONE}" />'
    before = before.replace("<head>", policy, 1)
    text = f"{before}<script {config}{close}{more}{start}{body}{tag}{end}\n{opening}{rest}"
    page.write_text(text, encoding="utf-8")


def _let_be_kept(site: Path) -> None:
    """So that the desk can be kept and installed by itself, with or without a book beside it."""
    offline.write_worker(site)
    offline.write_manifest(site, t("{program} desk", program=brand().name), [{"src": mark(), "sizes": "any"}])
    offline.write_list(
        site, {KEEPING: t("Desk with all assignments")}, lambda _address: KEEPING, {KEEPING: "index.html"}
    )


def words(site: Path) -> list[str]:
    """Write what the desk's scripts say into a site, in the language of the edition; the name of the file, and none in
    English."""
    if text := for_scripts(DESK):
        (site / script_file()).write_text(text, encoding="utf-8")
        return [script_file()]
    return []


def released(source: str) -> str:
    """A source notebook as a trainee gets it on the desk: without the mark schemes, and in the desk's own words on how
    it is answered."""
    made = json.loads(source)
    for cell in made["cells"]:
        text = without_scheme("".join(cell["source"]))
        cell["source"] = (
            text.replace(t(SAVED_BY_HAND), t(_SAVED)).replace(t(MARKED_BY_HAND), t(_MARKED)).splitlines(True)
        )
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _inert(due: Dates) -> str:
    """The dates as JSON that ends no script element."""
    return json.dumps({name: dict(one) for name, one in due.items()}).replace("<", r"\u003c")


def _index(assignments: list[Assignment], library: Library, due: Dates, named: bool = False) -> str:
    """The front page: the assignments in the order of the book, by the part to which each belongs."""
    places = {path.rsplit("/", 1)[-1]: (number, library.parts.get(path, "")) for number, path in enumerate(library.toc)}
    last = (len(places), t(ACROSS))

    def place(card: Assignment) -> tuple[int, str]:
        """Where its first chapter stands, in the part that has more than half of its chapters."""
        found = [places.get(str(name), last) for name in card.chapters]
        part, count = Counter(part for _, part in found).most_common(1)[0]
        return min(one for one in found if one[1] == part) if 2 * count > len(found) else last

    parts: dict[str, list[Assignment]] = {}
    for card in sorted(assignments, key=place):
        parts.setdefault(place(card)[1], []).append(card)
    words = script_file() if for_scripts(DESK) else ""
    values: dict[str, object] = {"parts": parts, "library": library, "due": due, "words": words, "named": named}
    values["titles"] = {card.name: typeset(str(card.title)) for card in assignments}
    values["going"] = Markup(GOING.read_text(encoding="utf-8"))
    values["sessions"] = SESSIONS * (SESSIONS[:-5] in library.toc)
    return shell_page(TEMPLATE, style=SHEET, theme=Markup(THEME), **values)


def _dress_front(site: Path) -> None:
    """Our fonts, and the sheet of the front page and of the help."""
    (site / "fonts").mkdir()
    for path in fonts.files():
        shutil.copy(path, site / "fonts")
    own = stylesheet(desk_help.STYLE.read_text(encoding="utf-8"))
    (site / SHEET).write_text(fonts.linked("fonts/") + own, encoding="utf-8")


def _dress(site: Path) -> None:
    """The desk in our colours and type: JupyterLab's own names for them, in a style sheet that the notebook's page
    loads last."""
    _dress_front(site)
    sheet = fonts.linked("fonts/") + tokens.css() + tokens.jupyter_css() + INSIDE.read_text(encoding="utf-8")
    (site / "candor.css").write_text(sheet, encoding="utf-8")
    inside = site / "notebooks" / "index.html"
    inside.write_text(
        inside.read_text(encoding="utf-8").replace("</head>", '<link rel="stylesheet" href="../candor.css"></head>', 1),
        encoding="utf-8",
    )
