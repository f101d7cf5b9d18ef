import assert from "node:assert/strict";
import { test } from "node:test";
import { daysBetween, dayStart, longest, schedule, when } from "../../js/src/book/schedule.js";
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

test("a day turns at four in the morning where the reader is, also when the clocks change", () => {
  const zone = process.env.TZ;
  process.env.TZ = "Europe/Berlin";
  const at = (/** @type {string} */ text) => +new Date(text);
  const evening = at("2026-10-24T20:00");
  assert.equal(dayStart(evening), at("2026-10-24T04:00"));
  assert.equal(dayStart(evening, 1), at("2026-10-25T04:00"), "the night has 25 hours");
  assert.equal(dayStart(at("2026-10-25T03:59")), at("2026-10-24T04:00"));
  assert.equal(daysBetween(evening, at("2026-10-25T03:30")), 0);
  assert.equal(daysBetween(evening, at("2026-10-25T04:30")), 1);
  assert.equal(daysBetween(evening, at("2026-11-03T23:00")), 10);
  process.env.TZ = zone;
});
