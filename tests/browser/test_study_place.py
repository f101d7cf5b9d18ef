"""A place to study in, on a phone and at a desk: the debrief in full, review of what was read, timed sessions."""

import json

import pytest

from browser.conftest import browser, choose_row  # noqa: F401
from support.asked import agree
from support.axe import violations

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = sync_api.expect
SIZES = {"phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True}, "desk": {}}
AT_EACH_SIZE = pytest.mark.parametrize("tab", SIZES, indirect=True)
BEGIN = "Begin"


@pytest.fixture
def tab(browser, practice_pages, request):
    """Opens pages in one browser that keeps what they keep: of a phone, and with `AT_EACH_SIZE` of a desk, too."""
    size = getattr(request, "param", "phone")
    context = browser.new_context(**SIZES[size])
    errors = []

    def open_tab(name, kept=None):
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        agree(page)
        page.phone = size == "phone"
        if kept:
            page.goto(f"{practice_pages}{name}.html")
            page.evaluate("kept => Object.entries(kept).forEach(([at, one]) => localStorage.setItem(at, one))", kept)
        page.goto(f"{practice_pages}{name}.html")
        return page

    yield open_tab
    context.close()
    assert errors == []


def cards_of(data):
    return json.loads(data)["cards"]


def begin(page, *, count="5", source="all", mode="tutor"):
    page.get_by_label("Questions from").select_option(source)
    page.get_by_label("How many").select_option(count)
    choose_row(page, "mode", mode)
    page.get_by_role("button", name=BEGIN).click()
    page.locator(".candor-form").wait_for()


def kept(page, name):
    return json.loads(page.evaluate("name => localStorage.getItem(name)", name))


def choose(page, card, right):
    """Choose what is right, all of it, or one that is not; how many were chosen."""
    places = [n for n, option in enumerate(card["options"]) if option["right"] is right]
    for place in (chosen := places if right else places[:1]):
        page.locator(".candor-run .candor-option label").nth(place).click()
    return len(chosen)


# ---- Sessions ------------------------------------------------------------------------------------------------------


def test_the_list_of_a_session_is_in_the_order_of_the_book(tab, library):
    from grader.book.tables import in_order
    from grader.web.words import typeset

    page = tab("session")
    shown = page.locator("#candor-from option").evaluate_all("all => all.map(one => one.value)")
    chapters = [value.removeprefix("chapter:") for value in shown if value.startswith("chapter:")]
    titles = [typeset(str(chapter.title)) for chapter in in_order(library)]
    assert chapters == [title for title in titles if title in chapters]
    assert len(chapters) > 40


@AT_EACH_SIZE
def test_how_sure_one_is_comes_before_the_reason_and_stands_in_the_result(tab, data):
    page = tab("session")
    begin(page)
    name = kept(page, "candor-session")["slots"][0]["card"]
    choose(page, cards_of(data)[name], right=False)
    page.get_by_role("button", name="Sure", exact=True).click()
    expect(page.get_by_role("button", name="Sure", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".candor-debrief")).to_have_count(0)
    page.get_by_role("button", name="Show the reasons").click()
    expect(page.get_by_role("group", name="How sure are you?")).to_have_count(0)  # it is too late now
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_text("How sure you were. Sure: 0 of 1 right.")).to_be_visible()
    page.get_by_text("Every question with its reasons").click()
    page.get_by_label("Show", exact=True).select_option(label="Sure, and not right (1)")
    expect(page.locator(".candor-all-reasons > section:visible")).to_have_count(1)


def test_ten_minutes_end_by_the_clock_and_count_what_was_reached(tab):
    page = tab("session")
    page.clock.install()
    begin(page, count="minutes", mode="exam")
    expect(page.locator(".candor-time")).to_contain_text("left")
    for _ in range(3):
        page.locator(".candor-option label").first.click()
        page.get_by_role("button", name="Next").click()
    page.clock.run_for(601_000)
    expect(page.get_by_text("The time has run out.")).to_be_visible()
    expect(page.locator(".candor-score")).to_contain_text("17 of 20 questions were not answered")


@AT_EACH_SIZE
@pytest.mark.parametrize("mode, words", [("tutor", "Show the reasons"), ("exam", "Next")])
def test_the_next_step_follows_the_options_and_keys_are_told_where_there_are_some(tab, mode, words):
    page = tab("session")
    begin(page, mode=mode)
    step = page.get_by_role("button", name=words)
    assert "candor-check" in step.get_attribute("class")
    last = page.locator(".candor-option").last.bounding_box()
    assert 0 < step.bounding_box()["y"] - last["y"] - last["height"] < 250
    expect(page.locator(".candor-keys")).to_be_visible(visible=not page.phone)
    expect(step.locator("kbd")).to_be_visible(visible=not page.phone)
    assert violations(page) == []


# ---- The debrief ---------------------------------------------------------------------------------------------------


