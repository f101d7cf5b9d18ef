"""The marking page in a real browser: by keyboard alone, kept through a kill, and closed to everybody else."""

import random
import re
import signal
import socket

import httpx
import pytest

from grader.grading.run import autograde
from grader.marking.board import Change, Desk
from grader.marking.second import SecondDesk
from support.course import cell, choose
from support.project import LONG, going

from .conftest import log_of

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
from browser.conftest import browser  # noqa: E402, F401

REFLECTION = "what-you-would-say"
MARKS = 200 if LONG else 30  # that were called saved, over all lives of the server


class Server:
    """`grader marks serve`, or another command that opens its page, as a supervisor starts it."""

    def __init__(self, course, *words: str):
        words = words or ("marks", "serve", course.name, REFLECTION)
        self.process = going("grader", *words, "--course", str(course.folder), "--as", "BN")
        line = self.process.stdout.readline()
        found = re.search(r"http://\S+", line)
        if not found:
            self.stop(signal.SIGKILL)
            pytest.fail(f"the command printed no address but: {line}")
        self.address = found[0]
        self.base = self.address.split("/?")[0]

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait()


@pytest.fixture
def server(course):
    running = Server(course)
    yield running
    running.stop()


@pytest.fixture
def page(browser, server):
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    made = context.new_page()
    made.set_default_timeout(10_000)
    made.errors = []
    made.on("pageerror", lambda error: made.errors.append(str(error)))
    made.goto(server.address)
    yield made
    assert made.errors == []
    context.close()


def marks_of(course) -> dict:
    return {row.id: row.marks for row in Desk(course.folder, course.name, REFLECTION).rows()}


def test_a_cohort_is_marked_by_keyboard_alone(page, course):
    for number in range(6):
        expect(page.locator(".count")).to_have_text(f"{number} of 6 marked")
        page.keyboard.press("4")
        page.keyboard.press("0")
        expect(page.locator("#state")).to_contain_text(re.compile(r"Marked\. Saved \d\d:\d\d"))
        if number == 0:
            page.keyboard.press("c")
            page.keyboard.type("4 is right; go on.")
            page.keyboard.press("Escape")
            expect(page.locator("#state")).to_contain_text("Saved")
        if number < 5:
            here = page.url
            page.keyboard.press("u")
            page.wait_for_url(lambda url: url != here)
    assert set(marks_of(course).values()) == {(4, 0)}
    assert [row.comment for row in Desk(course.folder, course.name, REFLECTION).rows()].count("4 is right; go on.") == 1


def test_two_markers_agree_on_the_page_criterion_by_criterion(browser, course):
    desk = Desk(course.folder, course.name, REFLECTION)
    desk.save([Change(row.id, row.seen, (4, 0)) for row in desk.rows()], "Ada")
    second = SecondDesk(course.folder, course.name, REFLECTION, "Ben")
    second.save([Change(row.id, row.seen, (4, 4) if n < 4 else (4, 0)) for n, row in enumerate(second.rows())], "Ben")
    running = Server(course, "marks", "serve", course.name, REFLECTION, "--agree")
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    page.goto(running.address)
    for number in range(4):
        expect(page.locator(".count")).to_have_text(f"{number} of 4 marked")
        expect(page.locator(".marking-answer")).to_contain_text("first marker 4, 0; Ben 4, 4")
        expect(page.locator(".marking-answer")).not_to_contain_text("identify a client")
        page.keyboard.press("4")
        expect(page.locator("#state")).to_contain_text("Begun. Saved")
        page.keyboard.press("2" if number else "0")
        expect(page.locator("#state")).to_contain_text("2 is not a level" if number else "Marked. Saved")
        if number:
            page.keyboard.press("4")
            expect(page.locator("#state")).to_contain_text("Marked. Saved")
        if number < 3:
            here = page.url
            page.keyboard.press("u")
            page.wait_for_url(lambda url: url != here)
    context.close()
    running.stop()
    assert sorted(marks_of(course).values()) == [(4, 0)] * 3 + [(4, 4)] * 3


def test_on_a_telephone_the_answer_comes_first_and_what_is_not_saved_is_in_sight(page, server):
    page.set_viewport_size({"width": 390, "height": 800})
    page.reload()
    expect(page.locator("#answer")).to_be_in_viewport()
    page.locator(".marking-criterion label").last.click()
    expect(page.locator("#state")).to_contain_text("Saved")
    expect(page.locator("#state")).to_be_in_viewport()
    server.stop()
    page.locator("#comment").fill("Who else would you ask?")
    expect(page.locator("#state")).to_contain_text("Not saved: the desk does not answer")
    expect(page.locator("#state")).to_be_in_viewport()
    expect(page.locator("#state")).to_have_class(re.compile(r"\boff\b"))


@pytest.fixture
def thirty(browser, course):
    """A page of thirty answers of a cohort, one of them open at the end of the list."""
    notebook = choose(course.released, "first-card", "B")
    for number in range(7, 31):
        cell(notebook, REFLECTION)["source"] = f"I, number {number}, would wait."
        course.submit(f"trainee-{number:02}", notebook)
    autograde(course.folder, course.name)
    last = Desk(course.folder, course.name, REFLECTION).rows()[-1].id
    running, context = Server(course), browser.new_context(viewport={"width": 1280, "height": 700})
    made = context.new_page()
    made.goto(running.address)
    made.goto(f"{running.base}/row/{last}")
    yield made
    context.close()
    running.stop()


