/* Questions one after the other: the clock, the flags, the map, and one question at a time. */
import { App } from "./app.js";
import { isOne, keyOf } from "./card.js";
import { counts, welcomeBack } from "./clock.js";
import { bar, button, focusOn, make, repaint, saying } from "./dom.js";
import { ending, finishing } from "./ending.js";
import { Overview } from "./overview.js";
import { debrief, form, story } from "./question.js";
import { sure } from "./sure.js";
import * as runs from "./run.js";
import { sureness } from "./sureness.js";
import { Timer } from "./timer.js";
import { verdict } from "./verdict.js";
import { t, tc, tn } from "../words.js";

/** @typedef {import("./types.js").Run} Run */

/** @param {number} n */
const goneWords = (n) => tn("{n} of its questions are no longer in the book, and are left out.",
  "{n} of its questions are no longer in the book, and are left out.", n);

/** @extends {App<Run>} */
export class Asking extends App {
  /** @param {HTMLElement} root @param {import("./bank.js").Bank} all @param {string} at
   * @param {import("./kinds.js").Kind} kind */
  constructor(root, all, at, kind) {
    super(root, all, at);
    this.kind = kind;
    /** @type {Run | null} */
    this.run = null;
    this.last = Date.now();
    this.status = saying("candor-said");
    this.timer = new Timer();
    this.count = make("span");
    /** Answers that are not yet on the disk, and do not count as answered before. @type {Map<string, [string, number]>} */
    this.coming = new Map();
    this.back = saying("candor-said"); // to who was away
    /** Shuts what was asked last. */
    this.unask = () => {};
    this.overview = new Overview((run, place) => {
      const { card } = run.slots[place];
      return { answered: this.isAnswered(run, card), flagged: this.isFlagged(run, card) };
    }, (run, place) => this.go(run, place - run.place));
    this.stage.before(this.back);
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.clock = undefined;
  }

  get keyWords() {
    return t("Keys inside a question: A to L choose, N and P go on and back, M flags, R shows the reasons.");
  }
  get holds() { return this.run; }
  /** @param {unknown} run @returns {run is Run} */
  isWhole(run) { return runs.isRun(run, this.all.index); }
  /** @param {Run} theirs */
  merge(theirs) { return !this.run || runs.merge(this.run, theirs); }

  /** The run is over. @param {string} _why what to say first */
  async finish(_why) {}

  /** @param {Run} run */
  resume(run, focus = false) {
    const [now, lid] = [Date.now(), run.lid ?? "stops"];
    const gone = run.seen && run.left !== null && !run.paused[0] ? now - run.seen : 0;
    Object.assign(this, { run, last: lid === "runs" ? now - gone : now });
    const left = runs.dropGone(run, this.all.index);
    runs.settle(run);
    this.back.textContent = [welcomeBack(gone / 1000, lid), left ? goneWords(left) : ""].filter(Boolean).join(" ");
    clearInterval(this.clock);
    this.clock = setInterval(() => this.tick(), 1000);
    this.done(focus);
    this.tick(); // the time since the page was closed, where it counts
  }

  tick() {
    const { run } = this;
    const now = Date.now();
    const [passed, lid] = [(now - this.last) / 1000, run?.lid ?? "stops"];
    this.last = now;
    if (!run || run.left === null || run.paused[0]) return;
    run.left -= counts(passed, lid);
    run.seen = now;
    this.back.textContent = welcomeBack(passed, lid) || this.back.textContent;
    this.keep(true);
    this.timer.paint(run.left);
    if (run.left <= 0) this.finish(t("The time has run out."));
  }

  /** @param {Run} run */
  current(run) { return run.slots[run.place].card; }
  /** @param {Run} run @param {string} name */
  answerTo(run, name) { return (run.answers[name] || [""])[0]; }
  /** @param {Run} run @param {string} name */
  isFlagged(run, name) { return (run.flags[name] || [false])[0]; }

