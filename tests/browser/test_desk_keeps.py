"""The desk where two windows meet, where the page goes too soon, where there is no room, and where the browser keeps
nothing; and its guard in an older browser."""

import json
import re
from contextlib import contextmanager
from pathlib import Path

import pytest

from browser.conftest import FILL, served, without_a_network, without_a_store
from grader import lite
from grader.cards.library import load
from support.course import ASSIGNMENT, VIGNETTE, write_library

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
NOTEBOOK = "notebooks/index.html?path=holding.ipynb"

NO_ROOM = """() => {
    IDBObjectStore.prototype.put = () => { throw new DOMException('The quota has been exceeded.', 'QuotaExceededError'); };
}"""  # noqa: E501


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    base = tmp_path_factory.mktemp("desk")
    lite.build(load(write_library(base / "library")), base / "site" / "desk", {})
    with served(base / "site") as address:
        yield f"{address}desk/"


@pytest.fixture(scope="module")
def desk_of_none(tmp_path_factory):
    """A desk that names no program, as beside the library's own book, with a case in two parts, too."""
    base = tmp_path_factory.mktemp("alone")
    library = write_library(base / "library")
    part = (
        "  - title: {title}\n    story: |\n      She calls.\n    ask:\n      - question: {card}\n    teacher: None.\n"
    )
    parts = part.format(title="Intake", card="first-card") + part.format(title="What came later", card="second-card")
    (library / "case_vignettes/told.yml").write_text(f"{VIGNETTE.split('parts:')[0]}parts:\n{parts}review: draft\n")
    items = "items:\n  - vignette: told\nreview: draft\n"
    (library / "exercises/assignments/told.yml").write_text(ASSIGNMENT.split("items:")[0] + items)
    lite.build(load(library), base / "site" / "desk")
    with served(base / "site") as address:
        yield f"{address}desk/"


@pytest.fixture
def context(browser):
    made = browser.new_context(viewport={"width": 1100, "height": 900}, accept_downloads=True, service_workers="block")
    made.set_default_timeout(30_000)
    yield made
    made.close()


def opened(context, desk, name=NOTEBOOK):
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{desk}{name}")
    if name == NOTEBOOK:
        page.locator(".candor-live").first.wait_for()
    return page


#: All of the assignment is answered, as the desk keeps it for its list.
WHOLE = """for (const name of Object.keys(localStorage).filter((one) => one.startsWith("candor-desk:"))) {
    localStorage.setItem(name, JSON.stringify({ ...JSON.parse(localStorage.getItem(name)), done: 5 }));
}"""


def again(page):
    page.reload()
    page.locator(".candor-live").first.wait_for()


def radio(page, question, letter):
    return page.locator(".candor-answer").nth(question).locator(f"input[value={letter}]")


def saved(page, question):
    return expect(page.locator(".candor-answer").nth(question).locator(".candor-status")).to_have_text(
        re.compile(r"Saved \d\d?:\d\d")
    )


def handed_in(page) -> dict:
    page.locator(".candor-line").get_by_role("button", name="Hand in").click()
    page.get_by_label("Your trainee number").fill("trainee-07")
    with page.expect_download() as arrived:
        page.get_by_role("button", name="Download for submission").click()
        page.get_by_role("button", name="Download as it is").click()  # not everything is answered
    return json.loads(Path(arrived.value.path()).read_text())


