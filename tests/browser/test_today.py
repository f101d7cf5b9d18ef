"""What to practise today: what each place is for at a first visit, then what is due and how it went; what was begun and
not finished comes first; ten questions at one press."""

import json
import re
import time

import pytest

from browser.conftest import without_a_store
from browser.test_doors import MOVED, put
from support.axe import by_scheme

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
PAGE = "practice/index.html"
SIZES = {
    "desk": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
DAY = 86_400_000


@pytest.fixture(params=SIZES)
def size(request):
    return SIZES[request.param]


def card(page, title):
    return page.locator(".candor-card", has=page.get_by_role("link", name=title, exact=True))


@pytest.fixture
def known(data):
    """What a browser keeps of a person who has practised: two cards due and one later, a session, a missed question,
    a mock exam."""
    now, names = int(time.time() * 1000), list(json.loads(data)["cards"])
    memory = {"stability": 3, "difficulty": 5, "interval": 3, "last": now - 4 * DAY, "first": now - 9 * DAY}
    due = [now - DAY, now - 2 * DAY, now + 3 * DAY]
    review = {name: {**memory, "due": at} for name, at in zip(names, due, strict=False)}
    slots = [{"card": name, "area": "x"} for name in names[:50]]
    ended = {"began": 1, "at": now - DAY, "form": 1, "mode": "exam", "answers": {}, "flags": [], "words": "x"}
    session = {**ended, "slots": slots[:10], "title": "New questions", "words": "7 of 10 right", "share": 0.7}
    missed = {"at": now, "chosen": "A", "got": 0, "of": "B/4"}
    kept = {
        "candor-review": {"exam": "", "examAt": 0, "cards": review, "open": None},
        "candor-sessions": [session],
        "candor-history-knowledge-form": [{**ended, "slots": slots, "share": 0.62}],
        f"candor-answer:{names[0]}": missed,
        f"candor-answer:{names[1]}": missed,
    }
    return {name: json.dumps(value) for name, value in kept.items()}


def test_at_a_first_visit_each_place_says_what_it_is_for(opened, size):
    page = opened(PAGE, **size)
    primary = page.locator(".bd-article .candor-button.primary:visible")
    expect(primary).to_have_count(1)
    expect(primary).to_have_text("Ten questions now")
    expect(primary).to_be_in_viewport(ratio=1)
    for title, words in (
        ("Short sessions", "of your choice"),
        ("Short sessions", "Five questions now"),
        ("Spaced review", "about to forget"),
        ("Mock exam", "all areas of knowledge"),
    ):
        expect(card(page, title)).to_contain_text(words)
    ends = page.locator(".candor-cards .candor-card [data-known]").evaluate_all(
        "all => all.map(one => [one, one.lastElementChild].map(part => part.getBoundingClientRect().bottom))"
    )
    assert max(room - words for room, words in ends) < 2, "a hole below the words"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_who_has_practised_sees_what_is_due_and_how_it_went(opened, size, known):
    page = opened(PAGE, **size)
    put(page, known)
    page.reload()
    expect(card(page, "Spaced review")).to_contain_text("2 questions due today.")
    expect(card(page, "Short sessions")).to_contain_text("7 of 10 right")  # too few for a range
    expect(card(page, "Short sessions")).not_to_contain_text("likely")
    expect(card(page, "Mock exam")).to_contain_text(re.compile(r"62 of 100, likely between 48 and 74"))
    expect(card(page, "Mock exam").get_by_role("img", name="Your score")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Practise the 2 questions you missed").click()
    expect(page.get_by_label("Questions from")).to_have_value("missed")


def test_when_nothing_is_due_the_next_day_is_said(opened, known):
    page = opened(PAGE)
    review = json.loads(known["candor-review"])
    later = {name: {**one, "due": int(time.time() * 1000) + 3 * DAY} for name, one in review["cards"].items()}
    put(page, {"candor-review": json.dumps({**review, "cards": later})})
    page.reload()
    expect(card(page, "Spaced review")).to_contain_text(
        re.compile(r"Nothing due today. The next question comes on \w+")
    )


def test_a_mock_exam_that_was_begun_comes_first(opened, size):
    page = opened("practice/mock-exam.html", **size)
    page.get_by_role("button", name="Begin").click()
    page.locator(".candor-run .candor-option label").first.click()
    page.goto(page.url.replace("mock-exam", "index"))
    primary = page.locator(".bd-article .candor-button.primary:visible")
    expect(primary).to_have_text("Go on with your mock exam")
    expect(page.get_by_text(re.compile(r"^1 of \d+ answered"))).to_be_visible()
    expect(page.get_by_role("link", name="Ten questions now")).to_be_visible()
    primary.click()
    expect(page.locator(".candor-exam-bar")).to_be_visible()


def test_ten_questions_begin_at_once_and_only_once(opened, size):
    page = opened(PAGE, **size)
    page.get_by_role("link", name="Ten questions now").click()
    bar = page.locator(".candor-exam-bar")
    expect(bar).to_contain_text("0 of 10 answered")
    assert "now=" not in page.url
    kept = page.evaluate("localStorage.getItem('candor-session')")
    page.reload()
    expect(bar).to_contain_text("0 of 10 answered")
    page.goto(f"{page.url}?now=10")  # an address that somebody kept
    expect(bar).to_contain_text("0 of 10 answered")
    began = "JSON.parse(localStorage.getItem('candor-session')).began"
    assert page.evaluate(began) == json.loads(kept)["began"]
    page.goto(page.url.replace("sessions", "index"))
    expect(page.locator(".candor-button.primary:visible")).to_have_text("Go on with your session")
    expect(page.get_by_role("link", name="Ten questions now")).to_have_count(0)


def test_what_another_tab_does_is_seen(opened, known):
    page = opened(PAGE)
    other = page.context.new_page()
    other.goto(page.url)
    expect(card(page, "Spaced review")).to_contain_text("about to forget")
    put(other, known)
    expect(card(page, "Spaced review")).to_contain_text("2 questions due today.")


def test_nothing_moves_when_it_is_known_late(browser, address, known, size):
    context = browser.new_context(**size)
    page = context.new_page()
    page.goto(address + PAGE)
    put(page, known)
    late, come = [], []
    page.route(re.compile(r"candor-practice\.js"), lambda route: route.continue_() if come else late.append(route))
    page.add_init_script(MOVED)
    page.goto(address + PAGE, wait_until="commit")
    page.locator("h1").wait_for()
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    come.append(True)
    for route in late:
        route.continue_()
    assert late, "no script was late: this test shows nothing"
    expect(card(page, "Spaced review")).to_contain_text("2 questions due today.")
    page.wait_for_load_state("networkidle")
    moved = page.evaluate("window.moved")
    context.close()
    assert moved < 0.02


def test_without_a_script_or_a_store_it_leads_to_every_place(browser, address, tmp_path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PAGE)
    card(page, "Spaced review").get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text("Spaced review")
    context.close()
    with without_a_store(browser, tmp_path / "closed") as context:
        page = context.new_page()
        page.goto(address + PAGE)
        expect(card(page, "Mock exam")).to_contain_text("all areas of knowledge")
        page.get_by_role("link", name="Ten questions now").click()
        expect(page.locator(".candor-exam-bar")).to_contain_text("0 of 10 answered")


def test_axe_finds_nothing(opened, size, known):
    page = opened(PAGE, reduced_motion="reduce", **size)
    assert by_scheme(page, thin=True) == {}
    put(page, known)
    page.reload()
    expect(card(page, "Spaced review")).to_contain_text("2 questions due today.")
    assert by_scheme(page, thin=True) == {}
