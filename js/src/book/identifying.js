/* What of one's notes and hours may identify a client, to be looked at before it leaves this device as a file. Pure. */
import { identifiers, mostTelling } from "../desk/guard.js";
import { KeptHours } from "./hours/kept.js";
import { naming } from "./hours/naming.js";
import { t } from "../words.js";

/** What is marked, and the way there, from the root of the book. @typedef {{ words: string, href: string }} Marked */

/** @param {import("./record.js").StudyRecord} record @returns {Marked[]} */
export function identifying(record) {
  const notes = record.marks.flatMap(([place, { text, heading }]) => {
    const [page, id] = place.split("#");
    const [first] = identifiers(text).sort(mostTelling);
    return first ? [{ words: t("Your note at “{heading}”: “{words}”", { heading, words: first.text }), href: `${page}.html#${id}` }] : [];
  });
  const hours = new KeptHours(record.store).ledger.entries.flatMap((entry) => naming(entry).slice(0, 1).map((words) =>
    ({ words: t("Line {line} of your hours: {words}", { line: entry.line, words }), href: "practice/hours.html" })));
  return [...notes, ...hours];
}