def marked(notebook, name) -> str:
    cell = next(cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") == name)
    return "".join(re.findall(r"^- \[x\] \*\*([A-E])\.", "".join(cell["source"]), re.M))


# ---- The list of what is asked ---------------------------------------------------------------------------------------

OVERFLOW = "document.documentElement.scrollWidth - innerWidth"


def test_the_count_opens_a_list_of_what_is_asked_that_says_how_each_stands_and_leads_there(phone):
    page = phone
    count, questions = page.get_by_role("button", name="Questions: "), page.get_by_role("navigation", name="Questions")
    rows = questions.get_by_role("listitem").get_by_role("button")
    expect(questions).to_be_hidden()
    expect(count).to_have_accessible_name("Questions: 0 of 5 answered")
    radio(page, 1, "A").check()
    page.locator(".candor-text").fill("My client Maria Keller from Leeds said no.")
    count.tap()
    expect(count).to_have_attribute("aria-expanded", "true")
    expect(rows).to_have_count(5)
    for row, says in enumerate(
        (
            r"^Question 1 Unanswered .+\?$",
            "^Question 2 Answered ",
            "^Question 3 Unanswered",
            "^Question 4 Unanswered",
            "^Reflection: What you would say Needs a look",
        )
    ):
        expect(rows.nth(row)).to_have_text(re.compile(says))
    expect(rows.nth(4)).to_contain_text("8 words: it counts as answered from 20 on")
    expect(rows.nth(4)).to_contain_text("Maria Keller, Leeds")
    expect(questions.locator("[aria-current]")).to_have_count(1)
    expect(questions.locator("[aria-current]")).to_contain_text("What you would say")  # where one is
    expect(rows.nth(4)).to_be_focused()
    low = "rows => rows.map((one) => one.getBoundingClientRect().height).filter((high) => high < 44)"
    assert rows.evaluate_all(low) == []
    rows.nth(2).tap()
    expect(questions).to_be_hidden()
    expect(radio(page, 2, "A")).to_be_focused()
    expect(radio(page, 2, "A")).to_be_in_viewport()
    count.tap()
    expect(questions.locator("[aria-current]")).to_contain_text("Question 3")
    ways_out(page)  # one panel at a time
    expect(questions).to_be_hidden()
    count.tap()
    expect(page.get_by_role("form", name="Hand in")).to_be_hidden()
    page.locator(".candor-text").fill("word " * 20)  # it says how it stands now
    expect(rows.nth(4)).to_have_text(re.compile("^Reflection: What you would say Answered"))
    rows.nth(4).tap()
    expect(page.locator(".candor-text")).to_be_in_viewport()
    expect(page.locator(".candor-text")).not_to_be_focused()  # no keyboard comes over what one is to read first
    count.tap()
    for how in ("document.documentElement.style.fontSize = '200%'", "document.documentElement.dir = 'rtl'"):
        page.evaluate(how)
        assert page.evaluate(OVERFLOW) <= 0
        sideways = (
            "list => [...list.querySelectorAll('button')].filter((one) => one.scrollWidth > one.clientWidth).length"
        )
        assert questions.evaluate(sideways) == 0


def test_a_part_of_a_case_that_was_read_without_answering_is_open_when_one_comes_back(context, desk_of_none):
    page = opened(context, desk_of_none, NOTEBOOK.replace("holding", "told"))
    later = page.get_by_role("heading", name="What came later")
    door = page.get_by_role("button", name="Read on without answering")
    door.click()
    expect(later).to_be_in_viewport()
    again(page)
    expect(later).to_have_count(1)
    expect(door).to_have_count(0)
    page.get_by_role("link", name="All assignments").click()
    expect(page.get_by_role("region", name="Go on with")).to_have_count(0)  # nothing is answered


# ---- The way out -----------------------------------------------------------------------------------------------------

DOWNLOAD, ANYWAY = "Download for submission", "Download as it is"
A_LINE = 24  # px, at most, by which the text itself grows
PICKED = "({ selectionStart, selectionEnd, value }) => value.slice(selectionStart, selectionEnd)"


PHONE = {"width": 390, "height": 844}


@contextmanager
def on_a_phone(browser, desk):
    made = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, service_workers="block")
    made.set_default_timeout(30_000)
    yield opened(made, desk)
    made.close()


@pytest.fixture
def phone(browser, desk_of_none):
    """The assignment on a phone, by touch, on a desk that names no program."""
    with on_a_phone(browser, desk_of_none) as page:
        yield page


@pytest.fixture(scope="module")
def once(browser, desk_of_none):
    with on_a_phone(browser, desk_of_none) as page:
        yield page


@pytest.fixture
def written(once):
    """The same, for those who leave nothing behind that another would meet, with nothing in the reflection yet. It is
    opened once for all of them: opening it takes more than what they do."""
    once.set_viewport_size(PHONE)
    for panel in once.get_by_role("button", name="Close").all():
        if panel.is_visible():
            panel.tap()
    once.locator(".candor-text").fill("")
    expect(once.locator(".candor-guard li")).to_have_count(0)
    once.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTo(0, 0)")
    return once


def where_all_stands(page) -> list:
    boxes = "all => all.map((one) => JSON.stringify(one.getBoundingClientRect()))"
    return page.locator(".candor-option, .candor-answer, .candor-cell").evaluate_all(boxes)


def ways_out(page):
    page.locator(".candor-line").get_by_role("button", name="Hand in").tap()
    return page.get_by_role("form", name="Hand in")


def test_hand_in_is_the_one_main_way_says_what_it_needs_before_and_asks_once(phone):
    page = phone
    radio(page, 0, "B").check()
    saved(page, 0)
    hand = ways_out(page)
    number = hand.get_by_label("Your trainee number")
    expect(number).to_be_focused()
    expect(number).to_have_accessible_description(re.compile("needed.*Your program gives it to you"))
    main = page.locator(".candor-hand .candor-first:visible")
    expect(main).to_have_count(1)
    expect(main).to_have_text(DOWNLOAD)
    main.tap()  # without a number: said, the focus where it is given, and nothing is asked yet
    expect(number).to_be_focused()
    expect(hand.get_by_role("status")).to_contain_text("Give your trainee number")
    number.fill("trainee 07")
    main.tap()
    expect(number).to_have_value("trainee 07")
    expect(number).to_have_attribute("aria-invalid", "true")
    number.fill("trainee-07")
    main.tap()
    asked = page.get_by_role("dialog", name="Download as it is?")
    expect(asked).to_contain_text("Still open: Question 2")
    expect(asked).to_contain_text("Not begun: What you would say")
    asked.get_by_role("button", name="Cancel").tap()
    expect(asked).to_have_count(0)
    main.tap()
    with page.expect_download() as arrived:
        asked.get_by_role("button", name=ANYWAY).tap()
    assert marked(json.loads(Path(arrived.value.path()).read_text()), "first-card") == "B"
    expect(page.locator(".candor-receipt")).to_contain_text("Answered: 1 of 5")
    expect(page.locator(".candor-count")).to_have_text("1 of 5 answered")  # the same, above
    with page.expect_download():
        main.tap()  # what was settled is not asked again
    again(page)
    page.locator(".candor-live").first.wait_for()
    expect(ways_out(page).get_by_label("Your trainee number")).to_have_value("trainee-07")
    page.get_by_role("link", name="All assignments").tap()
    expect(page.get_by_text("choose Hand in to have your answers as a file")).to_be_visible()
    assert "choose *Hand in*" in page.evaluate("fetch('files/holding.ipynb').then((one) => one.text())")