  paint(focus = false) {
    const { run } = this;
    if (!run) return;
    runs.settle(run);
    this.timer.renew();
    if (run.paused[0]) {
      const textContent = run.left === null
        ? t("Paused. The question is hidden. You can close this page and go on another day: all is kept in this browser.")
        : t("Paused. The clock stands still; the question is hidden. You can close this page and go on another day: all is"
          + " kept in this browser.");
      repaint(this.stage, [this.head(run), make("p", { textContent })]);
    } else {
      repaint(this.stage, [this.head(run), this.question(run), this.overview.node(run), this.foot(run)]);
    }
    if (focus) (this.came(), focusOn(this.stage, ".candor-run h2"));
    this.timer.paint(run.left);
  }

  /** @param {Run} run */
  isLastSection(run) { return run.section + 1 === runs.sectionsOf(run); }
  /** @param {Run} run */
  isLastPlace(run) { return run.place === runs.bounds(run)[1] - 1; }
  /** Whether the reasons of the question can still be asked for. @param {Run} run */
  asksReasons(run) { return run.mode === "tutor" && !run.told[this.current(run)]; }

  /** What stays in sight above the question. To finish stands far from *Next*. @param {Run} run */
  head(run) {
    const stop = button(run.paused[0] ? t("Go on") : t("Pause"), () => this.pause(run), { at: "pause" });
    this.count = make("span");
    this.paintCount(run);
    const node = bar(this.count, this.timer.node, stop, run.paused[0] ? null : this.closing(run));
    node.classList.add("candor-exam-bar");
    node.classList.toggle("candor-whole", runs.sectionsOf(run) === 1 && run.left === null); // one row on a phone
    return node;
  }

  /** @param {Run} run */
  closing(run) {
    const words = this.isLastSection(run) ? t("Finish") : t("Finish this section");
    const primary = this.isLastPlace(run) && !this.asksReasons(run);
    return button(words, () => this.closeSection(run), { at: "close", className: primary ? "candor-check" : "" });
  }

  /** Whether a question is answered and its answer on the disk. @param {Run} run @param {string} card */
  isAnswered(run, card) { return Boolean(this.answerTo(run, card)) && !this.coming.has(card); }

  /** @param {Run} run */
  paintCount(run) {
    const [first, end] = runs.bounds(run);
    const sections = runs.sectionsOf(run);
    const done = run.slots.slice(first, end).filter(({ card }) => this.isAnswered(run, card)).length;
    const words = t("{done} of {of} answered", { done, of: end - first });
    const title = t("Section {section} of {of}", { section: run.section + 1, of: sections });
    this.count.textContent = sections > 1 ? t("{title}: {words}", { title, words }) : words;
  }

  /** @param {Run} run */
  question(run) {
    const name = this.current(run);
    const [first] = runs.bounds(run);
    const [card, chosen] = [this.all.cards[name], this.answerTo(run, name)];
    const asks = this.asksReasons(run);
    const told = run.mode === "tutor" && !asks;
    this.status = saying("candor-said");
    const flag = this.isFlagged(run, name) ? t("Take the flag away") : t("Flag");
    const primary = "candor-check";
    const buttons = bar(
      this.status, // beside what it is about, and never under the bar
      asks ? button(t("Show the reasons"), () => this.tell(run), { key: "R", className: primary }) : null,
      button(tc("question", "Previous"), () => this.go(run, -1), { key: "P", disabled: run.place === first }),
      button(tc("question", "Next"), () => this.go(run, 1),
        { key: "N", disabled: this.isLastPlace(run), className: asks || this.isLastPlace(run) ? "" : primary }),
      button(flag, () => this.flag(run), { key: "M", at: "flag" }));
    buttons.classList.add("candor-act");
    const textContent = t("Question {number} of {of}", { number: run.place + 1, of: run.slots.length });
    const title = make("h2", { textContent, tabIndex: -1 });
    const options = told ? debrief(card, chosen, this.base) : form(card, chosen, (marked) => this.answer(run, marked));
    const textOf = told && chosen ? verdict([...keyOf(card)], [...chosen], isOne(card)) : "";
    const said = textOf ? make("p", { className: "candor-verdict", textContent: textOf }) : null;
    const parts = [title, story(card), said, options, asks ? sureness(run.sure[name]?.[0] ?? 0, (level) => this.setSure(run, name, level)) : null, buttons];
    return make("section", { className: "candor-run", tabIndex: -1 }, ...parts);
  }

