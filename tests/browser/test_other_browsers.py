"""The main ways of the book and of the desk in Firefox and in WebKit, at a phone's width: menus, answers that are there
after a reload, a session and a mock exam, the reviews, one's study as a file, the search, the desk, no network, and
what is typed key by key. Once a week, and by hand with CANDOR_LONG=1."""

import datetime
import json
import re
from contextlib import ExitStack

import pytest

from browser.conftest import Quiet, served
from browser.test_lite import course  # noqa: F401 - a fixture
from support.course import program
from support.other_browsers import KEYS, WIDE, Firefox, WebKit, find
from support.project import LONG

pytestmark = pytest.mark.skipif(not LONG, reason="other browsers are tried once a week: CANDOR_LONG=1 tries them now")
NEEDS = {Firefox: ["firefox"], WebKit: ["WebKitWebDriver", "Xvfb"]}
CHAPTER = "concerns/genito-pelvic-pain.html"
BOX = "const box = document.querySelector('.candor-question:has(input[type=radio])');"
RUN = "document.querySelector('.candor-app .candor-run')"


@pytest.fixture(scope="module", params=[Firefox, WebKit], ids=["firefox", "webkit"])
def running(request, tmp_path_factory):
    kind = request.param
    pytest.importorskip("selenium", reason="selenium is not installed")
    for program_ in NEEDS[kind]:
        if not find(program_):
            pytest.skip(f"{program_} is not installed")
    made = kind(tmp_path_factory.mktemp("profile"))
    print(f"{made.name} {made.version}")
    yield made
    made.close()


@pytest.fixture(scope="module")
def at(site):
    with served(site) as address:
        yield address


@pytest.fixture
def page(running, at):
    running.fresh(f"{at}_static/candor-look.css")
    return running


def option(page, number, label=".candor-app .candor-run .candor-option label"):
    page.click(f"return document.querySelectorAll({label!r})[{number}];")


def heading(page, number, of):
    page.reads(f"Question {number} of {of}", ".candor-run h2")


def chosen(page):
    return page.run(f"return {RUN}.querySelector('input:checked')?.value;")


# ---- The book --------------------------------------------------------------------------------------------------------


def test_the_page_is_as_wide_as_a_phone_and_no_wider_than_it(page, at):
    for name in ("index.html", CHAPTER, "practice/sessions.html", "practice/your-study.html", "search.html"):
        page.go(at + name)
        inside, whole = page.run("return [innerWidth, document.documentElement.scrollWidth];")
        assert whole <= inside <= WIDE, (name, inside, whole)


@pytest.mark.parametrize("which", ["primary", "secondary"])
def test_both_menus_open_and_close(page, at, which):
    page.go(at + CHAPTER)
    drawer = f"document.querySelector('dialog#pst-{which}-sidebar-modal')"
    page.click(f"return [...document.querySelectorAll('.{which}-toggle')].find(one => one.getClientRects().length);")
    page.wait(f"return {drawer}.open && {drawer}.getBoundingClientRect().width > 100;")
    page.click(f"return {drawer}.querySelector('.candor-close');")
    page.wait(f"return !{drawer}.open;")


def test_an_answer_is_there_after_a_reload(page, at):
    page.go(at + CHAPTER)
    page.click(f"{BOX} return box.querySelectorAll('.candor-option label')[1];")
    page.click(f"{BOX} return box.querySelector('.candor-check');")
    said = page.wait(f"{BOX} return box.querySelector('.candor-status').textContent;")
    assert said.startswith(("Yes.", "Not "))
    for again in (page.reload, lambda: page.go(at + CHAPTER)):
        again()
        page.wait(f"{BOX} return box.querySelectorAll('input[type=radio]')[1].checked;")
        page.wait(f"{BOX} return box.querySelector('.candor-status').textContent.startsWith('Answered on ');")
        assert page.run(f"{BOX} return box.querySelectorAll('.candor-mine').length;") == 1


def test_the_search_forgives_a_misspelling_as_one_types(page, at):
    page.go(f"{at}search.html")
    page.click("return document.querySelector('#candor-search input[type=search]');")
    page.keys("vaginismis")
    page.wait("return Boolean(document.querySelector('#candor-search .candor-found[data-query=vaginismis]'));")
    href = page.wait("return document.querySelector('#candor-search a.candor-hit')?.getAttribute('href');")
    assert href.endswith("concerns/genito-pelvic-pain.html")


def test_a_note_typed_key_by_key_is_there_after_a_reload_and_in_your_study(page, at):
    page.go(at + CHAPTER)
    page.click("return document.querySelector('button.candor-mark');")
    page.keys("Ask the physiotherapist — première fois.")
    page.click_on("Close", ".candor-note button")
    page.reload()
    page.click("return document.querySelector('button.candor-mark');")
    page.wait(
        "return document.querySelector('.candor-note textarea')?.value === 'Ask the physiotherapist — première fois.';"
    )
    page.go(f"{at}practice/your-study.html")
    page.reads("Ask the physiotherapist — première fois.", ".candor-my-note")


