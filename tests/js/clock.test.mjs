/** The clock of a mock exam when the lid was closed; results over time in words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { AWAY, counts, welcomeBack } from "../../js/src/book/clock.js";
import { begin, isRun, merge } from "../../js/src/book/run.js";
import { points, verdict } from "../../js/src/book/trend.js";

test("a closed lid stops the clock, or lets it go on, as was chosen; a tab out of sight counts", () => {
  assert.deepEqual([counts(60, "stops"), counts(AWAY + 1, "stops"), counts(3600, "runs")], [60, 0, 3600]);
  assert.equal(counts(-5, "runs"), 0, "a clock that was set back gives no time");
  assert.equal(welcomeBack(60, "stops"), "");
  assert.equal(welcomeBack(2400, "stops"), "You were away for 40 minutes. The clock stood still.");
  assert.equal(welcomeBack(3 * 86400, "runs"), "You were away for 3 days. The clock went on.");
});

test("a run knows what was chosen, one from before does not need to, and two tabs agree when it was last seen", () => {
  const run = begin(1, "exam", 600, [{ card: "a", area: "x" }]);
  assert.ok(isRun(run) && isRun({ ...run, lid: "runs", seen: 5 }) && !isRun({ ...run, lid: "odd" }));
  const mine = { ...run, seen: 5 };
  merge(mine, { ...run, seen: 9 });
  assert.equal(mine.seen, 9);
});

/** @param {number} at @param {number | undefined} share @param {number} count */
const result = (at, share, count = 100) => ({ ...begin(1, "exam", null, []), at, share, words: "", flags: [], answers: {},
  sure: {}, slots: Array.from({ length: count }, (_, place) => ({ card: `c${place}`, area: "x" })) });

test("scores stand in their order with their range; too few questions and no score are left out", () => {
  const all = points([result(3, 0.72), result(1, 0.5), result(2, undefined), result(4, 1, 4)]);
  assert.deepEqual(all, [{ at: 1, of: 100, score: 50, low: 40, high: 60 }, { at: 3, of: 100, score: 72, low: 63, high: 80 }]);
});

test("whether the last differs from the first is said as a clinician reads it", () => {
  const said = "The last: 72 of 100. Over many such forms you would likely score between 63 and 80 of 100.";
  assert.equal(verdict(points([result(1, 0.72)])), said);
  assert.equal(verdict(points([result(1, 0.5), result(2, 0.72)])), `${said} It is above the first by more than chance explains.`);
  assert.ok(verdict(points([result(1, 0.66), result(2, 0.72)])).endsWith("so the difference may be chance."));
});
