/** What the search makes of words: the other English, a wrong letter, lay words, and what a place is known by. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Words, near, plain, root } from "../../js/src/book/query.js";

const words = new Words({
  ignore: ["cant", "my", "the", "it"],
  same: [["erection", "get it up", "boner"], ["painful sex", "sex hurts"]],
  places: {
    "a.html": ["Erectile difficulties", "erectile difficulties", "erection"],
    "b.html": ["Pain", "genito pelvic pain", "painful sex", "vaginismus"],
    "b.html#one": ["What helps", "what helps", "dilators"],
  },
  words: { erection: 4, behaviour: 9, vaginismus: 3, paediatric: 2, sex: 90, pain: 20, painful: 9, counsellor: 5,
    organise: 3, centre: 4, dilators: 2, counsel: 1, hurts: 3, colour: 5, color: 1 },
});

/** @param {string} text */
const taken = (text) => words.understand(text).mended.map(([, word]) => word);

test("text is compared without case, marks, apostrophes and signs", () => {
  assert.equal(plain("Can’t  COME: Ünderstand, U=U"), "cant come understand u u");
});

test("forms of a word are one", () => {
  for (const [one, other] of [["cheating", "cheated"], ["orgasms", "orgasm"], ["desires", "desire"]]) {
    assert.equal(root(one), root(other));
  }
  assert.notEqual(root("conversation"), root("conversion"));
});

test("a letter left out, put in, changed or turned about is one step", () => {
  for (const wrong of ["vaginismis", "vaginsmus", "vaginnismus", "vaginsimus"]) {
    assert.equal(near(wrong, "vaginismus", 2), 1, wrong);
    assert.deepEqual(taken(wrong), ["vaginismus"]);
  }
});

test("the other English is understood, and what is known or far from all is left", () => {
  assert.deepEqual(taken("behavior pediatric counselor organize center"),
    ["behaviour", "paediatric", "counsellor", "organise", "centre"]);
  assert.deepEqual(taken("erection"), []);
  assert.deepEqual(taken("color"), ["colour"]); // both are there, the British more often
  assert.deepEqual(taken("xyzzyqwerty"), []);
});

test("lay words stand for the book's own, which count most", () => {
  const { terms, readings } = words.understand("My boyfriend can't get it up");
  assert.equal(terms.get("erection"), 1);
  assert.ok(readings[1].includes("erection"));
  assert.ok((terms.get("get") ?? 0) < 1);
});

test("a place that is known by just these words comes first", () => {
  const known = words.known(words.understand("sex hurts"));
  assert.equal([...known].sort((one, other) => other[1] - one[1])[0][0], "b.html");
  assert.equal(words.known(words.understand("vaginismis")).get("b.html"), 1);
  assert.equal(words.known(words.understand("dilators")).get("b.html#one"), 1);
  assert.equal(words.known(words.understand("zzzz")).size, 0);
});
