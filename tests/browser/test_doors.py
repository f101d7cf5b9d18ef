"""The list at the side of every page: three doors, the desk behind one of them, the page that is read in view, and how
far one is. At a desk and in a phone's menu, with and without a script."""

import json
import shutil

import pytest

from browser.conftest import served
from support.axe import by_scheme
from support.project import run

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
CHAPTER = "ethics/confidentiality.html"
#: The last page of a long part, pages of each door, and the last of all.
FAR = ["conversations/menopause-and-ageing-hour", "places/united-states", "references", "practice/cases"]
FAR += ["appendix/study-time", "kit/supervision-log", "concerns/paraphilic-disorders", "front/how-to-use"]
MOVED = (
    "window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => { window.moved +="
    " one.value; })).observe({ type: 'layout-shift', buffered: true });"
)


def stop(**more):
    return json.dumps({"at": 1, "title": "x", "id": "", "heading": "", **more})


def put(page, kept):
    page.evaluate("kept => Object.entries(kept).forEach(([name, text]) => localStorage.setItem(name, text))", kept)


def door(page, name):
    return page.locator(".candor-nav > label", has_text=name)


def side(page, name="Menu"):
    """The list: at a desk it is there, on a phone it comes by the menu."""
    if page.viewport_size["width"] < 992:
        page.get_by_role("button", name=name).first.click()
        expect(page.locator("dialog[open] .candor-nav")).to_be_visible()
        page.wait_for_timeout(400)  # it slides
    return page.locator(".candor-nav")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_each_door_opens_and_shows_what_is_behind_it(opened, size, script):
    if not script and size is PHONE:
        pytest.skip("without a script a phone shows no menu")
    page = opened(CHAPTER, java_script_enabled=script, **size)
    nav = side(page)
    expect(nav.get_by_role("link", name="Confidentiality", exact=False).first).to_be_visible()
    expect(nav.get_by_role("link", name="Short sessions")).not_to_be_visible()
    door(page, "Practise").click()
    for words in ("What to practise today", "Short sessions", "Mock exam", "Spaced review", "Flashcards"):
        expect(nav.get_by_role("link", name=words)).to_be_visible()
    expect(nav.get_by_text("Ethics and safety")).not_to_be_visible()
    door(page, "Progress").click()
    for words in ("Your study", "What certifying bodies ask"):
        expect(nav.get_by_role("link", name=words)).to_be_visible()
    nav.get_by_role("link", name="Your study").click()
    expect(page.locator("h1")).to_contain_text("Your study")
    expect(page.locator(".candor-nav > input:checked + label")).to_have_text("Progress")


def test_a_door_opens_by_key(opened):
    page = opened(CHAPTER, **DESK)
    page.locator(".candor-nav > input").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Practise")).to_be_focused()
    expect(page.locator(".candor-nav").get_by_role("link", name="Short sessions")).to_be_visible()
    outline = door(page, "Practise").evaluate("label => getComputedStyle(label).outlineStyle")
    assert outline == "solid"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_page_that_is_read_is_in_view(opened, size):
    page = opened(CHAPTER, **size)
    before = page.url
    for name in FAR:
        page.evaluate("sessionStorage.setItem('sidebar-scroll-top', '0')")  # as on a page of before
        page.goto(before.replace(CHAPTER, f"{name}.html"))
        side(page)
        here = page.locator(".candor-nav [aria-current=page]")
        expect(here, name).to_be_in_viewport(ratio=1)
        for words in ("Learn", "Practise", "Progress"):
            expect(door(page, words), name).to_be_in_viewport(ratio=1)
        low = max(door(page, words).bounding_box()["y"] for words in ("Learn", "Practise", "Progress"))
        assert here.bounding_box()["y"] > low + 40, name  # and not behind them
        door(page, "Learn").click()
        door(page, "Practise").click()
        practise = page.locator(".candor-nav").get_by_role("link", name="Short sessions")
        expect(practise, name).to_be_in_viewport()


