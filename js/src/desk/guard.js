/* What may identify a client in a text, by the rules that grader/notebook/guard.py reads, too. Nothing that is written
   leaves this machine. */
import { makeSoft, sentenceAt } from "./guard-soft.js";
import { complain } from "./safely.js";
import { t } from "../words.js";

/** @typedef {{ kind: string, pattern: string, why: string, better: string }} RuleText */
/** @typedef {RuleText & { expression: RegExp }} Rule */
/** @typedef {{ rules: Rule[], wide: string[], figures: string[], soft: ReturnType<typeof makeSoft> }} Rules */
/** `sure`: by a rule; else it is a word that the library does not know.
 * @typedef {{ kind: string, text: string, start: number, end: number, why: string, better: string, sure: boolean }} Found */

/** Where this script was loaded from: the rules lie beside it. */
const { currentScript } = globalThis.document ?? { currentScript: null };
const here = currentScript && "src" in currentScript ? currentScript.src : "";
/** Until they are read, or where they cannot be, nothing is marked. @type {Rules | null} */
let rules = null;
/** What is not looked for here: kinds of rules, or all (null). @type {string[] | null} */
let lost = [];

/** What is not looked for here, in words for the person who writes; "" for nothing. */
export function checkIsOff() {
  if (!lost) return t("The check for what may identify a client is off in this browser.");
  const kinds = lost.map((kind) => t(kind)).join(", ");
  return kinds && t("This browser cannot look for all that may identify a client ({kinds}).", { kinds });
}

/** @param {string | URL} address */
export async function readRules(address = new URL("guard.json", here)) {
  useRules(await (await fetch(address)).json());
}

/** @typedef {import("./guard-soft.js").SoftText} SoftText */
/** @param {{ rules: RuleText[], wide: string[], figures: string[], soft: SoftText }} data what guard.json holds */
export function useRules(data) {
  const all = data.rules.map((rule) => ({ ...rule, expression: compiled(rule.pattern) }));
  const usable = all.flatMap(({ expression, ...rule }) => (expression ? [{ ...rule, expression }] : []));
  rules = { ...data, rules: usable, soft: makeSoft(data.soft) };
  lost = [...new Set(all.filter((rule) => !rule.expression).map((rule) => rule.kind))];
}

/** Null where this browser does not know the pattern: a rule that cannot be used takes no other with it.
 * @param {string} pattern */
function compiled(pattern) {
  try {
    return new RegExp(pattern, "gd");
  } catch (error) {
    complain(error);
    return null;
  }
}

/** @param {unknown} error */
export function rulesAreMissing(error) {
  complain(error);
  lost = null;
}

/** The places in a text that may identify a client, in order. `given` is what the exercise itself says: its people are
 * invented.
 * @param {string} text */
export function identifiers(text, given = "") {
  /** @type {Found[]} */
  const found = [];
  if (!rules) return found;
  for (const { kind, expression, why, better } of rules.rules) {
    for (const match of text.matchAll(expression)) {
      const [start, end] = match.indices?.slice(1).filter(Boolean).pop() || match.indices?.[0] || [0, 0];
      const words = text.slice(start, end);
      const wide = kind === "place" && rules.wide.includes(words);
      if (wide || rules.figures.includes(words) || isGiven(words, given)) continue;
      if (rules.soft.nobodys(kind, sentenceAt(text, start))) continue;
      if (found.some((one) => start < one.end && one.start < end)) continue;
      found.push({ kind, text: words, start, end, why, better, sure: true });
    }
  }
  const { kind, why, better, spans } = rules.soft;
  const said = wordsOf(given);
  for (const [start, end] of spans(text, (word) => said.has(word))) {
    if (found.some((one) => start < one.end && one.start < end)) continue;
    found.push({ kind, text: text.slice(start, end), start, end, why, better, sure: false });
  }
  return found.sort((one, other) => one.start - other.start);
}

/** Whether the exercise says the same: every word with a capital or a figure stands in it.
 * @param {string} words @param {string} given */
function isGiven(words, given) {
  const telling = words.match(/[A-ZÀ-ÖØ-Þ0-9][A-Za-z0-9_À-ÖØ-öø-ÿ'’-]*/g) || [];
  const known = wordsOf(given);
  return telling.length > 0 && telling.every((word) => known.has(bare(word)));
}

/** "Anna's" is Anna. @param {string} word */
const bare = (word) => word.replace(/^['’-]+|['’]s$|['’-]+$/g, "");

/** @param {string} given */
const wordsOf = (given) => new Set((given.match(/[A-Za-z0-9_À-ÖØ-öø-ÿ'’-]+/g) || []).map(bare));
