"""Beside the text: bookmarks and notes, kept and listed; the text read aloud."""

import json
import re

import pytest

from support.axe import by_scheme

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

PAGE = "body-and-health/treatments.html"
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
#: A voice that writes down what it is to say, and says it at once where `going` is set.
VOICE = """
    window.said = [];
    const voice = { speaking: null, getVoices: () => [], cancel() { this.speaking = null; },
      speak(one) { window.said.push(one.text); this.speaking = one; },
      next() { const one = this.speaking; this.speaking = null; one?.dispatchEvent(new Event('end')); } };
    Object.defineProperty(window, 'speechSynthesis', { value: voice });
    window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
"""


@pytest.fixture
def context(browser):
    context = browser.new_context(**PHONE)
    yield context
    context.close()


def opened_in(context, address, name=PAGE):
    page = context.new_page()
    page.goto(address + name)
    return page


def note(page):
    return page.locator(".candor-note textarea")


def test_a_note_by_finger_is_kept_listed_taken_out_and_erased(context, address):
    page = opened_in(context, address)
    button = page.get_by_role("button", name="Bookmark or note: Dryness")
    button.tap()
    note(page).fill("שאלי על כאב. Ask about pain first.")
    page.get_by_role("button", name="Close").tap()
    page.reload()
    expect(page.get_by_role("button", name="Your note: Dryness")).to_have_class(re.compile("candor-marked"))
    page.goto(address + "practice/your-study.html")
    link = page.get_by_role("link", name="Dryness, pain and the pelvic floor")
    expect(page.locator(".candor-my-note")).to_contain_text("Ask about pain first.")
    expect(page.locator(".candor-app")).to_contain_text("1 section bookmarked")
    with page.expect_download() as download:
        page.get_by_role("button", name="Take all of it as a file").tap()
    assert "Ask about pain first." in json.dumps(json.loads(download.value.path().read_text())["kept"])
    link.tap()
    page.wait_for_url("**/treatments.html#**")
    page.goto(address + "practice/your-study.html")
    page.get_by_role("button", name="Erase all of it").tap()
    expect(page.get_by_role("dialog").get_by_role("button", name="Cancel")).to_be_focused()  # Enter loses nothing
    page.get_by_role("dialog").get_by_role("button", name="Erase it").tap()
    expect(page.get_by_text("None yet. Beside each heading")).to_be_visible()


def test_two_tabs_write_in_one_note_and_neither_loses_its_words(context, address):
    one, other = opened_in(context, address), opened_in(context, address)
    for page in (one, other):
        page.bring_to_front()
        page.get_by_role("button", name="Dryness, pain").tap()
    note(other).fill("from the other")
    other.wait_for_timeout(600)
    one.bring_to_front()
    note(one).fill("from the one")
    one.wait_for_timeout(600)
    assert note(one).input_value() == "from the other\n\nfrom the one"


def test_what_may_identify_a_client_is_said_and_nothing_is_in_the_way(context, address):
    page = opened_in(context, address)
    page.get_by_role("button", name="Bookmark or note: Dryness").tap()
    note(page).fill("write to maria@example.org")
    page.get_by_text("This may identify a client: “maria@example.org” is an e-mail address.").wait_for()
    note(page).fill("Ask Dr Keel about swabs; Marieke Vandenbroucke has this in Oudenaarde")
    expect(page.locator(".candor-warned")).to_contain_text("“Marieke Vandenbroucke”")
    page.get_by_role("button", name="Remove").wait_for()
    asked = page.get_by_role("dialog", name="Keep the note as it is?")
    page.keyboard.press("Escape")
    expect(asked).to_contain_text("“Marieke Vandenbroucke”")
    asked.get_by_role("button", name="Cancel").tap()
    expect(note(page)).to_be_focused()
    page.keyboard.press("Escape")
    asked.get_by_role("button", name="Keep it as it is").tap()
    expect(note(page)).to_have_count(0)
    assert page.evaluate("document.activeElement.className").startswith("candor-mark")


@pytest.mark.parametrize("pause", [0, 900])
def test_a_warning_stays_and_moves_no_button_from_under_a_finger(context, address, pause):
    page = opened_in(context, address)
    page.get_by_role("button", name="Bookmark or note: Dryness").tap()
    page.wait_for_function("() => window.candorGuard")
    note(page).press_sequentially("With Bartek from Krakow I forgot the doctor.")
    page.wait_for_timeout(pause)
    asked = page.get_by_role("dialog", name="Keep the note as it is?")
    close = page.get_by_role("button", name="Close", exact=True)
    before = close.bounding_box()["y"]
    note(page).evaluate("one => one.blur()")  # as a finger does that comes down elsewhere
    expect(page.locator(".candor-warned")).to_contain_text("“Bartek”")
    expect(page.locator(".candor-warned")).to_contain_text("“Krakow”")
    expect(page.locator(".candor-note > .candor-said")).to_have_text("Saved.")
    page.wait_for_timeout(300)
    assert abs(close.bounding_box()["y"] - before) < 1
    close.tap()
    expect(asked).to_contain_text("“Bartek”")
    asked.get_by_role("button", name="Cancel").tap()
    expect(note(page)).to_be_focused()
    note(page).fill("I forgot the doctor.")
    close.tap()
    expect(note(page)).to_have_count(0)
    expect(asked).to_have_count(0)


def test_the_text_is_read_without_citations_and_stops_when_asked(context, address):
    context.add_init_script(VOICE)
    page = opened_in(context, address)
    page.wait_for_timeout(300)
    assert page.evaluate("said") == []
    page.get_by_role("button", name="Read aloud").tap()
    for _ in range(60):
        page.evaluate("speechSynthesis.next()")
    said = " ".join(page.evaluate("said"))
    assert said.startswith("Treatments your clients use") and "Tablets need arousal." in said
    assert "2005" not in said and "candor" not in said and "#" not in said and "( " not in said
    count = len(page.evaluate("said"))
    bar = page.get_by_role("region", name="Read aloud")
    bar.get_by_role("button", name="Pause").tap()
    page.evaluate("speechSynthesis.next()")
    assert len(page.evaluate("said")) == count
    bar.get_by_role("button", name="Go on").tap()
    assert page.evaluate("said.at(-1) === said.at(-2)"), "it says again the sentence that was cut off"
    bar.get_by_label("Speed").select_option("1.5")
    page.get_by_role("button", name="Bookmark or note: Dryness").tap()
    assert by_scheme(page, parts=(".candor-aloud", ".candor-tools", ".candor-note", ".candor-mark")) == {}
    bar.get_by_role("button", name="Stop").tap()
    assert bar.count() == 0 and page.locator(".candor-spoken").count() == 0
    assert page.evaluate("document.activeElement.textContent") == "Read aloud"


def test_a_note_can_be_closed_while_the_rules_do_not_come(context, address):
    page = opened_in(context, address)
    page.route("**/candor-guard.js*", lambda _route: None)
    page.get_by_role("button", name="Bookmark or note: Dryness").tap()
    note(page).fill("With Bartek I forgot the doctor.")
    page.get_by_role("button", name="Close", exact=True).tap()
    expect(note(page)).to_have_count(0)
    page.reload()
    page.get_by_role("button", name="Your note: Dryness").wait_for()
