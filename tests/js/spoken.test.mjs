/** A page's text as a voice says it; two tabs' words in one note. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { joinedText } from "../../js/src/book/note-text.js";
import { CITED, sentences, withoutCitations } from "../../js/src/book/spoken.js";

const [from, to] = CITED;

test("citations in brackets are not said, with what else the bracket holds; a name in the sentence is", () => {
  assert.equal(withoutCitations(`Pain lasts (${from}Kuo, 2009${to}; ${from}Lee, 2016${to}, p. 4).  Ask.`), "Pain lasts. Ask.");
  assert.equal(withoutCitations(`${from}Kuo (2009)${to} asked (twice).`), "Kuo asked (twice).");
  assert.equal(withoutCitations(`(two) and (${from}Kuo, 2009${to})`), "(two) and");
});

test("a text is said sentence by sentence", () => {
  assert.deepEqual(sentences("“Which do I begin with?” He looks. Of men 52.5 % had it."),
    ["“Which do I begin with?”", "He looks.", "Of men 52.5 % had it."]);
  assert.deepEqual(sentences(""), []);
});

test("what one tab wrote stands; what both wrote stands one below the other", () => {
  assert.equal(joinedText("a", "a b", "a"), "a b");
  assert.equal(joinedText("a", "a", "a c"), "a c");
  assert.equal(joinedText("a", "a b", "a c"), "a c\n\na b");
  assert.equal(joinedText("a", "a c d", "a c"), "a c d");
  assert.equal(joinedText("a", "", "a"), "");
});
