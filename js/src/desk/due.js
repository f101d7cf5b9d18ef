/* When an assignment is due, in the reader's own time zone and in words. Pure. */

import { away as distance, dateTime, t } from "../words.js";

/** What a program set. `until`: this reader's own extension. Times in ms; 0: none.
 * @typedef {{ due: number, until: number, late: string }} Due */

const MINUTE = 60000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

/** @param {unknown} words a time as `2026-12-04T17:00:00Z` @returns {number} ms; 0 for anything else */
export function timeIn(words) {
  const whole = typeof words === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$/.test(words);
  return (whole && Date.parse(words)) || 0;
}

/** @param {unknown} said what was released: `due` and `late` @param {unknown} until @returns {Due | null} */
export function dueOf(said, until) {
  const { due, late } = /** @type {Record<string, unknown>} */ (said && typeof said === "object" ? said : {});
  const at = timeIn(due);
  return at ? { due: at, until: Math.max(timeIn(until), 0), late: typeof late === "string" ? late : "" } : null;
}

/** @param {number} at @param {number} now @param {string | undefined} zone for tests */
function moment(at, now, zone) {
  /** @type {Intl.DateTimeFormatOptions} */
  const how = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone: zone };
  const year = Math.abs(at - now) > 180 * DAY ? /** @type {const} */ ({ year: "numeric" }) : {};
  return dateTime(at, { ...how, ...year, timeZoneName: "short" });
}

/** Days from one to the other, as a calendar counts them. @param {number} from @param {number} to
 * @param {string | undefined} zone */
function days(from, to, zone) {
  const form = new Intl.DateTimeFormat("en-CA", { timeZone: zone }); // 2026-12-04
  const [one, other] = [from, to].map((at) => Date.parse(form.format(new Date(at))));
  return Math.round((other - one) / DAY);
}

/** `in 2 days`, `3 hours ago`. @param {number} at @param {number} now @param {string | undefined} zone */
export function away(at, now, zone) {
  const left = at - now;
  if (Math.abs(left) < HOUR) return distance(Math.trunc(left / MINUTE) || (left < 0 ? -1 : 1), "minute");
  if (Math.abs(left) < DAY) return distance(Math.trunc(left / HOUR), "hour");
  return distance(days(now, at, zone), "day");
}

/** Whether it is late now. @param {Due} one @param {number} now */
export const isLate = (one, now) => now > Math.max(one.due, one.until);

/** One sentence or two for the list and the open assignment. `downloaded`: when its file was made last, or 0.
 * @param {Due | null} one @param {number} now @param {number} downloaded @param {string} [zone] */
export function dueWords(one, now, downloaded = 0, zone) {
  if (!one) return "";
  const at = Math.max(one.due, one.until);
  const when = moment(at, now, zone);
  if (!isLate(one, now)) {
    const far = { distance: away(at, now, zone), when };
    const said = one.until > one.due ? t("With your extension due {distance}: {when}.", far)
      : t("Due {distance}: {when}.", far);
    return one.late === "zero" ? `${said} ${t("What comes later scores nothing.")}` : said;
  }
  if (downloaded && downloaded <= at) return t("It was due {when}. You downloaded your file before that.", { when });
  const cost = one.late === "zero" ? t("What comes now scores nothing.") : t("Hand it in all the same.");
  return `${t("Late since {when} ({distance}).", { when, distance: away(at, now, zone) })} ${cost}`;
}
