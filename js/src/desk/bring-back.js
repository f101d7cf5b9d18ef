/* Bringing back answers from the file that *Hand in* made: for who changed the device, or whose browser forgot. Nothing
   that stands here is written over without being asked about. */
import { ask } from "./asking.js";
import { applyEdits, nameOf, sourceOf } from "./cell.js";
import { button, make, say } from "./dom.js";
import { Question } from "./question.js";
import { complain, safely } from "./safely.js";
import { editsOf, LARGEST, planOf, readTaken } from "./taken.js";
import { later, list, t, tn } from "../words.js";

/** @typedef {import("./taken.js").Plan} Plan */
/** @typedef {import("./taken.js").Step} Step */

const NO_FILE = later("{file} is no file of answers. Choose the one that Hand in made: its name ends in .ipynb. A copy as"
  + " plain text, or a receipt, brings nothing back.");
const OTHER = later("{file} is of another assignment: {title}. Open that one, and bring it back there.");
const TOO_LARGE = later("{file} is larger than {n} MB, which no assignment is. Choose the file that Hand in made.");
const UNREADABLE = later("{file} could not be read. Choose it once more.");
const CLOSED = later("Nothing was brought back: this assignment is being answered in another window. Bring it back there.");

export class BringBack {
  /** @param {import("./desk.js").Desk} desk @param {(said: Element) => void} onSaid what came of a file is said */
  constructor(desk, onSaid) {
    this.desk = desk;
    this.onSaid = onSaid;
    // Without `accept`: a telephone that does not know the ending would let nobody choose the file.
    this.input = make("input", { type: "file" });
    this.input.hidden = true;
    this.said = make("output");
    const open = button(t("Bring back answers from a file"), () => this.input.click());
    this.root = make("div", { class: "candor-own" }, t("Another device, or your answers are gone here?"), " ", open,
      this.input, this.said);
    this.input.addEventListener("change", safely(() => {
      const [file] = this.input.files ?? [];
      if (file) this.take(file).catch(complain).finally(() => (this.input.value = "")); // the same one again
    }));
  }

  /** @param {string} words */
  tell(words) {
    say(this.said, words);
    this.onSaid(this.said);
  }

  /** @param {File} file */
  async take(file) {
    say(this.said, "");
    const called = { file: file.name };
    if (file.size > LARGEST) return this.tell(t(TOO_LARGE, { ...called, n: LARGEST / 1e6 }));
    const text = await file.text().catch(() => null);
    if (text === null) return this.tell(t(UNREADABLE, called));
    const taken = readTaken(text, this.desk.assignment);
    if (taken.why) return this.tell(taken.why === "other" ? t(OTHER, { ...called, title: taken.title }) : t(NO_FILE, called));
    const plan = planOf(taken.found, this.here);
    const { back, differ, same } = plan;
    if (!back.length && !differ.length) {
      const nothing = same ? t("All that {file} answers stands here already.", called) : t("No answer stands in {file}.", called);
      return this.tell([nothing, ...left(plan)].join(" "));
    }
    /** @type {[string, string][]} */
    const choices = !differ.length ? [["keep", t("Bring them back")]]
      : [["take", t("Take the file’s")], ...(back.length ? [/** @type {[string, string]} */ (["keep", t("Keep what is here")])] : [])];
    const chosen = await ask({ title: t("Bring back answers?"), rows: rowsOf(plan, file.name), choices }).answer;
    if (!chosen) return this.tell(t("Nothing was changed."));
    if (this.desk.closed) return this.tell(t(CLOSED));
    const steps = chosen === "take" ? [...back, ...differ] : back;
    const done = steps.filter((step) => this.apply(step)).length;
    const kept = chosen === "take" ? 0 : differ.length;
    this.tell([tn("{n} answer came back from {file}.", "{n} answers came back from {file}.", done, called),
      ...(kept ? [tn("{n} that differs stays as it stands here.", "{n} that differ stay as they stand here.", kept)] : []),
      ...left(plan)].join(" "));
  }

  /** What stands here, by the names of the questions. @returns {import("./taken.js").Here[]} */
  get here() {
    /** @type {Map<string, import("./taken.js").Here>} */
    const names = new Map();
    for (const answer of this.desk.inOrder) {
      const [name, source] = [nameOf(answer.cell), sourceOf(answer.cell)];
      const released = answer instanceof Question ? answer.released : null;
      const before = names.get(name);
      if (before) before.sources.push(source);
      else if (name && !answer.fixed) names.set(name, { name, title: answer.called, sources: [source], released });
    }
    return [...names.values()];
  }

  /** As a choice or a word of the person's own: undone by the same keys, saved as ever. @param {Step} step */
  apply(step) {
    const cells = this.desk.inOrder.map(({ cell }) => cell).filter((cell) => nameOf(cell) === step.name);
    if (cells.length !== step.before.length || cells.some((cell, at) => sourceOf(cell) !== step.before[at])) return false;
    for (const [at, edit] of editsOf(step).entries()) {
      const { model } = cells[at];
      model.sharedModel.undoManager?.stopCapturing();
      if (edit) applyEdits(model, [edit]);
    }
    return true;
  }
}

/** What of the file cannot come back. @param {Plan} plan @returns {string[]} */
const left = ({ gone, changed }) => [
  ...(gone.length ? [t("Not asked here, and so left in the file: {titles}.", { titles: list(gone) })] : []),
  ...(changed.length ? [t("Left in the file, since the options there or here are not those of this assignment: {titles}.",
    { titles: list(changed) })] : []),
];

/** @param {Plan} plan @param {string} file */
function rowsOf(plan, file) {
  const { back, differ, alone } = plan;
  const rows = [t("From {file}.", { file })];
  if (back.length) rows.push(tn("{n} answer comes back. Nothing stands in its place here.",
    "{n} answers come back. Nothing stands in their place here.", back.length));
  if (differ.length) rows.push(tn("{n} answer differs from what stands here:", "{n} answers differ from what stands here:",
    differ.length));
  const each = differ.map(({ title, ours, theirs }) => make("li", {}, typeof ours === "number"
    ? tn("{title}: {n} word here, {theirs} in the file.", "{title}: {n} words here, {theirs} in the file.", ours, { title, theirs })
    : t("{title}: {ours} here, {theirs} in the file.", { title, ours, theirs })));
  const stays = alone ? [tn("{n} answer that is only here stays as it is.", "{n} answers that are only here stay as they are.",
    alone)] : [];
  return [...rows.map((words) => make("p", {}, words)), ...(each.length ? [make("ul", {}, ...each)] : []),
    ...[...stays, ...left(plan)].map((words) => make("p", {}, words))];
}
