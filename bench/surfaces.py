"""Where `storm.py` answers: a chapter, a session, a mock exam and the review, each with how it is answered and what a
browser keeps of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

ANSWER = """async ([at, pick]) => {
    const all = [...document.querySelectorAll('.candor-question')];
    const boxes = all.filter(box => box.querySelector('input[type=radio]'));
    const box = boxes[at % boxes.length], inputs = [...box.querySelectorAll('.candor-option input')];
    const input = inputs[pick % inputs.length];
    input.click();
    const began = performance.now(), status = box.querySelector('.candor-status');
    status.textContent = '';
    box.querySelector('.candor-check').click();
    if (!status.textContent) await new Promise((done) => new MutationObserver((_, one) => {
        if (status.textContent) done(one.disconnect());
    }).observe(status, { childList: true }));
    return [box.id.replace('question-', ''), input.closest('.candor-option').dataset.letter,
            status.textContent, performance.now() - began];
}"""
KEPT = """() => candor.store.settled.then(() => Object.fromEntries(candor.store.names('candor-answer:')
    .map(name => [name.slice(14), candor.store.read(name).chosen])))"""

#: Begins where nothing is under way.
BEGIN = """([mode, time]) => {
    const start = document.querySelector('form.candor-start');
    if (!start) return;
    const choose = (select, value) => { if (select) select.value = value; };
    const row = (name, value) => start.querySelector(`input[name$=-${name}][value="${value}"]`)?.click();
    row('mode', mode);
    row('time', time);
    choose(start.querySelector('[id$=-from]'), 'all');
    choose(start.querySelector('[id$=-count]'), '20');
    start.requestSubmit();
}"""
UNTIL = """const until = (fits) => new Promise((done) => {
        const look = () => { if (fits()) { watch.disconnect(); done(); } };
        const watch = new MutationObserver(look);
        watch.observe(document.querySelector('.candor-app'), { childList: true, subtree: true, attributes: true });
        look();
    });
    const pressed = (words) => [...document.querySelectorAll('.candor-app button')]
        .find((one) => one.textContent.startsWith(words))?.click();
    const said = () => document.querySelector('.candor-notice').textContent;"""
#: Answers a question that is open, or any in a mock exam; null where there is none to answer: then the run is finished.
SIT = """async ([at, pick, name, tutor]) => {
    UNTIL
    const all = [...document.querySelectorAll('.candor-map button')];
    const open = tutor ? all.filter((one) => !one.classList.contains('candor-done')) : all;
    if (!open.length || (!tutor && pick === 0)) {
        pressed(tutor ? 'Finish' : 'End early');
        await until(() => document.querySelector('.candor-score'));
        pressed('Back to the beginning');
        return null;
    }
    open[at % open.length].click();
    const run = candor.store.read(name), place = run.place, { card } = run.slots[place];
    const inputs = [...document.querySelectorAll('.candor-run .candor-option input')];
    const free = inputs.filter((one) => one.type === 'radio' || !one.checked), input = free[pick % free.length];
    if (!input) return null;
    input.click();
    const began = performance.now();
    if (tutor) pressed('Show the reasons');
    await until(() => (tutor ? document.querySelector('.candor-debrief')
        : document.querySelector(`[data-at="map-${place}"].candor-done`)));
    const now = candor.store.read(name);
    return [`${now.began}/${card}`, now.answers[card][0], said(), performance.now() - began];
}""".replace("UNTIL", UNTIL)
SAT = """() => candor.store.settled.then(() => {
    const all = {};
    for (const name of candor.store.names('candor-')) {
        const runs = /^candor-(session|exam-.+)$/.test(name) ? [candor.store.read(name)]
            : /^candor-(sessions|history-.+)$/.test(name) ? candor.store.read(name) : [];
        for (const { began, answers } of runs) {
            for (const [card, given] of Object.entries(answers)) {
                all[`${began}/${card}`] = Array.isArray(given) ? given[0] : given;
            }
        }
    }
    return all;
})"""
RATE = """async ([, pick]) => {
    UNTIL
    const inputs = [...document.querySelectorAll('.candor-run .candor-option input')];
    if (inputs.length) {
        inputs[pick % inputs.length].click();
        pressed('Check');
        await until(() => document.querySelector('.candor-debrief'));
    }
    const { name } = candor.store.read('candor-review').open, began = performance.now();
    document.querySelector('.candor-run button[data-key]').click();
    await until(() => !document.querySelector('.candor-debrief'));
    return [name, String(candor.store.read('candor-review').cards[name].last), said(), performance.now() - began];
}""".replace("UNTIL", UNTIL)
RATED = """() => candor.store.settled.then(() => Object.fromEntries(
    Object.entries(candor.store.read('candor-review')?.cards ?? {}).map(([name, { last }]) => [name, String(last)])))"""
MANY = """() => candor.store.keep('candor-review', { exam: '', examAt: 0, cards: {}, open: null,
    daily: [1000, Date.now()] })"""


@dataclass(frozen=True)
class Surface:
    """Where answers are given: the page, what is there when it can be answered, how one is given, and what is kept of
    all. `prepare` is called on a page that was opened."""

    page: str
    ready: str
    answer: str
    kept: str
    given: tuple[object, ...] = ()
    prepare: Callable[[Page], None] = lambda _page: None

    def open(self, page: Page, address: str) -> None:
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(address + self.page)
        self.prepare(page)
        page.locator(self.ready).first.wait_for()


def restored(page: Page) -> None:
    page.locator(".candor-app :is(form.candor-start, .candor-run, .candor-check)").first.wait_for()
    page.evaluate("candor.store.settled.then(() => new Promise((done) => setTimeout(done, 50)))")


def begun(*how: str) -> Callable[[Page], None]:
    def begin(page: Page) -> None:
        restored(page)
        page.evaluate(BEGIN, list(how))

    return begin


def many_new(page: Page) -> None:
    """As many new cards in a day as are asked here."""
    restored(page)
    if not page.evaluate("candor.store.read('candor-review')?.daily"):
        page.evaluate(MANY)
        page.reload()
        restored(page)
    if (begin := page.get_by_role("button", name="Begin")).count():
        begin.click()


CHAPTER = Surface("concerns/low-desire.html", ".candor-check", ANSWER, KEPT)
SESSION = Surface("practice/sessions.html", ".candor-overview", SIT, SAT, ("candor-session", True), begun("tutor", ""))
EXAM = Surface(
    "practice/mock-exam.html", ".candor-overview", SIT, SAT, ("candor-exam-knowledge-form", False), begun("exam", "0")
)
REVIEW = Surface("practice/review.html", ".candor-run", RATE, RATED, (), many_new)
