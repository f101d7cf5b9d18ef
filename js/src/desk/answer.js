/* What a question and a reflection have in common: a place in the cell, a status line, and keys that stay inside. */
import { roleOf, sourceOf } from "./cell.js";
import { forgetful, make } from "./dom.js";
import { leftToLab } from "./keys.js";
import { isDrawn, whenDrawn } from "./moving.js";
import { safely } from "./safely.js";
import { t, time } from "../words.js";

/** @typedef {import("./lab.d.ts").Cell} Cell */

const AT_MOST = 10000; // ms that an answer waits for what is asked to be drawn

export class Answer {
  /** @param {import("./desk.js").Desk} desk @param {Cell} cell */
  constructor(desk, cell) {
    this.desk = desk;
    this.cell = cell;
    this.fixed = cell.model.getMetadata("editable") === false;
    /** What is on disk; a cell that comes later, by copying or splitting, is on no disk yet. @type {string | null} */
    this.stored = desk.opened ? null : sourceOf(cell);
    /** Null: as it came from disk. @type {Date | null} */
    this.storedAt = null;
    this.root = make("div", { class: "candor-answer" });
    this.status = make("p", { class: "candor-status", role: "status" });
    const asks = this.above("ask", "prompt");
    const drawn = !asks || isDrawn(asks);
    this.root.classList.toggle("candor-waiting", !drawn);
    /** When what is asked stands above it: nobody sees options without their question. @type {Promise<void>} */
    this.whole = drawn ? Promise.resolve() : Promise.race([whenDrawn(asks), new Promise((done) => setTimeout(done, AT_MOST))])
      .then(() => this.root.classList.remove("candor-waiting"));
    this.refresh = safely(() => !this.cell.isDisposed && this.paint(), () => this.stand(false));
    this.changed = () => (this.refresh(), desk.touch(), desk.bar.handIn.onChange());
    this.root.addEventListener("keydown", safely((event) => this.onKeydown(event)));
    // Lab cancels a text box's own undo inside a notebook; let it not hear of it.
    this.root.addEventListener("beforeinput", (event) => event.stopPropagation(), true);
    cell.node.addEventListener("dblclick", this.keepClosed, true);
    cell.model.contentChanged.connect(this.changed);
  }

  /** Whether it is answered. */
  get done() { return false; }
  /** Whether there is anything to lose. */
  get begun() { return this.done; }
  /** Why the person should look at it again, whether it is answered or not; "" for no reason. */
  get doubt() { return ""; }
  /** Shows the cell as it stands. */
  paint() {}
  /** @param {KeyboardEvent} _event @returns {boolean} whether the key is one of this kind of answer */
  onOwnKey(_event) { return false; }
  /** @param {FocusOptions} [_how] */
  focus(_how) {}

  /** A double click on an answer would open the Markdown source. @param {Event} event */
  keepClosed = (event) => this.live && event.stopPropagation();

  /** Whether we show the cell; if not, its text is Lab's. */
  get live() { return this.cell.node.classList.contains("candor-live"); }
  get shown() { return !this.root.classList.contains("candor-waiting") && this.root.getClientRects().length > 0; }
  get locked() { return this.fixed || this.desk.closed; }
  get unsaved() { return sourceOf(this.cell) !== this.stored; }

  /** Takes the place of Lab's rendering, or gives it back. @param {boolean} on */
  stand(on) {
    if (on && this.root.parentNode !== this.cell.node) this.cell.node.append(this.root);
    this.cell.node.classList.toggle("candor-live", on);
  }

  /** The nearest cell above with one of these roles: it holds the question, or the prompt.
   * @param {...string} roles */
  above(...roles) {
    const cells = this.desk.notebook.widgets;
    const before = cells.slice(0, Math.max(0, cells.indexOf(this.cell)));
    return before.reverse().find((cell) => roles.includes(roleOf(cell)));
  }

  /** @param {boolean} worthSaying */
  savedWords(worthSaying) {
    if (this.unsaved) return this.desk.writable ? t("Not saved yet.") : t("Not saved: this copy is read-only.");
    if (forgetful()) return worthSaying ? t("In this window alone.") : "";
    return this.storedAt ? t("Saved {time}.", { time: time(this.storedAt) }) : worthSaying ? t("Saved.") : "";
  }

  /** @param {string} source */
  onStored(source) {
    if (source !== this.stored) {
      this.stored = source;
      this.storedAt = new Date();
    }
    this.refresh();
  }

  /** @param {KeyboardEvent} event */
  onKeydown(event) {
    if (leftToLab(event)) return;
    event.stopPropagation();
    if (event.key === "Escape") this.cell.node.focus();
    else if (event.key === "Enter" && event.shiftKey) this.desk.goTo(this.desk.after(this.cell));
    else if (!this.onOwnKey(event)) return;
    event.preventDefault();
  }

  dispose() {
    this.stand(false);
    this.root.remove();
    this.cell.node.removeEventListener("dblclick", this.keepClosed, true);
    if (!this.cell.isDisposed) this.cell.model.contentChanged.disconnect(this.changed);
  }
}
