/* What the list says of an assignment. Pure. */
import { isObject } from "./sound.js";
import { date, t } from "../words.js";

/** @param {number} at */
const day = (at) => date(at, { day: "numeric", month: "long" });

/** @param {any} found what the desk kept */
const isWhole = (found) => isObject(found)
  && [found.done, found.of, found.at, found.downloaded].every(Number.isFinite);

/** Whether something was changed since the file was made last, or no file was made.
 * @param {{ at: number, downloaded: number }} found */
const isChanged = ({ at, downloaded }) => at > downloaded + 60000;

/** Whether an assignment was begun and something of it is to be done: an answer, or the file of all of them.
 * @param {any} found what the desk kept @returns {found is { done: number, of: number, at: number, title?: string }} */
export const isOpen = (found) => isWhole(found) && Boolean(found.done || found.begun)
  && (found.done < found.of || isChanged(found)) && ["undefined", "string"].includes(typeof found.title);

/** "" for one that was not begun. @param {any} found what the desk kept */
export function chip(found) {
  if (!isWhole(found)) return "";
  const { done, of, begun, at, downloaded } = found;
  const words = done || begun ? t("{done} of {of} answered, {day}", { done, of, day: day(at) }) : "";
  if (!downloaded) return done && done === of ? t("{words}; not downloaded yet", { words }) : words;
  const said = words && isChanged(found) ? t("downloaded {day}; changed since", { day: day(downloaded) })
    : t("downloaded {day}", { day: day(downloaded) });
  return words ? `${words}; ${said}` : said;
}
