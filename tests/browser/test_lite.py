"""The desk without installation: JupyterLite with our extension and no kernel, by keyboard, offline, up to
zip_collect."""

import json
import re
import shutil

import pytest

from browser.conftest import browser, served, without_a_network  # noqa: F401
from grader import language
from grader.notebook import receipt
from support.axe import WCAG, by_scheme, violations
from support.bracketed import script
from support.course import Course, program, write_library
from support.privacy import kept, unlisted

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
LOADING = 60_000  # ms: the desk is a large application, and the tests share the machine


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    base = tmp_path_factory.mktemp("lite")
    made = Course(write_library(base / "library"), base / "course")
    made.nbgrader("generate_assignment", made.name)
    return made


@pytest.fixture(scope="module")
def site(course, tmp_path_factory):
    """The built desk, under a path of its own, as beside a book."""
    root = tmp_path_factory.mktemp("site")
    program("grader", "due", course.name, "2030-03-01 17:00 UTC", folder=course.folder)
    program("grader", "lite", str(root / "desk"), "--course", str(course.folder), folder=course.folder)
    with served(root) as address:
        yield f"{address}desk", root / "desk"


#: Every test holds it: nothing is asked of another host, and no kernel is there.
OURS = ("http://127.0.0.1", "data:", "blob:")
KERNEL = re.compile(r"pyodide|kernelspecs.*python.*\.json$").search


@pytest.fixture
def page(browser, site):
    context = browser.new_context(viewport={"width": 1200, "height": 900}, accept_downloads=True)
    made = context.new_page()
    made.set_default_timeout(40_000)
    made.asked, made.errors, made.sent = [], [], []
    context.on("request", lambda request: made.asked.append(request.url))
    context.on("request", lambda request: made.sent.append(request.url) if request.post_data else None)
    made.on("pageerror", lambda error: made.errors.append(str(error)) if "candor" in str(error.stack or "") else None)
    yield made
    assert made.errors == [] and made.sent == []
    assert made.asked and [address for address in made.asked if not address.startswith(OURS) or KERNEL(address)] == []
    context.close()


def tab_to(page, place, key="Tab", most=90):
    """Press a key until a place has the focus, as somebody without a mouse does."""
    for _ in range(most):
        if place.count() and place.evaluate("place => place === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{place} was not reached with {key}")


#: One assignment is begun in this browser.
BEGUN = """localStorage.setItem(`candor-desk:${new URL('./', location.href).pathname}holding`, JSON.stringify(
    { done: 2, of: 5, begun: 2, at: Date.now(), downloaded: 0, place: '', title: 'Holding what you are told' }))"""


@pytest.mark.parametrize(("name", "last"), [("index.html", "#keep"), ("help.html", "#forgets")])
def test_the_pages_are_light_and_nothing_moves_when_fonts_and_script_come_late(browser, site, name, last):
    address, folder = site
    assert "data:font" not in (folder / name).read_text()
    context = browser.new_context(viewport={"width": 412, "height": 823})
    page = context.new_page()
    late, come = [], []
    page.route(re.compile(r"\.woff2|desk-list\.js"), lambda route: route.continue_() if come else late.append(route))
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => { window.moved +="
        " one.value; })).observe({ type: 'layout-shift', buffered: true });"
    )
    page.add_init_script(BEGUN)
    page.goto(f"{address}/{name}", wait_until="commit")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    come.append(True)
    assert len(late) > 1, "nothing was late: this test shows nothing"
    for route in late:
        route.continue_()
    page.wait_for_load_state("networkidle")
    page.locator(last).wait_for()
    page.evaluate("document.fonts.ready")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.moved") < 0.02
    if name == "index.html":
        expect(page.get_by_role("region", name="Go on with")).to_contain_text("2 of 5 answered")
    context.close()


def open_assignment(page, site, course):
    page.goto(f"{site[0]}/index.html")
    tab_to(page, page.get_by_role("link", name="Holding what you are told"))
    page.keyboard.press("Enter")
    page.locator(".candor-live").first.wait_for()


