"""The long lists: letters to jump by, parts that fold, a word that is looked for; with a script and without."""

import re

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
#: List -> the most screens (of 900 px at 1280) that it takes before anything is opened.
SCREENS = {
    "references.html": 3,
    "glossary.html": 3,
    "practice/cases.html": 8,
    "appendix/certification.html": 8,
    "appendix/coverage.html": 4,
}


@pytest.mark.parametrize("name", SCREENS)
def test_a_list_is_no_wall(opened, name):
    page = opened(name, viewport={"width": 1280, "height": 900})
    assert page.evaluate("document.documentElement.scrollHeight") < 900 * SCREENS[name]


def test_the_list_of_all_cards_has_a_row_of_letters_and_says_a_line_of_each(opened, library):
    page = opened("appendix/rests-on.html", viewport={"width": 1280, "height": 900})
    assert page.locator(".candor-jump a").count() > 15
    assert page.evaluate("document.documentElement.scrollHeight") < 80 * len(library.evidence)
    page.locator(".candor-jump a", has_text="M").first.click()
    first = page.locator(".candor-evidence-list > li:has(#letter-m)")
    assert 0 <= first.bounding_box()["y"] < 300 and first.locator("summary b").inner_text().startswith("M")
    first.locator("summary").click()
    assert first.locator(".candor-reference").is_visible() and first.locator("dl").is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_link_to_an_entry_opens_what_it_lies_in(opened, script):
    page = opened("glossary.html#term-asexual-spectrum", java_script_enabled=script)
    term = page.locator("#term-asexual-spectrum")
    assert term.is_visible() and 0 <= term.bounding_box()["y"] < 400
    page.locator(".candor-jump a", has_text=re.compile("^P$")).click()
    assert page.locator("#term-PLISSIT").is_visible()


def test_a_link_out_of_a_table_leads_to_its_rows(opened):
    page = opened("appendix/certification.html")
    link = page.locator(".candor-bodies a").first
    rows = page.locator(f"[id='{link.get_attribute('href')[1:]}'] table")
    assert not rows.is_visible()
    link.click()
    assert rows.is_visible()


def test_a_word_is_found_in_a_list(opened):
    page = opened("references.html")
    field, said = page.get_by_label("Find in this list"), page.locator(".candor-find [role=status]")
    field.fill("sungur gunduz")  # as one types it: without the accents, in small letters
    assert re.match(r"1 of \d+ works", said.inner_text())
    assert page.locator(".citation:visible").count() == 1 and "Gündüz" in page.locator(".citation:visible").inner_text()
    field.fill("no such work anywhere")
    assert said.inner_text().startswith("0 of ") and page.locator(".candor-letter:visible").count() == 0
    field.fill("")
    assert page.locator(".candor-letter:visible").count() > 15 and page.locator(".citation:visible").count() == 0
    page.get_by_role("button", name="Open all").click()
    assert page.locator(".citation:visible").count() > 300


def test_on_paper_all_is_open(opened):
    page = opened("references.html")
    page.emulate_media(media="print")
    assert page.locator(".citation").last.is_visible() and not page.locator(".candor-jump").is_visible()


def test_a_case_shows_its_title_and_setting_and_opens(opened):
    page = opened("practice/cases.html")
    case = page.locator(".candor-case").first
    assert case.locator("summary b").inner_text() and not case.locator("p").first.is_visible()
    case.locator("summary").press("Enter")
    assert case.locator("p").first.is_visible()


def test_a_case_has_an_address_and_is_found_by_its_title(opened):
    page = opened("practice/cases.html")
    case = page.locator(".candor-case").last
    assert page.get_by_text("1 part", exact=True).count() == 0  # most have one: that says nothing
    case.locator("summary").click()
    expect(case.get_by_text("Link to this case")).to_be_visible()
    page.reload()
    expect(case.get_by_text("Link to this case")).to_be_visible()
    assert page.locator(".candor-case[open]").count() == 1
    address = case.get_by_role("link", name="Link to this case").get_attribute("href")
    title = case.locator("summary b").inner_text()
    page.goto(page.url.split("#")[0] + address)
    assert page.locator(address).is_visible() and 0 <= page.locator(address).bounding_box()["y"] < 400
    page.goto(page.url.replace("practice/cases.html", "search.html").split("#")[0] + f"?q={title}")
    page.locator(f"#candor-search a[href$='practice/cases.html{address}']").first.wait_for()


def test_the_cases_of_the_chapters_are_listed_with_a_way_to_each(opened, library):
    page = opened("practice/cases.html")
    page.get_by_text("cases that chapters work through", exact=False).last.click()
    links = page.locator(".candor-cases a")
    assert links.count() > 40
    link = links.nth(7)
    title, where = link.inner_text(), link.get_attribute("href").split("#")[1]
    link.click()
    assert title in page.locator(f"#{where}").inner_text() and page.locator(f"#{where}").is_visible()


def matrix(page):
    """The first matrix of chapters and areas, unfolded."""
    page.locator(".candor-more-of:has(.candor-matrix) > summary").first.click()
    return page.locator(".candor-matrix").first


def test_a_matrix_of_chapters_and_areas_fits_a_desktop(opened):
    page = opened("appendix/coverage.html", viewport={"width": 1280, "height": 900})
    table = matrix(page)
    assert table.evaluate("one => one.parentElement.scrollWidth <= one.parentElement.clientWidth")
    codes = table.locator("thead th").all_inner_texts()[1:]
    row = table.locator("tbody tr", has_text="Boundaries, attraction, touch")
    said = [text.strip() for text in row.locator("td").all_inner_texts()[1:]]
    assert len(said) == len(codes) == 24 and {"a", "j"} <= set(said)
    assert all(text in ("", code) for text, code in zip(said, codes, strict=True))  # each code under its own


def test_on_a_phone_the_matrix_is_a_list(opened):
    page = opened("appendix/coverage.html", viewport={"width": 390, "height": 844})
    row = matrix(page).locator("tbody tr", has_text="Boundaries, attraction, touch")
    shown = row.locator("td:visible")
    assert 2 < shown.count() < 8  # its name, and the areas that it bears on
    assert shown.nth(1).get_attribute("data-label") == "Ethics and ethical behavior"
    assert '"Ethics' in shown.nth(1).evaluate("one => getComputedStyle(one, '::before').content")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_table_of_claims_has_short_names(opened):
    page = opened("process/diagnosis.html")
    names = page.locator(".candor-evidence-table a.candor-cite").all_text_contents()
    assert "APA 2013" in names and "Mitchell et al. 2016" in names
    page.locator(".candor-evidence-table a.candor-cite", has_text="APA 2013").click()
    assert "American Psychiatric Association" in page.locator(".candor-card-open").inner_text()
