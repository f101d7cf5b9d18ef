/* Bookmarks and notes of one's own: a button beside each heading of a page, which sets a bookmark and opens a box to write
   in. Both are kept in this browser and sent to nobody. */
import { WHY } from "./app.js";
import { steadily } from "../desk/steady.js";
import { bar, button, make, saying } from "./dom.js";
import { joinedText } from "./note-text.js";
import { pageName } from "./place.js";
import { MARK } from "./record.js";
import { sure, sureToDelete } from "./sure.js";
import { list, t, woven } from "../words.js";

/** @typedef {import("./record.js").StudyRecord} StudyRecord */
/** Gives what in a text may identify a client, what tells most first: the words that are marked, "" for none of the text's
 * own, and a sentence about them.
 * @typedef {(text: string) => { mark: string, words: string }[]} Guard */

const WAIT = 400; // milliseconds after a letter
const SIGN = '<svg class="candor-icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M4 2.2h8v11.6l-4-3.2-4 3.2z"/></svg>';

/** @param {Element} section */
const headingOf = (section) => (section.querySelector(":scope > h2")?.firstChild?.textContent ?? "").trim();

class Place {
  /** @param {HTMLElement} section @param {StudyRecord} record @param {() => Promise<Guard>} guard */
  constructor(section, record, guard) {
    this.record = record;
    this.guard = guard;
    this.name = `${pageName()}#${section.id}`;
    this.heading = headingOf(section);
    this.title = (document.querySelector("h1")?.firstChild?.textContent ?? document.title).trim();
    this.base = "";
    this.opener = make("button", { type: "button", className: "candor-mark", innerHTML: SIGN });
    this.opener.setAttribute("aria-expanded", "false");
    this.opener.addEventListener("click", () => this.toggle());
    /** @type {HTMLElement | null} */
    this.panel = null;
    this.field = make("textarea", { rows: 4, dir: "auto", id: `note-${section.id}` });
    this.said = saying("candor-said");
    this.warned = saying("candor-warned");
    /** What the reader looked at and kept as it is. @type {Set<string>} */
    this.settled = new Set();
    section.classList.add("candor-marks");
    section.querySelector(":scope > h2")?.after(this.opener);
    this.paint();
  }

  get mark() {
    return this.record.mark(this.name) ?? { on: false, text: "", title: this.title, heading: this.heading };
  }

  paint() {
    const { on, text } = this.mark;
    this.opener.classList.toggle("candor-marked", on || Boolean(text));
    const words = text ? t("Your note") : on ? t("Your bookmark") : t("Bookmark or note");
    this.opener.setAttribute("aria-label", t("{title}: {words}", { title: words, words: this.heading }));
    this.opener.title = words;
  }

  /** @param {boolean} on @param {string} text */
  keep(on, text) {
    const why = this.record.keepMark(this.name, { on, text, title: this.title, heading: this.heading });
    this.said.textContent = why ? `${t(WHY[why])} ${t("Copy your note before you leave.")}` : text ? t("Saved.") : "";
    this.paint();
  }

  toggle() {
    if (this.panel) return this.leave();
    const { on, text } = this.mark;
    if (!on) this.keep(true, text);
    this.base = text;
    this.field.value = text;
    this.said.textContent = "";
    const home = document.documentElement.dataset.content_root ?? "./";
    const all = make("a", { href: `${home}practice/your-study.html#bookmarks-and-notes`, textContent: t("All of them") });
    const label = make("label", { htmlFor: this.field.id, textContent: t("Bookmarked. Your note, if you like:") });
    let timer = 0;
    this.field.oninput = () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => this.write(), WAIT);
    };
    this.field.onblur = () => this.write();
    this.panel = make("div", { className: "candor-note" }, label, this.warned, this.field, this.said,
      make("p", { className: "candor-kept" }, ...woven(t("Kept in this browser only, and sent to nobody. {all}."), { all })),
      bar(button(t("Close"), () => this.leave()), button(t("Remove"), () => this.takeAway())));
    this.panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault(); // or the same press would shut what is asked
      this.leave();
    });
    this.opener.after(this.panel);
    this.opener.setAttribute("aria-expanded", "true");
    this.field.focus();
    this.look().catch(() => {});
  }

  /** Keeps what was typed, and what another tab wrote meanwhile. */
  write() {
    if (!this.panel) return;
    const { on, text } = this.mark;
    const joined = joinedText(this.base, this.field.value, text);
    if (joined !== this.field.value) this.field.value = joined;
    if (joined !== text) this.keep(on, joined);
    this.base = joined;
    this.look().catch(() => {});
  }

  /** Says what may identify a client. What is under the eyes, or under a finger on its way to a button, stays there.
   * @returns {Promise<string[]>} the marks that are not settled */
  async look() {
    const guard = await this.guard();
    const found = guard(this.field.value);
    const words = found.map((one) => one.words);
    if (words.join() !== [...this.warned.children].map((row) => row.textContent).join()) {
      steadily(this.field, () => this.warned.replaceChildren(...words.map((textContent) => make("span", { textContent }))), true);
    }
    return found.map(({ mark }) => mark).filter((mark) => mark && !this.settled.has(mark));
  }

  /** Closes the box; where the note still has what may identify a client, it asks first. */
  async leave() {
    this.write();
    const late = new Promise((/** @type {(none: string[]) => void} */ done) => setTimeout(() => done([]), 2000));
    const open = await Promise.race([this.look(), late]).catch(() => []); // the rules may be on a slow way
    const asked = t("This may identify a client: {words}.",
      { words: list(open.map((mark) => `“${mark}”`)) });
    if (open.length && !await sure({ title: t("Keep the note as it is?"), yes: t("Keep it as it is"), rows: [asked] }).answer) {
      return this.field.focus();
    }
    for (const mark of open) this.settled.add(mark);
    this.shut();
  }

  shut() {
    this.write();
    this.panel?.remove();
    this.panel = null;
    this.opener.setAttribute("aria-expanded", "false");
    this.opener.focus();
  }

  async takeAway() {
    if (this.field.value && !await sureToDelete(this.field.value)) return;
    this.field.value = this.base = "";
    this.keep(false, "");
    this.shut();
  }

  /** Another tab has written. */
  heard() {
    this.paint();
    if (!this.panel) return;
    if (document.activeElement === this.field) return; // it is joined with the next letter
    this.field.value = this.base = this.mark.text;
  }
}

/** @param {StudyRecord} record @param {() => Promise<Guard>} guard */
export function wireMarks(record, guard) {
  /** @type {NodeListOf<HTMLElement>} */
  const sections = document.querySelectorAll(".bd-article section[id]:has(> h2)");
  const places = [...sections].map((section) => new Place(section, record, guard));
  record.store.watch(MARK, (name) => {
    for (const place of places) if (name === null || name === MARK + place.name) place.heard();
  }, true);
  addEventListener("pagehide", () => places.forEach((place) => place.write()));
}
