/* Before a mock exam: which form, in what way and how long; and the results of earlier ones, to be opened again. */
import { bar, button, inWords, make, rows, saying } from "./dom.js";
import { SAID } from "./kinds.js";
import { trend } from "./trend.js";
import { dateTime, later, t, tn } from "../words.js";

/** @typedef {import("./types.js").Mode} Mode */
/** @typedef {import("./types.js").Result} Result */

/** @type {[Mode, string][]} */
export const MODES = [["exam", later("Exam: reasons at the end")],
  ["tutor", later("Tutor: a reason after each answer")]];
/** Times the minutes of the examination. @type {[string, (n: number) => string][]} */
const TIMES = [["1", (n) => tn("{n} minute", "{n} minutes", n)],
  ["1.25", (n) => tn("A quarter more: {n} minute", "A quarter more: {n} minutes", n)],
  ["1.5", (n) => tn("Half as much again: {n} minute", "Half as much again: {n} minutes", n)],
  ["2", (n) => tn("Double: {n} minute", "Double: {n} minutes", n)],
  ["0", () => t("No clock")]];

/** @typedef {import("./clock.js").Lid} Lid */
/** @type {[Lid, string][]} */
const LIDS = [["stops", later("It stops, and you go on later")],
  ["runs", later("It goes on, as in an examination")]];

/** Calls `begin(place of the form, mode, seconds or null for no clock, what a closed lid does)`.
 * @param {string} name
 * @param {import("./types.js").Exam} exam
 * @param {(place: number, mode: Mode, seconds: number | null, lid: Lid) => void} begin */
export function startForm(name, exam, begin) {
  const forms = exam.forms.map((slots, place) =>
    /** @type {[number, string]} */ ([place, tn("Form {form}, {n} question", "Form {form}, {n} questions", slots.length,
      { form: place + 1 })]));
  const which = rows(t("Which form?"), `${name}-form`, forms);
  const mode = rows(t("When do you want reasons?"), `${name}-mode`, inWords(MODES));
  const time = rows(t("How long?"), `${name}-time`,
    TIMES.map(([times, words]) => [times, words(Math.round(Number(times) * exam.minutes))]));
  const lid = rows(t("When you close this page or the device sleeps, what does the clock do?"), `${name}-lid`, inWords(LIDS));
  time.row.addEventListener("change", () => (lid.row.disabled = time.chosen() === "0"));
  const go = make("button", { type: "submit", textContent: t("Begin"), className: "candor-check" });
  const start = make("form", { className: "candor-start" }, which.row, mode.row, time.row, lid.row, bar(go));
  start.addEventListener("submit", (event) => {
    event.preventDefault();
    const seconds = Math.round(Number(time.chosen()) * exam.minutes * 60) || null;
    begin(which.chosen(), mode.chosen(), seconds, lid.chosen());
  });
  return start;
}

/** The list of results; nothing where there are none.
 * @param {Result[]} results
 * @param {{ open: (one: Result) => void, goOn: (one: Result) => HTMLElement | null, since: (one: Result) => string,
 *   takeOut: () => string, forget: () => void }} works
 * @param {import("./kinds.js").Kind} kind */
export function earlier(results, { open, goOn, since, takeOut, forget }, kind) {
  if (!results.length) return [];
  const rows = results.map((one) => {
    const title = one.title || t("form {form}", { form: one.form });
    const words = t("{time}: {title}, {words}", { time: dateTime(one.at), title, words: [one.words, since(one)].filter(Boolean).join("; ") });
    const look = button(t("Open the result"), () => open(one), { at: `result-${one.began}` });
    return make("li", {}, words, bar(look, goOn(one)));
  });
  const title = make("h2", { textContent: t(SAID[kind].earlier) });
  const taken = saying();
  const out = button(t("Take my results as a file"), () => (taken.textContent = takeOut()));
  const buttons = bar(out, button(t("Delete my results"), forget));
  return [title, ...trend(results, kind), make("ul", { className: "candor-past" }, ...rows), buttons, taken];
}
