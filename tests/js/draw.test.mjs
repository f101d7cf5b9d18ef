import assert from "node:assert/strict";
import { test } from "node:test";
import { choices, draw, pool, wordsOf } from "../../js/src/book/draw.js";
import { card } from "./support.mjs";

const cards = {
  a: card("A", 4, { chapter: "One", part: "First" }),
  b: card("A", 4, { chapter: "One", part: "First", gate: "harm" }),
  c: card("A", 4, { chapter: "Two", part: "First" }),
  d: card("A", 4, { chapter: "Three", part: "Second" }),
};
const known = { answers: { a: { got: 1 }, b: { got: 0 }, c: { got: 0.5 } }, flagged: ["a", "gone"] };

test("each choice holds what its words say", () => {
  const held = (/** @type {string} */ from) => pool(cards, from, known).join("");
  assert.deepEqual(["unseen", "missed", "flagged", "safety", "all"].map(held), ["d", "bc", "a", "b", "abcd"]);
  assert.deepEqual(["chapter:One", "part:First", "part:Second", "chapter:Gone"].map(held), ["ab", "abc", "d", ""]);
  assert.equal(wordsOf("chapter:Two: and more"), "Two: and more");
});

test("the list of choices counts each, part by part with its chapters", () => {
  const [first, ...parts] = choices(cards, known);
  assert.deepEqual(first.entries.map(({ count }) => count), [1, 2, 1, 1, 4]);
  const said = parts.map(({ title, entries }) => [title, ...entries.map(({ words, count }) => `${words} ${count}`)]);
  assert.deepEqual(said, [["First", "All of First 3", "One 2", "Two 1"], ["Second", "All of Second 1", "Three 1"]]);
});

test("what was never answered is drawn first, then what was missed; nothing twice, never more than there is", () => {
  for (let turn = 0; turn < 50; turn++) {
    assert.deepEqual(draw(Object.keys(cards), 1, known, Math.random), ["d"]);
    assert.deepEqual(draw(Object.keys(cards), 3, known, Math.random).sort(), ["b", "c", "d"]);
    assert.deepEqual(draw(Object.keys(cards), 20, known, Math.random).sort(), ["a", "b", "c", "d"]);
  }
});

test("every order can come", () => {
  const seen = new Set(Array.from({ length: 400 }, () => draw(["b", "c"], 2, known, Math.random).join("")));
  assert.deepEqual([...seen].sort(), ["bc", "cb"]);
});
