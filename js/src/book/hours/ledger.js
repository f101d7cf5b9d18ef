/* One's own ledger: a line for each thing done or planned, every line checked. The twin of
   grader/learner/readiness/ledger.py, which reads the same file; tests/hours holds both to the same lines. Pure. */
import { COLUMNS, NEEDED, OTHERS } from "./columns.js";
import { KINDS, MOST, orderOf, parse } from "./line.js";
import { number, t, tn } from "../../words.js";

/** @typedef {import("./line.js").Line} Line */
/** @typedef {import("./line.js").Entry} Entry */
/** @typedef {import("./line.js").Order} Order */
/** `contract`: the day of the first supervision contract, which picks the version of the rules; `notices`: what somebody
 * has to look at; `told`: what was taken how.
 * @typedef {{ entries: Entry[], contract: string, refused: [number, string][], notices: string[], told: string[] }} Ledger */

const DAY = 12; // hours of sessions with clients, or of supervision, that can be one day's work
const FEW = 3; // days or lines that are named; the others are counted

/** What two lines are alike in. @param {Entry} entry */
const same = ({ date, kind, hours, format, area, title }) => JSON.stringify([date, kind, hours, format, area, title]);

/** Whether a line may stand beside so many that are alike: a session with a client, without a title that would tell it from
 * others, on a day that has room. @param {Entry} entry @param {number} alike */
const isOneMore = (entry, alike) => entry.kind === "client" && !entry.title && (alike + 1) * entry.hours <= DAY;

/** What can be counted of lines. A line that cannot be taken is named and left out; lines alike are one line, unless they
 * are sessions with clients that fit into one day. `order` is what stands first in dates of figures, where none of them
 * tells; `unread` the columns of their file that are not taken.
 * @param {[number, Line][]} lines @param {Order} [order] @param {string[]} [unread] @returns {Ledger} */
export function ledgerOf(lines, order = "", unread = []) {
  /** @type {Entry[]} */
  const entries = [];
  /** @type {[number, string][]} */
  const refused = [];
  /** @type {Map<string, number[]>} */
  const seen = new Map();
  const [own, example] = order ? [order, ""] : orderOf(lines.map(([, { date }]) => date));
  for (const [line, values] of lines) {
    try {
      const entry = parse(values, line, own);
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
  return { entries, contract, refused, notices: [...notices, ...crowded(entries)],
    told: [...leftBehind(unread), ...(own && example ? [ordered(own, example)] : []), ...unsaid(entries)] };
}

/** What of a file is not taken, in one sentence. @param {string[]} columns */
const leftBehind = (columns) => (columns.length ? [tn("the column {columns} is not read: nothing of it is kept. It stays in your file.",
  "the columns {columns} are not read: nothing of them is kept. They stay in your file.", columns.length, { columns: columns.join(", ") })] : []);

/** How dates that can be two days were read. @param {Order} order @param {string} date */
const ordered = (order, date) => (order === "dmy"
  ? t("dates such as {date} are read with the day first, as others of this file have it.", { date })
  : t("dates such as {date} are read with the month first, as others of this file have it.", { date }));

/** What is more than days hold, in one sentence. A line may stand for a week, so nothing is refused.
 * @param {Entry[]} entries */
export function crowded(entries) {
  /** @type {Map<string, number>} */
  const days = new Map();
  for (const { date, kind, hours } of entries) {
    if (Object.hasOwn(MOST, kind)) days.set(`${date} ${kind}`, (days.get(`${date} ${kind}`) ?? 0) + hours);
  }
  const found = [...days].filter(([, hours]) => hours > DAY).sort(([one], [other]) => one.localeCompare(other))
    .map(([name, hours]) => `${name.split(" ")[0]} (${number(hours)})`);
  return found.length ? [t("more hours with clients or of supervision than a day holds ({most}): {days}. Right where a line"
    + " stands for several days, such as a week; otherwise mend it.", { most: number(DAY), days: first(found) })] : [];
}

/** What the lines do not say and a body may ask, in a sentence each. @param {Entry[]} entries */
function unsaid(entries) {
  const bare = entries.filter(({ format, kind }) => !format && KINDS[kind].length).map(({ line }) => String(line));
  return bare.length ? [t("no format on line {lines}. Such hours count as those of which least is taken, and not where a body"
    + " asks for a format.", { lines: first(bare) })] : [];
}

/** The first of many, and how many more there are. @param {string[]} names */
export const first = (names) => (names.length <= FEW ? names.join(", ")
  : t("{names} and {n} more", { names: names.slice(0, FEW).join(", "), n: names.length - FEW }));

/** The lines of a table with their numbers, and which other columns hold something (`unread`): one without a name,
 * or with that of another which is taken, goes by its number. The columns may stand in any order. Throws with one line for a file that is none.
 * @param {[number, string[]][]} all its rows with their numbers @returns {{ lines: [number, Line][], unread: string[] }} */
export function tableOf(all) {
  const [[, head] = [0, /** @type {string[]} */ ([])], ...rows] = all;
  const names = head.map((name) => name.trim().toLowerCase());
  const missing = NEEDED.filter((name) => !names.includes(name));
  if (missing.length) {
    throw new Error(t("The first line names no column {missing}. It has to name {needed}; {others} may be there, too.",
      { missing: missing.join(", "), needed: NEEDED.join(", "), others: OTHERS.join(", ") }));
  }
  const places = COLUMNS.map((name) => /** @type {const} */ ([name, names.indexOf(name)]));
  const lines = rows.filter(([, row]) => row.some((value) => value.trim())).map(([line, row]) => /** @type {[number, Line]} */ (
    [line, Object.fromEntries(places.map(([name, at]) => [name, (row[at] ?? "").trim()]))]));
  const taken = places.map(([, at]) => at);
  const held = new Set(rows.flatMap(([, row]) => row.flatMap((value, at) => (value.trim() && !taken.includes(at) ? [at] : []))));
  const named = (/** @type {number} */ at) => (COLUMNS.some((name) => name === names[at]) ? "" : head[at]?.trim());
  const unread = [...held].sort((one, other) => one - other).map((at) => named(at) || t("number {n}", { n: at + 1 }));
  return { lines, unread };
}
