/* Cards that come back when one is about to forget them: what comes now, how it was, and when it comes again. What a card
   looks like is its page's. Everything is kept in this browser; nothing is sent. */
import { App } from "./app.js";
import { bar, button, choice, focusOn, make, repaint, saying } from "./dom.js";
import { changed, changes, isAsked, isFresh, isReview, mergeReview } from "./memory.js";
import { DAILY, daily, queue } from "./queue.js";
import { stamp } from "./run.js";
import { daysBetween, dayStart, longest, schedule, when } from "./schedule.js";
import { isDay } from "./sound.js";
import { underWay } from "./under-way.js";
import { date, number, t, tn } from "../words.js";

/** @typedef {import("./types.js").ReviewWork} ReviewWork */

const NEVER = { stability: 0, difficulty: 0, interval: 0, last: 0, due: 0, first: 0, fresh: true };
const YEARS_AHEAD = 10;
const DATE = "candor-exam-date";
/** The day where the reader is, as a date field has it. @param {Date} date */
const dayOf = (date) => new Date(+date - date.getTimezoneOffset() * 60000).toISOString().slice(0, 10);

/** @returns {ReviewWork} */
const nothing = () => ({ exam: "", examAt: 0, cards: {}, open: null });

/** @template {import("./types.js").Cards} B
 * @extends {App<ReviewWork, B>} */
export class Spaced extends App {
  /** `kind` stands in what is kept and in files.
   * @param {HTMLElement} root @param {B} all @param {string} kind */
  constructor(root, all, kind) {
    super(root, all, `candor-${kind}`);
    this.kind = kind;
    /** @type {ReviewWork} */
    this.work = this.stored || nothing();
    this.name = "";
    this.chosen = "";
    this.told = false;
    this.shownAt = 0;
    /** Whether one reviews, and is not before it or done; null until it is known. @type {boolean | null} */
    this.going = null;
    this.count = saying();
    this.stop = button(t("Stop for now"), () => this.rest());
    this.settings = make("div");
    this.files = make("div");
    this.status = saying("candor-said");
    this.date = make("input", { type: "date", id: DATE, value: this.work.exam, min: dayOf(new Date()) });
    this.dateSaid = make("span", { id: `${DATE}-said`, className: "candor-said" });
    this.works = make("div");
    this.daily = this.dailyField();
  }

  /** Shows what there is to review, or the card that was left before it was rated. */
  start() {
    const head = bar(this.count, this.stop);
    head.classList.add("candor-exam-bar");
    this.settings.append(this.whichField(), this.daily.row, this.dateField());
    this.files.append(this.bringIn());
    this.stage.before(head, this.settings); // what one chooses stands above what begins
    this.stage.after(this.works, this.files);
    this.next();
  }

  // ---- What a page fills in -------------------------------------------------------------------------------------

  /** Which of all cards one wants: a field above them. @returns {HTMLElement} */
  whichField() { return make("p"); }
  /** The cards that may be asked, in the order in which new ones come. @returns {string[]} */
  get asked() { return []; }
  /** What stands where nothing more comes now, though there would be more of other cards; "" for none. */
  get otherWords() { return ""; }
  /** Shows the card. @param {boolean} _focus */
  paint(_focus) {}

  // ---- What is kept ---------------------------------------------------------------------------------------------

  get holds() { return this.work; }

  /** @param {unknown} found @returns {found is ReviewWork} */
  isWhole(found) { return isReview(found); }
  /** @param {ReviewWork} theirs */
  merge(theirs) { return mergeReview(this.work, theirs); }

  keep(lightly = false) {
    this.work.at = Math.max(Date.now(), (this.work.at ?? 0) + 1);
    super.keep(lightly);
  }

  erased() {
    super.erased();
    Object.assign(this, { work: nothing(), going: false });
    this.date.value = "";
    this.daily.select.value = String(daily(this.work));
    this.next();
  }

