import assert from "node:assert/strict";
import { test } from "node:test";
import { nextSteps } from "../../js/src/book/next.js";
import { StudyRecord, edition } from "../../js/src/book/record.js";
import { Results, begin, finished } from "../../js/src/book/run.js";
import { SharedStore } from "../../js/src/book/store.js";
import { bringBack, eraseAll, inventory, takeOut } from "../../js/src/book/study.js";
import { storage } from "./support.mjs";

const OF = edition("B", 4);
const memory = { stability: 2, difficulty: 5, interval: 2, last: 100, due: 200, first: 100 };
const run = () => begin(0, "tutor", null, [{ card: "a", area: "One" }, { card: "b", area: "One" }], "Missed last time");

/** A store in which somebody has studied. @param {number} at */
function studied(at) {
  const store = new SharedStore(storage());
  const record = new StudyRecord(store);
  record.answered("a", { chosen: "B", got: 1, of: OF }, at);
  record.flag("a", true);
  record.stopped("ethics/boundaries", { title: "Boundaries", id: "touch", heading: "Touch", chapter: true, seen: ["touch"] });
  store.write("candor-review", { exam: "", examAt: 0, cards: { a: memory }, open: null });
  new Results(store, "candor-sessions").add([{ ...finished(run()), began: at, at, words: "x" }]);
  return store;
}

test("what was taken out comes back whole in an empty browser", () => {
  const store = studied(10);
  const file = JSON.parse(JSON.stringify(takeOut(store)));
  const fresh = new SharedStore(storage());
  const { taken, ...rest } = bringBack(fresh, file);
  assert.deepEqual([inventory(fresh, taken), rest], [inventory(store), { refused: 0, why: "" }]);
  assert.deepEqual(takeOut(fresh).kept, file.kept);
});

test("a chapter that was read to its end stays so, where one stops in it later, and whichever device is the later", () => {
  const stop = { title: "Boundaries", id: "touch", heading: "Touch" };
  const [here, there] = [studied(10), studied(10)];
  new StudyRecord(here).stopped("ethics/boundaries", { ...stop, end: true });
  new StudyRecord(here).stopped("ethics/boundaries", { ...stop, end: false });
  new StudyRecord(there).stopped("ethics/boundaries", stop);
  for (const [mine, theirs] of [[here, there], [there, here]]) {
    bringBack(mine, JSON.parse(JSON.stringify(takeOut(theirs))));
    assert.equal(new StudyRecord(mine).pages["ethics/boundaries"].end, true);
  }
});

test("bringing back merges: the later answer stays, nothing of either device is lost, and twice is as once", () => {
  const [here, there] = [studied(10), studied(20)];
  new StudyRecord(there).answered("a", { chosen: "C", got: 0, of: OF }, 30);
  new StudyRecord(here).answered("z", { chosen: "B", got: 1, of: OF }, 5);
  there.write("candor-review", { exam: "2027-03-01", examAt: 7, cards: { b: memory }, open: null });
  const file = JSON.parse(JSON.stringify(takeOut(there)));
  bringBack(here, file);
  const once = JSON.stringify(takeOut(here).kept);
  bringBack(here, file);
  assert.equal(JSON.stringify(takeOut(here).kept), once);
  const { answers } = new StudyRecord(here);
  assert.deepEqual([answers.a.chosen, answers.z.chosen], ["C", "B"]);
  const review = /** @type {import("../../js/src/book/types.js").ReviewWork} */ (here.read("candor-review"));
  assert.deepEqual([Object.keys(review.cards).sort(), review.exam], [["a", "b"], "2027-03-01"]);
  assert.deepEqual(new Results(here, "candor-sessions").all.map(({ began }) => began), [20, 10]);
});

test("an older file never takes the place of what was done since", () => {
  const store = studied(10);
  const file = takeOut(store);
  new StudyRecord(store).answered("a", { chosen: "D", got: 0, of: OF }, 50);
  bringBack(store, file);
  assert.equal(new StudyRecord(store).answers.a.chosen, "D");
});

