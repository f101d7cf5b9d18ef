/* What a file has for the assignment that is open. The file may be anything: only the text of answer cells is ever taken
   from it, and of a question only its marks, where its options are those that stand here. Pure. */
import { ANSWERED } from "./cell.js";
import {
  calledIn, countWords, editsToMark, headingOf, isPlaceholder, PLACEHOLDER, readOptions, smallestEdit, withoutCr,
} from "./text.js";

export const LARGEST = 20_000_000; // bytes, as in grader/notebook/intake.py
const LONGEST_TITLE = 80; // signs of what a file calls something

/** A cell of a file that may be an answer. `title`: the heading of what it answers.
 * @typedef {{ name: string, role: string, source: string, title: string }} Found */
/** What stands here under one name; a cell that was split is several.
 * @typedef {{ name: string, title: string, sources: string[], released: string[] | null }} Here */
/** An answer that the file has. `after`: what its cells are to hold; `ours`, `theirs`: what stands here and in the file,
 * letters of a question, or how many words.
 * @typedef {{ name: string, title: string, before: string[], after: string[], ours: string | number, theirs: string | number }} Step */
/** `back`: nothing stands here; `differ`: something else does; `same`: how many are here already; `alone`: how
 * many are here and not in the file; `gone`, `changed`: what the file answers and this assignment does not ask, or asks with
 * other options.
 * @typedef {{ back: Step[], differ: Step[], same: number, alone: number, gone: string[], changed: string[] }} Plan */

/** @param {unknown} one @param {string} name @returns {unknown} */
const inside = (one, name) => (one && typeof one === "object" && Object.hasOwn(one, name)
  ? /** @type {Record<string, unknown>} */ (one)[name] : undefined);

/** @param {unknown} value */
const words = (value) => (typeof value === "string" ? value : "");

/** @param {unknown} cell */
function textOf(cell) {
  const source = inside(cell, "source");
  return withoutCr(Array.isArray(source) ? source.map(words).join("") : words(source));
}

/** The answers of a file, or why it has none for this assignment: `text` (no notebook), `other` (of another one, called
 * `title`).
 * @param {string} text @param {string} assignment
 * @returns {{ found: Found[], why?: undefined } | { why: "text" | "other", title: string }} */
export function readTaken(text, assignment) {
  let notebook;
  try {
    notebook = JSON.parse(text);
  } catch {
    return { why: "text", title: "" };
  }
  const of = inside(inside(inside(notebook, "metadata"), "candor"), "assignment");
  const cells = inside(notebook, "cells");
  if (typeof of !== "string" || !Array.isArray(cells)) return { why: "text", title: "" };
  if (of !== assignment) return { why: "other", title: short(headingOf(textOf(cells[0])) || of) };
  /** @type {Found[]} */
  const found = [];
  let title = "";
  for (const cell of cells) {
    const metadata = inside(cell, "metadata");
    const role = words(inside(inside(metadata, "candor"), "role"));
    const name = words(inside(inside(metadata, "nbgrader"), "grade_id"));
    if (["ask", "prompt"].includes(role)) title = short(calledIn(textOf(cell)));
    if (name && inside(cell, "cell_type") === "markdown") found.push({ name, role, source: textOf(cell), title });
  }
  return { found };
}

/** @param {string} text */
const short = (text) => (text.length > LONGEST_TITLE ? `${text.slice(0, LONGEST_TITLE)} …` : text);

/** Whether anything was answered, of a cell about which nothing else is known. @param {{ role: string, source: string }} one */
const begun = ({ role, source }) => (role === "answer" ? /\[\s?[xX]\s?\]/.test(source)
  : ANSWERED.includes(role) && !isPlaceholder(source));

/** @param {Here} one */
const stands = ({ sources, released }) => sources.some((source) => begun({ role: released ? "answer" : "reflection", source }));

/** What of a file would come to stand here, and what would not. @param {Found[]} found @param {Here[]} here @returns {Plan} */
export function planOf(found, here) {
  /** @type {Plan} */
  const plan = { back: [], differ: [], same: 0, alone: 0, gone: [], changed: [] };
  for (const one of here) {
    const sources = found.filter(({ name }) => name === one.name).map(({ source }) => source);
    const step = !sources.length ? undefined : one.released ? ofQuestion(one, sources, one.released) : ofReflection(one, sources);
    if (step === null) plan.changed.push(one.title);
    else if (!step) plan.alone += stands(one) ? 1 : 0;
    else if (step.ours === step.theirs && same(step)) plan.same += 1;
    else (step.ours ? plan.differ : plan.back).push(step);
  }
  const known = new Set(here.map(({ name }) => name));
  for (const one of found) {
    if (!known.has(one.name) && begun(one)) plan.gone.push(one.title || short(one.name));
  }
  return plan;
}

/** @param {Step} step */
const same = (step) => step.before.every((text, at) => text === step.after[at]);

/** Undefined: nothing was answered; null: it is another question by now, or more than marks stands at it.
 * @param {Here} one @param {string[]} sources @param {string[]} released @returns {Step | null | undefined} */
function ofQuestion({ name, title, sources: before }, sources, released) {
  const [theirs, ...more] = sources.map((source) => readOptions(source, released));
  const ours = before.map((source) => readOptions(source, released));
  if (!theirs || theirs.others.length || more.length || ours.length !== 1 || !ours[0]) return null;
  const letters = marksOf(theirs.options);
  if (!letters.length) return undefined;
  const after = [edited(before[0], editsToMark(ours[0].options, letters))];
  return { name, title, before, after, ours: marksOf(ours[0].options).join(", "), theirs: letters.join(", ") };
}

/** @param {import("./text.js").CellOption[]} options */
const marksOf = (options) => options.filter(({ marked }) => marked).map(({ letter }) => letter);

/** @param {string} source @param {import("./text.js").Edit[]} edits */
const edited = (source, edits) => [...edits].reverse()
  .reduce((text, { at, length, put }) => text.slice(0, at) + put + text.slice(at + length), source);

/** All of it stands in the first cell then: where one was split, the others are empty.
 * @param {Here} one @param {string[]} sources @returns {Step | undefined} */
function ofReflection({ name, title, sources: before }, sources) {
  const written = (/** @type {string[]} */ texts) => texts.map(withoutCr).filter((text) => !isPlaceholder(text)).join("\n\n");
  const [ours, theirs] = [written(before), written(sources)];
  if (!theirs.trim()) return undefined;
  const after = ours.trim() === theirs.trim() ? before : before.map((_, at) => (at ? PLACEHOLDER : theirs));
  return { name, title, before, after, ours: countWords(ours), theirs: countWords(theirs) };
}

/** The edits that a step makes in the cells of its name, one for each; null where one needs none. @param {Step} step */
export const editsOf = ({ before, after }) =>
  before.map((text, at) => (text === after[at] ? null : smallestEdit(text, after[at])));
