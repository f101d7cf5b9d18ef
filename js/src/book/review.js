/* Spaced review of the practice cards. Everything is kept in this browser; nothing is sent. */
import { App } from "./app.js";
import { points } from "./card.js";
import { bar, button, focusOn, make, repaint, saying } from "./dom.js";
import { isDay, isReview, mergeReview } from "./memory.js";
import { debrief, form, story } from "./question.js";
import { daysBetween, dayStart, longest, schedule, when } from "./schedule.js";

/** @typedef {import("./types.js").ReviewWork} ReviewWork */

const NEW_A_DAY = 10;
const YEARS_AHEAD = 10;
/** The day where the reader is, as a date field has it. @param {Date} date */
const dayOf = (date) => new Date(+date - date.getTimezoneOffset() * 60000).toISOString().slice(0, 10);

/** @extends {App<ReviewWork>} */
export class Review extends App {
  /** @param {HTMLElement} root @param {import("./bank.js").Bank} all */
  constructor(root, all) {
    super(root, all, "candor-review");
    /** @type {ReviewWork} */
    this.work = this.stored || { exam: "", examAt: 0, cards: {}, open: null };
    this.name = "";
    this.chosen = "";
    this.told = false;
    this.shownAt = 0;
    this.count = saying();
    this.status = saying("candor-said");
    const id = "candor-exam-date";
    this.date = make("input", { type: "date", id, value: this.work.exam, min: dayOf(new Date()) });
    this.dateSaid = make("span", { id: `${id}-said`, className: "candor-said" });
    this.stage.before(this.dateField(id), this.count);
    this.stage.after(this.bringIn());
    this.next();
  }

  get keyWords() { return "A to L choose, Enter checks, 1 to 4 say how it was"; }

  // ---- What is kept ---------------------------------------------------------------------------------------------

  get holds() { return this.work; }

  /** @param {unknown} found @returns {found is ReviewWork} */
  isWhole(found) { return isReview(found); }
  /** @param {ReviewWork} theirs */
  merge(theirs) { return mergeReview(this.work, theirs); }

  heard() {
    const theirs = this.stored;
    if (!theirs) return;
    /** @param {ReviewWork} work */
    const known = ({ exam, cards }) =>
      JSON.stringify([exam, Object.entries(cards).map(([name, { last }]) => `${name} ${last}`).sort()]);
    this.merge(theirs);
    if (known(this.work) !== known(theirs)) this.keep(); // both wrote at once: neither may win
    if (this.date !== document.activeElement) this.date.value = this.work.exam;
    this.paintCount();
    if (!this.chosen && this.name !== this.queue[0]) this.next(); // it was answered in the other tab
  }

  leave() {
    this.setDate();
    if (!this.kept) this.keep(); // there may be room by now
  }

  get fileName() { return "candor-review.json"; }
  get file() { return { candor: "review", ...this.work }; }

  /** @param {any} value */
  take(value) {
    if (value?.candor !== "review" || !this.isWhole(value)) return this.notOurs;
    this.merge(value);
    this.keep();
    this.next();
    return "The file was read.";
  }

  // ---- The date -------------------------------------------------------------------------------------------------

  /** It is taken when one leaves the field, not at each figure: `0002` is on the way to a year. @param {string} id */
  dateField(id) {
    this.date.setAttribute("aria-describedby", this.dateSaid.id);
    this.dateSaid.setAttribute("role", "status");
    this.date.addEventListener("blur", () => this.setDate());
    this.date.addEventListener("keydown", (event) => event.key === "Enter" && this.setDate());
    const label = make("label", { htmlFor: id, textContent: "Examination or deadline, if there is one:" });
    return make("p", {}, label, " ", this.date, " ", this.dateSaid);
  }

  setDate() {
    const refused = this.refusedDate();
    this.date.setAttribute("aria-invalid", String(Boolean(refused)));
    this.dateSaid.textContent = refused;
    if (refused || this.date.value === this.work.exam) return;
    Object.assign(this.work, { exam: this.date.value, examAt: Date.now() });
    this.keep();
    this.dateSaid.textContent = this.date.value ? "No card is put off beyond it." : "No date.";
    this.paintCount();
  }

  /** Why the date in the field cannot be the day of an examination; "" where it can. */
  refusedDate() {
    const { value, validity } = this.date;
    if (validity.badInput) return "This date is not complete.";
    if (!value || value === this.work.exam) return "";
    if (value < dayOf(new Date())) return "This day is past. Give one that is still to come.";
    const years = new Date(`${value}T00:00`).getFullYear() - new Date().getFullYear();
    return isDay(value) && years <= YEARS_AHEAD ? "" : `This is more than ${YEARS_AHEAD} years ahead.`;
  }

