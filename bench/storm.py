"""What a browser keeps of the answers that it was given when everything goes wrong: it is killed, two or three tabs
answer at once, its store is full or forbidden, the network goes, the clock is turned, pages are loaded anew.

    make book && python bench/storm.py _build/html [--answers 200] [--seed 7] [--only "mock exam"]

In each trouble answers are given in a chapter, in a session with reasons at once and at the end, in a mock exam, in the
review and in the flashcards; then the browser is closed and opened again. For each it prints how many answers were
given, how many a page said were not kept, and which of the others are gone, are there twice, or are not in the record
of one's own study. An answer counts as kept from the moment the page shows its verdict without saying otherwise, in a
mock exam from when it is counted as answered, in the review from when the next card is there.
"""

from __future__ import annotations

import argparse
import functools
import os
import random
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from browser.conftest import CHROMIUM_FLAGS, FILL, FORBID, find_chromium, without_a_store
from playwright.sync_api import Browser, BrowserContext, Error, Page, TimeoutError, sync_playwright
from surfaces import KEPT, MISSED, SCORED, SURFACES, Surface, restored
from tally import Tally

EMPTY = """() => Object.keys(localStorage).filter((name) => name.startsWith('filler'))
    .forEach((name) => localStorage.removeItem(name))"""
CLOSED = """for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
    const get = () => { throw new DOMException('access is denied', 'SecurityError'); };
    Object.defineProperty(window, name, { configurable: true, get });
}"""
#: A clock that can be turned while it runs, in all pages of a tab.
CLOCK = """
    const real = Date, turned = () => {
        try { return Number(sessionStorage.getItem('storm-turned')); } catch { return 0; } // it is forbidden
    };
    window.Date = class extends real {
        constructor(...given) { given.length ? super(...given) : super(real.now() + turned()); }
        static now() { return real.now() + turned(); }
    };"""
HOUR = 3_600_000


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_words: object) -> None:
        pass


class Storm:
    """One trouble: a browser with a profile of its own, tabs in it, and what was given in them."""

    def __init__(self, dice: random.Random, address: str, answers: int, browser: Browser, folder: str) -> None:
        self.dice, self.address, self.answers, self.browser, self.folder = dice, address, answers, browser, folder
        self.tally = Tally()

    @contextmanager
    def living(self) -> Iterator[BrowserContext]:
        context = self.browser.browser_type.launch_persistent_context(
            self.folder, executable_path=find_chromium(), args=CHROMIUM_FLAGS
        )
        yield context
        with suppress(Exception):  # it was killed
            context.close()

    def open(self, context: BrowserContext, surface: Surface) -> Page:
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        page.on(
            "pageerror", lambda error: self.tally.lost.append(f"an error on the page: {error.message} {error.stack}")
        )
        page.goto(self.address + surface.page)
        self.ready(page, surface)
        return page

    def ready(self, page: Page, surface: Surface) -> None:
        """Where the questions did not come, the network is back and they are asked for once more, as a reader would."""
        surface.prepare(page)
        there, missed = page.locator(surface.ready).first, page.locator(MISSED)
        there.or_(missed).first.wait_for()
        if missed.count():
            page.context.set_offline(False)
            missed.click()
        there.wait_for()

    def answer(self, *tabs: tuple[Page, Surface]) -> None:
        """One answer in each of these tabs, at the same moment."""
        self.tally.rounds += 1
        while tabs:
            for page, surface in tabs:
                thrown = [self.dice.randrange(100), self.dice.randrange(100)]
                page.evaluate(f"(given) => {{ window.coming = ({surface.answer})(given); }}", [*thrown, *surface.given])
            again = []
            for page, surface in tabs:
                found = page.evaluate("window.coming")
                if found:
                    self.tally.take(found)
                if not found or not found["given"]:
                    self.ready(page, surface)
                    again.append((page, surface))
            tabs = tuple(again)

    def look(self) -> None:
        """What is there in a browser that was opened again."""
        with self.living() as context:
            page = context.new_page()
            page.goto(self.address + SURFACES["review"].page)
            restored(page)
            with suppress(TimeoutError):  # a full store has no room for the score
                page.wait_for_function(SCORED, timeout=3_000)
            self.tally.compare(*page.evaluate(KEPT))


def tabs(*surfaces: Surface) -> Callable[[Storm], None]:
    """Tabs that answer at the same moment, and one that answers alone now and then."""

    def run(storm: Storm) -> None:
        with storm.living() as context:
            opened = [(storm.open(context, surface), surface) for surface in surfaces]
            while storm.tally.count < storm.answers:
                storm.answer(*(opened if storm.dice.random() < 0.7 else [storm.dice.choice(opened)]))
        storm.look()

    return run


