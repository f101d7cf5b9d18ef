"""Short sessions, the early end of a mock exam, and one record of what was answered."""

import json
import re

import pytest

from browser.conftest import browser, choose_row, still, without_a_network  # noqa: F401
from support.asked import ASKED, agree

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = sync_api.expect


def begin(page, count="5", source="all", mode="exam"):
    page.get_by_label("Questions from").select_option(source)
    page.get_by_label("How many").select_option(count)
    choose_row(page, "mode", mode)
    page.get_by_role("button", name="Begin").tap()
    expect(page.get_by_text(f"Question 1 of {count}", exact=True)).to_be_visible()


def answered(page):
    """The names of the questions that the record holds, each with the share of its points."""
    kept = page.evaluate("({ ...localStorage })")
    return {name.split(":", 1)[1]: json.loads(text) for name, text in kept.items() if name.startswith("candor-answer:")}


#: Whether the control in focus is what one sees and touches at its place.
UNCOVERED = """() => {
    const on = document.activeElement, [box] = on.getClientRects();
    const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return on.contains(there) || Boolean(on.labels?.[0]?.contains(there));
}"""


@pytest.mark.parametrize(("width", "height"), [(600, 844), (390, 844), (390, 520)])
def test_what_has_the_focus_is_never_under_the_bar(tab, width, height):
    page = tab("session")
    page.set_viewport_size({"width": width, "height": height})
    begin(page, mode="tutor")
    still(page)
    page.locator(".candor-option input").first.focus()
    covered = []
    for key in ("ArrowDown",) * 5 + ("ArrowUp",) * 5 + ("Tab",) * 20 + ("Shift+Tab",) * 20:
        page.keyboard.press(key)
        if page.evaluate("document.activeElement !== document.body") and not page.evaluate(UNCOVERED):
            covered.append((key, page.evaluate("document.activeElement.outerHTML")[:120]))
    assert covered == []


def test_on_a_phone_the_verdict_is_seen_when_the_reasons_come(tab):
    page = tab("session")
    page.set_viewport_size({"width": 390, "height": 520})
    begin(page, mode="tutor")
    page.locator(".candor-option label").last.tap()
    asks = page.get_by_role("button", name="Show the reasons")
    asks.scroll_into_view_if_needed()
    asks.tap()
    said = page.locator(".candor-verdict")
    expect(said).to_have_text(re.compile(r"^(Yes\.|Not [A-L]\.|You found) "))
    expect(said).to_be_in_viewport()
    bar = page.locator(".candor-exam-bar").bounding_box()
    assert said.bounding_box()["y"] >= (bar["y"] + bar["height"] if page.viewport_size["height"] > 704 else 0)


def test_on_a_phone_what_is_missing_and_what_is_asked_next_stand_above_the_bar(tab):
    page = tab("session")
    begin(page, mode="tutor")
    page.get_by_role("button", name="Show the reasons").tap()
    expect(page.get_by_text("Choose an answer first.")).to_be_in_viewport()
    page.locator(".candor-option label").first.tap()
    asked, bar = page.locator(".candor-sure").bounding_box(), page.locator(".candor-act").bounding_box()
    assert asked["y"] + asked["height"] <= bar["y"]
    names = page.locator(".candor-act button").all_inner_texts()
    assert names.index("Previous") < names.index("Next")


def test_on_a_narrow_screen_the_head_is_a_row_and_each_of_many_options_is_44_pixels_high(opened):
    """Also where something finer than a finger points."""
    page = opened("practice/sessions.html", viewport={"width": 390, "height": 844})
    page.get_by_label("How many").select_option("20")
    page.get_by_role("button", name="Begin").click()
    ends = [
        page.get_by_text("0 of 20 answered").bounding_box(),
        page.get_by_role("button", name="Finish").bounding_box(),
    ]
    assert ends[1]["y"] < ends[0]["y"] + ends[0]["height"] < ends[1]["y"] + ends[1]["height"]
    for number in range(2, 21):
        if page.locator(".candor-many").count():
            break
        page.get_by_role("button", name="Next").click()
        expect(page.get_by_role("heading", name=f"Question {number} of 20")).to_be_visible()
    heights = [one.bounding_box()["height"] for one in page.locator(".candor-many .candor-option").all()]
    assert heights and min(heights) >= 44


