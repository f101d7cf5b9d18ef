/* The rules of guard.json in the desk; the texts of tests/guard are held by test_lab.py in both languages. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { checkIsOff, identifiers, mostTelling, questionOf, useRules } from "../../js/src/desk/guard.js";

const rules = JSON.parse(readFileSync(new URL("../../grader/labextension/static/guard.json", import.meta.url), "utf8"));
/** @param {string} text @param {string} [given] */
const marked = (text, given) => identifiers(text, given).map((one) => one.text);

test("nothing is marked before the rules are read", () => assert.deepEqual(marked("Mr Delgado rang."), []));

test("what may identify a client is marked, in its place", () => {
  useRules(rules);
  assert.deepEqual(marked("Mr Delgado rang."), ["Mr Delgado"]);
  assert.deepEqual(marked("Write to anna@example.org on 14 March 2024."), ["anna@example.org", "14 March 2024"]);
  const text = "On file: 123-45-6789.";
  const [{ start, end }] = identifiers(text);
  assert.equal(text.slice(start, end), "123-45-6789");
  assert.deepEqual(marked("I would slow down and ask what she wants."), []);
});

test("a name that the exercise gives is nobody's", () => {
  assert.deepEqual(marked("Mr Delgado rang.", "Mr Delgado's brother came."), []);
});

test("a rule that this engine cannot read takes no other with it, and that is said", () => {
  useRules({ ...rules, rules: [{ kind: "odd", pattern: "(", why: "", better: "" }, ...rules.rules] });
  assert.deepEqual(marked("Mr Delgado rang."), ["Mr Delgado"]);
  assert.match(checkIsOff(), /odd/);
});

test("the softer tier asks, and is silent about what the exercise or the library says", () => {
  useRules(rules);
  const [one] = identifiers("I thought of Wilhelmina in the tram.");
  assert.deepEqual([one?.text, one?.sure], ["Wilhelmina", false]);
  assert.deepEqual(marked("I thought of Grace Okoro."), ["Grace Okoro"]);
  assert.deepEqual(marked("I thought of Wilhelmina in the tram.", "Wilhelmina, 40, came alone."), []);
  assert.deepEqual(marked("I'd say that Kaplan and Basson disagree."), []);
});

for (const name of ["whole-texts", "hard-texts", "kinds", "afterwards", "strangers", "countries", "places"]) {
  test(`whole texts: ${name}`, () => {
    const lines = readFileSync(new URL(`../guard/${name}.txt`, import.meta.url), "utf8").split("\n");
    const found = (/** @type {string} */ sign) => lines.filter((line) => line.startsWith(sign))
      .map((line) => marked((line.split(" | ")[1] ?? "").replaceAll("\\n", "\n")).length > 0);
    const share = (/** @type {boolean[]} */ all) => all.filter(Boolean).length / all.length;
    assert.ok(share(found("+")) >= 0.95);
    assert.ok(share(found("-")) <= 0.02);
  });
}

test("a question fits what it asks about", () => {
  for (const one of identifiers("His divorce was in all the papers. Nkechi came late. She is the only vet on the island.")) {
    assert.ok(questionOf(one.kind), one.kind);
  }
});

test("what tells most of a person is brought up first, the sure marks before those that are asked about", () => {
  /** @type {[string, string[]][]} */
  const all = [
    ["I thought of Wilhelmina. My client works at the mill in Kettering. I thought of Grace Okoro.",
      ["Grace Okoro", "Wilhelmina", "Kettering"]],
    ["My client lives in Kettering. I thought of Grace Okoro.", ["Grace Okoro", "Kettering"]],
    ["My client came on 14 March 2024. I thought of Grace Okoro. Mr Delgado rang.", ["Mr Delgado", "Grace Okoro", "14 March 2024"]],
    ["She moved back to Lisbon on 14 March 2024. I thought of Wilhelmina.", ["14 March 2024", "Wilhelmina", "Lisbon"]],
  ];
  for (const [text, wanted] of all) {
    assert.deepEqual(identifiers(text).sort(mostTelling).map((one) => one.text), wanted, text);
  }
});

test("every kind has its place in that order", () => {
  const kinds = [...rules.rules.map((/** @type {{ kind: string }} */ { kind }) => kind), rules.soft.kind, rules.beside.kind,
    ...rules.facts.kinds];
  const found = (/** @type {string} */ kind) => ({ kind, text: "x", start: 0, end: 1, why: "", better: "", sure: true });
  for (const kind of kinds) assert.ok(mostTelling(found("no kind"), found(kind)) < 0, kind);
});
