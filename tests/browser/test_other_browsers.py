"""The main ways of the book in Firefox and in WebKit, at a phone's width: both menus, an answer that is there after a
reload, a session, the search, a date typed key by key. Once a week, and by hand with CANDOR_LONG=1."""

import datetime

import pytest

from browser.conftest import served
from support.other_browsers import KEYS, Firefox, WebKit, find
from support.project import LONG

pytestmark = pytest.mark.skipif(not LONG, reason="other browsers are tried once a week: CANDOR_LONG=1 tries them now")
NEEDS = {Firefox: "firefox", WebKit: "WebKitWebDriver"}
CHAPTER = "concerns/genito-pelvic-pain.html"


@pytest.fixture(scope="module", params=[Firefox, WebKit], ids=["firefox", "webkit"])
def page(request, tmp_path_factory):
    kind = request.param
    pytest.importorskip("selenium", reason="selenium is not installed")
    if not find(NEEDS[kind]):
        pytest.skip(f"{NEEDS[kind]} is not installed")
    made = kind(tmp_path_factory.mktemp("profile"))
    print(f"{made.name} {made.version}")
    yield made
    made.close()


@pytest.fixture(scope="module")
def at(site):
    with served(site) as address:
        yield address


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
    box = "const box = document.querySelector('.candor-question');"
    page.click(f"{box} return box.querySelectorAll('input[type=radio]')[1];")
    page.click(f"{box} return box.querySelector('.candor-check');")
    said = page.wait(f"{box} return box.querySelector('.candor-status').textContent;")
    assert said.startswith(("Yes.", "Not "))
    page.go(at + CHAPTER)
    page.wait(f"{box} return box.querySelectorAll('input[type=radio]')[1].checked;")
    page.wait(f"{box} return box.querySelector('.candor-status').textContent.startsWith('Answered on ');")


def test_a_session_begins_and_takes_an_answer(page, at):
    page.go(f"{at}practice/sessions.html")
    button = "[...document.querySelectorAll('.candor-app button')].find(one => one.textContent.startsWith('Begin'))"
    page.click(f"return {button};")
    page.click("return document.querySelector('.candor-app .candor-form input');")
    page.wait("return document.querySelector('.candor-app .candor-form input').checked;")


def test_the_search_finds_as_one_types(page, at):
    page.go(f"{at}search.html")
    page.click("return document.querySelector('#candor-search input[type=search]');")
    page.keys("vaginismis")
    page.wait("return Boolean(document.querySelector('#candor-search .candor-found[data-query=vaginismis]'));")
    href = page.wait("return document.querySelector('#candor-search a.candor-hit')?.getAttribute('href');")
    assert href.endswith("concerns/genito-pelvic-pain.html")


def test_a_date_typed_key_by_key_is_taken(page, at):
    day = datetime.date.today() + datetime.timedelta(days=40)
    page.go(f"{at}practice/review.html")
    field = "document.querySelector('.candor-app input[type=date]')"
    page.wait(f"return Boolean({field});")
    page.run(f"{field}.focus();")
    parts = page.run("return new Intl.DateTimeFormat().formatToParts(new Date(2026, 0, 2));")
    texts = {"day": f"{day.day:02}", "month": f"{day.month:02}", "year": str(day.year)}
    page.keys("".join(texts.get(part["type"], part["value"]) for part in parts))
    page.keys(KEYS["Tab"])
    page.wait(f"return {field}.value === '{day.isoformat()}';")
