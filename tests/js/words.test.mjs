import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { away, date, language, laterIn, list, number, t, tc, tn, woven } from "../../js/src/words.js";
import { speak } from "./support.mjs";

afterEach(() => speak());

test("without a catalogue all is English", () => {
  assert.equal(language(), "en");
  assert.equal(t("Nothing yet."), "Nothing yet.");
  assert.equal(t("{done} of {of} answered", { done: 2, of: 1200 }), "2 of 1200 answered");
  assert.equal(tn("{n} page", "{n} pages", 1), "1 page");
  assert.equal(tn("{n} page", "{n} pages", 0), "0 pages");
  assert.equal(list(["A", "B", "C"]), "A, B, C");
  assert.deepEqual([number(3.666), number(3), number(3, 1), number(1234.5, 0)], ["3.67", "3", "3.0", "1235"]);
  assert.equal(away(2, "day"), "in 2 days");
});

test("a catalogue says it in its language, and what it does not say stays English", () => {
  speak("pt-BR", { "Nothing yet.": "Nada ainda.", "{done} of {of} answered": "{of}, e respondidas: {done}" });
  assert.equal(language(), "pt-BR");
  assert.equal(t("Nothing yet."), "Nada ainda.");
  assert.equal(t("{done} of {of} answered", { done: 2.5, of: 3 }), "3, e respondidas: 2,5");
  assert.equal(t("Erased."), "Erased.");
  assert.equal(tn("{n} page", "{n} pages", 2), "2 pages");
  assert.match(date(Date.UTC(2026, 11, 4, 12), { month: "long", day: "numeric" }), /^4 de dezembro$/);
});

test("one English word for two things has two translations", () => {
  assert.deepEqual([tc("question", "Next"), t(laterIn("cards", "All")), tc("x", "{n} left", { n: 2 })], ["Next", "All", "2 left"]);
  speak("pt-BR", { "question\u0004Next": "Próxima", "passage\u0004Next": "A seguir", "cards\u0004All": "Todos" });
  assert.deepEqual([tc("question", "Next"), tc("passage", "Next"), tc("step", "Next")], ["Próxima", "A seguir", "Next"]);
  assert.equal(t(laterIn("cards", "All")), "Todos");
});

test("a plural has the categories of its language", () => {
  speak("pl", { "{n} page": { one: "{n} strona", few: "{n} strony", many: "{n} stron", other: "{n} strony" } });
  const said = [1, 2, 5, 22, 1.5].map((n) => tn("{n} page", "{n} pages", n));
  assert.deepEqual(said, ["1 strona", "2 strony", "5 stron", "22 strony", "1,5 strony"]);
  speak("pt-BR", { "{n} page": { one: "{n} página", other: "{n} páginas" } });
  assert.equal(tn("{n} page", "{n} pages", 1_000_000), "1000000 páginas"); // the category is `many`
});

test("a translation with a place that the English has not is not shown", () => {
  speak("pt-BR", { "{n} page": { one: "{n} página", other: "{m} páginas" }, "Hello {name}": "Olá {nome}", "Bye": "" });
  assert.equal(t("Hello {name}", { name: "Ana" }), "Hello Ana");
  assert.equal(tn("{n} page", "{n} pages", 2), "2 pages");
  assert.equal(t("Bye"), "Bye");
});

test("what stands in a place is not read as a message", () => {
  assert.equal(t("{title}: {words}", { title: "{words}", words: "$& {title}" }), "{words}: $& {title}");
  assert.equal(t("toString"), "toString");
  assert.equal(t(""), "");
});

test("elements stand where the language puts them", () => {
  const link = /** @type {any} */ ({ a: 1 });
  assert.deepEqual(woven(t("Read on: {link}. {words}"), { link, words: "It" }), ["Read on: ", link, ". ", "It", ""]);
  speak("pt-BR", { "Read on: {link}. {words}": "{words} {link}" });
  assert.deepEqual(woven(t("Read on: {link}. {words}"), { link, words: "It" }), ["", "It", " ", link, ""]);
});
