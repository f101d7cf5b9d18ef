/* A case told in parts. What comes later is meant to change one's mind, so it stays closed until what was asked before it
   is answered, or until one chooses to read on. Nothing is taken out of the notebook: the file and a print have it all. */
import { nameOf, roleOf } from "./cell.js";
import { keepReadOn, readOn } from "./browser-desk.js";
import { button, make, say } from "./dom.js";
import { safely } from "./safely.js";
import { caseOf } from "./stories.js";
import { t, tn } from "../words.js";

/** @typedef {import("./lab.d.ts").Cell} Cell */
/** A part of a case: the cell that tells it, all its cells, and what is answered in it.
 * @typedef {{ name: string, told: Cell | undefined, cells: Cell[], asked: import("./desk.js").OneAnswer[] }} Part */
/** @typedef {{ root: HTMLElement, said: HTMLElement, go: HTMLButtonElement }} Door */

/** The part to which a cell belongs. @param {Cell} cell */
const partOf = (cell) => (roleOf(cell) === "case" ? nameOf(cell) : cell.model.getMetadata("candor")?.part ?? "");

/** Whether a cell is the door to the part that it tells. @param {Cell} cell */
const isDoor = (cell) => cell.node.classList.contains("candor-behind");

export class Parts {
  /** @param {import("./desk.js").Desk} desk */
  constructor(desk) {
    this.desk = desk;
    /** Names of those that were opened: none closes again under the eyes of who reads it, nor when one comes back.
     * @type {Set<string>} */
    this.opened = new Set(readOn(desk));
    /** How many of them are kept. */
    this.kept = this.opened.size;
    /** @type {Set<Cell>} */
    this.shut = new Set();
    /** @type {WeakMap<Cell, Door>} */
    this.doors = new WeakMap();
    const { notebook } = desk;
    // Whatever leads into a closed part, as Lab's own search does, opens it.
    notebook.activeCellChanged.connect(safely(() => notebook.activeCell && this.openFor(notebook.activeCell)));
  }

  /** Whether a cell is not to be read yet. @param {Cell} cell */
  closed(cell) { return this.shut.has(cell); }

  /** The parts of each case, in the order of the notebook. */
  get cases() {
    /** @type {Map<string, Part[]>} */
    const cases = new Map();
    for (const cell of this.desk.notebook.widgets) {
      const name = partOf(cell);
      if (!name) continue;
      const parts = cases.get(caseOf(name)) ?? [];
      cases.set(caseOf(name), parts);
      let part = parts.find((one) => one.name === name);
      if (!part) parts.push(part = { name, told: undefined, cells: [], asked: [] });
      const answer = this.desk.answers.get(cell);
      part.cells.push(cell);
      if (answer) part.asked.push(answer);
      if (roleOf(cell) === "case") part.told ??= cell;
    }
    return [...cases.values()];
  }

  /** Opens what is answered so far, and closes what comes after. */
  paint() {
    for (const parts of this.cases) {
      const read = parts.map(({ name, asked }) => this.opened.has(name) || asked.some(({ begun }) => begun));
      let open = Math.max(1, read.lastIndexOf(true) + 1);
      while (open < parts.length && parts[open - 1].asked.every(({ done }) => done)) open++;
      parts.forEach((part, at) => {
        if (at && at < open) this.opened.add(part.name);
        for (const cell of part.cells) this.close(cell, at >= open, at === open && cell === part.told);
      });
      parts.slice(1).forEach(({ told }, at) => told && this.paintDoor(told, parts, at + 1));
    }
    if (this.opened.size === this.kept) return;
    this.kept = this.opened.size;
    keepReadOn(this.desk, [...this.opened]);
  }

  /** @param {Cell} cell @param {boolean} on @param {boolean} door whether it stands there, as the door to itself */
  close(cell, on, door) {
    if (on) this.shut.add(cell);
    else this.shut.delete(cell);
    cell.node.classList.toggle("candor-later", on && !door);
    cell.node.classList.toggle("candor-behind", door);
    if (cell.isHidden !== (on && !door)) cell.setHidden(on && !door); // Lab's own keys pass by what is hidden
  }

  /** @param {Cell} cell @param {Part[]} parts @param {number} at */
  paintDoor(cell, parts, at) {
    const closed = this.closed(cell);
    if (!isDoor(cell) && !this.doors.has(cell)) return;
    const door = this.doors.get(cell) ?? this.doorOf(cell, parts[at].name);
    const words = { part: at + 1, of: parts.length };
    say(door.said, !closed ? t("Part {part} of {of} is open.", words)
      : tn("Part {part} of {of} opens when the question above it is answered.",
        "Part {part} of {of} opens when the {n} questions above it are answered.", parts[at - 1].asked.length, words));
    door.said.classList.toggle("candor-unseen", !closed);
    door.go.hidden = !closed;
    door.root.classList.toggle("candor-passed", !closed);
  }

  /** @param {Cell} cell @param {string} name @returns {Door} */
  doorOf(cell, name) {
    const said = make("p", { role: "status" });
    const go = button(t("Read on without answering"), safely(() => this.open(cell, name)));
    go.setAttribute("data-lm-suppress-shortcuts", "true"); // Enter would be Lab's
    const root = make("div", { class: "candor-door" }, said, go);
    cell.node.append(root);
    const door = { root, said, go };
    this.doors.set(cell, door);
    return door;
  }

  /** @param {Cell} cell @param {string} name */
  open(cell, name) {
    this.opened.add(name);
    this.paint();
    return this.desk.stories.open(cell);
  }

  /** Where one stands before a cell that is closed: the door of its case. @param {Cell} cell */
  doorBefore(cell) {
    const parts = this.closed(cell) ? this.cases.find((all) => all.some(({ cells }) => cells.includes(cell))) : [];
    return parts?.map(({ told }) => told).find((told) => told && isDoor(told));
  }

  /** Where one goes to a cell, what closes it opens. A door is no such place: one may stand before it.
   * @param {Cell} cell */
  openFor(cell) {
    if (!this.closed(cell) || isDoor(cell)) return;
    this.opened.add(partOf(cell));
    this.paint();
  }

  /** A key on the door itself. @param {Cell | null} cell @returns {boolean} whether there is one */
  knock(cell) {
    if (!cell || !isDoor(cell)) return false;
    void this.open(cell, partOf(cell));
    return true;
  }
}