def test_from_opening_to_download_by_keyboard_alone_and_on_to_the_grade(page, site, course, tmp_path):
    from grader.grading.run import autograde

    open_assignment(page, site, course)
    assert page.locator(".jp-Dialog").count() == 0
    bar = page.locator(".candor-line")
    tab_to(page, bar.get_by_role("button", name="Next unanswered"))
    page.keyboard.press("Enter")
    page.keyboard.press("b")  # first-card: B is right
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("d")
    expect(page.locator(".candor-status").nth(1)).to_have_text(re.compile(r"Answered: D\. Saved \d\d?:\d\d"))
    page.reload()
    page.locator(".candor-live").first.wait_for()
    expect(page.locator(".candor-count")).to_contain_text("2 of 5 answered")

    without_a_network(page)  # everything is there already
    tab_to(page, bar.get_by_role("button", name="Next unanswered"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator(".candor-text"))
    page.keyboard.type("I would name the limits first.")
    tab_to(page, bar.get_by_role("button", name="Hand in"), "Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("trainee-07")
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("dialog").get_by_role("button", name="Download as it is"))
    with page.expect_download() as arrived:
        page.keyboard.press("Enter")
    name = arrived.value.suggested_filename
    assert name == f"trainee-07__{course.name}.ipynb"
    archive = course.folder / "downloaded" / course.name / "archive"
    archive.mkdir(parents=True)
    arrived.value.save_as(archive / name)
    expect(page.locator(".candor-receipt")).to_contain_text("2 of 4 answered")
    found = kept(page)
    assert "candor-trainee" in found and unlisted(found) == []  # the page on privacy names all that is kept
    assert receipt.verify(receipt.read(archive / name), page.locator(".candor-receipt").text_content()) == ""
    expect(page.locator(".candor-hand p[role=status]")).to_contain_text("Send it to your program")
    expect(page.locator(".candor-receipt")).to_contain_text(re.compile(r"Time: \d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d"))

    course.nbgrader("zip_collect", course.name)
    outcome = autograde(course.folder, course.name)
    assert outcome.graded == ["trainee-07"]
    scores = course.scores("trainee-07")
    assert scores["first-card"][0] == 1 and scores["second-card"][0] == 3 and scores["many-card"][0] == 0


HELD = "one => one.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }))"


def test_on_a_phone_nothing_of_jupyter_stands_around_an_assignment_in_the_theme_of_the_book_and_the_readers_text_size(
    page, site, course
):
    """No menus, no toolbar, no kernel, no "Trusted"; words for a finger; and one comes back to the place where one was.
    That the desk goes dark with the system, axe is shown below."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site[0]}/index.html")
    page.evaluate("localStorage.setItem('mode', 'dark')")  # as the book's switch does
    page.reload()
    assert page.evaluate("matchMedia('(prefers-color-scheme: light)').matches")
    paper = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).every(one => one < 80)"
    assert page.evaluate(paper)
    open_assignment(page, site, course)
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    for part in ("#menu-panel", "#top-panel", ".jp-NotebookPanel-toolbar", ".jp-NotebookTrustedStatus"):
        assert not page.locator(part).first.is_visible(), part
    expect(page.locator(".candor-title")).to_have_text("Holding what you are told")
    words = page.locator(".jp-Notebook").inner_text()
    assert "choose an option" in words and "Ctrl+S" not in words and "brackets" not in words
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    one, other = (
        page.locator(".candor-line button", has_text=name).bounding_box() for name in ("Next unanswered", "Hand in")
    )
    assert one["y"] == other["y"]
    sizes = """[".candor-count", ".candor-option", ".jp-RenderedMarkdown p"].map(one =>
        parseFloat(getComputedStyle(document.querySelector(one)).fontSize))"""
    for name in (".candor-count", ".candor-option", ".jp-RenderedMarkdown p"):
        page.locator(name).first.wait_for(timeout=LOADING)
    before = page.evaluate(sizes)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(sizes) == [2 * size for size in before]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.evaluate("document.documentElement.style.fontSize = ''")
    last = page.locator(".candor-text")
    for _ in range(20):  # cells out of sight are not in the page
        page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollBy(0, 400)")
        page.wait_for_timeout(50)
    expect(last).to_be_in_viewport()
    for held in (last, page.locator(".jp-RenderedMarkdown p").last):
        assert held.evaluate(HELD), "the menu of Jupyter's came, with which a cell is deleted and a kernel started"
    page.get_by_role("link", name="All assignments").click()
    page.get_by_role("link", name="Holding what you are told").click()
    expect(page.locator("#candor-opening")).to_have_count(0, timeout=LOADING)
    expect(last).to_be_in_viewport()


def test_what_opens_is_said_at_once_the_list_says_how_far_one_is_and_the_file_when_it_was_handed_in(
    page, site, course, tmp_path
):
    held = []
    page.route("**/build/notebooks/bundle.js*", lambda route: route.continue_() if held else held.append(route))
    page.goto(f"{site[0]}/notebooks/index.html?path={course.name}.ipynb", wait_until="commit")
    expect(page.get_by_role("heading", name="Holding what you are told")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Opening …")
    while not held:
        page.wait_for_timeout(100)
    held[0].continue_()
    page.locator("#menu-panel").wait_for(state="attached")
    assert page.get_by_role("menuitem").count() == 0  # nothing of Jupyter's is read out
    expect(page.get_by_role("radio").first).to_be_visible(timeout=LOADING)
    expect(page.locator("#candor-opening")).to_have_count(0)

    page.get_by_role("link", name="All assignments").click()
    told = page.locator(f"#{course.name} [data-assignment]")
    expect(told).to_be_hidden()  # opened, and nothing done
    page.get_by_role("link", name="Holding what you are told").click()
    page.locator(".candor-option").nth(1).click()
    expect(page.locator(".candor-status").first).to_contain_text("Saved")
    page.locator(".candor-line").get_by_role("button", name="Hand in").click()
    expect(page.locator(".candor-open")).to_contain_text("Still open: Question 2")
    page.locator(".candor-hand input:not([type=file])").fill("trainee-09")
    with page.expect_download() as arrived:
        page.get_by_role("button", name="Download for submission").click()
        page.get_by_role("button", name="Download as it is").click()
    arrived.value.save_as(tmp_path / "renamed.ipynb")
    page.get_by_role("link", name="All assignments").click()
    expect(told).to_contain_text("1 of 5 answered")  # four questions and a reflection
    page.goto(f"{site[0]}/notebooks/index.html?path=another.ipynb", wait_until="commit")
    expect(page.locator("#candor-opening")).to_contain_text("There is no such assignment here.")

    ours = json.loads((tmp_path / "renamed.ipynb").read_text())["metadata"]["candor"]
    assert ours["trainee"] == "trainee-09" and re.fullmatch(r"[\d-]{10}T[\d:]{8}[+-]\d\d:\d\d", ours["handed_in"])
    program("nbgrader", "db", "student", "add", "trainee-09", folder=course.folder)
    said = program("grader", "collect", course.name, str(tmp_path / "renamed.ipynb"), folder=course.folder)
    assert "collected         trainee-09" in said and "by the desk's clock" in said


#: How it looks in each frame from the moment at which *Opening* goes: whether options stand without their question, and
#: what moved.
ARRIVING = """addEventListener('DOMContentLoaded', () => {
    window.arrived = { frames: 0, bare: 0, moved: 0 };
    new PerformanceObserver((list) => list.getEntries().forEach((one) => {
        if (arrived.frames) arrived.moved += one.value;
    })).observe({ type: 'layout-shift' });
    const seen = (node) => node.checkVisibility({ visibilityProperty: true });
    const look = () => {
        requestAnimationFrame(look);
        if (document.getElementById('candor-opening')) return;
        arrived.frames += 1;
        const cells = [...document.querySelectorAll('.jp-Notebook-cell')];
        if (cells.some((cell, at) => [...cell.querySelectorAll('.candor-group')].some(seen)
            && !cells[at - 1].querySelector('.jp-RenderedMarkdown')?.textContent)) arrived.bare += 1;
    };
    look();
})"""


def test_no_options_stand_without_their_question_and_nothing_moves_as_an_assignment_comes(page, site):
    page.add_init_script(ARRIVING)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(f"{site[0]}/notebooks/index.html?path=holding.ipynb")
    expect(page.get_by_role("radiogroup").first).to_be_visible(timeout=LOADING)
    page.wait_for_function("window.arrived.frames > 20")
    arrived = page.evaluate("window.arrived")
    assert arrived["bare"] == 0 and arrived["moved"] < 0.02, arrived


def test_light_or_dark_is_chosen_on_the_list_too_and_holds_in_the_book_and_in_an_assignment(page, site):
    page.goto(f"{site[0]}/index.html")
    page.get_by_role("button", name="Colours as the device has them").click()  # the device is light
    expect(page.get_by_role("button", name="Dark colours")).to_be_visible()
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    assert page.evaluate("[localStorage.mode, localStorage.theme]") == ["dark", "dark"]  # as the book calls them
    page.reload()
    assert page.evaluate(ground) == dark
    page.goto(f"{site[0]}/notebooks/index.html?path=holding.ipynb")
    expect(page.locator("html[data-theme=dark]")).to_have_count(1)
    page.goto(f"{site[0]}/index.html")
    page.get_by_role("button", name="Dark colours").click()
    assert page.evaluate(ground) != dark
    expect(page.get_by_role("button", name="Light colours")).to_be_visible()


def test_the_browser_itself_refuses_what_is_elsewhere(page, site):
    page.goto(f"{site[0]}/notebooks/index.html?path=holding.ipynb")
    expect(page.get_by_role("radio").first).to_be_visible(timeout=LOADING)
    refused = page.evaluate(
        """async () => {
        const come = new Promise((done) => addEventListener('securitypolicyviolation', (one) => done(one.blockedURI)));
        new Image().src = 'http://elsewhere.invalid/a.png';
        return come;
    }"""
    )
    assert refused == "http://elsewhere.invalid/a.png"
    page.asked = [one for one in page.asked if one != refused]


def test_the_desk_holds_no_key(site):
    handed_out = [*(site[1] / "files").rglob("*.ipynb"), *(site[1] / "api/contents").rglob("*.json")]
    texts = [path.read_text() for path in handed_out]
    assert any("Option A of first-card" in text for text in texts)
    for secret in ("WHY-", "SCHEME-", "EXPLAIN-", "TEACHER-", "[x]"):
        assert not any(secret in text for text in texts), secret


def test_what_a_desk_does_without_has_no_settings_that_are_read_and_is_called_as_jupyterlite_calls_it(site):
    from jupyterlite_core.constants import JUPYTERLITE_JSON

    from grader.lite import OFF

    config = json.loads((site[1] / JUPYTERLITE_JSON).read_text())["jupyter-config-data"]
    assert config["disabledExtensions"] == OFF
    read = {one["id"] for one in json.loads((site[1] / "build/schemas/all.json").read_text())}
    assert "@jupyterlab/docmanager-extension:plugin" in read
    assert not read & set(OFF) and not {one.split(":")[0] for one in read} & set(OFF)
    scripts = "".join(path.read_text() for path in (site[1] / "build").rglob("*.js"))
    assert [one for one in OFF if one not in scripts] == []


def test_axe_finds_nothing_on_the_first_page_and_in_our_parts_of_an_assignment(page, site, course):
    """600 px is what 200 % zoom leaves of 1200; 390 is a phone."""

    def look(**how):
        found = {}
        for width in (390, 600, 1200):
            page.set_viewport_size({"width": width, "height": 900})
            if what := by_scheme(page, **how):
                found[width] = what
        return found

    page.goto(f"{site[0]}/index.html")
    assert look(tags=(*WCAG, "best-practice")) == {}
    open_assignment(page, site, course)
    page.locator(".candor-text").fill("My client Anna Kowalski.")
    page.locator(".candor-line").get_by_role("button", name="Hand in").click()
    assert page.locator(".candor-bar").count() == 1 and page.locator(".candor-answer").count() > 3
    assert look(parts=(".candor-bar", ".candor-answer")) == {}
    page.get_by_role("button", name="Questions: ").click()
    assert look(parts=(".candor-bar",)) == {}


def test_when_it_is_due_stands_in_the_list_and_in_the_assignment_in_the_readers_own_time(browser, site, course):
    context = browser.new_context(timezone_id="Asia/Tokyo", locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(40_000)
    told, bar = page.locator("[data-due]"), page.locator(".candor-due")

    def at(time, address="index.html"):
        page.clock.set_fixed_time(time)
        page.goto("about:blank")
        page.goto(f"{site[0]}/{address}")

    inside = f"notebooks/index.html?path={course.name}.ipynb"
    at("2030-02-26T12:00:00Z")
    due = re.compile(r"^Due in 4 days: Saturday.* 2 March.*02:00 (GMT\+9|JST)\.$")
    expect(told).to_have_text(due)
    at("2030-03-01T19:30:00Z", inside)
    late = re.compile(r"^Late since Saturday.*\(2 hours ago\)\. Hand it in all the same\.$")
    expect(bar).to_have_text(late, timeout=LOADING)
    expect(bar).to_have_class(re.compile("candor-late"))
    at("2030-03-01T19:30:00Z")
    expect(told).to_have_text(late)
    at("2030-03-01T19:30:00Z", f"index.html#until={course.name},2030-03-05T17:00Z")  # the program's own link
    more = re.compile(r"^With your extension due in 4 days: Wednesday.* 6 March.*02:00")
    expect(told).to_have_text(more)
    at("2030-03-01T19:30:00Z", inside)
    expect(bar).to_have_text(more, timeout=LOADING)
    context.close()


KEEP = """<!doctype html><html lang="en" data-content_root="./"><meta charset="utf-8"><title>Keep</title>
<div data-candor-offline></div><script src="candor-offline.js"></script></html>"""


def writes_without_a_network(page):
    """An answer is saved, and there again after a reload."""
    box = page.get_by_role("textbox").first
    box.fill("Written without a network.")
    expect(page.locator(".candor-status").filter(has_text="Saved").first).to_be_visible()
    page.reload()
    page.locator(".candor-live").first.wait_for(timeout=LOADING)
    expect(page.get_by_role("textbox").first).to_have_value("Written without a network.")


def test_a_kept_desk_opens_an_assignment_after_a_reload_with_the_network_cut(page, site, course):
    from grader.book import extension, offline

    root = site[1].parent
    (root / "index.html").write_text(KEEP)
    for name in ("candor-offline.js", offline.WORKER):
        (root / name).write_bytes((extension.STATIC / name).read_bytes())
    offline.write_list(root, {}, {}, "desk")
    page.goto(f"{site[0].removesuffix('desk')}index.html")
    page.get_by_label("Desk with all assignments").check()
    page.get_by_role("button", name="Keep for offline use").click()
    expect(page.get_by_role("status")).to_contain_text("Kept.", timeout=LOADING)
    without_a_network(page)
    open_assignment(page, site, course)
    writes_without_a_network(page)


def test_in_another_language_nothing_of_ours_stays_in_english(page, site, course):
    page.add_init_script(script(language.DESK))

    def look(where, skip="", *titles):
        assert set(page.evaluate("([where, skip]) => bare(where, skip)", [where, skip])) <= set(titles)

    open_assignment(page, site, course)
    expect(page.locator("html")).to_have_attribute("lang", language.PSEUDO)
    ours, given = ".candor-bar, .candor-top, .candor-answer", ".candor-group, .candor-unseen, .candor-title, q"
    given += ", .candor-called, .candor-story, .candor-one:not([data-standing=look]) > .candor-more"
    look(ours, given)
    page.keyboard.press("Control+Home")
    page.locator(".candor-live .candor-option input").first.check()
    page.locator(".candor-text").first.fill("Anna Smith from Boston called on 3 May 2026.")
    page.locator(".candor-guard li, .candor-guard p").first.wait_for()
    look(ours, given)
    page.locator(".candor-count").click()
    page.locator("[aria-current]").wait_for()
    look(ours, given)
    page.get_by_role("button", name=language.pseudo("Hand in"), exact=True).click()
    page.locator(".candor-hand input:not([type=file])").fill("trainee-07")
    page.keyboard.press("Enter")
    anyway = page.get_by_role("button", name=language.pseudo("Download as it is"))
    anyway.wait_for()
    look(".candor-ask", "q", "What you would say")
    with page.expect_download():
        anyway.click()
    expect(page.locator(".candor-hand p[role=status]")).to_contain_text("⟦")
    look(ours, f"{given}, .candor-receipt", "What you would say")  # where a mark still stands, by the card's title
    page.locator(".candor-home").click()
    page.locator("#holding .candor-begun").wait_for()
    look("body")


def test_the_desk_alone_is_kept_on_its_own_page_and_opens_after_a_reload_with_the_network_cut(
    browser, site, course, tmp_path
):
    """There is no book beside it, and nothing else on its host."""
    shutil.copytree(site[1], tmp_path / "only", dirs_exist_ok=True)
    context = browser.new_context(has_touch=True)
    page = context.new_page()
    page.set_default_timeout(40_000)
    with served(tmp_path / "only") as address:
        page.goto(address)
        page.get_by_text("Keep the desk for use without a network").click()
        go = page.get_by_role("button", name="Keep for offline use")
        expect(go).to_contain_text("MB")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert violations(page) == []
        go.click()
        expect(page.get_by_text("Kept. It is here without a network.")).to_be_visible(timeout=LOADING)
    without_a_network(page)
    page.goto(address)
    page.reload()
    page.get_by_role("link", name="Holding what you are told").click()
    page.locator(".candor-live").first.wait_for(timeout=LOADING)
    writes_without_a_network(page)
    context.close()


def test_a_link_out_of_a_desk_that_is_kept_alone_says_what_is_kept(browser, site, course, tmp_path):
    """As `The book` on its list, with the network cut."""
    from grader.book import extension, offline
    from grader.lite import KEEPING
    from grader.web.offline import write_list

    desk = shutil.copytree(site[1], tmp_path / "both" / "desk", ignore=shutil.ignore_patterns("build", "extensions"))
    named, first = {KEEPING: "Desk with all assignments"}, {KEEPING: "index.html"}
    write_list(desk, named, lambda _address: KEEPING, first)  # no assignment is opened
    (tmp_path / "both/index.html").write_text("<h1>The book</h1>")
    (tmp_path / "both" / offline.WORKER).write_bytes((extension.STATIC / offline.WORKER).read_bytes())
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(40_000)
    with served(tmp_path / "both") as address:
        page.goto(f"{address}desk/index.html")
        page.get_by_text("Keep the desk for use without a network").click()
        page.get_by_role("button", name="Keep for offline use").click()
        expect(page.get_by_text("Kept. It is here without a network.")).to_be_visible(timeout=LOADING)
    without_a_network(page)
    page.get_by_role("link", name="The book").tap()
    expect(page.get_by_role("heading", name="This page is not kept")).to_be_visible()
    page.get_by_role("link", name="Desk with all assignments").tap()
    expect(page.get_by_role("heading", name="Assignments")).to_be_visible()
    context.close()


def test_a_desk_that_is_kept_with_the_book_is_not_offered_again(page, site):
    page.goto(f"{site[0]}/index.html")
    page.evaluate(
        """async () => {
            const root = new URL('../', location.href);
            const store = await caches.open(`candor ${root.pathname} kept`);
            await store.put(new URL('candor-kept.json', root), new Response(JSON.stringify({ parts: ['desk'] })));
        }"""
    )
    page.reload()
    page.get_by_text("Keep the desk for use without a network").click()
    expect(page.get_by_text("It is kept already, with the book.")).to_be_visible()
