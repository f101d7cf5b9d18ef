/* What to go on with: what is under way, where one stopped reading, what is due. Pure. */
import { dueCount, isReview } from "./memory.js";
import { StudyRecord } from "./record.js";
import { isRun } from "./run.js";

export const READING = "Go on where you left";

/** A step: where it leads (from the root of the book), what it is called, and a line on it.
 * @typedef {{ href: string, title: string, words: string }} Step */

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
    const words = `${done} of ${run.slots.length} answered`;
    return [{
      href: session ? "practice/sessions.html" : "practice/mock-exam.html",
      title: session ? "Go on with your session" : "Go on with your mock exam",
      words: session && run.title ? `${run.title}: ${words}` : words,
    }];
  });
}

/** @param {import("./store.js").SharedStore} store */
function reading(store) {
  const [last] = Object.entries(new StudyRecord(store).pages).sort(([, one], [, other]) => other.at - one.at);
  if (!last) return [];
  const [page, { title, id, heading }] = last;
  return [{ href: `${page}.html${id ? `#${id}` : ""}`, title: READING,
    words: heading ? `${title}: ${heading}` : title }];
}

/** Where it is kept, where it is asked, and what it is called.
 * @type {[string, string, string, string][]} */
const REVIEWS = [
  ["candor-review", "practice/review.html", "question that you have met", "questions that you have met"],
  ["candor-flashcards", "practice/flashcards.html", "flashcard", "flashcards"],
];

/** @param {import("./store.js").SharedStore} store @param {number} now */
function due(store, now) {
  return REVIEWS.flatMap(([at, href, one, more]) => {
    const work = store.read(at);
    const count = isReview(work) ? dueCount(work, now) : 0;
    return count ? [{ href, title: "Due today", words: `${count} ${count === 1 ? one : more}, due again` }] : [];
  });
}