test("a note goes along, and one that was taken away since does not come back with an older file", () => {
  const store = studied(10);
  const record = new StudyRecord(store);
  const mark = { on: true, text: "Ask first", title: "Boundaries", heading: "Touch" };
  record.keepMark("ethics/boundaries#touch", mark);
  const file = JSON.parse(JSON.stringify(takeOut(store)));
  const there = new SharedStore(storage());
  bringBack(there, file);
  assert.deepEqual(new StudyRecord(there).marks.map(([place, { text }]) => [place, text]),
    [["ethics/boundaries#touch", "Ask first"]]);
  store.write("candor-mark:ethics/boundaries#touch", { ...mark, on: false, text: "", at: Date.now() + 1 });
  bringBack(store, file);
  assert.deepEqual(record.marks, []);
  assert.ok(inventory(there).includes("1 section bookmarked"));
});

test("another file, and one of a later edition, change nothing; what is broken in one is left out and counted", () => {
  const store = studied(10);
  const before = JSON.stringify(takeOut(store).kept);
  for (const wrong of [null, [], "x", { candor: "review" }, { candor: "study", version: 1, kept: [] }]) {
    assert.equal(bringBack(store, wrong).why, "other");
  }
  assert.equal(bringBack(store, { candor: "study", version: 2, kept: {} }).why, "newer");
  const broken = { "candor-answer:q": { at: "soon" }, "elsewhere": 1, "candor-review": [] };
  assert.deepEqual(bringBack(store, { candor: "study", version: 1, kept: broken }), { taken: [], refused: 3, why: "" });
  assert.equal(JSON.stringify(takeOut(store).kept), before);
});

test("a full store is said, and keeps what it had and nothing more: a file is brought back whole or not at all", () => {
  const full = new SharedStore(storage(30));
  assert.equal(bringBack(full, takeOut(studied(10))).why, "full");
  assert.deepEqual(full.names(""), []);
  const area = storage(2500);
  const here = new SharedStore(area);
  bringBack(here, takeOut(studied(10)));
  const before = JSON.stringify(takeOut(here).kept);
  const there = studied(20);
  const record = new StudyRecord(there);
  for (let number = 0; number < 50; number++) record.answered(`z${number}`, { chosen: "B", got: 1, of: OF }, 30);
  assert.deepEqual(bringBack(here, takeOut(there)), { taken: [], refused: 0, why: "full" });
  assert.equal(JSON.stringify(takeOut(here).kept), before);
});

test("of a file that finds no room the journal has nothing, or a part would come as the next page opens", () => {
  /** @type {string[]} */
  const kept = [];
  const journal = /** @type {any} */ ({ keep: (/** @type {string} */ name) => kept.push(name) });
  assert.equal(bringBack(new SharedStore(storage(300), journal), takeOut(studied(10))).why, "full");
  assert.deepEqual(kept, []);
  assert.equal(bringBack(new SharedStore(storage(), journal), takeOut(studied(10))).why, "");
  assert.equal(kept.length, 5);
});

test("what was answered in a run that is over, and is not in its result, comes into it before the run goes", () => {
  const store = new SharedStore(storage());
  const going = run();
  const results = new Results(store, "candor-sessions");
  results.add([{ ...finished({ ...going, answers: { a: ["A", 5] } }), words: "x" }]);
  store.write("candor-session", { ...going, answers: { a: ["C", 6], b: ["B", 7] } });
  bringBack(store, { candor: "study", version: 1, kept: {} });
  const [{ answers, unscored }] = results.all;
  assert.deepEqual([answers, unscored, store.read("candor-session")], [{ a: "C", b: "B" }, true, null]);
});

/** Lists in lists. @param {number} depth */
const deep = (depth) => JSON.parse("[".repeat(depth) + "]".repeat(depth));
const MARKUP = "<img src=x onerror=alert(1)>";
const answer = { at: 10, chosen: "B", got: 1, of: OF };
const stop = { at: 10, title: "T", id: "i", heading: "H" };
const schedule = (/** @type {object} */ more, /** @type {object} */ whole = {}) =>
  ({ exam: "", examAt: 0, cards: { a: { ...memory, ...more } }, open: null, ...whole });
const ended = (/** @type {object} */ more) => [{ ...finished(run()), began: 5, at: 6, words: "x", ...more }];

