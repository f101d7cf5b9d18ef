/* What of the time that passed counts on the clock of a mock exam or a session. Pure. */

import { t, tn } from "../words.js";

/** Seconds between two looks at the clock, above which the lid was closed or the window gone: a browser looks at least
 * once a minute, also in a tab that nobody sees. */
export const AWAY = 120;

/** @typedef {"stops" | "runs"} Lid what the clock does when the lid or the window is closed */

/** @param {number} passed seconds since the last look @param {Lid} lid */
export const counts = (passed, lid) => (lid === "runs" || passed <= AWAY ? Math.max(0, passed) : 0);

/** What to say to who comes back; "" where nobody was away. @param {number} passed @param {Lid} lid */
export function welcomeBack(passed, lid) {
  if (passed <= AWAY) return "";
  const minutes = Math.round(passed / 60);
  const [hours, days] = [Math.round(minutes / 60), Math.round(minutes / 1440)];
  const long = minutes < 100 ? tn("You were away for {n} minute.", "You were away for {n} minutes.", minutes)
    : hours < 36 ? tn("You were away for {n} hour.", "You were away for {n} hours.", hours)
    : tn("You were away for {n} day.", "You were away for {n} days.", days);
  return `${long} ${lid === "runs" ? t("The clock went on.") : t("The clock stood still.")}`;
}
