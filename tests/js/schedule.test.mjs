import assert from "node:assert/strict";
import { test } from "node:test";
import { longest, schedule, when } from "../../js/src/book/schedule.js";
import { json } from "./support.mjs";

process.env.TZ = "UTC";
const corpus = json("schedule.json");

/** @param {number} one @param {number} other */
const near = (one, other) => Math.abs(one - other) <= 1e-9 * Math.abs(other);

test("every answer of every history gives the package's stability, difficulty and interval", () => {
  for (const history of corpus.histories) {
    let card;
    for (const [rating, days, stability, difficulty, interval] of history.steps) {
      card = schedule(corpus.parameters, card, rating, days, history.longest);
      assert.ok(near(card.stability, stability) && near(card.difficulty, difficulty), JSON.stringify(history));
      assert.equal(card.interval, interval);
    }
  }
});

test("an examination bounds an interval, and brings a card back on its eve, as in the package", () => {
  for (const { now, exam, longest: most, due, comes } of corpus.examinations) {
    assert.equal(longest(exam, now), most, exam);
    const last = now - 86400000;
    const found = due.map((/** @type {number} */ day) => when({ due: day, last }, exam, now));
    assert.deepEqual(found, comes, `${exam} at ${now}`);
  }
});
