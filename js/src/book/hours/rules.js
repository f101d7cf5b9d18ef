/* Where a trainee stands with a certifying body: done, counted after caps, missing, planned, and why something does not
   count. The twin of grader/learner/readiness/rules.py, which says more of each rule; tests/hours holds both to the same
   ledgers. The rules are data, each row with its source. This is a planning aid. The body decides. Pure. */
import { forecast } from "./forecast.js";
import { isAccepted, mayBe } from "./line.js";
import * as why from "./why.js";
import { number, t, tn } from "../../words.js";

/** @typedef {import("../types.js").Body} Body */
/** @typedef {import("../types.js").Requirement} Requirement */
/** @typedef {import("./line.js").Entry} Entry */
/** @typedef {import("./ledger.js").Ledger} Ledger */

const RATIO = /^hours? for every (\d+)/;
const NEAR = 1e-9;

/** The limits inside a total that are counted. Others are told to the trainee, who sees to them. */
const APPLIED = new Set(["e-learning", "telehealth", "group", "group-share", "per-month", "each-area-at-least",
  "areas-at-least", "in-all"]);

const round = (/** @type {number} */ n) => Math.round(n * 100) / 100;
/** @param {Iterable<number>} all */
const sum = (all) => [...all].reduce((one, other) => one + other, 0);

/** A number as a card writes it, a percentage as a share; null where there is none. @param {string | undefined} text */
export function numberIn(text) {
  const words = (text ?? "").trim();
  const value = words.endsWith("%") ? Number(words.slice(0, -1)) / 100 : Number(words);
  return words && Number.isFinite(value) ? value : null;
}

/** One requirement: hours (or months) done, counted and planned, what is asked, and why something does not count. */
export class Standing {
  /** @param {Requirement} requirement */
  constructor(requirement) {
    this.requirement = requirement;
    /** @type {number | null} */
    this.needed = null;
    this.done = 0;
    this.counted = 0;
    this.planned = 0;
    /** @type {string[]} */
    this.reasons = [];
    this.forecast = "";
    this.unsaid = ""; // of supervision that counts, how much does not say who gave it
    this.short = false; // something beside the total is missing, such as hours in an area
    /** What counts of each entry, by its line. @type {Map<number, number>} */
    this.hours = new Map();
    /** Formats whose cap is full. @type {Set<string>} */
    this.spent = new Set();
  }

  /** Whether a ledger holds this requirement at all; else one keeps the evidence. */
  get kept() { return this.requirement.counts.length > 0; }
  /** @returns {number | null} */
  get missing() { return this.needed === null ? null : Math.max(0, round(this.needed - this.counted)); }
  get complete() { return this.kept && this.missing === 0 && !this.short; }
  /** How much of what is asked counts already; 1 where no number was read. */
  get share() { return this.needed ? this.counted / this.needed : 1; }
}

/** Counts a ledger by a body's rules on a day. Hours after it are planned, not done.
 * @param {Ledger} ledger @param {Body} body @param {string} today as 2026-03-31 */
export function evaluate(ledger, body, today) {
  const all = body.requirements.map((one) => new Standing(one));
  const of = (/** @type {string} */ id) => all.find(({ requirement }) => requirement.id === id);
  for (const inner of [false, true]) {
    for (const one of all.filter(({ requirement }) => Boolean(requirement.within) === inner)) {
      const parts = body.requirements.filter(({ within }) => within && within === one.requirement.id);
      count(one, parts, of(one.requirement.within), body, ledger, today);
    }
  }
  for (const one of all) {
    need(one, body, ledger, today);
    if (!one.missing || one.requirement.kind !== "hours") continue;
    const still = mine(one.requirement, ledger).filter(({ line }) => one.hours.get(line))
      .map((entry) => ({ ...entry, hours: one.hours.get(entry.line) ?? 0 }));
    const more = still.filter((entry) => ![...one.spent].some((format) => mayBe(entry, format)));
    one.forecast = still.length ? forecast(more, one.missing, today) : "";
  }
  return all;
}

/** The lines of which a row takes the hours: by kind, by format, and of supervision by who gave it.
 * @param {Requirement} requirement @param {Ledger} ledger */
const mine = (requirement, ledger) => ofKind(requirement, ledger).filter((entry) =>
  isAccepted(entry) && (!requirement.formats.length || requirement.formats.includes(entry.format)));

/** @param {Requirement} requirement @param {Ledger} ledger */
const ofKind = ({ counts }, ledger) => ledger.entries.filter(({ kind }) => counts.includes(kind));

/** Hours after caps: first by month, then by format, in the order of the dates. Caps of the rows `within` this one bind
 * here too; a row within another (`whole`) starts from the hours that counted there.
 * @param {Standing} one @param {Requirement[]} parts @param {Standing | undefined} whole @param {Body} body
 * @param {Ledger} ledger @param {string} today */
