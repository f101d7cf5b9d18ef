/* A line of a ledger: the words that may stand in it, and what it says. The twin of grader/learner/readiness/line.py, which
   says more of each; tests/hours holds both to the same lines. Pure. */
import { COLUMNS } from "./columns.js";
import { later, t, tn } from "../../words.js";

/** The words of a line, as a file has them. @typedef {Record<typeof COLUMNS[number], string>} Line */
/** A line that can be counted: `date` as 2026-03-31, clock hours.
 * @typedef {{ line: number, date: string, kind: string, hours: number, format: string, area: string, title: string,
 *   initials: string, evidence: string, supervisor: string }} Entry */
/** Which figure of a date stands first, where a spreadsheet wrote dates in its own way. @typedef {"" | "mdy" | "dmy"} Order */

const TAUGHT = ["in-person", "live-online", "e-learning"];
/** What a line may be, with the formats that it may have. One that is empty was not said. @type {Record<string, string[]>} */
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
/** Who supervised. One that is empty was not said, and is counted as not confirmed. @type {Record<string, string>} */
export const SUPERVISORS = {
  certified: later("a supervisor whom the certifying body certifies or accepts"),
  other: later("another supervisor"),
  peer: later("peers, without a supervisor"),
};
/** What trainees call a kind; the first letters tell the others. @type {Record<string, string>} */
const CALLED = {
  session: "client", sessions: "client", patient: "client", patients: "client", contact: "client", direct: "client",
  course: "education", class: "education", workshop: "education", lecture: "education", seminar: "education",
  teaching: "education", consultation: "supervision", peer: "supervision", group: "supervision",
  personal: "self-reflection", agreement: "contract",
};
const FIRST_LETTERS = 3;
/** Hours that one line can hold: a course, or for clients a week, for supervision a day. @type {Record<string, number>} */
export const MOST = { client: 60, supervision: 24 };
const MOST_OF_ALL = 400;
/** In the title of what the page gives as an example, so that nobody counts it. */
export const EXAMPLE = "example: write over it";
const FIGURES = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d\d)$/; // a year of two is of this century
const YEAR_FIRST = /^(\d{4})[./-](\d{1,2})[./-](\d{1,2})$/;
const MONTHS = 12;
const MIDNIGHT = /[ T]00:00(:00(\.0{1,6})?)?$/;
const HOURS = /^-?(\d+([.,]\d{1,2})?|[.,]\d{1,2})$/;

/** Whether a line has a format, or could have it since its own was not said. @param {Entry} entry @param {string} format */
export const mayBe = (entry, format) =>
  entry.format === format || (!entry.format && KINDS[entry.kind].includes(format));

/** Whether hours may count by who supervised. Where that was not said they do, and it is said. @param {Entry} entry */
export const isAccepted = ({ supervisor }) => !supervisor || supervisor === "certified";

/** An entry from its words. Throws with one line that says of all that is wrong what to write instead; behind a word that is
 * no kind it goes by the kind that it may be.
 * @param {Line} values @param {number} line @param {Order} [order] @returns {Entry} */
export function parse(values, line, order = "") {
  if (values.title.toLowerCase() === EXAMPLE) {
    throw new Error(t("this is an example, and not counted. Write your own over it, or delete the line."));
  }
  /** @type {string[]} */
  const wrong = [];
  /** @template T @param {() => T} work @param {T} instead */
  const heard = (work, instead) => {
    try {
      return work();
    } catch (error) {
      wrong.push(error instanceof Error ? error.message : String(error));
      return instead;
    }
  };
  const date = heard(() => dayOf(values.date, order), "");
  const kind = heard(() => kindOf(values.kind), nearest(values.kind));
  const hours = heard(() => hoursOf(values.hours, kind), 0);
  const format = heard(() => oneOf(values.format, KINDS[kind] ?? [], (formats) =>
    t("“{format}” is not a format of {kind}. Write one of: {formats}.", { format: values.format, kind, formats })), "");
  const supervisor = heard(() => oneOf(values.supervisor, kind === "supervision" ? Object.keys(SUPERVISORS) : [], (words) =>
    t("“{text}” does not say what kind of supervisor it was. Write one of: {words}; initials have a column of their own.",
      { text: values.supervisor, words })), "");
  if (wrong.length) throw new Error(wrong.join(" "));
  const { title, initials, evidence } = values;
  return { line, date, kind, hours, format, area: values.area.toLowerCase(), title, initials, evidence, supervisor };
}

/** @param {string} text */
function kindOf(text) {
  if (!Object.hasOwn(KINDS, text.toLowerCase())) throw new Error(noKind(text));
  return text.toLowerCase();
}

