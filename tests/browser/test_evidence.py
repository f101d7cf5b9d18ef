"""Citations and their cards by mouse, keyboard and finger; the list of works; the filters; the choice of a place. How
they look by day and by night axe is asked."""

import re
from io import BytesIO

import pytest

from support.axe import by_scheme

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

CHAPTER, LAW, RESTS, PLACE = (
    "transitions/menopause-and-ageing.html",
    "ethics/safety-and-reporting.html",
    "appendix/rests-on.html",
    "places/california.html",
)
WORK = "lee2016sexual"
FIRST = "partner-violence"  # of the law that LAW prints, the first box
DESK = {"width": 1280, "height": 900}
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}


def citation(page, work=WORK):
    """Once the cards have come: they follow the page."""
    page.locator("details.candor-works:not([data-cards])").wait_for(state="attached")
    link = page.locator(f'a.candor-cite[href="#work-{work}"]').first
    link.scroll_into_view_if_needed()
    return link


def card(page):
    return page.locator(".candor-card-open")


def shows_the_card(page):
    text = card(page).inner_text()
    return card(page).is_visible() and all(
        words in text
        for words in (
            "English Longitudinal Study",
            "6,201 people",
            "erection 39\u00a0%",
            "Does not show",
            "Only the abstract was read",
            "Strong",
        )
    )


def test_by_mouse_it_opens_on_hover_can_be_entered_and_stays_when_clicked(opened):
    page = opened(CHAPTER)
    link = citation(page)
    link.hover()
    card(page).wait_for()
    assert shows_the_card(page) and link.get_attribute("aria-expanded") == "true"
    card(page).hover()
    page.wait_for_timeout(400)
    assert card(page).is_visible()
    page.mouse.move(2, 2)
    card(page).wait_for(state="hidden")
    assert link.get_attribute("aria-expanded") == "false"
    link.click()
    page.mouse.move(2, 2)
    page.wait_for_timeout(500)
    assert shows_the_card(page) and "#work-" not in page.url
    page.mouse.click(2, 2)
    assert card(page).count() == 0


def test_a_pointer_that_passes_by_opens_nothing(opened):
    page = opened(CHAPTER)
    citation(page).hover()
    page.mouse.move(2, 2)
    page.wait_for_timeout(400)
    assert card(page).count() == 0


def test_by_keyboard_it_opens_on_focus_is_kept_by_enter_entered_by_tab_and_closed_by_escape(opened):
    page = opened(CHAPTER)
    link = citation(page)
    page.locator("body").press("Tab")  # from here on the focus is shown
    link.focus()
    assert shows_the_card(page) and link.get_attribute("role") == "button"
    page.keyboard.press("Tab")  # it was not kept open, so Tab goes on to the next citation or link
    assert page.evaluate("document.activeElement.closest('.candor-card-open')") is None
    assert link.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Shift+Tab")
    assert shows_the_card(page)
    page.keyboard.press("Enter")  # kept open: now Tab goes through it, first to the card, which arrow keys scroll
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("document.querySelector('.candor-card-open').scrollTop > 0")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Close"
    page.keyboard.press("Tab")
    assert page.evaluate(
        "document.activeElement.closest('.candor-card-open') !== null &&"
        " document.activeElement.href.startsWith('https://doi.org/')"
    )
    page.keyboard.press("Escape")
    assert card(page).count() == 0 and link.evaluate("link => link === document.activeElement")
    page.keyboard.press("Enter")
    assert shows_the_card(page)
    page.keyboard.press("Enter")
    assert card(page).count() == 0
    page.keyboard.press("Space")
    assert shows_the_card(page)
    page.keyboard.press("Shift+Tab")
    assert link.get_attribute("aria-expanded") == "false" and not (card(page).count() and shows_the_card(page))


def test_by_finger_it_opens_at_the_foot_of_the_screen_and_closes_beside_it(opened):
    page = opened(CHAPTER, **PHONE)
    citation(page).tap()
    assert shows_the_card(page)
    box = card(page).bounding_box()
    assert box["x"] == 0 and box["width"] == 390 and round(box["y"] + box["height"]) == 800 and box["y"] > 250
    assert page.locator(".candor-card-close").bounding_box()["height"] >= 44
    page.locator(".candor-card-close").tap()
    assert card(page).count() == 0
    citation(page).tap()
    page.touchscreen.tap(200, 80)
    assert card(page).count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_chip_of_the_evidence_table_opens_the_card_and_is_not_cut_off(opened):
    page = opened(CHAPTER, viewport={"width": 1280, "height": 720})
    chip = page.locator("a.candor-ev").first
    chip.scroll_into_view_if_needed()
    chip.click()
    box = card(page).bounding_box()
    assert (
        box["x"] >= 0
        and box["x"] + box["width"] <= 1280
        and box["y"] >= 0
        and box["y"] + box["height"] <= 720
        and box["height"] > 150
    )


