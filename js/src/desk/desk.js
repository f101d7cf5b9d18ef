/* One open exercise: finding its answers, saving them, and going from one to the next. */
import { ANSWERED, isBare, nameOf, roleOf, sourceOf } from "./cell.js";
import { Bar, takeOut } from "./bar.js";
import { claimOf } from "./claim.js";
import { forgetful, ownBase } from "./dom.js";
import { changesCells, modified } from "./keys.js";
import { forgetLeft, takeUp } from "./leftovers.js";
import { bringIntoView, whenDrawn } from "./moving.js";
import { Parts } from "./parts.js";
import { Question } from "./question.js";
import { Reflection } from "./reflection.js";
import { typesetIn } from "./quotes.js";
import { complain, safely } from "./safely.js";
import { Stories } from "./stories.js";
import { headingOf } from "./text.js";
import { saveInTurn } from "./turns.js";
import { later, t } from "../words.js";

/** @typedef {import("./lab.d.ts").Cell} Cell */
/** @typedef {Question | Reflection} OneAnswer */

const SAVE_AFTER = 1500; // ms of quiet after a change
const SAVE_AFTER_FAILURE = 30000; // Lab shows a dialog at each failed save: do not bring it up at every click
const READ_ONLY = later("This copy is read-only, so answers given here cannot be saved. Ask for one of your own.");

/** The exercises that are open in this window. @type {Desk[]} */
export const desks = [];

export class Desk {
  /** @param {import("./lab.d.ts").Panel} panel @param {import("./lab.d.ts").WidgetClass} Widget */
  constructor(panel, Widget) {
    this.panel = panel;
    this.context = panel.context;
    this.notebook = panel.content;
    /** @type {Map<Cell, OneAnswer>} */
    this.answers = new Map();
    /** For each running save, what the answers were when it began. @type {[OneAnswer, string][][]} */
    this.pending = [];
    this.opened = false;
    this.away = false;
    /** Another window asked for it and gets what is here: what would be answered now would not be in it. */
    this.leaving = false;
    /** While what another window saved is read: what was answered before it is here would be written over.
     * @type {object | null} */
    this.coming = null;
    this.busy = false;
    this.failed = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.notebook.addClass("candor-notebook");
    saveInTurn(this.context);
    this.stories = new Stories(this);
    this.parts = new Parts(this);
    this.bar = new Bar(this, Widget);
    this.onCells = safely(() => this.scan());
    this.onSave = safely((/** @type {unknown} */ _, /** @type {string} */ state) => this.onSaveState(state));
    this.cellsChanged = () => setTimeout(this.onCells);
    this.notebook.model.cells.changed.connect(this.cellsChanged);
    this.context.saveState.connect(this.onSave);
    panel.disposed.connect(() => this.dispose());
    this.scan();
    this.opened = true;
    if (!this.writable) this.bar.warn(t(READ_ONLY));
    this.bar.paintNotice();
    this.claim = claimOf(`candor:${ownBase()}:${this.context.path}`);
    this.claim.join(this);
    if (!this.away) safely(() => takeUp(this))();
  }

  get assignment() { return this.notebook.model.getMetadata("candor")?.assignment || "assignment"; }

  /** The heading of its first cell. */
  get title() {
    const [first] = this.notebook.widgets;
    return (first && headingOf(sourceOf(first))) || this.assignment;
  }

  /** Whether nothing may be answered here now. */
  get closed() { return this.away || this.leaving || this.coming !== null; }

  get writable() {
    const model = this.context.contentsModel;
    return !this.away && (!model || model.writable !== false);
  }

  /** Whether work would go with this window. */
  get atRisk() {
    return (forgetful() || this.failed) && this.inOrder.some((answer) => answer.begun) && !this.bar.handIn.holds;
  }

  /** What the exercise itself says: names in it are not a client's. */
  get given() {
    const said = this.notebook.widgets.filter((cell) => roleOf(cell) && !ANSWERED.includes(roleOf(cell)));
    return said.map(sourceOf).join("\n");
  }

