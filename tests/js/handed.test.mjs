import assert from "node:assert/strict";
import { test } from "node:test";
import { changedSince, handedOf } from "../../js/src/desk/handed.js";

/** @param {string} one @param {string} two */
const made = (one, two) => handedOf([["one", one], ["two", two], ["two", "the rest of it"]], 5);

test("of a second file it is known in how many answers it is another, and nothing that they say", () => {
  const first = made("- [x] **A.**", "Some words.");
  assert.equal(changedSince(first, made("- [x] **A.**", "Some words.")), 0);
  assert.equal(changedSince(first, made("- [ ] **A.**", "Some words.")), 1);
  assert.equal(changedSince(first, made("- [ ] **A.**", "Other words.")), 2);
  assert.equal(changedSince(first, handedOf([], 5)), 2);
  assert.doesNotMatch(JSON.stringify(first), /words/);
});

test("without a file before, or with what is none, nothing is said of one", () => {
  for (const before of [null, undefined, 7, {}, { at: "x", sums: {} }, { at: 5, sums: 7 }]) {
    assert.equal(changedSince(before, made("", "")), null);
  }
});
