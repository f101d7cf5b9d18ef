/* A short session: 5, 10 or 20 questions of one's choice, or ten minutes of them, with a reason after each answer or all
   at the end. */
import { COUNTS, choices, draw, pool, wordsOf } from "./draw.js";
import { bar, button, choice, inWords, make, rows } from "./dom.js";
import * as runs from "./run.js";
import { Sitting } from "./sitting.js";
import { MODES } from "./start.js";
import { t, tn } from "../words.js";

/** @typedef {import("./types.js").Mode} Mode */
/** @typedef {import("./types.js").Result} Result */

const MINUTES = 10;
const IN_MINUTES = 20; // questions, more than anybody reads in them
const START = "candor-start"; // how the last session was begun: how many or how long, and when with reasons

export class Session extends Sitting {
  /** @param {HTMLElement} root @param {import("./bank.js").Bank} all */
  constructor(root, all) {
    super(root, all, { at: "candor-session", kind: "session", name: "session" });
    const asked = new URLSearchParams(location.search);
    this.from = asked.get("from") ?? "unseen";
    this.open();
    const now = Number(asked.get("now"));
    if (COUNTS.includes(now)) this.atOnce(now);
  }

  get known() { return { answers: this.record.answers, flagged: this.record.flagged }; }

  /** How the last one was begun, where it can be read: how many or "minutes", and the mode. @returns {[string, Mode]} */
  get before() {
    const [many = "", when] = String(this.store.read(START)).split(" ");
    const known = many === "minutes" || COUNTS.includes(Number(many));
    return [known ? many : "10", when === "exam" ? "exam" : "tutor"];
  }

  get opening() {
    const which = choice(t("Questions from"), "candor-from", []);
    for (const { title, entries } of choices(this.all.index, this.known)) {
      const options = entries.map(({ from, words, count }) => make("option", {
        value: from, textContent: `${words} (${count})`, disabled: !count, selected: from === this.from && count > 0,
      }));
      which.select.append(make("optgroup", { label: title }, ...options));
    }
    const questions = (/** @type {number} */ n) => tn("{n} question", "{n} questions", n);
    const counts = COUNTS.map((one) => /** @type {[number | string, string]} */ ([one, questions(one)]));
    const count = choice(t("How many, or how long"), "candor-count",
      [...counts, ["minutes", t("{n} minutes, up to {of} questions", { n: MINUTES, of: IN_MINUTES })]]);
    const [many, when] = this.before;
    count.select.value = many;
    const mode = rows(t("When do you want reasons?"), "candor-mode", inWords(MODES).reverse(), when);
    const go = make("button", { type: "submit", textContent: t("Begin"), className: "candor-check" });
    const start = make("form", { className: "candor-start" }, which.row, count.row, mode.row, bar(go));
    start.addEventListener("submit", (event) => {
      event.preventDefault();
      this.from = which.select.value;
      const timed = count.select.value === "minutes";
      this.store.write(START, `${count.select.value} ${mode.chosen()}`);
      this.draw(timed ? IN_MINUTES : Number(count.select.value), timed, mode.chosen());
    });
    return [start];
  }

  /** Begins without asking, as a link from another page wants it, where no session is under way. Loading the page once more
   * begins no second one. @param {number} count */
  atOnce(count) {
    history.replaceState(null, "", location.pathname);
    this.from = "all";
    if (!this.stored) this.draw(count, false, "tutor");
  }

  /** @param {number} count @param {boolean} timed ends after ten minutes @param {Mode} mode */
  draw(count, timed, mode) {
    const names = draw(pool(this.all.index, this.from, this.known), count, this.known, Math.random);
    if (!names.length) return;
    const slots = names.map((card) => ({ card, area: this.all.index[card].chapter }));
    const title = wordsOf(this.from);
    const named = timed ? tn("{title}, {n} minute", "{title}, {n} minutes", MINUTES, { title }) : title;
    this.ask(slots, mode, named, timed);
  }

  /** @param {import("./types.js").Slot[]} slots @param {Mode} mode @param {string} title @param {boolean} timed */
  ask(slots, mode, title, timed) {
    this.begin({ ...runs.begin(0, mode, timed ? 60 * MINUTES : null, slots, title), timed });
  }

  /** What was left open is asked in a session of its own, in the same way: by the clock, with one that begins anew.
   * @param {Result} entry */
  ways(entry) {
    const open = this.openOf(entry);
    if (!open.length) return null;
    const { mode, title = "", timed = false } = entry;
    const words = timed ? tn("Go on with the question left open: {minutes} minutes more",
      "Go on with the {n} left open: {minutes} minutes more", open.length, { minutes: MINUTES })
      : tn("Go on with the question left open", "Go on with the {n} left open", open.length);
    return button(words, async () => await this.mayLeave() && this.ask(open, mode, title, timed), { at: `open-${entry.began}` });
  }
}
