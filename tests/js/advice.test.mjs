import assert from "node:assert/strict";
import { test } from "node:test";
import { parts, practice, readings } from "../../js/src/book/advice.js";
import { card } from "./support.mjs";

/** A question as it was answered. @param {string} page @param {string} objective @param {number} got */
const row = (page, objective, got, chosen = "A", part = "First") => ({
  number: 1, chosen, got, area: "a", flagged: false, sure: 0,
  card: card("B", 4, { page, objective, chapter: `On ${page}`, section: `${page}#${objective}`, part }),
});

test("the chapter in which most was lost comes first, at the objective that lost most", () => {
  const rows = [row("one", "x", 0), row("two", "y", 0.5), row("two", "z", 0), row("two", "z", 0), row("three", "w", 1)];
  assert.deepEqual(readings(rows), [
    { title: "On two", href: "two#z", words: "z And 1 more of its objectives." },
    { title: "On one", href: "one#x", words: "x" },
  ]);
});

test("what was left open is neither read again nor practised as missed", () => {
  const rows = [row("one", "x", 0, ""), row("two", "y", 1)];
  assert.deepEqual(readings(rows), []);
  assert.deepEqual(practice(rows), { words: "Practise new questions", href: "practice/sessions.html?from=unseen" });
  assert.equal(practice([...rows, row("three", "z", 0.5)]).words, "Practise the question you missed");
});

test("three chapters at most, however many were weak", () => {
  assert.equal(readings(["a", "b", "c", "d"].map((page) => row(page, "x", 0))).length, 3);
});

test("parts with fewer than five questions are joined", () => {
  const of = (/** @type {string} */ part, /** @type {number} */ count, /** @type {number} */ got) =>
    Array.from({ length: count }, () => row("p", "x", got, "A", part));
  assert.deepEqual(
    parts([...of("Many", 5, 1), ...of("Two", 2, 0), ...of("Three", 3, 1)])
      .map(({ title, group, joined }) => [title, group.got, group.of, joined]),
    [["2 parts together, each with fewer than 5 questions", 3, 5, 2], ["Many", 5, 5, 0]]);
  assert.deepEqual(parts(of("Two", 2, 0)).map(({ title, joined }) => [title, joined]), [["Two", 1]]);
});