def alone(trouble: Callable[[Storm, Page, int], None]) -> Callable[[Surface], Callable[[Storm], None]]:
    """A trouble of one tab: it comes before each answer."""

    def on(surface: Surface) -> Callable[[Storm], None]:
        def run(storm: Storm) -> None:
            with storm.living() as context:
                context.add_init_script(CLOCK)
                page = storm.open(context, surface)
                while storm.tally.count < storm.answers:
                    trouble(storm, page, storm.tally.count)
                    storm.ready(page, surface)
                    storm.answer((page, surface))
            storm.look()

        return run

    return on


def fill(storm: Storm, page: Page, _number: int) -> None:
    """Full at random moments, and at others there is room again."""
    if storm.dice.random() < 0.03:
        page.evaluate(FILL if storm.dice.random() < 0.7 else EMPTY)


def fill_journal(storm: Storm, page: Page, _number: int) -> None:
    """The same of the database alone."""
    if storm.dice.random() < 0.03:
        origin, room = storm.address.rstrip("/"), ({"quotaSize": 1} if storm.dice.random() < 0.7 else {})
        with_room = page.context.new_cdp_session(page)
        with_room.send("Storage.overrideQuotaForOrigin", {"origin": origin, **room})


def forbid(storm: Storm, page: Page, number: int) -> None:
    """From a moment on; half an hour later all pages are loaded anew."""
    if number == storm.answers // 3:
        page.context.add_init_script(CLOSED)
        page.evaluate(FORBID)
    if number == 2 * storm.answers // 3:
        page.reload()


def cut(storm: Storm, page: Page, _number: int) -> None:
    if storm.dice.random() < 0.1:
        page.context.set_offline(True)
    elif storm.dice.random() < 0.3:
        page.context.set_offline(False)


def turn(storm: Storm, page: Page, _number: int) -> None:
    if storm.dice.random() < 0.1:
        page.evaluate("(by) => sessionStorage.setItem('storm-turned', by)", storm.dice.randint(-30, 30) * HOUR)


def reload(storm: Storm, page: Page, _number: int) -> None:
    if storm.dice.random() < 0.2:
        page.reload()
    if storm.dice.random() < 0.1:
        page.goto(storm.address)
        page.go_back()


def forbidden(surface: Surface) -> Callable[[Storm], None]:
    def run(storm: Storm) -> None:
        with without_a_store(storm.browser, Path(storm.folder)) as context:
            page = storm.open(context, surface)
            while storm.tally.count < storm.answers:
                storm.answer((page, surface))
        storm.tally.compare({}, [])

    return run


def kill(folder: str) -> None:
    """The browser of this profile, its first process, without a word to it."""
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # one of others that has just ended
            if f"--user-data-dir={folder}".encode() in process.read_bytes().split(b"\0"):
                return os.kill(int(process.parent.name), signal.SIGKILL)


def killed(surface: Surface) -> Callable[[Storm], None]:
    """One profile, many lives; after each the record is read in the next."""

    def run(storm: Storm) -> None:
        while storm.tally.count < storm.answers:
            with storm.living() as context:
                page = storm.open(context, surface)
                for _ in range(storm.dice.randint(5, 30)):
                    storm.answer((page, surface))
                    page.wait_for_timeout(storm.dice.randint(0, 400))
                page.wait_for_timeout(storm.dice.randint(0, 3000))
                kill(storm.folder)
            storm.look()

    return run


def troubles() -> Iterator[tuple[str, Callable[[Storm], None]]]:
    kinds: dict[str, Callable[[Surface], Callable[[Storm], None]]] = {
        "two tabs": lambda surface: tabs(surface, surface),
        "three tabs": lambda surface: tabs(surface, surface, surface),
        "store full": alone(fill),
        "journal full": alone(fill_journal),
        "store forbidden": forbidden,
        "store forbidden in the middle": alone(forbid),
        "network cut and back": alone(cut),
        "clock turned": alone(turn),
        "pages loaded anew": alone(reload),
        "browser killed": killed,
    }
    for what, trouble in kinds.items():
        for where, surface in SURFACES.items():
            yield f"{what}: {where}", trouble(surface)
    mixed = [SURFACES[name] for name in ("session, tutor", "mock exam", "review")]
    yield "three tabs: session, mock exam and review", tabs(*mixed)
    yield "two tabs: review and flashcards", tabs(SURFACES["review"], SURFACES["flashcards"])


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("site", type=Path)
    asked.add_argument("--answers", type=int, default=200)
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--only", default="", help="troubles with these words")
    given = asked.parse_args()
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(given.site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sound = True
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        address = f"http://127.0.0.1:{server.server_port}/"
        for what, work in troubles():
            if given.only not in what:
                continue
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                storm = Storm(random.Random(given.seed), address, given.answers, browser, folder)
                try:
                    work(storm)
                except Error as error:  # the page does not go on
                    storm.tally.lost.append(str(error))
                sound = storm.tally.told(what) and sound
        browser.close()
    sys.exit(0 if sound else 1)


if __name__ == "__main__":
    main()
