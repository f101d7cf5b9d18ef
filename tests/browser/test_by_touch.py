"""What somebody meets who comes with a telephone: nothing moves under the finger, nothing lies over the options, and
one finds back to where one was."""

import json
import os
import re
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from browser.conftest import CHROMIUM_FLAGS, PATIENCE, browser, choose_row, find_chromium, still  # noqa: F401
from support.asked import ASKED

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = sync_api.expect
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def begin(page, mode="tutor", count="5"):
    page.get_by_label("Questions from").select_option("all")
    page.get_by_label("How many").select_option(count)
    choose_row(page, "mode", mode)
    page.get_by_role("button", name="Begin").tap()
    page.locator(".candor-form").wait_for()


def tap_twice(page, place):
    """Two taps at one point, as a hurried finger gives them."""
    place.scroll_into_view_if_needed()
    still(page)
    box = place.bounding_box()
    at = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.touchscreen.tap(*at)
    page.touchscreen.tap(*at)
    page.wait_for_timeout(100)


def session(page):
    return json.loads(page.evaluate("localStorage.getItem('candor-session')"))


# ---- Under the finger ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["tutor", "exam"])
def test_nothing_moves_when_an_answer_is_picked_and_a_second_tap_changes_nothing(tab, mode):
    page = tab("session")
    begin(page, mode)
    parts = page.locator(".candor-option, .candor-act button, .candor-sure button")
    page.locator(".candor-option label").last.scroll_into_view_if_needed()
    boxes = "all => all.map((one) => JSON.stringify(one.getBoundingClientRect()))"
    before = parts.evaluate_all(boxes)
    option = page.locator(".candor-option label").last
    tap_twice(page, option)
    assert parts.evaluate_all(boxes) == before
    run = session(page)
    assert run["place"] == 0 and len([one for one, _ in run["answers"].values() if one]) <= 1
    expect(page.locator(".candor-debrief")).to_have_count(0)


def test_a_second_tap_meets_nothing_that_has_only_just_come(tab):
    page = tab("session")
    begin(page)
    page.locator(".candor-option label").first.tap()
    address = page.url
    tap_twice(page, page.get_by_role("button", name="Show the reasons"))
    expect(page.locator(".candor-debrief")).to_have_count(1)
    assert page.url == address and session(page)["place"] == 0 and not session(page)["flags"]
    tap_twice(page, page.get_by_role("button", name="Next"))
    expect(page.get_by_text("Question 2 of 5", exact=True)).to_be_visible()
    assert session(page)["place"] == 1 and len(session(page)["answers"]) == 1
    page.get_by_role("button", name="Next").tap()  # and a moment later it is pressed as ever
    expect(page.get_by_text("Question 3 of 5", exact=True)).to_be_visible()


def test_a_flashcard_that_is_turned_by_two_taps_is_not_rated(tab):
    page = tab("flashcards")
    page.get_by_role("button", name="Begin").tap()
    front = page.locator(".candor-front").inner_text()
    tap_twice(page, page.get_by_role("button", name="Show the answer"))
    expect(page.locator(".candor-back")).to_be_visible()
    assert page.locator(".candor-front").inner_text() == front


@pytest.mark.parametrize("width, height", [(390, 844), (390, 700), (320, 700), (320, 568)])
def test_no_bar_lies_over_the_options(tab, width, height):
    page = tab("session")
    page.set_viewport_size({"width": width, "height": height})
    begin(page, "exam", "20")
    covered = """() => {
        const act = document.querySelector('.candor-act').getBoundingClientRect();
        return [...document.querySelectorAll('.candor-option')].map((one) => one.getBoundingClientRect())
            .filter(({ top, bottom }) => bottom > act.top + 1 && top < act.bottom - 1).length;
    }"""
    for _ in range(4):
        for share in (0, 0.3, 0.6, 1):
            page.evaluate("share => scrollTo(0, share * document.documentElement.scrollHeight)", share)
            assert page.evaluate(covered) == 0
        page.get_by_role("button", name="Next").tap()


def test_the_reasons_of_a_mock_exam_that_was_ended_early_are_those_of_what_was_answered(tab):
    page = tab("mock-exam")
    choose_row(page, "time", "0")
    page.get_by_role("button", name="Begin").tap()
    for _ in range(3):
        page.locator(".candor-option label").first.tap()
        page.get_by_role("button", name="Next", exact=False).tap()
    page.get_by_role("button", name="End early").tap()
    page.get_by_text("Every question with its reasons").tap()
    expect(page.get_by_label("Show", exact=True).locator("option:checked")).to_have_text("Answered (3)")
    expect(page.locator(".candor-all-reasons > section:visible")).to_have_count(3)


