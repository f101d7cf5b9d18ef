"""The search of the site as somebody meets it who has never seen the book: by key and by finger, in their own words."""

from pathlib import Path

import pytest

from support.axe import by_scheme

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = sync_api.expect

LISTS = [Path(__file__).with_name(f"search-{name}.txt") for name in ("queries", "second", "third")]
HITS = """root => [...root.querySelectorAll("section:first-child > ol > li")].map(
    item => [...item.querySelectorAll("a")].map(link => link.getAttribute("href").replace(/^(\\.\\.?\\/)+/, "")))"""


#: What the page of the search finds for each of many words, one after the other, in the field and by the form that is
#: there; `hits`: HITS. Nothing is typed, so nothing waits for the next letter, and nothing is painted.
ASK_ALL = """async ({ queries, hits }) => {
    const page = document.querySelector("#candor-search");
    const form = page.querySelector("form.bd-search");
    const results = page.querySelector(".candor-found");
    const read = eval(hits);
    const all = {};
    results.style.display = "none";
    for (const query of queries) {
        form.querySelector("input[type=search]").value = query;
        await new Promise((found) => {
            const seen = new MutationObserver(() => {
                if (results.dataset.query === query) { seen.disconnect(); found(); }
            });
            seen.observe(results, { attributes: true, attributeFilter: ["data-query"] });
            form.requestSubmit();
        });
        all[query] = read(results);
    }
    results.style.display = "";
    return all;
}"""


def wanted(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if " -> " in line and not line.startswith("#"):
            query, places = line.split(" -> ")
            yield query, [place.strip() for place in places.split("|")]


def ask(page, words, box="#candor-search"):
    page.locator(f"{box} input[type=search]").fill(words)
    found = page.locator(f'{box} .candor-found[data-query="{words}"]')
    expect(found).to_be_attached(timeout=20_000)
    return found


def is_there(hit, place):
    page, _, section = place.partition("#")
    return hit[0] == f"{page}.html" and (not section or any(link.endswith(f"#{section}") for link in hit))


def place_of(hits, places):
    return next((n for n, hit in enumerate(hits, 1) if any(is_there(hit, place) for place in places)), 99)


@pytest.fixture(scope="module")
def field(browser, address):
    """The page of the search, open for all who only ask."""
    page, errors = browser.new_page(), []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}search.html")
    yield page
    page.close()
    assert errors == []


@pytest.fixture(scope="module")
def found(field):
    """The hits for each query of all lists."""
    queries = [query for path in LISTS for query, _ in wanted(path)]
    return field.evaluate(ASK_ALL, {"queries": queries, "hits": HITS})


def test_what_is_typed_finds_what_is_asked_by_the_form(opened, found):
    page = opened("search.html")
    for query, hits in list(found.items())[::30]:
        assert ask(page, query).evaluate(HITS) == hits


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_sixty_queries_of_people_who_have_not_seen_the_index(found, capsys, path):
    ranks = {query: place_of(found[query], places) for query, places in wanted(path)}
    first, three = sum(rank == 1 for rank in ranks.values()), sum(rank <= 3 for rank in ranks.values())
    with capsys.disabled():
        print(f"\nsearch: of {len(ranks)} queries {first} led to the right place first, {three} in the first three")
    assert len(ranks) == 60
    assert first >= 45 and three >= 55, {query: rank for query, rank in ranks.items() if rank > 1}


@pytest.mark.parametrize(
    "typed, place",
    [
        ("Vagifem", "body-and-health/treatments#treatments-support-local-treatment"),
        ("vagifm", "body-and-health/treatments#treatments-support-local-treatment"),
        ("Depo-Provera", "body-and-health/sexual-health#sexual-health-weigh-contraception-and-abortion"),
        ("IELT", "concerns/ejaculation#ejaculation-define-terms"),
        ("faked orgasm", "concerns/orgasm#faking-orgasm"),
        ("flasher", "concerns/paraphilic-disorders#paraphilic-disorders-separate-three-things"),
    ],
)
def test_a_word_that_the_text_does_not_say_leads_to_its_section(field, typed, place):
    hits = ask(field, typed).evaluate(HITS)
    assert is_there(hits[0], place), hits[0]