def test_without_a_script_a_citation_leads_to_the_pages_own_list_and_that_to_the_card(opened):
    page = opened(CHAPTER, java_script_enabled=False)
    page.locator(f'a.candor-cite[href="#work-{WORK}"]').first.click()
    entry = page.locator(f"#work-{WORK}")
    assert page.url.endswith(f"#work-{WORK}") and entry.is_visible() and "English Longitudinal" in entry.inner_text()
    entry.get_by_role("link", name="What it found").click()
    assert page.url.endswith(f"{RESTS}#card-{WORK}")
    found = page.locator(f"#card-{WORK}")
    found.locator("summary").click()
    assert "6,201 people" in found.inner_text()


def test_a_card_is_whole_a_moment_later_where_it_was_opened_before_it_came(opened):
    page = opened("index.html")
    held = []
    page.route(re.compile("-works[.]js"), lambda route: held.append(route))
    page.goto(page.url.replace("index.html", CHAPTER))
    page.wait_for_function("performance.getEntriesByType('navigation')[0].loadEventEnd > 0")
    link = page.locator(f'a.candor-cite[href="#work-{WORK}"]').first
    link.scroll_into_view_if_needed()
    link.click()
    expect(card(page)).to_contain_text("English Longitudinal Study")
    expect(card(page).get_by_role("link", name="What it found")).to_have_count(1)
    page.keyboard.press("Tab")  # into the card
    for _ in range(100):
        if held:
            break
        page.wait_for_timeout(50)
    held[0].continue_()
    expect(card(page)).to_contain_text("6,201 people")
    assert shows_the_card(page) and page.evaluate("document.activeElement.closest('.candor-card-open') !== null")


def test_where_the_cards_do_not_come_each_entry_leads_to_the_page_of_all_and_they_are_tried_again(opened):
    page = opened("index.html")
    gone = []
    page.route(
        re.compile("-works[.]js"), lambda route: route.continue_() if gone else route.fulfill(status=200, body="")
    )
    page.goto(page.url.replace("index.html", CHAPTER))
    link = page.locator(f'a.candor-cite[href="#work-{WORK}"]').first
    link.click()
    expect(card(page).get_by_role("link", name="What it found")).to_have_attribute(
        "href", re.compile(rf"rests-on[.]html#card-{WORK}$")
    )
    gone.append(True)
    page.keyboard.press("Escape")
    link.click()
    expect(card(page)).to_contain_text("6,201 people")


def test_from_a_folder_on_disk_the_cards_open(browser, site):
    page = browser.new_page()
    page.goto((site / CHAPTER).as_uri())
    citation(page).click()
    assert shows_the_card(page)
    page.close()


@pytest.mark.parametrize("how", ["script", "print"])
def test_on_paper_the_list_of_works_is_open_with_what_each_found(opened, how):
    page = opened(CHAPTER)
    citation(page)
    if how == "print":
        pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
        text = " ".join(one.extract_text() for one in pypdf.PdfReader(BytesIO(page.pdf())).pages)
        last = page.locator(".bd-article h2").last.evaluate("one => one.firstChild.textContent.trim()")
        flat = re.sub(r"\s+", "", text)
        assert "6,201people" in flat and re.sub(r"\s+", "", last) in flat
        return
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    entry = page.locator(f"#work-{WORK}")
    assert entry.is_visible() and "6,201 people" in entry.inner_text() and card(page).count() == 0


def test_each_work_is_on_a_page_once(opened):
    page = opened(CHAPTER)
    names = page.locator(".candor-works > ul > li").evaluate_all("items => items.map(item => item.id)")
    assert len(names) == len(set(names)) > 8
    assert set(page.locator("a.candor-cite").evaluate_all("links => links.map(link => link.hash.slice(1))")) == set(
        names
    )


