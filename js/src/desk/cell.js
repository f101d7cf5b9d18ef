/* A cell of JupyterLab as the desk knows it. */

/** @typedef {import("./lab.d.ts").Cell} Cell */

/** The roles of cells that are answered. */
export const ANSWERED = ["answer", "reflection"];

/** @param {Cell} cell */
export const sourceOf = (cell) => cell.model.sharedModel.getSource();
/** @param {Cell} cell */
export const roleOf = (cell) => (cell.model.getMetadata("candor") || {}).role || "";
/** The name under which nbgrader knows it. @param {Cell} cell */
export const nameOf = (cell) => (cell.model.getMetadata("nbgrader") || {}).grade_id || "";

/** Under a reflection a marker finds each criterion again; to a trainee its bare name looks like an empty field.
 * @param {Cell} cell */
export const isBare = (cell) => roleOf(cell) === "criterion" && !sourceOf(cell).trim().includes("\n");

/** All edits in one transaction, so that one undo takes back one choice.
 * @param {import("./lab.d.ts").CellModel} model @param {import("./text.js").Edit[]} edits */
export function applyEdits(model, edits) {
  const shared = model.sharedModel;
  shared.transact(() => {
    for (const { at, length, put } of [...edits].reverse()) shared.updateSource(at, at + length, put);
  });
}
