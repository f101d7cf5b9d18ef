/* What spaced review asks now: what is due, then new cards, a few a day, from chapters that were opened first. Pure. */
import { isAsked, isFresh } from "./memory.js";
import { dayStart, when } from "./schedule.js";

/** @typedef {import("./types.js").ReviewWork} ReviewWork */

export const DAILY = [0, 5, 10, 20, 40];
export const NEW_A_DAY = 10;

/** How many new cards a day. @param {ReviewWork} work */
export const daily = ({ daily: chosen }) => chosen?.[0] ?? NEW_A_DAY;

/** The most overdue first, then what was never answered. `opened`: the chapters that were read or answered in;
 * `from`: a chapter, or "" for all.
 * @param {import("./types.js").Index} index @param {ReviewWork} work @param {Set<string>} opened @param {string} from
 * @param {number} now */
export function queue(index, work, opened, from, now) {
  const { cards } = work;
  const due = (/** @type {string} */ name) => when(cards[name], work.exam, now);
  const held = Object.keys(index).sort(); // so that chapters mix
  const asked = held.filter((name) => isAsked(cards[name]) && (!from || index[name].chapter === from));
  const late = asked.filter((name) => !isFresh(cards[name]) && due(name) <= now);
  const begun = held.filter((name) => !isFresh(cards[name]) && cards[name].first >= dayStart(now));
  const unread = (/** @type {string} */ name) => (opened.has(index[name].chapter) ? 0 : 1);
  const fresh = asked.filter((name) => isFresh(cards[name])).sort((one, other) => unread(one) - unread(other));
  const room = Math.max(0, daily(work) - begun.length);
  return [...late.sort((one, other) => due(one) - due(other)), ...fresh.slice(0, room)];
}
