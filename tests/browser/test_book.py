"""The book in a real browser: practice questions, search, light and dark, phone and desktop, nothing from elsewhere."""

import gzip
import re

import pytest

from browser.test_states import WALKS
from support.asked import agree
from support.axe import by_scheme
from support.privacy import kept

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
CHAPTER = "therapist/talking-about-sex.html"
PAGES = [
    "index.html",
    CHAPTER,
    "appendix/certification.html",
    "appendix/coverage.html",
    "conversations/low-desire-hour.html",
    "glossary.html",
    "practice/cases.html",
    "practice/index.html",
    "practice/mock-exam.html",
    "practice/review.html",
    "practice/flashcards.html",
    "practice/sessions.html",
    "practice/your-study.html",
    "practice/offline.html",
]
LOOK = (".css", ".woff2")


def test_a_chapter_begins_with_its_first_sentence_and_its_further_questions_lead_to_their_session(opened):
    page = opened("body-and-health/treatments.html")
    also = page.locator(".candor-also")
    expect(also).to_contain_text("Also looked for as: Viagra")
    last = page.locator("article h2, .bd-article h2").last
    assert last.bounding_box()["y"] < also.bounding_box()["y"]
    page.get_by_role("link", name=re.compile("more questions? in the sessions")).click()
    expect(page.get_by_label("Questions from")).to_have_value("chapter:Treatments your clients use")


@pytest.mark.parametrize("name", ["index.html", CHAPTER, "references.html"])
def test_a_page_is_light_has_one_first_heading_and_says_what_it_is(opened, name):
    page = opened("search.html")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page.url.replace("search.html", name), wait_until="networkidle")
    assert [address for address in asked if "awesome" in address or address.endswith(".ttf")] == []
    look = {address for address in asked if address.split("?")[0].endswith(LOOK)}
    weight = sum(len(gzip.compress(page.context.request.get(address).body())) for address in look)
    assert 80_000 < weight < 180_000  # fonts and style, compressed
    assert page.locator("h1").count() == 1
    assert 50 < len(page.locator("meta[name=description]").get_attribute("content")) <= 200
    assert page.locator("meta[property='og:title']").get_attribute("content") == page.title()
    shown = page.locator(".fa-solid:visible")
    assert shown.count() > 1  # at least search and the switch of the theme
    for sign in shown.all():
        assert "svg" in sign.evaluate("one => getComputedStyle(one).maskImage") and sign.bounding_box()["width"] > 9


@pytest.mark.parametrize("name", ["body-and-health/treatments.html", "relationships/online-life.html", CHAPTER])
def test_a_chapter_is_there_with_few_files_and_what_is_asked_for_later_comes_behind_it(browser, address, name):
    context = browser.new_context(viewport={"width": 412, "height": 823})
    page = context.new_page()
    asked, late = [], []

    def note(route):
        behind = "-works.js" in route.request.url
        (late if behind else asked).append(route.request.url)
        if not behind:
            route.continue_()

    page.route("**/*", note)
    page.goto(address + name)
    page.wait_for_function("performance.getEntriesByType('navigation')[0].loadEventEnd > 0")
    kinds = {kind: [one for one in asked if one.split("?")[0].endswith(kind)] for kind in (".css", ".js", ".woff2")}
    assert len(kinds[".css"]) == 1 and len(kinds[".js"]) <= 6 and len(kinds[".woff2"]) <= 3
    weight = sum(len(gzip.compress(context.request.get(one).body())) for one in set(asked))
    assert weight < 220_000  # with the page itself: two seconds of a slow telephone's line
    assert "Does not show" not in context.request.get(address + name).text()
    context.close()


def test_the_whole_page_is_styled_once(browser, address):
    """The theme's script finds the scheme as it will be: a change of it would style and lay out everything again."""
    for scheme, kept_mode, wanted in (("dark", "", "dark"), ("light", "", "light"), ("dark", "light", "light")):
        context = browser.new_context(color_scheme=scheme)
        context.add_init_script(
            f"if ('{kept_mode}') localStorage.setItem('mode', '{kept_mode}');"
            " window.seen = []; new MutationObserver(() => { const { theme } = document.documentElement.dataset;"
            " if (document.body && theme !== seen.at(-1)) seen.push(theme); })"
            ".observe(document, { attributes: true, childList: true, subtree: true });"
        )
        page = context.new_page()
        page.goto(address + CHAPTER)
        assert page.evaluate("seen") == [wanted]
        context.close()


