"""Calibrating on the marking page: blind, by keyboard, then beside the agreed marks; and a course that asks for it."""

import pytest

from grader.grading import course as courses
from grader.grading import gradebook, kept
from grader.marking import calibrate
from support.axe import by_scheme
from support.course import program

from .test_page import REFLECTION, Server, marks_of

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
from browser.conftest import browser  # noqa: E402, F401


def logged(course) -> list:
    with gradebook.reading(courses.Course(course.folder).settings.db_url) as connection:
        return list(kept.entries(connection, what=calibrate.CALIBRATED))


@pytest.fixture
def opened(browser, course):
    """A function that starts a command and opens its page; everything is stopped at the end."""
    running, contexts = [], []

    def start(*words: str, **view):
        running.append(Server(course, *words))
        contexts.append(browser.new_context(**(view or {"viewport": {"width": 1200, "height": 900}})))
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        page.goto(running[-1].address)
        return page

    yield start
    for context in contexts:
        context.close()
    for server in running:
        server.stop()


def saved(page) -> None:
    expect(page.locator("#state")).to_contain_text("Saved")


def test_anchors_are_marked_blind_by_keyboard_and_then_shown_beside_the_agreed_marks(opened, course):
    page = opened("calibrate", REFLECTION, "--page")
    card = course.library.reflections[REFLECTION]
    for number in range(len(card.anchors)):
        shown = page.inner_text("body")
        assert f"{number} of {len(card.anchors)} marked" in shown and "Anchor answers" not in shown
        page.keyboard.press("4")
        saved(page)
        page.goto(page.url.replace(page.url.rsplit("/", 1)[1], "../agreed"))  # too early: back to what is open
        assert "/row/" in page.url and logged(course) == []
        page.keyboard.press("0")
        saved(page)
        page.keyboard.press("u")
        if number + 1 == len(card.anchors):
            page.wait_for_url("**/agreed")
        else:  # the next answer, and its keys
            expect(page.locator("body")).to_contain_text(f"{number + 1} of {len(card.anchors)} marked")
            expect(page.locator("body :focus")).to_have_count(1)  # the page's policy lets nothing else be asked again
    assert "2 of 4 levels as agreed" in page.inner_text("body") and "You can close this page" in page.inner_text("body")
    (entry,) = logged(course)
    assert entry.said["given"] == [[4, 0], [4, 0]] and entry.who == "BN"
    page.reload()
    assert len(logged(course)) == 1, "seen twice, and logged once"
    page.goto(page.url.replace("/agreed", "/row/a1"))
    page.keyboard.press("0")
    expect(page.locator("#state")).to_contain_text("You have seen the agreed marks")


def test_marking_begins_with_it_where_the_course_asks_and_then_goes_on(opened, course):
    program(
        "grader",
        "course",
        str(course.folder),
        "--calibrate",
        "--library",
        str(course.library.root),
        folder=course.folder,
    )
    page = opened(viewport={"width": 390, "height": 800}, has_touch=True)
    for _ in course.library.reflections[REFLECTION].anchors:
        expect(page.locator("body")).to_contain_text("Calibration")
        for group in range(2):
            page.locator(f"label[for=c{group}-4]").tap()
        saved(page)
        page.locator(".marking-go .primary").tap()
    page.get_by_role("link", name="Go on to the answers").tap()
    expect(page.locator(".count")).to_have_text("0 of 6 marked")
    page.get_by_role("link", name="Your calibration").tap()
    expect(page.locator("h2")).to_have_text("Your marks and the agreed ones")  # to be seen again at any time
    page.get_by_role("link", name="Go on to the answers").tap()
    expect(page.locator(".count")).to_have_text("0 of 6 marked")
    assert len(logged(course)) == 1 and all(marks == (None, None) for marks in marks_of(course).values())
    assert "Calibration" not in opened().inner_text("body"), "once is enough"


def test_both_pages_are_clean_and_nothing_can_be_written_that_is_not_kept(opened, course):
    page = opened("calibrate", REFLECTION, "--page")
    expect(page.locator("#comment")).to_be_hidden()  # a comment on an invented answer goes nowhere
    assert by_scheme(page) == {}
    for number in range(len(course.library.reflections[REFLECTION].anchors)):
        page.keyboard.press("4")
        page.keyboard.press("4")
        expect(page.locator("#state")).to_contain_text("Marked. Saved")
        page.keyboard.press("u")
        page.wait_for_url("**/agreed" if number else "**/row/a2")
    assert by_scheme(page) == {}


def test_asking_too_early_is_told_and_leads_to_what_is_open(opened, course):
    page = opened("calibrate", REFLECTION, "--page")
    page.keyboard.press("n")
    page.wait_for_url("**/row/a2")
    page.keyboard.press("4")
    page.keyboard.press("4")
    expect(page.locator("#state")).to_contain_text("Marked. Saved")
    page.keyboard.press("u")
    page.wait_for_url("**/row/a1")
    page.keyboard.press("4")
    page.keyboard.press("u")  # the last answer, and one of its criteria is open
    expect(page.locator("#state")).to_have_text("A criterion is still open: mark it first.")
    expect(page.locator("#c1-4")).to_be_focused()
    assert logged(course) == []


def test_a_second_browser_is_told_which_command_to_start_again(opened, course):
    page = opened("calibrate", REFLECTION, "--page")
    page.context.clear_cookies()
    page.goto(page.url)
    expect(page.locator("main")).to_contain_text("Start grader calibrate again")
