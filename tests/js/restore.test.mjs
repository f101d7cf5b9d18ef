import assert from "node:assert/strict";
import { test } from "node:test";
import { LATE, judged } from "../../js/src/book/restore.js";
import { begin } from "../../js/src/book/run.js";
import { SharedStore } from "../../js/src/book/store.js";
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
  /** @type {[string, string | null][]} */
  const given = [];
  const journal = /** @type {any} */ ({ keep: (/** @type {[string, string | null]} */ ...one) => given.push(one) });
  const store = new SharedStore(storage(60), journal);
  const value = { at: 1 };
  store.keep("candor-flag:q", value);
  value.at = 2;
  assert.equal(store.keep("candor-flag:r", "x".repeat(60)), "full");
  store.write("candor-keys", "on");
  store.remove("candor-flag:q");
  assert.deepEqual(given, [["candor-flag:q", '{"at":1}'], ["candor-flag:q", null]]);
  assert.equal(new SharedStore(null, journal).keep("candor-flag:q", 1), "closed");
  assert.equal(given.length, 2);
});
