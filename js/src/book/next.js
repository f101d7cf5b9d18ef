/* What to go on with: what is under way, where one stopped reading, what is due. Pure. */
import { dueCount, isReview } from "./memory.js";
import { StudyRecord } from "./record.js";
import { isRun } from "./run.js";
import { t, tn } from "../words.js";

/** A step: where it leads (from the root of the book), what it is called, and a line on it. `reads`: on where one left.
 * @typedef {{ href: string, title: string, words: string, reads?: boolean }} Step */

/** @param {import("./store.js").SharedStore} store @param {number} now @returns {Step[]} the most pressing first */
export function nextSteps(store, now) {
  return [...underWay(store), ...reading(store), ...due(store, now)];
}

/** @param {import("./store.js").SharedStore} store */
function underWay(store) {
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
    }];
  });
}

/** @param {import("./store.js").SharedStore} store */
function reading(store) {
  const [last] = Object.entries(new StudyRecord(store).pages).sort(([, one], [, other]) => other.at - one.at);
  if (!last) return [];
  const [page, { title, id, heading }] = last;
  return [{ href: `${page}.html${id ? `#${id}` : ""}`, title: t("Go on where you left"),
    words: heading ? t("{title}: {words}", { title, words: heading }) : title, reads: true }];
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
    return count ? [{ href, title: t("Due today"), words: words(count) }] : [];
  });
}
