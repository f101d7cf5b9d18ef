/* What a save may not reach any more as a window goes: left behind in the browser, and put back by the next window. */
import { applyEdits, nameOf, sourceOf } from "./cell.js";
import { button, download, ownBase, ownStore } from "./dom.js";
import { smallestEdit } from "./text.js";
import { t } from "../words.js";

/** @typedef {import("./desk.js").Desk} Desk */

/** @param {Desk} desk */
const at = (desk) => `candor-unsaved:${ownBase()}:${desk.context.path}`;

/** Everything is kept: nothing need be left behind. @param {Desk} desk */
export const forgetLeft = (desk) => ownStore.put(at(desk), "");

/** @param {Desk} desk */
export function leaveBehind(desk) {
  const unsaved = desk.inOrder.filter((answer) => answer.unsaved && answer.stored !== null);
  if (!unsaved.length || !desk.writable) return;
  const left = unsaved.map(({ cell, stored }) => [nameOf(cell), stored, sourceOf(cell)]);
  ownStore.put(at(desk), JSON.stringify(left));
  desk.save();
}

/** Puts back what an earlier window left behind, where the notebook still says what it said then. @param {Desk} desk */
export function takeUp(desk) {
  const found = ownStore.get(at(desk));
  if (!found) return;
  const lost = [];
  for (const [name, before, after] of JSON.parse(found)) {
    const answer = desk.inOrder.find((one) => nameOf(one.cell) === name);
    const now = answer ? sourceOf(answer.cell) : null;
    if (answer && now === before) applyEdits(answer.cell.model, [smallestEdit(before, after)]);
    else if (now !== after) lost.push(after);
  }
  if (lost.length) offer(desk, lost.join("\n\n"));
  else if (!desk.inOrder.some((answer) => answer.unsaved)) forgetLeft(desk);
}

/** Text that belongs nowhere any more is still the person's own. @param {Desk} desk @param {string} text */
function offer(desk, text) {
  const take = button(t("Take them as a file"), () => {
    download(`${desk.assignment}-not-saved.txt`, text, "text/plain");
    forgetLeft(desk);
    desk.bar.alert.replaceChildren();
  });
  const words = t("Answers that an earlier window could not save differ from what stands here now.");
  desk.bar.alert.replaceChildren(words, " ", take);
}
