/* Why hours do not count, or are asked for, in a sentence each: the words of grader/learner/readiness/why.py. */
import { number, t, tn } from "../../words.js";

/** Hours in formats that a row does not take. @param {number} hours @param {string[]} formats */
export const notTaken = (hours, formats) => tn("{n} hour not counted: {formats} is not taken here.",
  "{n} hours not counted: {formats} is not taken here.", hours, { formats: [...new Set(formats)].sort().join(", ") });

/** Hours whose format was not said, in a row that takes some formats alone. @param {number} hours @param {string[]} formats */
export const noFormat = (hours, formats) => tn("{n} hour not counted: its format is not said, and {formats} is taken here.",
  "{n} hours not counted: their format is not said, and {formats} is taken here.", hours, { formats: formats.join(", ") });

/** Supervision by peers, or by somebody whom the body does not accept. @param {number} hours */
export const notCertified = (hours) => tn(
  "{n} hour of supervision not counted: it was not with a supervisor whom the body certifies or accepts.",
  "{n} hours of supervision not counted: they were not with a supervisor whom the body certifies or accepts.", hours);

/** Supervision that counts and does not say who gave it. @param {number} hours */
export const unsaid = (hours) => tn("{n} hour of supervision does not say who supervised: counted, and not confirmed. Peers, or"
  + " a supervisor whom the body does not accept, would not count.", "{n} hours of supervision do not say who supervised:"
  + " counted, and not confirmed. Peers, or a supervisor whom the body does not accept, would not count.", hours);

/** Hours over the cap of the row in which this one stands. @param {number} hours @param {string} requirement */
export const overACap = (hours, requirement) => tn("{n} hour not counted: it is over a cap of *{requirement}*.",
  "{n} hours not counted: they are over a cap of *{requirement}*.", hours, { requirement });

/** @param {number} hours @param {string} contract */
export const early = (hours, contract) =>
  t("{n} of the hours are dated before the contract of {day}: ask the body whether they count.",
    { n: number(hours), day: contract });

/** Areas that a row does not know. @param {string[]} strange @param {string[]} known */
export const strangeAreas = (strange, known) => t("not an area of this row: {strange}. Areas are {known}.",
  { strange: strange.sort().join(", "), known: known.join(", ") });

/** Too few of the areas have their least hours. `low`: the others, each with its hours.
 * @param {string[]} low @param {number} known @param {number} wanted @param {number} least */
export function fewAreas(low, known, wanted, least) {
  const [few, hours] = [low.join(", "), tn("{n} hour", "{n} hours", least)];
  if (wanted === known) return t("each area is asked to have {hours}; fewer in: {areas}.", { hours, areas: few });
  return t("{wanted} of {of} are asked to have {hours} each, {have} have; fewer in: {areas}.",
    { wanted, of: tn("{n} area", "{n} areas", known), hours, have: known - low.length, areas: few });
}

/** Hours that a ratio asks for. @param {number} hours @param {number} clients @param {number} needed */
export const due = (hours, clients, needed) => tn("{n} hour is due for the {done} done, {needed} in all.",
  "{n} hours are due for the {done} done, {needed} in all.", hours,
  { done: tn("{n} client hour", "{n} client hours", clients), needed: number(needed) });
