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

test("each word of a page gives its own sections, however late the page comes", async () => {
  const page = { meta: { address: "c.html", title: "Pain" }, excerpt: "", sub_results: [] };
  const loaded = new Promise((done) => setTimeout(() => done(page), 5));
  /** As Pagefind does it: one object, into which each word writes its own. @param {string} id @param {number} score */
  const has = (id, score) => ({ id: "c", score, data: async () => Object.assign(await loaded, { sub_results: [
    { anchor: { id }, title: id, excerpt: id, weighted_locations: [{ balanced_score: score }] }] }) });
  const parts = [{ raw: has("one", 1), share: 3 }, { raw: has("two", 1), share: 2 }];
  const { sections } = await new Finder("").hit(parts, new Map(), words);
  assert.deepEqual(sections.map(({ href }) => href), ["c.html#one", "c.html#two"]);
});
