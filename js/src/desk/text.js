/* The text of an answer cell. The notebook stays the record: an answer is the `x` in `- [x] **B.** ...`, and nothing
   but the brackets or the text of a reflection is ever changed. Pure. */

import { typeset } from "./quotes.js";

/** @typedef {{ letter: string, text: string, marked: boolean, at: number, length: number }} CellOption */
/** @typedef {{ at: number, length: number, put: string }} Edit */

// What counts as an option line and as a mark is the same as for scoring (grader/notebook/answer_lines.py): what we
// show is what is scored.
const OPTION = /^(\s{0,3}(?:[-*+•]\s*)?\[)([^\]]{0,3})\]\s*(?:\*\*)?([A-L])[.)](?:\*\*)?(?:\s+(.*))?$/;
const LIKE_AN_OPTION = /^\s*(?:[-*+•]\s*\[|\[[^\]]*\]\s*\*{0,2}[A-L][.)])/;
const KINDS = ["xX☒хХ", "✗✘", "✓✔☑*vV"]; // two are Cyrillic; where kinds stand side by side, a cross may mean no
const YES = [...KINDS.join("")];
const NO = ["", "_"];
const LETTERS = "ABCDEFGHIJKL";

/** The options of an answer cell and any other lines in it; null when the text is not (or no longer) the options that
 * were released, in their words and under their letters, or where an answer may have been typed beside them: a person
 * who reads it would see more than marks.
 * @param {string} source
 * @param {string[]} released the texts of the options, in the order of their letters
 * @returns {{ options: CellOption[], others: string[] } | null} */
export function readOptions(source, released) {
  /** @type {CellOption[]} */
  const options = [];
  /** @type {string[]} */
  const others = [];
  /** @type {Set<string | undefined>} */
  const kinds = new Set();
  for (const { 0: line, index } of source.matchAll(/[^\r\n]+/g)) {
    const found = OPTION.exec(line);
    const mark = found ? found[2].trim() : "";
    if (YES.includes(mark)) kinds.add(KINDS.find((kind) => kind.includes(mark)));
    if (found && [...YES, ...NO].includes(mark)) {
      const [, before, { length }, letter, text = ""] = found;
      // `at` and `length` are the place between the brackets: the only characters that we ever change.
      options.push({ letter, text: unescaped(text), marked: YES.includes(mark), at: index + before.length, length });
    } else if (LIKE_AN_OPTION.test(line)) {
      return null;
    } else if (line.trim()) {
      others.push(line.trim());
    }
  }
  /** @param {string} letter */
  const releasedText = (letter) => unescaped(released[LETTERS.indexOf(letter)] ?? "");
  const letters = new Set(options.map((option) => option.letter));
  const whole = released.length === options.length && letters.size === options.length
    && options.every(({ letter, text }) => squeezed(text) === squeezed(releasedText(letter)));
  const typed = others.length > 0 && !options.some((option) => option.marked);
  return whole && !typed && kinds.size < 2 ? { options, others } : null;
}

/** @param {string} text */
const squeezed = (text) => text.replace(/\s+/g, " ").trim();
/** @param {string} text */
const unescaped = (text) => text.replace(/\\([!-\/:-@[-`{-~])/g, "$1").trim();

/** The edits that leave exactly `letters` marked. Brackets that already say so are not touched.
 * @param {CellOption[]} options @param {string[]} letters @returns {Edit[]} */
export function editsToMark(options, letters) {
  return options
    .filter((option) => option.marked !== letters.includes(option.letter))
    .map((option) => ({ at: option.at, length: option.length, put: option.marked ? " " : "x" }));
}

/** The one edit that turns `from` into `to`, as small as possible, so that others may type in the cell too.
 * @param {string} from @param {string} to @returns {Edit} */
export function smallestEdit(from, to) {
  const most = Math.min(from.length, to.length);
  let head = 0;
  while (head < most && from[head] === to[head]) head++;
  let tail = 0;
  while (tail < most - head && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail++;
  // An emoji is two code units; cutting between them would store a broken character.
  if (head && /[\uD800-\uDBFF]/.test(from[head - 1])) head--;
  if (tail && /[\uDC00-\uDFFF]/.test(from[from.length - tail])) tail--;
  return { at: head, length: from.length - head - tail, put: to.slice(head, to.length - tail) };
}

/** What a reflection holds as long as nothing is written. */
export const PLACEHOLDER = "*Write your answer here.*";
/** @param {string} source */
export const isPlaceholder = (source) => ["", PLACEHOLDER].includes(source.trim());

/** @param {string} text */
export const withoutCr = (text) => text.replace(/\r\n?/g, "\n");
/** @param {string} text */
export const countWords = (text) => (text.match(/\S+/g) || []).length;
/** @param {string} text */
const plain = (text) => typeset(text.replace(/[*_`]/g, "").replace(/\s+/g, " ").trim());
/** The words of the first heading. @param {string} source */
export const headingOf = (source) => plain((/^#+[ \t]+(.+)$/m.exec(source) || [])[1] || "");
/** What a question or a reflection is called, by the cell that asks it. @param {string} source */
export const calledIn = (source) =>
  headingOf(source).replace(/ {1,9}\([^()]{0,80}\)$/, "").replace(/^[^:]{1,40}: /, "");
/** The last words in bold: what a question asks. @param {string} source */
export const boldOf = (source) => plain([...source.matchAll(/\*\*(.+?)\*\*/gs)].map((found) => found[1]).pop() || "");