def test_a_session_is_sat_left_and_gone_on_with_and_its_answers_are_in_the_record(tab):
    page = tab("session")
    assert page.get_by_role("button", name="Begin").bounding_box()["y"] < 844  # on a phone without scrolling
    begin(page)
    page.locator(".candor-option label").first.tap()
    page.get_by_role("button", name="Next", exact=False).tap()
    page.reload()
    expect(page.get_by_text("Question 2 of 5", exact=True)).to_be_visible()
    for _ in range(3):
        page.locator(".candor-option label").first.tap()
        page.get_by_role("button", name="Next", exact=False).tap()
    page.locator(".candor-option label").first.tap()
    page.get_by_role("button", name="Finish").tap()
    expect(page.get_by_role("heading", name="Your result")).to_be_focused()
    expect(page.locator(".candor-score")).to_have_text(re.compile(r"^[\d.]+ of 5 right$"))  # too few for a range
    expect(page.get_by_role("heading", name="By part of the book", exact=True)).to_be_visible()  # one row, no order
    assert page.get_by_role("table", name="By part of the book").locator("tbody tr").count() == 1
    assert len(answered(page)) == 5
    page.get_by_role("button", name="Close this result").first.tap()
    expect(page.get_by_role("button", name="Open the result")).to_have_count(1)


def test_a_result_is_left_from_its_top_and_the_next_session_begins_as_the_last_did(tab):
    page = tab("session")
    expect(page.get_by_label("How many")).to_have_value("10")
    page.get_by_label("How many").select_option("minutes")
    choose_row(page, "mode", "exam")
    page.get_by_role("button", name="Begin").tap()
    page.locator(".candor-option label").first.tap()
    page.get_by_role("button", name="Finish").tap()
    expect(page.get_by_role("heading", name="Your result")).to_be_focused()
    way = page.get_by_role("button", name="Close this result")
    expect(way).to_have_count(2)
    expect(way.first).to_be_in_viewport()
    way.first.tap()
    page.reload()
    expect(page.get_by_label("How many")).to_have_value("minutes")
    expect(page.locator(".candor-start input:checked")).to_have_value("exam")
    page.evaluate("localStorage.setItem('candor-start', JSON.stringify('7 nothing'))")
    page.reload()
    expect(page.get_by_label("How many")).to_have_value("10")
    expect(page.locator(".candor-start input:checked")).to_have_value("tutor")


