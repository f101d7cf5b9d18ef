/* Spaced review of the practice cards. Everything is kept in this browser; nothing is sent. */
import { App } from "./app.js";
import { points } from "./card.js";
import { bar, button, choice, focusOn, make, repaint, saying } from "./dom.js";
import { isAsked, isDay, isFresh, isReview, mergeReview } from "./memory.js";
import { debrief, form, story } from "./question.js";
import { DAILY, daily, queue } from "./queue.js";
import { daysBetween, dayStart, longest, schedule, when } from "./schedule.js";

/** @typedef {import("./types.js").ReviewWork} ReviewWork */

const NEVER = { stability: 0, difficulty: 0, interval: 0, last: 0, due: 0, first: 0, fresh: true };
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
    this.from = "";
    this.works = make("div");
    this.daily = this.dailyField();
    this.stage.before(this.dateField(id), this.daily.row, this.chapterField(), this.count);
    this.stage.after(this.works, this.bringIn());
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
    this.daily.select.value = String(daily(this.work));
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

  // ---- What comes -----------------------------------------------------------------------------------------------

  dailyField() {
    const entries = [...new Set([...DAILY, daily(this.work)])].sort((one, other) => one - other);
    const field = choice("New cards a day", "candor-daily", entries.map((one) => [one, one ? String(one) : "none"]));
    field.select.value = String(daily(this.work));
    field.select.addEventListener("change", () => {
      this.work.daily = [Number(field.select.value), Date.now()];
      this.keep();
      this.next();
    });
    return field;
  }

  chapterField() {
    const chapters = [...new Set(Object.values(this.all.index).map(({ chapter }) => chapter))];
    const { row, select } = choice("Cards from", "candor-chapter",
      [["", "all chapters"], ...chapters.map((one) => /** @type {[string, string]} */ ([one, one]))]);
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

  // ---- The cards ------------------------------------------------------------------------------------------------

  /** @param {string} name */
  due(name) { return when(this.work.cards[name], this.work.exam, Date.now()); }

  /** What to review now, the first first. */
  get queue() { return queue(this.all.index, this.work, this.opened, this.from, Date.now()); }

  /** Those of the book that were answered, and are not left out. */
  get seen() {
    const { cards } = this.work;
    return Object.keys(cards).filter((name) => this.all.index[name] && isAsked(cards[name]) && !isFresh(cards[name]));
  }

  paintCount() {
    const begun = `${this.seen.length} of ${Object.keys(this.all.index).length} cards begun`;
    this.count.textContent = `${this.queue.length} to review now; ${begun}.`;
    this.paintWorks();
  }

  /** What can be taken back: the last answer, and cards that were left out. */
  paintWorks() {
    const { cards, last } = this.work;
    const out = Object.keys(cards).filter((name) => !isAsked(cards[name]) && this.all.index[name]);
    const words = `Bring back ${out.length === 1 ? "the card" : `the ${out.length} cards`} that you left out`;
    repaint(this.works, [bar(
      last && cards[last.name] ? button("Take back the last answer", () => this.takeBack()) : null,
      this.name ? button("Leave this card out", () => this.leaveOut([this.name], true)) : null,
      out.length ? button(words, () => this.leaveOut(out, false), { at: "bring-back" }) : null)]);
  }

  takeBack() {
    const { last, cards } = this.work;
    if (!last) return;
    const at = Date.now();
    cards[last.name] = last.before ? { ...last.before, at } : { ...NEVER, at };
    Object.assign(this.work, { last: null, open: { name: last.name, chosen: "", told: false } });
    this.keep();
    this.next(true);
  }

  /** @param {string[]} names @param {boolean} out */
  leaveOut(names, out) {
    const { cards } = this.work;
    for (const name of names) cards[name] = { ...(cards[name] ?? NEVER), out, at: Date.now() };
    this.work.open = null;
    this.keep();
    this.next(true);
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
    if (this.from) return "Nothing more of this chapter for now.";
    if (!this.seen.length) return "There is nothing to review yet.";
    const day = new Date(Math.min(...this.seen.map((name) => this.due(name)))).toLocaleDateString();
    return `Nothing more for now. The next card comes on ${day}.`;
  }

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
    if (focus) (this.told ? focusOn(buttons, "button") : title.focus());
  }

  checkButton() { return button("Check", () => this.check(), { className: "candor-check" }); }

  /** @param {import("./types.js").Card} card */
  ratings(card) {
    const right = points(card, this.chosen) === 1;
    /** @type {[number, string][]} */
    const choices = right ? [[2, "Hard"], [3, "Good"], [4, "Easy"]] : [[1, "Go on"]];
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
    const before = isFresh(work.cards[name]) ? undefined : work.cards[name];
    if (!before || before.last < this.shownAt) { // else it was rated in another tab since
      const days = before ? daysBetween(before.last, now) : 0;
      const next = schedule(this.all.parameters, before, rating, days, longest(work.exam, now));
      const due = dayStart(now, next.interval);
      work.cards[name] = { ...next, last: now, due, first: before ? before.first : now };
      work.last = { name, before: before ?? null, chosen: this.chosen };
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
