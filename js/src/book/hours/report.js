/* Where one stands, in words: the twin of grader/learner/readiness/report.py and versions.py. Pure. */
import { FEW, noForecast } from "./forecast.js";
import { later, number, t, tn } from "../../words.js";

/** @typedef {import("../types.js").Body} Body */
/** @typedef {import("./rules.js").Standing} Standing */

export const NOTE = later("A planning aid from published rules, some of them old or read in copies: each row says so."
  + " Not confirmed means: not in the body’s current text that we read; ask the body. Only the body decides. Study with this"
  + " library is not continuing-education credit unless your program is an approved provider.");

/** The version of a body's rules that a contract's date picks, and in words why. Versions of one body share `family`; each
 * says `since`, the day from which it holds for new contracts.
 * @param {string} family @param {Body[]} bodies @param {string} contract as 2026-03-31, or ""
 * @returns {[Body, string] | null} */
export function versionFor(family, bodies, contract) {
  const versions = bodies.filter((body) => (body.family || body.name) === family)
    .sort((one, other) => (one.since < other.since ? -1 : one.since > other.since ? 1 : 0));
  const [oldest, newest] = [versions[0], versions[versions.length - 1]];
  if (!oldest) return null;
  if (!contract) {
    return [newest, t("version {version}, the newest here. Which one holds for you goes by the date of your supervision"
      + " contract, which is not written down yet.", { version: newest.version })];
  }
  const holding = versions.filter(({ since }) => !since || since <= contract).pop();
  const said = { version: (holding ?? oldest).version, day: contract };
  if (!holding) {
    return [oldest, t("version {version}, the oldest here: the contract of {day} is older than any version that was"
      + " encoded.", said)];
  }
  if (!holding.since) {
    return [holding, t("version {version}, the only one here; from when it holds was not read. The contract was signed on"
      + " {day}: ask the body.", said)];
  }
  return [holding, t("version {version}, which held when the contract was signed ({day}).", said)];
}

/** @type {[string, (n: number) => string][]} */
const UNITS = [
  ["hour", (n) => tn("{n} hour", "{n} hours", n)],
  ["month", (n) => tn("{n} month", "{n} months", n)],
  ["year", (n) => tn("{n} year", "{n} years", n)],
];

/** So much of what a row counts in: `54 hours`. What a card adds to its unit is said elsewhere.
 * @param {number} many @param {Standing} one */
export function amount(many, { requirement: { unit, kind } }) {
  const each = unit.split(/\W+/);
  const known = UNITS.find(([name]) => each.includes(name) || each.includes(`${name}s`));
  if (known || (!unit && kind === "hours")) return (known ?? UNITS[0])[1](many);
  const [words] = unit.split(";");
  return `${number(many)} ${many === 1 ? words.replace(/s$/, "") : words}`.trim();
}

/** What a row says of itself in a few words. @param {Standing} one */
export function state(one) {
  const { kept, needed, counted, missing, short, requirement } = one;
  const figures = () => ({ done: number(counted), needed: amount(needed ?? 0, one), missing: number(missing ?? 0) });
  const said = !kept ? t("keep the evidence")
    : needed === null ? t("{hours} counted; no number was read", { hours: amount(counted, one) })
      : missing ? t("{done} of {needed}, {missing} missing", figures())
        : short ? t("{done} of {needed}, not complete", figures()) : t("{done} of {needed}, complete", figures());
  return requirement.unconfirmed ? t("{state} (not confirmed)", { state: said }) : said;
}

/** Why a row stands where it stands, a sentence each, without its forecast. @param {Standing} one */
export function reasons(one) {
  const lines = [];
  if (one.kept && one.done !== one.counted) {
    lines.push(t("{hours} done, {counted} counted.", { hours: amount(one.done, one), counted: number(one.counted) }));
  }
  lines.push(...one.reasons.map((said) => (said.charAt(0).toUpperCase() + said.slice(1)).replace(/\*([^*]+)\*/g, "“$1”")));
  if (one.planned) lines.push(t("{hours} planned.", { hours: amount(one.planned, one) }));
  return lines;
}

/** When a row would be complete, with a range; "" where it is, or where nothing can be said, which `unforeseen` says once for
 * a body. @param {Standing} one */
export const foreseen = ({ forecast }) =>
  (forecast && forecast !== noForecast() ? t("Forecast: {forecast}", { forecast }) : "");

/** Why no forecast is given, with the rows that it is said of where others have one; "" where every row has one or needs
 * none. @param {Standing[]} all */
export function unforeseen(all) {
  const [asked, words] = [all.filter((one) => one.forecast), noForecast()];
  const without = asked.filter((one) => one.forecast === words).map(({ requirement }) => requirement.title);
  if (!without.length) return "";
  if (without.length < asked.length) {
    return t("No forecast for {rows}: fewer than {weeks} weeks since the first hours that count, or fewer than three with hours"
      + " in the last half year.", { rows: without.map((title) => `“${title}”`).join("; "), weeks: FEW });
  }
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The rows with a number to reach. @param {Standing[]} all */
export const numbers = (all) => all.filter(({ kept, needed }) => kept && needed);

/** A body in a line: of how many of its numbers there is enough, and which of the others is nearest. @param {Standing[]} all */
export function side(all) {
  const reaching = numbers(all);
  if (!reaching.length) return t("no number to reach was read");
  const reached = reaching.filter(({ complete }) => complete).length;
  const words = tn("{reached} of {n} requirement with a number is complete",
    "{reached} of {n} requirements with a number are complete", reaching.length, { reached });
  const begun = reaching.filter(({ missing, counted }) => missing && counted);
  if (!begun.length) return words;
  const nearest = begun.reduce((best, one) => (one.share > best.share ? one : best));
  return t("{numbers}; nearest to complete: {requirement}, {done} of {needed}", { numbers: words,
    requirement: nearest.requirement.title, done: number(nearest.counted), needed: amount(nearest.needed ?? 0, nearest) });
}

/** Whether nothing of a body's numbers is confirmed, so that it is said once. @param {Standing[]} reaching */
export const noneConfirmed = (reaching) => reaching.length > 0 && reaching.every(({ requirement }) => requirement.unconfirmed);

/** How to read the meters of a body, where something in them is to be told apart or to be asked. @param {Standing[]} all */
export function drawn(all) {
  const reaching = numbers(all);
  const some = reaching.some(({ requirement }) => requirement.unconfirmed);
  return [
    reaching.some(({ planned }) => planned) ? t("In a bar, what is solid is counted and what is striped is planned.") : "",
    noneConfirmed(reaching) ? t("None of these numbers is confirmed: we did not find them in the body’s current text. Ask the body.")
      : some ? t("Not confirmed: we did not find it in the body’s current text. Ask the body.") : "",
  ].filter(Boolean).join(" ");
}