  /** @param {Run} run @param {string} name @param {number} level */
  setSure(run, name, level) {
    this.takeIn();
    run.sure[name] = runs.stamp(run.sure[name], level);
    this.done();
  }

  /** @param {Run} run */
  foot(run) {
    if (this.isLastSection(run)) return null;
    const node = bar(button(t("End early"), () => this.endEarly(run)));
    node.classList.add("candor-foot");
    return node;
  }

  /** Keeps what was just done, and shows it. */
  done(focus = false) {
    this.keep();
    this.paint(focus);
  }

  /** Nothing of the question is drawn anew or moves: a second tap at the same place meets what the first one met.
   * @param {Run} run @param {string} marked */
  async answer(run, marked) {
    const name = this.current(run);
    const before = runs.shared(run);
    this.takeIn();
    const wentOn = runs.shared(run) !== before; // another tab
    const given = run.answers[name] = runs.stamp(run.answers[name], marked);
    this.back.textContent = ""; // who answers is here again
    this.coming.set(name, given);
    this.status.textContent = "";
    this.keep();
    if (wentOn) this.paint();
    this.paintDone(run); // changed, it is not yet on the disk
    const byKey = this.stage.querySelector(".candor-option:has(input:focus-visible)");
    byKey?.scrollIntoView({ block: "nearest" }); // an arrow key goes on where nobody sees it
    await this.store.settled;
    if (this.coming.get(name) !== given) return; // it was changed since
    this.coming.delete(name);
    if (this.run === run) this.paintDone(run);
  }

  /** How many are answered. @param {Run} run */
  paintDone(run) {
    this.paintCount(run);
    this.overview.paint(run);
  }

  /** @param {Run} run @param {number} step */
  go(run, step) {
    [run.place, run.placed] = runs.stamp([run.place, run.placed ?? 0], run.place + step);
    this.back.textContent = "";
    this.done(true);
  }

  /** @param {Run} run */
  flag(run) {
    const name = this.current(run);
    this.takeIn();
    run.flags[name] = runs.stamp(run.flags[name], !this.isFlagged(run, name));
    const on = this.isFlagged(run, name);
    this.enter(() => this.record.flag(name, on));
    this.done();
  }

  /** The reasons come when the answer is on the disk. @param {Run} run */
  async tell(run) {
    const name = this.current(run);
    if (!this.answerTo(run, name)) {
      this.status.textContent = t("Choose an answer first.");
      return;
    }
    await this.landed();
    if (this.run !== run || this.current(run) !== name) return; // something came from another tab
    this.takeIn();
    run.told[name] = runs.stamp(run.told[name], true);
    this.done();
    this.came();
    const shown = /** @type {HTMLElement | null} */ (this.stage.querySelector(".candor-run"));
    shown?.focus({ preventScroll: true });
    // With many options one's own may stand above the edge, and what is said of it with it.
    this.stage.querySelector(".candor-verdict")?.scrollIntoView({ block: "nearest" });
  }

  /** @param {Run} run */
  pause(run) {
    this.takeIn();
    run.paused = runs.stamp(run.paused, !run.paused[0]);
    this.last = run.seen = Date.now();
    this.done();
  }

  /** Asks first; no, where another tab went on meanwhile, or the time ran out.
   * @param {Run} run @param {Parameters<typeof sure>[0]} asked */
  async means(run, asked) {
    const before = runs.shared(run);
    const { answer, shut } = sure(asked);
    this.unask = shut;
    const yes = await answer;
    return yes && this.run === run && runs.shared(run) === before;
  }

  /** @param {Run} run */
  async closeSection(run) {
    const asked = finishing(run);
    if (asked && !await this.means(run, asked)) return;
    if (this.isLastSection(run)) return void this.finish("");
    run.section += 1;
    this.done(true);
  }

  /** @param {Run} run */
  async endEarly(run) {
    if (await this.means(run, ending(run, this.kind))) this.finish(t("You ended early."));
  }

  /** @param {string} key */
  onKey(key) { return /^[a-lmnpr]$/.test(key) && this.press(key); }
}
