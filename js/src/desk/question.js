/* A question: its options as a group that one clicks. */
import { Answer } from "./answer.js";
import { applyEdits, sourceOf } from "./cell.js";
import { button, make, say, unique } from "./dom.js";
import { hasKeyboard, labKey, modified } from "./keys.js";
import { typeset } from "./quotes.js";
import { safely } from "./safely.js";
import { boldOf, calledIn, editsToMark, headingOf, readOptions } from "./text.js";
import { t, tn } from "../words.js";

export class Question extends Answer {
  /** @param {import("./desk.js").Desk} desk @param {import("./lab.d.ts").Cell} cell */
  constructor(desk, cell) {
    super(desk, cell);
    this.single = cell.model.getMetadata("candor")?.kind !== "all-that-apply";
    this.name = unique();
    this.released = cell.model.getMetadata("candor")?.options ?? [];
    /** What the rows were drawn from. */
    this.drawn = "";
    const role = this.single ? "radiogroup" : "group";
    this.group = make("div", { role, class: "candor-group", "aria-describedby": `${this.name}-how` });
    this.how = make("p", { id: `${this.name}-how`, class: "candor-unseen" });
    this.warning = make("p", { class: "candor-warning", role: "status" });
    this.others = make("p", { class: "candor-others" });
    this.clear = button(t("Clear answer"), safely(() => (this.focus(), this.mark([]))), "candor-quiet");
    const foot = make("div", { class: "candor-foot" }, this.status, this.clear);
    this.root.append(this.how, this.group, this.others, this.warning, foot);
    this.group.addEventListener("change", safely((event) => {
      const { value } = /** @type {HTMLInputElement} */ (event.target);
      this.mark(this.single ? [value] : this.inputs.filter((one) => one.checked).map((one) => one.value));
    }));
  }

  get read() { return readOptions(sourceOf(this.cell), this.released); }

  get marked() {
    const read = this.read;
    return read ? read.options.filter((option) => option.marked).map((option) => option.letter) : [];
  }

  get begun() { return this.marked.length > 0; }
  get done() { return this.single ? this.marked.length === 1 : this.marked.length > 0; }
  /** That several options are marked where one can be chosen. */
  get tornWords() {
    const n = this.marked.length;
    return !this.single || n < 2 ? "" : n === 2 ? t("Two options are marked. Choose one.")
      : tn("{n} options are marked. Choose one.", "{n} options are marked. Choose one.", n);
  }
  get doubt() { return this.read ? this.tornWords : t("It is answered as text here. Look whether it says what you mean."); }
  get called() {
    const ask = this.above("ask");
    return ask ? calledIn(sourceOf(ask)) : "";
  }

  /** @returns {HTMLInputElement[]} */
  get inputs() { return [...this.group.querySelectorAll("input")]; }

  /** @param {string[]} letters */
  mark(letters) {
    const { undoManager } = this.cell.model.sharedModel;
    if (undoManager) undoManager.stopCapturing(); // two quick clicks stay two steps of undo
    const edits = editsToMark(this.read?.options ?? [], letters);
    if (edits.length) applyEdits(this.cell.model, edits);
  }

  /** @param {KeyboardEvent} event */
  onOwnKey(event) {
    if (modified(event)) return this.onUndoKey(event);
    const letter = this.inputs.find((one) => one.value.toLowerCase() === labKey(event));
    const target = /** @type {HTMLInputElement} */ (event.target);
    const input = letter || (event.key === "Enter" && target.type !== "button" && target);
    if (!input || event.shiftKey) return false;
    input.focus();
    input.click(); // as a mouse would: marks, or takes back a mark of "all that apply"
    return true;
  }

  /** Ctrl+Z belongs to the last choice here; Lab would look for a text editor. @param {KeyboardEvent} event */
  onUndoKey(event) {
    const key = labKey(event);
    if (event.altKey || (key !== "z" && key !== "y")) return false;
    this.cell.model.sharedModel[key === "z" && !event.shiftKey ? "undo" : "redo"]();
    this.focus();
    return true;
  }

  /** @param {FocusOptions} [how] */
  focus(how) {
    const target = this.inputs.find((input) => input.checked) || this.inputs[0];
    if (target) target.focus(how);
  }

  paint() {
    const read = this.read;
    this.stand(Boolean(read));
    if (!read) return;
    this.paintOptions(read.options);
    const marked = this.marked;
    const torn = Boolean(this.tornWords);
    for (const input of this.inputs) {
      const on = marked.includes(input.value);
      // Of radio buttons only one can be on. With two marks in the text none is, and the rows show both.
      input.checked = on && !torn;
      input.disabled = this.locked;
      input.parentElement?.classList.toggle("candor-marked", on);
    }
    say(this.warning, this.tornWords);
    say(this.others, read.others.join(" "));
    this.clear.hidden = !(this.single && marked.length) || this.locked;
    const letters = marked.join(", ");
    const answer = torn ? t("Marked: {letters}.", { letters }) : letters ? t("Answered: {letters}.", { letters })
      : t("Not answered yet.");
    say(this.status, `${answer} ${this.savedWords(marked.length > 0)}`.trim());
  }

  /** Builds the rows, and again only when their text has changed, so that focus is not lost while answering.
   * @param {import("./text.js").CellOption[]} options */
  paintOptions(options) {
    const ask = this.above("ask");
    const name = ask ? [headingOf(sourceOf(ask)), boldOf(sourceOf(ask))].filter(Boolean).join(": ") : "";
    this.group.setAttribute("aria-label", name || t("Question"));
    const keys = !hasKeyboard() ? "" : t("The keys {first} to {last} choose, too.",
      { first: options[0].letter, last: options[options.length - 1].letter });
    say(this.how, `${this.single ? t("Choose one answer.") : t("Choose all that apply.")} ${keys}`.trim());
    const drawn = JSON.stringify(options.map(({ letter, text }) => [letter, text]));
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const focused = this.group.contains(document.activeElement);
    this.group.replaceChildren(...options.map((option) => this.row(option)));
    if (focused) this.focus();
  }

  /** @param {{ letter: string, text: string }} option */
  row({ letter, text }) {
    const input = make("input", { type: this.single ? "radio" : "checkbox", name: this.name, value: letter });
    const lang = this.cell.model.getMetadata("candor")?.language;
    return make("label", { class: "candor-option" }, input, make("span", { class: "candor-letter" }, `${letter}.`),
      make("span", lang ? { lang, dir: "auto" } : {}, typeset(text, lang)));
  }
}
