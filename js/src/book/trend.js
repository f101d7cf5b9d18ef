/* Results over time: a small chart, and the same in words. */
import { make } from "./dom.js";
import { shape } from "./look.js";
import { FEW, wilson } from "./score.js";

/** @typedef {import("./types.js").Result} Result */
/** A score that says something, in hundredths, with its likely range.
 * @typedef {{ at: number, score: number, low: number, high: number }} Point */

const MOST = 10;
const [WIDE, TALL, LEFT, RIGHT, TOP] = [320, 150, 30, 10, 10];

/** The scores of results, the oldest first; of results with too few questions or answers there is none. Pure.
 * @param {Result[]} results @returns {Point[]} */
export function points(results) {
  return results.filter(({ share, slots }) => share !== undefined && slots.length >= FEW).map(({ at, share = 0, slots }) => {
    const [low, high] = wilson(share, slots.length);
    return { at, score: percent(share), low: percent(low), high: percent(high) };
  }).sort((one, other) => one.at - other.at).slice(-MOST);
}

/** @param {number} share */
const percent = (share) => Math.round(100 * share);

/** What the last score says, and whether it differs from the first by more than chance. Pure. @param {Point[]} all */
export function verdict(all) {
  const [first, last] = [all[0], all[all.length - 1]];
  const said = `The last: ${last.score} of 100. Over many such forms you would likely score between ${last.low} and`
    + ` ${last.high} of 100.`;
  if (all.length < 2) return said;
  const apart = last.low > first.high ? "It is above the first by more than chance explains."
    : last.high < first.low ? "It is below the first by more than chance explains."
    : "The ranges of the first and the last overlap, so the difference may be chance.";
  return `${said} ${apart}`;
}

/** @param {Result[]} results @param {string} what "mock exams" or "sessions" */
export function trend(results, what) {
  const all = points(results);
  if (!all.length) return [];
  const words = make("p", { textContent: verdict(all) });
  return all.length < 2 ? [words] : [words, chart(all, what)];
}

/** @param {Point[]} all @param {string} what */
function chart(all, what) {
  const day = (/** @type {number} */ at) => new Date(at).toLocaleDateString();
  const said = all.map(({ at, score, low, high }) => `${day(at)}: ${score}, likely ${low} to ${high}`).join("; ");
  const node = shape("svg", { class: "candor-trend", viewBox: `0 0 ${WIDE} ${TALL + 30}`, role: "img",
    "aria-label": `Scores of ${what} out of 100, the oldest first. ${said}.` });
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
      label(String(score), { x: LEFT - 6, y: y(score) + 4, "text-anchor": "end" }));
  }
  all.forEach(({ score, low, high }, place) => node.append(
    shape("line", { class: "candor-likely", x1: x(place), x2: x(place), y1: y(low), y2: y(high) }),
    shape("circle", { cx: x(place), cy: y(score), r: 5 })));
  node.append(label(day(all[0].at), { x: LEFT, y: TALL + 22 }),
    label(day(all[all.length - 1].at), { x: WIDE, y: TALL + 22, "text-anchor": "end" }));
  const note = make("figcaption", { textContent: "Dot: the score out of 100. Bar: the likely range." });
  return make("figure", { className: "candor-trend-box" }, node, note);
}