  /** The answers in the order of the notebook. */
  get inOrder() {
    return this.notebook.widgets.map((cell) => this.answers.get(cell)).filter((answer) => answer !== undefined);
  }

  /** What is to be answered, one for each question and reflection: of one whose cell was split, the first part. */
  get asked() {
    /** @type {Set<string>} */
    const texts = new Set();
    return this.inOrder.filter((answer) => {
      if (answer instanceof Question) return true;
      const name = nameOf(answer.cell);
      return !texts.has(name) && texts.add(name);
    });
  }

  /** Wires cells that are new and lets go of those that are gone: after opening, copying, splitting, undoing,
   * reloading. */
  scan() {
    if (this.panel.isDisposed) return;
    const cells = new Set(this.notebook.widgets);
    for (const [cell, answer] of this.answers) {
      if (cells.has(cell)) continue;
      answer.dispose();
      this.answers.delete(cell);
    }
    for (const cell of cells) safely(() => this.wire(cell))();
    this.inOrder.forEach((answer) => answer.refresh());
    this.parts.paint();
    this.bar.paint();
  }

  /** @param {Cell} cell */
  wire(cell) {
    const role = roleOf(cell);
    cell.node.classList.toggle("candor-cell", Boolean(role));
    cell.node.classList.toggle("candor-bare", isBare(cell));
    cell.node.classList.toggle("candor-asks", role === "ask" || role === "prompt");
    cell.node.classList.toggle("candor-answers", ANSWERED.includes(role));
    const { language } = cell.model.getMetadata("candor") ?? {};
    if (language && !ANSWERED.includes(role)) Object.assign(cell.node, { lang: language, dir: "auto" });
    if (!role || cell.model.type !== "markdown") return;
    const answered = ANSWERED.includes(role);
    if (answered && !this.answers.has(cell)) {
      this.answers.set(cell, role === "answer" ? new Question(this, cell) : new Reflection(this, cell));
      if (this.opened) this.touch();
    }
    // A locked cell has nothing to edit: a double click need not show its source.
    if (answered || cell.model.getMetadata("editable") !== false) return;
    cell.showEditorForReadOnly = false;
    whenDrawn(cell).then(() => {
      const drawn = cell.node.querySelector(".jp-RenderedMarkdown");
      if (drawn) typesetIn(drawn, language);
    }).catch(complain);
  }

  // -- one window at a time

  /** Another window answers this notebook, or gave it to us. @param {boolean} away */
  setAway(away) {
    this.leaving = false;
    if (away === this.away) return;
    this.away = away;
    clearTimeout(this.timer);
    if (away) {
      this.bar.leave(() => {});
      this.context.save = () => Promise.resolve(); // Lab would ask which of the two to overwrite
    } else {
      saveInTurn(this.context);
      this.comeBack().catch(complain);
    }
    this.bar.hand.disabled = away;
    this.bar.paintNotice();
    this.inOrder.forEach((answer) => answer.refresh());
  }

  /** Another window asked for it. */
  async handOver() {
    this.leaving = true;
    this.inOrder.forEach((answer) => answer.refresh());
    await this.context.save();
  }

  /** What the other window has saved, and what it could not. */
  async comeBack() {
    const mine = this.coming = {};
    this.opened = false;
    try {
      await this.context.revert();
    } finally {
      if (this.coming === mine) this.coming = null;
      this.inOrder.forEach((answer) => answer.refresh());
    }
    this.scan();
    this.opened = true;
    for (const answer of this.inOrder) {
      answer.stored = sourceOf(answer.cell);
      answer.refresh();
    }
    takeUp(this);
  }

  // -- saving

