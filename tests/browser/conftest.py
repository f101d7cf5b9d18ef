"""A real JupyterLab in a real Chromium, with the extension straight from this checkout: nothing is installed.

Everything lives in temporary folders: settings, workspaces, runtime files and the notebooks themselves.
"""

import functools
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from support.asked import agree
from support.lean import starting
from support.project import LONG
from support.windows import Windows

EXTENSION = Path(__file__).resolve().parents[2] / "grader" / "labextension"
STATIC = Path(__file__).resolve().parents[2] / "grader" / "book" / "static"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",  # letters stand as on a screen with more dots, in each build of the browser
    "--js-flags=--no-maglev --no-opt",  # what a page does here is over before its making faster pays
]
TOKEN = "only-for-this-test"
PATIENCE = 180  # seconds for a server or a browser to start on a busy machine
PAINTS = 20_000  # ms for a page to show what is expected; one behind another paints once a second, or less


@functools.cache
def _chromium() -> tuple[str, str]:
    """(a Chromium that starts, why there is none). A browser that is there and cannot start is found out once, not
    in each test. Of its two builds the one without windows comes first: a new context with a page takes a tenth of the
    work there, and the pictures are the same."""
    wanted = os.environ.get("CANDOR_CHROMIUM")
    there = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    names = [wanted] if wanted else [shutil.which(name) for name in there]
    why = "no Chromium found (set CANDOR_CHROMIUM to its path)"
    for name in names:
        if not name or not Path(name).exists():
            continue
        with tempfile.TemporaryDirectory() as profile:
            command = [name, *CHROMIUM_FLAGS, "--headless", f"--user-data-dir={profile}", "--dump-dom", "about:blank"]
            try:
                done = subprocess.run(
                    command,
                    capture_output=True,
                    text=True,
                    errors="replace",
                    timeout=PATIENCE,
                )
            except (OSError, subprocess.TimeoutExpired) as error:
                why = f"{name} does not start: {error}"
                continue
        if done.returncode == 0 and "<html" in done.stdout:
            return name, ""
        said = done.stderr.strip().splitlines()
        why = (
            f"{name} does not start (it ended with {done.returncode}): {said[-1][:200] if said else 'it said nothing'}"
        )
    return "", why


def find_chromium() -> str:
    """A Chromium that starts. Skips the test where there is none; with CANDOR_BROWSER=required, as in CI, the test
    fails."""
    path, why = _chromium()
    if not path:
        (pytest.fail if os.environ.get("CANDOR_BROWSER") == "required" else pytest.skip)(why)
    return path


# ---- Notebooks in the fixed format -----------------------------------------------------------------------------------


def _nbgrader(grade_id, **changes):
    fields = {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": False,
        "solution": False,
        "locked": True,
        "task": False,
    }
    return fields | changes


def _cell(name, source, role, *, nbgrader, editable=False, **candor):
    metadata = {"nbgrader": _nbgrader(name, **nbgrader), "candor": {"role": role, **candor}, "deletable": False}
    if not editable:
        metadata["editable"] = False
    return {"cell_type": "markdown", "id": name, "metadata": metadata, "source": source}


def question(number, options, *, kind="one-best-answer", ask="What is the best next step?", **more):
    name = f"q{number:02}"
    hint = "Choose all that apply." if kind == "all-that-apply" else "Choose one answer."
    story = f"### Question {number}\n\nSam and Alex have been together for nine years.\n\n**{ask}**\n\n*{hint}*"
    lines = "\n".join(f"- [ ] **{letter}.** {text}" for letter, text in zip("ABCDEFGHIJKL", options))
    graded = {"grade": True, "solution": True, "locked": False, "points": 1}
    return [
        _cell(f"{name}-ask", story, "ask", nbgrader={}, question=name, **more),
        _cell(name, lines, "answer", nbgrader=graded, editable=True, kind=kind, options=list(options), **more),
    ]