@pytest.mark.parametrize("width", [412, 1280])
def test_a_link_into_a_chapter_leads_to_its_section(browser, address, width):
    context = browser.new_context(viewport={"width": width, "height": 823})
    page = context.new_page()
    page.goto(f"{address}body-and-health/treatments.html")
    sections = page.locator(".bd-article > section > section[id]").evaluate_all("all => all.map((one) => one.id)")
    assert len(sections) > 6
    for name in (sections[-2], sections[2], sections[-3]):
        page.evaluate("name => { location.hash = name; }", name)
        page.wait_for_timeout(300)  # those around it get their height
        top = page.evaluate(
            "name => document.getElementById(name).querySelector('h2').getBoundingClientRect().top", name
        )
        assert -5 < top < 300, name
    page.reload()
    page.wait_for_timeout(300)
    top = page.locator(f"[id='{sections[-3]}'] h2").first.bounding_box()["y"]
    assert -5 < top < 300
    context.close()


def test_a_question_by_mouse(opened):
    page = opened(CHAPTER)
    box = page.locator(".candor-question").first
    key = box.locator(".candor-form").get_attribute("data-key")
    wrong = next(letter for letter in "ABCD" if letter != key)
    check = box.locator(".candor-check")
    check.click()
    assert "Choose an answer first." in box.locator(".candor-status").inner_text()
    box.locator(f"input[value={wrong}]").check()
    check.click()
    expect(box.locator(".candor-status")).to_have_text(re.compile(f"^Not {wrong}. {key} is better"))
    assert box.locator(".candor-why").count() == 2
    assert "Your answer" in box.locator(".candor-wrong .candor-why").inner_text()
    # The reasons are announced with the verdict, and belong to their options.
    assert (
        "Best." in box.locator("[role=status]").text_content()
        and "Not the best answer." in box.locator("[role=status]").text_content()
    )
    assert box.locator(f"input[value={key}]").get_attribute("aria-describedby")
    box.locator(f"input[value={key}]").check()
    assert box.locator(".candor-why").count() == 0
    check.click()
    expect(box.locator(".candor-status")).to_have_text(re.compile(f"^Yes. {key} is the best answer"))
    assert (
        "✓" in box.locator(".candor-right .candor-why").inner_text()
        and "Best." in box.locator(".candor-right .candor-why").inner_text()
    )
    box.locator(".candor-again").click()
    assert (
        box.locator("input:checked").count() == 0
        and box.locator(".candor-why").count() == 0
        and not box.locator(".candor-again").is_visible()
    )


def test_an_answer_that_was_seen_survives_a_killed_browser(opened):
    page = opened(CHAPTER)
    box = page.locator(".candor-question").first
    box.locator("input").first.check()
    box.locator(".candor-check").click()
    box.locator(".candor-why").first.wait_for()
    page.evaluate("localStorage.clear()")  # what a browser that is killed had not yet written
    page.reload()
    expect(box.locator(".candor-status")).to_have_text(re.compile("^Answered on "))
    expect(box.locator("input").first).to_be_checked()


def test_an_answer_survives_a_reload_and_other_tabs_show_it(opened):
    page = opened(CHAPTER)
    first, second = (page.locator(".candor-question").nth(place) for place in (0, 1))
    first.locator("input").first.check()
    first.locator(".candor-check").click()
    other = page.context.new_page()
    other.goto(page.url)
    there = other.locator(".candor-question")
    assert there.nth(0).locator("input").first.is_checked() and there.nth(0).locator(".candor-why").count()
    there.nth(1).locator("input").nth(1).check()
    there.nth(1).locator(".candor-check").click()
    second.locator(".candor-why").first.wait_for()  # in the first tab, without a reload
    page.reload()
    assert [box.locator("input:checked").get_attribute("value") for box in (first, second)] == ["A", "B"]
    assert all(
        box.locator(".candor-why").count() and box.locator(".candor-again").is_visible() for box in (first, second)
    )