def test_cards_come_when_a_session_begins_and_stay_without_a_connection(tab):
    page = tab("session")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
    assert not page.evaluate("window.candorCards"), "cards came before anybody asked for them"
    without_a_network(page)
    page.get_by_role("button", name="Begin").tap()
    expect(page.get_by_text("The questions did not come. Is there a connection?")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").tap()
    expect(page.get_by_text("Question 1 of 10", exact=True)).to_be_visible()
    page.context.set_offline(True)
    asked.clear()
    for _ in range(9):
        page.locator(".candor-option label").first.tap()
        page.get_by_role("button", name="Next", exact=False).tap()
    page.get_by_role("button", name="Finish").tap()
    expect(page.get_by_role("heading", name="Your result")).to_be_focused()
    assert not asked


def test_what_was_missed_can_be_asked_again(tab, data):
    page = tab("session")
    begin(page, mode="tutor")
    cards = json.loads(data)["cards"]
    name = page.evaluate("JSON.parse(localStorage.getItem('candor-session')).slots[0].card")
    wrong = next(place for place, option in enumerate(cards[name]["options"]) if not option["right"])
    page.locator(".candor-option input").nth(wrong).check()
    page.get_by_role("button", name="Show the reasons", exact=False).tap()
    expect(page.locator(".candor-debrief")).to_be_visible()
    page.get_by_role("button", name="Flag", exact=False).tap()
    page.get_by_role("button", name="Finish").tap()
    page.get_by_role("button", name="Close this result").first.tap()
    for source in ("missed", "flagged"):
        choice = page.locator(f"option[value={source}]")
        assert choice.text_content().endswith("(1)"), choice.text_content()
    page.get_by_label("Questions from").select_option("missed")
    page.get_by_role("button", name="Begin").tap()
    assert page.evaluate("JSON.parse(localStorage.getItem('candor-session')).slots.map(one => one.card)") == [name]


def test_a_mock_exam_that_is_ended_early_says_what_was_answered_and_gives_no_score(tab):
    page = tab("mock-exam")
    choose_row(page, "time", "0")
    page.get_by_role("button", name="Begin").tap()
    for _ in range(3):
        page.locator(".candor-option label").first.tap()
        page.get_by_role("button", name="Next", exact=False).tap()
    page.get_by_role("button", name="End early").tap()
    expect(page.get_by_text("You ended early.")).to_be_visible()
    said = page.locator(".candor-score").inner_text()
    assert said.startswith("3 of 100 answered") and "too few for a score" in said and "%" not in said
    page.reload()
    page.get_by_role("button", name="Open the result").tap()
    expect(page.locator(".candor-score")).to_have_text(said)
    assert len(answered(page)) == 3


def ten_minutes(page, mode="exam"):
    page.get_by_label("Questions from").select_option("all")
    page.get_by_label("How many").select_option("minutes")
    choose_row(page, "mode", mode)
    page.get_by_role("button", name="Begin").tap()
    for number in range(1, 4):
        expect(page.get_by_role("heading", name=f"Question {number} of 20")).to_be_visible()
        page.locator(".candor-option label").first.tap()
        page.get_by_role("button", name="Next", exact=False).tap()


@pytest.mark.parametrize("by", ["the trainee", "the clock"])
def test_ten_minutes_end_with_what_was_answered_and_what_was_left_open_which_one_goes_on_with(tab, by):
    page = tab("session")
    ten_minutes(page)
    if by == "the clock":
        kept = page.evaluate("JSON.parse(localStorage.getItem('candor-session'))")
        page.evaluate("kept => localStorage.setItem('candor-session', JSON.stringify(kept))", kept | {"left": 0.5})
        page.reload()
        expect(page.get_by_text("The time has run out.")).to_be_visible()
    else:
        page.remove_locator_handler(page.locator(ASKED))  # here it is looked at
        page.get_by_role("button", name="Finish").tap()
        asked = page.get_by_role("dialog", name="Finish and see the result?")
        expect(asked).to_contain_text("17 of 20 questions are open.")
        asked.get_by_role("button", name="Finish").tap()
        agree(page)
    page.get_by_role("heading", name="Your result").wait_for()
    said = re.compile(r"3 answered, [\d.]+ right; 17 of 20 questions were not answered")
    expect(page.locator(".candor-score")).to_have_text(said)
    expect(page.get_by_text("3 answered", exact=False)).to_have_count(1)  # it is told once
    expect(page.get_by_text("What you left open does not count against you.")).to_be_visible()
    page.get_by_text("Every question with its reasons").tap()
    box = page.locator(".candor-all-reasons")
    on = "Go on with the 17 left open: 10 minutes more"
    expect(box.get_by_role("button", name=on)).to_be_hidden()
    box.get_by_label("Show").select_option("Left open (17)")
    expect(box.locator("section:visible")).to_have_count(17)
    expect(box.get_by_role("button", name=on)).to_be_visible()
    page.get_by_role("button", name="Close this result").first.tap()
    past = page.locator(".candor-past li")
    expect(past).to_contain_text(said)
    expect(past).not_to_contain_text("since")
    past.get_by_role("button", name=on).tap()
    expect(page.get_by_text("0 of 17 answered")).to_be_visible()
    expect(page.locator(".candor-time")).to_have_text(re.compile("^(10:00|9:5.) left$"))
    page.locator(".candor-option label").first.tap()
    expect(page.get_by_text("1 of 17 answered")).to_be_visible()
    page.get_by_role("button", name="Finish").tap()
    page.get_by_role("button", name="Close this result").first.tap()
    expect(past.get_by_role("button", name="Go on with the 16 left open")).to_have_count(2)  # of both the same ones
    expect(past.last).to_contain_text("1 of the 17 left open was answered since")
    past.last.get_by_role("button", name="Open the result").tap()
    expect(page.get_by_text("1 of the 17 left open was answered since.")).to_be_visible()


def test_the_last_minute_is_told_in_seconds_and_who_answers_is_no_longer_welcomed_back(tab):
    page = tab("session")
    ten_minutes(page)
    kept = page.evaluate("JSON.parse(localStorage.getItem('candor-session'))")
    page.evaluate("kept => localStorage.setItem('candor-session', JSON.stringify(kept))", kept | {"left": 45})
    page.reload()
    expect(page.locator(".candor-time")).to_have_text(re.compile(r"^\d+ seconds left$"))
    page.evaluate("(now => { Date.now = () => now() + 540_000; })(Date.now)")  # as after nine minutes of sleep
    expect(page.get_by_text("You were away for", exact=False)).to_be_visible()
    page.locator(".candor-option label").first.tap()
    expect(page.get_by_text("You were away for", exact=False)).to_have_count(0)


def test_two_tabs_of_one_session_go_on_together(tab):
    one = tab("session")
    begin(one, count="10")
    other = tab("session")
    expect(other.get_by_text("Question 1 of 10", exact=True)).to_be_visible()
    for page in (one, other):
        page.bring_to_front()
        page.locator(".candor-overview > summary").tap()
    for place, page in enumerate((one, other) * 4):
        page.bring_to_front()  # a tab behind another paints once a second, and each tap waits for that
        page.get_by_role("button", name=f"Question {place + 1}", exact=False).first.tap()
        page.locator(".candor-option label").first.tap()
    expect(one.get_by_text("8 of 10 answered")).to_be_visible()
    expect(other.get_by_text("8 of 10 answered")).to_be_visible()
    kept = other.evaluate("Object.keys(JSON.parse(localStorage.getItem('candor-session')).answers).length")
    assert kept == 8