def reflection(name, title):
    graded = {"grade": True, "solution": True, "locked": False, "points": 0}
    return [
        _cell(
            f"{name}-prompt",
            f"## Reflection: {title}\n\nWhat would you say first, and why?",
            "prompt",
            nbgrader={},
            reflection=name,
        ),
        _cell(name, "*Write your answer here.*", "reflection", nbgrader=graded, editable=True, words="150-300"),
        _cell(
            f"{name}-c1",
            "**Both partners** (0 to 4)\n\n- 0: one is left out\n- 4: both are heard",
            "criterion",
            nbgrader={"task": True, "points": 4},
        ),
    ]


def notebook(*groups, candor=True):
    cells = [cell for group in groups for cell in group]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    if candor:
        metadata["candor"] = {"assignment": "fixture", "version": 1}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}


def exercise():
    """Six questions with one answer, one with several, and a reflection."""
    options = [
        "Tell the partner at once",
        "Name the limits of what can be kept, and plan with him",
        "Keep it and carry on as before",
        "End the therapy",
    ]
    intro = [
        _cell(
            "intro", "## Confidentiality\n\nRead, choose, write. What you do is saved as you go.", "text", nbgrader={}
        )
    ]
    return notebook(
        intro,
        *(question(number, options) for number in range(1, 7)),
        question(7, options, kind="all-that-apply", ask="Which of these belong in the first session?"),
        reflection("r1", "A secret told alone"),
    )


def cell_sources(path):
    """The cells of a notebook as they are on disk. A server writes over the file in its place, and a save may be under
    way: what is half written is read again."""
    for wait in (0.05, 0.2, 1, 5, None):
        text = Path(path).read_text(encoding="utf-8")
        try:
            return {cell["id"]: "".join(cell["source"]) for cell in json.loads(text)["cells"]}
        except json.JSONDecodeError:
            if wait is None:
                raise
            time.sleep(wait)


# ---- The server and the browser --------------------------------------------------------------------------------------


@dataclass
class Lab:
    url: str
    folder: Path

    def write(self, name, content):
        path = self.folder / name
        path.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")
        return path

    def kernels(self):
        with urllib.request.urlopen(f"{self.url}/api/kernels?token={TOKEN}", timeout=10) as answer:
            return json.load(answer)

    def load(self, page):
        """JupyterLab itself, freshly loaded and with nothing open."""
        page.goto(f"{self.url}/lab?token={TOKEN}&reset", timeout=PATIENCE * 1000)
        page.wait_for_function("window.jupyterapp?.commands.hasCommand('docmanager:open')", timeout=PATIENCE * 1000)
        page.wait_for_selector("#jupyterlab-splash", state="detached", timeout=PATIENCE * 1000)

    def open(self, page, name):
        """Closes what is open, once it is saved (a document that goes while it is being saved leaves a dialog, also
        late on a busy machine), and opens this notebook. Much faster than loading JupyterLab again."""
        page.evaluate(
            """async name => {
            const { shell, commands } = window.jupyterapp;
            const late = ".jp-Dialog[aria-label$='Disposed'] .jp-Dialog-footerButtons button";
            window.late ??= setInterval(() => document.querySelectorAll(late).forEach(button => button.click()), 200);
            for (const widget of [...shell.widgets('main')]) {
                for (let tries = 0; widget.context?.model.dirty && tries < 50; tries++) await new Promise(done => setTimeout(done, 100));
                widget.dispose();
            }
            document.querySelectorAll('.jp-Dialog .jp-Dialog-footerButtons button').forEach(button => button.click());
            await commands.execute('docmanager:open', { path: name });
        }""",  # noqa: E501
            name,
        )
        page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell")


