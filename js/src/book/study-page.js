/* The page *Your study*: what was done so far, chapter by chapter, and what the results say; and all of it to take out,
   bring back or erase. */
import { assignmentsKept } from "./desk-kept.js";
import { bar, button, download, fileField, fileName, make, saying } from "./dom.js";
import { WHY } from "./app.js";
import { steadily } from "../desk/steady.js";
import { identifying } from "./identifying.js";
import { fold } from "./look.js";
import { nextSteps } from "./next.js";
import { StudyRecord } from "./record.js";
import { Results, historyOf } from "./run.js";
import { bringBack, eraseAll, inventory, leftOut, takeOut } from "./study.js";
import { sure, sureToDelete } from "./sure.js";
import { trend } from "./trend.js";
import { later, list, t, tn, woven } from "../words.js";

const SAID = {
  other: later("This is not a file of your study. A file of one mock exam or review goes back on its own page."),
  newer: later("This file comes from a newer edition of the book. Open that one to bring it back."),
  full: WHY.full,
  closed: WHY.closed,
};
const NOT_ERASED = later("Not all of it is erased. Close the other tabs of this site, and erase it once more.");
const ERASED_WITH_DESK = later("Erased. Of an assignment whose file you have, the answers come back on the desk: open it,"
  + " choose the count at its top, then Bring back answers from a file.");
const KEPT = later("This browser keeps it until you erase it.");
const NOT_PROMISED = later("This browser does not promise it. Take it as a file from time to time.");
const MAY_GO = later("This browser may throw it away when room is short; Safari does after seven days without a"
  + " visit.");

const MANY = 5; // marks in sight; the others are folded

export class StudyPage {
  /** @param {HTMLElement} root @param {import("./bank.js").Bank} all @param {() => Promise<void>} guard brings the rules for
   * what may identify a client */
  constructor(root, all, guard) {
    this.guard = guard;
    /** What was said to be taken as it is. @type {Set<string>} */
    this.settled = new Set();
    this.asked = make("div");
    this.asked.setAttribute("role", "status");
    this.root = root;
    this.all = all;
    this.store = window.candor.store;
    this.record = new StudyRecord(this.store);
    this.going = make("div");
    this.progress = make("div");
    this.scores = make("div");
    this.marks = make("div");
    this.kept = make("div");
    this.said = saying("candor-said candor-room");
    this.gone = saying("candor-said");
    this.lasting = make("div");
    this.lasting.setAttribute("role", "status");
    this.works = this.ways();
    const title = make("h2", { textContent: t("What is kept, and where") });
    root.replaceChildren(this.going, this.progress, this.scores, this.marks, title, this.kept, this.lasting, this.works);
    this.store.watch("candor-", () => this.repaint(), true);
    this.paint();
    this.sayLasting().catch(() => {});
  }

  /** What came of each stands below it, so that the next tap meets what was seen; to erase stands apart. */
  ways() {
    const file = fileField(t("Bring back a file:"), (value) => this.take(value));
    return make("div", {}, bar(button(t("Take all of it as a file"), () => this.askAndTakeOut())), file, this.said, this.asked,
      make("div", { className: "candor-apart" }, bar(button(t("Erase all of it"), () => this.erase())), this.gone));
  }

  /** Anew, and what is tapped stays where it is, though more or less may stand above it then. */
  repaint() { steadily(this.works, () => this.paint(), true); }

  paint() {
    this.going.replaceChildren(...this.steps());
    this.progress.replaceChildren(...this.chapters());
    this.scores.replaceChildren(...this.results());
    this.marks.replaceChildren(...this.bookmarks());
    const held = inventory(this.store);
    const where = t("In this browser on this device, and nowhere else.");
    const words = this.store.closed ? t(WHY.closed)
      : held.length ? `${list(held)}. ${where}` : t("Nothing yet.");
    const { onDesk } = this;
    const desk = tn("On the desk: {n} assignment with your answers. It is not in the file: there, Hand in makes one that can be brought back.",
      "On the desk: {n} assignments with your answers. They are not in the file: there, Hand in makes one of each that can be"
      + " brought back.", onDesk);
    this.kept.replaceChildren(...[onDesk && !held.length ? "" : words, onDesk ? desk : ""].filter(Boolean)
      .map((textContent) => make("p", { textContent })));
  }

