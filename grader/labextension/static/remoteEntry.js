/*
 * Candor in JupyterLab: the answers of an exercise become things one can click and type in.
 *
 * The notebook stays the record. An answer is the `x` in `- [x] **B.** ...`; a reflection is the text of its cell. This
 * file shows those cells as a group of options or a text box, and writes nothing but the brackets or the text back.
 * Where it meets something that it cannot read, it steps aside and Lab's own rendering stays.
 *
 * There is no build step: JupyterLab loads a prebuilt extension as an object with `init(shareScope)` and
 * `get("./extension")`, and the last lines of this file are that object, by hand.
 */
(function () {
  "use strict";

  const TAKE_OUT = "To have them as a file, choose Hand in, then Download for submission.";
  const PLACEHOLDER = "*Write your answer here.*";
  const SAVE_AFTER = 1500; // ms of quiet after a change
  const LOOK_AFTER = 600; // ms of quiet before a text is read for what may identify a client
  const TAKE_AFTER = 3000; // ms that another window has to save before a notebook is taken from it
  const SAVE_AFTER_FAILURE = 30000; // Lab shows a dialog at each failed save: do not bring it up at every click

  // ---- The text of a cell: pure functions -----------------------------------------------------------------------

  // What counts as an option line and as a mark is the same as for scoring (grader/notebook/score.py): what we show is what is scored.
  const OPTION = /^(\s{0,3}(?:[-*+•]\s*)?\[)([^\]]{0,3})\]\s*(?:\*\*)?([A-L])[.)](?:\*\*)?(?:\s+(.*))?$/;
  const LIKE_AN_OPTION = /^\s*(?:[-*+•]\s*\[|\[[^\]]*\]\s*\*{0,2}[A-L][.)])/;
  const YES = [..."xX✓✔✗✘☑☒*vVхХ"]; // the last two are Cyrillic
  const NO = ["", "_"];

  /** The options of an answer cell and any other lines in it; null when the text is not (or no longer) a set of options. */
  function readOptions(source) {
    const [options, others] = [[], []];
    for (const { 0: line, index } of source.matchAll(/[^\r\n]+/g)) {
      const found = OPTION.exec(line);
      const mark = found && found[2].trim();
      if (found && [...YES, ...NO].includes(mark)) {
        const [, before, { length }, letter, text = ""] = found;
        // `at` and `length` are the place between the brackets: the only characters that we ever change.
        options.push({ letter, text: unescaped(text), marked: YES.includes(mark), at: index + before.length, length });
      } else if (LIKE_AN_OPTION.test(line)) {
        return null;
      } else if (line.trim()) {
        others.push(line.trim());
      }
    }
    const letters = new Set(options.map((option) => option.letter));
    return options.length > 1 && letters.size === options.length ? { options, others } : null;
  }

  const unescaped = (text) => text.replace(/\\([!-/:-@[-`{-~])/g, "$1").trim();

  /** The edits that leave exactly `letters` marked. Brackets that already say so are not touched. */
  function editsToMark(options, letters) {
    return options
      .filter((option) => option.marked !== letters.includes(option.letter))
      .map((option) => ({ at: option.at, length: option.length, put: option.marked ? " " : "x" }));
  }

  /** The one edit that turns `from` into `to`, as small as possible, so that others may type in the cell too. */
  function smallestEdit(from, to) {
    const most = Math.min(from.length, to.length);
    let head = 0;
    while (head < most && from[head] === to[head]) head++;
    let tail = 0;
    while (tail < most - head && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail++;
    // An emoji is two code units; cutting between them would store a broken character.
    if (head && /[\uD800-\uDBFF]/.test(from[head - 1])) head--;
    if (tail && /[\uDC00-\uDFFF]/.test(from[from.length - tail])) tail--;
    return { at: head, length: from.length - head - tail, put: to.slice(head, to.length - tail) };
  }

  /** All edits in one transaction, so that one undo takes back one choice. */
  function applyEdits(model, edits) {
    const shared = model.sharedModel;
    shared.transact(() => {
      for (const { at, length, put } of [...edits].reverse()) shared.updateSource(at, at + length, put);
    });
  }

  const sourceOf = (cell) => cell.model.sharedModel.getSource();
  const withoutCr = (text) => text.replace(/\r\n?/g, "\n");
  const countWords = (text) => (text.match(/\S+/g) || []).length;
  const plain = (text) => text.replace(/[*_`]/g, "").replace(/\s+/g, " ").trim();
  const headingOf = (source) => plain((/^#+[ \t]+(.+)$/m.exec(source) || [])[1] || "");
  const boldOf = (source) => plain([...source.matchAll(/\*\*(.+?)\*\*/gs)].map((found) => found[1]).pop() || "");
  const clock = (date) => date.toTimeString().slice(0, 5);
  const reading = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

  // ---- What may identify a client -------------------------------------------------------------------------------

  const here = document.currentScript ? document.currentScript.src : "";
  let rules = null; // null until they are read, or where they cannot be: then nothing is marked
  let checkIsOff = ""; // what is not looked for here, in words for the person who writes

  /** The rules that grader/guard.py reads, too. Nothing that is written here leaves this machine. */
  async function readRules(address = new URL("guard.json", here)) {
    const data = await (await fetch(address)).json();
    const all = data.rules.map((rule) => ({ ...rule, expression: compiled(rule.pattern) }));
    rules = { ...data, rules: all.filter((rule) => rule.expression) };
    const off = new Set(all.filter((rule) => !rule.expression).map((rule) => rule.kind));
    if (off.size) checkIsOff = `This browser cannot look for all that may identify a client (${[...off].join(", ")}).`;
  }

  /** Null where this browser does not know the pattern: a rule that cannot be used takes no other with it. */
  function compiled(pattern) {
    try {
      return new RegExp(pattern, "gd");
    } catch (error) {
      complain(error);
      return null;
    }
  }

  function rulesAreMissing(error) {
    complain(error);
    checkIsOff = "The check for what may identify a client is off in this browser.";
  }

  /** The places in a text that may identify a client, in order. `given` is what the exercise itself says: its people are invented. */
  function identifiers(text, given = "") {
    const found = [];
    if (!rules) return found;
    for (const { kind, expression, why, better } of rules.rules) {
      for (const match of text.matchAll(expression)) {
        const [start, end] = match.indices.slice(1).filter(Boolean).pop() || match.indices[0];
        const words = text.slice(start, end);
        const wide = kind === "place" && rules.wide.includes(words);
        if (wide || rules.figures.includes(words) || isGiven(words, given)) continue;
        if (found.some((one) => start < one.end && one.start < end)) continue;
        found.push({ kind, text: words, start, end, why, better });
      }
    }
    return found.sort((one, other) => one.start - other.start);
  }

  /** Whether the exercise says the same: every word with a capital or a figure stands in it. */
  function isGiven(words, given) {
    const telling = words.match(/[A-ZÀ-ÖØ-Þ0-9][A-Za-z0-9_À-ÖØ-öø-ÿ'’-]*/g) || [];
    const bare = (word) => word.replace(/^['’-]+|['’]s$|['’-]+$/g, ""); // "Anna's" is Anna
    const known = new Set((given.match(/[A-Za-z0-9_À-ÖØ-öø-ÿ'’-]+/g) || []).map(bare));
    return telling.length > 0 && telling.every((word) => known.has(bare(word)));
  }

  // ---- Small helpers --------------------------------------------------------------------------------------------

  let serial = 0; // makes ids and radio names unique on the page

  /** An element from attributes and children; strings become text, never markup. */
  function make(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  /** A live region speaks when its text is set, so set it only when it differs. */
  function say(node, text) {
    if (node.textContent !== text) node.textContent = text;
  }

  let complained = false;

  /** Once: a console full of warnings helps nobody. */
  function complain(error) {
    if (!complained) console.warn("Candor: clicking does not work everywhere here; the notebook can still be answered as text.", error);
    complained = true;
  }

  /** Runs `work`; if it throws, `otherwise` puts things back as Lab had them. */
  function safely(work, otherwise = () => {}) {
    return (...given) => {
      try {
        return work(...given);
      } catch (error) {
        complain(error);
        otherwise();
      }
    };
  }

  // ---- What this browser keeps ----------------------------------------------------------------------------------

  /** Small things in this browser's own store. Where it is closed or full they are forgotten, and all else goes on. */
  const ownStore = {
    get(name) {
      try {
        return localStorage.getItem(name) || "";
      } catch {
        return "";
      }
    },
    put(name, text) {
      try {
        if (text) localStorage.setItem(name, text);
        else localStorage.removeItem(name);
      } catch (error) {
        complain(error);
      }
    },
  };

  /** On the desk without installation all work is in the browser: whether it keeps none of it. */
  const forgetful = () => Boolean(window.candor && window.candor.store && window.candor.store.closed);

  /** Where this installation is: two desks, or two people's Labs, may share one address, and so one store. */
  function base() {
    const config = document.getElementById("jupyter-config-data");
    const { baseUrl } = config ? JSON.parse(config.textContent) : {};
    return new URL(baseUrl || ".", location.href).pathname;
  }

  /**
   * One window at a time may answer a notebook: two would write over each other. The first has it; another shows the
   * notebook and changes nothing, until the first is closed or gives it up. Where there are no locks, every window has it.
   */
  class Claim {
    constructor(name) {
      this.name = name;
      this.desks = new Set(); // the views of it in this window
      this.held = true;
      this.asking = new AbortController();
      if (!navigator.locks || !window.BroadcastChannel) return;
      this.channel = new BroadcastChannel(name);
      this.channel.onmessage = () => this.release && this.giveUp().catch(complain);
      this.ask({ ifAvailable: true });
    }

    async ask(options) {
      const hold = (lock) => {
        this.set(Boolean(lock));
        return lock ? new Promise((release) => (this.release = release)) : "taken";
      };
      try {
        const got = await navigator.locks.request(this.name, options, hold);
        if (got === "taken") this.ask({ signal: this.asking.signal });
      } catch (error) {
        // Taken by force, or our own waiting was called off; any other trouble means that there are no locks here.
        if (error.name !== "AbortError") this.set(true);
        else if (this.release) this.lose();
      }
    }

    lose() {
      this.release = null;
      this.set(false);
      this.ask({ signal: this.asking.signal });
    }

    /** Another window wants it: it gets what was saved here. */
    async giveUp() {
      await Promise.all([...this.desks].map((desk) => desk.context.save().catch(() => {})));
      const { release } = this;
      this.lose();
      release();
    }

    /** Asks the window that has it; a window that sleeps does not answer, and is not waited for. */
    take() {
      this.channel.postMessage("take");
      setTimeout(() => {
        if (this.held) return;
        this.asking.abort();
        this.asking = new AbortController();
        this.ask({ steal: true });
      }, TAKE_AFTER);
    }

    set(held) {
      if (held === this.held) return;
      this.held = held;
      this.desks.forEach((desk) => desk.setAway(!held));
    }

    join(desk) {
      this.desks.add(desk);
      desk.setAway(!this.held);
    }

    leave(desk) {
      this.desks.delete(desk);
      if (this.desks.size) return;
      claims.delete(this.name);
      this.asking.abort();
      if (this.channel) this.channel.close();
      if (this.release) this.release();
    }
  }

  const claims = new Map(); // name -> claim

  function claimOf(name) {
    if (!claims.has(name)) claims.set(name, new Claim(name));
    return claims.get(name);
  }

  // ---- Keys -----------------------------------------------------------------------------------------------------

  /** The letter or digit that Lab would see. It goes by key code, which also holds for keyboards that are not Latin. */
  const labKey = (event) => (/[A-Z0-9]/.exec(String.fromCharCode(event.keyCode)) || [""])[0].toLowerCase();

  // Combinations that mean text editing or undo inside our controls, and that Lab would use to move, merge or split cells.
  const OURS_WITH_CTRL = /^(Enter|Backspace|Delete|Home|End|Arrow.*|[acvxyzm_-])$/i;
  const modified = (event) => event.ctrlKey || event.metaKey || event.altKey;
  const leftToLab = (event) => (modified(event) && !OURS_WITH_CTRL.test(event.key)) || /^F\d+$/.test(event.key);

  /** Command-mode keys that cut, paste, delete, insert, merge, split, move or change the type of a cell. */
  function changesCells(event) {
    if (event.ctrlKey || event.metaKey) {
      return event.key === "Backspace" || (event.shiftKey && /^(Arrow(Up|Down)|[m_-])$/i.test(event.key));
    }
    return event.altKey ? event.key === "Enter" : /[xvdyrmab1-6]/.test(labKey(event));
  }

  /** Runs before Lab sees the key, in whichever phase this version of Lab listens. */
  function onKey(event) {
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.closest(".candor-answer")) {
      // Lab takes no shortcut from an element with this attribute, not even Ctrl+S: so only for the keys that are ours.
      // It has to be the focused element itself; Notebook 7 looks there before it looks at what is around it.
      if (leftToLab(event)) target.removeAttribute("data-lm-suppress-shortcuts");
      else target.setAttribute("data-lm-suppress-shortcuts", "true");
      return;
    }
    const desk = desks.find((one) => one.notebook.node.contains(target));
    if (!desk || target.closest("input, textarea, select, button, [contenteditable='true']")) return;
    if (desk.onCommandKey(event)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }

  // ---- One answer cell ------------------------------------------------------------------------------------------

  /** What a question and a reflection have in common: a place in the cell, a status line, and keys that stay inside. */
  class Answer {
    constructor(desk, cell) {
      this.desk = desk;
      this.cell = cell;
      this.fixed = cell.model.getMetadata("editable") === false;
      this.stored = desk.opened ? null : sourceOf(cell); // a cell that comes later, by copying or splitting, is on no disk yet
      this.storedAt = null; // null: as it came from disk
      this.root = make("div", { class: "candor-answer" });
      this.status = make("p", { class: "candor-status", role: "status" });
      this.refresh = safely(() => !this.cell.isDisposed && this.paint(), () => this.stand(false));
      this.changed = () => (this.refresh(), desk.touch(), desk.handIn.onChange());
      this.root.addEventListener("keydown", safely((event) => this.onKeydown(event)));
      // Lab cancels a text box's own undo inside a notebook; let it not hear of it.
      this.root.addEventListener("beforeinput", (event) => event.stopPropagation(), true);
      cell.node.addEventListener("dblclick", this.keepClosed, true);
      cell.model.contentChanged.connect(this.changed);
    }

    /** A double click on an answer would open the Markdown source. */
    keepClosed = (event) => this.live && event.stopPropagation();

    /** Whether we show the cell; if not, its text is Lab's. */
    get live() { return this.cell.node.classList.contains("candor-live"); }
    get shown() { return this.root.getClientRects().length > 0; }
    get locked() { return this.fixed || this.desk.away; }
    get unsaved() { return sourceOf(this.cell) !== this.stored; }

    /** Takes the place of Lab's rendering, or gives it back. */
    stand(on) {
      if (on && this.root.parentNode !== this.cell.node) this.cell.node.append(this.root);
      this.cell.node.classList.toggle("candor-live", on);
    }

    /** The nearest cell above with one of these roles: it holds the question, or the prompt. */
    above(...roles) {
      const cells = this.desk.notebook.widgets;
      const before = cells.slice(0, Math.max(0, cells.indexOf(this.cell)));
      return before.reverse().find((cell) => roles.includes(roleOf(cell)));
    }

    savedWords(worthSaying) {
      if (this.unsaved) return this.desk.writable ? "Not saved yet." : "Not saved: this copy is read-only.";
      if (forgetful()) return worthSaying ? "In this window alone." : "";
      return this.storedAt ? `Saved ${clock(this.storedAt)}.` : worthSaying ? "Saved." : "";
    }

    onStored(source) {
      if (source !== this.stored) {
        this.stored = source;
        this.storedAt = new Date();
      }
      this.refresh();
    }

    onKeydown(event) {
      if (leftToLab(event)) return;
      event.stopPropagation();
      if (event.key === "Escape") this.cell.node.focus();
      else if (event.key === "Enter" && event.shiftKey) this.desk.goTo(this.desk.after(this.cell));
      else if (!this.onOwnKey(event)) return;
      event.preventDefault();
    }

    dispose() {
      this.stand(false);
      this.root.remove();
      this.cell.node.removeEventListener("dblclick", this.keepClosed, true);
      if (!this.cell.isDisposed) this.cell.model.contentChanged.disconnect(this.changed);
    }
  }

  class Question extends Answer {
    constructor(desk, cell) {
      super(desk, cell);
      this.single = cell.model.getMetadata("candor").kind !== "all-that-apply";
      this.name = `candor-${++serial}`;
      this.group = make("div", { role: this.single ? "radiogroup" : "group", class: "candor-group", "aria-describedby": `${this.name}-how` });
      this.how = make("p", { id: `${this.name}-how`, class: "candor-unseen" });
      this.warning = make("p", { class: "candor-warning", role: "status" });
      this.others = make("p", { class: "candor-others" });
      this.clear = make("button", { type: "button", class: "candor-button candor-quiet" }, "Clear answer");
      this.clear.addEventListener("click", safely(() => (this.focus(), this.mark([]))));
      this.root.append(this.how, this.group, this.others, this.warning, make("div", { class: "candor-foot" }, this.status, this.clear));
      this.group.addEventListener("change", safely((event) => {
        this.mark(this.single ? [event.target.value] : this.inputs.filter((one) => one.checked).map((one) => one.value));
      }));
    }

    get read() { return readOptions(sourceOf(this.cell)); }

    get marked() {
      const read = this.read;
      return read ? read.options.filter((option) => option.marked).map((option) => option.letter) : [];
    }

    get done() { return this.single ? this.marked.length === 1 : this.marked.length > 0; }
    get inputs() { return [...this.group.querySelectorAll("input")]; }

    mark(letters) {
      const { undoManager } = this.cell.model.sharedModel;
      if (undoManager) undoManager.stopCapturing(); // two quick clicks stay two steps of undo
      const edits = editsToMark(this.read.options, letters);
      if (edits.length) applyEdits(this.cell.model, edits);
    }

    onOwnKey(event) {
      if (modified(event)) return this.onUndoKey(event);
      const letter = this.inputs.find((one) => one.value.toLowerCase() === labKey(event));
      const input = letter || (event.key === "Enter" && event.target.type !== "button" && event.target);
      if (!input || event.shiftKey) return false;
      input.focus();
      input.click(); // as a mouse would: marks, or takes back a mark of "all that apply"
      return true;
    }

    /** Ctrl+Z belongs to the last choice here; Lab would look for a text editor. */
    onUndoKey(event) {
      const key = labKey(event);
      if (event.altKey || (key !== "z" && key !== "y")) return false;
      this.cell.model.sharedModel[key === "z" && !event.shiftKey ? "undo" : "redo"]();
      this.focus();
      return true;
    }

    focus(how) {
      const target = this.inputs.find((input) => input.checked) || this.inputs[0];
      if (target) target.focus(how);
    }

    paint() {
      const read = this.read;
      this.stand(Boolean(read));
      if (!read) return;
      this.paintOptions(read.options);
      const marked = this.marked;
      const torn = this.single && marked.length > 1;
      for (const input of this.inputs) {
        const on = marked.includes(input.value);
        // Of radio buttons only one can be on. With two marks in the text none is, and the rows show both.
        input.checked = on && !torn;
        input.disabled = this.locked;
        input.parentNode.classList.toggle("candor-marked", on);
      }
      say(this.warning, torn ? `${marked.length === 2 ? "Two" : marked.length} options are marked. Choose one.` : "");
      say(this.others, read.others.join(" "));
      this.clear.hidden = !(this.single && marked.length) || this.locked;
      const answer = marked.length ? `${torn ? "Marked" : "Answered"}: ${marked.join(", ")}.` : "Not answered yet.";
      say(this.status, `${answer} ${this.savedWords(marked.length)}`.trim());
    }

    /** Builds the rows, and again only when their text has changed, so that focus is not lost while answering. */
    paintOptions(options) {
      const ask = this.above("ask");
      const name = ask ? [headingOf(sourceOf(ask)), boldOf(sourceOf(ask))].filter(Boolean).join(": ") : "";
      this.group.setAttribute("aria-label", name || "Question");
      const range = `${options[0].letter} to ${options[options.length - 1].letter}`;
      say(this.how, `${this.single ? "Choose one answer." : "Choose all that apply."} The keys ${range} choose, too.`);
      const drawn = JSON.stringify(options.map(({ letter, text }) => [letter, text]));
      if (drawn === this.drawn) return;
      this.drawn = drawn;
      const focused = this.group.contains(document.activeElement);
      this.group.replaceChildren(...options.map((option) => this.row(option)));
      if (focused) this.focus();
    }

    row({ letter, text }) {
      const input = make("input", { type: this.single ? "radio" : "checkbox", name: this.name, value: letter });
      return make("label", { class: "candor-option" }, input,
        make("span", { class: "candor-letter" }, `${letter}.`), make("span", {}, text));
    }
  }

  class Reflection extends Answer {
    constructor(desk, cell) {
      super(desk, cell);
      this.aim = cell.model.getMetadata("candor").words;
      const id = `candor-${++serial}`;
      this.text = make("textarea", { id, class: "candor-text", rows: "6", "aria-describedby": `${id}-words` });
      this.title = make("span", { class: "candor-unseen" });
      this.words = make("p", { id: `${id}-words`, class: "candor-words" });
      const label = make("label", { for: id, class: "candor-label" }, "Your answer", this.title);
      this.marks = make("div", { class: "candor-guard", role: "status" });
      this.off = make("p", { class: "candor-off", role: "status" });
      this.root.append(label, this.text, make("div", { class: "candor-foot" }, this.words, this.status), this.off, this.marks);
      this.text.addEventListener("input", safely(() => this.write()));
    }

    /** What the person has written: nothing, as long as the cell holds the placeholder. */
    get written() {
      const source = withoutCr(sourceOf(this.cell));
      return source.trim() === PLACEHOLDER ? "" : source;
    }

    get done() { return countWords(this.written) > 0; }

    /** At once and not after a pause, so that there is never text which a save or a closed tab would miss. */
    write() {
      applyEdits(this.cell.model, [smallestEdit(sourceOf(this.cell), this.text.value || PLACEHOLDER)]);
    }

    /** All other keys, Ctrl+Z too, do what they do in any text box. */
    onOwnKey() { return false; }
    focus(how) { this.text.focus(how); }

    paint() {
      this.stand(true);
      const prompt = this.above("prompt");
      const title = prompt && headingOf(sourceOf(prompt));
      say(this.title, title ? `: ${title.replace(/^Reflection: /, "")}` : "");
      const written = this.written;
      if (this.text.value !== written) this.text.value = written;
      this.text.readOnly = this.locked;
      const count = reading(countWords(written), "word");
      say(this.words, this.aim ? `${count} (aim for ${this.aim})` : count);
      say(this.status, this.savedWords(this.done));
      say(this.off, checkIsOff && `${checkIsOff} Read your text for names, places and dates yourself.`);
      this.grow();
      clearTimeout(this.looking);
      this.looking = setTimeout(safely(() => this.look()), LOOK_AFTER);
    }

    /** A gentle mark under the text for what may identify a client. It blocks nothing, and the text is never changed. */
    look() {
      if (this.cell.isDisposed) return;
      const found = identifiers(this.written, this.desk.given);
      const drawn = JSON.stringify(found);
      if (drawn === this.looked) return;
      this.looked = drawn;
      if (!found.length) return this.marks.replaceChildren();
      const rows = found.map((one) => make("li", {}, make("q", {}, one.text), ` is ${one.why}. Better: ${one.better}.`));
      this.marks.replaceChildren(make("p", {}, "May identify a client. It is looked for on this machine alone, and you may keep it:"), make("ul", {}, ...rows));
    }

    grow() {
      if (CSS.supports("field-sizing", "content") || !this.text.isConnected) return;
      this.text.style.height = "auto";
      this.text.style.height = `${this.text.scrollHeight + 2}px`;
    }
  }

  const KINDS = { answer: Question, reflection: Reflection };
  const roleOf = (cell) => (cell.model.getMetadata("candor") || {}).role;

  // ---- One open exercise ----------------------------------------------------------------------------------------

  const desks = [];

  /** Holds the answers of one notebook together: finding them, saving them, and going from one to the next. */
  class Desk {
    constructor(panel, Widget) {
      this.panel = panel;
      this.context = panel.context;
      this.notebook = panel.content;
      this.answers = new Map();
      this.pending = []; // for each running save, what the answers were when it began
      this.notebook.addClass("candor-notebook");
      this.buildBar(Widget);
      this.onCells = safely(() => this.scan());
      this.onSave = safely((_, state) => this.onSaveState(state));
      this.cellsChanged = () => setTimeout(this.onCells);
      this.notebook.model.cells.changed.connect(this.cellsChanged);
      this.context.saveState.connect(this.onSave);
      panel.disposed.connect(() => this.dispose());
      this.scan();
      this.opened = true;
      if (!this.writable) this.warn("This copy is read-only, so answers given here cannot be saved. Make your own copy with File, Save Notebook As.");
      this.paintNotice();
      this.claim = claimOf(`candor:${base()}:${this.context.path}`);
      this.claim.join(this);
      if (!this.away) safely(() => this.takeUp())();
    }

    get assignment() { return this.notebook.model.getMetadata("candor").assignment || "assignment"; }

    get writable() {
      const model = this.context.contentsModel;
      return !this.away && (!model || model.writable !== false);
    }

    /** Whether work would go with this window. */
    get atRisk() {
      return (forgetful() || this.failed) && this.inOrder.some((answer) => answer.done) && !this.handIn.holds;
    }

    /** What the exercise itself says: names in it are not a client's. */
    get given() {
      return this.notebook.widgets.filter((cell) => roleOf(cell) && !KINDS[roleOf(cell)]).map(sourceOf).join("\n");
    }

    /** The answers in the order of the notebook. */
    get inOrder() { return this.notebook.widgets.map((cell) => this.answers.get(cell)).filter(Boolean); }

    /** Wires cells that are new and lets go of those that are gone: after opening, copying, splitting, undoing, reloading. */
    scan() {
      if (this.panel.isDisposed) return;
      const cells = new Set(this.notebook.widgets);
      for (const [cell, answer] of this.answers) {
        if (cells.has(cell)) continue;
        answer.dispose();
        this.answers.delete(cell);
      }
      for (const cell of cells) safely(() => this.wire(cell))();
      this.inOrder.forEach((answer) => answer.refresh());
      this.paintBar();
    }

    wire(cell) {
      const role = roleOf(cell);
      cell.node.classList.toggle("candor-cell", Boolean(role));
      if (!role || cell.model.type !== "markdown") return;
      const Kind = KINDS[role];
      if (Kind && !this.answers.has(cell)) {
        this.answers.set(cell, new Kind(this, cell));
        if (this.opened) this.touch();
      }
      // A locked cell has nothing to edit: a double click need not show its source.
      if (!Kind && cell.model.getMetadata("editable") === false) cell.showEditorForReadOnly = false;
    }

    // -- one window at a time

    /** Another window answers this notebook, or gave it to us. */
    setAway(away) {
      if (away === Boolean(this.away)) return;
      this.away = away;
      clearTimeout(this.timer);
      if (away) {
        if (!this.handIn.root.hidden) this.handIn.toggle(false);
        this.context.save = () => Promise.resolve(); // Lab would ask which of the two to overwrite
      } else {
        delete this.context.save;
        this.comeBack().catch(complain);
      }
      this.hand.disabled = away;
      this.paintNotice();
      this.inOrder.forEach((answer) => answer.refresh());
    }

    /** What the other window has saved, and what it could not. */
    async comeBack() {
      this.opened = false;
      await this.context.revert();
      this.scan();
      this.opened = true;
      for (const answer of this.inOrder) {
        answer.stored = sourceOf(answer.cell);
        answer.refresh();
      }
      this.takeUp();
    }

    /** As the page goes: saves, and leaves behind what a save may not reach any more. */
    leaveBehind() {
      const unsaved = this.inOrder.filter((answer) => answer.unsaved && answer.stored !== null);
      if (!unsaved.length || !this.writable) return;
      const left = unsaved.map(({ cell, stored }) => [nameOf(cell), stored, sourceOf(cell)]);
      ownStore.put(this.leftAt, JSON.stringify(left));
      this.save();
    }

    get leftAt() { return `candor-unsaved:${base()}:${this.context.path}`; }

    /** Puts back what an earlier window left behind, where the notebook still says what it said then. */
    takeUp() {
      const found = ownStore.get(this.leftAt);
      if (!found) return;
      const lost = [];
      for (const [name, before, after] of JSON.parse(found)) {
        const answer = this.inOrder.find((one) => nameOf(one.cell) === name);
        const now = answer ? sourceOf(answer.cell) : null;
        if (now === before) applyEdits(answer.cell.model, [smallestEdit(before, after)]);
        else if (now !== after) lost.push(after);
      }
      if (lost.length) this.offer(lost.join("\n\n"));
      else if (!this.inOrder.some((answer) => answer.unsaved)) ownStore.put(this.leftAt, "");
    }

    /** Text that belongs nowhere any more is still the person's own. */
    offer(text) {
      const button = make("button", { type: "button", class: "candor-button" }, "Take them as a file");
      button.addEventListener("click", () => {
        download(`${this.assignment}-not-saved.txt`, text, "text/plain");
        ownStore.put(this.leftAt, "");
        this.alert.replaceChildren();
      });
      const words = "Answers that an earlier window could not save differ from what stands here now. ";
      this.alert.replaceChildren(words, button);
    }

    // -- saving

    /** Something changed: count again, and save when it has been quiet for a moment. */
    touch() {
      this.paintBar();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), this.failed ? SAVE_AFTER_FAILURE : SAVE_AFTER);
    }

    save() {
      clearTimeout(this.timer);
      if (this.panel.isDisposed || !this.writable) return;
      if (this.busy) return this.touch();
      this.busy = true;
      const failed = (error) => this.onFailure(error && error.message);
      this.context.save().catch(failed).finally(() => (this.busy = false));
    }

    /** "Saved" is true of an answer if it is still what it was when this save began, whoever began it. */
    onSaveState(state) {
      if (state === "started") {
        this.pending.push(this.inOrder.map((answer) => [answer, sourceOf(answer.cell)]));
      } else if (state === "failed") {
        if (!this.warned) this.onFailure("the file could not be written");
      } else if (state.startsWith("completed")) {
        this.failed = false;
        this.warn("");
        for (const [answer, source] of this.pending.shift() || []) answer.onStored(source);
        if (!this.inOrder.some((answer) => answer.unsaved)) return ownStore.put(this.leftAt, "");
        this.context.model.dirty = true; // Lab calls the notebook clean, even if an answer changed during the save
        this.touch();
      }
    }

    onFailure(reason = "the file could not be written") {
      this.pending = [];
      this.failed = true;
      const why = /fetch|network/i.test(reason) ? "the server cannot be reached" : reason.replace(/[.\s]+$/, "");
      this.warn(`Not saved: ${why}. Your answers are still in this window. Keep it open and try again. ${TAKE_OUT}`, true);
    }

    // -- moving about

    after(cell) {
      const cells = this.notebook.widgets;
      return this.inOrder.find((answer) => answer.live && cells.indexOf(answer.cell) > cells.indexOf(cell));
    }

    nextOpen() {
      const cells = this.notebook.widgets;
      const open = this.inOrder.filter((answer) => !answer.done);
      return open.find((answer) => cells.indexOf(answer.cell) > this.notebook.activeCellIndex) || open[0];
    }

    /** Brings an answer into view, with its question, and puts the focus there. At once if it can be: people type on. */
    goTo(answer) {
      if (!answer) return;
      const { notebook } = this;
      const index = notebook.widgets.indexOf(answer.cell);
      for (const cell of notebook.widgets.slice(0, index)) {
        if (answer.cell.isHidden && cell.headingCollapsed) cell.headingCollapsed = false;
      }
      notebook.deselectAll();
      notebook.activeCellIndex = index;
      if (answer.shown) this.land(answer);
      else this.fetch(answer, index).catch(complain);
    }

    /** Lab may keep cells that are out of sight out of the page, or not have drawn them yet. */
    async fetch(answer, index) {
      if (!answer.cell.node.isConnected) await this.notebook.scrollToItem(index, "center");
      await answer.cell.ready;
      await new Promise((resolve) => setTimeout(resolve));
      this.land(answer);
    }

    land(answer) {
      const question = answer.above("ask", "prompt");
      if (question) question.node.scrollIntoView({ block: "start" });
      if (answer.shown) answer.focus({ preventScroll: true });
      else answer.cell.node.focus({ preventScroll: true });
      answer.root.scrollIntoView({ block: "nearest" });
    }

    /** A key in command mode. True when it has been dealt with and Lab should not see it. */
    onCommandKey(event) {
      const { notebook } = this;
      if (notebook.mode !== "command") return false;
      const chosen = notebook.widgets.filter((cell) => notebook.isSelectedOrActive(cell));
      if (!chosen.some(roleOf)) return false; // cells that people add for themselves behave as ever
      if (changesCells(event)) return true;
      if (event.key !== "Enter" || modified(event)) return false;
      const answer = this.answers.get(notebook.activeCell);
      if (event.shiftKey) this.goTo(this.after(notebook.activeCell)); // Lab would add a code cell at the end
      else if (answer && answer.live) this.goTo(answer);
      else if (answer) return false; // text that we cannot read: Lab's editor is the way to mend it
      return true;
    }

    // -- the bar above the notebook

    buildBar(Widget) {
      this.count = make("span", { class: "candor-count" });
      this.fill = make("span", { class: "candor-fill" });
      this.next = make("button", { type: "button", class: "candor-button" }, "Next open");
      this.next.addEventListener("click", safely(() => this.goTo(this.nextOpen())));
      this.finished = make("span", { class: "candor-finished" });
      this.hand = make("button", { type: "button", class: "candor-button", "aria-expanded": "false" }, "Hand in");
      this.handIn = new HandIn(this);
      this.hand.addEventListener("click", safely(() => this.handIn.toggle()));
      this.notice = make("div", { class: "candor-notice", role: "status" });
      this.alert = make("div", { class: "candor-alert", role: "alert" });
      const line = make("div", { class: "candor-line", role: "group", "aria-label": "Your progress" },
        make("span", { class: "candor-track", "aria-hidden": "true" }, this.fill), this.count, this.finished, this.next, this.hand);
      const inner = make("div", { class: "candor-bar" }, line, this.handIn.root, this.notice, this.alert);
      safely(() => this.placeBar(inner, new Widget({ node: make("div", {}, inner) })))();
    }

    placeBar(inner, widget) {
      this.panel.contentHeader.addWidget(widget);
      this.panel.disposed.connect(() => this.sizes.disconnect());
      // Lab lays its panels out by minimum height: follow our text when it wraps, in a narrow window or at high zoom.
      this.sizes = new ResizeObserver(() => {
        widget.node.style.minHeight = `${inner.offsetHeight}px`;
        if (!widget.isDisposed) this.panel.contentHeader.fit();
      });
      this.sizes.observe(inner);
    }

    paintBar() {
      const [questions, reflections] = [Question, Reflection].map((Kind) => this.inOrder.filter((answer) => answer instanceof Kind));
      const done = (answers) => answers.filter((answer) => answer.done).length;
      const parts = [];
      if (questions.length) parts.push(`${done(questions)} of ${questions.length} answered`);
      // A reflection whose cell was split is still one.
      const texts = new Map();
      for (const one of reflections) {
        const before = texts.get(nameOf(one.cell));
        texts.set(nameOf(one.cell), { words: (before ? before.words : 0) + countWords(one.written), aim: one.aim });
      }
      const begun = [...texts.values()].filter(({ words }) => words > 0);
      if (texts.size) parts.push(`${begun.length} of ${reading(texts.size, "reflection")} begun`);
      for (const { words, aim } of begun) parts.push(aim ? `${words} of ${aim} words` : reading(words, "word"));
      say(this.count, parts.join(" \u00b7 "));
      const share = done(this.inOrder) / (this.inOrder.length || 1);
      this.fill.style.width = `${100 * share}%`;
      this.next.hidden = share === 1 || !parts.length;
      say(this.finished, share === 1 ? "All answered" : "");
    }

    /** What holds as long as this window is as it is. */
    paintNotice() {
      if (this.away) {
        const button = make("button", { type: "button", class: "candor-button" }, "Go on here");
        button.addEventListener("click", safely(() => this.claim.take()));
        this.notice.replaceChildren("This assignment is open in another window of this browser. Answer it there. ", button);
      } else if (forgetful()) {
        this.notice.replaceChildren(make("strong", {}, "This browser keeps nothing for this page: "),
          `cookies are blocked, or it stands in a frame. Your answers go when this window goes. ${TAKE_OUT}`);
      } else {
        this.notice.replaceChildren();
      }
    }

    warn(text, again = false) {
      if (text === this.warned || (!text && !this.writable)) return;
      this.warned = text;
      this.alert.replaceChildren(text);
      if (!again) return;
      const button = make("button", { type: "button", class: "candor-button" }, "Try again");
      button.addEventListener("click", () => this.save());
      this.alert.append(" ", button);
    }

    dispose() {
      clearTimeout(this.timer);
      this.claim.leave(this);
      this.answers.forEach((answer) => answer.dispose());
      desks.splice(desks.indexOf(this), 1);
    }
  }

  // ---- Handing in -----------------------------------------------------------------------------------------------

  const WHO = "candor-trainee"; // remembered in this browser, for the next assignment
  const TRAINEE = /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/; // what a folder of a course, and a file, can be called

  /** A file of the person's own, made here; nothing is sent. */
  function download(name, text, type) {
    const address = URL.createObjectURL(new Blob([text], { type }));
    const link = make("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  /** SHA-256 of the answers (their names and texts, in order), as grader/receipt.py counts it; empty where the page may not count. */
  async function codeOf(answers) {
    if (!(window.crypto && crypto.subtle)) return "";
    const text = JSON.stringify(answers.map(({ cell }) => [nameOf(cell), withoutCr(sourceOf(cell))]));
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  const nameOf = (cell) => (cell.model.getMetadata("nbgrader") || {}).grade_id || "";

  /** The panel under the bar: whose work this is, one file to hand in, and a receipt for it. */
  class HandIn {
    constructor(desk) {
      this.desk = desk;
      const id = `candor-${++serial}`;
      this.root = make("form", { class: "candor-hand", "aria-label": "Hand in", "data-lm-suppress-shortcuts": "true" });
      this.root.hidden = true;
      this.who = make("input", { id, type: "text", autocomplete: "off", spellcheck: "false", "aria-describedby": `${id}-how` });
      this.who.value = ownStore.get(WHO);
      this.said = make("p", { role: "status" });
      this.receipt = make("pre", { class: "candor-receipt", tabindex: "0", role: "region", "aria-label": "Receipt" });
      this.keep = make("button", { type: "button", class: "candor-button" }, "Save the receipt");
      this.keep.hidden = true;
      this.keep.addEventListener("click", safely(() => download(`${this.stem}__receipt.txt`, this.receipt.textContent, "text/plain")));
      this.root.append(
        make("label", { for: id }, "Your trainee number, as your program gave it"),
        make("p", { id: `${id}-how` }, "Letters, figures, hyphens and full stops. It stands in the file's name; this browser remembers it."),
        this.who, " ", make("button", { type: "submit", class: "candor-button" }, "Download for submission"),
        this.said, this.receipt, this.keep);
      this.root.addEventListener("submit", safely((event) => (event.preventDefault(), void this.send().catch(complain))));
      this.root.addEventListener("keydown", (event) => event.key === "Escape" && this.toggle(false));
    }

    toggle(on = this.root.hidden) {
      this.root.hidden = !on;
      this.desk.hand.setAttribute("aria-expanded", String(on));
      (on ? this.who : this.desk.hand).focus();
    }

    /** Whether what stands in the notebook has been downloaded. */
    get holds() { return !this.keep.hidden; }

    /** A receipt holds for the answers that it was made of. */
    onChange() {
      if (this.keep.hidden) return;
      this.keep.hidden = true;
      this.receipt.textContent = "";
      say(this.said, "You changed an answer after the download. Download again before you hand in.");
    }

    get stem() { return `${this.who.value.trim()}__${this.desk.assignment}`; }

    async send() {
      if (!TRAINEE.test(this.who.value.trim())) {
        say(this.said, "Give your trainee number: letters, figures, hyphens and full stops, without spaces.");
        return this.who.focus();
      }
      // First the file, made from what stands here, saved or not; then what this browser keeps, if it can.
      const notebook = this.desk.notebook.model.toJSON();
      const text = await this.write();
      download(`${this.stem}.ipynb`, `${JSON.stringify(notebook, null, 1)}\n`, "application/x-ipynb+json");
      this.receipt.textContent = text;
      this.keep.hidden = false;
      say(this.said, `${this.stem}.ipynb is in your downloads. Hand in that file, and keep the receipt.`);
      ownStore.put(WHO, this.who.value.trim());
      this.desk.save();
    }

    async write() {
      const answers = this.desk.inOrder;
      const [questions, reflections] = [Question, Reflection].map((Kind) => answers.filter((answer) => answer instanceof Kind));
      const open = questions.filter((one) => !one.done).map((one) => headingOf(sourceOf(one.above("ask"))).replace(/ *\(.*\)$/, ""));
      const now = new Date();
      const offset = -now.getTimezoneOffset();
      const zone = `${offset < 0 ? "-" : "+"}${String(Math.floor(Math.abs(offset) / 60)).padStart(2, "0")}:${String(Math.abs(offset) % 60).padStart(2, "0")}`;
      const local = new Date(now.getTime() + offset * 60000).toISOString().slice(0, 19);
      return [
        "Candor receipt",
        `Trainee: ${this.who.value.trim()}`,
        `Assignment: ${this.desk.assignment}`,
        `Time: ${local}${zone}`,
        `Questions: ${questions.filter((one) => one.done).length} of ${questions.length} answered`,
        `Open: ${open.join(", ") || "none"}`,
        `Reflections: ${reflections.map((one) => reading(countWords(one.written), "word")).join(", ") || "none"}`,
        `Code: ${(await codeOf(answers)) || "none, since this page was not opened over a safe connection"}`,
        "",
      ].join("\n");
    }
  }

  // ---- Looks ----------------------------------------------------------------------------------------------------

  const STYLE = `
.candor-notebook .candor-cell .jp-RenderedMarkdown { max-width: 46rem; }
.candor-notebook .candor-cell .jp-cell-toolbar, .candor-notebook .jp-Notebook-footer { display: none; }
.candor-live.jp-mod-rendered > .jp-Cell-inputWrapper, .candor-answer { display: none; }
.candor-live.jp-mod-rendered > .candor-answer { display: block; }
.candor-answer { box-sizing: border-box; max-width: 46rem; margin: 0 8px 12px calc(var(--jp-cell-prompt-width, 64px) + 14px);
  color: var(--jp-content-font-color1); font: var(--jp-content-font-size1, 14px)/1.5 var(--jp-content-font-family, sans-serif); }
body[data-jp-theme-light="false"] .candor-answer { color-scheme: dark; }
.candor-answer p { margin: 0; }
.candor-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.candor-group { display: grid; gap: 6px; }
.candor-option { display: grid; grid-template-columns: auto auto 1fr; column-gap: 10px; align-items: baseline; padding: 9px 12px;
  border: 1px solid var(--jp-border-color0); border-radius: 6px; cursor: pointer; overflow-wrap: anywhere; }
.candor-group:has(> :nth-child(7)) { gap: 3px; } /* a long list stands closer together */
.candor-group:has(> :nth-child(7)) .candor-option { padding: 6px 12px; }
.candor-option:hover { border-color: var(--jp-border-color1); background: color-mix(in srgb, var(--jp-content-font-color1) 5%, transparent); }
.candor-option.candor-marked { border-color: var(--jp-brand-color1); background: color-mix(in srgb, var(--jp-brand-color1) 12%, transparent); }
.candor-option input { width: 16px; height: 16px; margin: 0; align-self: start; translate: 0 3px; accent-color: var(--jp-brand-color1); }
.candor-option input:focus-visible { outline: none; }
.candor-option:has(input:focus-visible), .candor-text:focus-visible, .candor-button:focus-visible {
  outline: 2px solid var(--jp-brand-color1); outline-offset: 1px; }
.candor-letter { min-width: 1.3em; font-weight: 600; }
.candor-others, .candor-warning { padding: 6px 2px 0; overflow-wrap: anywhere; }
.candor-warning, .candor-finished, .candor-label { font-weight: 600; }
:is(.candor-others, .candor-warning, .candor-status, .candor-finished, .candor-alert, .candor-notice):empty { display: none; }
.candor-foot { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 12px; min-height: 28px; padding: 4px 2px 0; }
.candor-foot, .candor-bar, .candor-button { color: var(--jp-ui-font-color1);
  font: var(--jp-ui-font-size1, 13px)/1.5 var(--jp-ui-font-family, sans-serif); }
.candor-button { min-height: 24px; padding: 2px 10px; border: 1px solid var(--jp-border-color1); border-radius: 4px; cursor: pointer;
  background: var(--jp-layout-color1); }
.candor-button:hover { background: var(--jp-layout-color2); }
.candor-button.candor-quiet { border-color: transparent; background: transparent; text-decoration: underline; }
.candor-button[hidden] { display: none; }
.candor-label { display: block; padding-bottom: 4px; }
.candor-text { display: block; box-sizing: border-box; width: 100%; min-height: 9em; padding: 10px 12px; resize: vertical;
  field-sizing: content; font: inherit; color: var(--jp-content-font-color1); background: var(--jp-layout-color1); border-radius: 6px;
  border: 1px solid var(--jp-border-color0); border-color: color-mix(in srgb, var(--jp-content-font-color1) 60%, transparent); }
.candor-guard:empty, .candor-off:empty { display: none; }
.candor-off { padding: 4px 2px 0; font-weight: 600; }
.candor-guard { margin-top: 6px; padding: 6px 12px; border-left: 3px solid var(--jp-warn-color1);
  background: color-mix(in srgb, var(--jp-warn-color1) 8%, transparent); overflow-wrap: anywhere; }
.candor-guard ul { margin: 2px 0 0; padding-left: 1.2em; }
.candor-guard q { font-weight: 600; }
.candor-hand { padding: 10px 12px; border-bottom: 1px solid var(--jp-border-color2); background: var(--jp-layout-color1); }
.candor-hand[hidden] { display: none; }
.candor-hand label { display: block; font-weight: 600; }
.candor-hand p { margin: 4px 0; max-width: 46rem; }
.candor-hand input { box-sizing: border-box; width: min(24rem, 100%); min-height: 28px; padding: 2px 8px; font: inherit;
  color: var(--jp-content-font-color1); background: var(--jp-layout-color1); border: 1px solid var(--jp-border-color0); border-radius: 4px; }
.candor-hand input:focus-visible, .candor-receipt:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 1px; }
.candor-receipt { margin: 8px 0; padding: 8px 12px; max-height: 14em; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere;
  font: var(--jp-code-font-size, 13px)/1.5 var(--jp-code-font-family, monospace); color: var(--jp-content-font-color1);
  border: 1px solid var(--jp-border-color2); border-radius: 4px; }
.candor-receipt:empty { display: none; }
.candor-line { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; padding: 5px 12px; min-height: 28px; }
.candor-line, .candor-alert, .candor-notice { border-bottom: 1px solid var(--jp-border-color2); background: var(--jp-layout-color1); }
.candor-track { flex: 0 1 160px; height: 6px; border-radius: 3px; overflow: hidden; background: var(--jp-layout-color3); }
.candor-fill { display: block; height: 100%; background: var(--jp-brand-color1); transition: width 0.2s; }
.candor-alert, .candor-notice { padding: 8px 12px; border-left: 4px solid var(--jp-warn-color1); }
@media (width <= 760px) { .candor-answer { margin-left: 14px; } } /* where Lab, too, puts its margin away */
@media (prefers-reduced-motion: reduce) { .candor-fill { transition: none; } }
@media (forced-colors: active) {
  .candor-option.candor-marked { border-color: Highlight; outline: 1px solid Highlight; }
  .candor-track { border: 1px solid CanvasText; }
  .candor-fill { background: Highlight; forced-color-adjust: none; }
}`;

  // ---- The plugin -----------------------------------------------------------------------------------------------

  async function open(panel, Widget) {
    await panel.context.ready;
    if (panel.isDisposed || !panel.content.model.getMetadata("candor")) return;
    // An exercise has nothing to run: start no kernel, and ask nobody to choose one.
    const session = panel.context.sessionContext;
    session.kernelPreference = { ...session.kernelPreference, shouldStart: false };
    await panel.revealed;
    if (!panel.isDisposed) desks.push(new Desk(panel, Widget));
  }

  function activate(tracker, Widget) {
    readRules().catch(rulesAreMissing).finally(() => desks.forEach((desk) => desk.scan()));
    document.head.append(make("style", { id: "candor-style" }, STYLE));
    window.addEventListener("keydown", safely(onKey), true);
    const leave = safely(() => desks.forEach((desk) => desk.leaveBehind()));
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", () => document.hidden && leave());
    window.addEventListener("beforeunload", (event) => desks.some((desk) => desk.atRisk) && event.preventDefault());
    const start = (panel) => open(panel, Widget).catch(complain);
    tracker.forEach(start);
    tracker.widgetAdded.connect((_, panel) => void start(panel));
  }

  let scope = {};

  /** A module that Lab shares: the copy that is in use if we can tell, else the newest. */
  async function shared(name) {
    const copies = Object.entries(scope[name] || {});
    copies.sort(([one], [other]) => one.localeCompare(other, undefined, { numeric: true }));
    const found = copies.filter(([, copy]) => copy.loaded).pop() || copies.pop();
    if (!found) throw new Error(`JupyterLab does not share ${name}`);
    return (await found[1].get())();
  }

  async function plugin() {
    const [{ INotebookTracker }, { Widget }] = await Promise.all([shared("@jupyterlab/notebook"), shared("@lumino/widgets")]);
    return {
      id: "candor:answers",
      description: "Candor exercises: answers one can click and type.",
      autoStart: true,
      requires: [INotebookTracker],
      activate: safely((_, tracker) => activate(tracker, Widget)),
    };
  }

  async function extension() {
    const found = await plugin().catch((error) => (complain(error), [])); // a Lab that we do not know: no plugin, no harm
    return () => ({ __esModule: true, default: found });
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB.candor = {
    init: (shareScope) => void (scope = shareScope),
    identifiers,
    readRules,
    get: (module) => (module === "./extension" ? extension() : Promise.reject(new Error(`no module ${module}`))),
  };
})();
