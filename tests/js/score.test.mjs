import assert from "node:assert/strict";
import { test } from "node:test";
import { points } from "../../js/src/book/card.js";
import { RANGED, areasOf, grouped, score, wilson } from "../../js/src/book/score.js";
import { card, json } from "./support.mjs";

const cards = Object.fromEntries(Array.from({ length: 100 }, (_, place) => [`c${place}`, card("B")]));
const slots = Object.keys(cards).map((name, place) => ({ card: name, area: place < 50 ? "a" : "b" }));
const areas = { a: "First area", b: "Second area" };
/** @param {Record<string, string>} answers */
const scored = (answers, of = slots) => score({ slots: of, answers, flags: [] }, { cards, areas });
/** @param {number} count @param {number} right */
const answers = (count, right) =>
  Object.fromEntries(Object.keys(cards).slice(0, count).map((name, place) => [name, place < right ? "B" : "A"]));

test("one best answer is right or not", () => {
  assert.equal(points(card("B"), "B"), 1);
  assert.equal(points(card("B"), "A"), 0);
  assert.equal(points(card("B"), ""), 0);
});

test("of all that apply, hits count and false alarms take away, never below nothing", () => {
  assert.equal(points(card("AC", 5), "AC"), 1);
  assert.equal(points(card("AC", 5), "A"), 0.5);
  assert.ok(Math.abs(points(card("AC", 5), "ABC") - 2 / 3) < 1e-12);
  assert.equal(points(card("AC", 5), "BDE"), 0);
});

test("a form that was not sat has no score, and says what was answered", () => {
  const { words, sat, counted } = scored(answers(3, 1));
  assert.equal(sat, false);
  assert.equal(counted.length, 3);
  assert.equal(words, "3 of 100 answered, 1 right: too few for a score");
  assert.doesNotMatch(words, /%/);
  assert.equal(scored({}).words, "None of 100 questions answered");
});

test("a form that was sat has its score with what another form would likely give", () => {
  const likely = "72 of 100 right: 72 %; over many such forms likely 63 to 80 %";
  assert.equal(scored(answers(100, 72)).words, likely);
  assert.equal(scored(answers(90, 72)).words, likely); // what was left open counts as not right
  assert.ok(scored(answers(80, 80)).sat && !scored(answers(79, 79)).sat);
});

test("fewer than twelve questions give no percentage and no range, and no interval has no width", () => {
  assert.equal(scored(answers(3, 2), slots.slice(0, 3)).words, "2 of 3 right");
  assert.equal(scored(answers(11, 9), slots.slice(0, 11)).words, "9 of 11 right");
  assert.match(scored(answers(12, 9), slots.slice(0, 12)).words, /9 of 12 right: 75 %; .* likely 47 to 91 %/);
  for (let right = 0; right <= RANGED; right += 1) {
    const [low, high] = wilson(right / RANGED, RANGED);
    assert.ok(high - low < 0.5);
  }
  for (const share of [0, 0.5, 1]) {
    const [low, high] = wilson(share, 10);
    assert.ok(low >= 0 && high <= 1 && high - low > 0.2 && low <= share && share <= high);
  }
});

test("by the clock only what was answered is counted, and what was left open is said", () => {
  /** @param {number} count @param {number} right */
  const timed = (count, right, of = 20) =>
    score({ slots: slots.slice(0, of), answers: answers(count, right), flags: [], timed: true }, { cards, areas });
  assert.equal(timed(3, 3).words, "3 answered, 3 right; 17 of 20 questions were not answered");
  assert.deepEqual([timed(3, 3).rows.length, timed(3, 3).counted.length, timed(3, 3).share], [20, 3, 1]);
  assert.equal(timed(19, 17).words,
    "19 answered, 17 right: 89 %, likely 69 to 97 %; 1 of 20 questions was not answered");
  assert.match(timed(20, 18).words, /^18 of 20 right: 90 %; over many/);
  assert.equal(timed(5, 4, 5).words, "4 of 5 right");
  const none = timed(0, 0);
  assert.deepEqual([none.words, none.sat], ["None of 20 questions answered", false]);
});

test("a range is given from as many questions on as the reports give one", () => {
  for (const { right, of, range } of json("ranges.json")) {
    const found = wilson(right / of, of).map((share) => Math.round(100 * share));
    assert.deepEqual(of < RANGED ? null : found, range);
  }
});

test("areas stand with the weakest first; a card that is gone is left out and counted", () => {
  const second = Object.fromEntries(slots.slice(50).map(({ card: name }) => [name, "B"]));
  const done = scored({ ...answers(50, 10), ...second });
  assert.deepEqual(grouped(done.rows, (row) => row.area).map(([label, { got, of }]) => [label, got, of]),
    [["First area", 10, 50], ["Second area", 50, 50]]);
  assert.deepEqual(areasOf(done.rows), { "First area": [10, 50], "Second area": [50, 50] });
  assert.equal(scored({}, [...slots, { card: "gone", area: "a" }]).gone, 1);
});

test("an area of any name is an area, and nothing of the language is changed by it", () => {
  const odd = ["__proto__", "constructor", "a"].map((area, place) => ({ card: `c${place}`, area }));
  const { rows } = score({ slots: odd, answers: { c0: "B" }, flags: [] }, { cards, areas });
  assert.deepEqual(grouped(rows, (row) => row.area).map(([label, { got, of }]) => [label, got, of]),
    [["constructor", 0, 1], ["First area", 0, 1], ["__proto__", 1, 1]]);
  assert.equal("got" in {}, false);
});
