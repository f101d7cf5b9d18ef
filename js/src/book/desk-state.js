/* What the list says of an assignment. Pure. */
import { isObject } from "./sound.js";
import { date, t } from "../words.js";

/** @param {number} at */
const day = (at) => date(at, { day: "numeric", month: "long" });

/** @param {any} found what the desk kept */
const isWhole = (found) => isObject(found)
  && [found.done, found.of, found.at, found.downloaded].every(Number.isFinite);

/** Whether an assignment was begun and is not answered to its end.
 * @param {any} found what the desk kept @returns {found is { done: number, of: number, at: number, title?: string }} */
export const isOpen = (found) => isWhole(found) && Boolean(found.done || found.begun) && found.done < found.of
  && ["undefined", "string"].includes(typeof found.title);

/** "" for one that was not begun. @param {any} found what the desk kept */
export function chip(found) {
  if (!isWhole(found)) return "";
  const { done, of, begun, at, downloaded } = found;
  const words = done || begun ? t("{done} of {of} answered, {day}", { done, of, day: day(at) }) : "";
  if (!downloaded) return words;
  const said = words && at > downloaded + 60000 ? t("downloaded {day}; changed since", { day: day(downloaded) })
    : t("downloaded {day}", { day: day(downloaded) });
  return words ? `${words}; ${said}` : said;
}