@pytest.mark.parametrize(
    "typed, taken, page_",
    [
        ("vaginismis", "vaginismus", "concerns/genito-pelvic-pain"),  # a wrong letter
        ("orgasim", "orgasm", "concerns/orgasm"),
        ("ejaculaton", "ejaculation", "concerns/ejaculation"),
        ("counselor", "counsellor", ""),  # American
        ("pedophilic behavior", "behaviour", "concerns/paraphilic-disorders"),
        ("oestrogen", "", ""),  # as the book writes it
        ("estrogen", "", ""),
    ],
)
def test_a_wrong_letter_and_either_english_are_understood(field, typed, taken, page_):
    hits = ask(field, typed).evaluate(HITS)
    assert hits
    assert not page_ or hits[0][0] == f"{page_}.html", hits[0]
    if taken and field.locator("#candor-search .candor-said").inner_text().count(" for "):
        expect(field.locator("#candor-search .candor-said")).to_contain_text(taken)


def test_by_key_from_any_page_to_a_section(opened):
    page = opened("ethics/boundaries.html", viewport={"width": 1280, "height": 900})
    page.keyboard.press("Control+k")
    page.keyboard.type("emdr")
    dialog = page.locator("#pst-search-dialog")
    expect(dialog.locator('.candor-found[data-query="emdr"]')).to_be_attached(timeout=20_000)
    page.keyboard.press("Tab")
    expect(dialog.locator("a.candor-hit").first).to_be_focused()
    section = dialog.get_by_role("link", name="PE, CPT and EMDR")
    section.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/trauma-recovery.html#pe-cpt-and-emdr")