  /** @param {boolean} [back] */
  heard(back) {
    const theirs = this.stored;
    if (!theirs) return;
    if (back && !this.chosen) Object.assign(this.work, { open: theirs.open, last: theirs.last });
    if (back && this.work.open) this.going = true;
    /** @param {ReviewWork} work */
    const known = ({ exam, daily: many, cards }) =>
      JSON.stringify([exam, many, Object.entries(cards).map(([name, card]) => `${name} ${changed(card)} ${card.last}`).sort()]);
    this.merge(theirs);
    if (known(this.work) !== known(theirs)) this.keep(); // both wrote at once: neither may win
    if (this.date !== document.activeElement) this.date.value = this.work.exam;
    this.daily.select.value = String(daily(this.work));
    this.paintCount();
    const elsewhere = this.name !== this.queue[0]; // it was answered in the other tab
    if (!this.chosen && (elsewhere || (back && this.work.open))) this.next();
  }

  leave() {
    this.setDate();
    if (!this.kept) this.keep(); // there may be room by now
  }

  get fileOf() { return this.kind; }
  get file() { return { candor: this.kind, ...this.work }; }

  /** @param {any} value */
  take(value) {
    if (value?.candor !== this.kind || !this.isWhole(value)) return this.notOurs;
    this.merge(value);
    this.keep();
    this.next();
    return t("The file was read.");
  }

  // ---- The date -------------------------------------------------------------------------------------------------

  /** It is taken when one leaves the field, not at each figure: `0002` is on the way to a year. */
  dateField() {
    this.date.setAttribute("aria-describedby", this.dateSaid.id);
    this.dateSaid.setAttribute("role", "status");
    this.date.addEventListener("blur", () => this.setDate());
    this.date.addEventListener("keydown", (event) => event.key === "Enter" && this.setDate());
    const label = make("label", { htmlFor: DATE, textContent: t("Examination or deadline, if there is one:") });
    return make("p", {}, label, " ", this.date, " ", this.dateSaid);
  }

  setDate() {
    const refused = this.refusedDate();
    this.date.setAttribute("aria-invalid", String(Boolean(refused)));
    this.dateSaid.textContent = refused;
    if (refused || this.date.value === this.work.exam) return;
    const chosen = this.date.value;
    this.takeIn();
    [this.work.exam, this.work.examAt] = stamp([this.work.exam, this.work.examAt], chosen);
    this.keep();
    this.dateSaid.textContent = this.date.value ? t("No card is put off beyond it.") : t("No date.");
    this.paintCount();
  }

  /** Why the date in the field cannot be the day of an examination; "" where it can. */
  refusedDate() {
    const { value, validity } = this.date;
    if (validity.badInput) return t("This date is not complete.");
    if (!value || value === this.work.exam) return "";
    if (value < dayOf(new Date())) return t("This day is past. Give one that is still to come.");
    const years = new Date(`${value}T00:00`).getFullYear() - new Date().getFullYear();
    return isDay(value) && years <= YEARS_AHEAD ? ""
      : tn("This is more than {n} year ahead.", "This is more than {n} years ahead.", YEARS_AHEAD);
  }

  // ---- What comes -----------------------------------------------------------------------------------------------

  dailyField() {
    const entries = [...new Set([...DAILY, daily(this.work)])].sort((one, other) => one - other);
    const field = choice(t("New cards a day"), "candor-daily",
      entries.map((one) => [one, one ? number(one) : t("none")]));
    field.select.value = String(daily(this.work));
    field.select.addEventListener("change", () => {
      this.takeIn();
      this.work.daily = stamp(this.work.daily, Number(field.select.value));
      this.keep();
      this.next();
    });
    return field;
  }

  /** @param {string} name */
  due(name) { return when(this.work.cards[name], this.work.exam, Date.now()); }

  /** What to review now, the first first. */
  get queue() { return queue(this.asked, Object.keys(this.all.index), this.work, Date.now()); }

  /** Those of the book that were answered, and are not left out. */
  get seen() {
    const { cards } = this.work;
    return Object.keys(cards).filter((name) => this.all.index[name] && isAsked(cards[name]) && !isFresh(cards[name]));
  }

  paintCount() {
    const counts = { due: this.queue.length, begun: this.seen.length };
    this.count.textContent = tn("{due} to review now; {begun} of {n} card begun.",
      "{due} to review now; {begun} of {n} cards begun.", Object.keys(this.all.index).length, counts);
    this.paintWorks();
  }