/** Clock hours that a line of a kind can have. @param {string} text @param {string} kind "" where nobody knows it */
function hoursOf(text, kind) {
  if (text && !HOURS.test(text)) {
    throw new Error(t("“{hours}” is not a number of hours. Write 1.5 for an hour and a half.", { hours: text }));
  }
  const [hours, most] = [Number(text.replace(",", ".") || 0), MOST[kind] ?? MOST_OF_ALL];
  if (kind && (hours < 0 || hours > most || (!hours && kind !== "contract"))) {
    throw new Error(t("{hours} cannot be: a line of {kind} has more than 0 and at most {most}.",
      { hours: inHours(hours), kind, most: inHours(most) }));
  }
  return hours;
}

/** @param {number} n */
const inHours = (n) => tn("{n} hour", "{n} hours", n);

/** A word of a column that a kind has; "" where it has none, or nothing was said.
 * @param {string} text @param {string[]} words @param {(words: string) => string} why */
function oneOf(text, words, why) {
  const word = text.toLowerCase();
  if (word && words.length && !words.includes(word)) throw new Error(why(words.join(", ")));
  return words.length ? word : "";
}

/** What to write instead of a word that is no kind. @param {string} text */
function noKind(text) {
  const [kind, kinds] = [nearest(text), Object.keys(KINDS).join(", ")];
  if (!kind) return t("“{text}” is not a kind of hours. The kinds are {kinds}.", { text, kinds });
  return t("“{text}” is not a kind of hours. If it was {what}, write {kind}. The kinds are {kinds}.",
    { text, what: t(WORDS[kind]), kind, kinds });
}

/** The kind that a word probably means, or "": by what trainees call it, else by its first letters. @param {string} text */
function nearest(text) {
  for (const word of text.toLowerCase().split(/[^a-z]+/)) {
    if (Object.hasOwn(CALLED, word)) return CALLED[word];
    const kind = Object.keys(KINDS).find((one) => word.length >= FIRST_LETTERS && one.startsWith(word.slice(0, FIRST_LETTERS)));
    if (kind) return kind;
  }
  return "";
}

/** What stands first in the dates of a file that can be two days, and an example of them; ["", example] where that is to be
 * asked, ["", ""] where nothing has to be told. It is told by dates that can be one day alone, and are one, of those with the
 * same sign between their figures; those that tell must not differ. @param {string[]} words @returns {[Order, string]} */
export function orderOf(words) {
  /** @type {Map<string, string>} */
  const either = new Map(); // sign -> the last date with it
  /** @type {Map<Order, Set<string>>} */
  const telling = new Map(); // order -> the signs that it is told for
  for (const text of words) {
    const [own, sign] = [ownOrder(text), /\D/.exec(text)?.[0] ?? ""];
    if (own === "") either.set(sign, text);
    else if (own && isOne(text)) telling.set(own, (telling.get(own) ?? new Set()).add(sign));
  }
  const [[order, signs] = [/** @type {Order} */ (""), new Set()], ...others] = telling;
  const untold = [...either].filter(([sign]) => others.length || !signs.has(sign)).map(([, text]) => text);
  if (untold.length || !either.size) return ["", untold.at(-1) ?? ""];
  return [order, [...either.values()].at(-1) ?? ""];
}

/** Whether a date that can be one day alone is one. @param {string} words */
function isOne(words) {
  try {
    return Boolean(dayOf(words, ""));
  } catch {
    return false;
  }
}

/** What must stand first in a date of figures; "" where it can be either, null where nothing is in question.
 * @param {string} words @returns {Order | null} */
function ownOrder(words) {
  const figures = FIGURES.exec(words.replace(MIDNIGHT, ""));
  if (!figures) return null;
  const [one, other] = [Number(figures[1]), Number(figures[2])];
  if ((one > MONTHS) !== (other > MONTHS)) return one > MONTHS ? "dmy" : "mdy";
  return one === other || one > MONTHS ? null : "";
}

/** Whether a day stands in the calendar. @param {string} day */
const isDay = (day) => !Number.isNaN(Date.parse(`${day}T00:00Z`)) && new Date(`${day}T00:00Z`).toISOString().startsWith(day);

/** @param {string} words @param {Order} order */
function dayOf(words, order) {
  const plain = words.replace(MIDNIGHT, "");
  const [figures, own] = [FIGURES.exec(plain), ownOrder(words)];
  if (figures && !order && own === "") {
    throw new Error(t("“{text}” can be two days, and no other date tells which. Write it as year-month-day, such as"
      + " 2026-03-31.", { text: words }));
  }
  if (order && own && own !== order) {
    throw new Error(t("“{text}” is a day only if the other figure is the month.", { text: words }));
  }
  const parts = figures ? (order || own) === "mdy" ? [figures[3], figures[1], figures[2]] : [figures[3], figures[2], figures[1]]
    : YEAR_FIRST.exec(plain)?.slice(1);
  if (!parts) {
    throw new Error(t("“{text}” cannot be read as a date. Dates stand as year-month-day: 2026-03-31.", { text: words }));
  }
  const date = [parts[0].padStart(4, "20"), parts[1].padStart(2, "0"), parts[2].padStart(2, "0")].join("-");
  if (isDay(date)) return date;
  throw new Error(t("“{text}”: there is no such day.", { text: words }));
}
