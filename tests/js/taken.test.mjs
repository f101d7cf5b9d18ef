import assert from "node:assert/strict";
import { test } from "node:test";
import { editsOf, planOf, readTaken } from "../../js/src/desk/taken.js";

const OPTIONS = ["To wait", "To ask", "To refer"];
/** @param {string} marked */
const question = (marked, options = OPTIONS) => options.map((text, at) =>
  `- [${marked.includes("ABC"[at]) ? "x" : " "}] **${"ABC"[at]}.** ${text}`).join("\n");
const EMPTY = "*Write your answer here.*";

/** @param {string} role @param {string} name @param {string} source @returns {any} */
const cell = (role, name, source) => ({ cell_type: "markdown", source: source.split(/(?<=\n)/),
  metadata: { candor: { role, options: OPTIONS }, nbgrader: { grade_id: name } } });

/** @param {any[]} cells */
const file = (cells, assignment = "holding") => JSON.stringify({ metadata: { candor: { assignment } }, cells });

/** @param {Record<string, string>} answers */
const filled = (answers) => file(Object.entries(answers).flatMap(([name, source]) => [
  cell(source.startsWith("- [") ? "ask" : "prompt", `${name}--ask`, `### ${name.toUpperCase()} (2 points)`),
  cell(source.startsWith("- [") ? "answer" : "reflection", name, source)]));

/** @param {string} name @param {string} source */
const here = (name, source) => ({ name, title: name, sources: [source],
  released: source.startsWith("- [") ? OPTIONS : null });

/** @param {string} text @param {import("../../js/src/desk/taken.js").Here[]} all */
function planned(text, ...all) {
  const taken = readTaken(text, "holding");
  assert.ok(!taken.why);
  return planOf(taken.found, all);
}

/** @param {import("../../js/src/desk/taken.js").Step} step what its cells hold after its edits */
const after = (step) => editsOf(step).map((edit, at) => (edit
  ? step.before[at].slice(0, edit.at) + edit.put + step.before[at].slice(edit.at + edit.length) : step.before[at]));

test("an answer comes back where nothing stands, differs where something else does, and is left where it is the same", () => {
  const text = filled({ one: question("B"), two: question("A"), three: question("C"), four: "I would wait.", five: question("") });
  const plan = planned(text, here("one", question("")), here("two", question("C")), here("three", question("C")),
    here("four", EMPTY), here("five", question("A")));
  assert.deepEqual(plan.back.map(({ name }) => name), ["one", "four"]);
  assert.deepEqual(plan.back.flatMap(after), [question("B"), "I would wait."]);
  assert.deepEqual(plan.differ.map(({ name, ours, theirs }) => [name, ours, theirs]), [["two", "C", "A"]]);
  assert.deepEqual(plan.differ.flatMap(after), [question("A")]);
  assert.equal(plan.same, 1);
  assert.deepEqual([plan.gone, plan.changed], [[], []]);
});

test("what is not asked here, or is asked with other options, is named and not taken", () => {
  const text = filled({ old: question("A"), lost: "Some words.", blank: question(""), moved: question("A", ["To go", "To ask", "To refer"]),
    noted: `${question("A")}\n\nand a word` });
  const plan = planned(text, here("moved", question("")), here("noted", question("")));
  assert.deepEqual(plan, { back: [], differ: [], same: 0, alone: 0, gone: ["OLD", "LOST"], changed: ["moved", "noted"] });
});

test("an answer that is only here is counted, and what is unanswered at both places is not", () => {
  const text = filled({ one: question(""), two: EMPTY, three: question(""), four: EMPTY, five: question("A") });
  const plan = planned(text, here("one", question("B")), here("two", "My words."), here("three", question("")),
    here("four", EMPTY), here("five", question("A")), here("new", question("C")), here("newer", question("")));
  assert.deepEqual(plan, { back: [], differ: [], same: 1, alone: 3, gone: [], changed: [] });
});

test("a reflection whose cell was split is one answer", () => {
  const text = file([cell("reflection", "r", "One."), cell("reflection", "r", "Two.")]);
  const split = { name: "r", title: "r", released: null };
  assert.equal(planned(text, { ...split, sources: ["One.", "Two."] }).same, 1);
  const [step] = planned(text, { ...split, sources: ["Other.", "words"] }).differ;
  assert.deepEqual(after(step), ["One.\n\nTwo.", EMPTY]);
  assert.deepEqual(planned(text, { ...split, sources: [EMPTY] }).back.flatMap(after), ["One.\n\nTwo."]);
});

test("a file that is none, or of another assignment, is refused, and says which", () => {
  for (const text of ["", "Receipt\nTrainee: A", "null", "[]", "{}", '{"metadata":null,"cells":7}', file(/** @type {any} */ ("x")),
    '{"metadata":{"candor":{"assignment":{}}},"cells":[]}', "[".repeat(200_000)]) {
    assert.equal(readTaken(text, "holding").why, "text");
  }
  const other = readTaken(file([cell("text", "intro", "# Pain and *arousal*")], "pain"), "holding");
  assert.deepEqual(other, { why: "other", title: "Pain and arousal" });
  assert.equal(/** @type {any} */ (readTaken(file([], "x".repeat(5000)), "holding")).title.length < 100, true);
});

test("of hostile cells nothing is taken but marks and the text of a reflection", () => {
  const cells = [null, 7, { cell_type: "code", source: "import os", metadata: { nbgrader: { grade_id: "one" } } },
    { cell_type: "markdown", source: { a: 1 }, metadata: { nbgrader: { grade_id: "four" } } },
    { ...cell("answer", "one", question("B")), attachments: { "x.png": {} } },
    cell("answer", "__proto__", question("A")), cell("text", "intro", "<script>alert(1)</script>"),
    cell("answer", "two", `${question("A")}\n<img src=x onerror=alert(1)>`)];
  const plan = planned(file(cells), here("one", question("")), here("two", question("")), here("four", EMPTY));
  assert.deepEqual(plan.back.flatMap(after), [question("B")]);
  assert.deepEqual(plan.changed, ["two"]);
  assert.deepEqual(plan.gone, ["__proto__"]);
});
