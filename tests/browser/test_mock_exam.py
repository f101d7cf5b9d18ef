"""The mock exam and the review pages in a real browser: a whole form by keyboard, a reload, a clock that runs out,
and the schedule beside the package's."""

import json
import math
import re
from pathlib import Path

import pytest

from browser.conftest import browser, choose_row  # noqa: F401
from support.asked import agree
from support.axe import by_scheme, violations
from support.project import ROOT

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = sync_api.expect


@pytest.fixture
def page(browser, practice_pages):
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    made = context.new_page()
    made.set_default_timeout(10_000)
    made.errors = []
    made.on("pageerror", lambda error: made.errors.append(str(error)))
    agree(made)
    made.clock.install()
    made.goto(f"{practice_pages}mock-exam.html")
    yield made
    assert made.errors == []
    context.close()


def to_review(page):
    page.goto(page.url.replace("mock-exam.html", "review.html"))


def begin(page, mode="exam", time="1"):
    choose_row(page, "mode", mode)
    choose_row(page, "time", time)
    page.get_by_role("button", name="Begin").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Question 1 of")).to_be_focused()


def test_no_graded_or_exam_card_is_in_the_data(data, library):
    held = json.loads(data)
    assert held["cards"] and all(library.questions[name].use == "practice" for name in held["cards"])
    for card in library.questions.values():
        if card.use != "practice":
            principle = json.dumps(" ".join(card.explain.split()), ensure_ascii=False)[1:-1]
            assert f'"{card.name}"' not in data and (card.topic or len(principle) < 30 or principle not in data)


def test_a_whole_form_by_keyboard_with_a_reload_in_the_middle(page, data):
    held = json.loads(data)
    form = held["exams"]["knowledge-form"]["forms"][0]
    section = math.ceil(len(form) / 4)
    right = wrong = 0
    begin(page)
    for number, slot in enumerate(form):
        expect(page.get_by_text(f"Question {number + 1} of {len(form)}", exact=True)).to_be_visible()
        if number == 40:
            page.keyboard.press("m")
            left = page.locator(".candor-time").text_content()
            page.reload()
            expect(page.get_by_text("Question 41 of", exact=False)).to_be_visible()
            expect(page.get_by_role("button", name="Take the flag away")).to_be_visible()
            assert page.locator(".candor-time").text_content()[:3] == left[:3]
            page.get_by_role("heading", name="Question 41 of").focus()
        options = held["cards"][slot["card"]]["options"]
        if number % 3:
            right += 1
            for place, option in enumerate(options):
                if option["right"]:
                    page.keyboard.press("ABCDEFGHIJKL"[place].lower())
        else:
            wrong += 1
            if held["cards"][slot["card"]]["kind"] == "one-best-answer":
                page.keyboard.press(
                    "ABCDEFGHIJKL"[next(place for place, option in enumerate(options) if not option["right"])].lower()
                )
        if (number + 1) % section == 0 or number + 1 == len(form):
            page.get_by_role("button", name="Finish", exact=False).focus()
            page.keyboard.press("Enter")
        else:
            page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Your result")).to_be_focused()
    expect(page.get_by_text(f"{round(100 * right / len(form))} %; over many such forms likely")).to_be_visible()
    expect(page.get_by_text("no pass or fail")).to_be_visible()
    assert page.locator(".candor-table a[href*='.html#']").count() > 20
    primary = page.get_by_role("link", name=re.compile(r"Practise the \d+ questions you missed"))
    assert page.locator(".candor-app .candor-button.primary").count() == 1
    assert primary.get_attribute("href").endswith("practice/sessions.html?from=missed")
    assert page.locator(".candor-result-next .candor-card a[href*='.html#']").count() == 3
    page.get_by_role("button", name="Close this result").first.click()
    expect(page.get_by_text("Earlier mock exams in this browser")).to_be_visible()
    with page.expect_download() as exported:
        page.get_by_role("button", name="Take my results as a file").click()
    expect(page.get_by_text("candor-knowledge-form.json is in your downloads.")).to_be_visible()
    assert json.loads(Path(exported.value.path()).read_text())["results"][0]["words"].startswith(
        f"{right} of {len(form)} right"
    )


def plain(page, text: str) -> str:
    """A card's HTML as a person reads it."""
    return page.evaluate("text => new DOMParser().parseFromString(text, 'text/html').body.textContent", text).strip()


