"""Where `storm.py` answers: a chapter, a session, a mock exam, the review and the flashcards, each with how it is
answered, and what a browser keeps of all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

#: What the answers below have in common. `saw`: what a page last gave its store, whether or not it was taken.
HELP = """
    window.saw ??= (() => {
        const { store } = candor, held = {}, keep = store.keep.bind(store);
        store.keep = (name, value) => {
            held[name] = JSON.parse(JSON.stringify(value));
            return keep(name, value);
        };
        return held;
    })();
    const one = (selector) => document.querySelector(selector);
    const all = (selector) => [...document.querySelectorAll(selector)];
    const until = (fits) => new Promise((done, failed) => {
        const late = setTimeout(() => failed(Error(`never came: ${fits}`)), 20_000);
        const look = () => { if (fits()) { watch.disconnect(); clearTimeout(late); done(); } };
        const watch = new MutationObserver(look);
        watch.observe(document.body, { childList: true, subtree: true, attributes: true });
        look();
    });
    const pressed = (words) => {
        const found = all('.candor-app button').find((button) => button.textContent.startsWith(words));
        found?.click();
        return Boolean(found);
    };
    const agreed = async () => { // yes, where something is asked before
        const asked = one('.candor-dialog');
        asked?.querySelector('button').click();
        while (asked?.isConnected) await new Promise((done) => setTimeout(done));
    };
    const said = () => one('.candor-notice').textContent;"""

#: Each gives null where there is nothing to answer, else what is now to be kept (name and value; nothing where a run
#: was finished), what the page says is not kept, and how long it took to say anything.
ANSWER = """async ([at, pick]) => {HELP
    const boxes = all('.candor-question').filter((box) => box.querySelector('input[type=radio]'));
    const box = boxes[at % boxes.length]; // one that is marked already would not be checked anew
    const inputs = [...box.querySelectorAll('.candor-option input')].filter((input) => !input.checked);
    const input = inputs[pick % inputs.length], status = box.querySelector('.candor-status');
    input.click();
    const began = performance.now();
    status.textContent = '';
    box.querySelector('.candor-check').click();
    await until(() => status.textContent);
    const given = [`answer/${box.id.replace('question-', '')}`, input.closest('.candor-option').dataset.letter];
    return { given: [given], said: status.textContent, wait: performance.now() - began };
}""".replace("HELP", HELP)
BACK = """async () => {HELP
    if (one('.candor-score') && pressed('Close this result')) await agreed();
}""".replace("HELP", HELP)
#: Begins where nothing is under way.
BEGIN = """([mode, time]) => {
    const start = document.querySelector('form.candor-start');
    if (!start) return;
    const row = (name, value) => start.querySelector(`input[name$=-${name}][value="${value}"]`)?.click();
    row('mode', mode);
    row('time', time);
    for (const [name, value] of [['from', 'all'], ['count', '20']]) {
        const list = start.querySelector(`select[id$=-${name}]`);
        if (list) list.value = value;
    }
    start.requestSubmit();
}"""
#: Answers a question that is open, or any where the reasons come at the end.
SIT = """async ([at, pick, name, tutor]) => {HELP
    const places = all('.candor-map button');
    const open = tutor ? places.filter((jump) => !jump.classList.contains('candor-done')) : places;
    const over = () => one('.candor-score, form.candor-start');
    if (!open.length || (!tutor && pick < 2)) {
        for (let left = 50; left && !over(); left -= 1) { // a yes to what another tab has changed is none
            pressed('End early') || pressed('Finish');
            await agreed();
        }
        await until(over);
        const end = { given: [], run: saw[name]?.began, said: said() };
        pressed('Close this result');
        await agreed();
        return end;
    }
    if (!tutor && pick < 5 && pressed('Finish this section')) await agreed();
    const jump = all('.candor-map button').find((one) => one.dataset.at === open[at % open.length].dataset.at);
    if (!jump) return null;
    jump.click();
    const { began, slots, place } = saw[name], { card } = slots[place];
    const inputs = all('.candor-run .candor-option input');
    const free = inputs.filter((input) => input.type === 'radio' || !input.checked), input = free[pick % free.length];
    if (!input) return null;
    input.click();
    const from = performance.now(), chosen = () => saw[name].answers[card]?.[0];
    const letters = chosen();
    if (tutor) pressed('Show the reasons');
    const here = `[data-at="map-${place}"]`, locked = () => !tutor && !one(here); // finished elsewhere
    await until(() => over() || locked() || one(tutor ? '.candor-debrief' : `${here}.candor-done`));
    if (locked()) await candor.store.settled;
    if (over()) { // another tab finished it
        pressed('Close this result');
        await agreed();
        return null;
    }
    const given = [[`run/${began}/${card}`, tutor ? chosen() : letters]];
    return { given, said: said(), wait: performance.now() - from };
}""".replace("HELP", HELP)
#: Answers a card and says how it was.
RATE = """async ([, pick, name]) => {HELP
    if (!one('.candor-run')) return null;
    const inputs = all('.candor-run .candor-option input'), turned = () => one('.candor-debrief, .candor-back');
    if (inputs.length) {
        inputs[pick % inputs.length].click();
        pressed('Check');
    } else pressed('Show the answer');
    await until(turned);
    const { name: card, chosen } = (saw[name] ?? candor.store.read(name)).open, from = performance.now();
    const ratings = all('.candor-run button[data-key]');
    ratings[pick % ratings.length].click();
    await until(() => !turned());
    const given = [[`${name}/${card}`, String(saw[name].cards[card].last)]];
    if (chosen) given.push([`answer/${card}`, chosen]);
    return { given, said: said(), wait: performance.now() - from };
}""".replace("HELP", HELP)
#: As many new cards in a day as are asked here; then the first of them.
REVIEW = """() => {
    if (document.querySelector('.candor-run')) return;
    const daily = document.querySelector('#candor-daily');
    if (daily.value !== '1000') {
        daily.append(new Option('1000', '1000'));
        daily.value = '1000';
        daily.dispatchEvent(new Event('change'));
    }
    [...document.querySelectorAll('.candor-app button')].find((one) => one.textContent === 'Begin')?.click();
}"""
#: Where the questions did not come; a full store is asked once more with a button of the same words.
MISSED = ".candor-app .candor-bar:has(> [data-at='Load this page anew']) > [data-at='Try again']"
#: Whether each result has its score: answers may come into one as a page opens (js/src/book/unscored.js).
SCORED = """() => candor.store.names('candor-').filter((name) => /^candor-(sessions|history-.+)$/.test(name))
    .every((name) => candor.store.read(name).every((run) => !run.unscored))"""
#: What is kept, under the names that the answers give; and what is wrong with it.
KEPT = """() => candor.store.settled.then(() => {
    const { store } = candor, kept = {}, wrong = [], runs = [];
    for (const name of store.names('candor-')) {
        const value = store.read(name);
        if (name.startsWith('candor-answer:')) kept[`answer/${name.slice(14)}`] = value.chosen;
        else if (/^candor-(review|flashcards)$/.test(name)) {
            for (const [card, { last }] of Object.entries(value.cards)) kept[`${name}/${card}`] = String(last);
        } else if (/^candor-(session|exam-.+)$/.test(name)) runs.push([value, false]);
        else if (/^candor-(sessions|history-.+)$/.test(name)) runs.push(...value.map((run) => [run, true]));
    }
    const began = runs.map(([run]) => run.began);
    const twice = began.filter((one, place) => began.indexOf(one) !== place);
    wrong.push(...twice.map((one) => [one, `run ${one} is there twice`]));
    for (const [{ began, answers }, over] of runs) {
        for (const [card, given] of Object.entries(answers)) {
            const letters = Array.isArray(given) ? given[0] : given;
            kept[`run/${began}/${card}`] = letters;
            if (!over || !letters || kept[`answer/${card}`]) continue;
            wrong.push([began, `${card} of run ${began} is not in the record`]);
        }
    }
    return [kept, wrong];
})"""


@dataclass(frozen=True)
class Surface:
    """Where answers are given: the page, what is there when it can be answered, and how one is given. `prepare` is
    called on a page that was opened, and wherever there is nothing to answer."""

    page: str
    ready: str
    answer: str
    given: tuple[object, ...] = ()
    prepare: Callable[[Page], None] = lambda _page: None


def restored(page: Page) -> None:
    there = f".candor-app :is(form.candor-start, .candor-map, #candor-daily), {MISSED}"
    page.locator(f"{there}, .candor-score").first.wait_for(state="attached")
    page.evaluate(BACK)  # where another tab ended the run, its result is there
    page.locator(there).first.wait_for(state="attached")
    page.evaluate("candor.store.settled.then(() => new Promise((done) => setTimeout(done, 50)))")


def begun(*how: str) -> Callable[[Page], None]:
    def begin(page: Page) -> None:
        restored(page)
        page.evaluate(BEGIN, list(how))

    return begin


def reviewed(page: Page) -> None:
    restored(page)
    page.evaluate(REVIEW)


def sitting(page: str, name: str, mode: str, time: str = "") -> Surface:
    return Surface(f"practice/{page}.html", ".candor-run", SIT, (name, mode == "tutor"), begun(mode, time))


def cards(page: str) -> Surface:
    return Surface(f"practice/{page}.html", ".candor-run", RATE, (f"candor-{page}",), reviewed)


SURFACES = {
    "chapter": Surface("concerns/low-desire.html", ".candor-check", ANSWER),
    "session, tutor": sitting("sessions", "candor-session", "tutor"),
    "session, exam": sitting("sessions", "candor-session", "exam"),
    "mock exam": sitting("mock-exam", "candor-exam-knowledge-form", "exam", "1"),
    "review": cards("review"),
    "flashcards": cards("flashcards"),
}