def test_no_way_out_passes_over_what_is_open_or_marked_and_the_question_leads_there(phone):
    page = phone
    page.locator(".candor-text").fill("My client Maria Keller from Leeds said no.")
    hand = ways_out(page)
    copy = hand.get_by_role("button", name="Download as text")
    copy.tap()
    asked = page.get_by_role("dialog", name="Download as it is?")
    expect(asked).to_contain_text("Still marked in What you would say: Maria Keller, Leeds.")
    asked.get_by_role("button", name="Read it again").tap()
    expect(page.locator(".candor-text")).to_be_focused()
    assert page.locator(".candor-text").evaluate(PICKED) == "Maria Keller"
    ways_out(page)
    copy.tap()
    asked.get_by_role("button", name="Next unanswered").tap()
    expect(asked).to_have_count(0)
    expect(hand).to_be_hidden()
    expect(page.locator(".candor-answer input").first).to_be_focused()
    ways_out(page)
    copy.tap()
    with page.expect_download() as arrived:
        asked.get_by_role("button", name=ANYWAY).tap()
    assert arrived.value.suggested_filename == "holding.txt"
    text = Path(arrived.value.path()).read_text(encoding="utf-8")
    assert "[ ] A. " in text and "**" not in text and "### " not in text
    status = page.locator(".candor-hand p[role=status]")
    expect(status).to_contain_text("holding.txt is in your downloads")
    page.locator(".candor-text").fill("My client Maria Keller from Leeds said no. So did Mr Delgado.")
    expect(status).to_contain_text("Save it again")
    expect(status).to_have_class("candor-heed")  # as what is open is
    expect(hand.locator(".candor-open")).to_have_class(re.compile("candor-heed"))
    copy.tap()  # what came since is asked about
    expect(asked).to_contain_text("Mr Delgado")
    with page.expect_download():
        asked.get_by_role("button", name=ANYWAY).tap()
    hand.get_by_label("Your trainee number").fill("trainee-07")
    hand.get_by_role("button", name=DOWNLOAD).tap()  # the other way out asks as well
    expect(page.get_by_role("dialog", name="Download as it is?")).to_contain_text("Mr Delgado")


def test_no_warning_says_that_a_telephone_number_may_stay(written):
    text, marks = written.locator(".candor-text"), written.locator(".candor-guard")
    text.fill("She came on 14 March 2024.")
    expect(marks).to_contain_text("you may leave it as it is")
    text.fill("She came on 14 March 2024. Ring her on 020 7946 0018, or write to anna@example.org.")
    expect(marks).to_contain_text("is a telephone number. Better: leave it out.")
    expect(marks).not_to_contain_text("you may leave it")


NAMES = (
    "I thought of my client Anna Kowalski from Oudenaarde. I also see sarah jenkins, she lives in bradford, "
    "and Mr Delgado of Kettering. Tom B. works at a factory in York. "
)


def test_a_tick_settles_one_find_alone_and_is_kept_when_the_assignment_is_opened_again(phone):
    page = phone
    page.locator(".candor-text").fill(NAMES)
    asked = page.locator(".candor-asked")
    expect(asked.filter(has_text="sarah jenkins")).to_have_count(1)
    many = asked.count()
    assert many > 2
    tick = asked.filter(has_text="Kettering").get_by_role("checkbox")
    assert tick.locator("xpath=..").bounding_box()["height"] >= 44
    tick.tap()
    expect(asked.get_by_role("checkbox", checked=True)).to_have_count(1)
    saved(page, 4)
    again(page)
    expect(asked).to_have_count(many)
    expect(asked.get_by_role("checkbox", checked=True)).to_have_count(1)
    expect(tick).to_be_checked()
    copy = ways_out(page).get_by_role("button", name="Download as text")
    copy.tap()
    said = page.get_by_role("dialog", name="Download as it is?")
    expect(said).to_contain_text("sarah jenkins")
    expect(said).not_to_contain_text("Kettering")
    said.get_by_role("button", name="Cancel").tap()
    page.get_by_role("button", name="Close").tap()
    tick.tap()  # taken back
    ways_out(page)
    copy.tap()
    expect(said).to_contain_text("Kettering")


def test_the_strip_leads_with_the_surest_mark_and_read_it_again_brings_the_first_into_sight(written):
    page = written
    page.set_viewport_size({"width": 390, "height": 600})
    text = page.locator(".candor-text")
    padding = "I would wait and say so. " * 120
    text.fill("I would wait. " * 30 + NAMES + padding + "I see sarah jenkins, she lives in bradford.")
    near = page.locator(".candor-near")
    expect(near).to_contain_text("is a name")
    ways_out(page).get_by_role("button", name="Download as text").tap()
    page.get_by_role("button", name="Read it again").tap()
    expect(text).to_be_focused()
    assert text.evaluate(PICKED) == "Anna Kowalski"
    place = """box => {  // of the marked words: the box as it is without them ends above them
        const { value } = box, high = box.offsetHeight, { top } = box.getBoundingClientRect();
        box.value = value.slice(0, value.indexOf("Kowalski") + 8);
        const depth = box.offsetHeight;
        box.value = value;
        return { top, depth, high };
    }"""
    still_at = None
    for _ in range(40):
        at = page.evaluate("one => one.getBoundingClientRect().top", text.element_handle())
        if at == still_at:
            break
        still_at = at
        page.wait_for_timeout(100)
    found = text.evaluate(place)
    line = found["top"] + found["depth"] - 10
    strip = near.bounding_box()
    assert found["high"] > 900 and strip["y"] + strip["height"] - 10 < line < 450, (found, strip)


