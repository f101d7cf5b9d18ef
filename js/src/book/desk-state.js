/* What the list says of an assignment. Pure. */
import { isObject } from "./run.js";

/** @param {number} at */
const day = (at) => new Date(at).toLocaleDateString(undefined, { day: "numeric", month: "long" });

/** "" for one that was not begun. @param {unknown} found what the desk kept */
export function chip(found) {
  if (!isObject(found) || ![found.done, found.of, found.at, found.downloaded].every(Number.isFinite)) return "";
  const words = found.done ? `${found.done} of ${found.of} answered, ${day(found.at)}` : "";
  if (!found.downloaded) return words;
  const since = found.at > found.downloaded + 60000 && found.done ? "; changed since" : "";
  return `${words ? `${words}; ` : ""}downloaded ${day(found.downloaded)}${since}`;
}
