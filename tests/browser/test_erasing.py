"""What was erased or deleted stays so, through a killed browser and across tabs, what was deleted by itself with an
older file, too; and an answer counts when it is on the disk."""

import json
import re

import pytest

from browser.conftest import choose_row
from support.asked import ASKED
from support.privacy import kept

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
#: A killed browser has not yet written the last seconds of this store: it is as it was.
AS_BEFORE = """before => candor.store.settled.then(() => {
    localStorage.clear();
    for (const [name, text] of Object.entries(before)) localStorage.setItem(name, text);
})"""
STORE = "({ ...localStorage })"
#: The journal is not on the disk until `landed()` is called.
HOLD = "() => { candor.store.journal.settled = new Promise((done) => { window.landed = done; }); }"


@pytest.fixture
def tab(tab):
    """Pages on a telephone, on which what is pressed is tapped."""

    def open_tab(name):
        page = tab(name)
        page.press = lambda where: where.tap()
        return page

    return open_tab


def button(page, words):
    page.press(page.get_by_role("button", name=words, exact=False).first)


def begin(page, mode="tutor", count="5"):
    page.get_by_label("Questions from").select_option("all")
    page.get_by_label("How many").select_option(count)
    choose_row(page, "mode", mode)
    button(page, "Begin")
    page.locator(".candor-form").wait_for()


def choose(page):
    page.press(page.locator(".candor-run .candor-option label").first)


def finish(page):
    button(page, "Finish")
    expect(page.get_by_role("heading", name="Your result")).to_be_focused()


def store(page):
    return page.evaluate(STORE)


def test_what_was_erased_does_not_come_back_with_a_killed_browser(tab):
    page = tab("session")
    begin(page, "exam")
    choose(page)
    expect(page.get_by_text("1 of 5 answered")).to_be_visible()
    page.goto(page.url.replace("session", "your-study"))
    before = store(page)
    page.evaluate("sessionStorage.setItem('candor-cases', 'one two')")  # which cases were opened in this tab
    button(page, "Erase all of it")
    expect(page.get_by_text("Erased.", exact=True)).to_be_visible()
    assert page.evaluate("sessionStorage.getItem('candor-cases')") is None
    page.evaluate(AS_BEFORE, before)
    page.reload()
    expect(page.get_by_text("Nothing yet.")).to_be_visible()
    assert [name for name in kept(page) if not re.match("candor-(erased:|journal)", name)] == []
    page.goto(page.url.replace("your-study", "session"))
    begin(page)  # and what is done after that stays
    choose(page)
    button(page, "Show the reasons")
    expect(page.locator(".candor-debrief")).to_be_visible()
    page.goto(page.url.replace("session", "your-study"))
    page.evaluate(AS_BEFORE, before)
    page.reload()
    expect(page.get_by_text("under way", exact=False)).to_be_visible()
    page.goto(page.url.replace("your-study", "session"))
    expect(page.get_by_text("1 of 5 answered")).to_be_visible()


#: What the desk leaves of an assignment that was begun.
ON_THE_DESK = """async () => {
    const desk = new URL("../desk/", location.href).pathname;
    const state = { done: 3, of: 8, begun: true, at: Date.now(), downloaded: 0, title: "Boundaries" };
    localStorage.setItem(`candor-desk:${desk}boundaries`, JSON.stringify(state));
    localStorage.setItem("candor-trainee", "T12");
    for (const path of [desk, "/another/desk/"]) await new Promise((done) => {
        const asked = indexedDB.open(`JupyterLite Storage - ${path}`);
        asked.onsuccess = () => { if (path === desk) window.held = asked.result; else asked.result.close(); done(); };
    });
}"""


def test_the_assignments_on_the_desk_are_named_and_go_with_all_else_and_no_others(tab):
    page = tab("your-study")
    page.evaluate(ON_THE_DESK)
    page.evaluate("window.held.onversionchange = () => {}")
    page.reload()
    expect(page.get_by_text("On the desk: 1 assignment with your answers.")).to_be_visible()
    page.evaluate(ON_THE_DESK)  # and this tab holds the database
    button(page, "Erase all of it")
    expect(page.get_by_text("Not all of it is erased. Close the other tabs of this site")).to_be_visible()
    expect(page.get_by_text("On the desk: 1 assignment with your answers.")).to_be_visible()
    page.evaluate("window.held.close()")
    button(page, "Erase all of it")
    expect(
        page.get_by_text("Erased. Of an assignment whose file you have, the answers come back on the desk")
    ).to_be_visible()
    expect(page.get_by_text("Nothing yet.")).to_be_visible()
    kept_there = page.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))")
    assert [name for name in kept_there if name.startswith("Jupyter")] == ["JupyterLite Storage - /another/desk/"]
    assert [name for name in store(page) if not name.startswith("candor-erased:")] == []


def test_before_an_erasing_what_the_file_does_not_bring_back_is_said_first_and_the_main_button_erases_nothing(tab):
    page = tab("your-study")
    page.evaluate("candor.store.keep('candor-flag:q', { at: 1, on: true })")
    page.evaluate(ON_THE_DESK)
    page.remove_locator_handler(page.locator(ASKED))
    button(page, "Erase all of it")
    asked = page.locator(ASKED)
    expect(asked.locator("p").first).to_have_text(
        "The 1 assignment on the desk goes as well, and is not in the file of your study. To keep its answers, open it "
        "there first: Hand in, then Download for submission."
    )
    expect(asked.locator("p").nth(1)).to_contain_text("1 question flagged")
    colours = asked.get_by_role("button").evaluate_all("all => all.map(one => getComputedStyle(one).backgroundColor)")
    assert len(colours) == 2 and len(set(colours)) == 1
    button(page, "Cancel")
    expect(asked).to_have_count(0)
    assert "candor-flag:q" in store(page)


