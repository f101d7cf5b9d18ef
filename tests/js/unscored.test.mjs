import assert from "node:assert/strict";
import { test } from "node:test";
import { StudyRecord } from "../../js/src/book/record.js";
import { Results, begin, finished } from "../../js/src/book/run.js";
import { SharedStore } from "../../js/src/book/store.js";
import { scoreLate } from "../../js/src/book/unscored.js";
import { card, storage } from "./support.mjs";

Object.assign(globalThis, { dispatchEvent() {}, StorageEvent: class extends Event {} });
const slots = ["a", "b"].map((name) => ({ card: name, area: "One" }));
const bank = (load = async () => {}) => ({ cards: { a: card("A"), b: card("B") }, areas: {}, load });

/** Results of a session that an answer came into late. @param {number} [most] */
function late(most) {
  const store = new SharedStore(storage(most));
  const run = begin(0, "exam", null, slots);
  run.answers = { a: ["A", 5], b: ["A", 7] };
  const results = new Results(store, "candor-sessions");
  results.add([{ ...finished(run), at: 9, words: "of before", unscored: true }]);
  return { store, results };
}

test("a result that an answer came into late gets its score and keeps its day, and the record has the answer", async () => {
  const { store, results } = late();
  await scoreLate(store, bank());
  const [{ unscored, words, share, at }] = results.all;
  assert.deepEqual([unscored, share, at], [undefined, 0.5, 10]);
  assert.match(words, /^2 answered, 1 right|^1 of 2/);
  const { a, b } = new StudyRecord(store).answers;
  assert.deepEqual([a.at, a.got, b.at, b.got], [5, 1, 7, 0]);
});

test("without its questions, or without room for its answers, it waits", async () => {
  const { store, results } = late();
  await assert.rejects(scoreLate(store, bank(async () => { throw new Error("no network"); })));
  assert.equal(results.all[0].unscored, true);
  const full = late(JSON.stringify(store.read("candor-sessions")).length + 30);
  await scoreLate(full.store, bank());
  assert.deepEqual([full.results.all[0].unscored, full.results.all[0].words], [true, "of before"]);
});