def test_the_debrief_gives_each_option_in_its_own_words_with_its_reason(page, data):
    held = json.loads(data)
    form = held["exams"]["knowledge-form"]["forms"][0]
    begin(page, time="0")
    page.keyboard.press("b")
    for _ in range(4):
        page.get_by_role("button", name="Finish", exact=False).click()
    page.get_by_text("Every question with its reasons").click()
    sections = page.locator(".candor-all-reasons section")
    expect(sections).to_have_count(len(form))
    for number in (0, 1, len(form) - 1):
        options = held["cards"][form[number]["card"]]["options"]
        for row, option in zip(sections.nth(number).locator("li").all(), options, strict=True):
            text = row.inner_text()
            assert plain(page, option["text"]) in text and plain(page, option["why"]) in text
    expect(sections.first.locator("li", has_text="Your answer")).to_have_count(1)
    expect(sections.first.locator("li").nth(1)).to_contain_text("Your answer")


def test_a_question_left_open_is_no_safety_question_missed(page, data):
    held = json.loads(data)
    form = held["exams"]["knowledge-form"]["forms"][0]
    gates = [place for place, slot in enumerate(form) if held["cards"][slot["card"]]["gate"]]
    first = next(place for place in gates if held["cards"][form[place]["card"]]["kind"] == "one-best-answer")
    begin(page, time="0")
    for _ in range(first // 25):
        page.get_by_role("button", name="Finish this section").click()
    page.locator(".candor-overview > summary").click()
    page.locator(".candor-map button").nth(first % 25).click()
    wrong = next(
        place for place, option in enumerate(held["cards"][form[first]["card"]]["options"]) if not option["right"]
    )
    page.keyboard.press("ABCDEFGHIJKL"[wrong].lower())
    for _ in range(first // 25, 3):
        page.get_by_role("button", name="Finish this section").click()
    page.get_by_role("button", name="Finish", exact=True).click()
    said = page.locator("section", has=page.get_by_role("heading", name="Safety questions to take to supervision"))
    left = f" {len(gates) - 1} left open" if len(gates) > 1 else ""
    expect(said).to_contain_text(f"1 of {len(gates)} answered, 1 missed.{left}")
    expect(said.locator("li")).to_have_count(1)
    what = said.get_by_role("link", name="What safety questions are").get_attribute("href")
    file, anchor = what.split("../")[-1].split("#")
    assert f"({anchor})=" in (ROOT / "book" / file.replace(".html", ".md")).read_text(), "it explains nothing"
    said.get_by_role("link", name=f"question {first + 1}").click()
    expect(page.locator(f"#candor-reasons-{first + 1}")).to_be_in_viewport()


def test_a_finished_section_is_locked(page, data):
    form = json.loads(data)["exams"]["knowledge-form"]["forms"][0]
    begin(page)
    page.get_by_role("button", name="Finish this section").click()
    expect(page.get_by_text(f"Question {math.ceil(len(form) / 4) + 1} of {len(form)}", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Previous")).to_be_disabled()
    page.keyboard.press("p")
    expect(page.get_by_text(f"Question {math.ceil(len(form) / 4) + 1} of {len(form)}", exact=True)).to_be_visible()


def test_the_clock_stands_in_a_pause_and_ends_the_form_when_it_runs_out(page):
    begin(page)
    page.keyboard.press("a")
    page.get_by_role("button", name="Pause").click()
    before = page.locator(".candor-time").text_content()
    page.clock.run_for(600_000)
    expect(page.locator(".candor-time")).to_have_text(before)
    assert page.locator(".candor-form").count() == 0
    page.get_by_role("button", name="Go on").click()
    for _ in range(181):
        page.clock.fast_forward(60_000)  # a browser looks once a minute where nobody sees the window
    expect(page.get_by_text("The time has run out.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Begin")).to_be_visible()


@pytest.mark.parametrize("lid, still", [("stops", True), ("runs", False)])
def test_a_closed_lid_does_to_the_clock_what_was_chosen_and_it_is_said(page, lid, still):
    choose_row(page, "lid", lid)
    begin(page)
    page.clock.run_for(60_000)
    before = page.locator(".candor-time").text_content()
    page.clock.fast_forward(40 * 60_000)  # no tick between: as asleep
    expect(page.get_by_text(f"The clock {'stood still' if still else 'went on'}.", exact=False)).to_be_visible()
    minutes = [int(text.split(":")[0]) for text in (before, page.locator(".candor-time").text_content())]
    assert (minutes[0] - minutes[1] < 2) == still


def test_results_over_time_are_drawn_and_said(page):
    slots = [{"card": f"c{place}", "area": "x"} for place in range(100)]
    kept = [
        {
            "began": at,
            "at": at,
            "form": 1,
            "mode": "exam",
            "slots": slots,
            "answers": {},
            "flags": [],
            "words": "done",
            "share": share,
        }
        for at, share in ((86_400_000, 0.5), (172_800_000, 0.72))
    ]
    page.evaluate("kept => localStorage.setItem('candor-history-knowledge-form', JSON.stringify(kept))", kept)
    page.reload()
    expect(page.get_by_role("img", name="Scores of mock exams out of 100")).to_have_accessible_name(
        re.compile("50, likely 40 to 60.*72, likely 63 to 80")
    )
    expect(page.get_by_text("likely score between 63 and 80 of 100. It is above the first")).to_be_visible()
    assert violations(page) == []


def test_tutor_mode_gives_the_reasons_and_locks_the_answer(page):
    begin(page, mode="tutor", time="0")
    assert page.locator(".candor-time").text_content() == ""
    options = page.locator(".candor-option").count()
    page.keyboard.press("r")
    expect(page.get_by_text("Choose an answer first.")).to_be_visible()
    page.keyboard.press("b")
    page.keyboard.press("r")
    expect(page.locator(".candor-debrief li")).to_have_count(options)
    assert page.locator(".candor-form").count() == 0
    expect(page.locator(".candor-debrief li").first).to_be_in_viewport()
    expect(page.locator(".candor-run")).to_be_focused()


def test_a_store_of_another_shape_is_begun_anew(page):
    to_review(page)
    page.evaluate("localStorage.setItem('candor-review', '{}')")
    page.reload()
    expect(page.get_by_text("10 to review now", exact=False)).to_be_visible()


def test_review_by_keyboard_brings_a_card_back(page, data):
    to_review(page)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("10 to review now", exact=False)).to_be_visible()
    held = json.loads(data)["cards"]
    name = sorted(held)[0]
    page.get_by_role("heading", name=held[name]["chapter"]).focus()
    for place, option in enumerate(held[name]["options"]):
        if option["right"]:
            page.keyboard.press("ABCDEFGHIJKL"[place].lower())
    page.keyboard.press("Enter")
    expect(page.get_by_text("Right.", exact=True)).to_be_visible()
    page.keyboard.press("3")
    expect(page.get_by_text("9 to review now; 1 of", exact=False)).to_be_visible()
    kept = page.evaluate("JSON.parse(localStorage.getItem('candor-review')).cards")[name]
    assert kept["interval"] == 2
    page.clock.fast_forward(3 * 86_400_000)
    page.reload()
    expect(page.get_by_text("11 to review now; 1 of", exact=False)).to_be_visible()


def states(page):
    """A mock exam of the book, state by state: the name of each once it is reached."""
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="Question 1 of")).to_be_focused()
    yield "a question, open"
    page.keyboard.press("a")
    yield "a question, answered"
    page.keyboard.press("m")
    for _ in range(3):
        page.get_by_role("button", name="Finish this section").click()
    page.locator(".candor-overview > summary").click()
    page.locator(".candor-map button").last.click()
    expect(page.get_by_role("button", name="Finish", exact=False)).to_be_visible()
    page.keyboard.press("m")
    yield "the last question, open"
    page.get_by_role("button", name="Finish", exact=False).click()
    expect(page.get_by_role("heading", name="Your result")).to_be_focused()
    yield "the result"
    page.get_by_text("Every question with its reasons").click()
    page.get_by_label("Show", exact=True).select_option("4")  # those flagged: one answered, one left open
    expect(page.locator(".candor-all-reasons section:visible")).to_have_count(2)
    yield "the debrief"


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_a_mock_exam_from_its_first_question_to_the_debrief(opened, width):
    page = opened(
        "practice/mock-exam.html",
        reduced_motion="reduce",
        viewport={"width": width, "height": 900},
        is_mobile=width < 600,
        has_touch=width < 600,
    )
    agree(page)
    found = {}
    for state in states(page):
        page.evaluate("scrollTo(0, 0)")  # what lies half under the page's bar counts as a small target
        if what := by_scheme(page):
            found[state] = what
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), state
    assert found == {}