  // ---- The cards ------------------------------------------------------------------------------------------------

  /** @param {string} name */
  due(name) { return when(this.work.cards[name], this.work.exam, Date.now()); }

  /** What to review now: first what is due, the most overdue first; then cards that were never seen, a few a day. */
  get queue() {
    const { cards } = this.work;
    const now = Date.now();
    const names = Object.keys(this.all.index).sort(); // so that chapters mix
    const seen = names.filter((name) => cards[name]);
    const late = seen.filter((name) => this.due(name) <= now).sort((one, other) => this.due(one) - this.due(other));
    const today = seen.filter((name) => cards[name].first >= dayStart(now)).length;
    return [...late, ...names.filter((name) => !cards[name]).slice(0, Math.max(0, NEW_A_DAY - today))];
  }

  get seen() { return Object.keys(this.work.cards).filter((name) => this.all.index[name]); }

  paintCount() {
    const begun = `${this.seen.length} of ${Object.keys(this.all.index).length} cards begun`;
    this.count.textContent = `${this.queue.length} to review now; ${begun}.`;
  }

  /** The next card, or one that was left before it was rated. */
  next(focus = false) {
    const { queue, work } = this;
    const open = work.open && queue.includes(work.open.name) ? work.open : null;
    const { name = queue[0] ?? "", chosen = "", told = false } = open || {};
    Object.assign(this, { name, chosen, told });
    this.shownAt = Date.now();
    this.paintCount();
    if (this.name) this.with([this.name], () => this.paint(focus));
    else this.with([], () => this.stage.replaceChildren(make("p", { textContent: this.restWords })));
  }

  get restWords() {
    if (!this.seen.length) return "There is nothing to review yet.";
    const day = new Date(Math.min(...this.seen.map((name) => this.due(name)))).toLocaleDateString();
    return `Nothing more for now. The next card comes on ${day}.`;
  }

  paint(focus = false) {
    const card = this.all.cards[this.name];
    this.status = saying("candor-said");
    const title = make("h2", { className: "candor-label", textContent: card.chapter, tabIndex: -1 });
    const options = this.told ? debrief(card, this.chosen) : form(card, this.chosen, (marked) => this.choose(marked));
    const buttons = bar(...(this.told ? this.ratings(card) : [this.checkButton()]));
    const parts = [title, story(card), options, this.status, buttons];
    repaint(this.stage, [make("section", { className: "candor-run", tabIndex: -1 }, ...parts)]);
    if (focus) (this.told ? focusOn(buttons, "button") : title.focus());
  }

  checkButton() { return button("Check", () => this.check(), { className: "candor-check" }); }

  /** @param {import("./types.js").Card} card */
  ratings(card) {
    const right = points(card, this.chosen) === 1;
    /** @type {[number, string][]} */
    const choices = right ? [[2, "Hard"], [3, "Good"], [4, "Easy"]] : [[1, "Again"]];
    const verdict = make("strong", { textContent: right ? "Right." : "Another answer is better." });
    /** @param {[number, string]} choice */
    const rated = ([rating, words]) => button(words, () => this.rate(rating), { key: String(rating) });
    return [verdict, ...choices.map(rated)];
  }

  /** Keeps a card that is not rated yet, so that it is there again after a reload. */
  keepOpen() {
    this.work.open = { name: this.name, chosen: this.chosen, told: this.told };
    this.keep();
  }

  /** @param {string} marked */
  choose(marked) {
    this.chosen = marked;
    this.all.load(this.queue).catch(() => {}); // so that the next are here; if they do not come, it is said then
    this.keepOpen();
  }

  check() {
    if (!this.chosen) {
      this.status.textContent = "Choose an answer first.";
      return;
    }
    this.told = true;
    this.note(this.name, this.chosen);
    this.keepOpen();
    this.paint(true);
  }

  /** @param {number} rating */
  rate(rating) {
    const now = Date.now();
    const { work, name } = this;
    if (this.stored) this.merge(this.stored);
    const before = work.cards[name];
    if (!before || before.last < this.shownAt) { // else it was rated in another tab since
      const days = before ? daysBetween(before.last, now) : 0;
      const next = schedule(this.all.parameters, before, rating, days, longest(work.exam, now));
      const due = dayStart(now, next.interval);
      work.cards[name] = { ...next, last: now, due, first: before ? before.first : now };
    }
    work.open = null;
    this.keep();
    this.next(true);
  }

  /** @param {string} key @param {HTMLButtonElement} target */
  onKey(key, target) {
    if (key === "enter") return target.type !== "button" && !this.told && (this.check(), true);
    return /^[a-l1-4]$/.test(key) && this.press(key);
  }
}