def test_after_ten_minutes_an_erasing_has_left_nothing(tab):
    page = tab("your-study")
    page.evaluate("candor.store.keep('candor-flag:q', { at: 1, on: true })")
    button(page, "Erase all of it")
    expect(page.get_by_text("Erased.", exact=True)).to_be_visible()
    page.clock.set_fixed_time(page.evaluate("Date.now()") + 11 * 60_000)
    page.reload()
    page.evaluate("candor.store.settled")
    expect(page.get_by_text("Nothing yet.")).to_be_visible()
    page.wait_for_function("indexedDB.databases().then((all) => !all.length && !localStorage.length)")


def test_a_tab_with_work_in_hand_lets_go_of_what_was_erased_in_another(tab):
    one, other = tab("session"), tab("review")
    one.bring_to_front()
    begin(one, "exam")
    choose(one)
    other.bring_to_front()
    button(other, "Begin")
    choose(other)
    button(other, "Check")
    button(other, re.compile("Next|Good"))
    expect(other.get_by_text("; 1 of", exact=False)).to_be_visible()
    erasing = tab("your-study")
    button(erasing, "Erase all of it")
    expect(erasing.get_by_text("Erased.", exact=True)).to_be_visible()
    for page in (one, other):
        page.bring_to_front()
        expect(page.get_by_role("alert")).to_contain_text("was erased in another tab")
    expect(other.get_by_text("; 0 of", exact=False)).to_be_visible()
    expect(one.get_by_role("button", name="Begin")).to_be_visible()
    for page in (one, other):
        page.reload()
    assert [name for name in store(erasing) if not name.startswith("candor-erased:")] == []


def test_deleted_results_come_back_neither_with_a_killed_browser_nor_with_an_older_file(tab):
    page = tab("session")
    begin(page, "exam")
    choose(page)
    expect(page.get_by_text("1 of 5 answered")).to_be_visible()
    under_way = store(page)
    finish(page)
    button(page, "Close this result")
    before = store(page)
    file = page.evaluate(
        "import_ => JSON.stringify(import_)",
        {
            "candor": "study",
            "version": 1,
            "kept": {
                name: json.loads(text) for name, text in {**before, **under_way}.items() if name != "candor-place"
            },
        },
    )
    button(page, "Delete my results")
    expect(page.get_by_role("button", name="Open the result")).to_have_count(0)
    for killed in (before, under_way):
        page.goto(page.url.replace("session", "your-study"))
        page.evaluate(AS_BEFORE, killed)
        page.goto(page.url.replace("your-study", "session"))
        page.evaluate("candor.store.settled")
        expect(page.get_by_role("button", name="Begin")).to_be_visible()
        expect(page.get_by_role("button", name="Open the result")).to_have_count(0)
    page.goto(page.url.replace("session", "your-study"))
    page.get_by_label("Bring back a file:").set_input_files(
        {"name": "mine.json", "mimeType": "application/json", "buffer": file.encode()}
    )
    expect(page.get_by_text("Brought back, beside what was here", exact=False)).to_be_visible()
    page.goto(page.url.replace("your-study", "session"))
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
    expect(page.get_by_role("button", name="Open the result")).to_have_count(0)


def test_in_a_session_an_answer_counts_when_it_is_on_the_disk(tab):
    page = tab("session")
    begin(page, "exam")
    page.evaluate(HOLD)
    choose(page)
    expect(page.locator(".candor-option input").first).to_be_checked()
    button(page, "Next")  # nobody is held up
    expect(page.get_by_role("heading", name="Question 2 of 5")).to_be_visible()
    expect(page.get_by_text("0 of 5 answered")).to_be_visible()
    expect(page.locator(".candor-map .candor-done")).to_have_count(0)
    page.evaluate("landed()")
    expect(page.get_by_text("1 of 5 answered")).to_be_visible()
    page.get_by_text("1 to 5: 1 answered").click()
    expect(page.get_by_role("button", name="Question 1, answered")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "press", "shown"),
    [
        ("session", "Show the reasons", ".candor-debrief"),
        ("session", "Finish", ".candor-score"),
        ("review", "Check", ".candor-debrief"),
    ],
)
def test_a_verdict_comes_when_the_answer_is_on_the_disk(tab, name, press, shown):
    page = tab(name)
    if name == "session":
        begin(page)
    else:
        button(page, "Begin")
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now()") + 2000)  # so that no waiting ends by itself
    page.evaluate(HOLD)
    choose(page)
    button(page, press)
    expect(page.locator(".candor-app > [inert]")).to_have_count(1)
    expect(page.locator(shown)).to_have_count(0)
    page.evaluate("landed()")
    expect(page.locator(shown)).to_be_visible()
    expect(page.locator("[inert]")).to_have_count(0)


def test_a_card_that_was_checked_is_there_with_its_verdict_after_a_killed_browser(tab):
    page = tab("review")
    button(page, "Begin")
    before = store(page)
    choose(page)
    button(page, "Check")
    expect(page.locator(".candor-debrief .candor-mine")).to_have_count(1)
    page.goto(page.url.replace("review", "your-study"))
    page.evaluate(AS_BEFORE, before)
    page.goto(page.url.replace("your-study", "review"))
    expect(page.locator(".candor-debrief .candor-mine")).to_have_count(1)
