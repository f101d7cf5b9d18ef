/* The components of grader/web as elements: the same names of classes, so the same look. */
import { html, make } from "./dom.js";
import { wilson } from "./score.js";
import { t } from "../words.js";

/** @typedef {import("./score.js").Group} Group */

const SVG = "http://www.w3.org/2000/svg";
const SHIELD = '<svg class="candor-icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1.8l5 1.8v4c0 3.2-2.1 5.4'
  + '-5 6.6-2.9-1.2-5-3.4-5-6.6v-4z"/><path d="M8 5v3.4M8 10.6v.2"/></svg>';

/** A link that looks like a button. @param {string} textContent @param {string} href @param {string} kind */
export const linkButton = (textContent, href, kind = "") =>
  make("a", { textContent, href, className: `candor-button ${kind}`.trim() });

/** @param {string} label @param {string} title @param {string} href @param {string} words */
export const card = (label, title, href, words) => make("div", { className: "candor-card tint" },
  make("p", { className: "candor-label", textContent: label }),
  make("h4", { className: "candor-title" }, make("a", { href, textContent: title })),
  make("p", { className: "candor-small candor-muted", textContent: words }));

/** Safety: a red header and what is under it. @param {string} title @param {...Node} inside */
export const gate = (title, ...inside) => make("section", { className: "candor-gate" },
  html("h3", `${SHIELD}${title}`), make("div", {}, ...inside));

/** A part of a drawing. @param {string} tag @param {Record<string, string | number>} attributes */
export function shape(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  return node;
}

/** A score with its 95 % interval, drawn. @param {Pick<Group, "got" | "of">} group @param {string} what @param {boolean} big */
export function range({ got, of }, what, big = false) {
  const [low, high] = wilson(got / of, of);
  const [tall, bar, dot] = big ? [24, 8, 9] : [16, 4, 6];
  /** @param {number} share */
  const at = (share) => `${(100 * share).toFixed(1)}%`;
  const said = { what, share: percent(got / of), low: percent(low), high: percent(high) };
  const words = t("{what}: {share} percent, likely between {low} and {high} percent", said);
  const node = shape("svg", { class: `candor-range${big ? " big" : ""}`, role: "img", "aria-label": words });
  node.append(
    shape("line", { x1: 0, x2: "100%", y1: tall / 2, y2: tall / 2 }),
    shape("rect", { x: at(low), width: at(high - low), y: (tall - bar) / 2, height: bar, rx: 2 }),
    shape("circle", { cx: at(got / of), cy: tall / 2, r: dot }));
  return node;
}

/** @param {number} share */
const percent = (share) => Math.round(100 * share);
/** @param {Group} group */
export const counted = ({ got, of }) => t("{got} of {of}", { got, of });

/** A table whose rows become cards on a narrow screen; the first cell names its row. `heads`: words, a short
 * label for the card, and a class.
 * @param {string} name @param {[string, string, string][]} heads @param {(Node | string)[][]} rows */
export function table(name, heads, rows) {
  /** @param {Node | string} inside @param {number} place */
  const cell = (inside, place) => {
    const node = make(place ? "td" : "th", { className: heads[place][2] },
      inside ? make("span", {}, inside) : null); // what is empty has no row on a phone
    node.dataset.label = heads[place][1];
    node.setAttribute("role", place ? "cell" : "rowheader");
    if (!place) node.setAttribute("scope", "row");
    return node;
  };
  const titles = heads.map(([textContent, , className]) =>
    role("columnheader", make("th", { textContent, className, scope: "col" })));
  const lines = rows.map((row) => role("row", make("tr", {}, ...row.map(cell))));
  const [head, body] = [make("thead", {}, role("row", make("tr", {}, ...titles))), make("tbody", {}, ...lines)];
  const node = make("table", { className: "candor-table stack" }, role("rowgroup", head), role("rowgroup", body));
  node.setAttribute("aria-label", name);
  return role("table", node);
}

/** As a row that is drawn as a card is no row to every browser, it says so itself.
 * @template {HTMLElement} T @param {string} name @param {T} node */
function role(name, node) {
  node.setAttribute("role", name);
  return node;
}

/** What the ends of a drawn range mean. @param {string} words */
export const scale = (words) => make("div", { className: "candor-scale candor-small candor-muted" },
  ...["0", words, "100 %"].map((textContent) => make("span", { textContent })));

/** @param {string} title @param {...Node} inside */
export const fold = (title, ...inside) =>
  make("details", { className: "candor-fold" }, make("summary", { textContent: title }), ...inside);
