import assert from "node:assert/strict";
import { test } from "node:test";
import { Bank } from "../../js/src/book/bank.js";
import { card } from "./support.mjs";

const shelf = (/** @type {string} */ title, /** @type {string[]} */ cards) =>
  ({ title, part: "First", page: `${title}.html`, file: `${title}.js`, cards, safety: cards.slice(0, 1) });
const written = { chapters: [shelf("One", ["a", "b"]), shelf("Two", ["c"])], areas: {}, exams: {}, parameters: [] };

/** A bank, and the files that were asked for. @param {(file: string) => unknown} gives */
function made(gives) {
  /** @type {string[]} */
  const asked = [];
  return { asked, bank: new Bank(written, async (file) => (asked.push(file), gives(file))) };
}
const whole = (/** @type {string} */ file) => (file === "One.js" ? { a: card("A"), b: card("B") } : { c: card("C") });

test("all cards are known by chapter from the start, and none of them is here", () => {
  const { bank, asked } = made(whole);
  assert.deepEqual(Object.entries(bank.index).map(([name, { chapter, safety }]) => [name, chapter, safety]),
    [["a", "One", true], ["b", "One", false], ["c", "Two", true]]);
  assert.deepEqual([bank.missing(["a", "gone", "c"]), asked], [["a", "c"], []]);
});

test("a name that every object of JavaScript has is no card", () => {
  const { bank } = made(whole);
  assert.deepEqual([bank.missing(["constructor", "__proto__"]), bank.index.toString], [[], undefined]);
});

test("only the chapters that are needed are asked for, each once", async () => {
  const { bank, asked } = made(whole);
  await Promise.all([bank.load(["a"]), bank.load(["b", "gone"])]);
  await bank.load(["a", "b"]);
  assert.deepEqual([asked, Object.keys(bank.cards)], [["One.js"], ["a", "b"]]);
  assert.deepEqual([bank.cards.a.page, bank.cards.a.options.length], ["One.html", 4]);
});

test("what did not come is asked for again", async () => {
  let connected = false;
  const { bank, asked } = made((file) => {
    if (!connected) throw new Error("no connection");
    return whole(file);
  });
  await assert.rejects(bank.load(["a", "c"]));
  connected = true;
  await bank.load(["a", "c"]);
  assert.deepEqual([Object.keys(bank.cards), asked.length], [["a", "b", "c"], 4]);
});

test("a file of another edition, without the card, is no success", async () => {
  await assert.rejects(made(() => ({ other: card("A") })).bank.load(["a"]), /a is in no file/);
  await assert.rejects(made(() => undefined).bank.load(["a"]), /a is in no file/);
});
