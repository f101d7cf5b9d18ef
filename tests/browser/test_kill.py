"""The browser is killed in the middle of answering: what the page called saved is on disk."""

import os
import random
import re
import signal
import time

import pytest

from browser.conftest import CHROMIUM_FLAGS, PATIENCE, cell_sources, exercise, find_chromium
from support.project import LONG

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
LIVES = 12 if LONG else 1  # of the browser
ROUNDS = 10 if LONG else 4  # at most, in one life


def marked(path) -> dict[str, str]:
    for _ in range(100):  # the server, which lives on, may be in the middle of writing
        try:
            sources = cell_sources(path)
            break
        except ValueError:
            time.sleep(0.1)
    return {name: "".join(re.findall(r"^- \[x\] \*\*([A-E])\.", source, re.M)) for name, source in sources.items()}


def test_nothing_that_was_called_saved_is_lost_when_the_browser_is_killed(lab):
    dice = random.Random(11)
    path = lab.write("killed.ipynb", exercise())
    acknowledged: dict[str, set[str]] = {}
    count = 0  # of the answers that were called saved
    with sync_api.sync_playwright() as playwright:
        for _life in range(LIVES):
            browser = playwright.chromium.launch(
                executable_path=find_chromium(), args=CHROMIUM_FLAGS, timeout=PATIENCE * 1000
            )
            processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
            main = next(process["id"] for process in processes if process["type"] == "browser")
            page = browser.new_page()
            page.set_default_timeout(15_000)
            page.on("dialog", lambda dialog: dialog.accept())
            lab.load(page)
            lab.open(page, "killed.ipynb")
            page.locator(".candor-live").first.wait_for()
            for last in [False] * dice.randint(2, ROUNDS) + [True]:
                chosen = {place: dice.choice("ABCD") for place in dice.sample(range(6), dice.randint(1, 6))}
                for place, letter in chosen.items():
                    name = f"q{place + 1:02}"
                    acknowledged[name] = acknowledged.get(name, {""}) | {
                        letter
                    }  # it may be on disk before the page says so
                    page.locator(".candor-answer").nth(place).locator(f"input[value={letter}]").check()
                if last:
                    page.wait_for_timeout(dice.randint(0, 1800))
                    break
                for place, letter in chosen.items():
                    status = page.locator(".candor-answer").nth(place).locator(".candor-status")
                    sync_api.expect(status).to_have_text(re.compile(rf"^Answered: {letter}\. Saved"))
                    acknowledged[f"q{place + 1:02}"] = {letter}
                    count += 1
            os.kill(main, signal.SIGKILL)
            now = marked(path)
            for name, possible in acknowledged.items():
                assert now[name] in possible, (name, now[name], possible)
            acknowledged = {name: {now[name]} for name in acknowledged}
    assert count >= 5 * LIVES
