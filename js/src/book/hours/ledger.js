/* One's own ledger: a line for each thing done or planned, every line checked. The twin of
   grader/learner/readiness/ledger.py, which reads the same file; tests/hours holds both to the same lines. Pure. */
import { COLUMNS } from "./columns.js";
import { rowsOf } from "./csv.js";
import { later, t, tn } from "../../words.js";

/** The words of a line, as a file has them. @typedef {Record<typeof COLUMNS[number], string>} Line */
/** A line that can be counted: `date` as 2026-03-31, clock hours.
 * @typedef {{ line: number, date: string, kind: string, hours: number, format: string, area: string, title: string,
 *   initials: string, evidence: string }} Entry */
/** `contract`: the day of the first supervision contract, which picks the version of the rules.
 * @typedef {{ entries: Entry[], contract: string, refused: [number, string][], notices: string[] }} Ledger */

const TAUGHT = ["in-person", "live-online", "e-learning"];
/** What a line may be, with the formats that it may have. @type {Record<string, string[]>} */
export const KINDS = {
  contract: [], education: TAUGHT, training: TAUGHT, sar: TAUGHT, client: ["in-person", "telehealth"],
  supervision: ["individual", "group"], "self-reflection": ["in-person", "live-online"], other: [],
};
/** @type {Record<string, string>} */
export const WORDS = {
  contract: later("a supervision contract, signed on this date (hours 0)"),
  education: later("teaching in human sexuality (core knowledge)"),
  training: later("training in sex therapy"),
  sar: later("a sexual attitude reassessment"),
  client: later("clinical hours with clients under supervision"),
  supervision: later("supervision, individual or group"),
  "self-reflection": later("personal therapy or self-experience"),
  other: later("anything else worth keeping"),
};
/** Hours that one line can hold: a course, or for clients a week, for supervision a day. @type {Record<string, number>} */
const MOST = { client: 60, supervision: 24 };
const MOST_OF_ALL = 400;
const DAY = 12; // hours of sessions with clients in lines alike that can be one day's work
const FIGURES = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d\d)$/; // a year of two is of this century
const MIDNIGHT = /[ T]00:00(:00(\.0{1,6})?)?$/;
const HOURS = /^-?(\d+([.,]\d{1,2})?|[.,]\d{1,2})$/;

/** Which figure of a date stands first, where a spreadsheet wrote dates in its own way.
 * @typedef {"" | "mdy" | "dmy"} Order */

/** A date that a spreadsheet rewrote: which figure is the month only its owner knows. @param {string} words */
export const isRewritten = (words) => FIGURES.test(words.trim().replace(MIDNIGHT, ""));

/** Whether a day stands in the calendar. @param {string} day */
const isDay = (day) => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(`${day}T00:00Z`))
  && new Date(`${day}T00:00Z`).toISOString().startsWith(day);

