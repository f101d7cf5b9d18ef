/* Practice questions in a chapter: checks an answer, shows the reasons, and keeps the answer in this browser. Without
   this script the reasons stand under "Answer and reasons". */
import { WHY } from "../app.js";
import { keepPlace } from "../place.js";
import { make, ownWords } from "../dom.js";
import { ANSWER, StudyRecord, edition } from "../record.js";
import { restore } from "../restore.js";
import { verdict } from "../verdict.js";
import { date, t } from "../../words.js";

/** @typedef {{ letter: string, row: HTMLElement, input: HTMLInputElement }} Choice */

const { store } = window.candor;
const record = new StudyRecord(store);

/** @template {Element} E @param {ParentNode} place @param {string} selector @returns {E[]} */
const all = (place, selector) => [.../** @type {NodeListOf<E>} */ (place.querySelectorAll(selector))];

/** As points of card.js, from letters alone. @param {string[]} key @param {string[]} marked @param {number} options */
function share(key, marked, options) {
  const hits = marked.filter((letter) => key.includes(letter)).length;
  if (key.length === 1) return hits === 1 && marked.length === 1 ? 1 : 0;
  return Math.max(0, hits / key.length - (marked.length - hits) / Math.max(1, options - key.length));
}

class PracticeQuestion {
  /** @param {HTMLElement} box @param {HTMLElement} form @param {HTMLElement} reasons */
  constructor(box, form, reasons) {
    this.box = box;
    this.form = form;
    /** The one that stands below on the page, where there is one. @type {PracticeQuestion | null} */
    this.next = null;
    this.name = box.id.replace(/^question-/, "");
    this.key = (form.dataset.key ?? "").split(" ");
    /** A story over a list that stands above has one list that opens. @type {HTMLSelectElement | null} */
    this.select = form.querySelector("select");
    /** @type {HTMLElement[]} */
    this.rows = all(form, ".candor-option");
    this.one = Boolean(this.select || form.querySelector("input[type=radio]"));
    this.letters = this.select ? [...this.select.options].map((option) => option.value).filter(Boolean)
      : this.rows.map((row) => row.dataset.letter ?? "");
    /** @type {HTMLElement[]} */
    this.texts = all(reasons, ":scope > ul:first-of-type > li");
    this.of = edition(this.key.join(""), this.letters.length);
    this.check = make("button", { type: "button", className: "candor-check", textContent: t("Check my answer") });
    this.again = make("button", { type: "button", className: "candor-again", hidden: true, textContent: t("Try again") });
    this.status = make("p", { className: "candor-status" });
    this.status.setAttribute("role", "status");
    form.after(ownWords(form, make("div", { className: "candor-bar" }, this.check, this.again, this.status)));
    this.check.addEventListener("click", ({ detail }) => detail < 2 && this.press()); // and not at a double click
    this.again.addEventListener("click", () => this.tryAgain());
    form.addEventListener("change", () => this.status.textContent && this.clear());
    this.recall();
  }

  get isTold() { return !this.again.hidden; }

  press() {
    if (this.isTold && this.next) this.next.open();
    else this.answer();
  }

  /** The first button leads on once it has been checked. */
  paint() { this.check.textContent = this.isTold && this.next ? t("Next question") : t("Check my answer"); }

  /** Its beginning is to be read first; that of a set is what its stories share. */
  open() {
    const set = this.box.closest(".candor-set");
    const whole = set?.querySelector(".candor-question") === this.box ? set : this.box;
    const title = /** @type {HTMLElement} */ (whole.querySelector(".candor-label") ?? whole);
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    whole.scrollIntoView();
  }

  /** @param {HTMLElement} row */
  input(row) { return /** @type {HTMLInputElement} */ (row.querySelector("input")); }

  get marked() {
    if (this.select) return [this.select.value].filter(Boolean);
    return this.rows.filter((row) => this.input(row).checked).map((row) => row.dataset.letter ?? "");
  }

  /** @param {string[]} letters */
  mark(letters) {
    if (this.select) this.select.value = letters[0] ?? "";
    for (const row of this.rows) this.input(row).checked = letters.includes(row.dataset.letter ?? "");
  }

  clear() {
    for (const row of all(this.form, ".candor-told")) row.remove();
    for (const row of this.rows) {
      row.classList.remove("candor-right", "candor-wrong");
      row.querySelector(".candor-why")?.remove();
      this.input(row).removeAttribute("aria-describedby");
    }
    this.status.textContent = "";
    this.again.hidden = true;
    this.paint();
  }

