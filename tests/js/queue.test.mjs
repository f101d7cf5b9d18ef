/** What spaced review asks: what is due, then new cards, a few a day, from chapters that were opened first. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { dueCount, isReview, mergeReview, nextDue } from "../../js/src/book/memory.js";
import { daily, inOrder, queue } from "../../js/src/book/queue.js";

const DAY = 86400000;
const now = +new Date(2026, 10, 29, 20);
const entry = (/** @type {string} */ chapter) => ({ chapter, part: "", page: "", file: "", safety: false });
const index = { a: entry("One"), b: entry("One"), c: entry("Two"), d: entry("Two"), e: entry("Three") };
/** @param {number} due in days from now @param {object} more */
const card = (due, more = {}) =>
  ({ stability: 1, difficulty: 5, interval: 1, last: now - DAY, due: now + due * DAY, first: now - 9 * DAY, ...more });
/** @param {Record<string, ReturnType<typeof card>>} cards @param {object} more
 * @returns {import("../../js/src/book/types.js").ReviewWork} */
const work = (cards = {}, more = {}) => ({ exam: "", examAt: 0, cards, open: null, ...more });
/** @param {ReturnType<typeof work>} held @param {string[]} opened @param {string} from */
const asked = (held, opened = [], from = "") =>
  queue(inOrder(index, new Set(opened), from), Object.keys(index), held, now).join("");

test("new cards come from chapters that were opened first", () => {
  assert.equal(asked(work(), ["Two"]), "cdabe");
  assert.equal(asked(work()), "abcde");
});

test("what is due comes first, the most overdue before the rest", () => {
  assert.equal(asked(work({ e: card(-1), b: card(-3), a: card(2) })), "becd");
});

test("new cards stop at the day's limit, which those of today count against", () => {
  assert.equal(daily(work()), 10);
  assert.equal(asked(work({ a: card(3, { first: now - 3600000 }) }, { daily: [3, 1] })), "bc");
  assert.equal(asked(work({ a: card(-1) }, { daily: [0, 1] })), "a");
});

test("a card that was left out is neither asked nor due; one that was taken back is new again", () => {
  const held = work({ a: card(-1, { out: true, at: now }), b: card(-1, { fresh: true, at: now }) });
  assert.equal(asked(held, ["One"]), "bcde");
  assert.equal(dueCount(held, now), 0);
  assert.equal(nextDue(held, now), 0);
  assert.equal(nextDue(work({ a: card(3), b: card(2), c: card(1, { out: true, at: now }) }), now), now + 2 * DAY);
});

test("one chapter alone can be asked", () => {
  assert.equal(asked(work({ d: card(-1) }), ["One"], "Two"), "dc");
});

test("of two tabs the later change of a card is kept, also where it is no answer; the later limit too", () => {
  const mine = work({ a: card(-1) }, { daily: [5, 1] });
  const theirs = work({ a: card(-1, { out: true, at: now }) }, { daily: [20, 2] });
  for (const [one, other] of [[structuredClone(mine), theirs], [structuredClone(theirs), mine]]) {
    mergeReview(one, other);
    assert.equal(one.cards.a.out, true);
    assert.deepEqual(one.daily, [20, 2]);
    assert.ok(isReview(one));
  }
});
