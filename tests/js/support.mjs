/* What the tests stand on: the corpus that Python reads too, a store, and questions that are made up. */
import { readFileSync, readdirSync } from "node:fs";

const tests = new URL("../", import.meta.url);

/** @param {string} path below tests/ @returns {any} */
export const json = (path) => JSON.parse(readFileSync(new URL(path, tests), "utf8"));
/** @param {string} folder below tests/ */
export const names = (folder) => readdirSync(new URL(folder, tests)).filter((name) => name.endsWith(".json"));

/** Lets our scripts speak another language; without one, English.
 * @param {string} [lang] @param {Record<string, import("../../js/src/messages.d.ts").Message>} [messages] */
export function speak(lang, messages = {}) {
  globalThis.candorWords = lang ? Object.assign({ ...messages }, { "": { lang } }) : undefined;
}

/** A browser's storage, with room for `most` characters. @returns {Storage} */
export function storage(most = Infinity) {
  /** @type {Map<string, string>} */
  const held = new Map();
  const size = () => [...held].reduce((sum, [name, text]) => sum + name.length + text.length, 0);
  return {
    getItem: (name) => held.get(name) ?? null,
    setItem(name, text) {
      const before = held.get(name);
      held.set(name, text);
      if (size() <= most) return;
      if (before === undefined) held.delete(name);
      else held.set(name, before);
      throw new DOMException("no room", "QuotaExceededError");
    },
    removeItem: (name) => void held.delete(name),
    clear: () => held.clear(),
    key: (place) => [...held.keys()][place] ?? null,
    get length() { return held.size; },
  };
}

/** A question with the right options marked, as `card("B")` or `card("AC", 5)`.
 * @param {string} right @param {number} options
 * @param {Partial<import("../../js/src/book/types.js").Card>} more */
export function card(right, options = 4, more = {}) {
  const kind = right.length > 1 ? "all-that-apply" : "one-best-answer";
  const letters = [..."ABCDEFGHIJKL".slice(0, options)];
  const made = letters.map((letter) => ({ text: letter, why: "", right: right.includes(letter) }));
  const words = { story: "", ask: "", explain: "", unless: "", sources: [], gate: "", objective: "To know" };
  const place = { chapter: "One", part: "First", page: "", section: "", file: "" };
  return { kind, options: made, ...words, ...place, safety: Boolean(more.gate), ...more };
}
