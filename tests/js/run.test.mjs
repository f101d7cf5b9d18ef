import assert from "node:assert/strict";
import { test } from "node:test";
import * as runs from "../../js/src/book/run.js";
import { SharedStore } from "../../js/src/book/store.js";
import { card, storage } from "./support.mjs";

const { Results, stamp, begin, bounds, dropGone, finished, isRun, joined, leftOpen, merge, rejoin, sectionsOf, settle, shared,
  withLater } = runs;

/** @param {number} count */
const slots = (count) => Array.from({ length: count }, (_, place) => ({ card: `c${place}`, area: "a" }));
const cards = Object.fromEntries(slots(100).map((slot) => [slot.card, card("A")]));
const run = () => begin(1, "exam", 600, slots(100));

test("two tabs that answer at once keep what either did, whoever is merged into whom", () => {
  const [one, other] = [run(), run()];
  other.began = one.began;
  one.answers = { c1: ["A", 5], c2: ["B", 9] };
  other.answers = { c1: ["C", 7], c3: ["D", 1] };
  other.flags = { c9: [true, 2] };
  const back = structuredClone(other);
  merge(back, one);
  merge(one, other);
  assert.deepEqual(one.answers, { c1: ["C", 7], c2: ["B", 9], c3: ["D", 1] });
  assert.equal(shared(one), shared(back));
  const again = shared(one);
  merge(one, back);
  assert.equal(shared(one), again);
});

test("of two answers that were given in the same millisecond both tabs keep the same one, and neither writes for ever", () => {
  const [one, other] = [run(), run()];
  other.began = one.began;
  [one.answers.c1, one.paused] = [["D", 5], [true, 9]];
  [other.answers.c1, other.paused] = [["C", 5], [false, 9]];
  const back = structuredClone(other);
  merge(back, one);
  merge(one, other);
  assert.equal(shared(one), shared(back));
});

test("a run that comes back stands where one went last, and another tab's place is its own", () => {
  const [one, other] = [run(), run()];
  other.began = one.began;
  Object.assign(one, { place: 3, placed: 5 });
  Object.assign(other, { place: 7, placed: 6 });
  merge(one, other);
  assert.equal(one.place, 3);
  rejoin(one, other);
  rejoin(other, { ...one, place: 1, placed: 2 });
  assert.deepEqual([one.place, other.place], [7, 7]);
});

test("another run is never merged, and the clock of two tabs is the one that ran further", () => {
  const [one, other] = [run(), run()];
  other.began = one.began + 1;
  assert.equal(merge(one, other), false);
  other.began = one.began;
  other.left = 500;
  assert.equal(merge(one, other), true);
  assert.equal(one.left, 500);
});

test("only a long form has sections, and a place outside them is put right", () => {
  assert.equal(sectionsOf({ slots: slots(100) }), 4);
  assert.equal(sectionsOf({ slots: slots(20) }), 1);
  const one = { ...run(), section: 9, place: 3 };
  settle(one);
  assert.deepEqual([one.section, one.place, bounds(one)], [3, 75, [75, 100]]);
});

test("what is no run is told from one", () => {
  assert.ok(isRun(JSON.parse(JSON.stringify(run())), cards));
  for (const wrong of [null, {}, [], { ...run(), slots: [] }, { ...run(), slots: [{ card: "gone", area: "" }] },
    { ...run(), answers: { c1: "A" } }, { ...run(), left: "soon" }]) assert.equal(isRun(wrong, cards), false);
});

test("a run of which some questions have left the book goes on with the others, at the question where one was", () => {
  const one = { ...run(), slots: slots(6), place: 4, answers: { c1: /** @type {[string, number]} */ (["A", 1]) } };
  const { c1, c3, ...still } = cards;
  assert.ok(c1 && c3 && isRun(one, still));
  assert.equal(dropGone(one, still), 2);
  assert.deepEqual([one.slots.map(({ card: name }) => name), one.slots[one.place].card], [["c0", "c2", "c4", "c5"], "c4"]);
  assert.equal(dropGone(one, still), 0);
});

