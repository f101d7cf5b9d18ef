/* What the list says of an assignment. Pure. */
import { isObject } from "./run.js";
import { date, t } from "../words.js";

/** @param {number} at */
const day = (at) => date(at, { day: "numeric", month: "long" });

/** "" for one that was not begun. @param {unknown} found what the desk kept */
export function chip(found) {
  if (!isObject(found) || ![found.done, found.of, found.at, found.downloaded].every(Number.isFinite)) return "";
  const { done, of, begun, at, downloaded } = found;
  const words = done || begun ? t("{done} of {of} answered, {day}", { done, of, day: day(at) }) : "";
  if (!downloaded) return words;
  const said = words && at > downloaded + 60000 ? t("downloaded {day}; changed since", { day: day(downloaded) })
    : t("downloaded {day}", { day: day(downloaded) });
  return words ? `${words}; ${said}` : said;
}