def test_the_hand_in_panel_can_be_closed_leaves_room_and_says_that_the_receipt_is_saved(phone):
    page = phone
    hand = ways_out(page)
    close = hand.get_by_role("button", name="Close")
    close.tap()
    expect(hand).to_be_hidden()
    ways_out(page)
    page.get_by_role("button", name="Next unanswered").tap()
    expect(hand).to_be_hidden()
    ways_out(page)
    hand.get_by_label("Your trainee number").fill("trainee-07")
    hand.get_by_role("button", name=DOWNLOAD).tap()
    with page.expect_download():
        page.get_by_role("dialog").get_by_role("button", name=ANYWAY).tap()
    keep = hand.get_by_role("button", name="Save the receipt")
    with page.expect_download():
        keep.tap()
    expect(hand.get_by_text("The receipt is in your downloads: trainee-07__holding__receipt.txt")).to_be_in_viewport()
    assert hand.bounding_box()["height"] < 600
    expect(close).to_be_in_viewport()
    close.tap()
    expect(hand).to_be_hidden()


def test_what_one_taps_is_large_enough_and_text_stands_in_no_frame(written, desk_of_none):
    page = written
    low = """selector => [...document.querySelectorAll(selector)].filter((one) => one.offsetParent)
        .map((one) => [one.textContent.slice(0, 30), one.getBoundingClientRect().height])
        .filter(([, high]) => high < 44)"""
    assert page.evaluate(low, ".candor-home, .candor-bar button, .candor-option") == []
    cell = page.locator(".candor-cell .jp-RenderedMarkdown").first
    cell.tap()
    frames = """() => [...document.querySelectorAll(".candor-cell, .candor-cell *")].map((one) => getComputedStyle(one))
        .filter((one) => one.boxShadow !== "none" || (one.outlineStyle !== "none" && parseFloat(one.outlineWidth) > 0))
        .length"""
    assert page.evaluate(frames) == 0
    front = opened(page.context, desk_of_none, "index.html")
    front.locator("#keep").evaluate("one => { one.hidden = false; }")
    assert front.evaluate(low, "summary, .candor-topbar a") == []
    front.close()


def test_a_mark_is_seen_where_the_keyboard_has_pushed_the_page_up(written):
    """As Safari and Chrome do it on a phone: the window is as high as before, and its upper part is out of sight."""
    page = written
    page.locator(".candor-text").fill("I would wait and say so. " * 120)
    page.locator(".candor-text").press("Control+End")
    page.keyboard.type("Mr Delgado")
    seen = page.locator(".candor-near")
    expect(seen).to_be_visible()
    assert seen.bounding_box()["y"] < 250
    pushed = "Object.defineProperty(visualViewport, 'offsetTop', { get: () => 250, configurable: true });"
    page.evaluate(f"{pushed} visualViewport.dispatchEvent(new Event('scroll'));")
    assert 250 <= seen.bounding_box()["y"] < 300
    page.evaluate("delete visualViewport.offsetTop; visualViewport.dispatchEvent(new Event('scroll'));")


def test_nothing_moves_under_the_finger_when_an_answer_is_given_or_changed(written):
    page = written
    options = page.locator(".candor-answer").first.locator(".candor-option")
    options.nth(2).scroll_into_view_if_needed()
    before = where_all_stands(page)
    for place in (0, 2):
        options.nth(place).tap()
        saved(page, 0)
        assert where_all_stands(page) == before


def test_after_a_file_the_receipt_is_in_sight_and_a_newer_one_says_what_is_another(phone):
    page = phone
    page.locator(".candor-text").fill("I would ask her.")
    radio(page, 0, "B").check()
    hand = ways_out(page)
    hand.get_by_label("Your trainee number").fill("trainee-07")
    main = hand.get_by_role("button", name=DOWNLOAD)
    main.tap()
    with page.expect_download():
        page.get_by_role("dialog").get_by_role("button", name=ANYWAY).tap()
    said = page.locator(".candor-hand p[role=status]")
    expect(said).to_contain_text("trainee-07__holding.ipynb is in your downloads")
    expect(said).not_to_contain_text("newer")
    expect(hand.get_by_role("button", name="Save the receipt")).to_be_in_viewport(ratio=1)
    close, words, still = (
        one.bounding_box() for one in (hand.get_by_role("button", name="Close"), said, hand.locator(".candor-open"))
    )
    assert close["y"] + close["height"] <= words["y"] + 1, "what closes the panel lies on what it says"
    assert words["y"] + words["height"] <= still["y"], "what came of it stands below what is open"
    expect(page.locator(".candor-receipt")).to_contain_text("Open questions: Question 2")
    expect(page.locator(".candor-receipt")).to_contain_text("4 words (aim for ")  # not as if nothing were open
    expect(hand).to_contain_text("Nobody marks it here. A supervisor of your training program does")
    # and where one learns at once what is right
    expect(hand.get_by_role("link", name="Confidentiality")).to_have_attribute(
        "href", re.compile(r"/ethics/confidentiality\.html#check-yourself$")
    )
    with page.expect_download():
        main.tap()
    expect(said).to_contain_text("The answers are those of your file of")
    again(page)
    radio(page, 0, "C").check()
    ways_out(page)
    with page.expect_download():
        main.tap()
        page.get_by_role("dialog").get_by_role("button", name=ANYWAY).tap()
    expect(said).to_contain_text("It is newer than your file of")
    expect(said).to_contain_text(": 1 answer is another.")