def test_the_first_screen_says_what_it_is_for_whom_and_what_to_do_first(opened):
    page = opened("index.html", viewport={"width": 390, "height": 844}, has_touch=True)
    for words in ("Candor", "An open curriculum at graduate level for clinicians", "Start with chapter 1"):
        expect(page.locator(".bd-main").get_by_text(words).first).to_be_in_viewport()
    expect(page.locator(".candor-stats")).to_be_in_viewport()
    ways = [one.bounding_box() for one in page.locator(".bd-article p > a.candor-button").all()]
    assert len(ways) == 3 and len({one["width"] for one in ways}) == 1
    expect(page.locator(".candor-stats")).to_contain_text("certifications and professional rules")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_first_button_of_the_home_page_leads_on_to_where_one_stopped(opened, width):
    page = opened("index.html", viewport={"width": width, "height": 844})
    assert page.locator(".candor-button.primary").all_inner_texts() == ["Start with chapter 1"]
    page.clock.install()
    page.goto(page.url.replace("index.html", CHAPTER))
    heading = page.locator(".bd-article h2").nth(2)
    heading.scroll_into_view_if_needed()
    page.mouse.wheel(0, 400)
    page.clock.run_for(90_000)  # somebody reads
    page.goto(page.url.replace(CHAPTER, "index.html"))
    step = page.locator("a.candor-go-on")
    step.wait_for()
    expect(page.locator(".candor-next")).to_be_hidden()  # there is nothing else to go on with
    assert CHAPTER + "#" in step.get_attribute("href")
    (said,) = page.locator(".candor-button.primary").all_inner_texts()
    assert said.startswith("Go on where you left off\n")
    box = step.bounding_box()
    assert box["y"] + box["height"] <= 844
    step.click()
    assert CHAPTER in page.url


def test_a_first_visit_is_shown_no_next_step_and_your_study_begins_empty(opened):
    page = opened("index.html")
    assert not page.locator(".candor-next").is_visible()
    page.goto(page.url.replace("index.html", "practice/your-study.html"))
    page.get_by_text("No question answered yet").wait_for()


def test_your_study_goes_out_as_a_file_is_erased_and_comes_back(opened, tmp_path):
    page = opened(CHAPTER)
    box = page.locator(".candor-question").first
    box.locator("input").first.check()
    box.locator(".candor-check").click()
    agree(page)
    page.goto(page.url.replace(CHAPTER, "practice/your-study.html"))
    page.get_by_text("1 question answered", exact=False).wait_for()
    assert page.locator(".candor-app tbody tr").count() == 1
    with page.expect_download() as arrived:
        page.get_by_role("button", name="Take all of it as a file").click()
    arrived.value.save_as(tmp_path / "study.json")
    page.get_by_role("button", name="Erase all of it").click()
    page.get_by_text("No question answered yet").wait_for()
    page.get_by_text("Erased.").wait_for()
    # For ten minutes, that all was erased: `test_erasing` holds that nothing else stands in the journal.
    left = [name for name in kept(page) if name.startswith("candor-")]
    assert all(name.startswith("candor-erased:") or name == "candor-journal" for name in left), left
    page.get_by_label("Bring back a file").set_input_files(tmp_path / "study.json")
    page.get_by_text("1 question answered", exact=False).first.wait_for()
    page.get_by_label("Bring back a file").set_input_files(
        {"name": "other.json", "mimeType": "application/json", "buffer": b"{}"}
    )
    page.get_by_text("This is not a file of your study.", exact=False).wait_for()


def test_a_click_anywhere_on_an_option_chooses_it(opened):
    page = opened(CHAPTER)
    option = page.locator(".candor-question .candor-option").nth(1)
    size = option.bounding_box()
    option.click(position={"x": size["width"] - 6, "y": size["height"] - 4})
    assert option.locator("input").is_checked()


