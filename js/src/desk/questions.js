/* The list of what is asked, behind the count of the bar: how each stands, where one is, the way there, and the way back
   for answers that are gone here. */
import { BringBack } from "./bring-back.js";
import { roleOf, nameOf, sourceOf } from "./cell.js";
import { make } from "./dom.js";
import { firstSeen } from "./moving.js";
import { Panel } from "./panel.js";
import { Question } from "./question.js";
import { complain, safely } from "./safely.js";
import { reveal } from "./steady.js";
import { caseOf } from "./stories.js";
import { boldOf, headingOf } from "./text.js";
import { later, laterIn, t } from "../words.js";

/** @typedef {import("./desk.js").OneAnswer} OneAnswer */
/** How one of them stands. @typedef {keyof typeof SAID} Standing */

const SAID = {
  done: laterIn("question", "Answered"), open: laterIn("question", "Unanswered"),
  look: later("Needs a look"), later: later("Not open yet"),
};
/** Where the arrows lead from one of so many. @type {Record<string, (at: number, of: number) => number>} */
const STEPS = {
  ArrowDown: (at, of) => Math.min(at + 1, of - 1), ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0, End: (_, of) => of - 1,
};

/** @extends {Panel<HTMLElement>} */
export class Questions extends Panel {
  /** @param {import("./desk.js").Desk} desk @param {HTMLButtonElement} opener */
  constructor(desk, opener) {
    super(desk, make("nav", { class: "candor-questions" }), opener, t("Questions"));
    this.list = make("ol");
    /** What the rows were drawn from. */
    this.drawn = "";
    /** Where one is. @type {OneAnswer | undefined} */
    this.here = undefined;
    const bringBack = new BringBack(desk, (said) => {
      this.paint(); // first: it may change what stands above
      reveal(this.root, said, this.top.offsetHeight);
    });
    this.root.append(this.list, bringBack.root);
    this.list.addEventListener("keydown", safely((event) => this.onArrow(event)));
  }

  get buttons() { return [...this.list.querySelectorAll("button")]; }
  get first() { return this.buttons.find((one) => one.hasAttribute("aria-current")) ?? this.buttons[0] ?? this.root; }

  /** @param {boolean} on */
  show(on) {
    if (on) this.here = this.whereOneIs; // before it takes room from what is on the screen
    super.show(on);
    if (on) this.first.scrollIntoView({ block: "center" });
  }

  /** Where somebody works, if that is on the screen; else the first of which something is. */
  get whereOneIs() {
    const { asked, notebook } = this.desk;
    const { top, bottom } = notebook.node.getBoundingClientRect();
    const active = asked.find(({ cell }) => cell === notebook.activeCell);
    const own = active?.cell.node.getBoundingClientRect();
    if (own?.height && own.bottom > top && own.top < bottom) return active;
    const from = firstSeen(notebook);
    return asked.find(({ cell }) => notebook.widgets.indexOf(cell) >= from) ?? asked.at(-1);
  }

  /** @param {OneAnswer} answer @returns {Standing} */
  standing(answer) {
    if (this.desk.parts.closed(answer.cell)) return "later";
    return answer.doubt ? "look" : answer.done ? "done" : "open";
  }

  draw() {
    const entries = this.desk.asked.map((answer) => this.entry(answer));
    const drawn = JSON.stringify([entries, this.desk.asked.indexOf(/** @type {OneAnswer} */ (this.here))]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const focused = this.buttons.findIndex((one) => one === document.activeElement);
    this.list.replaceChildren(...entries.flatMap((entry, at) => [
      ...headOf(entry.story, entries[at - 1]?.story ?? ""), make("li", {}, this.row(entry, this.desk.asked[at]))]));
    if (focused >= 0) this.buttons[Math.min(focused, this.buttons.length - 1)]?.focus();
  }

  /** What is said of one of them. @param {OneAnswer} answer */
  entry(answer) {
    const standing = this.standing(answer);
    const ask = answer.above("ask");
    const asks = answer instanceof Question && ask && standing !== "later" ? boldOf(sourceOf(ask)) : "";
    const why = standing === "look" ? answer.doubt : "";
    const called = answer instanceof Question ? answer.called : t("Reflection: {title}", { title: answer.called });
    return { standing, called, more: why || asks, ours: Boolean(why), story: this.storyOf(answer) };
  }

  /** The heading of the case to which one belongs. @param {OneAnswer} answer */
  storyOf({ cell }) {
    const { part } = cell.model.getMetadata("candor") ?? {};
    const told = part && this.desk.notebook.widgets.find((one) => roleOf(one) === "case" && caseOf(nameOf(one)) === caseOf(part));
    return told ? headingOf(sourceOf(told)) : "";
  }

  /** @param {ReturnType<Questions["entry"]>} entry @param {OneAnswer} answer */
  row({ standing, called, more, ours }, answer) {
    const { language } = answer.cell.model.getMetadata("candor") ?? {};
    const row = make("button", { type: "button", class: "candor-one", "data-standing": standing },
      make("span", { class: "candor-sign", "aria-hidden": "true" }), make("span", { class: "candor-called" }, called), " ",
      make("span", { class: "candor-state" }, t(SAID[standing])), " ");
    if (more) row.append(make("span", { class: "candor-more", dir: "auto", ...(language && !ours ? { lang: language } : {}) }, more));
    if (answer === this.here) row.setAttribute("aria-current", "true");
    row.addEventListener("click", safely(() => this.desk.bar.leave(() => this.go(answer))));
    return row;
  }

  /** To one of them; before one that is closed stands a door. @param {OneAnswer} answer */
  go(answer) {
    const door = this.desk.parts.doorBefore(answer.cell);
    if (door) this.desk.stories.open(door).catch(complain);
    else this.desk.goTo(answer);
  }

  /** @param {KeyboardEvent} event */
  onArrow(event) {
    const { buttons } = this;
    const at = buttons.findIndex((one) => one === event.target);
    const to = at < 0 ? undefined : STEPS[event.key]?.(at, buttons.length);
    if (to === undefined) return;
    event.preventDefault();
    buttons[to].focus();
  }
}

/** What stands above the first of a case, and above the first after it. @param {string} story @param {string} before */
function headOf(story, before) {
  if (story === before) return [];
  return [story ? make("li", { class: "candor-story" }, story) : make("li", { class: "candor-story", "aria-hidden": "true" })];
}
