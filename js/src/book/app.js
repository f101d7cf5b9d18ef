/* What mock exam, sessions and review have in common: their work is kept in this browser, shared by its tabs, and what
   cannot be kept is said beside it at once. Letter keys act inside the question alone, and can be turned off. */
import { bar, button, download, fileField, fileName, make, repaint, saying } from "./dom.js";
import { StudyRecord } from "./record.js";
import { later, t } from "../words.js";

/** @typedef {import("./types.js").Refusal} Refusal */

const KEYS = "candor-keys";
const EDITABLE = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
const DIALOG = "dialog, [role=dialog]";
const TWICE = 400; // ms in which the second tap of two comes

/** @type {Record<Exclude<Refusal, "">, string>} */
export const WHY = {
  closed: later("This browser keeps nothing for this page: cookies are blocked, or it stands in a frame."),
  full: later("Not kept: the room that this browser gives to this site is full."),
  other: later("Not kept: another mock exam was begun in another tab."),
};

/** What other tabs of this browser may change, too. A page says what it `holds`, how it takes in what another tab has
 * written (`merge`), and what to show then (`heard`).
 * @template T
 * @template {import("./types.js").Cards} [B=import("./bank.js").Bank] */
export class App {
  /** @param {HTMLElement} root @param {B} all @param {string} at */
  constructor(root, all, at) {
    this.root = root;
    this.all = all;
    this.at = at;
    this.store = window.candor.store;
    this.record = new StudyRecord(this.store);
    /** @type {Refusal | undefined} */
    this.said = undefined;
    /** What the record of all study did not take, to be tried again. @type {(() => Refusal)[]} */
    this.owed = [];
    this.notice = make("div", { className: "candor-notice" });
    this.notice.setAttribute("role", "alert");
    this.stage = make("div");
    this.keysBox = make("input", { type: "checkbox" });
    this.keys = this.keySwitch();
    root.replaceChildren(this.notice, this.stage, this.keys);
    this.stage.addEventListener("keydown", (event) => this.onKeydown(event));
    this.store.watch(at, (_name, back) => this.heard(back));
    window.addEventListener("pageshow", (event) => event.persisted && this.heard());
    window.addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => document.hidden && this.leave());
    window.addEventListener("beforeunload", (event) => { if (!this.kept) event.preventDefault(); });
    this.store.watchErased(() => this.erased());
    if (this.store.closed) this.say("closed");
    this.kept = true; // nothing has been done yet
    this.turn = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.still = undefined;
  }

  // ---- What a page fills in --------------------------------------------------------------------------------------

  /** @returns {T | null} */
  get holds() { return null; }
  get base() { return this.root.dataset.base ?? ""; }
  get keyWords() { return ""; }
  /** What its file is called, behind whose book it is. */
  get fileOf() { return "work"; }
  /** @returns {unknown} */
  get file() { return this.holds; }
  /** @param {unknown} _found @returns {_found is T} */
  isWhole(_found) { return false; }
  /** @param {T} _theirs */
  merge(_theirs) { return true; }
  /** @param {boolean} [_back] it came from the journal, and not from another tab */
  heard(_back) {}
  leave() {}
  /** All was erased in another tab: what is in hand goes too, or it would be kept again. */
  erased() {
    this.said = undefined;
    this.kept = true;
    this.owed = [];
    this.notice.replaceChildren(make("p", { textContent: t("All of your study on this device was erased in another tab.") }));
  }
  /** @param {any} _value what was in a file @returns {string} what came of it */
  take(_value) { return this.notOurs; }
  /** @param {string} _key @param {Element} _target @returns {boolean} */
  onKey(_key, _target) { return false; }

  // ---- What is kept -----------------------------------------------------------------------------------------------

  /** What is kept under our name, if it is whole; else null. @returns {T | null} */
  get stored() {
    const found = this.store.read(this.at);
    return this.isWhole(found) ? found : null;
  }

  /** Takes in what another tab has kept; what is set after this is later than that, even where the clock was put back
   * since. False where the other has begun something else. */
  takeIn() {
    const theirs = this.stored;
    return !theirs || this.merge(theirs);
  }

  /** Takes in what another tab has kept, and keeps both. `lightly`: it is no loss if it goes with a killed browser. */
  keep(lightly = false) {
    if (!this.takeIn()) return this.say("other");
    const why = lightly ? this.store.write(this.at, this.holds) : this.store.keep(this.at, this.holds);
    this.say(why || this.owing());
  }

  /** Puts something in the record of all study; where that does not take it, it is said and tried again with each keeping.
   * @param {() => Refusal} work */
  enter(work) {
    if (work()) this.owed.push(work);
  }

  /** Why something is still not in the record; "" when all of it is. */
  owing() {
    /** @type {Refusal} */
    let why = "";
    this.owed = this.owed.filter((work) => {
      const refused = work();
      why ||= refused;
      return refused;
    });
    return why;
  }

  /** Until what was kept is on the disk nothing more is done here: what is shown then is not lost. */
  async landed() {
    this.stage.inert = true;
    await this.store.landed();
    this.stage.inert = false;
  }

  /** Something else stands under the finger now: the second tap of two does nothing there. Keys do. */
  came() {
    clearTimeout(this.still);
    this.stage.style.pointerEvents = "none";
    this.still = setTimeout(() => (this.stage.style.pointerEvents = ""), TWICE);
  }

  /** Says what is not kept, and how to take it out; nothing when all is kept. @param {Refusal} why */
  say(why) {
    this.kept = !why;
    if (why === this.said) return;
    this.said = why;
    if (!why) return this.notice.replaceChildren();
    const again = why === "full" ? button(t("Try again"), () => this.keep()) : null;
    const words = `${t(WHY[why])} ${t("Take your work as a file before you close this window.")}`;
    const taken = saying();
    const out = button(t("Take my work as a file"), () => (taken.textContent = this.takeOut()));
    this.notice.replaceChildren(make("p", { textContent: words }), bar(out, again), taken);
  }

  /** Shows what needs these cards: at once when they are here, else when they have come, and says where they do not. What
   * was asked for last is shown.
   * @param {string[]} names @param {() => void} show */
  with(names, show) {
    const turn = (this.turn += 1);
    if (!this.all.missing(names).length) return show();
    const said = make("p", { className: "candor-waiting", textContent: t("The questions are on their way.") });
    said.setAttribute("role", "status");
    repaint(this.stage, [said]);
    const failed = () => {
      said.textContent = t("The questions did not come. Is there a connection?");
      said.classList.remove("candor-waiting");
      said.after(bar(button(t("Try again"), () => this.with(names, show)),
        button(t("Load this page anew"), () => location.reload())));
    };
    this.all.load(names).then(() => turn === this.turn && show(), () => turn === this.turn && failed());
  }

  takeOut() {
    this.kept = true; // in a file: nothing is lost when the window goes
    return download(fileName(this.root, this.fileOf), this.file);
  }

  get notOurs() { return t("This is not a file that was taken out on this page."); }

  /** A field that brings back what was taken out; `take` says what came of it. */
  bringIn() {
    const said = saying();
    const field = fileField(t("The file:"), (value) => (said.textContent = this.take(value)));
    const title = make("summary", { textContent: t("Bring back a file") });
    return make("details", {}, title, field, said);
  }

  // ---- Keys -------------------------------------------------------------------------------------------------------

  keySwitch() {
    const box = this.keysBox;
    const paint = () => {
      box.checked = this.store.read(KEYS) !== "off";
      this.root.classList.toggle("candor-no-keys", !box.checked);
    };
    box.addEventListener("change", () => {
      this.store.write(KEYS, box.checked ? "on" : "off");
      this.root.classList.toggle("candor-no-keys", !box.checked);
    });
    this.store.watch(KEYS, paint);
    paint();
    const label = make("label", {}, box, " ", this.keyWords);
    return make("p", { className: "candor-keys" }, label);
  }

  /** @param {KeyboardEvent} event */
  onKeydown(event) {
    const { key, target } = event;
    if (!(target instanceof Element) || (!this.keysBox.checked && key !== "Enter")) return;
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest(`${EDITABLE}, ${DIALOG}`)) return;
    if (target.closest(".candor-run") && this.onKey(key.toLowerCase(), target)) event.preventDefault();
  }

  /** Marks an option, or presses the button that shows this key. True when there is one. @param {string} key */
  press(key) {
    const run = this.stage.querySelector(".candor-run");
    /** @type {HTMLInputElement[]} */
    const inputs = [...(run?.querySelectorAll("input") ?? [])];
    const input = inputs.find((one) => one.value.toLowerCase() === key);
    const named = `button[data-key="${CSS.escape(key)}"]:not(:disabled)`;
    const target = input || /** @type {HTMLButtonElement | null} */ (run?.querySelector(named));
    if (!target) return false;
    target.focus();
    target.click();
    return true;
  }
}