def _environment(base):
    """Points every folder that Jupyter reads or writes into `base`."""
    share = base / "share"
    (share / "labextensions").mkdir(parents=True)
    (share / "labextensions" / "candor").symlink_to(EXTENSION, target_is_directory=True)
    settings = base / "app-settings"
    settings.mkdir()
    quiet = {
        "@jupyterlab/apputils-extension:notification": {
            "fetchNews": "false",
            "checkForUpdates": False,
            "doNotDisturbMode": True,
        }
    }
    (settings / "overrides.json").write_text(json.dumps(quiet))
    # It would look with each page that is loaded whether it should be built anew.
    (settings / "page_config.json").write_text(json.dumps({"buildCheck": False}))
    (base / "config").mkdir()
    # It would ask npm for language servers as it starts.
    without = {"ServerApp": {"jpserver_extensions": {"jupyter_lsp": False}}}
    (base / "config" / "jupyter_server_config.json").write_text(json.dumps(without))
    places = {
        "JUPYTER_PATH": share,
        "JUPYTER_CONFIG_DIR": base / "config",
        "JUPYTER_DATA_DIR": base / "data",
        "JUPYTER_RUNTIME_DIR": base / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": base / "user-settings",
        "JUPYTERLAB_WORKSPACES_DIR": base / "workspaces",
        "HOME": base,
        "IPYTHONDIR": base / "ipython",
    }
    return os.environ | {name: str(place) for name, place in places.items()}, settings


def _free_port():
    """A port that nobody listens on, from a range of this worker's own: what another has just been given is not
    given again."""
    first = 20_000 + 500 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for port in random.sample(range(first, first + 500), 500):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    pytest.fail(f"no port from {first} to {first + 499} is free")


def _wait_until_up(url, server, log, seconds=PATIENCE):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{url}/api?token={TOKEN}", timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-3000:]}")


@contextmanager
def jupyterlab(base, *options, folder=None):
    """The address of a JupyterLab server that was started in a folder; what it keeps lies in `base`."""
    environment, settings = _environment(base)
    # Formgrader starts alembic by its bare name. Where there is Node, JupyterLab asks yarn for its settings.
    environment["PATH"] = str(Path(sys.executable).parent)
    port = _free_port()
    command = [
        *starting("jupyterlab"),
        "--no-browser",
        "--allow-root",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.ip=127.0.0.1",
        f"--IdentityProvider.token={TOKEN}",
        f"--LabApp.app_settings_dir={settings}",
        "--LabApp.news_url=None",
        *options,
    ]
    url, log = f"http://127.0.0.1:{port}", base / "server.log"
    with log.open("w") as out:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait_until_up(url, server, log)
        yield url
    finally:
        server.kill()  # what it keeps goes with it
        server.wait()


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
    find_chromium()
    folder = tmp_path_factory.mktemp("notebooks")
    options = (f"--ServerApp.root_dir={folder}", "--LabApp.expose_app_in_browser=True")
    with jupyterlab(tmp_path_factory.mktemp("lab"), *options) as url:
        yield Lab(url, folder)


#: A session's questions are drawn by chance: here the same in every run, so that a test that fails on them fails again.
#: The weekly run draws others; `CANDOR_DRAW=7` draws the seventh.
DRAW = int(os.environ.get("CANDOR_DRAW", random.randint(1, 10_000) if LONG else 1))
DRAWN = f"""if (/sessions?[.]html$/.test(location.pathname)) {{
    let last = {DRAW};
    Math.random = () => (last = last * 16807 % 2147483647) / 2147483647;
}}"""


class Running:
    """The browser of this process. It goes on from file to file, as starting it with playwright's own process takes
    almost a second; it ends before a test that asks for none, since playwright holds asyncio's loop while it is there
    (tests/conftest.py)."""

    def __init__(self):
        self.ends, self.browser, self.windows, self.used = ExitStack(), None, None, False

    def here(self):
        if self.browser is None or not self.browser.is_connected():
            self.end()
            sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
            sync_api.expect.set_options(timeout=PAINTS)
            path = find_chromium()
            playwright = self.ends.enter_context(sync_api.sync_playwright())
            self.browser = playwright.chromium.launch(
                executable_path=path, args=CHROMIUM_FLAGS, timeout=PATIENCE * 1000
            )
            self.ends.callback(self.browser.close)
            self.windows = Windows(self.browser, DRAWN)
        self.used = True
        return self.browser

    def file_over(self):
        for context in set(self.browser.contexts) - set(self.windows.waiting()):
            context.close()
        self.used = False

    def end(self):
        self.browser = self.windows = None
        self.ends.close()

    def end_if_idle(self):
        if not self.used:
            self.end()


