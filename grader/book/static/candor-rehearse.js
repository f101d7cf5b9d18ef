/* A rehearsal (a mock exam) of practice cards: forms in sections, a clock, flags, and at its end a result that stays.
   Everything is kept in this browser; nothing is sent. */
(function () {
  "use strict";
  const { App, store, runs, startForm, earlier, score, areasOf, result } = window.candor;
  const { make, html, button, form, debrief, story, repaint } = window.candor;
  const SECTIONS = 4;

  class Rehearsal extends App {
    constructor(root, all, name) {
      super(root, all, `candor-exam-${name}`);
      const results = new runs.Results(`candor-history-${name}`);
      Object.assign(this, { name, exam: all.exams[name], run: null, results });
      store.watch(this.results.at, () => this.heard());
      const going = this.stored;
      if (going) this.resume(going);
      else this.welcome();
    }

    get keyWords() { return "A to L choose, N and P go on and back, M flags, R shows the reasons"; }

    // ---- What is kept ---------------------------------------------------------------------------------------------

    get holds() { return this.run; }
    isWhole(run) { return runs.isRun(run, this.all.cards); }
    merge(theirs) { return runs.merge(this.run, theirs); }

    leave() {
      if (this.run) this.keep();
    }

    heard() {
      if (this.run) this.follow();
      else if (this.waiting && this.stored) this.resume(this.stored);
      else if (this.waiting) this.listEarlier();
    }

    /** Another tab went on with this rehearsal, or finished it. */
    follow() {
      const { run, stored } = this;
      const ended = this.results.of(run.began);
      if (ended) {
        store.remove(this.at);
        return this.end(ended, "This rehearsal was finished in another tab.");
      }
      if (!stored || stored.began !== run.began) return; // the next answer is kept, or it is said that it cannot be
      const before = runs.shared(run);
      this.merge(stored);
      this.last = Date.now();
      if (runs.shared(run) !== before) this.paint();
      if (runs.shared(run) !== runs.shared(stored)) this.keep(); // both wrote at once: neither may win
    }

    get fileName() { return `candor-${this.name}.json`; }

    get file() {
      const { run, ended, results } = this;
      const more = ended && !results.of(ended.began) ? [ended] : [];
      return { candor: "rehearsal", exam: this.name, run, results: [...more, ...results.all] };
    }

    /** Takes in a file that was taken out; says what came of it. */
    take(value) {
      if (value?.candor !== "rehearsal" || value.exam !== this.name || !Array.isArray(value.results)) {
        return this.notOurs;
      }
      const refused = this.results.add(value.results);
      if (this.isWhole(value.run) && !this.results.of(value.run.began)) this.resume(value.run, true);
      else this.listEarlier();
      return refused ? "The file was read, but this browser does not keep the results in it." : "The file was read.";
    }

    // ---- Before and after -----------------------------------------------------------------------------------------

    welcome() {
      clearInterval(this.clock);
      Object.assign(this, { run: null, ended: null, waiting: true, list: make("div") });
      const start = startForm(this.name, this.exam, (place, mode, seconds) => {
        const fresh = runs.begin(place + 1, mode, seconds, this.exam.forms[place]);
        this.resume(this.stored || fresh, true); // another tab may have begun
      });
      repaint(this.stage, [html("div", this.exam.note), start, this.list, this.bringIn()]);
      this.listEarlier();
    }

    listEarlier() {
      const works = { open: (one) => this.end(one), takeOut: () => this.takeOut(), forget: () => this.forget() };
      repaint(this.list, earlier(this.results.all, works));
    }

    forget() {
      if (!window.confirm("Delete all results of this rehearsal on this device? They cannot be brought back.")) return;
      this.results.forget();
      this.listEarlier();
    }

    finish(why) {
      this.keep(); // takes in the last of another tab
      const entry = runs.finished(this.run);
      const { rows, words, share, error } = score(entry, this.all);
      Object.assign(entry, { words, share, error, areas: areasOf(rows) });
      this.end(entry, why, this.moveToResults(entry));
    }

    /** A full store may hold the result once the run is out of it. If not, the run stays: what was kept does not go. */
    moveToResults(entry) {
      let refused = this.results.add([entry]);
      store.remove(this.at);
      if (refused) refused = this.results.add([entry]);
      if (refused) store.write(this.at, this.run);
      return refused;
    }

    /** Shows a result. `refused`: why it is not kept. */
    end(entry, why = "", refused = "") {
      clearInterval(this.clock);
      Object.assign(this, { run: null, ended: entry, waiting: false });
      const [title, ...rest] = result(entry, this.all, this.root.dataset.base, why);
      const back = button("Back to the beginning", () => this.again());
      repaint(this.stage, [title, ...rest, make("div", { className: "candor-bar" }, back)]);
      this.say(refused);
      title.focus();
    }

    again() {
      if (!this.kept && !window.confirm("This result is not kept. Leave it?")) return;
      const going = this.stored;
      if (going) return this.resume(going, true);
      this.welcome();
      this.stage.querySelector("select, button").focus(); // the button that was pressed is gone
    }

    // ---- Under way ------------------------------------------------------------------------------------------------

    resume(run, focus = false) {
      Object.assign(this, { run, ended: null, waiting: false, last: Date.now() });
      run.section = Math.min(Math.max(run.section, 0), SECTIONS - 1);
      clearInterval(this.clock);
      this.clock = setInterval(() => this.tick(), 1000);
      this.done(focus);
    }

    tick() {
      const { run } = this;
      const now = Date.now();
      const passed = (now - this.last) / 1000;
      this.last = now;
      if (run.left === null || run.paused[0]) return;
      run.left -= passed;
      this.keep();
      this.paintTime();
      if (run.left <= 0) this.finish("The time has run out.");
    }

    paintTime() {
      if (this.run.left === null) return;
      const left = Math.max(0, Math.round(this.run.left));
      this.timer.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")} left`;
    }

    /** The questions of a section, from and to: a finished one is locked. */
    get bounds() {
      const { slots, section } = this.run;
      const size = Math.ceil(slots.length / SECTIONS);
      return [section * size, Math.min(slots.length, (section + 1) * size)];
    }

    get current() { return this.run.slots[this.run.place].card; }
    answerTo(name) { return (this.run.answers[name] || [""])[0]; }
    isFlagged(name) { return (this.run.flags[name] || [false])[0]; }

    paint(focus = false) {
      const { run } = this;
      const [first, end] = this.bounds;
      run.place = Math.min(Math.max(run.place, first), end - 1);
      this.timer = make("span", { className: "candor-time" });
      if (run.paused[0]) {
        const words = "Paused. The clock stands still; the question is hidden.";
        repaint(this.stage, [this.head(), make("p", { textContent: words })]);
      } else {
        const last = run.section + 1 === SECTIONS;
        const close = button(last ? "Finish" : "Finish this section", () => this.closeSection());
        const foot = make("div", { className: "candor-bar candor-foot" }, close);
        repaint(this.stage, [this.head(), this.question(), this.map(), foot]);
        if (focus) this.stage.querySelector(".candor-run h3").focus();
      }
      this.paintTime();
    }

    head() {
      const { run, bounds: [first, end] } = this;
      const done = run.slots.slice(first, end).filter(({ card }) => this.answerTo(card)).length;
      const words = `Section ${run.section + 1} of ${SECTIONS}: ${done} of ${end - first} answered`;
      const stop = button(run.paused[0] ? "Go on" : "Pause", () => this.pause(), { at: "pause" });
      return make("div", { className: "candor-bar" },
        make("span", { textContent: words }), this.timer, run.left === null ? null : stop);
    }

    question() {
      const { run, current, bounds: [first, end] } = this;
      const [card, chosen] = [this.all.cards[current], this.answerTo(current)];
      const told = run.mode === "tutor" && run.told[current];
      this.status = make("p", { className: "candor-said" });
      this.status.setAttribute("role", "status");
      const bar = make("div", { className: "candor-bar" },
        button("Previous", () => this.go(-1), { key: "P", disabled: run.place === first }),
        button("Next", () => this.go(1), { key: "N", disabled: run.place === end - 1 }),
        button(this.isFlagged(current) ? "Take the flag away" : "Flag", () => this.flag(), { key: "M", at: "flag" }),
        run.mode === "tutor" && !told ? button("Show the reasons", () => this.tell(), { key: "R" }) : null);
      const title = make("h3", { textContent: `Question ${run.place + 1} of ${run.slots.length}`, tabIndex: -1 });
      const options = told ? debrief(card, chosen) : form(card, chosen, (marked) => this.answer(marked));
      return make("section", { className: "candor-run", tabIndex: -1 }, title, story(card), options, this.status, bar);
    }

    map() {
      const { run, bounds: [first, end] } = this;
      const jumps = run.slots.slice(first, end).map(({ card }, number) => {
        const place = first + number;
        const [flagged, answered] = [this.isFlagged(card), Boolean(this.answerTo(card))];
        const words = `${place + 1}${flagged ? " ⚑" : ""}`;
        const jump = button(words, () => this.go(place - run.place), { at: `map-${place}` });
        const state = `${flagged ? ", flagged" : ""}${answered ? ", answered" : ""}`;
        jump.setAttribute("aria-label", `Question ${place + 1}${state}`);
        if (place === run.place) jump.setAttribute("aria-current", "true");
        jump.classList.toggle("candor-done", answered);
        return make("li", {}, jump);
      });
      return make("ol", { className: "candor-map" }, ...jumps);
    }

    /** Keeps what was just done, and shows it. */
    done(focus = false) {
      this.keep();
      this.paint(focus);
    }

    answer(marked) {
      this.run.answers[this.current] = [marked, Date.now()];
      this.done();
    }

    go(step) {
      this.run.place += step;
      this.done(true);
    }

    flag() {
      this.run.flags[this.current] = [!this.isFlagged(this.current), Date.now()];
      this.done();
    }

    tell() {
      if (!this.answerTo(this.current)) {
        this.status.textContent = "Choose an answer first.";
        return;
      }
      this.run.told[this.current] = [true, Date.now()];
      this.done();
      this.stage.querySelector(".candor-run").focus({ preventScroll: true }); // the reasons stand where the options stood
    }

    pause() {
      this.run.paused = [!this.run.paused[0], Date.now()];
      this.last = Date.now();
      this.done();
    }

    closeSection() {
      const { run, bounds: [first, end] } = this;
      const open = run.slots.slice(first, end).filter(({ card }) => !this.answerTo(card)).length;
      const asked = `${open} of this section's questions are open. A finished section is locked. Finish it?`;
      if (open && !window.confirm(asked)) return;
      if (run.section + 1 === SECTIONS) return this.finish("");
      run.section += 1;
      this.done(true);
    }

    onKey(key) { return /^[a-lmnpr]$/.test(key) && this.press(key); }
  }

  const all = window.candorPractice;
  for (const root of document.querySelectorAll("[data-candor-exam]")) {
    if (all && all.exams[root.dataset.candorExam]) new Rehearsal(root, all, root.dataset.candorExam);
  }
})();
