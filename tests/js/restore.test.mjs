import assert from "node:assert/strict";
import { test } from "node:test";
import { ALL } from "../../js/src/book/journal.js";
import { StudyRecord } from "../../js/src/book/record.js";
import { LATE, judged } from "../../js/src/book/restore.js";
import { begin } from "../../js/src/book/run.js";
import { ERASED, SharedStore } from "../../js/src/book/store.js";
import { eraseAll } from "../../js/src/book/study.js";
import { storage } from "./support.mjs";

const NAME = "candor-answer:q";
/** @param {number} at @param {string} chosen */
const answer = (at, chosen) => ({ at, chosen, got: 1, of: "B/4" });
/** @param {string} name @param {unknown} value @param {number} at */
const row = (name, value, at = 0) => ({ name, text: JSON.stringify(value), at });

/** What becomes of a row, of the record, and what is told to the page.
 * @param {SharedStore} store @param {ReturnType<typeof row>} one @param {number} now */
function judge(store, one, now) {
  /** @type {string[]} */
  const told = [];
  const next = judged(store, one, now, (name) => void told.push(name));
  return { next, told, kept: store.read(one.name) };
}

test("what the record lost comes back, is told, and stays in the journal until the record had it for long", () => {
  const store = new SharedStore(storage());
  const one = row(NAME, answer(5, "C"));
  const back = judge(store, one, 2 * LATE);
  assert.deepEqual(back, { next: { ...one, at: 2 * LATE }, told: [NAME], kept: answer(5, "C") });
  const soon = judge(store, row(NAME, answer(5, "C"), 2 * LATE), 2 * LATE + 1000);
  assert.deepEqual([soon.told, soon.next?.at], [[], 2 * LATE]);
  assert.equal(judge(store, row(NAME, answer(5, "C"), 2 * LATE), 3 * LATE + 1).next, null);
});

test("of two answers the later one stays, wherever it is", () => {
  const store = new SharedStore(storage());
  store.write(NAME, answer(9, "D"));
  assert.deepEqual(judge(store, row(NAME, answer(5, "C")), 1), { next: row(NAME, answer(5, "C")), told: [], kept: answer(9, "D") });
  assert.deepEqual(judge(store, row(NAME, answer(12, "A")), 1).kept, answer(12, "A"));
});

test("answers of one run are joined; of two runs the one begun last goes on", () => {
  const store = new SharedStore(storage());
  const run = begin(0, "tutor", null, [{ card: "a", area: "One" }, { card: "b", area: "One" }]);
  store.write("candor-session", { ...run, answers: { a: ["A", 1] } });
  const joined = /** @type {any} */ (judge(store, row("candor-session", { ...run, answers: { b: ["B", 2] } }), 1).kept);
  assert.deepEqual(joined.answers, { a: ["A", 1], b: ["B", 2] });
  const next = { ...run, began: run.began + 1 };
  assert.deepEqual(judge(store, row("candor-session", next), 1).kept, next);
  assert.deepEqual(judge(store, row("candor-session", run), 1).kept, next);
});

test("a full store leaves it in the journal, and rubbish goes from there in time", () => {
  const one = row(NAME, answer(5, "C"));
  assert.deepEqual(judge(new SharedStore(storage(20)), one, 2 * LATE), { next: one, told: [], kept: null });
  const store = new SharedStore(storage());
  for (const wrong of [row(NAME, { at: "soon" }), row("elsewhere", 1)]) {
    assert.deepEqual(judge(store, wrong, 2 * LATE), { next: null, told: [], kept: null });
  }
});

test("what is kept goes to the journal as it was then; what is not, and what is erased, does not", () => {
  /** @type {[string, string][]} */
  const given = [];
  const journal = /** @type {any} */ ({ keep: (/** @type {string} */ name, /** @type {unknown} */ one) => given.push([name, JSON.stringify(one)]) });
  const store = new SharedStore(storage(60), journal);
  const value = { at: 1 };
  store.keep("candor-flag:q", value);
  value.at = 2;
  assert.equal(store.keep("candor-flag:r", "x".repeat(60)), "full");
  store.write("candor-keys", "on");
  assert.deepEqual(given, [["candor-flag:q", '{"at":1}']]);
  assert.equal(new SharedStore(null, journal).keep("candor-flag:q", 1), "closed");
  assert.equal(given.length, 1);
});

test("what was erased and comes back with a killed browser goes again, and what was kept since comes", async () => {
  /** @type {string[]} */
  const signs = [];
  const journal = /** @type {any} */ ({ keep() {}, erase: async (/** @type {string} */ sign) => signs.push(sign) });
  const store = new SharedStore(storage(), journal);
  store.write("theme", "dark");
  for (const name of [NAME, "candor-answer:r", "candor-place"]) store.write(name, name === "candor-place" ? "uk" : answer(5, "C"));
  const before = store.names("").map((name) => [name, store.read(name)]);
  await eraseAll(store, "/");
  const [sign = ""] = signs;
  assert.ok(sign.startsWith(ERASED));
  const erasing = { name: ALL, text: sign, at: 7 };
  assert.deepEqual(judge(store, erasing, 8).next, erasing); // it is on the disk: nothing to do
  assert.equal(judge(store, erasing, 8 + LATE).next, null);

  const killed = new SharedStore(storage());
  for (const [name, value] of before) killed.write(String(name), value);
  const again = judge(killed, erasing, 9);
  assert.deepEqual([again.next, again.told.sort()], [{ ...erasing, at: 9 }, [NAME, "candor-answer:r", sign, "candor-place"].sort()]);
  assert.deepEqual(killed.names("").sort(), [sign, "theme"]);
  judge(killed, row(NAME, answer(9, "A"), 8), 9);
  assert.deepEqual(judge(killed, erasing, 10).told, []);
  assert.deepEqual(Object.keys(new StudyRecord(killed).answers), ["q"]);
});

test("without room for its sign an erasing is not told to the journal, which would erase for ever", async () => {
  /** @type {string[]} */
  const signs = [];
  const journal = /** @type {any} */ ({ keep() {}, erase: async (/** @type {string} */ sign) => signs.push(sign) });
  await eraseAll(new SharedStore(storage(1), journal), "/");
  assert.deepEqual(signs, [""]);
  assert.equal(judge(new SharedStore(storage(1)), { name: ALL, text: `${ERASED}1`, at: 1 }, 2).next, null);
});

test("where a card was left open, and the last answer, come from whichever was kept last", () => {
  const store = new SharedStore(storage());
  const work = { exam: "", examAt: 0, cards: {}, open: null, at: 1 };
  const open = { name: "q", chosen: "B", told: true };
  store.write("candor-review", work);
  assert.deepEqual(judge(store, row("candor-review", { ...work, open, at: 2 }), 3).kept, { ...work, open, at: 2 });
  assert.deepEqual(judge(store, row("candor-review", { ...work, at: 1 }), 3).kept, { ...work, open, at: 2 });
});
