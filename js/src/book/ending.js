/* What is asked before a run, or a section of it, is over. */
import { SAID } from "./kinds.js";
import * as runs from "./run.js";
import { t, tn } from "../words.js";

/** @typedef {import("./types.js").Run} Run */
/** @typedef {Parameters<typeof import("./sure.js").sure>[0]} Asked */

/** How many have no answer. @param {Run} run @param {number} first @param {number} end */
const open = (run, first, end) => run.slots.slice(first, end).filter(({ card }) => !run.answers[card]?.[0]).length;

/** Before a section is finished; null where nothing of it is open. @param {Run} run @returns {Asked | null} */
export function finishing(run) {
  const [first, end] = runs.bounds(run);
  const [n, of] = [open(run, first, end), end - first];
  if (!n) return null;
  const rows = [tn("{n} of {of} questions is open.", "{n} of {of} questions are open.", n, { of })];
  return runs.sectionsOf(run) > 1
    ? { title: t("Finish this section?"), yes: t("Finish this section"), rows: [...rows, t("A finished section is locked.")] }
    : { title: t("Finish and see the result?"), yes: t("Finish"), rows };
}

/** Before it is ended early. @param {Run} run @param {import("./kinds.js").Kind} kind @returns {Asked} */
export function ending(run, kind) {
  const { end, ends } = SAID[kind];
  const rows = [end(open(run, 0, run.slots.length), run.slots.length), t("What you answered is kept, with its reasons.")];
  return { title: t(ends), yes: t("End early"), rows };
}
