/* Results over time: a small chart, and the same in words. */
import { make } from "./dom.js";
import { SAID } from "./kinds.js";
import { shape } from "./look.js";
import { RANGED, countOf, wilson } from "./score.js";
import { date, number, t } from "../words.js";

/** @typedef {import("./types.js").Result} Result */
/** A score that says something, in hundredths, with its likely range and how many questions it counts.
 * @typedef {{ at: number, of: number, score: number, low: number, high: number }} Point */

const MOST = 10;
const [WIDE, TALL, LEFT, RIGHT, TOP] = [320, 150, 30, 10, 10];

/** The scores of results, the oldest first; of results with too few questions or answers there is none. Pure.
 * @param {Result[]} results @returns {Point[]} */
export function points(results) {
  return results.filter((one) => one.share !== undefined && countOf(one) >= RANGED).map((one) => {
    const [{ at, share = 0 }, of] = [one, countOf(one)];
    const [low, high] = wilson(share, of);
    return { at, of, score: percent(share), low: percent(low), high: percent(high) };
  }).sort((one, other) => one.at - other.at).slice(-MOST);
}

/** @param {number} share */
const percent = (share) => Math.round(100 * share);

/** What the last score says, and whether it differs from the first by more than chance. Pure. @param {Point[]} all */
export function verdict(all) {
  const [first, last] = [all[0], all[all.length - 1]];
  const { score, low, high } = last;
  const said = t("The last: {score} of 100. Over many such forms you would likely score between {low} and {high} of"
    + " 100.", { score, low, high });
  if (all.length < 2) return said;
  const apart = last.low > first.high ? t("It is above the first by more than chance explains.")
    : last.high < first.low ? t("It is below the first by more than chance explains.")
    : t("The ranges of the first and the last overlap, so the difference may be chance.");
  return `${said} ${apart}`;
}

/** @param {Result[]} results @param {import("./kinds.js").Kind} kind */
export function trend(results, kind) {
  const all = points(results);
  if (!all.length) return [];
  const words = make("p", { textContent: verdict(all) });
  return all.length < 2 ? [words] : [words, chart(all, kind)];
}

/** @param {Point[]} all @param {import("./kinds.js").Kind} kind */
function chart(all, kind) {
  const scores = all.map(({ at, score, low, high }) =>
    t("{day}: {score}, likely {low} to {high}", { day: date(at), score, low, high })).join("; ");
  const node = shape("svg", { class: "candor-trend", viewBox: `0 0 ${WIDE} ${TALL + 30}`, role: "img",
    "aria-label": t(SAID[kind].scores, { scores }) });
  const y = (/** @type {number} */ score) => TOP + (TALL - TOP) * (1 - score / 100);
  const step = (WIDE - LEFT - RIGHT) / all.length;
  const x = (/** @type {number} */ place) => LEFT + step * (place + 0.5);
  const label = (/** @type {string} */ text, /** @type {Record<string, string | number>} */ at) => {
    const one = shape("text", at);
    one.textContent = text;
    return one;
  };
  for (const score of [0, 50, 100]) {
    node.append(shape("line", { class: "candor-grid", x1: LEFT, x2: WIDE, y1: y(score), y2: y(score) }),
      label(number(score), { x: LEFT - 6, y: y(score) + 4, "text-anchor": "end" }));
  }
  all.forEach(({ score, low, high }, place) => node.append(
    shape("line", { class: "candor-likely", x1: x(place), x2: x(place), y1: y(low), y2: y(high) }),
    shape("circle", { cx: x(place), cy: y(score), r: 5 })));
  node.append(label(date(all[0].at), { x: LEFT, y: TALL + 22 }),
    label(date(all[all.length - 1].at), { x: WIDE, y: TALL + 22, "text-anchor": "end" }));
  const note = make("figcaption", { textContent: t("Dot: the score out of 100. Bar: the likely range.") });
  return make("figure", { className: "candor-trend-box" }, node, note);
}