RUNNING = Running()


@pytest.fixture(scope="module")
def browser():
    print(f"CANDOR_DRAW={DRAW}")  # a test that fails shows it
    yield RUNNING.here()
    RUNNING.file_over()


@pytest.fixture
def tab(browser, practice_pages):
    """Opens pages of practice on one telephone, which keeps what they keep."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, accept_downloads=True)
    errors = []

    def open_tab(name):
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        agree(page)
        page.goto(f"{practice_pages}{name}.html")
        return page

    yield open_tab
    context.close()
    assert errors == []


@pytest.fixture(scope="module")
def loaded_page(lab, browser):
    """One tab for the module, with JupyterLab loaded once."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.set_default_timeout(15_000)
    page.errors = []
    # Other extensions may have errors of their own (ipywidgets has one where there is no kernel); ours are ours.
    page.on("pageerror", lambda error: page.errors.append(error.stack) if "/candor/" in (error.stack or "") else None)
    page.on("console", lambda message: page.errors.append(message.text) if "Candor" in message.text else None)
    page.on("dialog", lambda dialog: dialog.accept())  # "leave with changes not saved?" Yes.
    lab.load(page)
    yield page
    page.close()


@pytest.fixture
def page(loaded_page):
    yield loaded_page
    loaded_page.unroute_all()
    assert loaded_page.errors == []


# ---- A site in the browser -------------------------------------------------------------------------------------------


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words):
        pass

    def copyfile(self, source, outputfile):
        with suppress(ConnectionError):  # the page went before it had the whole file
            super().copyfile(source, outputfile)


class Lasting(Quiet):
    """As where books are published: a browser need not ask again for ten minutes, and a connection stays open. Of a
    book that was just built it would else ask for every script and style of a page anew."""

    protocol_version = "HTTP/1.1"

    def end_headers(self):
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()


@contextmanager
def served(folder, handler=Lasting):
    """The address of a folder that is given out on this machine, as a site would be. Where a test changes what is
    there, another handler says so."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def without_a_network(page, off=True):
    """Cuts it. What the browser itself has of the site, from an earlier test of this window or of this, goes as well:
    it may take that for fresh without asking."""
    session = page.context.new_cdp_session(page)
    session.send("Network.clearBrowserCache")
    session.detach()
    page.context.set_offline(off)


@pytest.fixture(scope="session")
def address(site):
    with served(site) as where:
        yield where


@pytest.fixture(scope="session")
def data(library):
    """The practice cards and forms, as the book's pages get them, in one: {"cards": {name: card}, "exams": ...}."""
    from grader.book import practice

    texts = practice.files(library)
    index = in_script(texts.pop(practice.FILE))
    faces = {name: face for text in texts.values() for name, face in in_script(text).items()}
    cards = {
        name: {**faces.pop(name), "chapter": shelf["title"], "page": shelf["page"]}
        for shelf in index["chapters"]
        for name in shelf["cards"]
    }
    assert cards and not faces, "every card is in the index, and has a chapter"
    return json.dumps({"cards": cards, "exams": index["exams"]}, ensure_ascii=False)


def in_script(text):
    """What a script of the build holds: JSON in a string."""
    return json.loads(json.loads(text[text.index("JSON.parse(") + len("JSON.parse(") : text.rindex(")")]))