/** @param {string} words @param {Order} order */
function dayOf(words, order) {
  const plain = words.replace(MIDNIGHT, "");
  const [, one, other, year] = FIGURES.exec(plain) ?? [];
  const [month, day] = order === "dmy" ? [other, one] : [one, other];
  const date = year && order ? `${year.padStart(4, "20")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : plain;
  if (isDay(date)) return date;
  throw new Error(t("`{text}` is not a date. Write it as 2026-03-31.", { text: words }));
}

/** An entry from its words. Throws with one line that says what to write instead.
 * @param {Line} values @param {number} line @param {Order} [order] @returns {Entry} */
export function parse(values, line, order = "") {
  const kind = values.kind.toLowerCase();
  if (!Object.hasOwn(KINDS, kind)) {
    throw new Error(t("`{kind}` is not a kind of entry. Write one of: {kinds}.",
      { kind: values.kind, kinds: Object.keys(KINDS).join(", ") }));
  }
  const date = dayOf(values.date, order);
  if (values.hours && !HOURS.test(values.hours)) {
    throw new Error(t("`{hours}` is not a number of hours. Write 1.5 for an hour and a half.", { hours: values.hours }));
  }
  const hours = Number(values.hours.replace(",", ".") || 0);
  const most = MOST[kind] ?? MOST_OF_ALL;
  if (hours < 0 || hours > most || (!hours && kind !== "contract")) {
    throw new Error(t("{hours} cannot be: a line of {kind} has more than 0 and at most {most}.",
      { hours: inHours(hours), kind, most: inHours(most) }));
  }
  const format = values.format.toLowerCase();
  if (KINDS[kind].length && !KINDS[kind].includes(format)) {
    throw new Error(t("`{format}` is not a format of {kind}. Write one of: {formats}.",
      { format: values.format, kind, formats: KINDS[kind].join(", ") }));
  }
  const { title, initials, evidence } = values;
  return { line, date, kind, hours, format, area: values.area.toLowerCase(), title, initials, evidence };
}

/** @param {number} n */
const inHours = (n) => tn("{n} hour", "{n} hours", n);

/** What two lines are alike in. @param {Entry} entry */
const same = ({ date, kind, hours, format, area, title }) => JSON.stringify([date, kind, hours, format, area, title]);

/** Whether a line may stand beside so many that are alike: a session with a client, without a title that would tell it from
 * others, on a day that has room. @param {Entry} entry @param {number} alike */
const isOneMore = (entry, alike) => entry.kind === "client" && !entry.title && (alike + 1) * entry.hours <= DAY;

/** What can be counted of lines. A line that cannot be taken is named and left out; lines alike are one line, unless they
 * are sessions with clients that fit into one day. @param {[number, Line][]} lines @param {Order} [order]
 * @returns {Ledger} */
export function ledgerOf(lines, order) {
  /** @type {Entry[]} */
  const entries = [];
  /** @type {[number, string][]} */
  const refused = [];
  /** @type {Map<string, number[]>} */
  const seen = new Map();
  for (const [line, values] of lines) {
    try {
      const entry = parse(values, line, order);
      const alike = seen.get(same(entry)) ?? [];
      seen.set(same(entry), alike);
      if (alike.length && !isOneMore(entry, alike.length)) {
        throw new Error(t("the same as line {other}; it is counted once. Give each its own title if both are true.",
          { other: alike[0] }));
      }
      alike.push(line);
      entries.push(entry);
    } catch (error) {
      refused.push([line, error instanceof Error ? error.message : String(error)]);
    }
  }
  const notices = [...seen.values()].filter(({ length }) => length > 1).map((all) =>
    t("lines {lines}: alike, and counted as {n} sessions of one day. Take out what stands there twice.",
      { lines: all.join(", "), n: all.length }));
  entries.sort((one, other) => one.date.localeCompare(other.date) || one.line - other.line);
  const contract = entries.find(({ kind }) => kind === "contract")?.date ?? "";
  return { entries, contract, refused, notices };
}

/** The lines of a CSV file with their numbers. The columns may stand in any order, among others. Throws with one line for a
 * file that is none. @param {string} text @returns {[number, Line][]} */
export function linesOf(text) {
  const [[, head] = [0, /** @type {string[]} */ ([])], ...rows] = rowsOf(text);
  const names = head.map((name) => name.trim().toLowerCase());
  const missing = COLUMNS.filter((name) => !names.includes(name));
  if (missing.length) {
    throw new Error(t("The first line names no column {missing}. It has to name {columns}, in any order.",
      { missing: missing.join(", "), columns: COLUMNS.join(", ") }));
  }
  const places = COLUMNS.map((name) => /** @type {const} */ ([name, names.indexOf(name)]));
  return rows.filter(([, row]) => row.some((value) => value.trim())).map(([line, row]) =>
    [line, /** @type {Line} */ (Object.fromEntries(places.map(([name, at]) => [name, (row[at] ?? "").trim()])))]);
}
