/* What a run comes to, and in what words: made from its answers alone, so that a result can be opened again. Pure. */
import { points } from "./card.js";
import { t, tn } from "../words.js";

/** @typedef {import("./types.js").Row} Row */
/** @typedef {{ got: number, of: number, card: import("./types.js").Card }} Group */

export const SAT = 0.8; // the share of a form that must be answered before its score says anything
export const FEW = 5; // questions, below which a share is no figure
/** Questions from which a likely range is given: with twelve it is narrower than half of the scale whatever the score, with
 * five it would reach from 38 to 96 of 100. With fewer, what was right is said as it was counted. */
export const RANGED = 12;
const Z = 1.96; // 95 % of a normal distribution lie within so many standard deviations

/** The 95 % interval of Wilson (1927) for a share of n, as [low, high].
 * @param {number} share @param {number} n @returns {[number, number]} */
export function wilson(share, n) {
  const weight = (Z * Z) / n;
  const half = Z * Math.sqrt((share * (1 - share)) / n + weight / (4 * n));
  const middle = share + weight / 2;
  return [Math.max(0, (middle - half) / (1 + weight)), Math.min(1, (middle + half) / (1 + weight))];
}

/** @param {number} share */
const percent = (share) => Math.round(100 * share);

/** What a run of `slots` with `answers` comes to, without cards that are gone. `sat`: whether enough was answered for a
 * score of the form; if not, or by the clock (`timed`), the figures are those of the answered questions, and `words` say so.
 * @param {Pick<import("./types.js").Result, "slots" | "answers" | "flags" | "sure" | "timed">} run
 * @param {Pick<import("./bank.js").Bank, "cards" | "areas">} all */
export function score({ slots, answers, flags, sure = {}, timed = false }, all) {
  /** @type {Row[]} */
  const rows = slots.filter(({ card }) => all.cards[card]).map(({ card: name, area }, place) => {
    const [card, chosen] = [all.cards[name], answers[name] || ""];
    const label = Object.hasOwn(all.areas, area) ? all.areas[area] : area;
    const [got, flagged] = [points(card, chosen), flags.includes(name)];
    return { number: place + 1, card, chosen, got, area: label, flagged, sure: sure[name] ?? 0 };
  });
  const answered = rows.filter((row) => row.chosen);
  const sat = answered.length > 0 && (timed || answered.length >= SAT * rows.length);
  const counted = sat && !timed ? rows : answered;
  const got = counted.reduce((sum, row) => sum + row.got, 0);
  const share = got / (counted.length || 1);
  const gone = slots.length - rows.length;
  return { rows, counted, sat, share, words: words(got, counted.length, rows.length, sat), gone };
}

/** A result with its score. @param {Omit<import("./types.js").Result, "words">} done
 * @param {Parameters<typeof score>[1]} all @returns {import("./types.js").Result} */
export function scored(done, all) {
  const { rows, words: told, sat, share } = score(done, all);
  return { ...done, unscored: undefined, words: told, ...(sat ? { share, areas: areasOf(rows) } : {}) };
}

/** How many questions a result counts. @param {Pick<import("./types.js").Result, "slots" | "answers" | "timed">} result */
export const countOf = ({ slots, answers, timed }) =>
  (timed ? slots.filter(({ card }) => answers[card]) : slots).length;

/** `of`: how many were drawn; of a session by the clock more than are counted.
 * @param {number} got @param {number} counted @param {number} of @param {boolean} sat */
function words(got, counted, of, sat) {
  if (!counted) return tn("None of {n} question answered", "None of {n} questions answered", of);
  if (!sat) return t("{answered} of {of} answered, {got} right: too few for a score", { answered: counted, of, got });
  const open = of - counted;
  const counts = { got, answered: counted, of };
  if (counted < RANGED) {
    return open ? tn("{answered} answered, {got} right; {n} of {of} questions was not answered",
      "{answered} answered, {got} right; {n} of {of} questions were not answered", open, counts)
      : t("{got} of {of} right", counts);
  }
  const [low, high] = wilson(got / counted, counted).map(percent);
  const figures = { ...counts, share: percent(got / counted), low, high };
  return open ? tn("{answered} answered, {got} right: {share} %, likely {low} to {high} %; {n} of {of} questions was not answered",
    "{answered} answered, {got} right: {share} %, likely {low} to {high} %; {n} of {of} questions were not answered", open, figures)
    : t("{got} of {of} right: {share} %; over many such forms likely {low} to {high} %", figures);
}

/** [label, group], the lowest share first.
 * @param {Row[]} rows
 * @param {(row: Row) => string} labelOf */
export function grouped(rows, labelOf) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const row of rows) {
    const group = groups.get(labelOf(row)) ?? { got: 0, of: 0, card: row.card };
    groups.set(labelOf(row), { ...group, got: group.got + row.got, of: group.of + 1 });
  }
  return [...groups].sort(([, one], [, other]) => one.got / one.of - other.got / other.of);
}

/** @param {Row[]} rows */
export const byArea = (rows) => grouped(rows, (row) => row.area);

/** Area -> [points, questions]. @param {Row[]} rows */
export const areasOf = (rows) => Object.fromEntries(byArea(rows).map(([label, { got, of }]) => [label, [got, of]]));
