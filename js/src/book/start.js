/* Before a mock exam: which form, in what way and how long; and the results of earlier ones, to be opened again. */
import { bar, button, choice, make } from "./dom.js";
import { trend } from "./trend.js";

/** @typedef {import("./types.js").Mode} Mode */
/** @typedef {import("./types.js").Result} Result */

/** @type {[Mode, string][]} */
export const MODES = [["exam", "Exam: reasons at the end"], ["tutor", "Tutor: a reason after each answer"]];
/** @type {[string, string][]} */
const TIMES = [["1.25", "and a quarter"], ["1.5", "and a half"], ["2", "doubled"], ["0", "no clock"]];

/** @typedef {import("./clock.js").Lid} Lid */
/** @type {[Lid, string][]} */
const LIDS = [["stops", "the clock stops, and you go on later"], ["runs", "the clock goes on, as in an examination"]];

/** Calls `begin(place of the form, mode, seconds or null for no clock, what a closed lid does)`.
 * @param {string} name
 * @param {import("./types.js").Exam} exam
 * @param {(place: number, mode: Mode, seconds: number | null, lid: Lid) => void} begin */
export function startForm(name, exam, begin) {
  const forms = exam.forms.map((slots, place) =>
    /** @type {[number, string]} */ ([place, `Form ${place + 1}, ${slots.length} questions`]));
  const which = choice("Form", `${name}-form`, forms);
  const mode = choice("Mode", `${name}-mode`, MODES);
  const time = choice("Time", `${name}-time`, [["1", `${exam.minutes} minutes`], ...TIMES]);
  const lid = choice("When you close the lid or this page", `${name}-lid`, LIDS);
  time.select.addEventListener("change", () => (lid.select.disabled = time.select.value === "0"));
  const go = make("button", { type: "submit", textContent: "Begin", className: "candor-check" });
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
 * @param {string} what */
export function earlier(results, { open, takeOut, forget }, what = "mock exams") {
  if (!results.length) return [];
  const rows = results.map((one) => {
    const words = `${new Date(one.at).toLocaleString()}: ${one.title || `form ${one.form}`}, ${one.words} `;
    return make("li", {}, words, button("Open the result", () => open(one), { at: `result-${one.began}` }));
  });
  const title = make("h2", { textContent: `Earlier ${what} in this browser` });
  const buttons = bar(button("Export my history", takeOut), button("Delete my history", forget));
  return [title, ...trend(results, what), make("ul", { className: "candor-past" }, ...rows), buttons];
}
