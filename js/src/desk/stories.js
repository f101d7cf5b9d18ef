/* What a case tells between its questions: which of it was read, and what has to be read before a question. */
import { nameOf, roleOf } from "./cell.js";
import { activate, draw, hold } from "./moving.js";
import { safely } from "./safely.js";

/** @typedef {import("./lab.d.ts").Cell} Cell */

/** The case of a part, by its name. @param {string} part */
export const caseOf = (part) => part.replace(/--part-\d+$/, "");

export class Stories {
  /** @param {import("./desk.js").Desk} desk */
  constructor(desk) {
    this.desk = desk;
    /** Whose end was on the screen, or to which one was brought. @type {WeakSet<Cell>} */
    this.read = new WeakSet();
    desk.panel.node.addEventListener("scroll", safely(() => this.look()), { capture: true, passive: true });
  }

  look() {
    const { top, bottom } = this.desk.notebook.node.getBoundingClientRect();
    for (const cell of this.desk.notebook.widgets) {
      if (roleOf(cell) !== "case" || this.read.has(cell) || this.desk.parts.closed(cell)) continue;
      const end = cell.node.getBoundingClientRect();
      if (end.height && end.bottom > Math.max(top, 0) && end.bottom <= Math.min(bottom, innerHeight)) this.read.add(cell);
    }
  }

  /** The first part that was not read of the case to which a question belongs. Who has answered below a part has read
   * it. @param {import("./desk.js").OneAnswer} answer @returns {Cell | undefined} */
  before(answer) {
    this.look();
    const { answers, notebook } = this.desk;
    const above = notebook.widgets.slice(0, notebook.widgets.indexOf(answer.cell)).reverse();
    const answered = above.findIndex((cell) => answers.get(cell)?.done);
    const parts = above.slice(0, answered < 0 ? above.length : answered)
      .filter((cell) => roleOf(cell) === "case" && !this.desk.parts.closed(cell));
    const unread = parts.filter((cell) => caseOf(nameOf(cell)) === caseOf(nameOf(parts[0])) && !this.read.has(cell));
    return unread.at(-1);
  }

  /** Brings a part to the top of the screen. Who goes on from there is taken to the next. @param {Cell} cell */
  async open(cell) {
    this.read.add(cell);
    const index = activate(this.desk.notebook, cell);
    await draw(this.desk.notebook, cell, index);
    const held = hold(cell.node, () => cell.node.scrollIntoView({ block: "start" }));
    cell.node.focus({ preventScroll: true });
    await held;
  }
}