def test_escape_closes_the_search_from_a_result_and_an_emptied_field_has_no_results(opened):
    page = opened("ethics/boundaries.html", viewport={"width": 1280, "height": 900})
    dialog, field = page.locator("#pst-search-dialog"), page.locator("#pst-search-dialog input")
    page.locator(".search-button:visible, .search-button__button:visible").first.focus()
    opener = page.locator(":focus")
    page.keyboard.press("Enter")
    page.keyboard.type("emdr")
    found = dialog.locator('.candor-found[data-query="emdr"]')
    expect(found).to_be_attached(timeout=20_000)
    page.keyboard.press("Tab")
    expect(dialog.locator("a.candor-hit").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(opener).to_be_focused()
    page.keyboard.press("Control+k")
    expect(field).to_have_value("emdr")
    expect(found).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    page.keyboard.press("Control+k")
    expect(field).to_have_value("")
    expect(dialog.locator(".candor-found")).to_be_empty()


def test_enter_leads_to_the_page_of_the_search_with_the_same_words(opened):
    page = opened("index.html", viewport={"width": 1280, "height": 900})
    page.keyboard.press("Control+k")
    page.keyboard.type("sex hurts")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html#q=sex%20hurts")
    hit = page.locator("#candor-search a.candor-hit").first
    expect(hit).to_have_attribute("href", "./concerns/genito-pelvic-pain.html", timeout=20_000)


def test_on_a_phone_by_finger(opened):
    page = opened("ethics/boundaries.html", viewport={"width": 390, "height": 844}, has_touch=True)
    page.locator(".search-button:visible").first.tap()
    dialog = page.locator("#pst-search-dialog")
    found = ask(page, "cant orgasm", "#pst-search-dialog")
    assert found.locator("section").count() >= 2  # the glossary, or questions, too
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    for link in found.locator("a").all()[:6]:
        assert link.bounding_box()["height"] >= 32
    assert by_scheme(page) == {}
    dialog.get_by_role("button", name="Close").tap()
    expect(dialog).not_to_be_visible()
    page.locator(".search-button:visible").first.tap()
    dialog.locator("a.candor-hit").first.tap()
    page.wait_for_url("**/concerns/orgasm.html")


@pytest.mark.parametrize("width", [1024, 1280])
def test_the_search_can_be_reached_where_the_sidebar_is_hidden(opened, width):
    page = opened("ethics/boundaries.html", viewport={"width": width, "height": 800})
    assert page.locator(".search-button:visible, .search-button-field:visible").count() == 1
    page.locator(".primary-toggle:visible").click()
    expect(page.locator(".search-button-field")).not_to_be_visible()
    page.locator(".search-button:visible").click()
    expect(page.locator("#pst-search-dialog input[type=search]")).to_be_focused()


def test_words_of_the_glossary_and_practice_questions_are_found(opened):
    page = opened("search.html")
    found = ask(page, "aromantic")
    expect(found.get_by_role("link", name="aromantic").first).to_have_attribute(
        "href", "./glossary.html#term-aromantic"
    )
    found = ask(page, "sertraline")
    section = found.locator("section", has=page.get_by_role("heading", name="Practice questions"))
    href = section.get_by_role("link").first.get_attribute("href")
    page.goto(page.url.split("search.html")[0] + href)
    assert page.locator(f'[id="{href.split("#")[1]}"]').is_visible()


def test_nothing_that_fits_is_said(opened):
    page = opened("search.html")
    ask(page, "qqqqzzzz")
    expect(page.locator("#candor-search .candor-said")).to_have_text("Nothing was found.")
    expect(page.get_by_text("Words that look like it:")).to_have_count(0)


def test_where_nothing_is_found_what_looks_like_it_the_glossary_and_the_chapters_are_offered(opened):
    page = opened("ethics/boundaries.html", viewport={"width": 390, "height": 844}, has_touch=True)
    page.locator(".search-button:visible").first.tap()
    dialog = page.locator("#pst-search-dialog")
    found = ask(page, "disperunya", "#pst-search-dialog")
    expect(dialog.locator(".candor-said")).to_contain_text("Nothing was found")
    expect(found.get_by_role("link", name="dyspareunia")).to_have_attribute("href", "../glossary.html#term-dyspareunia")
    expect(found.get_by_text("Another word for it")).to_be_visible()
    expect(found.get_by_role("link", name="The glossary, from A to Z")).to_have_attribute("href", "../glossary.html")
    assert by_scheme(page) == {}
    found.get_by_role("button", name="All chapters").tap()
    expect(dialog).not_to_be_visible()
    expect(page.locator("dialog[open] .candor-nav").get_by_role("link", name="Boundaries, attraction")).to_be_visible()
    page.goto(page.url.replace("ethics/boundaries", "search"))
    found = ask(page, "qqqqzzzz xxyyxx")
    expect(found.get_by_text("Fewer words")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 844})  # the list stands at the side
    found.get_by_role("button", name="All chapters").click()
    assert page.evaluate("document.activeElement.matches('.candor-nav :is(a, summary)')")


def test_from_a_folder_on_disk_the_search_of_sphinx_stands_in(browser, site):
    page = browser.new_page()
    page.goto(f"{(site / 'search.html').as_uri()}?q=PLISSIT")
    expect(page.locator("#search-results li").first).to_be_visible(timeout=20_000)
    page.close()


def test_where_the_index_cannot_be_had_the_search_of_sphinx_stands_in(browser, address):
    page = browser.new_page()
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(f"{address}search.html?q=PLISSIT")
    expect(page.locator("#search-results li").first).to_be_visible(timeout=20_000)
    page.close()


@pytest.mark.parametrize("before", ["", "pain"])
def test_with_the_network_cut_the_search_says_so_and_goes_on_when_it_is_back(browser, address, before):
    page = browser.new_page()
    page.goto(f"{address}search.html#q={before}")
    hit, said = page.locator("#candor-search a.candor-hit").first, page.locator("#candor-search .candor-said")
    if before:
        expect(hit).to_be_visible(timeout=20_000)
    page.context.set_offline(True)
    page.locator("#candor-search input[type=search]").fill("vaginismus")
    expect(said).to_have_text("The search did not come. Is there a connection?")
    expect(hit).to_have_count(0)
    page.context.set_offline(False)
    expect(hit).to_have_text("Genito-pelvic pain", timeout=20_000)
    page.close()


def test_without_a_script_the_page_says_where_to_look(opened):
    page = opened("search.html", java_script_enabled=False)
    expect(page.locator("#candor-search noscript a")).to_be_visible()
    expect(page.locator("#candor-search noscript a")).to_have_attribute("href", "glossary.html")
