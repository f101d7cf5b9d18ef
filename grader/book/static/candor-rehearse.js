/* Rehearsal (a mock exam) and spaced review of the practice cards. Everything stays in this browser; nothing is sent.
   The cards come from candor-practice.js, which the book's build writes; their HTML was made and escaped there. */
(function () {
  "use strict";
  const DAY = 86400000;
  const make = (tag, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  };
  const html = (tag, text, properties = {}) => make(tag, { ...properties, innerHTML: text });
  const button = (text, work, properties = {}) => {
    const node = make("button", { type: "button", textContent: text, ...properties });
    node.addEventListener("click", work);
    return node;
  };
  const kept = {
    read(name, otherwise) {
      try { return JSON.parse(localStorage.getItem(name)) ?? otherwise; } catch { return otherwise; }
    },
    write(name, value) {
      try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* a full or closed store: the page goes on without */ }
    },
  };
  const letters = "ABCDEFGH";
  const keyOf = (card) => card.options.map((option, place) => (option.right ? letters[place] : "")).join("");

  /** The share of the points: as grader/score.py counts them. */
  function points(card, chosen) {
    const right = keyOf(card);
    if (card.kind === "one-best-answer") return chosen === right ? 1 : 0;
    const hits = [...chosen].filter((letter) => right.includes(letter)).length;
    const alarms = chosen.length - hits;
    return Math.max(0, hits / right.length - alarms / (card.options.length - right.length));
  }

  // ---- The schedule: FSRS-6 in whole days, as the Python package counts it (a test compares them) --------------------

  function schedule(w, before, rating, days, longest, retention = 0.9) {
    const decay = -w[20];
    const factor = 0.9 ** (1 / decay) - 1;
    const clampD = (value) => Math.min(10, Math.max(1, value));
    const firstD = (grade) => w[4] - Math.exp(w[5] * (grade - 1)) + 1;
    let { stability: s, difficulty: d } = before || {};
    if (s === undefined) {
      s = w[rating - 1];
      d = clampD(firstD(rating));
    } else {
      if (days < 1) {
        let grow = Math.exp(w[17] * (rating - 3 + w[18])) * s ** -w[19];
        if (rating >= 2) grow = Math.max(grow, 1);
        s *= grow;
      } else {
        const recall = (1 + (factor * days) / s) ** decay;
        if (rating === 1) {
          const long = w[11] * d ** -w[12] * ((s + 1) ** w[13] - 1) * Math.exp((1 - recall) * w[14]);
          s = Math.min(long, s / Math.exp(w[17] * w[18]));
        } else {
          const hard = rating === 2 ? w[15] : 1;
          const easy = rating === 4 ? w[16] : 1;
          s *= 1 + Math.exp(w[8]) * (11 - d) * s ** -w[9] * (Math.exp((1 - recall) * w[10]) - 1) * hard * easy;
        }
      }
      const change = -w[6] * (rating - 3);
      d = clampD(w[7] * firstD(4) + (1 - w[7]) * (d + ((10 - d) * change) / 9));
    }
    s = Math.max(s, 0.001);
    const exact = (s / factor) * (retention ** (1 / decay) - 1);
    const whole = Math.abs((exact % 1) - 0.5) < 1e-12 ? 2 * Math.round(exact / 2) : Math.round(exact); // as Python rounds
    return { stability: s, difficulty: d, interval: Math.min(Math.max(whole, 1), longest) };
  }

  // ---- A question on the page ----------------------------------------------------------------------------------------

  function show(card, chosen, changed, locked) {
    const name = `card-${Math.random().toString(36).slice(2)}`;
    const one = card.kind === "one-best-answer";
    const field = make("fieldset", { className: "candor-form" }, html("legend", `${card.ask} <span class="candor-how">${one ? "Choose one answer." : "Choose all that apply."}</span>`));
    card.options.forEach((option, place) => {
      const input = make("input", { type: one ? "radio" : "checkbox", name, id: `${name}-${place}`, value: letters[place], checked: chosen.includes(letters[place]), disabled: locked });
      const row = make("div", { className: "candor-option" }, input, html("label", `<b>${letters[place]}.</b> ${option.text}`, { htmlFor: input.id }));
      field.append(row);
    });
    field.addEventListener("change", () => changed([...field.querySelectorAll("input:checked")].map((input) => input.value).join("")));
    return make("div", { className: "candor-question" }, html("div", card.story), field);
  }

  function reasons(card, chosen) {
    const list = make("ul");
    card.options.forEach((option, place) => {
      const letter = letters[place];
      const said = option.right ? (card.kind === "one-best-answer" ? "Best" : "Right") : "Not this one";
      list.append(html("li", `<b>${letter}. ${said}${chosen.includes(letter) ? ", your answer" : ""}.</b> ${option.why}`, { className: option.right ? "candor-best" : "candor-not" }));
    });
    const box = make("div", { className: "candor-reasons" }, list, html("p", card.explain));
    if (card.unless) box.append(html("p", `<em>Unless:</em> ${card.unless}`));
    return box;
  }

  // ---- Rehearsal -----------------------------------------------------------------------------------------------------

  class Rehearsal {
    constructor(root, all, name) {
      Object.assign(this, { root, all, name, exam: all.exams[name], at: `candor-exam-${name}`, past: `candor-history-${name}` });
      this.sections = 4;
      const going = kept.read(this.at, null);
      if (going && going.slots.every((slot) => all.cards[slot.card])) this.resume(going);
      else this.welcome();
      document.addEventListener("keydown", (event) => this.onKey(event));
    }

    fresh(children) { this.root.replaceChildren(...children); }

    welcome() {
      clearInterval(this.clock);
      this.state = null;
      const form = make("form", { className: "candor-start" });
      const pick = (label, id, entries) => {
        const select = make("select", { id: `${this.name}-${id}` }, ...entries.map(([value, text]) => make("option", { value, textContent: text })));
        form.append(make("p", {}, make("label", { htmlFor: select.id, textContent: label }), " ", select));
        return select;
      };
      const which = pick("Form", "form", this.exam.forms.map((slots, number) => [number, `Form ${number + 1}, ${slots.length} questions`]));
      const mode = pick("Mode", "mode", [["exam", "Exam: reasons at the end"], ["tutor", "Tutor: a reason after each answer"]]);
      const time = pick("Time", "time", [["1", `${this.exam.minutes} minutes`], ["1.25", "and a quarter"], ["1.5", "and a half"], ["2", "doubled"], ["0", "no clock"]]);
      form.append(make("button", { type: "submit", textContent: "Begin" }));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const seconds = Math.round(Number(time.value) * this.exam.minutes * 60) || null;
        this.resume({ slots: this.exam.forms[Number(which.value)], form: Number(which.value) + 1, mode: mode.value, left: seconds, place: 0, section: 0, answers: {}, flags: {}, paused: false, began: Date.now() });
      });
      const past = kept.read(this.past, []);
      this.fresh([html("div", this.exam.note), form, past.length ? this.history(past) : null].filter(Boolean));
    }

    history(past) {
      const rows = past.map((one) => make("li", { textContent: `${new Date(one.at).toLocaleString()}: form ${one.form}, ${one.words}` }));
      const save = button("Export my history", () => {
        const address = URL.createObjectURL(new Blob([JSON.stringify(past, null, 1)], { type: "application/json" }));
        const link = make("a", { href: address, download: `candor-${this.name}-history.json` });
        link.click();
        setTimeout(() => URL.revokeObjectURL(address), 1000);
      });
      return make("section", {}, make("h3", { textContent: "Earlier rehearsals in this browser" }), make("ul", {}, ...rows), save, " ", button("Delete my history", () => { kept.write(this.past, []); this.welcome(); }));
    }

    resume(state) {
      this.state = state;
      this.last = Date.now();
      clearInterval(this.clock);
      this.clock = setInterval(() => this.tick(), 1000);
      this.paint(false);
    }

    keep() { kept.write(this.at, this.state); }

    tick() {
      const now = Date.now();
      const state = this.state;
      if (!state) return clearInterval(this.clock);
      if (state.left !== null && !state.paused) {
        state.left -= (now - this.last) / 1000;
        this.last = now;
        this.keep();
        this.paintTime();
        if (state.left <= 0) return this.finish("The time has run out.");
      }
      this.last = now;
    }

    paintTime() {
      if (!this.timer || this.state.left === null) return;
      const left = Math.max(0, Math.round(this.state.left));
      this.timer.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")} left`;
    }

    /** The questions of a section: a finished one is locked. */
    bounds(section = this.state.section) {
      const size = Math.ceil(this.state.slots.length / this.sections);
      return [section * size, Math.min(this.state.slots.length, (section + 1) * size)];
    }

    paint(focus = true) {
      const state = this.state;
      const [first, end] = this.bounds();
      state.place = Math.min(Math.max(state.place, first), end - 1);
      const slot = state.slots[state.place];
      const card = this.all.cards[slot.card];
      const chosen = state.answers[slot.card] || "";
      const told = state.mode === "tutor" && state.told?.[slot.card];
      this.timer = make("span", { className: "candor-time" });
      const done = state.slots.slice(first, end).filter(({ card: name }) => state.answers[name]).length;
      const head = make("div", { className: "candor-bar" },
        make("strong", { textContent: `Question ${state.place + 1} of ${state.slots.length}` }),
        make("span", { textContent: `Section ${state.section + 1} of ${this.sections}: ${done} of ${end - first} answered` }), this.timer,
        state.left === null ? null : button(state.paused ? "Go on" : "Pause", () => this.pause()));
      if (state.paused) {
        this.fresh([head, make("p", { textContent: "Paused. The clock stands still; the question is hidden." })]);
        return this.paintTime();
      }
      const after = make("div");
      const question = show(card, chosen, (marked) => { state.answers[slot.card] = marked; this.keep(); this.refresh(); }, Boolean(told));
      if (told) after.append(reasons(card, chosen));
      const flag = button(state.flags[slot.card] ? "Take the flag away (F)" : "Flag (F)", () => this.flag());
      const bar = make("div", { className: "candor-bar" },
        button("Previous (P)", () => this.go(-1), { disabled: state.place === first }),
        button("Next (N)", () => this.go(1), { disabled: state.place === end - 1 }), flag,
        state.mode === "tutor" && !told ? button("Show the reasons (R)", () => this.tell()) : null,
        button(state.section + 1 === this.sections ? "Finish" : "Finish this section", () => this.closeSection()));
      const map = make("ol", { className: "candor-map" }, ...state.slots.slice(first, end).map(({ card: name }, number) => {
        const words = `${first + number + 1}${state.flags[name] ? ", flagged" : ""}${state.answers[name] ? ", answered" : ""}`;
        const jump = button(`${first + number + 1}${state.flags[name] ? " ⚑" : ""}`, () => { state.place = first + number; this.paint(); });
        jump.setAttribute("aria-label", `Question ${words}`);
        if (first + number === state.place) jump.setAttribute("aria-current", "true");
        jump.classList.toggle("candor-done", Boolean(state.answers[name]));
        return make("li", {}, jump);
      }));
      this.fresh([head, question, after, bar, map]);
      this.paintTime();
      if (focus) (question.querySelector("input:checked") || question.querySelector("input")).focus();
    }

    refresh() {
      const at = document.activeElement && document.activeElement.value;
      this.paint(false);
      const again = [...this.root.querySelectorAll(".candor-question input")].find((input) => input.value === at);
      if (again) again.focus();
    }

    go(step) { this.state.place += step; this.keep(); this.paint(); }

    flag() {
      const { card } = this.state.slots[this.state.place];
      this.state.flags[card] = !this.state.flags[card];
      this.keep();
      this.paint();
    }

    tell() {
      const { card } = this.state.slots[this.state.place];
      this.state.told = { ...this.state.told, [card]: true };
      this.keep();
      this.paint();
    }

    pause() {
      this.state.paused = !this.state.paused;
      this.last = Date.now();
      this.keep();
      this.paint();
    }

    closeSection() {
      const [first, end] = this.bounds();
      const open = this.state.slots.slice(first, end).filter(({ card }) => !this.state.answers[card]).length;
      if (open && !window.confirm(`${open} of this section's questions are open. A finished section is locked. Finish it?`)) return;
      if (this.state.section + 1 === this.sections) return this.finish("");
      this.state.section += 1;
      this.state.place = this.bounds()[0];
      this.keep();
      this.paint();
    }

    onKey(event) {
      if (!this.state || this.state.paused || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("select, textarea, input[type=text]")) return;
      const key = event.key.toLowerCase();
      const [first, end] = this.bounds();
      if (key === "n" && this.state.place < end - 1) this.go(1);
      else if (key === "p" && this.state.place > first) this.go(-1);
      else if (key === "f") this.flag();
      else if (key === "r" && this.state.mode === "tutor") this.tell();
      else if (/^[a-h]$/.test(key)) {
        const input = [...this.root.querySelectorAll(".candor-question input:not(:disabled)")].find((one) => one.value === key.toUpperCase());
        if (input) { input.focus(); input.click(); }
      } else return;
      event.preventDefault();
    }

    finish(why) {
      clearInterval(this.clock);
      const state = this.state;
      this.state = null;
      const groups = { area: {}, objective: {} };
      const gates = [];
      let total = 0;
      for (const { card: name, area } of state.slots) {
        const card = this.all.cards[name];
        const got = points(card, state.answers[name] || "");
        total += got;
        for (const [kind, label] of [["area", this.all.areas[area] || area], ["objective", card.objective]]) {
          const group = (groups[kind][label] ||= { got: 0, of: 0, card });
          group.got += got;
          group.of += 1;
        }
        if (card.gate && got < 1) gates.push(card);
      }
      const count = state.slots.length;
      const share = total / count;
      const error = count > 1 ? Math.sqrt((share * (1 - share)) / (count - 1)) : 0;
      const words = `${Math.round(100 * share)} %, standard error ${Math.round(100 * error)} points`;
      kept.write(this.past, [{ at: Date.now(), form: state.form, mode: state.mode, words, share, error, areas: Object.fromEntries(Object.entries(groups.area).map(([label, { got, of }]) => [label, [got, of]])) }, ...kept.read(this.past, [])].slice(0, 50));
      localStorage.removeItem(this.at);
      const base = this.root.dataset.base;
      const table = (label, entries, link) => make("table", {}, make("thead", {}, make("tr", {}, make("th", { textContent: label, scope: "col" }), make("th", { textContent: "Score", scope: "col" }))),
        make("tbody", {}, ...Object.entries(entries).sort(([, one], [, other]) => one.got / one.of - other.got / other.of).map(([text, { got, of, card }]) =>
          make("tr", {}, make("td", {}, link ? make("a", { href: `${base}${card.section}`, textContent: text }) : text), make("td", { textContent: `${Math.round(100 * got) / 100} of ${of}` })))));
      const title = make("h2", { textContent: "Your profile", tabIndex: -1 });
      const review = make("details", {}, make("summary", { textContent: "Every question with its reasons" }), ...state.slots.map(({ card: name }, number) => {
        const card = this.all.cards[name];
        return make("section", {}, make("h3", { textContent: `Question ${number + 1}` }), html("div", card.story), html("p", card.ask), reasons(card, state.answers[name] || ""));
      }));
      this.fresh([title, why ? make("p", { className: "candor-why", textContent: why }) : null,
        make("p", {}, make("strong", { textContent: words })),
        make("p", { textContent: "Nobody has set a standard for this rehearsal, so there is no pass or fail. Questions left open count as not right." }),
        gates.length ? make("section", {}, make("h3", { textContent: "Must not be missed, and was" }), make("ul", {}, ...gates.map((card) => make("li", { textContent: `${card.gate}: ${card.objective}` })))) : null,
        make("h3", { textContent: "By area" }), table("Area", groups.area), make("h3", { textContent: "By objective, with where to read" }), table("Objective", groups.objective, true),
        review, button("Another rehearsal", () => this.welcome())].filter(Boolean));
      title.focus();
    }

    nameOf(card) { return Object.keys(this.all.cards).find((name) => this.all.cards[name] === card); }
  }

  /** The longest interval that an examination allows, in days: the calendar days to its eve. As grader/review.py counts it. */
  function longest(exam, now) {
    const left = exam ? Math.round((new Date(`${exam}T00:00`) - new Date(now).setHours(0, 0, 0, 0)) / DAY) : 0;
    return left > 0 ? Math.max(1, left - 1) : 36500;
  }

  /** When a card comes: as it was scheduled, but on the eve of an examination at the latest, if it was not seen that day. */
  function when(card, exam, now) {
    if (!exam || new Date(`${exam}T00:00`) <= now) return card.due;
    const eve = new Date(`${exam}T00:00`);
    eve.setDate(eve.getDate() - 1);
    return card.last < eve.getTime() ? Math.min(card.due, eve.getTime()) : card.due;
  }

  // ---- Spaced review -------------------------------------------------------------------------------------------------

  class Review {
    constructor(root, all) {
      Object.assign(this, { root, all, at: "candor-review" });
      const found = kept.read(this.at, null);
      const whole = found && typeof found.cards === "object" && found.cards && Object.values(found.cards).every((card) => card && [card.due, card.last, card.first].every(Number.isFinite));
      this.kept = whole ? { exam: /^\d{4}-\d\d-\d\d$/.test(found.exam) ? found.exam : "", cards: found.cards } : { exam: "", cards: {} };
      this.paint();
      document.addEventListener("keydown", (event) => this.onKey(event));
    }

    due(name) { return when(this.kept.cards[name], this.kept.exam, Date.now()); }

    get queue() {
      const now = Date.now();
      const names = Object.keys(this.all.cards);
      const late = names.filter((name) => this.kept.cards[name] && this.due(name) <= now).sort((one, other) => this.due(one) - this.due(other));
      const today = names.filter((name) => this.kept.cards[name] && now - this.kept.cards[name].first < DAY).length;
      return [...late, ...names.filter((name) => !this.kept.cards[name]).slice(0, Math.max(0, 10 - today))];
    }

    paint() {
      const date = make("input", { type: "date", id: "candor-exam-date", value: this.kept.exam });
      date.addEventListener("change", () => { this.kept.exam = date.value; kept.write(this.at, this.kept); if (!this.told) this.paint(); });
      const when = make("p", {}, make("label", { htmlFor: date.id, textContent: "Examination or deadline, if there is one:" }), " ", date);
      const [name] = this.queue;
      const seen = Object.keys(this.kept.cards).length;
      const count = make("p", { role: "status", textContent: `${this.queue.length} to review now; ${seen} of ${Object.keys(this.all.cards).length} cards begun.` });
      if (!name) {
        const next = Math.min(...Object.keys(this.kept.cards).map((one) => this.due(one)));
        return this.root.replaceChildren(when, count, make("p", { textContent: seen ? `Nothing more for now. The next card comes on ${new Date(next).toLocaleDateString()}.` : "There is nothing to review yet." }));
      }
      this.name = name;
      this.chosen = "";
      this.told = false;
      const card = this.all.cards[name];
      const check = button("Check", () => this.check(), { className: "candor-check" });
      this.after = make("div");
      this.question = show(card, "", (marked) => (this.chosen = marked), false);
      this.root.replaceChildren(when, count, make("p", { className: "candor-label", textContent: card.chapter }), this.question, make("div", { className: "candor-bar" }, check), this.after);
    }

    check() {
      if (this.told || !this.chosen) return;
      this.told = true;
      const card = this.all.cards[this.name];
      this.question.querySelectorAll("input").forEach((input) => (input.disabled = true));
      const right = points(card, this.chosen) === 1;
      const choices = right ? [[2, "Hard"], [3, "Good"], [4, "Easy"]] : [[1, "Again"]];
      const bar = make("div", { className: "candor-bar" }, make("strong", { textContent: right ? "Right." : "Another answer is better." }), ...choices.map(([rating, words]) => button(`${words} (${rating})`, () => this.rate(rating))));
      this.after.replaceChildren(reasons(card, this.chosen), bar);
      bar.querySelector("button").focus();
    }

    rate(rating) {
      const now = Date.now();
      const before = this.kept.cards[this.name];
      const days = before ? Math.floor((now - before.last) / DAY) : 0;
      const next = schedule(this.all.parameters, before, rating, days, longest(this.kept.exam, now));
      this.kept.cards[this.name] = { ...next, last: now, due: now + next.interval * DAY, first: before ? before.first : now };
      kept.write(this.at, this.kept);
      this.paint();
      const input = this.root.querySelector(".candor-question input");
      if (input) input.focus();
    }

    onKey(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input[type=date]")) return;
      const key = event.key.toLowerCase();
      if (this.told) {
        const button_ = [...this.after.querySelectorAll("button")].find((one) => one.textContent.endsWith(`(${key})`));
        if (button_) { event.preventDefault(); button_.click(); }
      } else if (/^[a-h]$/.test(key)) {
        const input = [...this.root.querySelectorAll(".candor-question input")].find((one) => one.value === key.toUpperCase());
        if (input) { event.preventDefault(); input.focus(); input.click(); }
      } else if (key === "enter" && event.target.type !== "button") {
        event.preventDefault();
        this.check();
      }
    }
  }

  Object.assign(window, { candorSchedule: schedule, candorLongest: longest, candorWhen: when }); // for the tests that compare them with grader/review.py
  const all = window.candorPractice;
  if (!all) return;
  for (const root of document.querySelectorAll("[data-candor-exam]")) if (all.exams[root.dataset.candorExam]) new Rehearsal(root, all, root.dataset.candorExam);
  for (const root of document.querySelectorAll("[data-candor-review]")) new Review(root, all);
})();
