/* What spaced review keeps, and how two tabs' or two devices' become one. Pure. */
import { comesAfter } from "./later.js";
import { when } from "./schedule.js";
import { isDay, isObject, isPair, isSwitch, isText, isTime, isWithin, maybe } from "./sound.js";

/** @typedef {import("./types.js").ReviewWork} ReviewWork */

const MOST = 1e9; // days; a schedule that counts with more would come to no number

/** @param {unknown} card @returns {card is import("./types.js").Memory} */
const isMemory = (card) => isObject(card) && [card.due, card.last, card.first].every(isTime) && maybe(isTime)(card.at)
  && isWithin(card.interval, 0, MOST) && isWithin(card.stability, card.fresh ? 0 : 1e-3, MOST)
  && isWithin(card.difficulty, card.fresh ? 0 : 1, 10);

/** When a card was last changed: by an answer, or by taking one back or leaving it out.
 * @param {import("./types.js").Memory} card */
export const changed = (card) => card.at ?? card.last;
/** When a card is changed now: later than the last time even where the clock was put back since.
 * @param {import("./types.js").Memory | undefined} card */
export const changes = (card) => Math.max(Date.now(), card ? changed(card) + 1 : 0);

/** Whether a card was never answered. @param {import("./types.js").Memory | undefined} card */
export const isFresh = (card) => !card || Boolean(card.fresh);
/** Whether a card is not left out. @param {import("./types.js").Memory | undefined} card */
export const isAsked = (card) => !card?.out;

/** @param {unknown} open */
const isOpen = (open) => isObject(open) && [open.name, open.chosen].every(isText) && isSwitch(open.told);
/** @param {unknown} last */
const isLast = (last) => isObject(last) && [last.name, last.chosen].every(isText)
  && (last.before === null || isMemory(last.before));

/** @param {unknown} found @returns {found is ReviewWork} */
export const isReview = (found) => isObject(found) && isObject(found.cards)
  && Object.values(found.cards).every(isMemory)
  && (found.exam === "" || isDay(found.exam)) && isTime(found.examAt) && maybe(isTime)(found.at)
  && (found.daily === undefined || isPair(found.daily, (many) => isWithin(many, 0, 1e4)))
  && (!found.open || isOpen(found.open)) && (!found.last || isLast(found.last));

/** Takes into `mine` of each card the later answer, and the later date.
 * @param {ReviewWork} mine @param {ReviewWork} theirs */
export function mergeReview(mine, theirs) {
  for (const [name, card] of Object.entries(theirs.cards)) {
    const had = mine.cards[name];
    if (!had || comesAfter(had, changed(had), card, changed(card))) mine.cards[name] = card;
  }
  const { daily: [many, since] = [0, -Infinity] } = mine;
  if (theirs.daily && comesAfter(many, since, ...theirs.daily)) mine.daily = theirs.daily;
  if (comesAfter(mine.exam, mine.examAt, theirs.exam, theirs.examAt)) Object.assign(mine, { exam: theirs.exam, examAt: theirs.examAt });
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
