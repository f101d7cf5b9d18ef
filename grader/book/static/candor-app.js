/* What rehearsal and review have in common: their work is kept in this browser, shared by its tabs, and what cannot be
   kept is said beside it at once. Letter keys act inside the question alone, and can be turned off. */
(function () {
  "use strict";
  const { store, make, button, download, fileField } = window.candor;
  const KEYS = "candor-keys";
  const EDITABLE = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
  const DIALOG = "dialog, [role=dialog]";
  const WHY = {
    closed: "This browser keeps nothing for this page: cookies are blocked, or it stands in a frame.",
    full: "Not kept: the room that this browser gives to this site is full.",
    other: "Not kept: another rehearsal was begun in another tab.",
  };

  const keysAreOn = () => store.read(KEYS) !== "off";

  /** What other tabs of this browser may change, too. A page says what it `holds`, how it takes in what another tab
      has written (`merge`), and what to show then (`heard`). */
  class App {
    constructor(root, all, at) {
      Object.assign(this, { root, all, at });
      this.notice = make("div", { className: "candor-notice" });
      this.notice.setAttribute("role", "alert");
      this.stage = make("div");
      this.keys = this.keySwitch();
      root.replaceChildren(this.notice, this.stage, this.keys);
      this.stage.addEventListener("keydown", (event) => this.onKeydown(event));
      store.watch(at, () => this.heard());
      window.addEventListener("pageshow", (event) => event.persisted && this.heard());
      window.addEventListener("pagehide", () => this.leave());
      document.addEventListener("visibilitychange", () => document.hidden && this.leave());
      window.addEventListener("beforeunload", (event) => { if (!this.kept) event.preventDefault(); });
      if (store.closed) this.say("closed");
      this.kept = true; // nothing has been done yet
    }

    /** What is kept under our name, if it is whole; else null. */
    get stored() {
      const found = store.read(this.at);
      return this.isWhole(found) ? found : null;
    }

    /** Takes in what another tab has kept, and keeps both. */
    keep() {
      const theirs = this.stored;
      if (theirs && !this.merge(theirs)) return this.say("other");
      this.say(store.write(this.at, this.holds));
    }

    /** Says what is not kept, and how to take it out; nothing when all is kept. */
    say(why) {
      this.kept = !why;
      if (why === this.said) return;
      this.said = why;
      if (!why) return this.notice.replaceChildren();
      const again = why === "full" ? button("Try again", () => this.keep()) : null;
      const words = `${WHY[why]} Take your work as a file before you close this window.`;
      this.notice.replaceChildren(make("p", { textContent: words }),
        make("div", { className: "candor-bar" }, button("Take my work as a file", () => this.takeOut()), again));
    }

    takeOut() {
      download(this.fileName, this.file);
      this.kept = true; // in a file: nothing is lost when the window goes
    }

    get notOurs() { return "This is not a file that was taken out on this page."; }

    /** A field that brings back what was taken out; `take` says what came of it. */
    bringIn() {
      const said = make("p");
      said.setAttribute("role", "status");
      const field = fileField("The file:", (value) => (said.textContent = this.take(value)));
      const title = make("summary", { textContent: "Bring back what you took out as a file" });
      return make("details", {}, title, field, said);
    }

    // ---- Keys -----------------------------------------------------------------------------------------------------

    keySwitch() {
      const box = make("input", { type: "checkbox", checked: keysAreOn() });
      const paint = () => {
        box.checked = keysAreOn();
        this.root.classList.toggle("candor-no-keys", !box.checked);
      };
      box.addEventListener("change", () => {
        store.write(KEYS, box.checked ? "on" : "off");
        this.root.classList.toggle("candor-no-keys", !box.checked);
      });
      store.watch(KEYS, paint);
      paint();
      const label = make("label", {}, box, ` Keys inside a question: ${this.keyWords}.`);
      return make("p", { className: "candor-keys" }, label);
    }

    onKeydown(event) {
      const box = this.keys.querySelector("input");
      if (!box.checked && event.key !== "Enter") return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(`${EDITABLE}, ${DIALOG}`)) return;
      if (event.target.closest(".candor-run") && this.onKey(event.key.toLowerCase(), event.target)) event.preventDefault();
    }

    /** Marks an option, or presses the button that shows this key. True when there is one. */
    press(key) {
      const run = this.stage.querySelector(".candor-run");
      const input = [...run.querySelectorAll(".candor-form input")].find((one) => one.value.toLowerCase() === key);
      const target = input || run.querySelector(`button[data-key="${CSS.escape(key)}"]:not(:disabled)`);
      if (!target) return false;
      target.focus();
      target.click();
      return true;
    }
  }

  window.candor.App = App;
})();
