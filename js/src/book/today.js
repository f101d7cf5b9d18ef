/* The page *Practise*: what to do now, what is due, and how it went last. The page says what each of its places is for;
   where this browser knows more, that stands there instead, in the room that is kept for it. */
import { pool } from "./draw.js";
import { make } from "./dom.js";
import { linkButton, range } from "./look.js";
import { dueCount, isReview, nextDue } from "./memory.js";
import { assignments, runs } from "./next.js";
import { StudyRecord } from "./record.js";
import { Results, historyOf } from "./run.js";
import { points } from "./trend.js";
import { date, t, tn } from "../words.js";

/** @typedef {import("./store.js").SharedStore} SharedStore */
/** @typedef {import("./types.js").Result} Result */

/** @type {Intl.DateTimeFormatOptions} */
const DAY = { day: "numeric", month: "short", year: "numeric" };
/** @type {Intl.DateTimeFormatOptions} */
const SOON = { weekday: "long", day: "numeric", month: "long" };

/** @param {string} textContent */
const line = (textContent) => make("p", { textContent });
/** @param {string} textContent @param {string} href */
const way = (textContent, href) => make("p", {}, make("a", { textContent, href }));

export class Today {
  /** @param {HTMLElement} root @param {import("./bank.js").Bank} all */
  constructor(root, all) {
    this.root = root;
    this.all = all;
    this.store = window.candor.store;
    /** What the page says of itself, by the name of the place. */
    this.plain = new Map(this.places.map((place) => [place.dataset.known ?? "", [...place.childNodes]]));
    this.store.watch("candor-", () => this.paint(), true);
    addEventListener("pageshow", ({ persisted }) => persisted && this.paint());
    this.paint();
  }

  get places() { return /** @type {HTMLElement[]} */ ([...this.root.querySelectorAll("[data-known]")]); }
  get base() { return this.root.dataset.base ?? ""; }

  paint() {
    /** @type {Record<string, (Node | null)[]>} */
    const known = { now: this.now(), session: this.session(), review: this.review(), exam: this.exam() };
    for (const place of this.places) {
      const name = place.dataset.known ?? "";
      const shown = known[name].filter((node) => node !== null);
      place.replaceChildren(...(shown.length ? shown : this.plain.get(name) ?? []));
    }
  }

  /** What was begun and not finished comes before anything new. */
  now() {
    const root = new URL(this.base || "./", location.href).pathname;
    const steps = [...runs(this.store), ...assignments(this.store, root)];
    const words = steps.map(({ title, words }) => line(steps.length > 1 ? t("{title}: {words}", { title, words }) : words));
    const ways = steps.map(({ title, href }, place) => linkButton(title, this.base + href, place ? "" : "primary"));
    const begun = steps.some(({ href }) => href.startsWith("practice/sessions")); // one session at a time
    const ten = begun ? null : this.ten();
    return steps.length ? [...words, make("p", { className: "candor-row" }, ...ways, ten)] : [];
  }

  /** The page's own button, as one of several. */
  ten() {
    const [own] = this.plain.get("now")?.flatMap((node) => (node instanceof Element ? [...node.querySelectorAll("a")] : [])) ?? [];
    return own ? linkButton(own.textContent ?? "", own.href) : null;
  }

  session() {
    const { answers, flagged } = new StudyRecord(this.store);
    const missed = pool(this.all.index, "missed", { answers, flagged }).length;
    const words = tn("Practise the question you missed", "Practise the {n} questions you missed", missed);
    return [...this.last([new Results(this.store, historyOf("candor-session"))]),
      missed ? way(words, `${this.base}practice/sessions.html?from=missed`) : null];
  }

  exam() {
    return this.last(Object.keys(this.all.exams).map((name) => new Results(this.store, historyOf(`candor-exam-${name}`))));
  }

  /** The last result, with its likely range where it has a score. @param {Results[]} lists @returns {Node[]} */
  last(lists) {
    const [last] = lists.flatMap(({ all }) => all).sort((one, other) => other.at - one.at);
    if (!last) return [];
    const day = date(last.at, DAY);
    const [point] = points([last]);
    if (!point) return [line(t("{day}: {words}", { day, words: last.words }))];
    const { of, score, low, high } = point;
    const drawn = range({ got: (last.share ?? 0) * of, of }, t("Your score"));
    return [drawn, line(t("{day}: {score} of 100, likely between {low} and {high}.", { day, score, low, high }))];
  }

  review() {
    const now = Date.now();
    const work = this.store.read("candor-review");
    const cards = isReview(work) ? Object.entries(work.cards).filter(([name]) => this.all.index[name]) : [];
    const ours = { ...isReview(work) ? work : { exam: "" }, cards: Object.fromEntries(cards) };
    const due = dueCount(ours, now);
    const next = nextDue(ours, now);
    const words = due ? tn("{n} question due today.", "{n} questions due today.", due)
      : next ? t("Nothing due today. The next question comes on {day}.", { day: date(next, SOON) }) : "";
    const deck = this.store.read("candor-flashcards");
    const turned = isReview(deck) ? dueCount(deck, now) : 0;
    return [words ? line(words) : null, turned ? way(tn("{n} flashcard due today", "{n} flashcards due today", turned),
      `${this.base}practice/flashcards.html`) : null];
  }
}
