/* A mock exam or a session as it is kept. Under way: what was done to each card and when, so that the runs of two tabs
   can be brought together and nothing of either is lost. Finished: its answers, from which the result is made. Pure but
   for `Results`. */
import { comesAfter, later } from "./later.js";
import { areSlots, isObject, isPair, isStamped, isSwitch, isText, isTime, isWithin, maybe } from "./sound.js";

/** @typedef {import("./types.js").Run} Run */
/** @typedef {import("./types.js").Result} Result */
/** @typedef {import("./types.js").Slot} Slot */
/** @typedef {import("./types.js").Gone} Gone */

const MOST = 50; // results that are kept
const MOST_GONE = 500; // and of those that were deleted, that they were
const SECTIONS = 4;
const LONG = 40; // questions, from which a form has sections that lock

const MODES = ["exam", "tutor"];
const LONGEST = 1e7; // seconds on a clock

/** A new run of `slots`; `left`: seconds, or null for no clock.
 * @param {number} form
 * @param {import("./types.js").Mode} mode
 * @param {number | null} left
 * @param {Slot[]} slots
 * @param {string} title
 * @returns {Run} */
export function begin(form, mode, left, slots, title = "") {
  const now = Date.now();
  const done = { answers: {}, flags: {}, told: {}, sure: {} };
  return { began: now, form, mode, left, slots, place: 0, section: 0, paused: [false, now], ...done, title };
}

/** Whether a stored value, or one from a file, is a run; with `index`, of a card that is still there, or more.
 * @param {unknown} run
 * @param {import("./types.js").Index} [index]
 * @returns {run is Run} */
export function isRun(run, index) {
  return isObject(run) && isTime(run.began) && MODES.includes(run.mode)
    && areSlots(run.slots) && (!index || run.slots.some(({ card }) => index[card]))
    && isStamped(run.answers, isText) && isStamped(run.flags, isSwitch) && isStamped(run.told, isSwitch)
    && isStamped(run.sure, Number.isFinite)
    && isPair(run.paused, isSwitch) && [run.form, run.place, run.section].every(Number.isInteger)
    && (run.left === null || isWithin(run.left, -LONGEST, LONGEST))
    && [undefined, "stops", "runs"].includes(run.lid)
    && [run.seen, run.placed].every(maybe(isTime)) && maybe(isText)(run.title) && maybe(isSwitch)(run.timed);
}

/** Whether a value is a result: a run that was finished, with its answers as plain letters.
 * @param {unknown} one
 * @returns {one is Result} */
export function isResult(one) {
  return isObject(one) && [one.at, one.began].every(isTime) && Number.isInteger(one.form) && MODES.includes(one.mode)
    && areSlots(one.slots) && isObject(one.answers) && Object.values(one.answers).every(isText)
    && Array.isArray(one.flags) && one.flags.every(isText) && isText(one.words) && maybe(isText)(one.title) && maybe(isSwitch)(one.timed)
    && (one.sure === undefined || (isObject(one.sure) && Object.values(one.sure).every(Number.isFinite)))
    && (one.when === undefined || (isObject(one.when) && Object.values(one.when).every(isTime)))
    && (one.share === undefined || isWithin(one.share, 0, 1)) && maybe(isSwitch)(one.unscored);
}

/** What says that a result was deleted, so that no file, tab or journal brings it back. @param {unknown} one @returns {one is Gone} */
export const isGone = (one) => isObject(one) && one.gone === true && [one.at, one.began].every(isTime);

/** A value as it is set now: later than the last one even where the clock was put back since.
 * @template T @param {import("./types.js").Stamped<T> | undefined} before @param {T} value
 * @returns {import("./types.js").Stamped<T>} */
export const stamp = (before, value) => [value, Math.max(Date.now(), (before?.[1] ?? 0) + 1)];

/** Where the results of runs are kept that are kept under `at` while they go on. @param {string} at */
export const historyOf = (at) =>
  (at === "candor-session" ? "candor-sessions" : at.replace(/^candor-exam-/, "candor-history-"));

