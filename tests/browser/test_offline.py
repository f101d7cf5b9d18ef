"""The book without a network: chosen parts, kept whole or not at all, under a path of their own."""

import json
import re
import shutil
from contextlib import contextmanager

import pytest

from browser.conftest import Quiet, served, without_a_network
from grader.book import offline

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
PLACE, SAID = "[data-candor-offline]", "[data-candor-offline] [role=status]"


@pytest.fixture(scope="module")
def copy(site, tmp_path_factory):
    """The book as `candor/` of a site; tests change its files."""
    root = tmp_path_factory.mktemp("offline")
    shutil.copytree(site, root / "candor", ignore=shutil.ignore_patterns("_sources"))
    return root / "candor"


@pytest.fixture
def book(copy):
    """What a test changes is put back."""
    places = [copy / name for name in ("concerns/low-desire.html", offline.LIST, offline.BUILD)]
    before = [place.read_bytes() for place in places]
    yield copy
    for place, data in zip(places, before, strict=True):
        place.write_bytes(data)


class Cut(Quiet):
    """Answers nothing while it is cut off: a service worker may have been started too late to hear that the browser
    is to be without a network."""

    protocol_version, off = "HTTP/1.1", False

    def do_GET(self):
        if Cut.off:
            self.close_connection = True
        else:
            super().do_GET()


def cut(page, off=True):
    Cut.off = off
    without_a_network(page, off)


@contextmanager
def profile(browser, copy):
    """A page of a new browser profile, and the address of the book."""
    with served(copy.parent, Cut) as address:
        context = browser.new_context()
        page = context.new_page()
        page.at = f"{address}candor/"
        yield page
        context.close()


@pytest.fixture(scope="module")
def keeper(browser, copy):
    """Who has kept a part of the book, once for all who only need that."""
    with profile(browser, copy) as page:
        page.goto(f"{page.at}practice/offline.html")
        expect(page.get_by_role("button", name="Keep for offline use")).to_contain_text("MB")
        yield page


@pytest.fixture
def kept(keeper, book):
    keeper.goto(f"{keeper.at}practice/offline.html")
    if not keeper.evaluate("caches.keys().then(names => names.length)"):  # it was dropped, or never kept
        assert keep(keeper, "Presenting concerns").startswith("Kept.")
    yield keeper
    cut(keeper, False)


def write_list(copy):
    parts = json.loads((copy / offline.LIST).read_text())["parts"][1:]  # behind the frame
    titles = {part["name"]: part["title"] for part in parts}
    offline.write_list(copy, titles, {part["name"]: part["opens"] for part in parts})


def keep(page, *parts):
    page.goto(f"{page.at}practice/offline.html")
    for part in parts:
        page.get_by_label(part).check()
    page.get_by_role("button", name=re.compile("^Keep (for offline use|them again)")).click()
    expect(page.locator(SAID)).to_contain_text("ept", timeout=60_000)
    return page.locator(SAID).inner_text()


def test_on_a_phone_what_keeps_the_choice_is_in_view_beside_a_tick(keeper, book):
    page = keeper
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{page.at}practice/offline.html")
    page.get_by_label("Models of therapy").click()
    expect(page.get_by_label("Models of therapy")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Keep for offline use")).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 1280, "height": 720})


def test_a_chapter_a_session_and_the_search_after_a_reload_with_the_network_cut(kept):
    page = kept
    cut(page)
    page.goto(f"{page.at}practice/offline.html")
    expect(page.get_by_text("There is no network. On this device, and open without one:")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Presenting concerns").last).to_be_visible()
    page.goto(f"{page.at}concerns/low-desire.html")
    page.reload()
    page.locator("details.candor-works:not([data-cards])").wait_for(state="attached")  # cards follow a page
    page.locator("a.candor-cite").first.click()
    expect(page.locator(".candor-card-open dl.candor-evidence")).to_be_visible()
    page.keyboard.press("Escape")
    question = page.locator(".candor-question").first
    question.locator("input:is([type=radio], [type=checkbox])").first.check()
    expect(question.locator(".candor-reasons, .candor-result").first).to_be_attached()
    page.goto(f"{page.at}practice/sessions.html")
    page.reload()
    page.get_by_role("button", name="Begin").first.click()
    expect(page.locator(".candor-app input:is([type=radio], [type=checkbox])").first).to_be_visible()
    page.goto(f"{page.at}search.html?q=vaginismus")
    expect(page.locator("#candor-search .candor-hit").first).to_be_visible(timeout=20_000)
    page.goto(page.at)
    expect(page).to_have_title("Candor: open curriculum for sex therapists in training")
    page.goto(f"{page.at}ethics/boundaries.html")
    expect(page.get_by_role("heading", name="This page is not kept")).to_be_visible()
    expect(page.get_by_role("listitem")).to_have_text(["Presenting concerns"])
    page.get_by_role("link", name="Home").click()
    expect(page).to_have_title("Candor: open curriculum for sex therapists in training")
    page.evaluate("localStorage.setItem('mode', 'dark')")
    page.goto(f"{page.at}ethics/boundaries.html")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    page.evaluate("localStorage.removeItem('mode')")
    page.get_by_role("link", name="Presenting concerns").click()
    expect(page).to_have_url(re.compile("/concerns/[a-z-]+[.]html$"))


def test_half_a_version_is_never_kept(kept, copy):
    page, chapter = kept, copy / "concerns/low-desire.html"
    text = chapter.read_text(encoding="utf-8")
    told = (copy / offline.LIST).read_text()
    chapter.write_text(text.replace("</h1>", " half</h1>", 1), encoding="utf-8")  # the list is of another build
    data = json.loads(told)
    for part in data["parts"]:
        part["files"] = [
            [address, "0" * 64 if address == "concerns/low-desire.html" else hash_, n]
            for address, hash_, n in part["files"]
        ]
    (copy / offline.LIST).write_text(json.dumps({**data, "build": "other"}))
    assert "Not kept: concerns/low-desire.html is of another version" in keep(page, "Presenting concerns")
    assert page.evaluate("caches.keys().then(names => names.length)") == 2  # the entry, and the version before
    cut(page)
    page.goto(f"{page.at}concerns/low-desire.html")
    assert "half" not in page.locator("h1").first.inner_text()


def test_a_new_build_is_announced_and_one_button_renews_what_is_kept(kept, copy):
    """The last that needs what was kept as it was."""
    page, chapter = kept, copy / "concerns/low-desire.html"
    expect(page.locator(".candor-update")).to_have_count(0)
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text.replace("</h1>", " anew</h1>", 1), encoding="utf-8")
    write_list(copy)
    page.goto(f"{page.at}index.html")
    expect(page.locator(".candor-update")).to_contain_text("There is a new version of this site")
    with page.expect_navigation():
        page.get_by_role("button", name="Update what is kept").click()
    expect(page.locator(".candor-update")).to_have_count(0)
    cut(page)
    page.goto(f"{page.at}concerns/low-desire.html")
    expect(page.locator("h1").first).to_contain_text("anew")


def test_what_is_kept_can_be_dropped_and_a_folder_on_disk_needs_none_of_it(kept, copy):
    page = kept
    page.get_by_role("button", name="Keep nothing any more").click()
    expect(page.locator(SAID)).to_have_text("Nothing is kept any more.")
    assert page.evaluate("caches.keys().then(names => names.length)") == 0
    page.goto((copy / "practice/offline.html").as_uri())
    expect(page.locator(PLACE)).to_contain_text("it needs no network as it is")
