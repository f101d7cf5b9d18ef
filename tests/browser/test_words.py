"""The interface in a language made by code, in which every message stands in brackets: on pages nothing of ours is
without them (on the desk: test_lab.py and test_lite.py)."""

import pytest

from grader import language
from support.asked import ASKED
from support.bracketed import script

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


@pytest.fixture
def say(browser, address):
    """Opens pages of the book as one reader; gives the page, and asserts that nothing stands without brackets."""
    context = browser.new_context(locale="en-US")
    context.add_init_script(script(language.BOOK))
    page = context.new_page()
    page.set_default_timeout(20_000)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def look(where="body", skip=""):
        assert page.evaluate("([where, skip]) => bare(where, skip)", [where, skip]) == []

    def opened(name):
        page.goto(address + name)
        page.wait_for_load_state("load")
        return page

    opened.look, opened.page = look, page
    yield opened
    context.close()
    assert errors == []


def said(text):
    """A message as the pseudo-language says it."""
    return language.pseudo(text)


def press(page, text, **options):
    page.get_by_role("button", name=said(text), **options).first.click()


def test_a_chapter(say):
    page = say("therapist/talking-about-sex.html")
    page.locator("a.candor-cite").first.click()
    page.locator(".candor-card-open").wait_for()
    say.look(skip=".candor-card-open div, .candor-card-open p")
    page.keyboard.press("Escape")
    box = page.locator(".candor-question").first
    box.locator(".candor-check").click()
    say.look()
    for letter in "AB":
        box.locator(f"input[value={letter}]").check()
        box.locator(".candor-check").click()
        box.locator(".candor-why").first.wait_for()
        say.look()
    page.reload()
    box.locator(".candor-why").first.wait_for()
    page.locator(".candor-mark").first.click()
    page.locator(".candor-note textarea").fill("Anna Smith from Boston called on 3 May 2026.")
    page.wait_for_function("document.querySelector('.candor-warned').textContent")
    say.look()


def test_a_session_its_result_and_what_is_kept(say):
    page = say("practice/sessions.html")
    page.locator(".candor-start").wait_for()
    say.look()
    page.locator("#candor-count").select_option("5")
    page.locator(".candor-start button").click()
    page.locator(".candor-run").wait_for()
    say.look()
    for _ in range(2):
        page.locator(".candor-run input").first.check()
        press(page, "Sure", exact=True)
        press(page, "Show the reasons")
        page.locator(".candor-debrief").wait_for()
        press(page, "Flag", exact=True)
        say.look()
        press(page, "Next")
    press(page, "Pause")
    say.look()
    say("index.html")
    page.locator(".candor-go-on").wait_for()
    say.look()
    say("practice/sessions.html")
    press(page, "Go on")
    press(page, "Finish")
    say.look(ASKED)
    page.locator(f"{ASKED} .candor-check").click()
    page.locator(".candor-score").wait_for()
    say.look()
    press(page, "Close this result")
    page.locator(".candor-past").wait_for()
    say.look()
    say("practice/your-study.html")
    page.locator("#bookmarks-and-notes").wait_for()
    say.look()
    press(page, "Erase all of it")
    say.look(ASKED)


def test_a_mock_exam(say):
    page = say("practice/mock-exam.html")
    page.locator(".candor-start").wait_for()
    say.look()
    page.locator(".candor-start button").click()
    page.locator(".candor-run").wait_for()
    page.locator(".candor-run input").first.check()
    say.look()
    press(page, "End early")
    say.look(ASKED)
    page.locator(f"{ASKED} .candor-check").click()
    page.locator(".candor-score").wait_for()
    say.look()


def test_review_and_flashcards(say):
    page = say("practice/review.html")
    page.locator("button.candor-check").wait_for()
    say.look()
    press(page, "Begin")
    page.locator(".candor-run").wait_for()
    say.look()
    press(page, "Check")
    page.locator(".candor-run input").first.check()
    press(page, "Check")
    page.locator(".candor-debrief").wait_for()
    say.look()
    page.locator(".candor-act button").first.click()
    press(page, "Leave this card out")
    say.look()
    page = say("practice/flashcards.html")
    press(page, "Begin")
    page.locator(".candor-run").wait_for()
    say.look()
    press(page, "Show the answer")
    page.locator(".candor-back").wait_for()
    say.look()


def test_the_search(say):
    page = say("search.html#q=lubricnt")
    page.locator(".candor-found[data-query]").wait_for()
    say.look(skip=".candor-found a, .candor-found p")
    assert "⟦" in page.locator("#candor-search .candor-said").text_content()


@pytest.mark.parametrize(
    "name, place",
    [
        ("glossary.html", ".candor-find"),
        ("appendix/rests-on.html", ".candor-filter"),
        ("practice/offline.html", ".candor-keep, [data-candor-offline] p"),
        ("appendix/jurisdiction.html", ".candor-choose"),
    ],
)
def test_lists_filters_and_what_is_kept(say, name, place):
    page = say(name)
    page.locator(place).first.wait_for()
    say.look(skip="option[value]:not([value=''])")
