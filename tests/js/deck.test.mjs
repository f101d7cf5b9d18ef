/** Flashcards: what stands on them, and in which order new ones come. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder, masked, sides } from "../../js/src/book/deck.js";

const DAY = 86400000;
const now = +new Date(2026, 10, 29, 20);
const all = sides({
  parameters: [],
  words: [
    ["aftercare", "aftercare", "Time after a <em>scene</em>.", "glossary.html#term-aftercare", ["identity/kink"]],
    ["cue", "cue", "Cues start desire.", "glossary.html#term-cue", []],
    ["em", "em", "An <em>em</em> is a tag.", "glossary.html#term-em", []],
  ],
  facts: [["treatments/nitrates", "Never with nitrates.", "They are barred.", "body/treatments.html", "Treatments"]],
});
/** @param {number} days since it was first answered */
const begun = (days) => ({ stability: 1, difficulty: 5, interval: 9, last: now, due: now + DAY, first: now - days * DAY });

test("a word is asked both ways, a fact one way, each with its way back", () => {
  assert.equal(Object.keys(all).length, 7);
  assert.deepEqual([all["word/cue"].front, all["meaning/cue"].back, all["fact/treatments/nitrates"].href],
    ["cue", "cue", "body/treatments.html#facts-at-a-glance"]);
});

test("a meaning does not say the word that it asks for, and tags stay whole", () => {
  assert.equal(all["meaning/cue"].front, "… start desire.");
  assert.equal(all["meaning/em"].front, "An <em>…</em> is a tag.");
  assert.equal(masked("rescue a cue", "cue"), "rescue a …");
});

test("new cards come from pages that were read first; a meaning comes on a later day than its word", () => {
  const [first, ...rest] = inOrder(all, new Set(["identity/kink"]), "", {}, now);
  assert.equal(first, "word/aftercare");
  assert.equal(rest.filter((name) => name.startsWith("meaning/")).length, 0);
  const known = (/** @type {number} */ days) =>
    inOrder(all, new Set(), "", { "word/cue": begun(days) }, now).includes("meaning/cue");
  assert.deepEqual([known(0), known(1)], [false, true]);
});

test("one deck alone can be asked, meanings too; what has begun stays asked", () => {
  assert.equal(inOrder(all, new Set(), "meaning", {}, now).length, 3);
  assert.deepEqual(inOrder(all, new Set(), "fact", {}, now), ["fact/treatments/nitrates"]);
  assert.ok(inOrder(all, new Set(), "", { "meaning/cue": begun(3) }, now).includes("meaning/cue"));
});