  /** What is under way or due, each with the way there. */
  steps() {
    const all = nextSteps(this.store, Date.now(), this.home);
    const items = all.map(({ href, title, words }) => make("li", {},
      make("a", { href: this.base + href, textContent: title }), make("p", { textContent: words })));
    return all.length ? [make("h2", { textContent: t("Go on") }), make("ul", { className: "candor-past" }, ...items)] : [];
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
    const title = make("h2", { textContent: t("How far you are") });
    if (!begun.length) {
      const textContent = t("Begin with five questions");
      const link = make("a", { href: `${this.base}practice/sessions.html`, textContent });
      return [title, make("p", {}, ...woven(t("No question answered yet. {link}."), { link }))];
    }
    const heads = [t("Chapter"), t("Answered"), t("Right last time"), ""]
      .map((textContent) => make("th", { textContent }));
    const lines = begun.map(([chapter, { page, asked, answered, right }]) => {
      const more = `${this.base}practice/sessions.html?from=${encodeURIComponent(`chapter:${chapter}`)}`;
      return make("tr", {}, make("td", {}, make("a", { href: this.base + page, textContent: chapter })),
        this.cell(t("Answered"), t("{done} of {of}", { done: answered, of: asked })),
        this.cell(t("Right last time"), t("{done} of {of}", { done: right, of: answered })),
        make("td", {}, make("a", { href: more, textContent: t("Practise") })));
    });
    const table = make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...lines));
    const left = rows.size - begun.length;
    const words = tn("{n} chapter not begun.", "{n} chapters not begun.", left);
    const rest = left ? make("p", { textContent: words }) : null;
    return [title, make("div", { className: "candor-wide" }, table), ...(rest ? [rest] : [])];
  }

  /** How the scores of each mock exam, and of sessions, went; nothing where none says anything. */
  results() {
    /** @type {[string, string, import("./kinds.js").Kind][]} */
    const all = Object.entries(this.all.exams).map(([name, { title }]) => [`candor-exam-${name}`, title, "mock exam"]);
    all.push(["candor-session", t("Sessions"), "session"]);
    const shown = all.flatMap(([at, textContent, kind]) => {
      const said = trend(new Results(this.store, historyOf(at)).all, kind);
      return said.length ? [make("h3", { textContent }), ...said] : [];
    });
    return shown.length ? [make("h2", { textContent: t("Your results") }), ...shown] : [];
  }

  /** Bookmarks and notes, page by page. */
  bookmarks() {
    const { marks } = this.record;
    const title = make("h2", { id: "bookmarks-and-notes", textContent: t("Bookmarks and notes") });
    const none = t("None yet. Beside each heading of a chapter there is a button for them.");
    if (!marks.length) return [title, make("p", { textContent: none })];
    const pages = [...new Set(marks.map(([, mark]) => mark.title))];
    return [title, ...pages.flatMap((page) => [make("h3", { textContent: page }),
      make("ul", { className: "candor-past" }, ...marks.filter(([, mark]) => mark.title === page).map(this.bookmark, this))])];
  }

  /** @param {[string, import("./record.js").Mark]} mark */
  bookmark([place, { text, title, heading }]) {
    const [page, id] = place.split("#");
    const link = make("a", { href: `${this.base}${page}.html#${id}`, textContent: heading });
    const away = button(t("Remove"), async () => {
      if (text && !await sureToDelete(text)) return;
      this.record.keepMark(place, { on: false, text: "", title, heading });
      this.paint();
    });
    away.setAttribute("aria-label", t("Remove: {heading}", { heading }));
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

  /** A file may be sent to somebody: it asks about what may identify a client, once about each. Without the rules there is
   * nothing to ask about. */
  async askAndTakeOut() {
    await this.guard().catch(() => {});
    const found = identifying(this.record).filter(({ words }) => !this.settled.has(words));
    if (!found.length) return this.takeOut();
    const rows = found.map(({ words, href }) => make("li", {}, make("a", { href: this.base + href, textContent: words })));
    const [some, more] = [rows.slice(0, MANY), rows.slice(MANY)];
    const anyway = button(t("Take it as it is"), () => {
      for (const { words } of found) this.settled.add(words);
      this.takeOut();
    });
    this.said.textContent = "";
    this.asked.replaceChildren(make("p", { textContent: t("It holds what may identify a client. Go there and mend it, if it does:") }),
      make("ul", {}, ...some), ...(more.length ? [fold(t("And {n} more", { n: more.length }), make("ul", {}, ...more))] : []), bar(anyway));
    this.asked.scrollIntoView({ block: "nearest" });
  }

  takeOut() {
    this.asked.replaceChildren();
    this.gone.textContent = "";
    this.said.textContent = download(fileName(this.root, "study"), takeOut(this.store));
  }

  /** @param {unknown} value */
  take(value) {
    const { taken, refused, why } = bringBack(this.store, value);
    const what = list(inventory(this.store, taken));
    const read = what ? t("Brought back, beside what was here: {what}.", { what }) : t("There is nothing in this file to bring back.");
    this.gone.textContent = "";
    this.said.textContent = why ? t(SAID[why]) : [read, leftOut(refused)].filter(Boolean).join(" ");
    this.repaint();
  }

  /** The path of the book on its host. */
  get home() { return new URL(this.base || "./", location.href).pathname; }

  /** How many assignments the desk keeps. */
  get onDesk() { return assignmentsKept(this.store, this.home); }

  async erase() {
    const { onDesk } = this;
    const held = inventory(this.store);
    const desk = tn("The {n} assignment on the desk goes as well, and is not in the file of your study. To keep its answers, open it"
      + " there first: Hand in, then Download for submission.",
    "The {n} assignments on the desk go as well, and are not in the file of your study. To keep their answers, open each there"
      + " first: Hand in, then Download for submission.", onDesk);
    const goes = held.length ? t("All of this goes: {what}. Only a file that you took out brings it back.", { what: list(held) }) : "";
    const rows = [onDesk ? desk : "", goes].filter(Boolean);
    if (!await sure({ title: t("Erase all of your study on this device?"), yes: t("Erase it"), loses: true, rows }).answer) return;
    this.said.textContent = this.gone.textContent = "";
    const erased = onDesk ? t(ERASED_WITH_DESK) : t("Erased.");
    for (const name of Object.keys(sessionStorage)) if (name.startsWith("candor-")) sessionStorage.removeItem(name);
    this.gone.textContent = await eraseAll(this.store, this.home).then(() => erased, () => t(NOT_ERASED));
    this.repaint();
  }

  /** Whether the browser may throw it away by itself, and a way to ask it not to. The browser answers late: what takes the
   * most room holds the place until then, unseen, and nothing below moves. */
  async sayLasting() {
    if (this.store.closed || !navigator.storage?.persisted) return;
    /** @param {string} textContent */
    const say = (textContent) => {
      this.lasting.style.minHeight = `${this.lasting.offsetHeight}px`;
      this.lasting.replaceChildren(make("p", { textContent }));
    };
    const ask = button(t("Ask this browser to keep it"),
      async () => say(t(await navigator.storage.persist() ? KEPT : NOT_PROMISED)));
    const longest = make("div", {}, make("p", { textContent: t(MAY_GO) }), bar(ask));
    longest.style.visibility = "hidden";
    this.lasting.replaceChildren(longest);
    if (await navigator.storage.persisted()) say(t(KEPT));
    else longest.style.visibility = "";
  }
}