function count(one, parts, whole, body, ledger, today) {
  const { requirement, reasons } = one;
  const found = mine(requirement, ledger);
  const past = found.filter(({ date }) => date <= today);
  one.done = round(sum(past.map(({ hours }) => hours)));
  one.planned = round(sum(found.filter(({ date }) => date > today).map(({ hours }) => hours)));
  if (!whole) reasons.push(...notTaken(requirement, ledger, today));
  const unseen = Object.entries(requirement.caps).filter(([name]) => !APPLIED.has(name))
    .map(([name, value]) => `${name.replaceAll("-", " ")}: ${value}`);
  if (unseen.length) reasons.push(t("Asked as well, and not counted here: {limits}.", { limits: unseen.join("; ") }));
  const hours = new Map(past.map(({ line, hours: own }) => [line, whole ? whole.hours.get(line) ?? 0 : own]));
  const lost = whole ? one.done - sum(hours.values()) : 0;
  if (whole && lost > NEAR && requirement.kind === "hours") reasons.push(why.overACap(lost, whole.requirement.title));
  const caps = capsOf([requirement, ...parts]);
  capAll(one, hours, past, caps, Boolean(whole));
  one.hours = hours;
  one.counted = round(sum(hours.values()));
  if (!whole) one.unsaid = unsaid(past, hours);
  if (one.unsaid) reasons.push(one.unsaid);
  const least = caps.get("each-area-at-least");
  if (least) {
    const known = body.areas.map(({ id }) => id)
      .filter((id) => !requirement.areas.length || requirement.areas.includes(id));
    areas(one, past, least, known, Math.trunc(caps.get("areas-at-least") ?? known.length));
  }
  if (["months", "month"].includes(requirement.unit) && one.kept) {
    one.done = one.counted = months(past.filter(({ line }) => hours.get(line)));
    one.planned = 0;
  }
  const { contract } = ledger;
  if (contract && !whole && ["supervision", "client"].some((kind) => requirement.counts.includes(kind))) {
    const early = sum(past.filter(({ date }) => date < contract).map(({ line }) => hours.get(line) ?? 0));
    if (early) reasons.push(why.early(early, contract));
  }
}

/** What of the hours done a row does not take, and why.
 * @param {Requirement} requirement @param {Ledger} ledger @param {string} today */
function notTaken(requirement, ledger, today) {
  const past = ofKind(requirement, ledger).filter(({ date }) => date <= today);
  const hours = (/** @type {Entry[]} */ some) => sum(some.map((entry) => entry.hours));
  const peers = hours(past.filter((entry) => !isAccepted(entry)));
  const said = peers ? [why.notCertified(peers)] : [];
  if (!requirement.formats.length) return said;
  const others = past.filter((entry) => isAccepted(entry) && !requirement.formats.includes(entry.format));
  const known = others.filter(({ format }) => format);
  if (known.length) said.push(why.notTaken(hours(known), known.map(({ format }) => format)));
  const bare = hours(others.filter(({ format }) => !format));
  return bare ? [...said, why.noFormat(bare, requirement.formats)] : said;
}

/** What of supervision that counts does not say who gave it, in a sentence.
 * @param {Entry[]} past @param {Map<number, number>} hours */
function unsaid(past, hours) {
  const bare = past.filter(({ kind, supervisor }) => kind === "supervision" && !supervisor);
  const all = sum(bare.map(({ line }) => hours.get(line) ?? 0));
  return all ? why.unsaid(all) : "";
}

/** @param {Requirement[]} rows */
function capsOf(rows) {
  /** @type {Map<string, number>} */
  const caps = new Map();
  for (const [name, text] of rows.flatMap((row) => Object.entries(row.caps))) {
    const most = numberIn(text);
    if (most !== null) caps.set(name, most);
  }
  return caps;
}

/** In a full month hours of a capped format give way first, so no other choice of hours would count for more.
 * @param {Standing} one @param {Map<number, number>} hours @param {Entry[]} past @param {Map<string, number>} caps
 * @param {boolean} inner */
function capAll(one, hours, past, caps, inner) {
  /** @type {Map<string, number>} */
  const limits = new Map();
  for (const name of ["e-learning", "telehealth", "group"]) {
    const most = caps.get(name);
    if (most !== undefined) limits.set(name, most);
  }
  const [minimum, share] = [numberIn(one.requirement.minimum), caps.get("group-share")];
  if (share !== undefined && minimum && !RATIO.test(one.requirement.unit)) limits.set("group", share * minimum);
  const most = caps.get("per-month");
  if (most !== undefined && !inner) {
    const isCapped = (/** @type {Entry} */ entry) => [...limits.keys()].some((format) => mayBe(entry, format));
    capMonths(one, hours, [...past.filter((entry) => !isCapped(entry)), ...past.filter(isCapped)], most);
  }
  for (const [format, limit] of limits) {
    const some = past.filter((entry) => mayBe(entry, format));
    cap(one, hours, some, limit, t("{format} counts up to {most}", { format, most: number(limit) }));
    if (sum(some.map(({ line }) => hours.get(line) ?? 0)) >= limit - NEAR) one.spent.add(format);
  }
}

