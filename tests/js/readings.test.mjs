/* The cells of tests/readings, which grader/notebook/reading.py is held to as well: what the desk shows as marked is
   what is scored, and what it cannot read so it leaves to JupyterLab and to a person. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { editsToMark, readOptions, smallestEdit } from "../../js/src/desk/text.js";
import { json, names } from "./support.mjs";

/** @param {string} text @param {import("../../js/src/desk/text.js").Edit[]} edits */
const edited = (text, edits) =>
  [...edits].reverse().reduce((now, { at, length, put }) => now.slice(0, at) + put + now.slice(at + length), text);

let shown = 0;
const cards = names("readings").flatMap((name) => [json(`readings/${name}`)].flat().map((card) => ({ name, ...card })));
for (const { name, kind, options, cells } of cards) {
  for (const { name: what, cell, state, chosen } of cells) {
    test(`${name}: ${what}`, () => {
      const read = readOptions(cell.join("\n"), options);
      if (!read) return; // JupyterLab's own rendering stays
      shown += 1;
      const marked = read.options.filter((option) => option.marked).map((option) => option.letter);
      if (state === "answered") assert.deepEqual(marked, chosen);
      if (state === "blank") assert.deepEqual(marked, []);
      const plain = state === "look" && kind !== "all-that-apply" && !read.others.length;
      if (plain) assert.notEqual(marked.length, 1, "one mark on a whole list would pass for an answer");
    });
  }
}

test("the desk does not step aside from all of them", () => assert.ok(shown >= 30, `${shown}`));

test("a choice changes the brackets and nothing else, and can be taken back", () => {
  const cell = "- [ ] **A.** One [sic]\n-  [ x ] **B.** Two\n- [_] **C.** Three";
  const released = ["One \\[sic\\]", "Two", "Three"];
  const read = readOptions(cell, released);
  assert.ok(read);
  const after = edited(cell, editsToMark(read.options, ["C"]));
  assert.equal(after, "- [ ] **A.** One [sic]\n-  [ ] **B.** Two\n- [x] **C.** Three");
  assert.deepEqual(editsToMark(readOptions(after, released)?.options ?? [], ["C"]), []);
});

test("the smallest edit never cuts an emoji in two", () => {
  for (const [from, to] of [["a😀b", "a😁b"], ["", "x"], ["one two", "one"], ["😀😀", "😀"], ["é", "é"]]) {
    const edit = smallestEdit(from, to);
    assert.equal(edited(from, [edit]), to);
    assert.doesNotMatch(edit.put, /^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/);
  }
});
