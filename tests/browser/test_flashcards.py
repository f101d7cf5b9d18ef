"""Flashcards: by keyboard and finger, kept through a reload, shared by two tabs, with the day's own limit."""

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect


@pytest.fixture
def context(browser):
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    yield context
    context.close()


def shown(context, practice_pages):
    page = context.new_page()
    page.goto(practice_pages + "flashcards.html")
    return page


def opened(context, practice_pages):
    page = shown(context, practice_pages)
    page.get_by_role("button", name="Begin").tap()
    return page


def front(page):
    return page.locator(".candor-front").inner_text()


def count(page):
    return page.get_by_text("to review now").inner_text()


def test_a_card_is_turned_and_rated_by_keyboard_and_the_next_has_the_focus(context, practice_pages):
    page = opened(context, practice_pages)
    first = front(page)
    page.locator(".candor-run h2").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "candor-back"
    assert page.locator(".candor-back a").get_attribute("href").startswith("../glossary.html#term-")
    page.keyboard.press("3")
    expect(page.locator(".candor-front")).not_to_have_text(first)
    assert page.evaluate("document.activeElement.tagName") == "H2"
    assert count(page).startswith("9 to review now; 1 of ")


def test_a_turned_card_is_still_turned_after_a_reload_and_a_finger_takes_the_answer_back(context, practice_pages):
    page = opened(context, practice_pages)
    page.get_by_role("button", name="Show the answer").tap()
    first = front(page)
    page.reload()
    assert front(page) == first and page.locator(".candor-back").is_visible()
    page.get_by_role("button", name="Not known").tap()
    page.get_by_role("button", name="Take back the last answer").tap()
    assert front(page) == first and count(page).startswith("10 to review now; 0 of ")


def test_a_deck_and_a_limit_of_its_own_are_kept_and_two_tabs_share_the_cards(context, practice_pages):
    page, other = opened(context, practice_pages), shown(context, practice_pages)
    page.bring_to_front()
    page.get_by_role("button", name="Stop for now").tap()
    page.get_by_label("Cards", exact=True).select_option("fact")
    page.get_by_label("New cards a day").select_option("5")
    begin, choice = page.get_by_role("button", name="Begin"), page.get_by_label("Cards", exact=True)
    assert choice.bounding_box()["y"] < begin.bounding_box()["y"] < 800  # what one chooses, then what begins
    begin.tap()
    page.get_by_role("button", name="Show the answer").tap()
    page.get_by_role("button", name="Easy").tap()
    other.bring_to_front()
    other.get_by_text("4 to review now; 1 of ").wait_for()
    page.reload()
    page.get_by_role("button", name="Stop for now").tap()
    assert page.get_by_label("Cards", exact=True).input_value() == "fact"
    page.goto(practice_pages + "review.html")
    assert count(page).startswith("10 to review now"), "questions have a limit of their own"