/** @param {Standing} one @param {Map<number, number>} hours @param {Entry[]} some @param {number} most @param {string} words */
function cap(one, hours, some, most, words) {
  let [left, over] = [most, 0];
  for (const { line } of some) {
    const own = hours.get(line) ?? 0;
    const counted = Math.min(own, left);
    over += own - counted;
    left -= counted;
    hours.set(line, counted);
  }
  if (over > NEAR) one.reasons.push(tn("{n} hour not counted: {why}.", "{n} hours not counted: {why}.", over, { why: words }));
}

/** @param {Standing} one @param {Map<number, number>} hours @param {Entry[]} past @param {number} most */
function capMonths(one, hours, past, most) {
  for (const month of [...new Set(past.map(({ date }) => date.slice(0, 7)))].sort()) {
    const words = t("{month} has more than {most} in a month", { month, most: number(most) });
    cap(one, hours, past.filter(({ date }) => date.startsWith(month)), most, words);
  }
}

/** Whether so many of the body's areas have their least hours. Hours without an area count for the total alone; a line over
 * two areas gives each a half.
 * @param {Standing} one @param {Entry[]} past @param {number} least @param {string[]} known @param {number} wanted */
function areas(one, past, least, known, wanted) {
  const found = new Map(known.map((id) => [id, 0]));
  /** @type {Set<string>} */
  const strange = new Set();
  for (const { area, line } of past) {
    const named = area.split(/[ ,;]+/).filter(Boolean);
    for (const id of named) {
      if (found.has(id)) found.set(id, (found.get(id) ?? 0) + (one.hours.get(line) ?? 0) / named.length);
      else strange.add(id);
    }
  }
  if (strange.size) one.reasons.push(why.strangeAreas([...strange], known));
  const low = [...found].filter(([, hours]) => hours < least - NEAR).map(([id, hours]) => `${id} (${number(hours)})`);
  if (known.length - low.length >= wanted) return;
  one.short = true;
  one.reasons.push(why.fewAreas(low, known.length, wanted, least));
}

/** Months from the first to the last day, in whole ones. @param {Entry[]} past */
function months(past) {
  if (!past.length) return 0;
  const [first, last] = [past[0].date, past[past.length - 1].date].map((date) => date.split("-").map(Number));
  return Math.max(0, (last[0] - first[0]) * 12 + last[1] - first[1] - (last[2] < first[2] ? 1 : 0));
}

/** What is asked; for a ratio such as `hour for every 6 clinical hours`, from the client hours that the body asks for, or
 * that were done if more. @param {Standing} one @param {Body} body @param {Ledger} ledger @param {string} today */
function need(one, body, ledger, today) {
  const { requirement, reasons } = one;
  if (!one.kept) return;
  const minimum = numberIn(requirement.minimum);
  const ratio = RATIO.exec(requirement.unit);
  if (ratio) return needRatio(one, (minimum || 1) / Number(ratio[1]), body, ledger, today);
  one.needed = numberIn(requirement.plan) || minimum;
  if (requirement.plan && one.counted >= (minimum ?? 0) && one.missing) {
    reasons.push(t("sources differ: {one} in one, {other} in another. The larger is planned for.",
      { one: requirement.minimum, other: requirement.plan }));
  }
}

/** @param {Standing} one @param {number} per @param {Body} body @param {Ledger} ledger @param {string} today */
function needRatio(one, per, body, ledger, today) {
  const { requirement } = one;
  const clients = sum(ledger.entries.filter(({ kind, date }) => kind === "client" && date <= today).map(({ hours }) => hours));
  const asked = body.requirements.filter(({ kind, counts }) => kind === "hours" && counts.includes("client"))
    .map((row) => numberIn(row.minimum) ?? 0);
  one.needed = Math.ceil(Math.max(clients, 0, ...asked) * per);
  one.reasons.push(why.due(Math.ceil(clients * per), clients, one.needed));
  const share = numberIn(requirement.caps["group-share"]);
  if (share === null) return;
  const groups = mine(requirement, ledger).filter((entry) => mayBe(entry, "group") && entry.date <= today);
  const [most, of] = [number(share * one.needed), number(one.needed)];
  cap(one, one.hours, groups, share * one.needed, t("group counts up to {most} of {of}", { most, of }));
  one.counted = round(sum(one.hours.values()));
}