APP = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Practice</title><script src="candor-store.js"></script><link rel="stylesheet" href="candor.css"><main><h1>Practice</h1>
<div class="candor-app" {what} data-base="../"></div></main>{scripts}</html>"""  # noqa: E501


@pytest.fixture(scope="session")
def practice_pages(library, tmp_path_factory):
    """The address of mock-exam.html, review.html, session.html, flashcards.html and your-study.html: our scripts and
    cards without the book."""
    from grader.book import deck, practice
    from grader.cards import glossary

    folder = tmp_path_factory.mktemp("practice")
    shutil.copytree(STATIC, folder, dirs_exist_ok=True)
    for name, text in practice.files(library).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    known = {word: f"term-{word.replace(' ', '-')}" for word in glossary.words(library.pages)}
    (folder / deck.FILE).write_text(deck.text(library, known), encoding="utf-8")
    scripts = "".join(f'<script src="{name}"></script>' for name in (practice.FILE, deck.FILE, practice.SCRIPT))
    for name, what in (
        ("mock-exam", 'data-candor-exam="knowledge-form"'),
        ("review", 'data-candor-review="all"'),
        ("session", 'data-candor-session="all"'),
        ("flashcards", 'data-candor-flashcards="all"'),
        ("your-study", 'data-candor-study="all"'),
    ):
        (folder / f"{name}.html").write_text(APP.format(what=what, scripts=scripts))
    with served(folder) as where:
        yield where


def choose_row(page, what, value):
    """Before a run: one of the rows of a choice, as `mode` or `time`."""
    page.locator(f".candor-start input[name$='-{what}'][value='{value}']").check()


def takes_keys(page):
    """What is shown, once what was kept is on the disk. A key is pressed there at once, in a tenth of the work of a
    click, which waits for two pictures of the page and tries again while no tap is taken (`still`)."""
    return page.locator(".candor-app > div:not([inert])")


def still(page):
    """Waits until a finger meets what stands there: what has only just come takes no tap for a moment."""
    page.wait_for_function("[...document.querySelectorAll('.candor-app > div')].every(one => !one.style.pointerEvents)")


#: Leaves no room in a page's store.
FILL = """() => {
    let text = 'x'.repeat(1 << 20);
    for (let number = 0; text; number++) {
        try { localStorage.setItem(`filler-${number}`, text); } catch { text = text.slice(0, text.length >> 1); }
    }
}"""

#: As a browser does whose owner forbids a page, while it is open, to keep anything.
FORBID = """() => {
    const kept = localStorage, refuse = () => { throw new DOMException('access is denied', 'SecurityError'); };
    for (const name of ['getItem', 'setItem', 'removeItem', 'key', 'clear']) {
        const real = Storage.prototype[name];
        Storage.prototype[name] = function (...given) { return this === kept ? refuse() : real.apply(this, given); };
    }
    const { get } = Object.getOwnPropertyDescriptor(Storage.prototype, 'length');
    Object.defineProperty(Storage.prototype, 'length', { get() { return this === kept ? refuse() : get.call(this); } });
    IDBFactory.prototype.open = IDBDatabase.prototype.transaction = refuse;
}"""


@contextmanager
def without_a_store(browser, folder):
    """A browser whose owner has switched off cookies: pages may keep nothing in it."""
    (folder / "Default").mkdir(parents=True)
    blocked = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (folder / "Default" / "Preferences").write_text(json.dumps(blocked))
    # The build without windows reads no settings of its owner.
    names = ("/usr/lib/chromium/chromium", shutil.which("chromium"), shutil.which("google-chrome"))
    whole = next((name for name in names if name and Path(name).exists()), find_chromium())
    context = browser.browser_type.launch_persistent_context(
        str(folder), executable_path=whole, args=CHROMIUM_FLAGS, accept_downloads=True
    )
    yield context
    context.close()


@pytest.fixture
def opened(browser, address):
    """Opens a page of the book; at the end nothing may have come from elsewhere, and the console must be quiet."""
    taken, outside, errors = [], [], []

    def open_page(name, **options):
        context = browser.new_context(**options)
        taken.append(context)
        page = context.new_page()
        page.on(
            "request",
            lambda request: (
                outside.append(request.url) if not request.url.startswith((address, "data:", "blob:")) else None
            ),
        )
        page.on("response", lambda answer: errors.append(answer.url) if answer.status >= 400 else None)
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address + name)
        return page

    yield open_page
    for context in taken:
        context.close()
    assert outside == [] and errors == []
