/* An assignment with what was answered, as plain text: for who keeps it for themselves. Pure but for the cells. */
import { isBare, sourceOf } from "./cell.js";

/** Markdown as one would type it: without the signs of headings, of boxes' lines and of stress. @param {string} source */
export const plain = (source) => source
  .replace(/^#{1,6} +/gm, "")
  .replace(/^- \[([ xX])\] /gm, "[$1] ")
  .replace(/\*\*([^*\n]+)\*\*/g, "$1")
  .replace(/\*([^*\n]+)\*/g, "$1");

/** @param {readonly import("./lab.d.ts").Cell[]} cells of the notebook */
export const copyOf = (cells) =>
  `${cells.filter((cell) => !isBare(cell)).map((cell) => plain(sourceOf(cell)).trim()).join("\n\n")}\n`;
