"""The two buttons in the head of each page, chapters and contents, by finger and by key, from a small phone to a
desk."""

import re

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
PAGE = "therapist/talking-about-sex.html"
BY_FINGER = {"has_touch": True, "reduced_motion": "reduce"}  # no menu slides: it is where it goes at once
LARGE = (20, 24, 32)  # px, where a browser's letters are 16 when nobody chose
CHAPTERS = (".primary-toggle", "Culture, religion and sexual shame")
CONTENTS = (".secondary-toggle", "Key points")
WITH_A_DRAWER = [(CHAPTERS, 320), (CHAPTERS, 390), (CHAPTERS, 768)] + [
    (CONTENTS, width) for width in (320, 390, 768, 1024)
]


@pytest.fixture
def at(opened):
    """Opens a chapter at a width: the page, the button that a person sees, and a link in its list."""

    def open_at(menu, width, touch):
        page = opened(PAGE, viewport={"width": width, "height": 800}, has_touch=touch)
        page.set_default_timeout(8_000)
        button, words = menu
        return page, page.locator(f"{button}:visible"), page.get_by_role("link", name=words, exact=True)

    return open_at


@pytest.mark.parametrize("menu, width", WITH_A_DRAWER)
def test_by_finger_a_menu_opens_and_closes(at, menu, width):
    page, button, link = at(menu, width, touch=True)
    for way_out in ("close", "beside"):
        expect(link).not_to_be_in_viewport()
        button.tap()
        expect(link).to_be_visible()
        page.wait_for_timeout(400)  # the drawer slides
        box = page.locator("dialog[open]").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        if way_out == "close":
            page.get_by_role("button", name="Close", exact=True).tap()
        else:
            page.touchscreen.tap(width - 10 if box["x"] == 0 else 10, 400)
        expect(page.locator("dialog[open]")).to_have_count(0)
    expect(link).not_to_be_in_viewport()


@pytest.mark.parametrize("menu, width", WITH_A_DRAWER)
def test_by_key_a_menu_opens_and_closes_and_gives_the_focus_back(at, menu, width):
    page, button, link = at(menu, width, touch=False)
    for key in ("Enter", "Space"):
        button.focus()
        page.keyboard.press(key)
        expect(link).to_be_visible()
        assert page.evaluate("document.activeElement.closest('dialog[open]') !== null")
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
        expect(button).to_be_focused()
        expect(button).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("width", [1024, 1280])
@pytest.mark.parametrize("touch", [True, False])
def test_on_a_wide_screen_the_chapters_go_and_come_back(at, width, touch):
    page, button, link = at(CHAPTERS, width, touch)
    expect(button).to_have_attribute("aria-expanded", "true")
    button.focus()
    for there in (False, True):
        if touch:
            button.tap()
        else:
            page.keyboard.press("Enter")
        expect(link).to_be_visible(visible=there)
        expect(button).to_have_attribute("aria-expanded", str(there).lower())


def test_on_a_wide_screen_the_contents_stand_beside_the_text(at):
    _page, button, link = at(CONTENTS, 1280, touch=False)
    expect(button).to_have_count(0)
    expect(link).to_be_in_viewport()


@pytest.mark.parametrize("width", [320, 390, 768])
def test_after_a_tap_nothing_lies_over_the_search(at, width):
    page, button, _link = at(CONTENTS, width, touch=True)
    button.tap()
    page.keyboard.press("Escape")
    page.wait_for_timeout(400)
    search = page.locator(".search-button:visible").first
    box = search.bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("input[type=search]:visible").first).to_be_focused()


@pytest.mark.parametrize("width", [390, 768])
def test_a_tap_on_an_entry_of_the_contents_goes_there(at, width):
    page, button, link = at(CONTENTS, width, touch=True)
    button.tap()
    link.tap()
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.get_by_role("heading", name="Key points")).to_be_in_viewport()


