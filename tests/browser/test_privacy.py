"""The page on privacy is kept to: what a reader's browser is asked to send and to keep, from the home page to a mock
exam. What the desk keeps is looked at where the desk is built, in test_lite.py."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from support.privacy import kept, unlisted, watch

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect


def answer(page):
    page.locator(".candor-app .candor-form input").first.check()


def test_nothing_is_sent_and_what_is_kept_stands_on_the_page(opened, address):
    page = opened("index.html", viewport={"width": 1280, "height": 900})
    asked, talks = watch(page)

    page.goto(f"{address}therapist/talking-about-sex.html")
    page.locator(".candor-question input").first.check()
    page.locator(".candor-question").first.get_by_role("button", name="Check").click()
    page.mouse.wheel(0, 3000)

    page.goto(f"{address}index.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("after an assault")
    expect(page.locator("#pst-search-dialog a.candor-hit").first).to_be_attached(timeout=20_000)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html#q=*")
    expect(page.locator("#candor-search a.candor-hit").first).to_be_attached(timeout=20_000)

    page.goto(f"{address}practice/sessions.html")
    page.get_by_role("button", name="Begin").click()
    answer(page)
    page.goto(f"{address}practice/review.html")
    page.get_by_role("button", name="Begin").click()
    answer(page)
    page.get_by_role("button", name="Check").click()
    page.locator(".candor-run button[data-key]").first.click()
    page.goto(f"{address}practice/mock-exam.html")
    page.get_by_role("button", name="Begin").click()
    answer(page)
    page.get_by_role("button", name="Next").click()
    page.goto(f"{address}ethics/safety-and-reporting.html")
    page.locator(".candor-choose select").first.select_option(index=1)
    page.goto(f"{address}practice/your-study.html")
    found = kept(page)

    assert talks == []
    assert [one for one in asked if not one.url.startswith((address, "data:", "blob:"))] == []
    assert {one.method for one in asked} == {"GET"} and [one.url for one in asked if one.post_data] == []
    queries = {name: values for one in asked for name, values in parse_qs(urlsplit(one.url).query).items()}
    assert set(queries) <= {"v", "digest", "ts"}, "an address tells of nothing but which version of a file is wanted"
    assert all(re.fullmatch(r"[\w.-]+", value) for values in queries.values() for value in values)
    assert {"candor-journal", "candor-review", "candor-session", "candor-exam-knowledge-form", "candor-place"} <= set(
        found
    )
    assert unlisted(found) == []