  /** The reason is already on the page: its nodes are copied, so emphasis survives. Gives the words of it.
   * @param {string} letter @param {number} number @param {boolean} chosen */
  show(letter, number, chosen) {
    const row = this.select ? make("div", { className: "candor-option candor-told" }) : this.rows[number];
    if (this.select) this.form.append(row);
    const input = this.select || this.input(row);
    const right = this.key.includes(letter);
    row.classList.add(right ? "candor-right" : "candor-wrong");
    const why = make("div", { className: "candor-why", id: `${input.id}-why-${letter}` });
    if (chosen) why.append(ownWords(this.form, make("span", { className: "candor-mine", textContent: t("Your answer") })));
    why.append(...[...this.texts[number].childNodes].map((node) => node.cloneNode(true)));
    why.querySelector("strong")?.prepend(right ? "✓ " : "✗ ");
    row.append(why);
    if (!this.select) input.setAttribute("aria-describedby", why.id);
    return why.textContent ?? "";
  }

  /** Shows what is to be said of the letters that are marked; `before`: what stands in front of it.
   * @param {string} before */
  tell(before = "") {
    const { marked, key } = this;
    const said = this.letters.map((letter, number) => {
      const mine = marked.includes(letter);
      return mine || key.includes(letter) ? this.show(letter, number, mine) : "";
    });
    this.again.hidden = false;
    this.paint();
    this.status.textContent = before + verdict(key, marked, this.one);
    // Read out, not shown: the reasons stand under the options.
    const told = make("span", { className: "candor-unseen", textContent: ` ${said.join(" ")}` });
    told.lang = /** @type {HTMLElement | null} */ (this.form.closest("[lang]"))?.lang ?? "";
    this.status.append(told);
  }

  /** The verdict comes when the answer is on the disk, so that what was seen is not lost; a slow disk holds nobody up. */
  async answer() {
    this.clear();
    const { marked, key, letters, of } = this;
    if (!marked.length) {
      this.status.textContent = this.one ? t("Choose an answer first.")
        : t("Choose at least one answer first.");
      return this.bring();
    }
    const got = share(key, marked, letters.length);
    const refused = record.answered(this.name, { chosen: marked.join(""), got, of });
    await store.landed();
    if (this.marked.join() !== marked.join()) return; // changed meanwhile: it is checked again
    this.clear();
    this.tell();
    if (refused) this.status.append(make("span", { className: "candor-unkept", textContent: ` ${t(WHY[refused])}` }));
    this.bring();
  }

  /** The reasons push down what is said of them. */
  bring() { this.status.scrollIntoView({ block: "nearest" }); }

  tryAgain() {
    this.mark([]);
    this.clear();
    (this.select || this.input(this.rows[0])).focus();
  }

  /** Shows what was answered earlier, here or in another tab, where nothing has been begun here. */
  recall() {
    const found = record.answer(this.name, this.of);
    const letters = found ? [...found.chosen].filter((letter) => this.letters.includes(letter)) : [];
    if (!found || !letters.length || this.marked.length) return;
    this.mark(letters);
    this.tell(`${t("Answered on {day}.", { day: date(found.at) })} `);
  }
}

/** @type {Record<string, PracticeQuestion>} */
const questions = {};
for (const box of /** @type {HTMLElement[]} */ (all(document, ".candor-question"))) {
  const form = /** @type {HTMLElement | null} */ (box.querySelector(".candor-form"));
  const reasons = /** @type {HTMLElement | null} */ (box.querySelector(".candor-reasons"));
  if (!form || !reasons) continue;
  const question = new PracticeQuestion(box, form, reasons);
  questions[question.name] = question;
}
const inOrder = Object.values(questions);
inOrder.forEach((question, place) => {
  question.next = inOrder[place + 1] ?? null;
  question.paint();
});
store.watch(ANSWER, (name) => questions[(name ?? "").slice(ANSWER.length)]?.recall(), true);
keepPlace(record);
restore(store);

/** What was opened for the paper alone. @type {HTMLDetailsElement[]} */
let forPaper = [];
addEventListener("beforeprint", () => {
  forPaper.push(.../** @type {HTMLDetailsElement[]} */ (all(document, "details.candor-reasons:not([open])")));
  for (const details of forPaper) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of forPaper) details.open = false;
  forPaper = [];
});
