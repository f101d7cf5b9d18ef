/* What spaced review keeps, and how two tabs' or two devices' become one. Pure. */
import { isObject } from "./run.js";
import { when } from "./schedule.js";

/** @typedef {import("./types.js").ReviewWork} ReviewWork */

/** A day as a date field has it. @param {string} text */
export const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text);
/** @param {unknown} card */
const isMemory = (card) => isObject(card) && [card.due, card.last, card.first, card.stability].every(Number.isFinite);

/** When a card was last changed: by an answer, or by taking one back or leaving it out.
 * @param {import("./types.js").Memory} card */
const changed = (card) => card.at ?? card.last;
/** When a card is changed now: later than the last time even where the clock was put back since.
 * @param {import("./types.js").Memory | undefined} card */
export const changes = (card) => Math.max(Date.now(), card ? changed(card) + 1 : 0);

/** Whether a card was never answered. @param {import("./types.js").Memory | undefined} card */
export const isFresh = (card) => !card || Boolean(card.fresh);
/** Whether a card is not left out. @param {import("./types.js").Memory | undefined} card */
export const isAsked = (card) => !card?.out;

/** @param {unknown} found @returns {found is ReviewWork} */
export const isReview = (found) => isObject(found) && isObject(found.cards)
  && Object.values(found.cards).every(isMemory)
  && (found.exam === "" || isDay(found.exam)) && Number.isFinite(found.examAt)
  && (found.daily === undefined || (Array.isArray(found.daily) && found.daily.every(Number.isFinite)));

/** Takes into `mine` of each card the later answer, and the later date.
 * @param {ReviewWork} mine @param {ReviewWork} theirs */
export function mergeReview(mine, theirs) {
  for (const [name, card] of Object.entries(theirs.cards)) {
    if (!mine.cards[name] || changed(mine.cards[name]) < changed(card)) mine.cards[name] = card;
  }
  if (theirs.daily && !(mine.daily && mine.daily[1] >= theirs.daily[1])) mine.daily = theirs.daily;
  if (mine.examAt < theirs.examAt) Object.assign(mine, { exam: theirs.exam, examAt: theirs.examAt });
  return true;
}

/** When each card comes that was answered and not left out. @param {Pick<ReviewWork, "cards" | "exam">} work
 * @param {number} now */
const times = ({ cards, exam }, now) =>
  Object.values(cards).filter((card) => isAsked(card) && !isFresh(card)).map((card) => when(card, exam, now));

/** How many cards are due at this moment. @param {Pick<ReviewWork, "cards" | "exam">} work @param {number} now */
export const dueCount = (work, now) => times(work, now).filter((time) => time <= now).length;

/** When the next card comes; 0 where none is to come. @param {Pick<ReviewWork, "cards" | "exam">} work
 * @param {number} now */
export const nextDue = (work, now) => times(work, now).reduce((first, time) => Math.min(first || time, time), 0);