def test_the_panel_names_what_is_marked_as_soon_as_it_opens(written):
    page = written
    page.locator(".candor-text").fill("My client Maria Keller from Leeds said no.")
    expect(ways_out(page).locator(".candor-open")).to_contain_text("Marked as perhaps a client’s: Maria Keller, Leeds.")


def test_what_was_begun_stands_on_top_of_the_list_until_it_is_answered_and_downloaded(phone, desk_of_none):
    page = phone
    radio(page, 0, "B").check()
    saved(page, 0)
    page.get_by_role("link", name="All assignments").tap()
    going = page.get_by_role("region", name="Go on with")
    expect(going).to_contain_text("1 of 5 answered")
    assert going.bounding_box()["y"] < page.get_by_text("Where your work is").bounding_box()["y"]
    going.get_by_role("link", name="Holding what you are told").tap()
    hand = ways_out(page)
    hand.get_by_label("Your trainee number").fill("trainee-07")
    hand.get_by_role("button", name=DOWNLOAD).tap()
    with page.expect_download():
        page.get_by_role("dialog").get_by_role("button", name=ANYWAY).tap()
    page.get_by_role("link", name="All assignments").tap()
    expect(going).to_contain_text(re.compile("1 of 5 answered.*downloaded"))  # something is open
    page.evaluate(WHOLE)
    page.reload()
    expect(page.get_by_text(re.compile("5 of 5 answered.*downloaded"))).to_be_visible()
    expect(going).to_be_hidden()
    page.evaluate(WHOLE.replace("done: 5", "done: 5, downloaded: 0"))
    page.reload()
    expect(going).to_contain_text(re.compile("5 of 5 answered.*not downloaded yet"))


