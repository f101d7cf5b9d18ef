/* What a mock exam and a session are alike in besides the asking: how one begins, what two tabs do to each other, and a
   result that stays. */
import { Asking } from "./asking.js";
import { button, focusOn, make, repaint } from "./dom.js";
import { SAID } from "./kinds.js";
import { result } from "./result.js";
import * as runs from "./run.js";
import { scored } from "./score.js";
import { earlier } from "./start.js";
import { leftOut } from "./study.js";
import { sure } from "./sure.js";
import { underWay } from "./under-way.js";
import { notes } from "./unscored.js";
import { t, tn } from "../words.js";

/** @typedef {import("./types.js").Run} Run */
/** @typedef {import("./types.js").Result} Result */

/** What the page says below, for who has not begun. @param {boolean} open */
function unfold(open) {
  for (const about of document.querySelectorAll("details.candor-about")) about.toggleAttribute("open", open);
}

export class Sitting extends Asking {
  /** `name` stands in what is kept and in files, as does the `kind`.
   * @param {HTMLElement} root
   * @param {import("./bank.js").Bank} all
   * @param {{ at: string, kind: import("./kinds.js").Kind, name: string }} names */
  constructor(root, all, { at, kind, name }) {
    super(root, all, at, kind);
    this.name = name;
    /** @type {Result | null} */
    this.ended = null;
    this.waiting = false;
    this.list = make("div");
    this.results = new runs.Results(this.store, runs.historyOf(at));
    this.store.watch(this.results.at, () => this.heard());
  }

  /** What stands before a run. @returns {(Node | null)[]} */
  get opening() { return []; }
  /** A button that goes on with what was left open; null where nothing is, or nothing goes on with it.
   * @param {Result} _entry @returns {HTMLButtonElement | null} */
  ways(_entry) { return null; }

  /** The questions of a result that are left open, of those that are in the book. @param {Result} entry */
  openOf(entry) { return runs.leftOpen(entry, this.record.answers).filter(({ card }) => this.all.index[card]); }

  /** How much of what was left open was answered later, in words; "" for nothing. @param {Result} entry */
  since(entry) {
    const of = entry.slots.filter(({ card }) => !entry.answers[card] && this.all.index[card]).length;
    const n = of - this.openOf(entry).length;
    return n ? tn("{n} of the {of} left open was answered since", "{n} of the {of} left open were answered since", n, { of }) : "";
  }

  open() {
    const going = this.stored;
    if (going) this.resume(going);
    else this.welcome();
  }

  // ---- What is kept -----------------------------------------------------------------------------------------------

  /** One that is over may be there still: what a killed browser wrote last, or another tab. */
  get stored() {
    const run = super.stored;
    return run && this.results.over(run.began) ? null : run;
  }

  leave() {
    if (this.run) this.keep();
  }

  erased() {
    super.erased();
    this.welcome();
  }

  /** @param {boolean} [back] */
  heard(back = false) {
    if (this.run) this.follow(this.run, back);
    else if (this.ended) this.amend(this.ended);
    else if (this.waiting && this.stored) this.resume(this.stored);
    else if (this.waiting) this.listEarlier();
  }

  /** Another tab went on with this run, or finished it; or more of it came `back`.
   * @param {Run} run @param {boolean} back */
  follow(run, back) {
    const { stored } = this;
    if (this.results.over(run.began)) {
      const ended = this.results.of(run.began);
      const [entry, refused] = ended ? this.caughtUp(ended, runs.finished(run)) : [null, ""];
      if (!refused && super.stored?.began === run.began) this.store.remove(this.at); // and not one that was begun since
      if (!entry) return this.welcome();
      return this.end(entry, t(SAID[this.kind].elsewhere), refused);
    }
    if (!stored || stored.began !== run.began) return; // the next answer is kept, or it is said that it cannot be
    const before = runs.shared(run);
    if (back) runs.rejoin(run, stored);
    else this.merge(stored);
    this.last = Date.now();
    if (back || runs.shared(run) !== before) this.paint();
    if (runs.shared(run) !== runs.shared(stored)) this.keep(); // both wrote at once: neither may win
  }

  /** Another tab answered while the run was ended, here or there: then the result has both. @param {Result} mine */
  amend(mine) {
    const theirs = this.results.of(mine.began);
    if (!theirs) return;
    const [entry, refused] = this.caughtUp(theirs, mine);
    if (runs.withLater(mine, entry) !== mine) this.end(entry, "", refused);
  }

  /** The kept result with what was answered here and did not come into it, which is then kept: nothing that was said to be
   * answered goes. Gives why that cannot be kept, too.
   * @param {Result} ended @param {Omit<Result, "words">} here @returns {[Result, import("./types.js").Refusal]} */
  caughtUp(ended, here) {
    const more = runs.withLater(ended, here);
    if (more === ended && !ended.unscored) return [ended, ""];
    const entry = scored({ ...more, at: Math.max(Date.now(), ended.at + 1) }, this.all);
    const refused = this.results.add([entry]);
    this.enterAll(entry);
    return [entry, refused || this.owing()];
  }

  get fileOf() { return this.name; }

  get file() {
    const { run, ended, results } = this;
    const more = ended && !results.of(ended.began) ? [ended] : [];
    return { candor: this.kind, exam: this.name, run, results: [...more, ...results.all] };
  }

