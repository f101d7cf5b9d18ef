"""What a browser keeps of the answers given in a chapter when everything goes wrong: it is killed, two or three tabs
answer at once, its store is full or closed, the network goes, the clock is changed. It is killed in a session, in a
mock exam and in the review, too.

    make book && python bench/storm.py _build/html [--answers 200] [--seed 7]

For each trouble it prints how many answers were given, how many a page said were not kept, and how many of the others
are gone. An answer counts as kept from the moment the page shows the verdict without saying otherwise, in a mock exam
from the moment it is counted as answered, in the review from when the next card is there. Where some are lost, the age
of the oldest is told, too, and always how long the page took.
"""

from __future__ import annotations

import argparse
import functools
import os
import random
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from browser.conftest import CHROMIUM_FLAGS, FILL, find_chromium, without_a_store
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from surfaces import CHAPTER, EXAM, REVIEW, SESSION, Surface


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_words: object) -> None:
        pass


class Storm:
    """What was given in one trouble. `given`: question -> (letter, when, whether the page said that it is not kept)."""

    def __init__(self, dice: random.Random, address: str, answers: int, surface: Surface = CHAPTER) -> None:
        self.dice, self.address, self.answers, self.surface, self.count = dice, address, answers, surface, 0
        self.given: dict[str, list[tuple[str, float, bool]]] = defaultdict(list)
        self.waits: list[float] = []  # milliseconds

    def open(self, context: BrowserContext) -> Page:
        page = context.new_page()
        self.surface.open(page, self.address)
        return page

    def answer(self, page: Page) -> None:
        thrown = [self.dice.randrange(100), self.dice.randrange(100)]
        while not (found := page.evaluate(self.surface.answer, [*thrown, *self.surface.given])):
            self.surface.prepare(page)
            page.locator(self.surface.ready).first.wait_for()
            thrown[1] += 1
        name, letter, said, wait = found
        self.count += 1
        self.waits.append(wait)
        self.given[name].append((letter, time.time(), "Not kept" in said or "keeps nothing" in said))

    def lost(self, kept: dict[str, str], now: float) -> list[float]:
        """Ages, in seconds, of last answers that are gone though no page said so."""
        last = {name: [one for one in all_ if not one[2]][-1:] for name, all_ in self.given.items()}
        return sorted(now - one[0][1] for name, one in last.items() if one and kept.get(name) != one[0][0])

    def told(self, what: str, ages: list[float]) -> bool:
        unkept = sum(one[2] for all_ in self.given.values() for one in all_)
        young = f", the oldest {max(ages):.1f} s before the end" if ages else ""
        waits = f"said after {statistics.median(self.waits):.0f} ms, at most {max(self.waits):.0f} ms"
        lost = f"{unkept} said not to be kept, {len(ages)} lost{young}"
        print(f"{what}: {self.count} answers, {lost}; {waits}", flush=True)
        return not ages


def tabs(storm: Storm, browser: Browser, count: int) -> list[float]:
    context = browser.new_context()
    pages = [storm.open(context) for _ in range(count)]
    for _ in range(storm.answers):
        storm.answer(storm.dice.choice(pages))
    kept = pages[0].evaluate(storm.surface.kept)
    context.close()
    return storm.lost(kept, time.time())


def alone(prepare: Callable[[Page, int], None]) -> Callable[[Storm, Browser], list[float]]:
    """A trouble of one tab: `prepare` is called before each answer."""

    def run(storm: Storm, browser: Browser) -> list[float]:
        context = browser.new_context()
        page = storm.open(context)
        for number in range(storm.answers):
            prepare(page, number)
            storm.answer(page)
        context.set_offline(False)
        page.reload()
        kept = page.evaluate(storm.surface.kept)
        context.close()
        return storm.lost(kept, time.time())

    return run


def fill(page: Page, number: int) -> None:
    if number == 3:
        page.evaluate(FILL)


def cut(page: Page, number: int) -> None:
    page.context.set_offline(number % 20 >= 10)


def turn(page: Page, number: int) -> None:
    """Every tenth answer the clock jumps by up to a day, back or on."""
    if number % 10 == 0:
        page.clock.set_fixed_time(time.time() * 1000 + (number * 7919 % 172_800 - 86_400) * 1000)


def closed(storm: Storm, browser: Browser) -> list[float]:
    with tempfile.TemporaryDirectory() as folder, without_a_store(browser, Path(folder)) as context:
        page = storm.open(context)
        for _ in range(storm.answers):
            storm.answer(page)
    return storm.lost({}, time.time())


def killed(storm: Storm, browser: Browser) -> list[float]:
    """One profile, many lives; after each the record is read in the next."""
    ages: list[float] = []
    end = 0.0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        kept: dict[str, str] = {}
        done = 0
        while done < storm.answers:
            context = browser.browser_type.launch_persistent_context(
                folder, executable_path=find_chromium(), args=CHROMIUM_FLAGS
            )
            page = storm.open(context)
            if done:
                kept = page.evaluate(storm.surface.kept)
                ages += storm.lost(kept, end)
                storm.given = defaultdict(list, {n: [(k, 0.0, False)] for n, k in kept.items()})
            for _ in range(storm.dice.randint(5, 30)):
                storm.answer(page)
                done += 1
                page.wait_for_timeout(storm.dice.randint(0, 400))
            page.wait_for_timeout(storm.dice.randint(0, 3000))
            end = time.time()
            for process in Path("/proc").glob("[0-9]*/cmdline"):
                if f"--user-data-dir={folder}".encode() in process.read_bytes():
                    os.kill(int(process.parent.name), signal.SIGKILL)
                    break
            with suppress(Exception):  # its browser is gone
                context.close()
    return ages


TROUBLES: dict[str, tuple[Surface, Callable[[Storm, Browser], list[float]]]] = {
    "two tabs": (CHAPTER, lambda storm, browser: tabs(storm, browser, 2)),
    "three tabs": (CHAPTER, lambda storm, browser: tabs(storm, browser, 3)),
    "store full from the third answer on": (CHAPTER, alone(fill)),
    "store forbidden": (CHAPTER, closed),
    "network cut and back": (CHAPTER, alone(cut)),
    "clock changed": (CHAPTER, alone(turn)),
    "browser killed": (CHAPTER, killed),
    "browser killed in a session": (SESSION, killed),
    "browser killed in a mock exam": (EXAM, killed),
    "browser killed in the review": (REVIEW, killed),
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("site", type=Path)
    asked.add_argument("--answers", type=int, default=200)
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--only", choices=list(TROUBLES))
    given = asked.parse_args()
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(given.site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sound = True
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        address = f"http://127.0.0.1:{server.server_port}/"
        for what, (surface, work) in TROUBLES.items():
            if given.only in (None, what):
                storm = Storm(random.Random(given.seed), address, given.answers, surface)
                sound = storm.told(what, work(storm, browser)) and sound
        browser.close()
    sys.exit(0 if sound else 1)


if __name__ == "__main__":
    main()
