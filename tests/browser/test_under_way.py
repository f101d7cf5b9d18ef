"""While one is asked the page is the question: no list at the side, the menu over the page, one column, a map that
folds; known before anything is drawn, and over with the result."""

import re
from itertools import pairwise

import pytest

from browser.conftest import browser  # noqa: F401
from support.asked import agree

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

ASKED = ("mock-exam", "sessions", "review", "flashcards")
DESK = {"viewport": {"width": 1280, "height": 900}}
MOVED = (
    "window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => { window.moved +="
    " one.value; })).observe({ type: 'layout-shift', buffered: true });"
)


def begun(page):
    agree(page)
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".candor-run")).to_be_visible()
    return page


def side(page):
    return page.locator("#pst-primary-sidebar")


def press(page, words):
    page.get_by_role("button", name=words, exact=True).click()


@pytest.mark.parametrize("name", ASKED)
def test_the_list_of_the_book_is_gone_while_one_is_asked_and_back_after(opened, name):
    page = opened(f"practice/{name}.html", **DESK)
    expect(side(page)).to_be_visible()
    words = page.locator(".bd-article section > p").first
    expect(words).to_be_visible()
    begun(page)
    expect(side(page)).to_be_hidden()
    expect(words).to_be_hidden()
    expect(page.locator(".prev-next-footer")).to_be_hidden()
    press(page, {"mock-exam": "End early", "sessions": "Finish"}.get(name, "Stop for now"))
    expect(side(page)).to_be_visible()
    assert page.evaluate("document.activeElement !== document.body")


@pytest.mark.parametrize("width", [320, 390, 820, 1280])
def test_the_menu_opens_over_the_question_at_every_width_and_gives_the_focus_back(opened, width):
    page = begun(opened("practice/mock-exam.html", viewport={"width": width, "height": 900}))
    menu = page.get_by_role("button", name="Menu")
    expect(menu).to_have_attribute("aria-expanded", "false")
    menu.focus()
    for _ in range(2):
        page.keyboard.press("Enter")
        drawer = page.locator("#pst-primary-sidebar-modal")
        expect(drawer.get_by_role("link", name="Mock exam")).to_be_visible()
        expect(menu).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Escape")
        expect(drawer).to_be_hidden()
        expect(menu).to_be_focused()
    page.locator(".candor-option").first.click()
    page.keyboard.press("Shift")
    menu.click()
    drawer.get_by_role("link", name="Short sessions").click()
    page.wait_for_url("**/sessions.html")
    page.go_back()
    expect(page.get_by_text("Section 1 of 4: 1 of 25 answered")).to_be_visible()


def test_who_has_put_the_list_away_has_it_in_the_menu_and_finds_it_put_away(opened):
    page = opened("practice/mock-exam.html", **DESK)
    press(page, "Menu")
    expect(side(page)).to_be_hidden()
    begun(page)
    press(page, "Menu")
    expect(page.locator("#pst-primary-sidebar-modal").get_by_role("link", name="Mock exam")).to_be_visible()
    page.keyboard.press("Escape")
    press(page, "End early")
    expect(page.get_by_role("heading", name="Your result")).to_be_visible()
    expect(side(page)).to_be_hidden()
    press(page, "Menu")
    expect(side(page)).to_be_visible()


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("width", [390, 1280])
def test_after_a_reload_nothing_moves_when_the_question_comes(opened, name, width):
    page = begun(opened(f"practice/{name}.html", viewport={"width": width, "height": 900}))
    late, come = [], []
    page.route(re.compile("candor-app|candor-cards"), lambda one: one.continue_() if come else late.append(one))
    page.add_init_script(MOVED)
    page.reload(wait_until="commit")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    expect(side(page)).to_be_hidden()  # before any script of the page has come
    come.append(True)
    assert late
    for one in late:
        one.continue_()
    expect(page.locator(".candor-run")).to_be_visible()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.moved") < 0.02


def test_a_run_that_is_over_after_all_gives_the_page_back(opened):
    page = begun(opened("practice/sessions.html", **DESK))
    page.evaluate("""() => {
        const run = candor.store.read('candor-session');
        candor.store.write('candor-sessions', [{ gone: true, began: run.began, at: run.began }]);
        window.addEventListener('pagehide', () => candor.store.write('candor-session', run));
    }""")
    page.reload()
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
    expect(side(page)).to_be_visible()


def boxes(page):
    parts = (".candor-exam-bar", ".candor-run", ".candor-overview", ".candor-foot")
    return [page.locator(one).bounding_box() for one in parts]


@pytest.mark.parametrize("width", [320, 390, 820, 1280])
def test_bar_question_map_and_foot_stand_in_one_column_one_step_apart(opened, width):
    page = begun(opened("practice/mock-exam.html", viewport={"width": width, "height": 900}))
    page.locator(".candor-overview > summary").click()
    page.locator(".candor-map button").first.wait_for()
    page.evaluate("scrollTo(0, 0)")
    all_of = boxes(page)
    assert len({(round(box["x"]), round(box["width"])) for box in all_of}) == 1
    for above, below in pairwise(all_of):
        assert below["y"] - above["y"] - above["height"] == pytest.approx(16, abs=1)
    finish = page.get_by_role("button", name="Finish this section").bounding_box()
    ahead = page.get_by_role("button", name="Next").bounding_box()
    assert ahead["y"] - finish["y"] - finish["height"] >= 24
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_map_says_folded_what_was_done_and_open_where(opened):
    page = begun(opened("practice/mock-exam.html", **DESK))
    folded = page.locator(".candor-overview > summary")
    expect(folded).to_have_text("1 to 25: 0 answered")
    expect(page.locator(".candor-map")).to_be_hidden()
    page.locator(".candor-option").first.click()
    page.get_by_role("button", name="Flag").click()
    expect(folded).to_have_text("1 to 25: 1 answered, 1 flagged")
    folded.click()
    first = page.get_by_role("button", name="Question 1, flagged, answered", exact=True)
    expect(first).to_have_text("1 ⚑")  # a tick says elsewhere that an answer is right
    fills = page.locator(".candor-map button").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).backgroundColor)"
    )
    assert fills[0] not in fills[1:]
    page.get_by_role("button", name="Question 7", exact=True).click()
    expect(page.get_by_role("heading", name="Question 7 of 100")).to_be_focused()
    expect(page.locator(".candor-map [aria-current]")).to_have_text("7")  # it stays open, as it was put


@pytest.mark.parametrize("height", [900, 500])
def test_the_bar_stays_in_sight_where_there_is_room_and_hides_nothing_that_has_the_focus(opened, height):
    page = begun(opened("practice/mock-exam.html", viewport={"width": 390, "height": height}))
    page.evaluate("scrollTo(0, 320)")
    bar = page.locator(".candor-exam-bar")
    if height > 704:
        expect(bar).to_be_in_viewport(ratio=1)
    else:
        expect(bar).not_to_be_in_viewport(ratio=1)
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        hidden = page.evaluate("""() => {
            const { activeElement: one } = document, bar = document.querySelector('.candor-exam-bar');
            if (bar.contains(one) || !one.closest('.candor-run')) return false;
            return one.getBoundingClientRect().top < bar.getBoundingClientRect().bottom - 1;
        }""")
        assert not hidden, page.evaluate("document.activeElement.outerHTML")