# ---- Back to where one was -----------------------------------------------------------------------------------------


def test_home_goes_on_with_what_was_last_under_way(opened, address):
    page = opened("ethics/boundaries.html", **PHONE)
    page.evaluate("scrollTo(0, 3000)")
    page.wait_for_timeout(200)
    page.goto(f"{address}practice/mock-exam.html")
    page.get_by_role("button", name="Begin").tap()
    page.locator(".candor-option label").first.tap()
    page.get_by_role("button", name="Pause").tap()
    page.goto(f"{address}index.html")
    go = page.locator("a.candor-go-on")
    expect(go).to_contain_text("Go on with your mock exam")
    page.goto(f"{address}ethics/telehealth.html")
    page.evaluate("scrollTo(0, 3000)")
    page.wait_for_timeout(200)
    page.goto(f"{address}index.html")
    expect(go).to_contain_text("Go on with your mock exam")  # it was looked up, and not read
    page.clock.install()
    page.goto(f"{address}ethics/boundaries.html")
    page.evaluate("scrollTo(0, 3000)")
    page.clock.run_for(90_000)
    page.goto(f"{address}index.html")
    expect(go).to_contain_text("Go on where you left off")
    expect(page.get_by_role("link", name="Go on with your mock exam")).to_be_visible()
    page.goto(f"{address}practice/your-study.html")
    page.get_by_role("link", name="Go on with your mock exam").tap()
    expect(page.get_by_role("heading", name="Mock exam")).to_be_visible()
    page.get_by_role("button", name="Go on", exact=True).tap()
    page.get_by_role("button", name="End early").tap()
    page.locator(ASKED).get_by_role("button", name="End early").tap()
    on = re.compile(r"Go on with the \d+ left open")
    other = page.context.new_page()
    other.goto(f"{address}practice/mock-exam.html")
    expect(other.get_by_role("button", name=on)).to_be_visible()
    page.get_by_role("button", name=on).tap()
    expect(page.get_by_role("heading", name="Short sessions")).to_be_visible()
    expect(page.locator(".candor-exam-bar")).to_contain_text(re.compile(r"0 of \d+ answered"))
    page.locator(".candor-option label").first.tap()
    expect(page.locator(".candor-exam-bar")).to_contain_text(re.compile(r"1 of \d+ answered"))
    other.get_by_role("button", name=on).tap()  # what is under way there now is not begun anew
    expect(other.locator(".candor-exam-bar")).to_contain_text(re.compile(r"1 of \d+ answered"))


def profile(browser, folder):
    """A browser that keeps what it keeps in a folder."""
    context = browser.browser_type.launch_persistent_context(
        str(folder), executable_path=find_chromium(), args=CHROMIUM_FLAGS, timeout=PATIENCE * 1000, **PHONE
    )
    return context.pages[0]


def kill(folder):
    """All processes of the browser of a profile, at once."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if f"--user-data-dir={folder}".encode() in path.read_bytes():
                os.kill(int(path.parent.name), signal.SIGKILL)


def test_after_the_browser_was_killed_one_goes_on_near_the_place_in_a_chapter(browser, address, tmp_path):
    page = profile(browser, tmp_path)
    page.clock.install()
    page.goto(f"{address}ethics/boundaries.html")
    name = page.locator(".bd-article section[id]:has(> h2)").nth(4).get_attribute("id")
    page.evaluate("id => document.getElementById(id).scrollIntoView()", name)
    page.clock.run_for(90_000)  # somebody reads, and leaves the page not once
    page.wait_for_function("JSON.parse(localStorage.getItem('candor-read:ethics/boundaries'))?.seen.length")
    page.evaluate("window.candor.store.settled")
    kill(tmp_path)
    page = profile(browser, tmp_path)
    page.goto(f"{address}index.html")
    page.locator("a.candor-go-on").tap()
    page.wait_for_url("**/ethics/boundaries.html#*")
    expect(page.locator(f"[id='{name}']")).to_be_in_viewport()
    assert page.evaluate("scrollY") > 500
    page.context.close()