# ---- Practice --------------------------------------------------------------------------------------------------------


def test_a_session_to_its_result_with_the_reasons(page, at):
    page.go(f"{at}practice/sessions.html")
    page.wait("return Boolean(document.querySelector('#candor-count'));")
    page.run("document.querySelector('#candor-count').value = '5';")
    page.click("return document.querySelector('.candor-start input[name$=-mode][value=tutor]').closest('label');")
    page.click_on("Begin")
    for number in range(1, 6):
        heading(page, number, 5)
        option(page, 0)
        page.click_on("Show the reasons")
        page.wait("return Boolean(document.querySelector('.candor-run .candor-debrief'));")
        page.click_on("Next" if number < 5 else "Finish")
        if number == 2:
            heading(page, 3, 5)
            page.reload()
    page.reads("Your result", ".candor-app h2")
    page.reads(" of 5 right", ".candor-score")
    page.click_on("Every question with its reasons", "summary")
    page.wait("return document.querySelectorAll('.candor-all-reasons section .candor-debrief').length === 5;")
    page.click_on("Close this result")
    page.click_on("Open the result")
    page.reads(" of 5 right", ".candor-score")


def test_a_mock_exam_is_paused_and_gone_on_with_after_a_reload(page, at):
    page.go(f"{at}practice/mock-exam.html")
    page.click_on("Begin")
    page.reads("Question 1 of ", ".candor-run h2")
    option(page, 1)
    page.reads("1 of ", ".candor-exam-bar")
    before, time = chosen(page), "return document.querySelector('.candor-time').textContent;"
    page.click_on("Next")
    page.reads("Question 2 of ", ".candor-run h2")
    page.click_on("Pause")
    page.reads("Paused. The clock stands still", ".candor-app")
    stood = page.run(time)
    page.reload()
    page.reads("Paused. The clock stands still", ".candor-app")
    assert page.run(time) == stood and re.match(r"\d+:\d\d left", stood) and not page.run(f"return {RUN};")
    page.click_on("Go on")
    page.reads("Question 2 of ", ".candor-run h2")
    page.click_on("Previous")
    page.reads("Question 1 of ", ".candor-run h2")
    assert before and chosen(page) == before


def test_the_spaced_review_goes_on_after_a_reload_with_the_card_that_is_open(page, at):
    page.go(f"{at}practice/review.html")
    page.click_on("Begin")
    option(page, 0)
    before, title = chosen(page), f"return {RUN}.textContent.slice(0, 200);"
    asked = page.run(title)
    page.reload()
    page.wait(f"return Boolean({RUN});")
    assert page.run(title) == asked and chosen(page) == before
    page.click_on("Check")
    page.click("return document.querySelector('.candor-run button[data-key]');")
    page.wait(f"return {RUN} && {RUN}.textContent.slice(0, 200) !== arguments[0];", asked)
    page.reads("1 of ", ".candor-exam-bar")
    page.reads("begun", ".candor-exam-bar")


def test_flashcards_are_turned_and_said_to_be_known(page, at):
    page.go(f"{at}practice/flashcards.html")
    page.click_on("Begin")
    page.wait(f"return Boolean({RUN});")
    front = page.run("return document.querySelector('.candor-front').textContent;")
    page.click_on("Show the answer")
    page.wait("return Boolean(document.querySelector('.candor-back').textContent);")
    page.click_on("Good")
    page.wait("return (document.querySelector('.candor-front')?.textContent ?? arguments[0]) !== arguments[0];", front)


def test_a_date_typed_key_by_key_is_taken(page, at):
    day = datetime.date.today() + datetime.timedelta(days=40)
    page.go(f"{at}practice/review.html")
    field = "document.querySelector('.candor-app input[type=date]')"
    page.wait(f"return Boolean({field});")
    page.run(f"{field}.focus();")
    parts = page.run("return new Intl.DateTimeFormat().formatToParts(new Date(2026, 0, 2));")
    texts = {"day": f"{day.day:02}", "month": f"{day.month:02}", "year": str(day.year)}
    page.keys("".join(texts.get(part["type"], part["value"]) for part in parts))
    page.wait(f"return {field}.value === '{day.isoformat()}';")
    for _ in range(4):  # through the parts of the field that are left
        if page.run(f"return document.activeElement === {field};"):
            page.keys(KEYS["Tab"])
    page.reads("No card is put off beyond it.", ".candor-app")
    page.reload()
    page.wait(f"return {field}?.value === '{day.isoformat()}';")


