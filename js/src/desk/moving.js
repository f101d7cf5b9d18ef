/* Going from one answer of a notebook to another. */
import { sourceOf } from "./cell.js";
import { hasKeyboard } from "./keys.js";
import { complain } from "./safely.js";

/** @typedef {import("./lab.d.ts").Cell} Cell */
/** @typedef {import("./lab.d.ts").Notebook} Notebook */
/** @typedef {import("./answer.js").Answer} Answer */

/** Makes a cell the active one, and opens what is folded above it.
 * @param {Notebook} notebook @param {Cell} cell @returns {number} its place */
export function activate(notebook, cell) {
  const index = notebook.widgets.indexOf(cell);
  for (const above of notebook.widgets.slice(0, index)) {
    if (cell.isHidden && above.headingCollapsed) above.headingCollapsed = false;
  }
  notebook.deselectAll();
  notebook.activeCellIndex = index;
  return index;
}

const A_LINE = 32; // px

/** The first cell of which more than its last line is on the screen; -1 for none. @param {Notebook} notebook */
export function firstSeen({ node, widgets }) {
  const { top } = node.getBoundingClientRect();
  return widgets.findIndex((cell) => cell.node.getBoundingClientRect().bottom > top + A_LINE);
}

/** Lab may keep cells that are out of sight out of the page, or not have drawn them yet.
 * @param {Notebook} notebook @param {Cell} cell @param {number} index */
export async function draw(notebook, cell, index) {
  if (!cell.node.isConnected) await notebook.scrollToItem(index, "center");
  await cell.ready;
  await new Promise((resolve) => setTimeout(resolve));
}

/** Whether Lab has drawn the text of a cell: it puts the cell there first, and its text some frames later.
 * @param {Cell} cell */
export const isDrawn = (cell) => !cell.node.classList.contains("jp-mod-rendered") || !sourceOf(cell).trim()
  || Boolean(cell.node.querySelector(".jp-RenderedMarkdown")?.hasChildNodes());

/** @param {Cell} cell @returns {Promise<void>} */
export const whenDrawn = (cell) => new Promise((done) => {
  if (isDrawn(cell)) return done();
  const watch = new MutationObserver(() => {
    if (!isDrawn(cell)) return;
    watch.disconnect();
    done();
  });
  watch.observe(cell.node, { childList: true, subtree: true, attributeFilter: ["class"] });
});

/** When all that is on the screen of a notebook is drawn, or it is too long in coming. @param {Notebook} notebook
 * @param {number} most ms */
export async function whenFilled({ node, widgets }, most) {
  const end = performance.now() + most;
  const filled = () => {
    const screen = node.getBoundingClientRect();
    const here = widgets.filter((cell) => cell.node.isConnected);
    const seen = here.filter((cell) => {
      const { top, bottom } = cell.node.getBoundingClientRect();
      return bottom > screen.top && top < screen.bottom;
    });
    const full = here.length === widgets.length || seen.some((cell) => cell.node.getBoundingClientRect().bottom >= screen.bottom);
    return full && seen.every(isDrawn);
  };
  while (!filled() && performance.now() < end) await new Promise((done) => requestAnimationFrame(done));
}

/** Brings an answer into view, with its question, and puts the focus there. At once if it can be: people type on.
 * @param {Notebook} notebook @param {Answer} answer */
export function bringIntoView(notebook, answer) {
  const index = activate(notebook, answer.cell);
  if (answer.shown) land(notebook, answer);
  else draw(notebook, answer.cell, index).then(() => answer.whole).then(() => land(notebook, answer)).catch(complain);
}

/** @param {Notebook} notebook @param {Answer} answer */
function land(notebook, answer) {
  const question = answer.above("ask", "prompt");
  const first = question?.node ?? answer.root;
  const put = () => {
    if (question) first.scrollIntoView({ block: "start" });
    const room = notebook.node.clientHeight;
    // Where both have no room the question is what to read first.
    const high = answer.root.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
    if (high <= room) answer.root.scrollIntoView({ block: "nearest" });
  };
  hold(first, put).catch(complain);
  if (answer.shown && !opensKeyboard(answer)) answer.focus({ preventScroll: true });
  else answer.cell.node.focus({ preventScroll: true });
}

/** Whether the focus there has a telephone open its keyboard, over what one came to read. @param {Answer} answer */
const opensKeyboard = ({ root }) => !hasKeyboard() && root.querySelector("textarea") !== null;

/** What is held in its place; of two the later. */
let held = {};

/** Puts something in its place, and again as it moves: cells above it are drawn late, and Lab scrolls, too. And again as
 * the notebook grows: what is drawn below may first make room for it to come so high. Until nothing has moved for half
 * a second, or somebody moves on. @param {HTMLElement} node @param {() => void} put */
export async function hold(node, put) {
  const mine = held = {};
  const free = () => (held = {});
  const signs = ["wheel", "touchmove", "pointerdown", "keydown"];
  for (const sign of signs) addEventListener(sign, free, { capture: true, passive: true });
  const scrolled = node.closest(".jp-WindowedPanel-outer");
  const stands = () => [node.getBoundingClientRect().top, scrolled?.scrollHeight ?? 0];
  put();
  let [before, steady] = [stands(), 0];
  for (let tries = 0; tries < 60 && steady < 10; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (held !== mine || !node.isConnected) break;
    const stays = stands().every((one, part) => Math.abs(one - before[part]) < 2);
    steady = stays ? steady + 1 : 0;
    if (!stays) put(); // only then: Lab draws its cells anew at each
    before = stands();
  }
  for (const sign of signs) removeEventListener(sign, free, { capture: true });
}