/** How many sections a form of so many questions has. @param {{ slots: Slot[] }} run */
export const sectionsOf = ({ slots }) => (slots.length < LONG ? 1 : SECTIONS);

/** The questions of the section that is open, from and to. @param {Run} run @returns {[number, number]} */
export function bounds(run) {
  const size = Math.ceil(run.slots.length / sectionsOf(run));
  return [run.section * size, Math.min(run.slots.length, (run.section + 1) * size)];
}

/** Puts place and section of a run where they can be. @param {Run} run */
export function settle(run) {
  run.section = Math.min(Math.max(run.section, 0), sectionsOf(run) - 1);
  const [first, end] = bounds(run);
  run.place = Math.min(Math.max(run.place, first), end - 1);
}

/** Leaves out the questions that are no longer in the book, and gives how many. @param {Run} run
 * @param {import("./types.js").Index} index */
export function dropGone(run, index) {
  const isHere = (/** @type {Slot} */ { card }) => Boolean(index[card]);
  const [all, here] = [run.slots, run.slots.filter(isHere)];
  Object.assign(run, { slots: here, place: all.slice(0, run.place).filter(isHere).length });
  return all.length - here.length;
}

/** Of two stamped maps the later entry for each card.
 * @template T
 * @param {import("./types.js").StampMap<T>} mine
 * @param {import("./types.js").StampMap<T>} theirs */
function takeLater(mine, theirs) {
  for (const [name, pair] of Object.entries(theirs)) {
    if (!mine[name] || comesAfter(...mine[name], ...pair)) mine[name] = pair;
  }
}

/** When something was last done in a run; ms. @param {Run} run */
export function touched({ began, seen = 0, placed = 0, paused, answers, flags, told, sure }) {
  const stamps = [answers, flags, told, sure].flatMap((map) => Object.values(map).map(([, at]) => at));
  return Math.max(began, seen, placed, paused[1], ...stamps);
}

/** Takes into a run what another tab did in it; false where it is not the same run.
 * @param {Run} mine @param {Run} theirs */
export function merge(mine, theirs) {
  if (theirs.began !== mine.began) return false;
  takeLater(mine.answers, theirs.answers);
  takeLater(mine.flags, theirs.flags);
  takeLater(mine.told, theirs.told);
  takeLater(mine.sure, theirs.sure);
  if (comesAfter(...mine.paused, ...theirs.paused)) mine.paused = theirs.paused;
  mine.section = Math.max(mine.section, theirs.section);
  mine.seen = Math.max(mine.seen ?? 0, theirs.seen ?? 0);
  if (mine.left !== null && theirs.left !== null) mine.left = Math.min(mine.left, theirs.left);
  return true;
}

/** As `merge`, where both are of one tab, which stands where it went last.
 * @param {Run} mine @param {Run} theirs */
export function rejoin(mine, theirs) {
  if (!merge(mine, theirs)) return false;
  if (comesAfter(mine.place, mine.placed ?? 0, theirs.place, theirs.placed ?? 0)) [mine.place, mine.placed] = [theirs.place, theirs.placed];
  return true;
}

/** What two tabs must agree on: all but the place and the second on the clock. @param {Run} run */
export function shared(run) {
  /** @param {import("./types.js").StampMap<unknown>} map */
  const sorted = (map) => Object.entries(map).sort(([one], [other]) => one.localeCompare(other));
  const maps = [run.answers, run.flags, run.told, run.sure].map(sorted);
  return JSON.stringify([...maps, run.paused, run.section]);
}

/** Without when each was set. @template T @param {import("./types.js").StampMap<T>} map @returns {Record<string, T>} */
const plainly = (map) => Object.fromEntries(Object.entries(map).map(([name, [value]]) => [name, value]));

/** A run that is over, without its score. @param {Run} run @returns {Omit<Result, "words">} */
export function finished({ began, form, mode, slots, answers, flags, sure, title, timed }) {
  const plain = plainly(answers);
  const when = Object.fromEntries(Object.entries(answers).map(([name, [, at]]) => [name, at]));
  const flagged = Object.keys(flags).filter((name) => flags[name][0]);
  const done = { answers: plain, when, flags: flagged, sure: plainly(sure) };
  return { began, at: Date.now(), form, mode, slots, ...done, title, timed };
}

