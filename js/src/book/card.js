/* A practice question by itself: its key, and what an answer is worth. Pure. */

/** @typedef {import("./types.js").Card} Card */

export const LETTERS = "ABCDEFGHIJKL";

/** Whether one option is to be chosen. @param {Pick<Card, "kind">} card */
export const isOne = (card) => card.kind !== "all-that-apply";

/** The letters of the right options. @param {Pick<Card, "options">} card */
export const keyOf = (card) => card.options.map((option, place) => (option.right ? LETTERS[place] : "")).join("");

/** The share of the points, 0 to 1: as grader/notebook/score.py counts them. Of "all that apply" it is the share of the
 * right ones that were found less the share of the wrong ones that were marked, never below 0.
 * @param {Pick<Card, "kind" | "options">} card
 * @param {string} chosen letters */
export function points(card, chosen) {
  const right = keyOf(card);
  if (isOne(card)) return chosen === right ? 1 : 0;
  const hits = [...chosen].filter((letter) => right.includes(letter)).length;
  const alarms = chosen.length - hits;
  return Math.max(0, hits / right.length - alarms / (card.options.length - right.length));
}
