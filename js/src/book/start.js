/* Before a mock exam: which form, in what way and how long; and the results of earlier ones, to be opened again. */
import { bar, button, choice, inWords, make } from "./dom.js";
import { SAID } from "./kinds.js";
import { trend } from "./trend.js";
import { dateTime, later, t, tn } from "../words.js";

/** @typedef {import("./types.js").Mode} Mode */
/** @typedef {import("./types.js").Result} Result */

/** @type {[Mode, string][]} */
export const MODES = [["exam", later("Exam: reasons at the end")],
  ["tutor", later("Tutor: a reason after each answer")]];
/** @type {[string, string][]} */
const TIMES = [["1.25", later("and a quarter")], ["1.5", later("and a half")], ["2", later("doubled")],
  ["0", later("no clock")]];

/** @typedef {import("./clock.js").Lid} Lid */
/** @type {[Lid, string][]} */
const LIDS = [["stops", later("the clock stops, and you go on later")],
  ["runs", later("the clock goes on, as in an examination")]];

/** Calls `begin(place of the form, mode, seconds or null for no clock, what a closed lid does)`.
 * @param {string} name
 * @param {import("./types.js").Exam} exam
 * @param {(place: number, mode: Mode, seconds: number | null, lid: Lid) => void} begin */
export function startForm(name, exam, begin) {
  const forms = exam.forms.map((slots, place) =>
    /** @type {[number, string]} */ ([place, tn("Form {form}, {n} question", "Form {form}, {n} questions", slots.length,
      { form: place + 1 })]));
  const which = choice(t("Form"), `${name}-form`, forms);
  const mode = choice(t("Mode"), `${name}-mode`, inWords(MODES));
  const time = choice(t("Time"), `${name}-time`,
    [["1", tn("{n} minute", "{n} minutes", exam.minutes)], ...inWords(TIMES)]);
  const lid = choice(t("When you close the lid or this page"), `${name}-lid`, inWords(LIDS));
  time.select.addEventListener("change", () => (lid.select.disabled = time.select.value === "0"));
  const go = make("button", { type: "submit", textContent: t("Begin"), className: "candor-check" });
  const start = make("form", { className: "candor-start" }, which.row, mode.row, time.row, lid.row, bar(go));
  start.addEventListener("submit", (event) => {
    event.preventDefault();
    const seconds = Math.round(Number(time.select.value) * exam.minutes * 60) || null;
    begin(Number(which.select.value), /** @type {Mode} */ (mode.select.value), seconds,
      /** @type {Lid} */ (lid.select.value));
  });
  return start;
}

/** The list of results; nothing where there are none.
 * @param {Result[]} results
 * @param {{ open: (one: Result) => void, takeOut: () => void, forget: () => void }} works
 * @param {import("./kinds.js").Kind} kind */
export function earlier(results, { open, takeOut, forget }, kind) {
  if (!results.length) return [];
  const rows = results.map((one) => {
    const title = one.title || t("form {form}", { form: one.form });
    const words = t("{time}: {title}, {words}", { time: dateTime(one.at), title, words: one.words });
    return make("li", {}, words, " ", button(t("Open the result"), () => open(one), { at: `result-${one.began}` }));
  });
  const title = make("h2", { textContent: t(SAID[kind].earlier) });
  const buttons = bar(button(t("Export my history"), takeOut), button(t("Delete my history"), forget));
  return [title, ...trend(results, kind), make("ul", { className: "candor-past" }, ...rows), buttons];
}
