import assert from "node:assert/strict";
import { test } from "node:test";
import { chip, isOpen } from "../../js/src/book/desk-state.js";

const at = +new Date(2026, 10, 12, 9);
const hour = 3600000;

test("the list says what was begun, what was downloaded, and what changed since", () => {
  assert.equal(chip(null), "");
  assert.equal(chip({ done: 0, of: 9, at, downloaded: 0 }), "");
  assert.match(chip({ done: 0, begun: 1, of: 9, at, downloaded: 0 }), /^0 of 9 answered, .*12/); // half a reflection
  assert.match(chip({ done: 4, of: 9, at, downloaded: 0 }), /^4 of 9 answered, .*12/);
  assert.match(chip({ done: 9, of: 9, at, downloaded: at + hour }), /^9 of 9 answered, .*; downloaded [^;]*$/);
  assert.match(chip({ done: 9, of: 9, at: at + hour, downloaded: at }), /; changed since$/);
  assert.equal(chip({ done: "4", of: 9, at, downloaded: 0 }), "");
});

test("an assignment is gone on with until all of it is answered and its file is made", () => {
  assert.equal(isOpen({ done: 9, of: 9, at, downloaded: 0 }), true);
  assert.match(chip({ done: 9, of: 9, at, downloaded: 0 }), /^9 of 9 answered, .*; not downloaded yet$/);
  assert.equal(isOpen({ done: 9, of: 9, at, downloaded: at + hour }), false);
  assert.equal(isOpen({ done: 9, of: 9, at: at + hour, downloaded: at }), true); // the file is older
  assert.equal(isOpen({ done: 4, of: 9, at, downloaded: at + hour }), true);
});
