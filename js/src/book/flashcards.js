/* Flashcards on the page: one looks at a side, says it to oneself, turns the card, and says how it was. */
import { bar, button, choice, focusOn, html, inWords, make, repaint, saying } from "./dom.js";
import { DECKS, inOrder, sides } from "./deck.js";
import { Spaced } from "./spaced.js";
import { later, t, woven } from "../words.js";

/** @typedef {import("./types.js").Side} Side */

const DECK = "candor-deck";
/** @type {[number, string][]} */
const RATINGS = [[1, later("Not known")], [2, later("Hard")], [3, later("Good")], [4, later("Easy")]];

/** All flashcards are here from the start. */
class Cards {
  /** @param {import("./types.js").Written} written */
  constructor(written) {
    this.index = sides(written);
    this.parameters = written.parameters;
  }

  missing() { return []; }
  async load() {}
}

/** @extends {Spaced<Cards>} */
export class Flashcards extends Spaced {
  /** @param {HTMLElement} root @param {import("./types.js").Written} written */
  constructor(root, written) {
    super(root, new Cards(written), "flashcards");
    this.start();
  }

  get keyWords() { return t("Keys inside a question: Enter turns the card, 1 to 4 say how it was."); }

  get deck() {
    const kept = this.store.read(DECK);
    return DECKS.some(([deck]) => deck === kept) ? String(kept) : "";
  }

  get otherWords() { return this.deck ? t("Nothing more of these cards for now.") : ""; }

  whichField() {
    const { row, select } = choice(t("Cards"), "candor-which-deck", inWords(DECKS));
    select.value = this.deck;
    select.addEventListener("change", () => {
      this.store.write(DECK, select.value);
      this.next();
    });
    return row;
  }

  get asked() {
    const read = new Set(Object.keys(this.record.pages));
    return inOrder(this.all.index, read, this.deck, this.work.cards, Date.now());
  }

  /** @param {boolean} focus */
  paint(focus = false) {
    const card = this.all.index[this.name];
    const title = make("h2", { className: "candor-label", textContent: card.label, tabIndex: -1 });
    this.status = saying("candor-said");
    const front = html("div", card.front, { className: "candor-front" });
    const buttons = bar(...(this.told ? this.ratings() : [
      button(t("Show the answer"), () => this.turnOver(), { className: "candor-check" })]));
    buttons.classList.add("candor-act", ...(this.told ? ["candor-four"] : []));
    const back = this.told ? this.back(card) : null;
    repaint(this.stage, [make("section", { className: "candor-run candor-flash", tabIndex: -1 },
      title, front, back, this.status, buttons)]);
    if (focus) this.came();
    if (focus) (this.told ? focusOn(this.stage, ".candor-back") : title.focus());
  }

  /** @param {Side} card */
  back(card) {
    const link = make("a", { href: this.base + card.href, textContent: card.from });
    return make("div", { className: "candor-back", tabIndex: -1 }, html("p", card.back),
      make("p", { className: "candor-taught" }, ...woven(t("Read on: {link}"), { link })));
  }

  ratings() {
    return inWords(RATINGS).map(([rating, words]) => button(words, () => this.rate(rating), { key: String(rating) }));
  }

  turnOver() {
    this.told = true;
    this.keepOpen();
    this.paint(true);
  }

  /** @param {string} key @param {Element} target */
  onKey(key, target) {
    if (key === "enter") return !target.closest("button, a") && !this.told && (this.turnOver(), true);
    return /^[1-4]$/.test(key) && this.press(key);
  }
}
