"""Words of the glossary in a chapter open a small card: by mouse, keyboard and finger, from a folder on disk too."""

PAGE, WORD = "body-and-health/treatments.html", "vaginal moisturiser"
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}


def word(page):
    link = page.locator("a.candor-term", has_text=WORD).first
    link.scroll_into_view_if_needed()
    return link


def test_it_opens_on_hover_and_focus_one_at_a_time_and_leads_to_the_glossary(opened):
    page = opened(PAGE)
    card = page.locator(".candor-card-open")
    word(page).hover()
    card.wait_for()
    card.hover()
    page.wait_for_timeout(400)
    assert card.is_visible() and "tissue" in card.inner_text()
    page.locator("a.candor-cite").first.click()
    assert card.count() == 1 and "tissue" not in card.inner_text()
    page.keyboard.press("Escape")
    word(page).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert card.count() == 0 and word(page).evaluate("link => link === document.activeElement")
    word(page).click()
    card.get_by_role("link", name="In the glossary").click()
    assert page.url.endswith("glossary.html#term-moisturiser")


def test_a_finger_opens_it_and_the_page_does_not_move(opened):
    page = opened(PAGE, **PHONE)
    card = page.locator(".candor-card-open")
    before = word(page).bounding_box()
    word(page).tap()
    after = word(page).bounding_box()
    assert card.is_visible() and all(abs(after[side] - before[side]) < 1 for side in before)
    page.touchscreen.tap(200, 80)
    assert card.count() == 0 and PAGE in page.url


def test_from_a_folder_on_disk_it_opens_and_without_a_script_it_leads_to_the_glossary(browser, site, opened):
    context = browser.new_context()
    page = context.new_page()
    page.goto((site / PAGE).as_uri())
    word(page).click()
    assert "tissue" in page.locator(".candor-card-open").inner_text()
    context.close()
    page = opened(PAGE, java_script_enabled=False)
    word(page).click()
    assert page.url.endswith("glossary.html#term-moisturiser")