def test_on_a_phone_that_lies_on_its_side_the_bar_is_one_line(written):
    page = written
    page.set_viewport_size({"width": 844, "height": 390})
    page.wait_for_function("document.querySelector('.candor-bar').offsetHeight < 70")
    assert page.locator(".candor-bar").bounding_box()["y"] < 5, "a bar of Jupyter's came when it was turned"
    for name in ("Next unanswered", "Hand in"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_in_viewport(ratio=1)
    expect(page.locator(".candor-title")).to_be_in_viewport(ratio=1)
    expect(page.locator(".candor-count")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 844


# ---- The way back ----------------------------------------------------------------------------------------------------

BRING = "Bring back answers from a file"


def brought(page, path):
    """Chooses a file to bring answers back from, below the list of questions, where it is said what came of it."""
    questions = page.get_by_role("navigation", name="Questions")
    if questions.is_hidden():
        page.get_by_role("button", name="Questions: ").tap()
    with page.expect_file_chooser() as chooser:
        questions.get_by_role("button", name=BRING).tap()
    chooser.value.set_files(path)
    return questions


def file_of(page, tmp_path):
    """What *Hand in* makes of the answers as they stand."""
    with page.expect_download() as arrived:
        page.get_by_role("form", name="Hand in").get_by_role("button", name=DOWNLOAD).tap()
        page.get_by_role("dialog").get_by_role("button", name=ANYWAY).tap()
    arrived.value.save_as(tmp_path / arrived.value.suggested_filename)
    return tmp_path / arrived.value.suggested_filename


FORGET = """() => new Promise((done, failed) => {
    localStorage.clear();
    const asked = indexedDB.deleteDatabase(`JupyterLite Storage - ${new URL('./', location.href).pathname}`);
    asked.onsuccess = done;
    asked.onerror = asked.onblocked = failed;
})"""


def test_answers_come_back_from_the_file_after_all_was_erased_and_nothing_is_written_over_unasked(
    phone, desk_of_none, tmp_path
):
    page, others = phone, "I would ask whom she has told."
    radio(page, 0, "B").check()
    radio(page, 1, "A").check()
    page.locator(".candor-text").fill(others)
    saved(page, 4)
    hand = ways_out(page)
    hand.get_by_label("Your trainee number").fill("trainee-07")
    path = file_of(page, tmp_path)
    page.goto(f"{desk_of_none}index.html")
    expect(page.locator("main")).to_contain_text("(0 of 9 answered), then Bring back answers from a file.")
    expect(page.locator("main")).to_contain_text("a supervisor of your training program does")
    page.evaluate(FORGET)
    page.goto(f"{desk_of_none}{NOTEBOOK}")
    page.locator(".candor-live").first.wait_for()
    expect(radio(page, 0, "B")).not_to_be_checked()
    without_a_network(page)
    radio(page, 1, "C").check()
    questions = brought(page, path)
    asked = page.get_by_role("dialog", name="Bring back answers?")
    expect(asked).to_contain_text("2 answers come back. Nothing stands in their place here.")
    expect(asked).to_contain_text("1 answer differs from what stands here:")
    expect(asked).to_contain_text("Question 2: C here, A in the file.")
    asked.get_by_role("button", name="Cancel").tap()
    expect(questions.get_by_text("Nothing was changed.")).to_be_visible()
    expect(page.locator(".candor-text")).to_have_value("")
    brought(page, path)
    asked.get_by_role("button", name="Keep what is here").tap()
    said = questions.get_by_text(
        "2 answers came back from trainee-07__holding.ipynb. 1 that differs stays as it stands here."
    )
    expect(said).to_be_in_viewport()
    expect(radio(page, 0, "B")).to_be_checked()
    expect(radio(page, 1, "C")).to_be_checked()
    expect(page.locator(".candor-text")).to_have_value(others)
    brought(page, path)
    asked.get_by_role("button", name="Take the file’s").tap()
    expect(radio(page, 1, "A")).to_be_checked()
    brought(page, path)
    expect(questions.get_by_text("All that trainee-07__holding.ipynb answers stands here already.")).to_be_visible()
    page.get_by_role("button", name="Close").tap()
    radio(page, 1, "A").press("Control+z")  # one choice, undone as any
    expect(radio(page, 1, "C")).to_be_checked()
    saved(page, 1)
    page.context.set_offline(False)
    again(page)
    expect(radio(page, 0, "B")).to_be_checked()
    expect(radio(page, 1, "C")).to_be_checked()
    expect(page.locator(".candor-text")).to_have_value(others)


def test_the_panels_say_what_is_open_by_now_show_what_came_of_a_file_and_open_at_their_top(phone, tmp_path):
    page, still = phone, phone.locator(".candor-open")
    radio(page, 0, "B").check()
    hand = ways_out(page)
    label = hand.get_by_text("Your trainee number, as your program gave it")
    hand.get_by_label("Your trainee number").fill("trainee-07")
    path = file_of(page, tmp_path)
    radio(page, 1, "A").check()  # in the answers that stand below the panel
    expect(still).to_have_text(re.compile(r"^Still open: (?!.*Question 2)"))
    page.get_by_role("button", name="Close").tap()
    page.locator(".candor-answer").first.get_by_role("button", name="Clear answer").tap()
    page.set_viewport_size({"width": 390, "height": 600})  # the panel is full
    ways_out(page)
    expect(label).to_be_in_viewport(ratio=1)
    expect(still).to_contain_text("Question 1")
    questions = brought(page, path)
    first = questions.get_by_role("listitem").first
    expect(first).to_contain_text("Unanswered")
    asked = page.get_by_role("dialog", name="Bring back answers?")
    expect(asked).to_contain_text("1 answer that is only here stays as it is.")
    asked.get_by_role("button", name="Bring them back").tap()
    said = questions.get_by_text("1 answer came back from trainee-07__holding.ipynb.")
    expect(said).to_be_in_viewport(ratio=1)
    panel, words = (one.bounding_box() for one in (questions, said))
    assert words["y"] + words["height"] <= panel["y"] + panel["height"], "its last line is cut"
    expect(first).to_contain_text("Answered")
    ways_out(page)
    expect(label).to_be_in_viewport(ratio=1)
    expect(still).not_to_contain_text("Question 1")


def test_a_file_that_brings_nothing_back_is_refused_in_words_and_a_hostile_one_does_nothing(phone, tmp_path):
    page = phone
    hand = ways_out(page)
    hand.get_by_label("Your trainee number").fill("trainee-07")
    radio(page, 0, "B").check()
    notebook = json.loads(file_of(page, tmp_path).read_text())
    radio(page, 0, "A").check()
    copy = json.loads(json.dumps(notebook))
    copy["metadata"]["candor"]["assignment"] = "other"
    gone = json.loads(json.dumps(notebook))
    for cell in gone["cells"]:
        if cell["metadata"]["nbgrader"]["grade_id"] == "first-card":
            cell["metadata"]["nbgrader"]["grade_id"] = "an-older-card"
    files = {
        "copy.txt": "Holding\n\n[x] B. To wait",
        "other.ipynb": json.dumps(copy),
        "gone.ipynb": json.dumps(gone),
        "picture.ipynb": "\0\1\2",
        "large.ipynb": " " * 50_000_000,
    }
    words = {
        "copy.txt": "copy.txt is no file of answers. Choose the one that Hand in made: its name ends in .ipynb.",
        "other.ipynb": "other.ipynb is of another assignment: ",
        "gone.ipynb": "No answer stands in gone.ipynb. Not asked here, and so left in the file: Question 1.",
        "picture.ipynb": "picture.ipynb is no file of answers.",
        "large.ipynb": "large.ipynb is larger than 20 MB",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        expect(brought(page, tmp_path / name).get_by_text(words[name])).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)
    bad = "<img src=x onerror=\"document.title='broken in'\"> My words."
    for cell in notebook["cells"]:
        if cell["metadata"]["candor"]["role"] == "reflection":
            cell["source"] = [bad]
        elif cell["metadata"]["candor"]["role"] != "answer":
            cell["source"] = ["# Another task\n", bad]
        cell["metadata"]["candor"]["role"] = "text"
        cell["outputs"] = [{"data": {"text/html": bad}}]
    (tmp_path / "bad.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    brought(page, tmp_path / "bad.ipynb")
    page.get_by_role("dialog", name="Bring back answers?").get_by_role("button", name="Take the file’s").tap()
    expect(page.locator(".candor-text")).to_have_value(bad)
    expect(radio(page, 0, "B")).to_be_checked()
    saved(page, 4)
    assert "Another task" not in page.locator(".candor-notebook").inner_text()
    assert page.title() != "broken in"


# ---- What is marked, while one types ---------------------------------------------------------------------------------


@pytest.mark.parametrize("lines", [1, 40])
def test_a_mark_is_seen_above_the_keyboard_and_the_caret_stays_where_it_is(written, lines):
    page = written
    text = page.locator(".candor-text")
    text.fill("I would wait. " * 12 * lines)
    page.set_viewport_size({"width": 390, "height": 480})  # the keyboard is up
    text.tap()
    page.keyboard.press("Control+End")
    page.keyboard.type("So. ")
    bottom = "() => document.querySelector('.candor-text').getBoundingClientRect().bottom"
    before = page.evaluate(bottom)
    page.keyboard.type("Mr Delgado")
    seen = page.locator(".candor-near")
    expect(seen).to_contain_text('Mr Delgado is a name. Better: "a client"')
    expect(seen).to_be_in_viewport(ratio=0.99)  # the scroller cuts parts of a pixel
    expect(seen).to_have_role("status")
    assert abs(page.evaluate(bottom) - before) <= A_LINE
    page.keyboard.type(" and my client Anna Kowalski from Leeds")
    expect(seen).to_contain_text("more below")
    expect(seen).to_be_in_viewport(ratio=0.99)  # the scroller cuts parts of a pixel
    assert abs(page.evaluate(bottom) - before) <= 3 * A_LINE  # what was typed, and nothing that was pushed down
    for _ in range(60):
        page.keyboard.press("Backspace")
    expect(seen).to_be_hidden()


# ---- Two windows, and a window that goes -----------------------------------------------------------------------------


#: What was saved elsewhere is not here before `readOn` is called.
READ_SLOWLY = """() => {
    const { context } = window.jupyterapp.shell.currentWidget, revert = context.revert.bind(context);
    const may = new Promise((done) => (window.readOn = done));
    context.revert = () => (window.isReading = true, may.then(revert));
}"""


#: What is saved is not written before `saveOn` is called.
SAVE_SLOWLY = """() => {
    const { contents } = window.jupyterapp.serviceManager, save = contents.save.bind(contents);
    const may = new Promise((done) => (window.saveOn = done));
    contents.save = (...all) => may.then(() => save(...all));
}"""

#: However slow the machine is, this window takes nothing by force.
PATIENTLY = """() => {
    const { setTimeout } = window;
    window.setTimeout = (run, wait, ...all) => setTimeout(run, wait === 3000 ? 600_000 : wait, ...all);
}"""


def test_a_second_window_changes_nothing_until_it_is_given_the_assignment_also_by_one_that_sleeps(context, desk):
    one = opened(context, desk)
    radio(one, 0, "B").check()
    saved(one, 0)
    other = opened(context, desk)
    expect(other.locator(".candor-bar")).to_contain_text("open in another window")
    expect(radio(other, 1, "D")).to_be_disabled()
    other.keyboard.press("Control+s")
    one.bring_to_front()  # a window behind another paints once a second, and each click waits for that
    one.evaluate(SAVE_SLOWLY)
    radio(one, 1, "A").check()
    other.bring_to_front()
    other.evaluate(PATIENTLY)
    other.get_by_role("button", name="Go on here").click()
    expect(radio(one, 1, "C")).to_be_disabled()  # what is answered now would not be in what the other gets
    one.evaluate("window.saveOn()")
    expect(radio(other, 1, "A")).to_be_checked()  # it was not saved yet when it was asked for
    expect(radio(one, 1, "A")).to_be_disabled()
    expect(one.locator(".candor-bar")).to_contain_text("open in another window")
    radio(other, 1, "D").check()
    saved(other, 1)
    assert one.locator(".jp-Dialog").count() == other.locator(".jp-Dialog").count() == 0

    session = context.new_cdp_session(other)  # a window that sleeps does not keep the assignment
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    one.bring_to_front()
    one.reload()
    one.get_by_role("button", name="Go on here").click()
    expect(radio(one, 0, "B")).to_be_checked()
    expect(radio(one, 1, "D")).to_be_checked()
    expect(radio(one, 1, "D")).to_be_enabled(timeout=15_000)
    session.send("Page.setWebLifecycleState", {"state": "active"})
    expect(other.locator(".candor-bar")).to_contain_text("open in another window")

    other.bring_to_front()
    other.evaluate(READ_SLOWLY)
    other.get_by_role("button", name="Go on here").click()
    other.wait_for_function("window.isReading")
    assert radio(other, 1, "C").is_disabled()  # what is answered now would be written over
    other.evaluate("window.readOn()")
    radio(other, 1, "C").check()
    saved(other, 1)
    other.close()
    one.bring_to_front()
    expect(radio(one, 1, "C")).to_be_checked()  # and comes back when the other window is closed
    expect(radio(one, 0, "B")).to_be_enabled()
    radio(one, 0, "C").check()
    saved(one, 0)
    assert marked(handed_in(one), "first-card") == "C"


def test_an_answer_given_as_the_page_goes_is_there_again_and_where_all_is_kept_nothing_is_said_of_it(context, desk):
    page = opened(context, desk, "index.html")
    assert page.get_by_role("alert").count() == 0
    page = opened(context, desk)
    assert page.locator(".candor-alert:visible, .candor-notice:visible").count() == 0
    # No menu empties it: the only checkpoint of an assignment is the assignment as it was handed out.
    expect(page.locator(".candor-line")).to_be_visible()
    page.locator(".jp-RenderedMarkdown").first.click(button="right")  # the browser's own menu, with its spelling
    page.keyboard.press("Control+Shift+c")
    for name in ("File", "Revert", "Clear Browser Data"):
        assert page.get_by_role("menuitem", name=name, exact=False).count() == 0
    assert page.locator(".jp-ModalCommandPalette:visible, .lm-Menu").count() == 0

    for way, letter, words in (("reload", "B", "Words in the last second."), ("close", "C", "Other words.")):
        page.locator(".candor-text").fill(words)
        radio(page, 0, letter).check()
        if way == "reload":
            again(page)
        else:
            page.close(run_before_unload=True)
            page = opened(context, desk)
        expect(radio(page, 0, letter)).to_be_checked()
        expect(page.locator(".candor-text")).to_have_value(words)
        # It reached the store before the page was gone, and came from there without a time; or it is taken up and saved
        # now.
        status = page.locator(".candor-answer").nth(0).locator(".candor-status")
        expect(status).to_have_text(re.compile(rf"Answered: {letter}\. Saved( \d\d?:\d\d(\s[AP]M)?)?\.$"))
        kept = "Object.keys(localStorage).filter(name => name.startsWith('candor-unsaved')).length"
        assert page.evaluate(kept) == 0, way


# ---- No room, or no store --------------------------------------------------------------------------------------------


def test_with_a_full_store_the_file_comes_first_and_without_rules_the_desk_says_that_its_check_is_off(context, desk):
    context.route("**/guard.json", lambda route: route.abort())
    page = opened(context, desk)
    expect(page.locator(".candor-off")).to_contain_text("The check for what may identify a client is off")
    expect(guarded(page)).to_have_count(0)
    radio(page, 1, "A").check()
    saved(page, 1)
    page.evaluate(FILL)
    page.evaluate(NO_ROOM)
    radio(page, 0, "B").check()
    expect(page.get_by_role("alert").filter(has_text="Not saved")).to_contain_text("Download for submission")
    page.locator(".jp-Dialog button").first.click()  # Lab's own word on it
    assert marked(handed_in(page), "first-card") == "B"
    expect(page.locator(".candor-receipt")).to_contain_text("2 of 4 answered")


@pytest.fixture
def closed(browser, tmp_path):
    with without_a_store(browser, tmp_path / "profile") as made:
        made.set_default_timeout(30_000)
        yield made


def test_where_the_browser_keeps_nothing_the_desk_says_so_and_works(closed, desk):
    first = opened(closed, desk, "index.html")
    expect(first.get_by_role("alert")).to_contain_text("keeps nothing")
    first.close()
    page = opened(closed, desk)
    expect(page.locator(".candor-bar")).to_contain_text("keeps nothing")
    radio(page, 0, "B").check()
    expect(page.locator(".candor-status").first).to_have_text("Answered: B. In this window alone.")
    assert marked(handed_in(page), "first-card") == "B"
    assert page.locator(".jp-Dialog").count() == 0


# ---- The guard in an older browser -----------------------------------------------------------------------------------

BEFORE_LOOK_BEHIND = """() => {
    const Real = RegExp;
    window.RegExp = new Proxy(Real, { construct(target, [pattern, ...rest]) {
        if (/\\(\\?<[!=]/.test(String(pattern))) throw new SyntaxError("Invalid regular expression: invalid group specifier name");
        return new Real(pattern, ...rest);
    } });
}"""  # noqa: E501
TEXT = "My client Anna Kowalski rang on 14 March 2024."


def guarded(page):
    page.locator(".candor-text").fill(TEXT)
    return page.locator(".candor-guard li")


def test_a_browser_without_look_behind_guards_as_any_other(context, desk):
    context.add_init_script(f"({BEFORE_LOOK_BEHIND})()")
    page = opened(context, desk)
    expect(guarded(page)).to_have_count(2)
    expect(page.locator(".candor-off")).to_be_hidden()


def test_a_rule_that_a_browser_cannot_read_turns_off_itself_alone_and_it_says_so(context, desk):
    def spoil(route):
        data = json.loads(route.fetch().text())
        data["rules"].insert(3, {"kind": "date", "pattern": "(?<broken", "why": "", "better": ""})
        route.fulfill(json=data)

    context.route("**/guard.json", spoil)
    page = opened(context, desk)
    expect(guarded(page)).to_have_count(2)
    expect(page.locator(".candor-off")).to_contain_text("cannot look for all that may identify a client (date)")