  /** What can be taken back: the last answer, and cards that were left out. */
  paintWorks() {
    const { cards, last } = this.work;
    const out = Object.keys(cards).filter((name) => !isAsked(cards[name]) && this.all.index[name]);
    const words = tn("Bring back the card that you left out", "Bring back the {n} cards that you left out", out.length);
    repaint(this.works, [bar(
      last && cards[last.name] ? button(t("Take back the last answer"), () => this.takeBack()) : null,
      this.going && this.name ? button(t("Leave this card out"), () => this.leaveOut([this.name], true)) : null,
      out.length ? button(words, () => this.leaveOut(out, false), { at: "bring-back" }) : null)]);
  }

  takeBack() {
    this.takeIn();
    const { last, cards } = this.work;
    if (!last) return;
    const at = changes(cards[last.name]);
    cards[last.name] = last.before ? { ...last.before, at } : { ...NEVER, at };
    Object.assign(this.work, { last: null, open: { name: last.name, chosen: "", told: false } });
    this.keep();
    this.going = true;
    this.next(true);
  }

  /** @param {string[]} names @param {boolean} out */
  leaveOut(names, out) {
    this.takeIn();
    const { cards } = this.work;
    for (const name of names) cards[name] = { ...(cards[name] ?? NEVER), out, at: changes(cards[name]) };
    this.work.open = null;
    this.keep();
    this.next(true);
  }

  /** The next card, or one that was left before it was rated. @param {boolean} focus */
  next(focus = false) {
    const { queue, work } = this;
    const open = work.open && queue.includes(work.open.name) ? work.open : null;
    const { name = queue[0] ?? "", chosen = "", told = false } = open || {};
    const going = Boolean(name) && (this.going ?? Boolean(open));
    Object.assign(this, { name, chosen, told, going });
    this.shownAt = Date.now();
    underWay(going);
    this.settings.hidden = this.files.hidden = going;
    this.stop.hidden = !going;
    this.paintCount();
    if (going && !open) this.keepOpen(); // a reload goes on with it
    this.with(going ? [name] : [], () => (going ? this.paint(focus) : this.paintRest(focus)));
  }

  /** What was chosen stays. */
  rest() {
    this.going = false;
    if (!this.chosen && !this.told) this.work.open = null;
    this.keep();
    this.next(true);
  }

  /** Before and after: what there is to do. @param {boolean} focus */
  paintRest(focus) {
    const go = button(t("Begin"), () => (this.going = true, this.next(true)), { className: "candor-check" });
    repaint(this.stage, [this.name ? bar(go) : make("p", { textContent: this.restWords, tabIndex: -1 })]);
    if (focus) focusOn(this.stage, "button, p");
  }

  get restWords() {
    if (this.otherWords) return this.otherWords;
    if (!this.seen.length) return t("There is nothing to review yet.");
    const day = date(Math.min(...this.seen.map((name) => this.due(name))));
    return t("Nothing more for now. The next card comes on {day}.", { day });
  }

  /** Keeps the card that is shown, so that it is there again after a reload. */
  keepOpen() {
    this.work.open = { name: this.name, chosen: this.chosen, told: this.told };
    this.keep();
  }

  /** The next card comes when it is on the disk how this one was. @param {number} rating */
  async rate(rating) {
    const now = Date.now();
    const { work, name } = this;
    this.takeIn();
    const before = isFresh(work.cards[name]) ? undefined : work.cards[name];
    if (!before || before.last < this.shownAt) { // else it was rated in another tab since
      const days = before ? daysBetween(before.last, now) : 0;
      const next = schedule(this.all.parameters, before, rating, days, longest(work.exam, now));
      const due = dayStart(now, next.interval);
      const at = changes(work.cards[name]); // which may be later than now, where the clock was put back
      work.cards[name] = { ...next, last: now, due, first: before ? before.first : now, ...(at > now ? { at } : {}) };
      work.last = { name, before: before ?? null, chosen: this.chosen };
    }
    work.open = null;
    this.keep();
    await this.landed();
    this.next(true);
  }
}
