/* What may identify a client in a text, by the rules that grader/notebook/guard.py reads, too. Nothing that is written
   leaves this machine. */
import { makeFacts } from "./guard-facts.js";
import { folded, makeSoft, NAME, NEAR, PLACE, sentenceAt } from "./guard-soft.js";
import { complain } from "./safely.js";
import { t } from "../words.js";

/** @typedef {"with" | "without" | "not before"} Side what must stand in the sentence of a mark, what must not, and what
 * must not stand before it: names of signs */
/** @typedef {{ kind: string, pattern: string, why: string, better: string, ask?: boolean, tells?: string } & { [side in Side]?: string[] }} RuleText */
/** @typedef {RuleText & { expression: RegExp, fits: (sentence: string, before: string) => boolean }} Rule */
/** @typedef {{ rules: Rule[], wide: string[], figures: string[], cities: Set<string>,
 *   beside: { expression: RegExp | null, why: string, better: string, tells?: string }, soft: ReturnType<typeof makeSoft>, facts: ReturnType<typeof makeFacts> }} Rules */
/** `sure`: by a rule; else it is a question.
 * @typedef {{ kind: string, text: string, start: number, end: number, why: string, better: string, sure: boolean }} Found */

/** Kinds of marks that are one person's alone, whoever that is: nothing speaks for leaving them. */
const ALONE = ["record number", "e-mail", "telephone", "handle", "address", "date of birth", "number plate", "web address",
  "network address"];
export const tellsAlone = (/** @type {Found} */ { kind, sure }) => sure && ALONE.includes(kind);

/** Kinds of marks, from what tells most of who a person is. */
const TELLING = ["name", "record number", "e-mail", "telephone", "handle", "address", "date of birth", "number plate",
  "web address", "network address", NAME, "known to the public", "one of a kind", "postcode", "place", PLACE, "age over 89", "date"];

/** Where this script was loaded from: the rules lie beside it. */
const { currentScript } = globalThis.document ?? { currentScript: null };
export const here = currentScript && "src" in currentScript ? currentScript.src : "";
/** What the softer tier asks, by kind. @type {{ [kind: string]: string }} */
let questions = {};
export const questionOf = (/** @type {string} */ kind) => questions[kind] ?? "";

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
/** @typedef {import("./guard-facts.js").FactsText} FactsText */
/** @typedef {{ [name: string]: string }} Texts */
/** @typedef {{ parts: Texts, signs: Texts, rules: RuleText[], beside: RuleText, questions: Texts, wide: string[], figures: string[],
 *   soft: SoftText, facts: FactsText, names: string, words: string, plain: string, cities: string }} RulesText what guard.json holds */

/** @param {RulesText} data */
export function useRules(data) {
  const signs = Object.fromEntries(
    Object.entries(data.signs).map(([name, text]) => [name, compiled(whole(text, data.parts), "")]),
  );
  /** @param {string} text @param {string[]} [names] */
  const says = (text, names = []) => names.map((name) => signs[name]?.test(text) ?? false);
  const all = data.rules.map((rule) => ({
    ...rule,
    expression: compiled(whole(rule.pattern, data.parts), "gd"),
    fits: (/** @type {string} */ sentence, /** @type {string} */ before) => says(sentence, rule.with).every(Boolean)
      && !says(sentence, rule.without).some(Boolean) && !says(before, rule["not before"]).some(Boolean),
  }));
  const usable = all.flatMap(({ expression, ...rule }) => (expression ? [{ ...rule, expression }] : []));
  const { wide, figures } = data;
  const cities = listed(data.cities);
  questions = data.questions;
  const soft = makeSoft(data.soft, listed(data.names), listed(data.words), listed(data.plain), cities);
  const facts = makeFacts(data.facts, (pattern) => compiled(whole(pattern, data.parts), "gd"));
  const beside = { ...data.beside, expression: compiled(whole(data.beside.pattern, data.parts), "d") };
  rules = { wide, figures, cities, rules: usable, beside, soft, facts };
  lost = [...new Set(all.filter((rule) => !rule.expression).map((rule) => rule.kind))];
}

/** The words of a sorted list: each is written as how many letters it shares with the one before, and its others.
 * @param {string} coded */