def test_the_cards_are_filtered_by_chapter_design_certainty_and_reading(opened, library):
    page = opened(RESTS)
    count, every = page.locator(".candor-count"), len(library.evidence)
    assert count.inner_text() == f"{every} of {every} cards"
    for name, value in (("certainty", "strong"), ("seen", "abstract")):
        page.select_option(f"select[name={name}]", value)
    wanted = [one.name for one in library.evidence.values() if one.certainty == "strong" and one.seen == "abstract"]
    shown = page.locator(".candor-evidence-list > li:visible").evaluate_all(
        "items => items.map(item => item.id.slice(5))"
    )
    assert sorted(shown) == sorted(wanted) and count.inner_text() == f"{len(wanted)} of {every} cards"
    page.select_option("select[name=certainty]", "")
    page.select_option("select[name=seen]", "")
    page.select_option("select[name=chapter]", "Midlife, menopause and ageing")
    assert f"card-{WORK}" in page.locator(".candor-evidence-list > li:visible").evaluate_all(
        "items => items.map(item => item.id)"
    )


def test_the_whole_list_is_there_without_a_script(opened, library):
    page = opened(RESTS, java_script_enabled=False)
    assert (
        page.locator(".candor-evidence-list > li").count() == len(library.evidence)
        and page.locator("select").count() == 0
    )


def places(page):
    return page.locator(".candor-place:visible").evaluate_all("blocks => blocks.map(block => block.dataset.place)")


def test_a_place_is_chosen_once_and_chapters_show_it(opened):
    page = opened(LAW)
    assert places(page) == [] and page.locator(".candor-kept").first.text_content() == "Kept in this browser only."
    page.get_by_label("Your place").first.select_option("california")
    chosen = places(page)
    assert set(chosen) == {"california", "united-states"}, "law of both, and the lines of the country"
    assert set(page.locator(".candor-choose select").evaluate_all("all => all.map(one => one.value)")) == {"california"}
    assert page.locator(".candor-place:visible", has_text="Civil Code 43.92").count() == 1
    assert "988" in page.locator(".candor-place:visible").last.text_content()
    page.reload()
    assert places(page) == chosen
    page.get_by_label("Your place").first.select_option("england-and-wales")
    assert set(places(page)) == {"england-and-wales"}
    page.goto(page.url.replace(LAW, "appendix/jurisdiction.html"))
    assert page.get_by_label("Your place").input_value() == "england-and-wales"
    page.get_by_label("Your place").select_option("somewhere-else")
    page.goto(page.url.replace("appendix/jurisdiction.html", LAW))
    assert places(page) == [] and "Use the worksheet." in page.locator(".candor-none").first.text_content()


def test_all_places_can_be_shown_by_keyboard(opened, library):
    page = opened(LAW)
    button = page.get_by_role("button", name="Show all places").first
    button.focus()
    page.keyboard.press("Enter")
    wanted = sorted(place.name for place in library.places.values() if any(row.topic == FIRST for row in place.law))
    assert (
        sorted(places(page)) == wanted
        and page.get_by_role("button", name="Show my place alone").get_attribute("aria-expanded") == "true"
    )


def test_without_a_script_or_on_paper_all_places_are_shown(opened, library):
    wanted = sum(any(row.topic == FIRST for row in place.law) for place in library.places.values())
    page = opened(LAW, java_script_enabled=False)
    assert page.locator(".candor-by-place").first.locator(".candor-place:visible").count() == wanted
    page = opened(LAW)
    page.emulate_media(media="print")
    assert page.locator(".candor-by-place").first.locator(".candor-place:visible").count() == wanted


@pytest.mark.parametrize("name", [CHAPTER, LAW, RESTS, PLACE, "appendix/jurisdiction.html"])
def test_axe_finds_nothing_and_nothing_is_too_wide_at_a_desk_and_on_a_phone(opened, name):
    page = opened(name, reduced_motion="reduce", viewport=DESK)
    if page.locator("details.candor-works").count():
        page.locator("details.candor-works > summary").click()
    if page.locator("a.candor-cite").count():
        page.locator("a.candor-cite").first.click()
    if page.get_by_role("button", name="Show all places").count():
        page.get_by_role("button", name="Show all places").first.click()
    page.mouse.move(0, 0)  # over no citation, whatever moves below it
    for size in (PHONE["viewport"], DESK):
        page.set_viewport_size(size)
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    found = {}
    for size in (DESK, PHONE["viewport"]):  # what axe has of it is small by then, and the same at both
        page.set_viewport_size(size)
        found[size["width"]] = by_scheme(page, thin=True)
    assert found == {1280: {}, 390: {}}
