"""A trainee in a real browser on a real hub: the list, the desk, handing in with a receipt, and what a refusal says."""

import re
import shutil

import pytest

from .conftest import NAME

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect


@pytest.fixture
def page(hub, browser, released, dara):
    dara.assignments("fetch", course_id="intro", assignment_id=NAME)
    shutil.rmtree(hub.folder / "homes/dara/.jupyter", ignore_errors=True)  # which tabs were open
    context = browser.new_context(base_url=hub.address)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto("/hub/login")
    page.get_by_label("Username").fill("dara")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/user/dara/lab|/hub/spawn-pending|/hub/home"))
    page.goto(f"/user/dara/lab/tree/intro/{NAME}/{NAME}.ipynb")
    expect(page.get_by_role("button", name="Hand in")).to_be_visible(timeout=60_000)  # a busy machine
    yield page
    context.close()


def panel(page):
    page.get_by_role("button", name="Hand in", exact=True).click()
    return page.get_by_role("form", name="Hand in")


def test_handing_in_gives_a_receipt_with_the_exchange_s_time(page, hub):
    page.locator(".candor-option").first.click()
    hand = panel(page)
    hand.get_by_role("button", name="Hand in now").click()
    page.get_by_role("button", name="Hand in as it is").click()  # not everything is answered
    expect(hand.get_by_role("status")).to_contain_text("Handed in on", timeout=30_000)
    expect(hand.get_by_role("region", name="Receipt")).to_contain_text("Handed in: intro, 20")
    expect(hand.get_by_role("region", name="Receipt")).to_contain_text("Trainee: dara")
    expect(hand.get_by_text("Your trainee number, as your program gave it")).to_be_hidden()
    (taken,) = (hub.folder / "exchange/intro/inbound").glob("dara+*")
    assert "[x]" in (taken / f"{NAME}.ipynb").read_text()
    page.locator(".candor-option").nth(1).click()
    expect(hand.get_by_role("status")).to_contain_text("Hand in again if it should count")


def test_a_refusal_is_said_and_the_file_can_still_be_had(page, hub):
    inbound = hub.folder / "exchange/intro/inbound"
    away = inbound.rename(inbound.with_name("inbound-away"))
    try:
        hand = panel(page)
        hand.get_by_role("button", name="Hand in now").click()
        page.get_by_role("button", name="Hand in as it is").click()
        said = hand.get_by_role("status")
        expect(said).to_contain_text("Not handed in: Inbound directory doesn't exist", timeout=30_000)
        expect(said).not_to_contain_text("Traceback")
        with page.expect_download() as arrived:
            hand.get_by_role("button", name="Download for submission").click()
        assert arrived.value.suggested_filename == f"dara__{NAME}.ipynb"
    finally:
        away.rename(inbound)
    page.route("**/assignments/submit*", lambda route: route.abort())
    hand.get_by_role("button", name="Hand in now").click()
    expect(said).to_contain_text("the hub cannot be reached")


def test_the_desk_shows_nothing_of_the_tools_of_teachers(page):
    expect(page.get_by_role("button", name="‹ All assignments")).to_be_visible()
    expect(page.get_by_role("link", name="Log out")).to_be_visible()
    help_page = page.get_by_role("link", name="Help", exact=True).get_attribute("href")
    told = page.request.get(help_page).text()
    assert "<h1>Help with assignments</h1>" in told and "Hand in now" in told
    for picture in re.findall(r'src="(help/[^"]+)"', told):
        assert page.request.get(help_page.replace("help.html", picture)).ok
    for words in ("Formgrader", "Course List", "Create Assignment", "Validate", "Kernel", "Run"):
        expect(page.get_by_text(words, exact=True).locator("visible=true")).to_have_count(0)
    page.get_by_role("button", name="‹ All assignments").click()
    expect(page.get_by_text("Released assignments", exact=False).locator("visible=true").first).to_be_visible()
