"""What mock exam and review keep: two tabs, a reload, a full store and a store that is closed. Nothing that was kept
goes; what cannot be kept is said."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from browser.conftest import FILL, FORBID, choose_row, takes_keys, without_a_store
from support.asked import agree
from support.privacy import kept

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
EMPTY = (
    "() => Object.keys(localStorage).filter(name => name.startsWith('filler')).forEach(name =>"
    " localStorage.removeItem(name))"
)

#: The store has no room for names that begin so, until it takes all again.
REFUSE = """(prefix) => {
    window.taking = Storage.prototype.setItem;
    Storage.prototype.setItem = function (name, text) {
        if (name.startsWith(prefix)) throw new DOMException('no room', 'QuotaExceededError');
        taking.call(this, name, text);
    };
}"""
TAKE = "() => { Storage.prototype.setItem = taking; }"


@pytest.fixture
def context(browser):
    made = browser.new_context(viewport={"width": 1000, "height": 900}, accept_downloads=True)
    made.set_default_timeout(8_000)
    yield made
    made.close()


@pytest.fixture
def tab(context, practice_pages):
    """Opens a page in a tab of the same browser."""
    errors = []

    def open_tab(name, where=context):
        page = where.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        agree(page)
        page.goto(f"{practice_pages}{name}.html")
        return page

    yield open_tab
    assert errors == []


def begin(page, mode="exam", time="0"):
    page.bring_to_front()  # a tab behind another paints once a second, and each click waits for that
    choose_row(page, "mode", mode)
    choose_row(page, "time", time)
    page.get_by_role("button", name="Begin").click()
    page.locator(".candor-form").wait_for()


def answer(page, count):
    page.bring_to_front()
    for _ in range(count):
        takes_keys(page).locator(".candor-form input").first.press("Space")
        takes_keys(page).get_by_role("button", name="Next").press("Enter")


def finish(page):
    page.bring_to_front()
    for _ in range(4):
        page.get_by_role("button", name=re.compile("^Finish")).click()  # it asks each time
    page.get_by_role("heading", name="Your result").wait_for()


def answered(page) -> int:
    return page.locator(".candor-map .candor-done").count()


def taken_out(page) -> dict:
    """What the page gives as a file, called by whose book it is; it says where the file is."""
    page.evaluate("document.querySelector('.candor-app').dataset.file = 'university-of-erewhon'")
    with page.expect_download() as arrived:
        page.get_by_role("button", name="Take my work as a file").click()
    name = arrived.value.suggested_filename
    assert name.startswith("university-of-erewhon-")
    expect(page.get_by_role("alert")).to_contain_text(f"{name} is in your downloads.")
    return json.loads(Path(arrived.value.path()).read_text())


# ---- Two tabs --------------------------------------------------------------------------------------------------------


def test_two_tabs_of_one_mock_exam_lose_nothing(tab):
    one = tab("mock-exam")
    begin(one)
    other = tab("mock-exam")
    answer(one, 5)
    other.bring_to_front()
    other.locator(".candor-overview > summary").click()
    other.locator(".candor-map button").nth(9).click()
    answer(other, 2)
    for page in (one, other):
        expect(page.locator(".candor-map .candor-done")).to_have_count(7)
    one.close()
    other.reload()
    expect(other.locator(".candor-map .candor-done")).to_have_count(7)


def test_a_tab_that_waits_joins_what_the_other_begins_and_sees_its_end(tab):
    waiting = tab("mock-exam")
    one = tab("mock-exam")
    begin(one)
    expect(waiting.locator(".candor-form")).to_be_visible()
    answer(one, 3)
    finish(one)
    expect(waiting.get_by_text("finished in another tab")).to_be_visible()
    assert "3 of 100 questions answered" in waiting.inner_text("main")
    waiting.reload()
    expect(waiting.get_by_role("button", name="Open the result")).to_have_count(1)
    expect(waiting.get_by_role("button", name="Begin")).to_be_visible()


#: Lets a tab hear nothing of the others for a moment, as a busy one does: from `held = []` on until HEARS.
EARS = """window.held = null; addEventListener('storage', (event) => {
    if (!held) return;
    event.stopImmediatePropagation();
    held.push([event.key, event.newValue]);
});"""
HEARS = """() => {
    const all = held;
    held = null;
    for (const [key, newValue] of all) dispatchEvent(new StorageEvent('storage', { key, newValue, storageArea: localStorage }));
}"""  # noqa: E501


def test_an_answer_in_one_tab_while_another_ends_the_mock_exam_comes_into_the_result(tab, context):
    context.add_init_script(EARS)
    one = tab("mock-exam")
    begin(one)
    answer(one, 2)
    other = tab("mock-exam")
    expect(other.locator(".candor-map .candor-done")).to_have_count(2)
    other.evaluate("() => { held = []; }")
    finish(one)
    expect(one.get_by_text("2 of 100 questions answered").first).to_be_visible()
    other.bring_to_front()
    other.locator(".candor-form input").last.check()
    expect(other.locator(".candor-map .candor-done")).to_have_count(3)  # so it is said to be answered
    other.evaluate(HEARS)
    for page in (other, one):
        expect(page.get_by_role("heading", name="Your result")).to_be_visible()
        expect(page.get_by_text("3 of 100 questions answered").first).to_be_visible()
    one.reload()
    expect(one.get_by_role("button", name="Open the result")).to_have_count(1)
    one.get_by_role("button", name="Open the result").click()
    expect(one.get_by_text("3 of 100 questions answered").first).to_be_visible()


def test_a_pause_and_a_finished_section_hold_in_both_tabs(tab):
    one = tab("mock-exam")
    begin(one, time="1")
    other = tab("mock-exam")
    one.bring_to_front()
    one.get_by_role("button", name="Finish this section").click()
    expect(one.get_by_role("heading", name="Question 26 of")).to_be_visible()
    other.bring_to_front()
    expect(other.get_by_role("heading", name="Question 26 of")).to_be_visible()
    other.get_by_role("button", name="Pause").click()
    expect(one.get_by_text("Paused.")).to_be_visible()


def reviewing(tab, *where, **kept):
    """A tab of the review, begun."""
    page = tab("review", *where, **kept)
    page.bring_to_front()
    page.get_by_role("button", name="Begin").click()
    page.locator(".candor-run").wait_for()
    return page


def review_one(page) -> None:
    page.bring_to_front()
    takes_keys(page).locator(".candor-form input").first.press("Space")
    takes_keys(page).get_by_role("button", name="Check").press("Enter")
    takes_keys(page).locator(".candor-run:has(.candor-debrief) button[data-key]").first.press("Enter")


def test_two_tabs_of_the_review_lose_nothing(tab):
    one, other = reviewing(tab), tab("review")  # which goes on with it
    for _ in range(4):
        review_one(one)
    expect(other.get_by_text("; 4 of", exact=False)).to_be_visible()
    review_one(other)
    review_one(one)
    for page in (one, other):
        page.reload()
        expect(page.get_by_text("; 6 of", exact=False)).to_be_visible()


def test_two_tabs_that_both_show_a_card_rate_it_once(tab):
    one, other = reviewing(tab), tab("review")  # which goes on with it
    for page in (one, other):
        page.bring_to_front()
        page.locator(".candor-form input").first.check()
        page.get_by_role("button", name="Check").click()
    one.bring_to_front()
    one.locator(".candor-run button[data-key]").first.click()
    first = one.evaluate("localStorage.getItem('candor-review')")
    other.bring_to_front()
    other.locator(".candor-run button[data-key]").first.click()
    expect(other.get_by_text("; 1 of", exact=False)).to_be_visible()
    assert json.loads(other.evaluate("localStorage.getItem('candor-review')"))["cards"] == json.loads(first)["cards"]


# ---- Two tabs at the same moment -------------------------------------------------------------------------------------

#: From here on a tab neither hears nor sees what others keep, as at one moment, when what they wrote is on its way.
AT_ONE_MOMENT = """() => {
    held = [];
    const { getItem, setItem, removeItem } = Storage.prototype, seen = { ...localStorage };
    Object.assign(Storage.prototype, {
        getItem(name) { return this === localStorage ? seen[name] ?? null : getItem.call(this, name); },
        setItem(name, text) {
            setItem.call(this, name, text);
            if (this === localStorage) seen[name] = text;
        },
        removeItem(name) {
            removeItem.call(this, name);
            if (this === localStorage) delete seen[name];
        },
    });
}"""


@pytest.fixture
def at_once(tab, context):
    """Two tabs of a page, of which the second goes on with what was begun in the first; `()` lets their moment come."""
    context.add_init_script(EARS)

    def open_both(name, begin_in):
        one = tab(name)
        begin_in(one)
        one.evaluate("candor.store.settled")
        other = tab(name)
        other.locator(".candor-run").wait_for()
        for page in (one, other):
            page.evaluate(AT_ONE_MOMENT)
        return one, other

    return open_both


def mark(page, place, option):
    """Answers the question at a place, until the page says that it is answered."""
    page.bring_to_front()
    if not page.locator(".candor-map button").first.is_visible():
        page.locator(".candor-overview > summary").click()
    takes_keys(page).locator(".candor-map button").nth(place).press("Enter")
    takes_keys(page).locator(".candor-form input").nth(option).press("Space")
    expect(page.locator(".candor-map button").nth(place)).to_have_class(re.compile("candor-done"))


@pytest.mark.parametrize("name", ["mock-exam", "session"])
@pytest.mark.parametrize("last", [0, 1])
def test_answers_in_two_tabs_at_one_moment_are_both_there_when_the_browser_is_gone(tab, at_once, name, last):
    both = at_once(name, lambda page: begin(page) if name == "mock-exam" else begin_session(page))
    mark(both[0], 0, 0)
    mark(both[1], 1, 1)
    mark(both[last], 2, 0)
    for page in both:
        page.close()
    expect(tab(name).locator(".candor-map .candor-done")).to_have_count(3)


def begin_session(page):
    choose_row(page, "mode", "exam")
    page.get_by_role("button", name="Begin").click()
    page.locator(".candor-form").wait_for()


def test_ratings_in_two_tabs_at_one_moment_are_both_there_when_the_browser_is_gone(tab, at_once):
    one, other = at_once("review", lambda page: page.get_by_role("button", name="Begin").click())
    for page in (one, one, other):  # the other rates the first card as well, and writes last
        review_one(page)
        page.locator(".candor-form").wait_for()
    one.close()
    other.close()
    expect(tab("review").get_by_text("; 2 of", exact=False)).to_be_visible()


def test_an_answer_in_a_tab_that_never_hears_that_another_ended_the_mock_exam_comes_into_its_result(tab, at_once):
    one, other = at_once("mock-exam", begin)
    mark(one, 0, 0)
    finish(one)
    mark(other, 1, 0)
    card = other.evaluate("candor.store.read('candor-exam-knowledge-form').slots[1].card")
    one.close()
    other.close()
    again = tab("mock-exam")
    expect(again.get_by_text("2 of 100 answered", exact=False)).to_be_visible()
    again.get_by_role("button", name="Open the result").click()
    expect(again.get_by_text("2 of 100 questions answered").first).to_be_visible()
    assert f"candor-answer:{card}" in kept(again)


def test_the_answer_that_was_given_last_stands_though_the_clock_was_put_back_before(tab, context):
    context.add_init_script(EARS)
    one = tab("mock-exam")
    begin(one)
    other = tab("mock-exam")
    other.locator(".candor-run").wait_for()
    other.evaluate("() => { held = []; }")  # it hears late
    one.evaluate("() => { const now = Date.now; Date.now = () => now() + 3_600_000; }")
    for option, page in enumerate((one, other)):
        page.locator(".candor-form input").nth(option).evaluate("(input) => input.click()")  # no tab goes out of sight
        expect(page.locator(".candor-map .candor-done")).to_have_count(1)
    one.close()
    other.close()
    again = tab("mock-exam")
    expect(again.locator(".candor-form input").nth(1)).to_be_checked()


# ---- Leaving and coming back -----------------------------------------------------------------------------------------


def test_a_result_can_be_opened_again_after_a_reload(tab):
    page = tab("mock-exam")
    begin(page)
    answer(page, 6)
    page.get_by_role("button", name="Flag").click()
    finish(page)
    before = page.locator(".candor-app").inner_text()
    page.reload()
    page.get_by_role("button", name="Open the result").click()
    expect(page.get_by_role("heading", name="Your result")).to_be_focused()
    assert page.locator(".candor-app").inner_text() == before
    page.get_by_text("Every question with its reasons").click()
    page.get_by_label("Show", exact=True).select_option(label="Flagged (1)")
    expect(page.locator(".candor-all-reasons section:visible")).to_have_count(1)
    page.get_by_label("Show", exact=True).select_option(label="Left open (94)")
    expect(page.locator(".candor-all-reasons section:visible")).to_have_count(94)


def test_a_card_that_was_left_before_it_was_rated_is_there_again(tab):
    page = reviewing(tab)
    page.locator(".candor-form input").first.check()
    page.get_by_role("button", name="Check").click()
    page.locator(".candor-debrief").wait_for()
    page.reload()
    expect(page.locator(".candor-debrief")).to_be_visible()
    expect(page.locator(".candor-run button[data-key]").first).to_be_visible()


def test_a_date_is_taken_when_it_is_whole_and_not_at_each_figure(tab):
    page = tab("review")
    field = page.get_by_label("Examination or deadline")
    year = date.today().year + 1
    field.focus()
    page.keyboard.type(f"0915{year}", delay=30)
    expect(field).to_be_focused()
    expect(field).to_have_value(f"{year}-09-15")
    page.locator("h1").click()
    page.reload()
    expect(page.get_by_label("Examination or deadline")).to_have_value(f"{year}-09-15")


@pytest.mark.parametrize(
    "typed, said", [("09150020", "past"), ("01012020", "past"), ("01012999", "years ahead"), ("0101", "not complete")]
)
def test_a_date_that_cannot_be_is_refused_in_words(tab, typed, said):
    page = tab("review")
    field = page.get_by_label("Examination or deadline")
    field.focus()
    page.keyboard.type(typed, delay=30)
    page.locator("h1").click()
    expect(page.locator("#candor-exam-date-said")).to_contain_text(said)
    expect(field).to_have_attribute("aria-invalid", "true")
    page.reload()
    expect(page.get_by_label("Examination or deadline")).to_have_value("")


def test_a_date_is_kept_when_the_page_goes_while_the_field_has_the_focus(tab):
    page = tab("review")
    year = date.today().year + 1
    page.get_by_label("Examination or deadline").focus()
    page.keyboard.type(f"0915{year}", delay=30)
    page.reload()
    expect(page.get_by_label("Examination or deadline")).to_have_value(f"{year}-09-15")


# ---- A browser that is killed ----------------------------------------------------------------------------------------

#: A killed browser has not yet written the last seconds of this store; the journal it has. `bench/storm.py` kills one.
KILLED = "() => candor.store.settled.then(() => localStorage.clear())"


def test_a_mock_exam_and_its_result_outlive_a_killed_browser(tab):
    page = tab("mock-exam")
    begin(page)
    answer(page, 3)
    page.evaluate("candor.store.settled")
    page.close()
    tab("review").evaluate(KILLED)  # from another page: that of the mock exam keeps once more as it goes
    again = tab("mock-exam")
    expect(again.locator(".candor-map .candor-done")).to_have_count(3)
    finish(again)
    again.evaluate(KILLED)
    again.reload()
    again.get_by_role("button", name="Open the result").click()
    expect(again.locator("main")).to_contain_text("3 of 100 questions answered")


def test_a_rated_card_outlives_a_killed_browser(tab):
    page = reviewing(tab)
    review_one(page)
    page.evaluate(KILLED)
    page.reload()
    expect(page.get_by_text("; 1 of", exact=False)).to_be_visible()


def test_after_a_kill_one_stands_where_one_stood(tab):
    page = tab("mock-exam")
    begin(page)
    answer(page, 3)
    written = page.evaluate("candor.store.settled.then(() => ({ ...localStorage }))")
    page.get_by_role("button", name="Next").click()
    page.evaluate("candor.store.settled")
    page.close()
    tab("review").evaluate("(written) => Object.assign(localStorage, written)", written)
    expect(tab("mock-exam").get_by_role("heading", name="Question 5 of")).to_be_visible()


def test_looking_for_what_was_lost_leaves_nothing(tab):
    page = tab("review")
    page.evaluate("candor.store.settled")
    assert kept(page) == []


# ---- A full store ----------------------------------------------------------------------------------------------------


def test_a_full_store_is_said_at_once_and_the_work_can_be_taken_out_and_brought_back(tab, browser):
    page = tab("mock-exam")
    begin(page)
    page.evaluate(FILL)
    answer(page, 7)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Not kept")
    held = taken_out(page)
    assert len(held["run"]["answers"]) == 7

    elsewhere = browser.new_context()
    there = tab("mock-exam", elsewhere)
    there.get_by_text("Bring back a file").click()
    there.get_by_label("The file:").set_input_files(
        {"name": "mine.json", "mimeType": "application/json", "buffer": json.dumps(held).encode()}
    )
    expect(there.locator(".candor-map .candor-done")).to_have_count(7)
    there.reload()
    expect(there.locator(".candor-map .candor-done")).to_have_count(7)
    elsewhere.close()

    page.evaluate(EMPTY)
    page.get_by_role("button", name="Try again").click()
    expect(alert).to_have_count(0)
    page.reload()
    expect(page.locator(".candor-map .candor-done")).to_have_count(7)


def test_with_a_full_store_a_finished_mock_exam_shows_its_result_and_keeps_it_if_it_can(tab):
    page = tab("mock-exam")
    begin(page)
    answer(page, 3)
    page.evaluate(FILL)
    answer(page, 1)
    finish(page)
    assert "4 of 100 questions answered" in page.inner_text("main")
    if page.locator(".candor-notice").inner_text():
        assert taken_out(page)["results"][0]["answers"]
    else:
        page.reload()
        expect(page.get_by_role("button", name="Open the result")).to_be_visible()


def test_a_result_that_found_no_room_is_kept_when_there_is_some(tab):
    page = tab("mock-exam")
    begin(page)
    answer(page, 3)
    page.evaluate(REFUSE, "candor-history-")
    finish(page)
    expect(page.get_by_role("alert")).to_contain_text("Not kept")
    page.evaluate(TAKE)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.reload()
    page.get_by_role("button", name="Open the result").click()
    expect(page.locator("main")).to_contain_text("3 of 100 questions answered")


def test_what_was_kept_before_the_store_was_full_outlives_a_result_that_finds_no_room(tab):
    page = tab("mock-exam")
    begin(page)
    answer(page, 3)
    page.evaluate(FILL)
    answer(page, 7)
    page.evaluate(REFUSE, "candor-history-")
    finish(page)
    page.reload()
    expect(page.locator(".candor-map .candor-done").nth(2)).to_be_attached()


def test_an_answer_that_the_record_of_all_study_does_not_take_is_said_and_tried_again(tab):
    page = reviewing(tab)
    page.evaluate(REFUSE, "candor-answer:")
    page.locator(".candor-form input").first.check()
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("alert")).to_contain_text("Not kept")
    page.evaluate(TAKE)
    page.locator(".candor-run button[data-key]").first.click()
    expect(page.get_by_role("alert")).to_have_count(0)
    assert any(name.startswith("candor-answer:") for name in kept(page))


def test_a_review_in_a_full_store(tab):
    page = reviewing(tab)
    page.evaluate(FILL)
    review_one(page)
    expect(page.get_by_role("alert")).to_contain_text("Not kept")
    assert len(taken_out(page)["cards"]) == 1


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        '{"candor": "mock exam"}',
        '{"candor": "mock exam", "exam": "knowledge-form", "results": [{}], "run": {"began": 1}}',
    ],
)
def test_a_file_of_another_kind_does_no_harm(tab, content):
    page = tab("mock-exam")
    page.get_by_text("Bring back a file").click()
    page.get_by_label("The file:").set_input_files(
        {"name": "mine.json", "mimeType": "application/json", "buffer": content.encode()}
    )
    expect(
        page.get_by_text(
            "The file was read. 2 entries could not be read and were left out."
            if "results" in content
            else "This is not a file that was taken out on this page."
        )
    ).to_be_visible()
    expect(page.get_by_role("button", name="Begin")).to_be_visible()


def test_a_store_that_is_closed_under_way_is_said_and_one_comes_to_the_result(tab):
    page = tab("mock-exam")
    begin(page)
    answer(page, 3)
    page.evaluate(FORBID)
    answer(page, 1)
    expect(page.get_by_role("alert")).to_contain_text("keeps nothing")
    finish(page)
    assert "4 of 100 questions answered" in page.inner_text("main")
    assert taken_out(page)["results"][0]["answers"]


# ---- A store that is closed ------------------------------------------------------------------------------------------


@pytest.fixture
def closed(browser, tmp_path):
    with without_a_store(browser, tmp_path / "profile") as made:
        made.set_default_timeout(8_000)
        yield made


def test_without_a_store_a_mock_exam_says_so_and_comes_to_its_result(tab, closed):
    page = tab("mock-exam", closed)
    expect(page.get_by_role("alert")).to_contain_text("keeps nothing")
    begin(page)
    answer(page, 2)
    finish(page)
    assert "2 of 100 questions answered" in page.inner_text("main")
    assert taken_out(page)["results"][0]["answers"]


def test_without_a_store_the_review_says_so(tab, closed):
    page = tab("review", closed)
    expect(page.get_by_role("alert")).to_contain_text("keeps nothing")
    page.get_by_role("button", name="Begin").click()
    review_one(page)
    expect(page.get_by_text("; 1 of", exact=False)).to_be_visible()
    assert len(taken_out(page)["cards"]) == 1


def test_without_a_store_search_and_menus_of_the_book_work(closed, address):
    page = closed.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}index.html")
    page.locator(".primary-toggle").click()
    expect(page.locator("dialog[open]")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".theme-switch-button:visible").click()
    page.goto(f"{address}search.html?q=PLISSIT")
    expect(page.locator("#candor-search a.candor-hit").first).to_be_visible(timeout=20_000)
    assert errors == []


def test_as_a_page_goes_the_journal_begins_nothing_and_writes_it_when_the_page_comes_back(opened):
    """WebKit keeps open for good what a page that is left begins, and no other page could write."""
    page = opened("practice/sessions.html")
    begun = page.evaluate("""async () => {
        const { store } = candor, begin = IDBDatabase.prototype.transaction;
        let begun = 0;
        IDBDatabase.prototype.transaction = function (...what) { begun += 1; return begin.apply(this, what); };
        const goes = (name) => window.dispatchEvent(new PageTransitionEvent(name, { persisted: true }));
        store.keep('candor-keys', 'on');
        await store.settled;
        const before = begun;
        goes('pagehide');
        store.keep('candor-keys', 'off');
        await store.settled;
        const gone = begun;
        goes('pageshow');
        await store.settled;
        return [before, gone - before, begun - gone];
    }""")
    assert begun == [1, 0, 1]