  /** @param {any} value */
  take(value) {
    if (value?.candor !== this.kind || value.exam !== this.name || !Array.isArray(value.results)) return this.notOurs;
    const refused = this.results.add(value.results);
    const left = value.results.filter((/** @type {unknown} */ one) => !runs.isResult(one) && !runs.isGone(one)).length
      + (value.run && !this.isWhole(value.run) ? 1 : 0);
    if (this.isWhole(value.run) && !this.results.over(value.run.began)) this.resume(value.run, true);
    else this.listEarlier();
    if (refused) return t("The file was read, but this browser does not keep the results in it.");
    return [t("The file was read."), leftOut(left)].filter(Boolean).join(" ");
  }

  // ---- Before and after -------------------------------------------------------------------------------------------

  welcome() {
    clearInterval(this.clock);
    this.back.textContent = "";
    Object.assign(this, { run: null, ended: null, waiting: true, list: make("div") });
    underWay(false);
    unfold(true);
    this.with([], () => repaint(this.stage, [...this.opening, this.list, this.bringIn()]));
    this.listEarlier();
  }

  /** @param {Run} run */
  resume(run, focus = false) {
    Object.assign(this, { ended: null, waiting: false });
    underWay(true);
    unfold(false);
    this.with(run.slots.map(({ card }) => card), () => {
      const { stored } = this; // more may have come back while the questions were on their way
      if (stored) runs.rejoin(run, stored);
      const ended = this.results.of(run.began); // in another tab, while the questions were on their way
      if (ended) this.end(ended);
      else if (this.results.over(run.began)) this.welcome(); // and its result was deleted
      else super.resume(run, focus);
    });
  }

  /** Another tab may have begun: then that one goes on. @param {Run} fresh */
  begin(fresh) { this.resume(this.stored || fresh, true); }

  listEarlier() {
    const works = {
      open: (/** @type {Result} */ one) => this.end(one), goOn: (/** @type {Result} */ one) => this.ways(one),
      since: (/** @type {Result} */ one) => this.since(one),
      takeOut: () => this.takeOut(), forget: () => this.forget(),
    };
    repaint(this.list, earlier(this.results.all, works, this.kind));
  }

  async forget() {
    const title = t(SAID[this.kind].forget);
    if (!await sure({ title, yes: t("Delete them"), loses: true, rows: [t("They cannot be brought back.")] }).answer) return;
    this.say(this.results.forget());
    this.listEarlier();
  }

  /** The result comes when it is on the disk. @param {string} why what to say first */
  async finish(why) {
    if (!this.run) return;
    this.keep(); // takes in the last of another tab
    const entry = scored(runs.finished(this.run), this.all);
    const moved = this.moveToResults(entry); // first: the result needs the room more
    this.enterAll(entry);
    clearInterval(this.clock);
    Object.assign(this, { run: null });
    const refused = moved || this.owing();
    await this.landed();
    const [both, again] = this.caughtUp(this.results.of(entry.began) ?? entry, entry); // with one that another tab ended
    this.end(both, why, refused || again);
  }

  /** Notes the answers of a result in the record. @param {Result} entry */
  enterAll(entry) {
    for (const note of notes(entry, this.all, this.record)) this.enter(note);
  }

  /** A full store may hold the result once the run is out of it. If not, the run stays: what was kept does not go.
   * @param {Result} entry */
  moveToResults(entry) {
    const before = super.stored;
    const ours = before?.began === entry.began;
    let refused = this.results.add([entry]);
    if (ours) this.store.remove(this.at);
    if (refused) refused = this.results.add([entry]);
    if (refused && ours) this.store.keep(this.at, this.run ?? before) && this.store.keep(this.at, before);
    return refused;
  }

  /** Of a run that is over, its result. */
  keep(lightly = false) {
    if (this.run) super.keep(lightly);
    else if (this.ended) this.say(this.moveToResults(this.ended) || this.owing());
  }

  /** Shows a result. `refused`: why it is not kept.
   * @param {Result} entry @param {string} why @param {import("./types.js").Refusal} refused */
  end(entry, why = "", refused = "") {
    clearInterval(this.clock);
    this.unask();
    Object.assign(this, { run: null, ended: entry, waiting: false });
    this.say(refused);
    underWay(false);
    unfold(false);
    this.with(entry.slots.map(({ card }) => card), () => {
      const [title, ...rest] = result(entry, this.all, this.base, why, { goOn: () => this.ways(entry),
        since: this.since(entry), close: () => button(t("Close this result"), () => this.again()) });
      repaint(this.stage, [title, ...rest]);
      this.came();
      title.focus();
    });
  }

  /** Whether the result in view may go: it is kept, or that it is not was said. */
  async mayLeave() {
    const safe = this.kept || !this.ended || this.results.of(this.ended.began);
    return Boolean(safe) || sure({ title: t("Leave this result?"), yes: t("Leave it"), rows: [t("It is not kept.")] }).answer;
  }

  async again() {
    if (!await this.mayLeave()) return;
    const going = this.stored;
    if (going) return this.resume(going, true);
    this.welcome();
    this.came();
    focusOn(this.stage, "select, button"); // the button that was pressed is gone
  }
}
