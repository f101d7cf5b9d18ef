import assert from "node:assert/strict";
import { test } from "node:test";
import { away, dueOf, dueWords } from "../../js/src/desk/due.js";
import { json, speak } from "./support.mjs";

const at = (/** @type {string} */ words) => Date.parse(words);
const said = { due: "2026-12-04T17:00:00Z", late: "none" };

test("a date is told in the reader's zone, with how far away it is", () => {
  const one = dueOf(said, "");
  const now = at("2026-12-02T12:00:00Z");
  assert.match(dueWords(one, now, 0, "Europe/Berlin"), /^Due in 2 days: Friday.* 4 December.*18:00.*\.$/);
  assert.match(dueWords(one, now, 0, "Asia/Tokyo"), /^Due in 3 days: Saturday.* 5 December.*02:00/);
  assert.match(dueWords(one, now, 0, "America/Los_Angeles"), /^Due in 2 days: Friday.* 4 December.*09:00/);
  assert.match(dueWords(one, at("2026-12-04T15:30:00Z"), 0, "UTC"), /^Due in 1 hour:/);
  assert.match(dueWords(one, at("2026-12-04T16:59:59Z"), 0, "UTC"), /^Due in 1 minute:/);
  assert.match(dueWords(one, at("2026-02-01T00:00:00Z"), 0, "UTC"), /2026/);
});

test("what lateness costs is said before and after", () => {
  const zero = dueOf({ ...said, late: "zero" }, "");
  assert.match(dueWords(zero, at("2026-12-01T00:00:00Z")), /What comes later scores nothing\.$/);
  assert.match(dueWords(zero, at("2026-12-04T20:10:00Z")), /^Late since .*\(3 hours ago\)\. What comes now scores nothing\.$/);
  assert.match(dueWords(dueOf(said, ""), at("2026-12-06T20:00:00Z"), 0, "UTC"), /\(2 days ago\)\. Hand it in all the same\.$/);
});

test("an extension moves it, and one that is no later does not", () => {
  const more = dueOf(said, "2026-12-08T17:00Z");
  assert.match(dueWords(more, at("2026-12-06T12:00:00Z"), 0, "UTC"), /^With your extension due in 2 days: Tuesday.* 8 December/);
  assert.match(dueWords(more, at("2026-12-09T12:00:00Z"), 0, "UTC"), /^Late since Tuesday/);
  assert.match(dueWords(dueOf(said, "2026-12-01T17:00Z"), at("2026-12-02T12:00:00Z")), /^Due in /);
});

test("a file that was downloaded in time is not called late", () => {
  const words = dueWords(dueOf(said, ""), at("2026-12-06T12:00:00Z"), at("2026-12-04T16:00:00Z"));
  assert.match(words, /^It was due .*You downloaded your file before that\.$/);
  assert.match(dueWords(dueOf(said, ""), at("2026-12-06T12:00:00Z"), at("2026-12-05T16:00:00Z")), /^Late since/);
});

test("what is no date says nothing", () => {
  for (const odd of [null, {}, { due: "soon" }, { due: 5 }, { due: "2026-99-99T00:00:00Z" }, []]) {
    assert.equal(dueWords(dueOf(odd, ""), Date.now()), "");
  }
  assert.equal(dueOf(said, "<b>")?.until, 0);
  assert.equal(away(1000, 0, "UTC"), "in 1 minute");
});

test("in another language the whole sentence is in it, with its dates", () => {
  const { "": head, ...messages } = json("../grader/labextension/static/words.json")["pt-BR"];
  speak(head.lang, messages);
  const one = dueOf({ ...said, late: "zero" }, "");
  const words = dueWords(one, at("2026-12-02T12:00:00Z"), 0, "America/Sao_Paulo");
  assert.match(words, /^Prazo em 2 dias: sexta-feira, 4 de dezembro.*14:00.*\. O que chegar depois não pontua\.$/);
  assert.match(dueWords(one, at("2026-12-04T20:10:00Z"), 0, "UTC"), /^Em atraso desde .*\(há 3 horas\)\. /);
  speak();
});
