/* What spaced review asks now: what is due, then new cards, a few a day. Pure. */
import { isAsked, isFresh } from "./memory.js";
import { dayStart, when } from "./schedule.js";

/** @typedef {import("./types.js").ReviewWork} ReviewWork */

export const DAILY = [0, 5, 10, 20, 40];
export const NEW_A_DAY = 10;

/** How many new cards a day. @param {ReviewWork} work */
export const daily = ({ daily: chosen }) => chosen?.[0] ?? NEW_A_DAY;

/** The most overdue first, then what was never answered. `asked`: the cards that one wants, in the order in which new
 * ones come; `all`: every card, for the day's limit is one.
 * @param {string[]} asked @param {string[]} all @param {ReviewWork} work @param {number} now */
export function queue(asked, all, work, now) {
  const { cards } = work;
  const due = (/** @type {string} */ name) => when(cards[name], work.exam, now);
  const held = asked.filter((name) => isAsked(cards[name]));
  const late = held.filter((name) => !isFresh(cards[name]) && due(name) <= now);
  const begun = all.filter((name) => !isFresh(cards[name]) && cards[name].first >= dayStart(now));
  const fresh = held.filter((name) => isFresh(cards[name]));
  const room = Math.max(0, daily(work) - begun.length);
  return [...late.sort((one, other) => due(one) - due(other)), ...fresh.slice(0, room)];
}

/** Practice questions in the order in which new ones come. `opened`: the chapters that were read or answered in, which
 * come first; `from`: a chapter, or "" for all.
 * @param {import("./types.js").Index} index @param {Set<string>} opened @param {string} from */
export function inOrder(index, opened, from) {
  const held = Object.keys(index).sort(); // so that chapters mix
  const unread = (/** @type {string} */ name) => (opened.has(index[name].chapter) ? 0 : 1);
  return held.filter((name) => !from || index[name].chapter === from)
    .sort((one, other) => unread(one) - unread(other));
}