/** A result with what another tab answered later in the same run, as when one answered while the other ended it: of each
 * answer the later. The same object where nothing is later.
 * @template {Omit<Result, "words">} T
 * @param {T} mine @param {Omit<Result, "words">} theirs @returns {T} */
export function withLater(mine, theirs) {
  const [had, have] = [mine, theirs].map(({ when = {} }) => when);
  const names = Object.keys(have).filter((name) =>
    comesAfter(mine.answers[name], had[name] ?? 0, theirs.answers[name], have[name]));
  if (!names.length) return mine;
  /** @template V @param {Record<string, V>} all */
  const ofThem = (all) => Object.fromEntries(names.filter((name) => name in all).map((name) => [name, all[name]]));
  return {
    ...mine, answers: { ...mine.answers, ...ofThem(theirs.answers) }, when: { ...had, ...ofThem(have) },
    sure: { ...mine.sure, ...ofThem(theirs.sure ?? {}) },
  };
}

/** The questions that were left open in a result, and were not answered since.
 * @param {Result} result @param {Record<string, { at: number }>} answers of the record of all study */
export const leftOpen = ({ slots, answers: given, at }, answers) =>
  slots.filter(({ card }) => !given[card] && !(answers[card]?.at > at));

/** Two results of one run as one, the later with what was answered later in the other. @param {Result} mine @param {Result} theirs */
function together(mine, theirs) {
  const last = later(mine, theirs);
  const more = withLater(last, last === mine ? theirs : mine);
  return more === last ? last : { ...more, unscored: true };
}

/** Two lists of results as one, the newest first; of one run the answers of both are kept, or that it was deleted.
 * @param {unknown} mine
 * @param {unknown} theirs
 * @returns {(Result | Gone)[]} */
export function joined(mine, theirs) {
  /** @type {Map<number, Result | Gone>} */
  const known = new Map();
  for (const one of [mine, theirs].flatMap((list) => (Array.isArray(list) ? list : []))) {
    if (!isResult(one) && !isGone(one)) continue;
    const had = known.get(one.began);
    if (!had || isGone(one)) known.set(one.began, one);
    else if (!isGone(had)) known.set(one.began, together(had, one));
  }
  const all = [...known.values()].sort((one, other) => other.at - one.at || other.began - one.began);
  return [...all.filter(isResult).slice(0, MOST), ...all.filter(isGone).slice(0, MOST_GONE)];
}

/** The results that are kept under a name, the newest first. */
export class Results {
  /** @param {import("./store.js").SharedStore} store @param {string} at */
  constructor(store, at) {
    this.store = store;
    this.at = at;
  }

  get held() { return joined(this.store.read(this.at), []); }
  get all() { return this.held.filter(isResult); }

  /** Of the run that began then; undefined while it is not over. @param {number} began */
  of(began) { return this.all.find((one) => one.began === began); }

  /** Whether the run that began then is over, even if its result was deleted. @param {number} began */
  over(began) { return this.held.some((one) => one.began === began); }

  /** Adds to what is kept; "" or why it cannot be. @param {unknown[]} more */
  add(more) { return this.store.keep(this.at, joined(this.held, more)); }

  /** Takes in what was answered in a run that is over, or in whose place another goes on: nobody may be there to score it.
   * Gives why it cannot, and null where it was there already. @param {Run} run @returns {import("./types.js").Refusal | null} */
  takeIn(run) {
    const had = this.held.find(({ began }) => began === run.began);
    if (had ? isGone(had) : !Object.keys(run.answers).length) return null;
    const done = { ...finished(run), at: touched(run), words: "" };
    const more = had && isResult(had) ? withLater(had, done) : done;
    return more === had ? null : this.add([{ ...more, unscored: true }]);
  }

  /** Deletes all; that they are deleted stays. "" or why that cannot be kept. */
  forget() {
    const gone = this.held.map(({ began, at }) => ({ began, at, gone: true }));
    return this.store.keep(this.at, joined(gone, []));
  }
}
