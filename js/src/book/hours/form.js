/* The form in which a line of one's own hours is written. */
import { bar, choice, make } from "../dom.js";
import { KINDS, SUPERVISORS, WORDS } from "./line.js";
import { later, t } from "../../words.js";

/** @typedef {import("./line.js").Line} Line */

/** @type {Record<string, string>} */
export const FORMATS = {
  "in-person": later("in person"), "live-online": later("live online"), "e-learning": later("e-learning"),
  telehealth: later("telehealth"), individual: later("individual"), group: later("group"),
};
const NOT_KNOWN = "-";
const EMPTIED = /** @type {const} */ (["hours", "title", "evidence"]); // once a line is added

/** The day where the reader is. */
export const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);

/** @param {string} text */
export const upper = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** A form, and its field of knowledge areas, which depends on the body. `add` says whether a line was taken.
 * @param {(line: Line) => boolean} add */
export function lineForm(add) {
  const kind = choice(t("What"), "candor-kind", Object.keys(KINDS).map((one) => [one, upper(t(WORDS[one]))]));
  kind.select.value = "client";
  const format = choice(t("How"), "candor-format", []);
  const by = choice(t("Who supervised"), "candor-supervisor", [["", t("Choose")],
    ...Object.entries(SUPERVISORS).map(([word, words]) => /** @type {[string, string]} */ ([word, upper(t(words))])),
    [NOT_KNOWN, t("I do not know yet")]]);
  const day = field(t("Date"), { type: "date", value: today(), required: true });
  const hours = field(t("Hours"), { inputMode: "decimal", autocomplete: "off", placeholder: "1.5" });
  const area = choice(t("Knowledge area, where the body asks for one"), "candor-area", []);
  const title = field(t("What it was, without a client's name"), {});
  const initials = field(t("Supervisor's initials"), { autocomplete: "off" });
  const evidence = field(t("Where the evidence is"), { autocomplete: "off" });
  const fields = { hours, title, evidence };
  const go = make("button", { type: "submit", className: "candor-check", textContent: t("Add") });
  const form = make("form", { className: "candor-start" }, kind.row, day.row, hours.row, format.row, by.row, area.row, title.row,
    initials.row, evidence.row, bar(go));
  const asked = () => {
    const some = KINDS[kind.select.value];
    format.select.replaceChildren(...some.map((value) => make("option", { value, textContent: t(FORMATS[value]) })));
    format.row.hidden = !some.length;
    hours.row.hidden = kind.select.value === "contract";
    hours.input.required = !hours.row.hidden;
    by.row.hidden = kind.select.value !== "supervision";
    by.select.required = !by.row.hidden;
  };
  kind.select.addEventListener("change", asked);
  asked();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [signed, supervisor] = [kind.select.value === "contract", by.row.hidden ? "" : by.select.value];
    const added = add({ date: day.input.value, kind: kind.select.value, hours: signed ? "0" : hours.input.value.trim(),
      format: format.row.hidden ? "" : format.select.value, area: area.select.value, title: title.input.value.trim(),
      initials: initials.input.value.trim(), evidence: evidence.input.value.trim(),
      supervisor: supervisor === NOT_KNOWN ? "" : supervisor });
    if (!added) return;
    for (const name of EMPTIED) fields[name].input.value = "";
  });
  /** Puts a line into the form, to be mended there. @param {Line} line */
  const refill = (line) => {
    kind.select.value = line.kind;
    asked();
    format.select.value = line.format;
    by.select.value = line.supervisor || (by.row.hidden ? "" : NOT_KNOWN);
    day.input.value = line.date;
    initials.input.value = line.initials;
    const known = [...area.select.options].find(({ value }) => value.toLowerCase() === line.area);
    if (line.area && !known) area.select.append(make("option", { value: line.area, textContent: line.area }));
    area.select.value = known?.value ?? line.area;
    for (const name of EMPTIED) fields[name].input.value = line[name];
    title.input.focus();
  };
  return { form, area, refill };
}

/** @param {string} label @param {Partial<HTMLInputElement>} properties */
function field(label, properties) {
  const input = make("input", { type: "text", ...properties });
  return { row: make("p", {}, make("label", {}, label, " ", input)), input };
}