def test_a_part_says_how_far_one_is_and_nothing_moves(opened):
    page = opened(CHAPTER, **DESK)
    nav = page.locator(".candor-nav")
    expect(nav.locator(".candor-far:not(:empty)")).to_have_count(0)
    put(page, {"candor-read:ethics/boundaries": stop(end=True), "candor-read:ethics/telehealth": stop()})
    page.add_init_script(MOVED)
    page.reload()
    summary = nav.locator("summary", has_text="Ethics and safety")
    expect(summary.locator(".candor-far > :first-child")).to_have_text("1/5")
    expect(summary).to_contain_text("1 of 5 read")
    expect(nav.locator(".candor-far:not(:empty)")).to_have_count(1)
    expect(nav.get_by_role("link", name="(read)")).to_have_count(1)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.moved") < 0.02


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_who_reads_a_chapter_to_its_end_has_read_it_and_who_swipes_through_it_has_not(opened, size):
    page = opened("profession/qualifications.html", **size)
    page.clock.install()
    page.mouse.move(300, 400)
    page.mouse.wheel(0, 400)
    page.wait_for_function("scrollY > 100")
    page.goto(page.url.replace("qualifications", "history-and-rights"))
    expect(page.locator(".candor-far:not(:empty)")).to_have_count(0)  # it was only begun
    page.evaluate("document.querySelector('footer.prev-next-footer, .prev-next-area').scrollIntoView()")
    page.wait_for_function("scrollY > 1000")
    page.clock.run_for(5_000)
    expect(page.locator(".candor-far:not(:empty)")).to_have_count(0)  # it went by
    for heading in page.locator(".bd-article section:has(> h2)").all():
        heading.evaluate("one => one.scrollIntoView()")
        page.clock.run_for(90_000)
    page.evaluate("document.querySelector('footer.prev-next-footer, .prev-next-area').scrollIntoView()")
    page.clock.run_for(5_000)
    page.locator(".prev-next-area a").last.click()
    nav = side(page)
    expect(nav.locator("summary", has_text="The profession").locator(".candor-far > :first-child")).to_have_text("1/3")


def test_from_a_folder_the_doors_and_the_counts_are_there(browser, site):
    context = browser.new_context(**DESK)
    page = context.new_page()
    page.goto((site / CHAPTER).as_uri())
    put(page, {"candor-read:ethics/boundaries": stop(end=True)})
    page.reload()
    expect(page.locator(".candor-far:not(:empty)")).to_have_count(1)
    door(page, "Practise").click()
    page.locator(".candor-nav").get_by_role("link", name="What to practise today").click()
    page.get_by_role("link", name="Ten questions now").click()
    expect(page.locator(".candor-exam-bar")).to_contain_text("0 of 10 answered")
    context.close()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_at_the_doors(opened, size):
    page = opened(CHAPTER, reduced_motion="reduce", **size)
    put(page, {"candor-read:ethics/boundaries": stop(end=True)})
    page.reload()
    side(page)
    door(page, "Practise").click()
    assert by_scheme(page, thin=True) == {}


@pytest.mark.slow
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_desk_is_in_the_list_where_one_stands_beside_the_book(browser, built_with_a_desk, size):
    context = browser.new_context(**size)
    page = context.new_page()
    page.goto(f"{built_with_a_desk}practice/index.html")
    side(page)
    way = page.locator(".candor-nav").get_by_role("link", name="Assignments, on the desk")
    way.click()
    expect(page).to_have_url(f"{built_with_a_desk}desk/index.html")
    context.close()


@pytest.fixture(scope="module")
def built_with_a_desk(tmp_path_factory):
    """The address of a small book with something that stands where a desk would."""
    from support.libraries import book_of_good

    library = book_of_good(tmp_path_factory.mktemp("doors"))
    book = library / "book"
    (book / "practice").mkdir()
    (book / "practice/index.md").write_text("# What to practise today\n\n```{today}\n```\n\n```{desk}\n```\n")
    toc = book / "_toc.yml"
    toc.write_text(toc.read_text() + "- caption: Practise\n  chapters:\n  - file: practice/index\n")
    desk = library / "_build/html/desk"
    desk.mkdir(parents=True)
    (desk / "index.html").write_text("<!doctype html><title>Desk</title><h1>Assignments</h1>")
    done = run("jupyter-book", "build", "book", "-n", "--keep-going", folder=library)
    assert done.returncode == 0, done.stdout[-3000:]
    with served(library / "_build/html") as address:
        yield address
    shutil.rmtree(library)