def test_a_tap_on_a_chapter_opens_it(at):
    page, button, link = at(CHAPTERS, 390, touch=True)
    button.tap()
    name = link.inner_text().strip()
    link.tap()
    expect(page.locator(".bd-article h1")).to_contain_text(name)
    expect(page.locator(".bd-article h1")).to_be_in_viewport()


@pytest.mark.parametrize("width", [320, 390])
def test_the_buttons_are_large_enough_for_a_finger(at, width):
    page, _button, _link = at(CHAPTERS, width, touch=True)
    buttons = page.locator(".bd-header-article button:visible").all()
    assert len(buttons) >= 2
    for one in buttons:
        box = one.bounding_box()
        assert min(box["width"], box["height"]) >= 44, one.inner_html()


def test_on_a_phone_the_books_name_leads_home_and_the_signs_beside_it_are_of_one_size(at):
    page, button, _link = at(CHAPTERS, 390, touch=True)
    head = page.locator(".bd-header-article")
    expect(head.get_by_text("Menu")).to_be_visible()
    expect(head.get_by_text("Search")).to_be_visible()
    signs = [one.bounding_box() for one in head.locator(".fa-solid:visible").all()]
    assert len(signs) == 4 and len({(one["width"], one["height"]) for one in signs}) == 1
    for one in head.locator("button:visible").all():
        assert one.get_attribute("aria-label")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for width, there in ((320, 4), (360, 5), (375, 5), (390, 5)):  # on the smallest the name would be cut
        page.set_viewport_size({"width": width, "height": 800})
        boxes = [one.bounding_box() for one in head.locator("button:visible, .candor-home:visible").all()]
        assert len(boxes) == there and max(box["x"] + box["width"] for box in boxes) <= width - 8, width
    name = head.locator(".candor-home")
    name.evaluate("one => { one.textContent = 'The Program for Clinicians in Training of a Whole Country'; }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    name.evaluate("one => { one.textContent = 'Candor'; }")
    head.get_by_role("link", name="Candor", exact=True).tap()
    expect(page).to_have_url(re.compile(r"/index\.html$"))
    button.tap()
    expect(page.locator("dialog[open]")).to_be_visible()


@pytest.mark.parametrize("menu", [CHAPTERS, CONTENTS])
def test_the_way_out_stays_in_view_and_every_row_is_large_enough_for_a_finger(at, menu):
    page, button, _link = at(menu, 390, touch=True)
    button.tap()
    drawer = page.locator("dialog[open]")
    expect(drawer).to_be_visible()
    page.wait_for_timeout(400)  # it slides
    drawer.evaluate("one => one.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    for down in (500, 2000, 100_000):
        drawer.evaluate("(one, down) => one.scrollTo(0, down)", down)
        expect(page.get_by_role("button", name="Close", exact=True)).to_be_in_viewport(ratio=1)
    small = drawer.evaluate(
        "one => [...one.querySelectorAll('nav a, nav summary')]"
        ".filter(row => row.offsetHeight && row.offsetHeight < 44).map(row => row.textContent)"
    )
    assert small == []


def test_nothing_empty_stands_between_the_way_out_and_the_name(at):
    page, button, _link = at(CHAPTERS, 390, touch=True)
    button.tap()
    name = page.locator("dialog[open] .navbar-brand img").first
    expect(name).to_be_in_viewport()
    close = page.get_by_role("button", name="Close", exact=True).bounding_box()
    assert name.bounding_box()["y"] - (close["y"] + close["height"]) < 24


def in_letters(page, size):
    """As a reader sees a page who chose so large letters in the browser, in px; no zoom, the window stays as wide."""
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": size}})
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{size}px"


#: What lies over another, is cut, or leaves the window, of what stands in a place.
IN_THE_WAY = """one => {
    const box = one.getBoundingClientRect();
    const all = [...one.querySelectorAll("button, a, label, summary")].filter(each => each.getClientRects().length);
    const boxes = all.map(each => each.getBoundingClientRect());
    const right = box.left + one.clientWidth + 1;
    const name = each => each.ariaLabel || each.textContent.trim();
    return all.filter((each, at) => boxes[at].left < box.left - 1 || boxes[at].right > right
        || each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== "inline").map(name);
}"""
LIE_OVER = """one => [...one.querySelectorAll("button, a")].filter(each => {
    const { left, top, width, height, right } = each.getBoundingClientRect();
    return width && (left < 0 || right > innerWidth
        || !each.contains(document.elementFromPoint(left + width / 2, top + height / 2)));
}).map(each => each.ariaLabel || each.textContent)"""


#: Of the doors, what is painted over at a point just inside its lower edge.
CUT = """one => [...one.querySelectorAll(".candor-nav > label")].filter(each => {
    const style = getComputedStyle(each), next = each.nextElementSibling?.nextElementSibling;
    return style.position === "static" && (style.boxShadow !== "none" || next?.matches("label")
        && next.getBoundingClientRect().top > each.getBoundingClientRect().bottom + 1);
}).map(each => each.textContent)"""


@pytest.mark.parametrize("width", [320, 390])
def test_in_large_letters_the_menu_opens_with_its_doors_in_view_and_none_is_cut(opened, width):
    page = opened("concerns/genito-pelvic-pain.html", viewport={"width": width, "height": 844}, **BY_FINGER)
    page.set_default_timeout(8_000)
    for size in (16, *LARGE):
        in_letters(page, size)
        page.get_by_role("button", name="Menu", exact=True).first.tap()
        drawer = page.locator("dialog[open]")
        expect(drawer).to_be_visible()
        for door in ("Learn", "Practise", "Progress"):
            expect(drawer.get_by_text(door, exact=True)).to_be_in_viewport(ratio=0.9)
        assert drawer.evaluate(CUT) == [], size
        page.get_by_role("button", name="Close", exact=True).tap()
        expect(drawer).to_have_count(0)


@pytest.mark.parametrize("width", [320, 390, 768])
def test_in_large_letters_each_control_of_the_head_has_its_place_and_does_what_it_says(opened, width):
    page = opened(PAGE, viewport={"width": width, "height": 844}, **BY_FINGER)
    page.set_default_timeout(8_000)
    for size in (16, *LARGE):
        in_letters(page, size)
        head = page.locator(".bd-header-article")
        assert head.evaluate(LIE_OVER) == [], size
        assert page.evaluate("document.documentElement.scrollWidth") <= width, size
        mode = page.evaluate("document.documentElement.dataset.mode")
        head.get_by_role("button", name="Menu", exact=True).tap()
        drawer = page.locator("dialog[open]")
        expect(drawer).to_be_visible()
        for door in ("Progress", "Learn"):
            drawer.get_by_text(door, exact=True).tap()
            assert drawer.evaluate(IN_THE_WAY) == [], (size, door)
        page.get_by_role("button", name="Close", exact=True).tap()
        expect(drawer).to_have_count(0)
        head.get_by_role("button", name="Search", exact=True).tap()
        expect(page.locator("input[type=search]:visible").first).to_be_focused()
        page.keyboard.press("Escape")
        assert page.evaluate("document.documentElement.dataset.mode") == mode


@pytest.mark.parametrize("name", ["index.html", "practice/sessions.html", "practice/hours.html", "search.html"])
def test_in_large_letters_no_page_is_wider_than_the_window(opened, name):
    page = opened(name, viewport={"width": 320, "height": 844}, has_touch=True)
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 844})
        for size in LARGE:
            in_letters(page, size)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, size)
            assert page.locator(".bd-header-article").evaluate(LIE_OVER) == [], (width, size)


def test_in_large_letters_neither_way_on_at_the_foot_of_a_page_is_cut(opened):
    page = opened("practice/review.html", viewport={"width": 390, "height": 844}, has_touch=True)
    in_letters(page, 32)
    cut = page.locator(".prev-next-area").evaluate("""one => [...one.querySelectorAll("a, a *")].filter(each => {
        const { left, right } = each.getBoundingClientRect();
        return left < 0 || right > innerWidth || each.scrollWidth > each.clientWidth + 1;
    }).map(each => each.textContent.trim() || each.className)""")
    assert cut == []
