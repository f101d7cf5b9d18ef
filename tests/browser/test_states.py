"""axe, WCAG 2.2 AA, in the states in which a reader meets the site: on a phone, at a desk and at 200 % there, by day
and by night. A page is loaded once and walked through. The desk's states are in test_lite.py, the mock exam's in
test_mock_exam.py, pages as they open in test_book.py."""

import json

import pytest

from browser.conftest import FILL, choose_row
from browser.test_reading_tools import VOICE
from support.asked import agree
from support.axe import THIN, by_scheme, violations

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
SIZES = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "desk": {"viewport": {"width": 1280, "height": 900}},
}
ZOOMED = {"width": 640, "height": 450}  # 1280 at 200 %
CHAPTER = "process/homework.html"  # a short one, as axe reads all of it
BOOKMARK = {"at": 1, "on": True, "text": "Ask sooner", "title": "Low desire", "heading": "What it is"}


def button(page, words, place=None):
    (place or page).get_by_role("button", name=words, exact=False).first.click()


def choose(page):
    page.locator(".candor-run .candor-option label").first.click()


def session(page):
    """A session from its start to a result with its reasons, and the list of earlier ones."""
    page.get_by_label("Questions from").select_option("all")
    yield "a session's start", ()
    page.get_by_label("How many").select_option("5")
    choose_row(page, "mode", "tutor")
    button(page, "Begin")
    choose(page)
    page.get_by_role("button", name="Sure", exact=True).click()
    yield "a question, answered", ()
    button(page, "Show the reasons")
    page.locator(".candor-debrief").wait_for()
    yield "its reasons", ()
    button(page, "Pause")
    yield "a pause", ()
    button(page, "Go on")
    button(page, "Finish")
    page.locator(".candor-score").wait_for()
    yield "a result", ()
    page.get_by_text("Every question with its reasons").click()
    page.get_by_label("Show", exact=True).select_option("3")
    yield "a result, those left open", ()
    button(page, "Close this result")
    expect(page.get_by_role("button", name="Open the result")).to_have_count(1)
    yield "earlier results", ()
    button(page, "Begin")
    page.locator(".candor-form").wait_for()
    page.evaluate(FILL)
    choose(page)
    expect(page.get_by_role("alert")).to_contain_text("Not kept")
    yield "a full store", ()


def mock_exam(page):
    yield "a mock exam's start", ()
    choose_row(page, "time", "1.5")
    button(page, "Begin")
    choose(page)
    button(page, "Flag")
    page.locator(".candor-overview > summary", has_text="1 answered, 1 flagged").click()
    page.locator(".candor-map .candor-done").wait_for()
    yield "a question of a mock exam, flagged, by the clock", ()


def search(page):
    page.locator("#candor-search a.candor-hit").first.wait_for()
    yield "the page of the search", ()


def review(page):
    page.locator("button.candor-check").wait_for()
    yield "before a review", ()
    button(page, "Begin")
    page.locator(".candor-form").wait_for()
    yield "a card of the review", ()
    choose(page)
    button(page, "Check")
    page.locator(".candor-debrief").wait_for()
    yield "its verdict", ()
    page.locator(".candor-run button[data-key]").first.click()
    page.locator(".candor-form").wait_for()
    button(page, "Stop for now")
    page.get_by_label("New cards a day").select_option("0")
    expect(page.get_by_role("button", name="Begin")).to_have_count(0)
    yield "nothing more to review", ()


def flashcards(page):
    page.get_by_role("button", name="Begin").wait_for()
    yield "before flashcards", ()
    button(page, "Begin")
    page.locator(".candor-front").wait_for()
    yield "a flashcard's front", ()
    button(page, "Show the answer")
    page.locator(".candor-back").wait_for()
    yield "a flashcard's back", ()


def your_study(page):
    yield "your study, empty", ()
    names = page.evaluate("Object.values(candorPractice.chapters).flatMap((one) => one.cards)")
    one = {"form": 1, "mode": "exam", "answers": {}, "flags": [], "words": "5 of 20 right"}
    slots = [{"card": name, "area": "x"} for name in names[:20]]
    results = [{**one, "slots": slots, "began": n, "at": n * 86_400_000, "share": n / 4} for n in (1, 2, 3)]
    kept = {
        **{f"candor-answer:{name}": {"at": 1, "chosen": "A", "got": 1, "of": "A/4"} for name in names[:30]},
        "candor-mark:concerns/low-desire#x": BOOKMARK,
        "candor-history-knowledge-form": results,
    }
    page.evaluate("all => Object.entries(all).forEach(([name, one]) => candor.store.write(name, one))", kept)
    page.reload()
    page.get_by_role("heading", name="Your results").wait_for()
    page.get_by_role("button", name="Ask this browser to keep it").wait_for()
    yield "your study, full", ()


def offline(page):
    page.get_by_role("button", name="Keep for offline use").wait_for()
    yield "what can be kept", ()


def home(page):
    yield "home, for a stranger", ()
    stop = {"at": 1, "title": "Low desire", "id": "", "heading": "What it is", "seen": ["what-it-is"], "chapter": True}
    page.evaluate("stop => candor.store.write('candor-read:concerns/low-desire', stop)", stop)
    page.reload()
    page.locator(".candor-go-on").wait_for()
    yield "home, for who comes back", ()


def chapter(page):
    """Long, so that axe looks at what is new on it, and all around it stands there a few times alone."""
    page.evaluate(THIN)
    box = page.locator(".candor-question").first
    box.locator("input").first.check()
    box.locator(".candor-check").click()
    box.locator(".candor-why").first.wait_for()
    yield "a question of a chapter, answered", (".candor-question",)
    page.locator(".candor-mark").first.click()
    page.locator(".candor-note textarea").fill("My client Anna Kowalski.")
    page.locator(".candor-warned:not(:empty)").wait_for()
    yield "a note that may identify somebody", (".candor-note", ".candor-mark")
    button(page, "Read aloud")
    page.locator(".candor-aloud").wait_for()
    yield "the bar of reading aloud", (".candor-aloud", ".candor-tools")
    page.locator("a.candor-term").first.click()
    page.locator(".candor-card-open").wait_for()
    yield "a word of the glossary, opened", (".candor-card-open",)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("cant orgasm")
    page.locator("#pst-search-dialog a.candor-hit").first.wait_for()
    yield "the search with its results", ("#pst-search-dialog",)


WALKS = {
    "practice/sessions.html": session,
    "practice/mock-exam.html": mock_exam,
    "search.html?q=vaginismus": search,
    "practice/review.html": review,
    "practice/flashcards.html": flashcards,
    "practice/your-study.html": your_study,
    "practice/offline.html": offline,
    "index.html": home,
    CHAPTER: chapter,
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", WALKS)
def test_axe_finds_nothing(browser, address, name, size):
    context = browser.new_context(reduced_motion="reduce", **SIZES[size])
    page = context.new_page()
    page.set_default_timeout(20_000)
    agree(page)
    page.add_init_script(VOICE)
    page.goto(address + name)
    found = {}

    def look(state, parts, axe):
        if not parts:
            page.evaluate("scrollTo(0, 0)")  # what lies half under the page's bar counts as a small target
        if what := axe(page, parts=parts):
            found[state] = what
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), state

    for state, parts in WALKS[name](page):
        look(state, parts, by_scheme)
        if size == "desk":  # as the page stands there at 200 %; its colours by day are those of the phone
            page.set_viewport_size(ZOOMED)
            page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            look(f"{state}, zoomed", parts, violations)
            page.set_viewport_size(SIZES["desk"]["viewport"])
    context.close()
    assert json.loads(json.dumps(found)) == {}
