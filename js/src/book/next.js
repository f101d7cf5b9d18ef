/* What to go on with: what is under way, what was gone on with last first; then what is due. Pure. */
import { chip, isOpen } from "./desk-state.js";
import { dueCount, isReview } from "./memory.js";
import { StudyRecord } from "./record.js";
import { isRun, touched } from "./run.js";
import { t, tn } from "../words.js";

const DESK = "candor-desk:";

/** A step: where it leads (from the root of the book), what it is called, a line on it, and when something was last done
 * there, in ms.
 * @typedef {{ href: string, title: string, words: string, at: number }} Step */

/** The steps, the first first. `root`: the path of the book on its host, as `/candor/`.
 * @param {import("./store.js").SharedStore} store @param {number} now @param {string} root @returns {Step[]} */
export function nextSteps(store, now, root) {
  const begun = [...runs(store), ...assignments(store, root), ...reading(store)];
  return [...begun.sort((one, other) => other.at - one.at), ...due(store, now)];
}

/** Assignments on a desk of this site in which something is still open.
 * @param {import("./store.js").SharedStore} store @param {string} root */
export function assignments(store, root) {
  return store.names(DESK + root).flatMap((name) => {
    const found = store.read(name);
    if (!isOpen(found)) return [];
    const place = name.slice(DESK.length + root.length);
    const slash = place.lastIndexOf("/") + 1;
    const [desk, assignment] = [place.slice(0, slash), place.slice(slash)];
    const words = chip(found);
    return [{ href: `${desk}notebooks/index.html?path=${encodeURIComponent(assignment)}.ipynb`, at: found.at,
      title: t("Go on with your assignment"),
      words: found.title ? t("{title}: {words}", { title: found.title, words }) : words }];
  });
}

/** A mock exam or a session that was begun and not finished. @param {import("./store.js").SharedStore} store */
export function runs(store) {
  return store.names("candor-").filter((name) => /^candor-(exam-.+|session)$/.test(name)).flatMap((name) => {
    const run = store.read(name);
    if (!isRun(run)) return [];
    const session = name === "candor-session";
    const done = Object.values(run.answers).filter(([letters]) => letters).length;
    const words = t("{done} of {of} answered", { done, of: run.slots.length });
    return [{
      href: session ? "practice/sessions.html" : "practice/mock-exam.html",
      title: session ? t("Go on with your session") : t("Go on with your mock exam"),
      words: session && run.title ? t("{title}: {words}", { title: run.title, words }) : words,
      at: touched(run),
    }];
  });
}

/** The chapter that was read last. What was only looked up has no section that was in sight for as long as reading it takes.
 * @param {import("./store.js").SharedStore} store */
function reading(store) {
  const [last] = Object.entries(new StudyRecord(store).pages).filter(([, { chapter, seen }]) => chapter && seen?.length)
    .sort(([, one], [, other]) => other.at - one.at);
  if (!last) return [];
  const [page, { title, id, heading }] = last;
  return [{ href: `${page}.html${id ? `#${id}` : ""}`, title: t("Go on where you left off"),
    words: heading ? t("{title}: {words}", { title, words: heading }) : title, at: last[1].at }];
}

/** Where it is kept, where it is asked, and what is said of so many.
 * @type {[string, string, (n: number) => string][]} */
const REVIEWS = [
  ["candor-review", "practice/review.html", (n) =>
    tn("{n} question that you have met, due again", "{n} questions that you have met, due again", n)],
  ["candor-flashcards", "practice/flashcards.html", (n) =>
    tn("{n} flashcard, due again", "{n} flashcards, due again", n)],
];

/** @param {import("./store.js").SharedStore} store @param {number} now */
function due(store, now) {
  return REVIEWS.flatMap(([at, href, words]) => {
    const work = store.read(at);
    const count = isReview(work) ? dueCount(work, now) : 0;
    return count ? [{ href, title: t("Due today"), words: words(count), at: 0 }] : [];
  });
}
