import assert from "node:assert/strict";
import { test } from "node:test";
import { StudyRecord, edition } from "../../js/src/book/record.js";
import { SharedStore } from "../../js/src/book/store.js";
import { storage } from "./support.mjs";

const OF = edition("B", 4);

test("two tabs that answer at once write under names of their own: nothing is lost", () => {
  const area = storage();
  const [one, other] = [new StudyRecord(new SharedStore(area)), new StudyRecord(new SharedStore(area))];
  one.answered("first", { chosen: "B", got: 1, of: OF });
  other.answered("second", { chosen: "A", got: 0, of: OF });
  assert.deepEqual(Object.keys(one.answers).sort(), ["first", "second"]);
  assert.deepEqual(one.answers, other.answers);
});

test("an earlier answer never takes the place of a later one", () => {
  const record = new StudyRecord(new SharedStore(storage()));
  record.answered("q", { chosen: "B", got: 1, of: OF }, 200);
  record.answered("q", { chosen: "A", got: 0, of: OF }, 100);
  assert.equal(record.answer("q", OF)?.chosen, "B");
});

test("an answer to what a question was before is not shown as one to what it is", () => {
  const record = new StudyRecord(new SharedStore(storage()));
  record.answered("q", { chosen: "B", got: 1, of: OF });
  assert.equal(record.answer("q", edition("C", 4)), null);
  assert.equal(record.answer("q", edition("B", 5)), null);
});

test("a store that is closed while the page is open is said, and nothing throws", () => {
  const area = storage();
  const record = new StudyRecord(new SharedStore(area));
  record.answered("q", { chosen: "B", got: 1, of: OF });
  const refuse = () => { throw new DOMException("access is denied", "SecurityError"); };
  for (const name of /** @type {const} */ (["getItem", "setItem", "removeItem", "key"])) area[name] = refuse;
  assert.equal(record.answered("r", { chosen: "B", got: 1, of: OF }), "closed");
  assert.deepEqual([record.answers, record.flagged], [{}, []]);
  record.store.remove("candor-answer:q");
});

test("a full and a closed store say so, and rubbish in one is passed over", () => {
  const answer = { chosen: "B", got: 1, of: OF };
  assert.equal(new StudyRecord(new SharedStore(storage(20))).answered("q", answer), "full");
  assert.equal(new StudyRecord(new SharedStore(null)).answered("q", answer), "closed");
  const area = storage();
  area.setItem("candor-answer:q", "{");
  area.setItem("candor-answer:r", '{"at":"soon"}');
  assert.deepEqual(new StudyRecord(new SharedStore(area)).answers, {});
});

test("a flag is taken away again", () => {
  const record = new StudyRecord(new SharedStore(storage()));
  record.flag("q", true);
  assert.deepEqual(record.flagged, ["q"]);
  record.flag("q", false);
  assert.deepEqual(record.flagged, []);
});

test("an answer of now is kept where the clock was put back, and comes after the one before", () => {
  const record = new StudyRecord(new SharedStore(storage()));
  const later = Date.now() + 86_400_000;
  record.answered("q", { chosen: "B", got: 1, of: OF }, later);
  assert.equal(record.answered("q", { chosen: "A", got: 0, of: OF }), "");
  assert.equal(record.answer("q", OF)?.chosen, "A");
  assert.ok((record.answer("q", OF)?.at ?? 0) > later);
});
