"""The help of the desk, on a built desk: the way that its pictures show is the desk's own, and the page is there where
the desk is."""

import importlib.util
import json

import pytest

from browser.conftest import browser, served  # noqa: F401
from grader.web import desk_help
from support.axe import by_scheme
from support.course import program, write_library
from support.project import ROOT

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    base = tmp_path_factory.mktemp("help")
    library = write_library(base / "library")
    program("grader", "lite", str(base / "site/desk"), folder=library)
    with served(base / "site") as address:
        yield f"{address}desk/", base / "site/desk"


@pytest.fixture
def script():
    spec = importlib.util.spec_from_file_location("desk_help_script", ROOT / "scripts/desk_help.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_each_thing_that_is_pictured_is_met_on_the_way_from_the_list_to_the_file(browser, desk, script):
    met = []

    def look(name, page, parts):
        for part in parts:
            expect(part).to_be_visible()
        met.append(name)

    script.walk(browser, desk[0], look)
    assert sorted(met) == sorted(json.loads(desk_help.SIZES.read_text()))


@pytest.fixture
def elsewhere(desk):
    """The same desk at an address of its own: a window that was here before has its pictures still, and takes them at
    once."""
    with served(desk[1].parent) as address:
        yield f"{address}desk/"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_a_picture_is_as_light_as_its_page_and_legible_on_a_phone(browser, elsewhere, width):
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme="light")
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
    page.goto(f"{elsewhere}index.html")
    page.get_by_text("Keep the desk for use without a network").click()
    expect(page.get_by_role("button", name="Keep for offline use")).to_be_visible()
    expect(page.get_by_role("button", name="Keep nothing any more")).to_be_hidden()  # nothing is kept
    page.get_by_role("banner").get_by_role("link", name="Help").click()
    expect(page.get_by_role("heading", name="Help with assignments")).to_be_visible()
    for name in json.loads(desk_help.SIZES.read_text()):
        light, dark = (page.locator(f"img[src$='/{name}-{scheme}.webp']") for scheme in desk_help.SCHEMES)
        light.scroll_into_view_if_needed()
        expect(light).to_have_js_property("naturalWidth", 780)
        expect(dark).to_be_hidden()
        # 15 CSS pixels are the desk's smallest text: on a phone as wide as the picture it stays above 12.
        assert light.bounding_box()["width"] >= min(width * 0.85, 380)
    assert not [name for name in asked if "-dark" in name]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.documentElement.dataset.theme = 'dark'")  # as it was chosen in the book
    expect(page.locator("img[src$='/saved-dark.webp']")).to_be_visible()
    expect(page.locator("img[src$='/saved-light.webp']")).to_be_hidden()
    page.evaluate("delete document.documentElement.dataset.theme")
    assert by_scheme(page) == {}
    context.close()


def test_help_opens_beside_an_assignment_and_is_kept_with_the_desk(browser, desk):
    address, folder = desk
    listed = {
        file for part in json.loads((folder / "candor-offline.json").read_text())["parts"] for file, *_ in part["files"]
    }
    pictures = {f"{desk_help.FROM_DESK}{path.name}" for path in desk_help.PICTURES.glob("*.webp")}
    assert pictures | {desk_help.PAGE} <= listed
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}index.html")
    page.get_by_role("link", name="Holding what you are told").tap()
    with context.expect_page() as opened:
        page.get_by_role("link", name="Help", exact=True).tap()
    shown = opened.value
    expect(shown.get_by_role("heading", name="Help with assignments")).to_be_visible()
    expect(page.locator(".candor-live").first).to_be_visible()
    mode, inside = page.locator(".candor-top").get_by_role("button"), page.locator("body")
    expect(mode).to_have_accessible_name("Colours as the device has them")
    for words, light in (("Dark colours", "false"), ("Light colours", "true")):  # JupyterLab's own parts, too
        mode.tap()
        expect(mode).to_have_accessible_name(words)
        expect(inside).to_have_attribute("data-jp-theme-light", light)
    expect(shown.get_by_role("button", name="Light colours")).to_be_visible()  # the same choice in the other window
    for words in ("Light colours", "Colours as the device has them"):
        shown.get_by_role("button", name=words).tap()
    expect(inside).to_have_attribute("data-jp-theme-light", "false")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    shown.get_by_role("link", name="All assignments").last.tap()  # at its foot
    expect(shown.get_by_role("heading", name="Assignments", exact=True)).to_be_visible()
    context.close()