test("results are joined, never lost, and the newest stands first", () => {
  const done = finished(run());
  const [one, two] = [{ ...done, words: "x", began: 1, at: 10 }, { ...done, words: "y", began: 2, at: 20 }];
  assert.deepEqual(joined([one], [two, "rubbish", null]).map(({ began }) => began), [2, 1]);
  const store = new SharedStore(storage());
  const results = new Results(store, "history");
  results.add([one]);
  new Results(store, "history").add([two]);
  assert.deepEqual(results.all.map(({ began }) => began), [2, 1]);
  assert.equal(new Results(new SharedStore(storage(10)), "history").add([one]), "full");
  assert.equal(new Results(new SharedStore(null), "history").add([one]), "closed");
});

test("what was answered in one tab while another ended the run comes into the result, in each order the same", () => {
  const [one, other] = [run(), run()];
  other.began = one.began;
  one.answers = { c1: ["A", 5], c2: ["B", 9] };
  other.answers = { c1: ["C", 7], c2: ["B", 9], c99: ["D", 8] };
  other.sure = { c1: [2, 7] };
  const [mine, theirs] = [finished(one), finished(other)];
  const both = withLater(mine, theirs);
  assert.deepEqual(both.answers, { c1: "C", c2: "B", c99: "D" });
  assert.deepEqual([both.slots.length, both.sure], [100, { c1: 2 }]);
  assert.deepEqual(withLater(theirs, mine), theirs);
  assert.equal(withLater(both, theirs), both, "nothing is later, and nothing is written again");
});

test("two results of one run are one with the answers of both, to be scored anew, whichever comes first", () => {
  const [one, other] = [run(), run()];
  other.began = one.began;
  one.answers = { c1: ["A", 5], c2: ["B", 9] };
  other.answers = { c1: ["C", 7] };
  const results = [{ ...finished(one), words: "x", at: 20 }, { ...finished(other), words: "y", at: 10 }];
  const [both] = joined([results[0]], [results[1]]);
  assert.deepEqual(joined([results[1]], [results[0]]), [both]);
  assert.deepEqual([both, runs.isResult(both)], [{ ...results[0], answers: { c1: "C", c2: "B" }, when: { c1: 7, c2: 9 }, unscored: true }, true]);
  const scored = { ...both, words: "z", at: 21, unscored: undefined };
  assert.deepEqual(joined([both], [scored]), [scored]);
});

test("what was left open is gone on with until it is answered, and a session by the clock keeps all that were drawn", () => {
  const one = { ...run(), slots: slots(4), timed: true, answers: { c1: /** @type {[string, number]} */ (["A", 5]) } };
  const done = { ...finished(one), words: "" };
  const open = (/** @type {Record<string, { at: number }>} */ answers) => leftOpen(done, answers).map(({ card: name }) => name);
  assert.deepEqual([done.slots.length, done.timed, runs.isResult(done)], [4, true, true]);
  assert.deepEqual(open({ c0: { at: done.at - 9 } }), ["c0", "c2", "c3"]);
  assert.deepEqual(open({ c0: { at: done.at + 9 }, c3: { at: done.at + 9 } }), ["c2"]);
});

test("a deleted result stays deleted, whatever brings it back, and its run is over", () => {
  const done = finished(run());
  const [one, two] = [{ ...done, words: "x", began: 1, at: 10 }, { ...done, words: "y", began: 2, at: 20 }];
  const store = new SharedStore(storage());
  const results = new Results(store, "history");
  results.add([one]);
  assert.equal(results.forget(), "");
  assert.deepEqual([results.all, results.over(1), results.over(2)], [[], true, false]);
  results.add([{ ...one, at: 99 }, two]);
  assert.deepEqual(results.all.map(({ began }) => began), [2]);
  assert.deepEqual(joined([one], store.read("history")).map(({ began }) => began), [2, 1]);
  assert.ok(!JSON.stringify(store.read("history")).includes('"x"'));
});

test("what is set after the clock was put back is the later one", () => {
  const ahead = Date.now() + 1e9;
  assert.deepEqual(stamp(["A", ahead], "B"), ["B", ahead + 1]);
  assert.ok(stamp(undefined, "B")[1] <= Date.now());
});
