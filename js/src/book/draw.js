/* Which questions a session asks. Pure: the chance comes from outside. */

import { later, t } from "../words.js";

/** @typedef {import("./types.js").Index} Index */
/** What is known of one's own answers.
 * @typedef {{ answers: Record<string, { got: number }>, flagged: string[] }} Known */

export const COUNTS = [5, 10, 20];

/** What to draw from, by its name: one chapter or part (`chapter:Title`, `part:Title`), or one of these.
 * @typedef {(name: string, card: import("./types.js").Entry, known: Known) => boolean} Fits
 * @type {Record<string, { words: string, fits: Fits }>} */
const KINDS = {
  unseen: { words: later("New questions"), fits: (name, _, { answers }) => !answers[name] },
  missed: { words: later("Missed last time"), fits: (name, _, { answers }) => answers[name]?.got < 1 },
  flagged: { words: later("Flagged questions"), fits: (name, _, { flagged }) => flagged.includes(name) },
  safety: { words: later("Safety questions"), fits: (_, card) => card.safety },
  all: { words: later("The whole book"), fits: () => true },
};

/** The names of the questions that a choice holds.
 * @param {Index} cards @param {string} from @param {Known} known */
export function pool(cards, from, known) {
  const at = from.indexOf(":");
  const [kind, title] = at < 0 ? [from, ""] : [from.slice(0, at), from.slice(at + 1)];
  const fits = KINDS[kind]?.fits ?? ((_, card) => (kind === "part" ? card.part : card.chapter) === title);
  return Object.keys(cards).filter((name) => fits(name, cards[name], known));
}

/** @param {string} from */
export const wordsOf = (from) => (KINDS[from] ? t(KINDS[from].words) : from.slice(from.indexOf(":") + 1));

/** All choices with how many questions each holds: the five kinds, then parts, each with its chapters.
 * @param {Index} cards @param {Known} known
 * @returns {{ title: string, entries: { from: string, words: string, count: number }[] }[]} */
export function choices(cards, known) {
  /** @param {string} from */
  const entry = (from) => ({ from, words: wordsOf(from), count: pool(cards, from, known).length });
  /** @type {Map<string, Set<string>>} */
  const parts = new Map();
  for (const { part, chapter } of Object.values(cards)) parts.set(part, (parts.get(part) ?? new Set()).add(chapter));
  return [
    { title: t("By what you did"), entries: Object.keys(KINDS).map(entry) },
    ...[...parts].map(([part, chapters]) => ({
      title: part,
      entries: [
        { ...entry(`part:${part}`), words: t("All of {part}", { part }) },
        ...[...chapters].map((one) => entry(`chapter:${one}`)),
      ],
    })),
  ];
}

/** `count` names of a pool in a new order: first those that were never answered, then the missed, then the rest.
 * @param {string[]} names @param {number} count @param {Known} known @param {() => number} chance in [0, 1) */
export function draw(names, count, { answers }, chance) {
  /** @param {string} name */
  const rank = (name) => (!answers[name] ? 0 : answers[name].got < 1 ? 1 : 2);
  /** @param {string[]} all @param {(name: string) => number} order */
  const sorted = (all, order) =>
    all.map((name) => ({ name, at: order(name) })).sort((one, other) => one.at - other.at).map(({ name }) => name);
  return sorted(sorted(names, (name) => rank(name) + chance()).slice(0, count), chance);
}