/** What would break a page that shows it, lead to another site, or take the place of what is here. @type {[string, unknown][]} */
const UNSOUND = [
  ["candor-answer:q", { ...answer, at: 1e300 }],
  ["candor-answer:q", { ...answer, chosen: ["B"] }],
  ["candor-read:javascript:alert(1)//", stop],
  ["candor-read://elsewhere.example/page", stop],
  ["candor-read: /elsewhere", stop],
  ["candor-read:ethics/boundaries", { ...stop, title: { toString: MARKUP } }],
  ["candor-mark:javascript:alert(1)//#x", { at: 1, on: true, text: "", title: "T", heading: "H" }],
  ["candor-review", schedule({ difficulty: MARKUP })],
  ["candor-review", schedule({ stability: 0 })],
  ["candor-review", schedule({ stability: 1e308 })],
  ["candor-review", schedule({ due: -1e20 })],
  ["candor-review", schedule({}, { exam: "2026-99-99" })],
  ["candor-review", schedule({}, { exam: ["2026-12-01"] })],
  ["candor-review", schedule({}, { open: { name: "a", chosen: 7, told: true } })],
  ["candor-review", schedule({}, { last: { name: "a", before: { stability: "x" }, chosen: "" } })],
  ["candor-review", schedule({}, { daily: [10, 1e300] })],
  ["candor-sessions", ended({ at: 1e300 })],
  ["candor-sessions", ended({ share: MARKUP })],
  ["candor-sessions", ended({ answers: { a: { length: 1 } } })],
  ["candor-sessions", ended({ title: ["x"] })],
  ["candor-sessions", ended({ slots: [{ card: ["a"], area: "One" }] })],
  ["candor-session", { ...run(), slots: [{ card: "a" }] }],
  ["candor-session", { ...run(), slots: Array(5000).fill({ card: "a", area: "One" }) }],
  ["candor-session", { ...run(), left: 1e300 }],
  ["candor-session", { ...run(), title: deep(3) }],
  ["candor-session", { ...run(), answers: { a: ["B", 1e300] } }],
  ["candor-session", { ...run(), more: deep(100_000) }],
  ["candor-exam-../../x", run()],
  ["candor-place", { toString: 1 }],
  ["candor-voice", "x".repeat(2e6)],
  ["candor-read:ethics/boundaries", { at: 1, title: "x", id: "x", heading: "x", seen: "all" }],
  ["candor-read:ethics/boundaries", { at: 1, title: "x", id: "x", heading: "x", seen: [1] }],
  ["theme", "dark"],
];

test("whatever a file brings, what is not sound is left out and counted, and what is here stays as it was", () => {
  const store = studied(10);
  const before = JSON.stringify(takeOut(store).kept);
  for (const [name, value] of UNSOUND) {
    const came = bringBack(store, { candor: "study", version: 1, kept: { [name]: value } });
    assert.deepEqual([name, came], [name, { taken: [], refused: 1, why: "" }]);
    assert.equal(JSON.stringify(takeOut(store).kept), before, name);
  }
  const more = { ...Object.fromEntries(UNSOUND), "candor-answer:b": answer };
  assert.equal(bringBack(store, { candor: "study", version: 1, kept: more }).taken.length, 1);
  assert.equal(new StudyRecord(store).answers.b.chosen, "B");
});

test("names that JavaScript has a meaning for are names like others", () => {
  const store = studied(10);
  const kept = JSON.parse(`{ "candor-answer:__proto__": ${JSON.stringify({ ...answer, got: 0 })},
    "candor-answer:constructor": ${JSON.stringify(answer)},
    "candor-review": ${JSON.stringify(schedule({})).replace('"a"', '"__proto__"')} }`);
  assert.equal(bringBack(store, { candor: "study", version: 1, kept }).taken.length, 3);
  assert.deepEqual(Object.keys(new StudyRecord(store).answers).sort(), ["__proto__", "a", "constructor"]);
  assert.equal(Object.getPrototypeOf(new StudyRecord(store).answers), Object.prototype);
  const review = /** @type {import("../../js/src/book/types.js").ReviewWork} */ (store.read("candor-review"));
  assert.deepEqual(review.cards.a, memory);
});

test("a file of another version says so: a later one, or none that there ever was", () => {
  const store = new SharedStore(storage());
  const why = (/** @type {unknown} */ version) => bringBack(store, { candor: "study", version, kept: {} }).why;
  assert.deepEqual([1, 2, 1e9, 0, -1, "1", null, undefined, [1]].map(why),
    ["", "newer", "newer", "other", "other", "other", "other", "other", "other"]);
});

test("a result that was deleted does not come back with an older file, nor its run as one under way", () => {
  const store = studied(10);
  const going = { ...run(), began: 10 };
  store.write("candor-session", going);
  const file = JSON.parse(JSON.stringify(takeOut(store)));
  store.remove("candor-session");
  const results = new Results(store, "candor-sessions");
  results.forget();
  bringBack(store, file);
  assert.deepEqual([results.all, store.read("candor-session")], [[], null]);
  assert.ok(!inventory(store).some((words) => /results|under way/.test(words)));
  assert.deepEqual(bringBack(new SharedStore(storage()), file).why, "");
});