@AT_EACH_SIZE
def test_a_result_tells_each_option_the_sources_and_the_section_and_reopens_in_full(tab, data):
    page = tab("session")
    begin(page, mode="exam")
    names = [slot["card"] for slot in kept(page, "candor-session")["slots"]]
    mine = []
    for place, name in enumerate(names):
        mine.append(choose(page, cards_of(data)[name], right=place > 1))
        if place == 2:
            page.get_by_role("button", name="Flag").click()
        if place < 4:
            page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Finish").click()
    for again in (False, True):
        if again:
            page.reload()
            page.get_by_role("button", name="Open the result").click()
        page.get_by_text("Every question with its reasons").click()
        for number, name in enumerate(names, 1):
            card, shown = cards_of(data)[name], page.locator(f"#candor-reasons-{number}")
            assert shown.locator(".candor-debrief > ul > li").count() == len(card["options"])
            expect(shown.locator(".candor-mine")).to_have_count(mine[number - 1])
            expect(shown.locator("em", has_text="Unless:")).to_have_count(1 if card["unless"] else 0)
            expect(shown.locator(".candor-sources")).to_have_count(1 if card["sources"] else 0)
            taught = shown.locator(".candor-taught a")
            expect(taught).to_have_attribute("href", f"../{card['section']}")
        for words, places in (("Not right (2)", [1, 2]), ("Flagged (1)", [3]), ("All (5)", [1, 2, 3, 4, 5])):
            page.get_by_label("Show", exact=True).select_option(label=words)
            visible = page.locator(".candor-all-reasons > section:visible")
            assert visible.evaluate_all("all => all.map(one => Number(one.id.split('-').at(-1)))") == places


# ---- Review --------------------------------------------------------------------------------------------------------


def reviewing(page):
    page.get_by_role("button", name=BEGIN).click()
    page.locator(".candor-run").wait_for()
    return page


def review_one(page, data, right=True):
    name = json.loads(data)["cards"]
    shown = page.locator(".candor-run .candor-ask").inner_html()
    card = next(card for card in name.values() if card["ask"] == shown and card["story"] in story_of(page, card))
    choose(page, card, right)
    page.get_by_role("button", name="Check").click()
    page.get_by_role("button", name="Good" if right else "Next, and show it again tomorrow").click()
    return card


def story_of(page, card):
    same = "(story) => { const box = document.createElement('div'); box.innerHTML = story;"
    found = page.evaluate(
        f"{same} return document.querySelector('.candor-run').textContent.includes(box.textContent); }}", card["story"]
    )
    return card["story"] if found else ""


def opened(page_name):
    stop = {"at": 1, "title": "x", "id": "", "heading": ""}
    return {f"candor-read:{page_name}": json.dumps(stop)}


def test_new_cards_come_from_chapters_that_were_opened_first(tab, data):
    page = reviewing(tab("review", kept=opened("concerns/orgasm")))
    for _ in range(3):
        expect(page.locator(".candor-run > h2")).to_have_text("Orgasm difficulties")
        review_one(page, data)


def test_a_limit_of_new_cards_a_day_is_kept(tab, data):
    page = tab("review")
    expect(page.get_by_text("10 to review now", exact=False)).to_be_visible()
    page.get_by_label("New cards a day").select_option("5")
    expect(page.get_by_text("5 to review now", exact=False)).to_be_visible()
    review_one(reviewing(page), data)
    page.reload()
    page.get_by_role("button", name="Stop for now").click()
    expect(page.get_by_label("New cards a day")).to_have_value("5")
    expect(page.get_by_text("4 to review now", exact=False)).to_be_visible()
    page.get_by_label("New cards a day").select_option("0")
    expect(page.get_by_role("button", name=BEGIN)).to_have_count(0)


def test_the_last_answer_can_be_taken_back(tab, data):
    page = reviewing(tab("review"))
    first = page.locator(".candor-run .candor-ask").inner_html()
    story = page.locator(".candor-run").inner_text()
    review_one(page, data)
    assert page.locator(".candor-run").inner_text() != story
    page.reload()  # it outlasts that
    page.get_by_role("button", name="Take back the last answer").click()
    expect(page.locator(".candor-run .candor-ask")).to_have_text(first)
    expect(page.locator(".candor-form input:checked")).to_have_count(0)
    expect(page.get_by_text("10 to review now", exact=False)).to_be_visible()
    expect(page.get_by_role("button", name="Take back the last answer")).to_have_count(0)
    page.reload()
    expect(page.get_by_text("; 0 of", exact=False)).to_be_visible()


def test_a_card_can_be_left_out_and_brought_back(tab):
    page = reviewing(tab("review"))
    story = page.locator(".candor-run").inner_text()
    page.get_by_role("button", name="Leave this card out").click()
    assert page.locator(".candor-run").inner_text() != story
    page.reload()
    assert page.locator(".candor-run").inner_text() != story
    page.get_by_role("button", name="Bring back the card that you left out").click()
    expect(page.get_by_role("button", name="Bring back the card that you left out")).to_have_count(0)
    assert page.locator(".candor-run").inner_text() == story


def test_review_can_be_of_one_chapter(tab):
    page = tab("review", kept=opened("concerns/orgasm"))
    page.get_by_label("Cards from").select_option("Erectile difficulties")
    reviewing(page)
    expect(page.locator(".candor-run > h2")).to_have_text("Erectile difficulties")
    page.get_by_role("button", name="Stop for now").click()
    page.get_by_label("Cards from").select_option("")
    reviewing(page)
    expect(page.locator(".candor-run > h2")).to_have_text("Orgasm difficulties")
