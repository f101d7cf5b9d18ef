"""The page *Your study*: nothing moves when the browser answers late, and results over time with their error."""

import json

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
SIZES = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
    "desk": {"viewport": {"width": 1280, "height": 900}},
}
#: The browser says whether it keeps the store when `answer(...)` is called.
LATE = "navigator.storage.persisted = () => new Promise((done) => { window.answer = done; });"


@pytest.fixture(params=SIZES)
def study(browser, practice_pages, request):
    """Opens the page with something kept, and something run before its scripts."""
    context = browser.new_context(**SIZES[request.param])

    def open_page(kept=None, script=""):
        page = context.new_page()
        page.add_init_script(script)
        page.goto(f"{practice_pages}candor.css")
        page.evaluate(
            "all => Object.entries(all).forEach(([name, text]) => localStorage.setItem(name, text))", kept or {}
        )
        page.goto(f"{practice_pages}your-study.html")
        return page

    yield open_page
    context.close()


@pytest.mark.parametrize(("kept", "said"), [("true", "until you erase it"), ("false", "may throw it away")])
def test_nothing_moves_when_the_browser_says_late_whether_it_keeps_it(study, kept, said):
    page = study(script=LATE)
    out = page.get_by_role("button", name="Take all of it as a file")
    before = out.bounding_box()
    expect(page.get_by_text("may throw it away", exact=False)).to_be_hidden()
    expect(page.get_by_role("button", name="Ask this browser to keep it")).to_have_count(0)
    page.evaluate(f"answer({kept})")
    expect(page.get_by_text(said, exact=False)).to_be_visible()
    assert out.bounding_box() == before


def results(data, *shares):
    slots = [{"card": name, "area": "x"} for name in list(json.loads(data)["cards"])[:20]]
    one = {"form": 1, "mode": "exam", "slots": slots, "answers": {}, "flags": [], "words": "x"}
    return json.dumps(
        [{**one, "began": day, "at": day * 86_400_000, "share": share} for day, share in enumerate(shares, 1)]
    )


def test_results_over_time_stand_there_with_their_error_in_words(study, data):
    page = study({"candor-history-knowledge-form": results(data, 0.2, 0.9), "candor-sessions": results(data, 0.5)})
    expect(page.get_by_role("heading", name="Your results")).to_be_visible()
    main = page.locator("main")
    expect(main).to_contain_text("The last: 90 of 100. Over many such forms you would likely score between 70 and 97")
    expect(main).to_contain_text("It is above the first by more than chance explains.")
    expect(page.get_by_role("img", name="Scores of mock exams out of 100")).to_be_visible()
    expect(page.get_by_role("heading", name="Sessions")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_results_nothing_is_said_of_them(study):
    expect(study().get_by_role("heading", name="How far you are")).to_be_visible()
    expect(study().get_by_role("heading", name="Your results")).to_have_count(0)


def test_before_a_file_is_taken_what_may_identify_a_client_in_notes_and_hours_is_asked_about(opened):
    page = opened("practice/your-study.html", **SIZES["phone"], accept_downloads=True)
    out, anyway = (page.get_by_role("button", name=name) for name in ("Take all of it as a file", "Take it as it is"))
    line = {"date": "2026-03-02", "kind": "client", "hours": "1", "format": "in-person", "area": "", "evidence": ""}
    line |= {"title": "Session with Anna Kowalska", "initials": "", "supervisor": ""}
    note = {"at": 1, "on": True, "text": "", "title": "Boundaries", "heading": "Touch"}
    kept = {
        "candor-hours:x-1": {"at": 1, "line": line | {"title": "a quiet hour"}},
        "candor-mark:ethics/boundaries#touch": note | {"text": "Ask in supervision."},
    }
    keep = "all => Object.entries(all).forEach(([name, one]) => localStorage.setItem(name, JSON.stringify(one)))"
    page.evaluate(keep, kept)
    page.reload()
    with page.expect_download():  # nothing is marked
        out.tap()
    kept["candor-hours:x-1"]["line"] = line
    kept["candor-mark:ethics/boundaries#touch"]["text"] = "My client Mr Delgado said the same."
    page.evaluate(keep, kept)
    page.reload()
    out.tap()
    expect(page.get_by_role("link", name="Your note at “Touch”: “Mr Delgado”")).to_have_attribute(
        "href", "../ethics/boundaries.html#touch"
    )
    expect(page.get_by_role("link", name="Line 1 of your hours: “Anna Kowalska” looks like")).to_be_visible()
    expect(page.get_by_text("is in your downloads")).to_have_count(0)
    with page.expect_download():
        anyway.tap()
    expect(anyway).to_have_count(0)
    with page.expect_download():  # it was said to go as it is
        out.tap()
