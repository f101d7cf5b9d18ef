/* One's own study, as this browser keeps it: the last answer to each question, flags, and where one stopped reading.
   Each has a name of its own in the store, so that no tab can write over what another has kept. */
import { keyOf, points } from "./card.js";
import { COLUMNS } from "./hours/columns.js";
import { later } from "./later.js";
import { isObject, isSwitch, isText, isTime, maybe } from "./sound.js";

/** @typedef {import("./store.js").SharedStore} SharedStore */
/** `got`: the share of its points; `of`: the edition of the question that was answered.
 * @typedef {{ at: number, chosen: string, got: number, of: string }} Answer */
/** @typedef {{ at: number, on: boolean }} Flag */
/** Where one stopped on a page: the id and words of the heading, and the title of the page. `seen`: the ids of sections
 * that were in sight long enough to be read, then or before; `end`: that was most of it, and one came to its end;
 * `chapter`: it is one.
 * @typedef {{ at: number, title: string, id: string, heading: string, seen?: string[], end?: boolean, chapter?: boolean }} Stop */
/** A bookmark or a note of one's own at a section; one that was taken away stays, empty, so that a file of before does not
 * bring it back.
 * @typedef {{ at: number, on: boolean, text: string, title: string, heading: string }} Mark */
/** A line of one's ledger of hours; one that was taken out stays, empty.
 * @typedef {{ at: number, line: Record<typeof COLUMNS[number], string> | null }} Hours */

export const ANSWER = "candor-answer:";
export const FLAG = "candor-flag:";
export const READ = "candor-read:";
export const MARK = "candor-mark:";
export const HOURS = "candor-hours:";

/** @param {unknown} one @returns {one is Answer} */
export const isAnswer = (one) => isObject(one) && isTime(one.at) && Number.isFinite(one.got)
  && [one.chosen, one.of].every(isText);
/** @param {unknown} one @returns {one is Flag} */
export const isFlag = (one) => isObject(one) && isTime(one.at) && isSwitch(one.on);
/** @param {unknown} ids @returns {ids is string[]} */
const areIds = (ids) => Array.isArray(ids) && ids.length < 1000 && ids.every(isText);
/** @param {unknown} one @returns {one is Stop} */
export const isStop = (one) => isObject(one) && isTime(one.at) && [one.title, one.id, one.heading].every(isText)
  && [one.end, one.chapter].every(maybe(isSwitch)) && maybe(areIds)(one.seen);
/** Of two such entries the later one; what was read in either stays so. @param {Stop} mine @param {Stop} theirs */
export const joinStops = (mine, theirs) => ({
  ...later(mine, theirs),
  seen: [...new Set([...(mine.seen ?? []), ...(theirs.seen ?? [])])].sort(), end: Boolean(mine.end || theirs.end),
});
/** @param {unknown} one @returns {one is Mark} */
export const isMark = (one) => isObject(one) && isTime(one.at) && isSwitch(one.on)
  && [one.text, one.title, one.heading].every(isText);

/** @param {any} one @returns {one is Hours} */
export const isHours = (one) => isObject(one) && isTime(one.at) && (one.line === null
  || (isObject(one.line) && COLUMNS.every((name) => isText(one.line[name] ?? ""))));

/** Tells a question from what it was before its options or its key changed.
 * @param {string} key @param {number} options how many */
export const edition = (key, options) => `${key}/${options}`;

export class StudyRecord {
  /** @param {SharedStore} store */
  constructor(store) { this.store = store; }

  /** @template T @param {string} prefix @param {(one: unknown) => one is T} isWhole @returns {Record<string, T>} */
  all(prefix, isWhole) {
    return Object.fromEntries(this.store.names(prefix).flatMap((name) => {
      const value = this.store.read(name);
      return isWhole(value) ? [[name.slice(prefix.length), value]] : [];
    }));
  }

  get answers() { return this.all(ANSWER, isAnswer); }
  get flagged() { return Object.entries(this.all(FLAG, isFlag)).filter(([, { on }]) => on).map(([name]) => name); }
  get pages() { return this.all(READ, isStop); }

  /** Bookmarks and notes by their places, as `ethics/boundaries#touch`, the latest first. @returns {[string, Mark][]} */
  get marks() {
    return Object.entries(this.all(MARK, isMark)).filter(([, { on, text }]) => on || text)
      .sort(([, one], [, other]) => other.at - one.at);
  }

  /** @param {string} place @returns {Mark | null} */
  mark(place) {
    const found = this.store.read(MARK + place);
    return isMark(found) ? found : null;
  }

  /** "" when it is kept, else why not. @param {string} place @param {Omit<Mark, "at">} mark */
  keepMark(place, mark) { return this.store.keep(MARK + place, { at: this.after(MARK + place), ...mark }); }

  /** Now, and later than what is kept under a name even where the clock was put back since. @param {string} name */
  after(name) {
    const before = /** @type {any} */ (this.store.read(name))?.at;
    return Math.max(Date.now(), isTime(before) ? before + 1 : 0);
  }

  /** The last answer to a question as it stands now, or null.
   * @param {string} name @param {string} of */
  answer(name, of) {
    const found = this.store.read(ANSWER + name);
    return isAnswer(found) && found.of === of ? found : null;
  }

  /** "" when it is kept, else why not. An answer of now comes after the last one even where the clock was put back since;
   * one of an earlier time (`at`) goes behind a later one.
   * @param {string} name @param {Omit<Answer, "at">} answer @param {number} [at] */
  answered(name, answer, at) {
    const before = this.store.read(ANSWER + name);
    if (at !== undefined && isAnswer(before) && before.at > at) return "";
    return this.store.keep(ANSWER + name, { at: at ?? this.after(ANSWER + name), ...answer });
  }

  /** An answer to a practice question. @param {import("./types.js").Card} card @param {string} name
   * @param {string} chosen @param {number} [at] */
  note(card, name, chosen, at) {
    return this.answered(name, { chosen, got: points(card, chosen), of: edition(keyOf(card), card.options.length) }, at);
  }

  /** @param {string} name @param {boolean} on */
  flag(name, on) { return this.store.keep(FLAG + name, { at: this.after(FLAG + name), on }); }

  /** @param {string} page @param {Omit<Stop, "at">} stop */
  stopped(page, stop) {
    const before = this.store.read(READ + page);
    const now = { at: this.after(READ + page), ...stop };
    return this.store.keep(READ + page, isStop(before) ? joinStops(before, now) : now);
  }
}