  /** Something changed: count again, and save when it has been quiet for a moment. */
  touch() {
    this.parts.paint();
    this.bar.paint();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), this.failed ? SAVE_AFTER_FAILURE : SAVE_AFTER);
  }

  save() {
    clearTimeout(this.timer);
    if (this.panel.isDisposed || !this.writable) return;
    if (this.busy) return this.touch();
    this.busy = true;
    const failed = (/** @type {unknown} */ error) => this.onFailure(error instanceof Error ? error.message : undefined);
    this.context.save().catch(failed).finally(() => (this.busy = false));
  }

  /** "Saved" is true of an answer if it is still what it was when this save began, whoever began it.
   * @param {string} state */
  onSaveState(state) {
    if (state === "started") {
      /** @param {OneAnswer} answer @returns {[OneAnswer, string]} */
      const asItStands = (answer) => [answer, sourceOf(answer.cell)];
      this.pending.push(this.inOrder.map(asItStands));
    } else if (state === "failed") {
      if (!this.bar.warned) this.onFailure();
    } else if (state.startsWith("completed")) {
      this.failed = false;
      this.bar.warn("");
      for (const [answer, source] of this.pending.shift() || []) answer.onStored(source);
      if (!this.inOrder.some((answer) => answer.unsaved)) return forgetLeft(this);
      this.context.model.dirty = true; // Lab calls the notebook clean, even if an answer changed during the save
      this.touch();
    }
  }

  onFailure(reason = t("the file could not be written")) {
    this.pending = [];
    this.failed = true;
    const why = /fetch|network/i.test(reason) ? t("the server cannot be reached") : reason.replace(/[.\s]+$/, "");
    const words = t("Not saved: {why}. Your answers are still in this window. Keep it open and try again.", { why });
    this.bar.warn(`${words} ${takeOut()}`, true);
  }

  // -- moving about

  /** The first answer below a cell. @param {Cell | null} cell */
  after(cell) {
    const cells = this.notebook.widgets;
    const from = cell ? cells.indexOf(cell) : -1;
    return this.inOrder.find((answer) => answer.live && !this.parts.closed(answer.cell)
      && cells.indexOf(answer.cell) > from);
  }

  nextOpen() {
    const cells = this.notebook.widgets;
    const open = this.asked.filter((answer) => !answer.done && !this.parts.closed(answer.cell));
    return open.find((answer) => cells.indexOf(answer.cell) > this.notebook.activeCellIndex) || open[0];
  }

  /** To the next open answer, or first to what has to be read for it. */
  goOn() {
    const answer = this.nextOpen();
    const story = answer && this.stories.before(answer);
    if (story) this.stories.open(story).catch(complain);
    else this.goTo(answer);
  }

  /** @param {OneAnswer | undefined} answer */
  goTo(answer) {
    if (!answer) return;
    this.parts.openFor(answer.cell);
    bringIntoView(this.notebook, answer);
  }

  /** A key in command mode. True when it has been dealt with and Lab should not see it. @param {KeyboardEvent} event */
  onCommandKey(event) {
    const { notebook } = this;
    if (notebook.mode !== "command") return false;
    const chosen = notebook.widgets.filter((cell) => notebook.isSelectedOrActive(cell));
    if (!chosen.some(roleOf)) return false; // cells that people add for themselves behave as ever
    if (changesCells(event)) return true;
    if (event.key !== "Enter" || modified(event)) return false;
    const answer = notebook.activeCell ? this.answers.get(notebook.activeCell) : undefined;
    if (this.parts.knock(notebook.activeCell)) return true;
    if (event.shiftKey) this.goTo(this.after(notebook.activeCell)); // Lab would add a code cell at the end
    else if (answer && answer.live) this.goTo(answer);
    else if (answer) return false; // text that we cannot read: Lab's editor is the way to mend it
    return true;
  }

  dispose() {
    clearTimeout(this.timer);
    this.claim.leave(this);
    this.answers.forEach((answer) => answer.dispose());
    desks.splice(desks.indexOf(this), 1);
  }
}
