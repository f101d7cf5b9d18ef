/* The page *Your study*: what was done so far, chapter by chapter; and all of it to take out, bring back or erase. */
import { bar, button, download, fileField, make, saying } from "./dom.js";
import { WHY } from "./app.js";
import { StudyRecord } from "./record.js";
import { bringBack, eraseAll, inventory, takeOut } from "./study.js";

const SAID = {
  other: "This is not a file of your study. A file of one mock exam or review goes back on its own page.",
  newer: "This file comes from a newer edition of the book. Open that one to bring it back.",
  full: WHY.full,
  closed: WHY.closed,
};
const NOT_ERASED = "Not all of it is erased. Close the other tabs of this site, and erase it once more.";
const KEPT = "This browser keeps it until you erase it.";
const NOT_PROMISED = "This browser does not promise it. Take it as a file from time to time.";
const MAY_GO = "This browser may throw it away when room is short; Safari does after seven days without a visit.";
const ERASE = "Erase all of your study on this device: answers, flags, notes, results, schedules? It cannot be brought back.";

/** @param {number} count @param {string} words */
const plural = (count, words) => `${count} ${count === 1 ? words.replace(/s\b/, "") : words}`;

export class StudyPage {
  /** @param {HTMLElement} root @param {import("./bank.js").Bank} all */
  constructor(root, all) {
    this.root = root;
    this.all = all;
    this.store = window.candor.store;
    this.record = new StudyRecord(this.store);
    this.progress = make("div");
    this.marks = make("div");
    this.kept = make("div");
    this.said = saying("candor-said");
    this.lasting = make("div");
    this.lasting.setAttribute("role", "status");
    root.replaceChildren(this.progress, this.marks, make("h2", { textContent: "What is kept, and where" }), this.kept,
      this.lasting, this.said, this.works());
    this.store.watch("candor-", () => this.paint(), true);
    this.paint();
    this.sayLasting().catch(() => {});
  }

  works() {
    const file = fileField("Bring back a file:", (value) => this.take(value));
    return make("div", {}, bar(
      button("Take all of it as a file", () => download("candor-study.json", takeOut(this.store))),
      button("Erase all of it", () => this.erase())), file);
  }

  paint() {
    this.progress.replaceChildren(...this.chapters());
    this.marks.replaceChildren(...this.bookmarks());
    const held = inventory(this.store);
    const where = "In this browser on this device, and nowhere else.";
    const words = this.store.closed ? WHY.closed
      : held.length ? `${held.map(([count, what]) => plural(count, what)).join(", ")}. ${where}` : "Nothing yet.";
    this.kept.replaceChildren(make("p", { textContent: words }));
  }

  /** One row for each chapter in which something was answered: how many of its questions, and how many right. */
  chapters() {
    const { answers } = this.record;
    /** @type {Map<string, { page: string, asked: number, answered: number, right: number }>} */
    const rows = new Map();
    for (const [name, card] of Object.entries(this.all.index)) {
      const row = rows.get(card.chapter) ?? { page: card.page, asked: 0, answered: 0, right: 0 };
      rows.set(card.chapter, row);
      row.asked += 1;
      row.answered += answers[name] ? 1 : 0;
      row.right += answers[name]?.got === 1 ? 1 : 0;
    }
    const begun = [...rows].filter(([, row]) => row.answered);
    const title = make("h2", { textContent: "How far you are" });
    if (!begun.length) {
      const link = make("a", { href: `${this.base}practice/sessions.html`, textContent: "Begin with five questions" });
      return [title, make("p", {}, "No question answered yet. ", link, ".")];
    }
    const heads = ["Chapter", "Answered", "Right last time", ""].map((textContent) => make("th", { textContent }));
    const lines = begun.map(([chapter, { page, asked, answered, right }]) => {
      const more = `${this.base}practice/sessions.html?from=${encodeURIComponent(`chapter:${chapter}`)}`;
      return make("tr", {}, make("td", {}, make("a", { href: this.base + page, textContent: chapter })),
        this.cell("Answered", `${answered} of ${asked}`), this.cell("Right last time", `${right} of ${answered}`),
        make("td", {}, make("a", { href: more, textContent: "Practise" })));
    });
    const table = make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...lines));
    const left = rows.size - begun.length;
    const rest = left ? make("p", { textContent: `${plural(left, "chapters")} not begun.` }) : null;
    return [title, make("div", { className: "candor-wide" }, table), ...(rest ? [rest] : [])];
  }

  /** Bookmarks and notes, page by page. */
  bookmarks() {
    const { marks } = this.record;
    const title = make("h2", { id: "bookmarks-and-notes", textContent: "Bookmarks and notes" });
    const none = "None yet. Beside each heading of a chapter there is a button for them.";
    if (!marks.length) return [title, make("p", { textContent: none })];
    const pages = [...new Set(marks.map(([, mark]) => mark.title))];
    return [title, ...pages.flatMap((page) => [make("h3", { textContent: page }),
      make("ul", { className: "candor-past" }, ...marks.filter(([, mark]) => mark.title === page).map(this.bookmark, this))])];
  }

  /** @param {[string, import("./record.js").Mark]} mark */
  bookmark([place, { text, title, heading }]) {
    const [page, id] = place.split("#");
    const link = make("a", { href: `${this.base}${page}.html#${id}`, textContent: heading });
    const away = button("Take it away", () => {
      if (text && !window.confirm("Delete this note? It cannot be brought back.")) return;
      this.record.keepMark(place, { on: false, text: "", title, heading });
      this.paint();
    });
    away.setAttribute("aria-label", `Take it away: ${heading}`);
    return make("li", {}, link, text ? make("p", { className: "candor-my-note", dir: "auto", textContent: text }) : null,
      " ", away);
  }

  /** @param {string} label @param {string} textContent */
  cell(label, textContent) {
    const cell = make("td", { textContent });
    cell.dataset.label = label;
    return cell;
  }

  get base() { return this.root.dataset.base ?? ""; }

  /** @param {unknown} value */
  take(value) {
    const { taken, refused, why } = bringBack(this.store, value);
    const rest = refused ? ` ${plural(refused, "entries")} could not be read and were left out.` : "";
    this.said.textContent = why ? SAID[why] : `The file was read: ${taken} brought together with what is here.${rest}`;
    this.paint();
  }

  erase() {
    if (!window.confirm(ERASE)) return;
    this.said.textContent = "";
    eraseAll(this.store).then(() => "Erased.", () => NOT_ERASED).then((words) => (this.said.textContent = words));
    this.paint();
  }

  /** Whether the browser may throw it away by itself, and a way to ask it not to. */
  async sayLasting() {
    if (this.store.closed || !navigator.storage?.persisted) return;
    if (await navigator.storage.persisted()) {
      this.lasting.replaceChildren(make("p", { textContent: KEPT }));
      return;
    }
    const ask = button("Ask this browser to keep it", async () => {
      const kept = await navigator.storage.persist();
      this.lasting.replaceChildren(make("p", { textContent: kept ? KEPT : NOT_PROMISED }));
    });
    this.lasting.replaceChildren(make("p", { textContent: MAY_GO }), bar(ask));
  }
}