function listed(coded) {
  let word = "";
  return new Set([...coded.matchAll(/([0-9])([^0-9]*)/g)].map(([, shared = "", rest = ""]) => {
    word = word.slice(0, Number(shared)) + rest;
    return word;
  }));
}

/** A pattern in which each «part» is what the file says of it; parts may name parts. @param {string} pattern
 * @param {Texts} parts @returns {string} */
function whole(pattern, parts) {
  if (!pattern.includes("«")) return pattern;
  return whole(pattern.replace(/«([a-z]+)»/g, (_, name) => parts[name] ?? ""), parts);
}

/** Null where this browser does not know the pattern: a rule that cannot be used takes no other with it.
 * @param {string} pattern @param {string} flags */
function compiled(pattern, flags) {
  try {
    return new RegExp(pattern, flags);
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
  const { beside, soft, facts, wide } = rules;
  const said = new Set([...wordsOf(given), ...soft.invented(text).map(bare)]);
  /** @param {number} start @param {number} end */
  const taken = (start, end) => found.some((one) => start < one.end && one.start < end);
  for (const { kind, expression, why, better, ask, tells, fits } of rules.rules) {
    for (const match of text.matchAll(expression)) {
      const [start, end] = match.indices?.slice(1).filter(Boolean).pop() || match.indices?.[0] || [0, 0];
      const words = text.slice(start, end);
      const isCity = (/** @type {string} */ word) => rules?.cities.has(folded(word));
      const large = kind === "place" && (wide.includes(words) || words.split(" ").every(isCity));
      if (large || (tells && !soft.tellsWhere(words, wide, said, tells)) || rules.figures.includes(words) || isGiven(words, said)) continue;
      if (taken(start, end) || soft.nobodys(kind, text, start)) continue;
      const [first, last] = sentenceAt(text, start);
      if (!fits(text.slice(first, last), text.slice(first, end))) continue;
      found.push({ kind, text: words, start, end, why, better, sure: !ask });
    }
  }
  const { why, better } = soft;
  for (const [start, end] of soft.spans(text, (word) => said.has(word))) {
    if (!taken(start, end)) found.push({ kind: NAME, text: text.slice(start, end), start, end, why, better, sure: false });
  }
  for (const { end: from } of found.filter(({ kind }) => kind === "name" || kind === NAME)) {
    const [start, end] = (beside.expression?.exec(text.slice(from, from + NEAR))?.indices?.[1] ?? []).map((at) => from + at);
    if (start === undefined || end === undefined || taken(start, end)) continue;
    const words = text.slice(start, end);
    if (!soft.tellsWhere(words, wide, said, beside.tells ?? "")) continue;
    found.push({ kind: PLACE, text: words, start, end, why: beside.why, better: beside.better, sure: false });
  }
  for (const { kind, start, end } of facts.places(text, said)) {
    if (taken(start, end) || soft.nobodys("name", text, start)) continue;
    found.push({ kind, text: text.slice(start, end), start, end, why: facts.why, better: facts.better, sure: false });
  }
  return found.sort((one, other) => one.start - other.start);
}

/** A name in full, and not a given name alone. @param {Found} one */
const isFull = ({ kind, text }) => ["name", NAME].includes(kind) && /\S\s\S/.test(text);

/** The order in which marks are brought up: the sure ones first, and with them a name in full, of which nobody need be sure;
 * of these what tells most of a person. @param {Found} one @param {Found} other */
export function mostTelling(one, other) {
  const place = (/** @type {Found} */ found) =>
    (found.sure || isFull(found) ? 0 : TELLING.length) + TELLING.indexOf(found.kind) - (isFull(found) ? 0.5 : 0);
  return place(one) - place(other);
}

/** Whether the exercise says the same: every word with a capital or a figure stands in it.
 * @param {string} words @param {Set<string>} said */
function isGiven(words, said) {
  const telling = words.match(/[A-ZÀ-ÖØ-Þ0-9][A-Za-z0-9_À-ÖØ-öø-ÿ'’-]*/g) || [];
  return telling.length > 0 && telling.every((word) => said.has(bare(word)));
}

/** "Anna's" is Anna. @param {string} word */
const bare = (word) => word.replace(/^['’-]+|['’]s$|['’-]+$/g, "");

/** @param {string} given */
const wordsOf = (given) => new Set((given.match(/[A-Za-z0-9_À-ÖØ-öø-ÿ'’-]+/g) || []).map(bare));