def test_all_of_ones_study_as_a_file_and_erased(page, at):
    page.go(at + CHAPTER)
    page.click(f"{BOX} return box.querySelectorAll('.candor-option label')[0];")
    page.click(f"{BOX} return box.querySelector('.candor-check');")
    page.wait(f"{BOX} return box.querySelector('.candor-status').textContent;")
    page.go(f"{at}practice/your-study.html")
    page.reads("1 question answered", ".candor-app")
    page.click_on("Take all of it as a file")
    page.reads("candor-study.json is in your downloads.", ".candor-app")
    file = json.loads(page.downloaded("candor-study.json").read_text(encoding="utf-8"))
    assert file["candor"] == "study" and len(file["kept"]) >= 1
    page.click_on("Erase all of it")
    page.click_on("Erase it")
    page.reads("Erased.", ".candor-app")
    page.reads("Nothing yet.", ".candor-app")
    page.go(at + CHAPTER)
    page.wait(f"{BOX} return Boolean(box.querySelector('.candor-check'));")
    assert not page.run(f"{BOX} return box.querySelector('input:checked');")


# ---- Without a network -----------------------------------------------------------------------------------------------


def test_what_is_kept_is_there_without_a_network_or_the_page_says_why_not(page, site):
    with ExitStack() as network:
        here = network.enter_context(served(site, Quiet))  # no connection stays when it is over
        page.go(f"{here}practice/offline.html")
        place = "document.querySelector('[data-candor-offline]')"
        page.wait(f"return {place}.textContent.trim();")
        if not page.run("return Boolean(navigator.serviceWorker && window.caches);"):
            page.reads("This browser, or this private window, cannot keep a site.", "[data-candor-offline]")
            pytest.skip(f"{page.name} has no service workers here, and the page says so")
        page.click(
            "return [...document.querySelectorAll('[data-candor-offline] label')]"
            ".find((one) => one.textContent.includes('Presenting concerns'));"
        )
        page.click_on("Keep for offline use")
        page.wait(f"return {place}.querySelector('[role=status]').textContent;")
        page.reads("Kept. These parts are here without a network.", "[data-candor-offline]")
    page.go(f"{here}concerns/low-desire.html")
    page.reload()
    page.wait("return document.querySelectorAll('.candor-question .candor-check').length;")
    page.click(f"{BOX} return box.querySelectorAll('.candor-option label')[0];")
    page.click(f"{BOX} return box.querySelector('.candor-check');")
    page.wait(f"{BOX} return /^(Yes|Not)/.test(box.querySelector('.candor-status').textContent);")
    page.go(f"{here}practice/sessions.html")
    page.click_on("Begin")
    page.reads("Question 1 of ", ".candor-run h2")
    page.go(f"{here}ethics/boundaries.html")
    page.reads("This page is not kept")


# ---- The desk --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def desk(course, tmp_path_factory):
    root = tmp_path_factory.mktemp("site")
    program("grader", "lite", str(root / "desk"), "--course", str(course.folder), folder=course.folder)
    with served(root) as address:
        yield f"{address}desk/"


def test_on_the_desk_what_is_typed_key_by_key_is_there_after_a_reload_and_in_the_file(page, desk, course):
    words = "I would name the limits first — and ask."
    down = "document.querySelector('.jp-WindowedPanel-outer')?.scrollBy(0, 300);"
    page.fresh(f"{desk}lab/index.html")
    page.go(f"{desk}index.html")
    page.click_on("Holding what you are told", "a")
    page.wait("return Boolean(document.querySelector('.candor-live .candor-option'));")
    assert page.run("return document.documentElement.scrollWidth;") <= WIDE
    page.click("return document.querySelector('.candor-live .candor-option');")
    page.reads("Answered: A. Saved", ".candor-status")
    page.wait(f"{down} return Boolean(document.querySelector('.candor-text'));")
    page.click("return document.querySelector('.candor-text');")
    page.keys(words)
    page.wait("return /Saved/.test(document.querySelector('.candor-text').closest('.candor-answer').textContent);")
    page.reload()
    page.wait(f"{down} return document.querySelector('.candor-text')?.value === arguments[0];", words)
    page.reads("1 of 5 answered", ".candor-count")  # a reflection counts from 20 words on
    page.click_on("Hand in")
    page.click("return document.querySelector('.candor-hand input:not([type=file])');")
    page.keys("trainee-07")
    page.click_on("Download for submission")
    page.click_on("Download as it is")
    name = f"trainee-07__{course.name}.ipynb"
    page.reads(f"{name} is in your downloads.", ".candor-hand")
    cells = json.loads(page.downloaded(name).read_text(encoding="utf-8"))["cells"]
    assert any("".join(cell["source"]) == words for cell in cells)