test("what was taken away stays so where the clock was put back since, and is not counted", () => {
  const store = studied(10);
  const record = new StudyRecord(store);
  const place = "ethics/boundaries#touch";
  const mark = { on: true, text: "Ask first", title: "Boundaries", heading: "Touch" };
  store.write(`candor-mark:${place}`, { ...mark, at: Date.now() + 1e9 });
  store.write("candor-flag:a", { on: true, at: Date.now() + 1e9 });
  const file = JSON.parse(JSON.stringify(takeOut(store)));
  record.keepMark(place, { ...mark, on: false, text: "" });
  record.flag("a", false);
  bringBack(store, file);
  assert.deepEqual([record.marks, record.flagged], [[], []]);
  assert.ok(!inventory(store).some((words) => /bookmark|flag/.test(words)));
});

test("erasing leaves nothing of ours and all of others'", async () => {
  const store = studied(10);
  store.write("theme", "dark");
  store.write("candor-flashcards", store.read("candor-review"));
  assert.ok(inventory(store).length >= 5);
  await eraseAll(store, "/");
  assert.deepEqual([inventory(store), store.names("candor-"), store.read("theme")], [[], [], "dark"]);
});

test("the next step is what was last under way, then what is due; nothing for a stranger", () => {
  assert.deepEqual(nextSteps(new SharedStore(storage()), 0, "/"), []);
  const store = studied(10);
  const going = run();
  going.answers = { a: ["B", Date.now() + 1000] };
  store.write("candor-session", going);
  const titles = () => nextSteps(store, 1000, "/book/").map(({ title }) => title);
  const [first, second, third] = nextSteps(store, 1000, "/book/");
  assert.deepEqual([first.href, first.title, first.words],
    ["practice/sessions.html", "Go on with your session", "Missed last time: 1 of 2 answered"]);
  assert.deepEqual([second.href, second.title, second.words],
    ["ethics/boundaries.html#touch", "Go on where you left off", "Boundaries: Touch"]);
  assert.deepEqual([third.href, third.title, third.words],
    ["practice/review.html", "Due today", "1 question that you have met, due again"]);
  const later = { at: Date.now() + 2000, title: "Telehealth", id: "", heading: "" };
  for (const only of [{}, { chapter: true }, { chapter: true, seen: [] }, { seen: ["glossary"] }]) { // looked up, and not read
    store.write("candor-read:ethics/telehealth", { ...later, ...only });
    assert.equal(titles()[0], "Go on with your session", JSON.stringify(only));
  }
  store.write("candor-read:ethics/telehealth", { ...later, chapter: true, seen: ["consent"] });
  assert.deepEqual(titles().slice(0, 2), ["Go on where you left off", "Go on with your session"]);
  const exam = run();
  exam.paused = [true, Date.now() + 3000];
  store.write("candor-exam-knowledge-form", exam);
  assert.equal(titles()[0], "Go on with your mock exam");
  store.write("candor-flashcards", { exam: "", examAt: 0, cards: { "word/cue": memory, "word/kink": memory }, open: null });
  assert.equal(nextSteps(store, 1000, "/book/").pop()?.words, "2 flashcards, due again");
  assert.equal(nextSteps(store, 150, "/book/").length, 3);
});

test("an assignment that is begun on a desk of this site is a step until it is answered and downloaded", () => {
  const store = new SharedStore(storage());
  const at = +new Date(2026, 10, 12, 9);
  const half = { done: 2, of: 8, begun: 2, at, downloaded: 0, place: "", title: "Holding" };
  store.write("candor-desk:/book/desk/holding", half);
  store.write("candor-desk:/book/desk/whole", { ...half, done: 8, downloaded: at });
  store.write("candor-desk:/book/desk/opened", { ...half, done: 0, begun: 0 });
  store.write("candor-desk:/other/desk/holding", half);
  const [step, ...rest] = nextSteps(store, at, "/book/");
  assert.deepEqual([step.href, step.title, rest],
    ["desk/notebooks/index.html?path=holding.ipynb", "Go on with your assignment", []]);
  assert.match(step.words, /^Holding: 2 of 8 answered/);
});
