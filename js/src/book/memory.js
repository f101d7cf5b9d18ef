/* What spaced review keeps, and how two tabs' or two devices' become one. Pure. */
import { isObject } from "./run.js";
import { when } from "./schedule.js";

/** @typedef {import("./types.js").ReviewWork} ReviewWork */

/** A day as a date field has it. @param {string} text */
export const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text);
/** @param {unknown} card */
const isMemory = (card) => isObject(card) && [card.due, card.last, card.first, card.stability].every(Number.isFinite);

/** @param {unknown} found @returns {found is ReviewWork} */
export const isReview = (found) => isObject(found) && isObject(found.cards)
  && Object.values(found.cards).every(isMemory)
  && (found.exam === "" || isDay(found.exam)) && Number.isFinite(found.examAt);

/** Takes into `mine` of each card the later answer, and the later date.
 * @param {ReviewWork} mine @param {ReviewWork} theirs */
export function mergeReview(mine, theirs) {
  for (const [name, card] of Object.entries(theirs.cards)) {
    if (!mine.cards[name] || mine.cards[name].last < card.last) mine.cards[name] = card;
  }
  if (mine.examAt < theirs.examAt) Object.assign(mine, { exam: theirs.exam, examAt: theirs.examAt });
  return true;
}

/** How many cards are due at this moment. @param {ReviewWork} work @param {number} now */
export const dueCount = ({ cards, exam }, now) =>
  Object.values(cards).filter((card) => when(card, exam, now) <= now).length;
