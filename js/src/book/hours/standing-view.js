/* How one stands with a body, drawn: numbers as meters, then what one keeps the evidence of. */
import { make } from "../dom.js";
import { fold, shape } from "../look.js";
import { amount, drawn, foreseen, noneConfirmed, numbers, reasons, side, state, unforeseen } from "./report.js";
import { number, t, tn } from "../../words.js";

/** @typedef {import("./rules.js").Standing} Standing */

const unsure = () => make("span", { className: "candor-chip draft", textContent: t("not confirmed") });
const small = (/** @type {string} */ textContent) => make("p", { className: "candor-small candor-muted", textContent });

/** @param {Standing} one @param {boolean} chip whether it says that it is not confirmed */
function meter(one, chip) {
  const { requirement: { title, unconfirmed }, counted, planned } = one;
  const needed = one.needed ?? 0;
  const share = t("{done} of {whole}", { done: number(counted), whole: amount(needed, one) });
  const words = planned ? t("{label}: {share}, {n} planned", { label: title, share, n: number(planned) })
    : t("{label}: {share}", { label: title, share });
  const at = (/** @type {number} */ n) => `${(100 * Math.min(1, n / needed)).toFixed(1)}%`;
  const drawn = shape("svg", { role: "img", "aria-label": words });
  if (planned) drawn.append(shape("line", { x1: at(counted), x2: at(counted + planned), y1: 5, y2: 5 }));
  drawn.append(shape("rect", { width: at(counted), height: 10 }));
  return make("div", { className: "candor-meter" },
    make("div", {}, make("span", {}, title, ...(unconfirmed && chip ? [" ", unsure()] : [])),
      make("span", { className: "candor-num", textContent: share })), drawn);
}

/** A row with a number to reach: how far, by which rule, when the rest would be there, and why.
 * @param {Standing} one @param {boolean} chip whether it says that it is not confirmed */
function reach(one, chip) {
  const left = one.complete ? t("Complete.") : one.missing ? t("{hours} to go.", { hours: amount(one.missing, one) })
    : t("The total is there; something beside it is missing.");
  const why = reasons(one).filter((said) => said !== one.unsaid);
  const when = foreseen(one);
  return make("div", {}, meter(one, chip), small(`${left} ${t("Where this number stands: {version}.", { version: one.requirement.dated })}`),
    when ? make("p", { className: "candor-small", textContent: when }) : null,
    one.unsaid ? small(one.unsaid) : null,
    why.length ? fold(t("Why, and what to ask"),
      make("ul", { className: "candor-small" }, ...why.map((textContent) => make("li", { textContent })))) : null);
}

/** A row that no sum can judge. @param {Standing} one */
const evidence = (one) => make("li", {}, make("span", { textContent: one.requirement.title }), " ",
  ...(one.requirement.unconfirmed ? [unsure(), " "] : []),
  small(one.kept ? `${state(one)}. ${one.requirement.dated}` : one.requirement.dated));

/** @param {import("../types.js").Body} body @param {string} chosen why this version of its rules @param {Standing[]} all */
export function standing(body, chosen, all) {
  const counted = numbers(all);
  const rest = all.filter((one) => !counted.includes(one));
  return [
    make("h2", { textContent: t("Toward {body}", { body: body.title }) }),
    make("p", { className: "candor-lead", textContent: `${side(all)}.` }),
    small([t("Counted by {version}", { version: chosen }), drawn(all), unforeseen(all)].filter(Boolean).join(" ")),
    ...(counted.length ? [make("div", { className: "candor-meters" }, ...counted.map((one) => reach(one, !noneConfirmed(counted))))] : []),
    ...(rest.length ? [fold(tn("Evidence to keep: {n} thing that no sum can judge",
      "Evidence to keep: {n} things that no sum can judge", rest.length),
    small(t("Keep the papers, and go through them with your supervisor.")),
    make("ul", { className: "candor-evidence-kept" }, ...rest.map(evidence)))] : []),
  ];
}
