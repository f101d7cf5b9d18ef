/* Spaced review of the practice questions. */
import { points } from "./card.js";
import { bar, button, choice, focusOn, make, repaint, saying } from "./dom.js";
import { debrief, form, story } from "./question.js";
import { inOrder } from "./queue.js";
import { ANSWER } from "./record.js";
import { Spaced } from "./spaced.js";
import { t } from "../words.js";

/** @extends {Spaced<import("./bank.js").Bank>} */
export class Review extends Spaced {
  /** @param {HTMLElement} root @param {import("./bank.js").Bank} all */
  constructor(root, all) {
    super(root, all, "review");
    this.from = ""; // a chapter, or "" for all
    this.start();
  }

  get keyWords() { return t("Keys inside a question: A to L choose, Enter checks, 1 to 4 say how it was."); }
  get otherWords() { return this.from ? t("Nothing more of this chapter for now.") : ""; }

  whichField() {
    const chapters = [...new Set(Object.values(this.all.index).map(({ chapter }) => chapter))];
    const { row, select } = choice(t("Cards from"), "candor-chapter",
      [["", t("all chapters")], ...chapters.map((one) => /** @type {[string, string]} */ ([one, one]))]);
    select.addEventListener("change", () => {
      this.from = select.value;
      this.next();
    });
    return row;
  }

  /** The chapters that were read, or of which a question was answered. */
  get opened() {
    const { pages, answers } = this.record;
    const entries = Object.entries(this.all.index);
    const read = entries.filter(([name, { page }]) => answers[name] || pages[page.replace(/\.html$/, "")]);
    return new Set(read.map(([, { chapter }]) => chapter));
  }

  get asked() { return inOrder(this.all.index, this.opened, this.from); }

  /** @param {boolean} focus */
  paint(focus = false) {
    const card = this.all.cards[this.name];
    this.status = saying("candor-said");
    const title = make("h2", { className: "candor-label", textContent: card.chapter, tabIndex: -1 });
    const options = this.told ? debrief(card, this.chosen, this.base)
      : form(card, this.chosen, (marked) => this.choose(marked));
    const buttons = bar(...(this.told ? this.ratings(card) : [this.checkButton()]));
    buttons.classList.add("candor-act");
    const parts = [title, story(card), options, this.status, buttons];
    repaint(this.stage, [make("section", { className: "candor-run", tabIndex: -1 }, ...parts)]);
    if (focus) this.came();
    if (focus) (this.told ? focusOn(buttons, "button") : title.focus());
  }

  checkButton() { return button(t("Check"), () => this.check(), { className: "candor-check" }); }

  /** @param {import("./types.js").Card} card */
  ratings(card) {
    const right = points(card, this.chosen) === 1;
    /** @type {[number, string][]} */
    const choices = right ? [[2, t("Hard")], [3, t("Good")], [4, t("Easy")]] : [[1, t("Next, and show it again tomorrow")]];
    const verdict = make("strong", { textContent: right ? t("Right.") : t("Another answer is better.") });
    /** @param {[number, string]} choice */
    const rated = ([rating, words]) =>
      button(words, () => this.rate(rating), { key: String(rating), className: right ? "" : "candor-check" });
    return [verdict, ...choices.map(rated)];
  }

  /** @param {string} marked */
  choose(marked) {
    this.chosen = marked;
    this.all.load(this.queue).catch(() => {}); // so that the next are here; if they do not come, it is said then
    this.keepOpen();
  }

  /** The verdict comes when the answer is on the disk. */
  async check() {
    const { name } = this;
    if (!this.chosen) {
      this.status.textContent = t("Choose an answer first.");
      return;
    }
    const { chosen, record } = this;
    const at = record.after(ANSWER + name);
    this.enter(() => record.note(this.all.cards[name], name, chosen, at));
    this.told = true;
    this.keepOpen();
    await this.landed();
    if (this.name !== name) return; // something came from another tab
    this.paint(true);
  }

  /** @param {string} key @param {HTMLButtonElement} target */
  onKey(key, target) {
    if (key === "enter") return target.type !== "button" && !this.told && (this.check(), true);
    return /^[a-l1-4]$/.test(key) && this.press(key);
  }
}
