/* What a page's hit shows of its sections. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Finder } from "../../js/src/book/finding.js";
import { Words } from "../../js/src/book/query.js";

const words = new Words({ ignore: [], same: [], words: { tablets: 3 }, places: {
  "a.html": ["Medicines", "medicines"],
  "a.html#dry": ["Dryness", "dryness", "vagifem"],
  "b.html#dry": ["Elsewhere", "vagifem"],
} });
const raw = { id: "1", score: 1, data: async () => ({ meta: { address: "a.html", title: "Medicines" }, excerpt: "",
  sub_results: [] }) };

test("a section is shown that is known by a word which its text does not say", async () => {
  const known = words.known(words.understand("Vagifem"));
  const hit = await new Finder("../").hit([{ raw, share: 1 }], known, words);
  assert.deepEqual(hit.sections.map(({ href, title }) => [href, title]), [["../a.html#dry", "Dryness"]]);
  assert.deepEqual((await new Finder("").hit([{ raw, share: 1 }], new Map(), words)).sections, []);
});