def test_a_question_by_keyboard(opened):
    page = opened(CHAPTER)
    box = page.locator(".candor-question").first
    box.locator("input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "candor-check"
    page.keyboard.press("Enter")
    expect(box.locator(".candor-status")).not_to_be_empty()
    assert box.locator("input").nth(1).is_checked()
    expect(box.get_by_role("button", name="Next question")).to_be_focused()
    page.keyboard.press("Enter")
    beginning = page.locator(".candor-question").nth(1).locator(".candor-label")
    expect(beginning).to_be_focused()
    expect(beginning).to_be_in_viewport()
    box.locator("input").first.check()
    expect(box.get_by_role("button", name="Check my answer")).to_be_visible()  # of another answer


def test_the_reasons_can_be_read_without_a_script(opened):
    page = opened(CHAPTER, java_script_enabled=False)
    box = page.locator(".candor-question").first
    assert box.locator("fieldset legend").inner_text() and box.locator("button").count() == 0
    box.locator("summary").click()
    reasons = box.locator(".candor-reasons li")
    assert reasons.count() == box.locator(".candor-option").count() >= 4 and reasons.first.is_visible()


def test_from_disk_the_search_finds_a_concern_by_every_word_that_people_come_with(browser, site, library):
    """Lay words, DSM-5-TR and ICD-11 terms, as the chapters' front matter lists them."""
    page = browser.new_page()
    page.goto((site / "search.html").as_uri())
    page.wait_for_function("typeof Search !== 'undefined' && Search.hasIndex()")
    found = page.evaluate(
        """terms => terms.map(term => {
            const [query, terms_, excluded, highlight, objects] = Search._parseQuery(term);
            return Search._performSearch(query, terms_, excluded, highlight, objects).map(result => result[0]);
        })""",
        [str(term) for chapter in library.chapters.values() for term in chapter.also],
    )
    wanted = [
        (str(term), f"{chapter.part}/{chapter.name}") for chapter in library.chapters.values() for term in chapter.also
    ]
    assert len(wanted) > 20
    assert [(term, page_) for (term, page_), results in zip(wanted, found) if page_ not in results] == []
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_never_scrolls_sideways(opened, name):
    page = opened(name, viewport={"width": 390, "height": 800})
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, width


def test_on_a_phone_a_row_names_its_columns(opened):
    page = opened(CHAPTER, viewport={"width": 390, "height": 800})
    cell = page.locator(".candor-wide tbody td").first
    label = cell.evaluate("cell => getComputedStyle(cell, '::before').content").strip('"')
    assert label == page.locator(".candor-wide thead th").first.text_content().strip()
    assert cell.evaluate("cell => getComputedStyle(cell).display") == "block"


def test_a_link_to_a_question_and_a_printed_page_leave_its_answer_shut(opened):
    page = opened(CHAPTER, viewport={"width": 390, "height": 844})
    question = page.locator(".candor-question").nth(1)
    name = question.get_attribute("id")
    page.goto(f"{page.url}#{name}")
    page.reload()
    reasons = question.locator(".candor-reasons")
    expect(question).to_be_in_viewport()
    expect(reasons).not_to_have_attribute("open", "")
    reasons.locator("summary").click()
    expect(reasons).to_have_attribute("open", "")
    reasons.locator("summary").click()
    for event in ("beforeprint", "afterprint"):
        page.evaluate("name => window.dispatchEvent(new Event(name))", event)
    expect(page.locator(".candor-reasons[open]")).to_have_count(0)


def test_on_paper_the_reasons_are_open_and_the_buttons_gone(opened):
    page = opened(CHAPTER)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert (
        page.locator(".candor-reasons li").first.is_visible() and not page.locator(".candor-check").first.is_visible()
    )


@pytest.mark.parametrize("name", [name for name in PAGES if name not in WALKS])  # those begin as they open
def test_axe_finds_nothing(opened, name):
    page = opened(name, reduced_motion="reduce")
    if name == CHAPTER:
        box = page.locator(".candor-question").first
        box.locator("input").first.check()
        box.locator(".candor-check").click()
        box.locator(".candor-why").first.wait_for()
        box.locator("summary").click()
    assert by_scheme(page, thin=True) == {}


def test_the_book_says_what_is_not_reviewed(opened):
    assert opened(CHAPTER).locator(".candor-badge").inner_text().startswith("Draft: no clinician has reviewed it yet")


@pytest.mark.parametrize(
    "name",
    ["index.html", CHAPTER, *(f"practice/{name}.html" for name in ("index", "mock-exam", "review", "sessions"))],
)
def test_nothing_moves_when_fonts_and_cards_come_late(browser, address, name):
    context = browser.new_context(viewport={"width": 412, "height": 823})
    page = context.new_page()
    late, come = [], []
    held = re.compile(r"\.woff2|candor-practice\.js|candor-cards")
    page.route(held, lambda route: route.continue_() if come else late.append(route))
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => { window.moved +="
        " one.value; })).observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto(address + name, wait_until="commit")
    page.locator("h1").wait_for()
    painted = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    page.evaluate(painted)
    come.append(True)
    for route in late:
        route.continue_()
    assert late, "no font was late: this test shows nothing"
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.evaluate(painted)
    moved = page.evaluate("window.moved")
    context.close()
    assert moved < 0.02