def test_of_thirty_answers_the_open_one_is_in_sight_and_its_number_on_one_line(thirty):
    current = thirty.locator(".marking-strip [aria-current]")
    expect(current).to_have_text("30")
    expect(current).to_be_in_viewport()
    thirty.keyboard.press("4")
    thirty.keyboard.press("4")
    expect(thirty.locator("#state")).to_contain_text("Saved")
    thirty.reload()
    expect(current).to_be_in_viewport()
    high = thirty.locator(".marking-strip a").evaluate_all("all => all.map((one) => one.offsetHeight)")
    assert len(high) == 30 and len(set(high)) == 1, high


def test_what_a_trainee_wrote_is_text_and_the_anchors_stand_beside_it(page):
    expect(page.locator(".answer")).to_contain_text("<b>and</b>")
    expect(page.locator(".anchors")).to_contain_text("SCHEME-anchor strong")
    assert "trainee-" not in page.content()
    page.keyboard.press("3")
    expect(page.locator("#state")).to_have_text("3 is not a level of this criterion.")


def test_a_mark_by_somebody_else_in_between_is_told(page, course):
    desk = Desk(course.folder, course.name, REFLECTION)
    row = next(row for row in desk.rows() if row.id in page.url)
    desk.save([Change(row.id, row.seen, (2, 4))], "other")
    page.keyboard.press("4")
    expect(page.locator("#state")).to_contain_text("somebody marked this in between")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    here = page.url
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != here)  # the keys go on after a refusal; the browser asks before it is left
    assert asked == ["beforeunload"]
    assert marks_of(course)[row.id] == (2, 4)


def test_the_address_is_printed_once_somebody_listens(course):
    """Whoever opens it at once is served, and not refused because the server was still starting."""
    from grader.marking import page as pages

    tried = []

    def opened(address: str) -> None:
        host, port = address.split("/")[2].split(":")
        with socket.create_connection((host, int(port)), timeout=5) as connection:
            tried.append(connection.getpeername()[1])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pages.serve([Desk(course.folder, course.name, REFLECTION)], "BN", opened)
    assert len(tried) == 1


def test_the_address_opens_once_and_for_one_browser(server, course):
    with httpx.Client() as first, httpx.Client() as second:
        assert first.get(server.base).status_code == 403
        assert first.get(server.address, follow_redirects=True).status_code == 200
        assert second.get(server.address).status_code == 403
        row = next(iter(marks_of(course)))
        assert second.get(f"{server.base}/row/{row}").status_code == 403
        assert second.post(f"{server.base}/row/{row}", json={}).status_code == 403
        assert first.get(server.base, headers={"Host": "evil.example"}).status_code == 400
        assert first.post(f"{server.base}/row/{row}", content=b"{").status_code == 422
        for body in (b"[" * 100_000, b'{"seen": "x", "marks": [1e400, 0], "comment": ""}'):
            assert first.post(f"{server.base}/row/{row}", content=body).status_code == 422
        assert second.get(f"{server.base}/?token=%C3%A9").status_code == 403
        for path in (f"/row/{row}", f"/row/{row}/who"):  # from a page of another server of this machine
            answer = first.post(server.base + path, content=b"{", headers={"Sec-Fetch-Site": "same-site"})
            assert answer.status_code == 403
        answer = first.post(f"{server.base}/row/{row}", json={"seen": "x", "marks": [3, 0], "comment": ""})
        assert answer.status_code == 409 and "not a level" in answer.json()["said"]
        assert "script-src 'self'" in first.get(f"{server.base}/row/{row}").headers["content-security-policy"]


def test_nothing_that_was_called_saved_is_lost_when_the_server_is_killed(course):
    """Marks from two clients while the server is killed at random; 40 marks a kill."""
    dice = random.Random(7)
    acknowledged, count = {}, 0
    rows = list(marks_of(course))
    while count < MARKS:
        running = Server(course)
        stop_after = dice.randint(5, 40)
        try:
            with httpx.Client(timeout=5) as client:
                client.get(running.address, follow_redirects=True)
                for number in range(40):
                    if number == stop_after:
                        running.process.send_signal(signal.SIGKILL)
                    row = dice.choice(rows)
                    page = client.get(f"{running.base}/row/{row}").text
                    marks = [dice.choice([4, 2, 0]), dice.choice([4, 0])]
                    sent = {
                        "seen": re.search(r'data-seen="(\w+)"', page)[1],
                        "marks": marks,
                        "comment": f"mark {count}",
                    }
                    acknowledged.setdefault(row, [None])
                    pending = (row, tuple(marks))
                    if client.post(f"{running.base}/row/{row}", json=sent).status_code == 200:
                        acknowledged[row] = [tuple(marks)]
                        count += 1
        except httpx.HTTPError:
            acknowledged.setdefault(pending[0], [None]).append(pending[1])  # may have been written, but nobody said so
        finally:
            running.stop(signal.SIGKILL)
        now = marks_of(course)
        for row, possible in acknowledged.items():
            assert possible == [None] or now[row] in possible
    assert len(log_of(course)) >= count


@pytest.mark.parametrize("scheme,size", [("light", 1200), ("dark", 1200), ("light", 600)])
def test_axe_finds_nothing(page, scheme, size):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": size, "height": 800})  # 600: what 200 % zoom leaves of 1200
    page.keyboard.press("2")
    expect(page.locator("#state")).to_contain_text("Saved")
    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
    page.context.new_cdp_session(page).send("Page.setBypassCSP", {"enabled": True})
    found = axe.Axe().run(page, options=rules)
    assert found.response["violations"] == [], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
